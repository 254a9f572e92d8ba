"""Whole walks through the app, by keys alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from textual.events import Key, Paste

from curation import settings
from curation.journal import NotWritten
from curation.operations import SetSeen
from curation.session import Session
from curation.store import NotSaved
from curation.workspace import Workspace
from tests.tui.conftest import Open, rest
from tests.tui.letters import app_of, line, review_screen, rows
from tui.screens.review import ReviewScreen
from tui.shelf import Shelf


async def test_the_library_lists_every_letter_with_its_findings_by_category(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        text = "\n".join(rows(pilot))
        assert "Elmbury" in text
        assert "3 Nov 2009" in text
        assert "Waveney Bridge" in text
        assert "0/6" in text
        assert "to check" in line(pilot, "status")
        assert not (letters / "reviews").exists()


async def test_split_merge_category_theme_undo_all_redo_all_and_start_again(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter")
        await rest(pilot)
        assert "Elmbury County Council · 1 Dec 2010 · seen 0/6" in rows(pilot)[1]
        await pilot.press("o", "w", "a", "v", "enter")
        await rest(pilot)
        assert "Waveney Bridge · 10 Jun 2010 · seen 0/4" in rows(pilot)[1], "a shorter name, the count whole"
        assert "Elmbury County Council" in rows(pilot)[1]
        await pilot.press("tab")
        screen = review_screen(pilot)
        before = screen.side.review.findings

        await pilot.press("s")
        assert "----+" in "\n".join(rows(pilot))
        await pilot.press("enter")
        assert line(pilot, "keys").strip() == "Split."
        after_split = screen.side.review.findings
        assert [f.text for f in after_split[:2]] == [
            "Supervision is regular, and staff say that it helps them.",
            "It is recorded well.",
        ]
        await pilot.press("m")
        assert [f.text for f in screen.side.review.findings] == [f.text for f in before]

        await pilot.press("c", "3")
        assert screen.side.review.findings[0].category == "area_for_development"
        await rest(pilot)
        assert " 1 " in line(pilot, "info")
        await pilot.press("1")
        first = screen.side.review.findings[0]
        assert len(first.themes) == 1
        assert first.themes[0] in line(pilot, "info")
        assert "undo 4" in line(pilot, "status")

        await pilot.press("u", "u", "u", "u")
        assert screen.side.review.findings == before
        await pilot.press("u")
        assert screen.side.review.findings == before
        await pilot.press("U", "U", "U", "ctrl+y")
        assert screen.side.review.findings[0] == first
        await pilot.press("n", "q", "q", "q")

    saved = tomllib.loads((letters / "reviews/elmbury-2010/ab.toml").read_text(encoding="utf-8"))
    assert saved["findings"][first.id]["themes"] == list(first.themes)

    async with open_app(letters) as pilot:
        screen = review_screen(pilot)
        assert [side.key for side in screen.sides] == ["elmbury-2010", "waveney-2010"]
        assert screen.side.key == "elmbury-2010"
        assert screen.current == screen.side.review.findings[1]
        assert screen.side.review.findings[0] == first
        assert "undo 4" in line(pilot, "status")


async def test_a_reviewer_is_asked_for_at_the_first_decision_and_remembered(letters: Path, open_app: Open) -> None:
    async with open_app(letters, "") as pilot:
        await pilot.press("enter", "space")
        assert "Who reviews?" in "\n".join(rows(pilot))
        assert not (letters / "reviews").exists()
        await pilot.press(*["backspace"] * 32, "N", "o", "enter")
        assert "can't be a reviewer's name" in "\n".join(rows(pilot))
        await pilot.press("backspace", "backspace", "c", "d", "enter")
        await rest(pilot)
        assert review_screen(pilot).side.review.findings[0].seen
        assert line(pilot, "status").strip().startswith("Recto")
        assert " cd · saved " in line(pilot, "status")
    assert (letters / "reviews/elmbury-2009/cd.jsonl").exists()

    assert settings.reviewer() == "cd"


async def test_leaving_the_name_decides_nothing(letters: Path, open_app: Open) -> None:
    async with open_app(letters, "") as pilot:
        await pilot.press("enter", "space", "escape")
        assert "Nothing was decided" in line(pilot, "keys")
    assert not (letters / "reviews").exists()


async def test_the_caret_goes_by_word_and_sentence_and_splits_where_it_stands(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "n", "n", "enter")
        screen = review_screen(pilot)
        finding = screen.current
        assert finding is not None
        text = screen.side.review.text
        await pilot.press("down")
        assert text[screen.active.caret or 0 :].startswith("Too many")
        await pilot.press("right", "left", "left")
        assert text[screen.active.caret or 0 :].startswith("agencies.")
        await pilot.press("end")
        assert text[screen.active.caret or 0 :].startswith("further.")
        await pilot.press("home", "down", "s", "enter")
        assert [f.text for f in screen.side.review.findings[2:4]] == [
            "Thresholds are read differently by partner agencies.",
            "Too many referrals go no further.",
        ]
        assert screen.current == screen.side.review.findings[2]


async def test_a_split_that_is_left_changes_nothing(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "s", "right", "right")
        assert "r two meanings" in line(pilot, "keys")
        await pilot.press("r")
        assert "r two bullets" in line(pilot, "keys")
        await pilot.press("escape")
        assert review_screen(pilot).side.review.operations == 0
        assert "----+" not in "\n".join(rows(pilot))
        await pilot.press("n")
        assert "split" in line(pilot, "keys")
    assert not (letters / "reviews").exists()


async def test_a_joined_page_is_checked_split_or_found_right(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "d")
        screen = review_screen(pilot)
        finding = screen.current
        assert finding is not None
        assert finding.text == "The recording system is slow, and work has been lost because of it."
        assert "page-join: " in line(pilot, "info", 2)
        assert '"slow, and" + "work has"' in line(pilot, "info", 2)
        assert any("slow, and | work has" in row for row in rows(pilot))
        before = screen.side.to_check.count
        await pilot.press("space")
        assert screen.side.to_check.count == before - 1
        seen = screen.side.review.find(finding.id)
        assert seen is not None
        assert seen.seen
        assert screen.current != seen
        await pilot.press("u")
        assert screen.side.to_check.count == before
        assert not any(f.seen for f in screen.side.review.findings)


async def test_themes_are_found_by_fuzzy_search_and_taken_away_again(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "t", *"chronolog", "enter")
        screen = review_screen(pilot)
        assert screen.side.review.findings[0].themes == ("case-recording",)
        await pilot.press("t", "enter")
        assert not screen.side.review.findings[0].themes


async def test_a_refused_suggestion_does_not_come_back(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter")
        await rest(pilot)
        first = line(pilot, "info").split(" 1 ")[1].split()[0]
        await pilot.press("-")
        await rest(pilot)
        assert review_screen(pilot).side.review.findings[0].refused == (first,)
        assert first not in line(pilot, "info")


async def test_notes_questions_removing_and_bringing_back(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "e", *"two", "ctrl+n", *"rows", "enter")
        screen = review_screen(pilot)
        assert screen.side.review.findings[0].note == "two\nrows"
        await pilot.press("e", "escape", "f", *"why", "enter")
        assert screen.side.review.findings[0].question == "why"
        assert any("ST !│" in row for row in rows(pilot))
        gone = screen.side.review.findings[0]
        await pilot.press("x", "enter")
        assert screen.side.review.find(gone.id) is None
        assert screen.side.review.removed[0].reason == "page-furniture"
        await pilot.press("X", "enter")
        assert screen.side.review.find(gone.id) == gone


async def test_metadata_is_edited_and_a_value_that_does_not_fit_is_refused(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "home", "enter", *["backspace"] * 10, *"2010-12-02", "enter")
        screen = review_screen(pilot)
        assert "2 Dec 2010" in rows(pilot)[1]
        await pilot.press("enter", *["backspace"] * 10, *"soon", "enter")
        assert "it has to be a date, written 2010-12-01" in line(pilot, "question", 1)
        assert screen.side.review.operations == 1
        await pilot.press(*["backspace"] * 4, *"2010-12-03", "enter")
        assert "3 Dec 2010" in rows(pilot)[1], "it stayed to be mended"


async def test_handing_in_says_what_is_left_and_can_be_taken_back(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter")
        screen = review_screen(pilot)
        handed_in = screen.side
        await pilot.press("F")
        assert any("6 findings not seen" in row for row in rows(pilot))
        await pilot.press("down", "enter")
        assert handed_in.review.state == "handed-in"
        assert screen.side.key == "waveney-2010", "on to the next letter"
        assert "handed in: Elmbury County Council · 1 Dec 2010; now Waveney Bridge" in line(pilot, "keys")
        await pilot.press("<", "F")
        assert "handed in already" in line(pilot, "keys")
        await pilot.press("R")
        assert screen.side.review.state == "open"
        await pilot.press("q")


async def test_leaving_the_library_asks_once(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("q")
        assert pilot.app.is_running
        assert "q again" in line(pilot, "keys")
        await pilot.press("down", "q")
        assert pilot.app.is_running, "another key takes the question back"
        await pilot.press("q")
        assert not pilot.app.is_running


async def test_words_are_found_in_a_letter(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("end", "enter", "/", *"chronologies, so that", "enter")
        found = review_screen(pilot).current
        assert found is not None
        assert found.text.startswith("Files lack")
        screen = review_screen(pilot)
        assert _marked(screen) == ["chronologies, so that"]
        await pilot.press("p")
        assert _marked(screen) == []
        await pilot.press("/", *["backspace"] * 25, *"LACK", "enter", "tab")
        assert _marked(screen) == [], "the other pane does not mark what was found here"
        await pilot.press("/", *["backspace"] * 25, *"files lack", "enter")
        assert [words.casefold() for words in _marked(screen)] == ["files lack"]
        await pilot.press("/", *["backspace"] * 25, *"zzz", "enter")
        assert "Not in this pane" in line(pilot, "keys")
        assert _marked(screen) == [], "what was found before is not what was asked for"


def _marked(screen: ReviewScreen) -> list[str]:
    return [screen.side.review.text[start:end] for start, end in screen.active.marked]


async def test_alike_findings_open_beside(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("end", "enter", "end")
        await rest(pilot)
        assert "Elmbury ST" in line(pilot, "info", 1)
        await pilot.press("=", "enter")
        await rest(pilot)
        screen = review_screen(pilot)
        assert screen.side.key.startswith("elmbury")
        assert screen.current is not None
        assert screen.current.text.startswith("Supervision is regular")


async def test_the_palette_help_and_why_open_and_close(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "f1")
        assert any("The rule for units" in row or "The next finding." in row for row in rows(pilot))
        await pilot.press("q", "i")
        assert any("the parser found it" in row for row in rows(pilot))
        await pilot.press("escape", ":", *"letter's note", "enter", *"mind", "enter")
        assert review_screen(pilot).side.review.note == "mind"


async def test_what_is_typed_ahead_of_a_dialog_is_not_lost_and_never_runs_as_keys(
    letters: Path, open_app: Open
) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter")
        for key in ("slash", *"missing", "enter"):
            pilot.app.post_message(_key(key))
        await rest(pilot)
        screen = review_screen(pilot)
        assert screen.side.review.operations == 0
        assert screen.current is not None
        assert screen.current.text.startswith("Chronologies are missing")


def _key(name: str) -> Key:
    return Key(name, {"slash": "/"}.get(name, name if len(name) == 1 else None))


async def test_pasted_text_outside_a_field_does_nothing(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter")
        pilot.app.post_message(Paste("xmmcs\n1\n"))
        await rest(pilot)
        assert review_screen(pilot).side.review.operations == 0
        assert "nothing was changed" in line(pilot, "keys")


async def test_a_narrow_screen_shows_one_pane_and_a_resize_keeps_the_finding(letters: Path, open_app: Open) -> None:
    async with open_app(letters, size=(80, 24)) as pilot:
        await pilot.press("down", "enter", "n", "n", "n")
        screen = review_screen(pilot)
        finding = screen.current
        assert screen.shown() == ("findings-0",)
        assert "F1 help" in line(pilot, "keys")
        await pilot.press("tab")
        await rest(pilot)
        assert screen.shown() == ("letter-0",)
        assert screen.current == finding
        await pilot.resize_terminal(120, 30)
        assert screen.shown() == ("letter-0", "findings-0")
        assert screen.current == finding
        await pilot.resize_terminal(60, 20)
        assert screen.current == finding
        await pilot.resize_terminal(30, 8)
        await rest(pilot)
        assert [row.strip() for row in rows(pilot)[:3]] == ["Recto needs 40x12.", "This is 30x8.", ""]
        await pilot.resize_terminal(120, 40)
        await rest(pilot)
        assert screen.current == finding
        assert any(row.startswith("│>AD ") for row in rows(pilot))


async def test_a_letter_that_is_no_letter_is_said_and_the_others_open(letters: Path, open_app: Open) -> None:
    (letters / "broken.txt").write_bytes(b"\x00\x01\x02" * 50)
    async with open_app(letters) as pilot:
        await pilot.press("home", "enter")
        assert "broken" in line(pilot, "keys")
        await pilot.press("down", "enter")
        assert review_screen(pilot).side.review.findings


async def test_what_cannot_be_kept_or_saved_is_said_and_the_app_goes_on(
    letters: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise NotWritten("not kept: the disk is full. Nothing was changed")

    def unsaved(_: Session) -> None:
        raise NotSaved("ab.toml was not written. All decisions are safe in the journal")

    async with open_app(letters) as pilot:
        await pilot.press("down", "enter")
        await rest(pilot)
        with monkeypatch.context() as patch:
            patch.setattr(Session, "do_all", full)
            await pilot.press("space")
            assert "the disk is full" in line(pilot, "keys")
        assert not review_screen(pilot).side.review.findings[0].seen
        await pilot.press("space")
        assert review_screen(pilot).side.review.findings[0].seen
        monkeypatch.setattr(Session, "close", unsaved)
        await pilot.press("q")
        assert "safe in the journal" in line(pilot, "keys")
        assert "1/6" in "\n".join(rows(pilot))


async def test_a_codebook_that_cannot_be_read_is_said_and_the_review_goes_on(letters: Path, open_app: Open) -> None:
    (letters / "codebook.toml").write_text("schema = 1", encoding="utf-8")
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter")
        await rest(pilot)
        assert "codebook.toml" in line(pilot, "keys")
        await pilot.press("space")
        assert review_screen(pilot).side.review.findings[0].seen
        await pilot.press("t")
        assert "codebook.toml" in line(pilot, "keys")


async def test_another_program_at_work_on_the_same_review_is_taken_in(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter")
        await rest(pilot)
        screen = review_screen(pilot)
        first, second = screen.side.review.findings[:2]
        other = Session.open(Workspace(letters), "elmbury-2010", "ab")
        other.do(SetSeen(first.id, True))
        await pilot.press("n", "space")
        assert [f.seen for f in screen.side.review.findings[:2]] == [True, True]
        assert screen.side.review.find(second.id) is not None


async def test_a_message_that_is_too_long_for_a_line_is_read_whole(letters: Path, open_app: Open) -> None:
    async with open_app(letters, size=(60, 20)) as pilot:
        await pilot.press("down", "enter", "end")
        await rest(pilot)
        screen = review_screen(pilot)
        words = "The disk is full: /a/long/way/to/the/folder of the letters; make room and go on, nothing is lost."
        screen.tell(words, trouble=True)
        await rest(pilot)
        shown = "\n".join(rows(pilot)[-2:])
        assert " ".join(shown.split()) == f"! {words}"
        assert screen.active.item is not None
        assert screen.active.item.last <= screen.active.top + screen.active.page, "and the finding stays in view"
        await pilot.press("down")
        await rest(pilot)
        assert "F1 help" in rows(pilot)[-1]
        assert "check" in rows(pilot)[-2]


async def test_while_it_is_not_known_which_letters_there_are_none_is_said_to_be_the_last(
    letters: Path, open_app: Open
) -> None:
    async with open_app(letters, start=("elmbury-2010",)) as pilot:
        context = app_of(pilot).context
        known, context.shelf = context.shelf, Shelf()
        for key in ("o", ">", "<"):
            await pilot.press(key)
            assert "One moment" in line(pilot, "keys"), key
        context.shelf = known
        await pilot.press(">")
        assert "Waveney" in line(pilot, "status")
