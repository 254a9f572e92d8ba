"""Notes, questions and metadata, by keys alone: drafted, checked, pointed at, and written in an editor."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from shlex import quote

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from curation import drafts
from curation.journal import NotWritten
from curation.operations import EditMetadata, SetNote, SetThemes
from curation.session import Session
from curation.workspace import Workspace
from tests.tui.conftest import Open, rest
from tests.tui.letters import line, pane, review_screen, rows
from tui import editor
from tui.app import RectoApp
from tui.widgets.info_lines import InfoLines


def lying() -> list[Path]:
    folder = drafts.folder()
    return sorted(folder.iterdir()) if folder.exists() else []


async def drafted(pilot: Pilot[str], text: str) -> None:
    """Wait until this text is drafted."""
    for _ in range(500):
        if any(f'"{text}"' in path.read_text(encoding="utf-8") for path in lying()):
            return
        await pilot.pause(0.002)
    raise TimeoutError("nothing was drafted")


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts after a moment, not after two seconds."""
    monkeypatch.setattr("tui.dialogs.ask.DRAFT_EVERY", 0.01)


@pytest.mark.usefixtures("soon")
async def test_a_half_written_note_outlives_the_app_and_is_offered_again(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "e", *"half a")
        await drafted(pilot, "half a")
    assert not (letters / "reviews").exists(), "a draft decides nothing"
    async with open_app(letters, start=("elmbury-2010",)) as pilot:
        await rest(pilot)
        assert 'Half written: a note on "Supervision is regular,…"; e there goes on with it.' in line(pilot, "keys")
        await pilot.press("e")
        assert "not kept yet" in line(pilot, "question", 1)
        await pilot.press(*" note", "enter")
        note = review_screen(pilot).side.review.findings[0].note
        assert note == "half a note"
        assert lying() == [], "gone when it is kept"


@pytest.mark.usefixtures("soon")
async def test_what_was_typed_is_left_only_after_asking_once(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "f", *"why", "escape")
        assert "esc again throws away what was typed" in line(pilot, "question", 1)
        await drafted(pilot, "why")
        await pilot.press("!", "escape", "escape")
        assert line(pilot, "keys").strip() == "Nothing was changed."
        assert lying() == [], "gone when it is left"
        await pilot.press("N", "escape")
        assert line(pilot, "keys").strip() == "Nothing was changed.", "nothing was typed: nothing to ask"
        assert review_screen(pilot).side.review.operations == 0


async def test_a_note_that_cannot_be_kept_stays_as_a_draft(
    letters: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise NotWritten("not kept: the disk is full")

    async with open_app(letters) as pilot:
        await pilot.press("down", "enter")
        with monkeypatch.context() as patch:
            patch.setattr(Session, "do_all", full)
            await pilot.press("e", *"mind", "enter")
        assert "the disk is full" in line(pilot, "keys")
        assert len(lying()) == 1
        await pilot.press("e", "enter")
        assert review_screen(pilot).side.review.findings[0].note == "mind"
        assert lying() == []


async def test_a_note_that_is_too_long_is_said_before_it_is_lost(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "e")
        pilot.app.screen.query_one("#field").text = "x" * 20_001  # type: ignore[attr-defined]  # a text area
        await pilot.press("enter")
        assert "at most 20,000 characters" in line(pilot, "question", 1)
        await pilot.press("delete", "enter")
        assert len(review_screen(pilot).side.review.findings[0].note) == 20_000


async def test_what_is_wrong_stays_said_when_word_of_the_typing_comes_late(letters: Path, open_app: Open) -> None:
    """Over a slow line the last letters and enter come in one burst."""
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "e")
        field = pilot.app.screen.query_one("#field", TextArea)
        field.text = "x" * 20_001
        await pilot.press("enter")
        field.post_message(TextArea.Changed(field))
        await pilot.pause()
        assert "at most 20,000 characters" in line(pilot, "question", 1)
        field.text = "x" * 20_002
        await pilot.pause()
        assert "at most" not in line(pilot, "question", 1), "it is being mended"


# ---- an editor ----


def named(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """An editor that does what `body` says with the file `path`; the terminal is lent to it."""
    script = folder / "editor.py"
    script.write_text(f"import os, sys\npath = sys.argv[-1]\n{body}\n", encoding="utf-8")
    monkeypatch.setenv("VISUAL", f"{quote(sys.executable)} {quote(str(script))} --wait")
    monkeypatch.setattr(RectoApp, "suspend", lambda _: nullcontext())


async def test_what_another_terminal_wrote_meanwhile_is_said_before_it_is_replaced(
    letters: Path, open_app: Open
) -> None:
    other = Session.open(Workspace(letters), "elmbury-2010", "ab")
    first = other.review.findings[0].id
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "e", *"mine")
        other.do(SetNote(first, "theirs"))
        await pilot.press("enter")
        said = " ".join(" ".join(pilot.app.screen.query_one("#question", InfoLines).plain).split())
        assert "written elsewhere meanwhile: “theirs”; enter again puts this in its place" in said
        await pilot.press("enter")
        await rest(pilot)
        assert review_screen(pilot).side.review.findings[0].note == "mine"
        await pilot.press("N", *"seen", "enter")
        await rest(pilot)
        assert review_screen(pilot).side.review.note == "seen", "nobody else wrote it: nothing is asked"


async def test_a_theme_that_another_terminal_gave_meanwhile_stays(letters: Path, open_app: Open) -> None:
    other = Session.open(Workspace(letters), "elmbury-2010", "ab")
    first = other.review.findings[0].id
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "t", *"superv")
        other.do(SetThemes(first, ("case-recording",)))
        await pilot.press("enter")
        await rest(pilot)
        assert review_screen(pilot).side.review.findings[0].themes == ("case-recording", "supervision")


async def test_a_note_is_written_in_the_editor(
    letters: Path, open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(tmp_path, monkeypatch, "text = open(path).read(); open(path, 'w').write(text + 'from elsewhere\\n')")
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "e", *"begun", "enter", "E")
        assert review_screen(pilot).side.review.findings[0].note == "begun\nfrom elsewhere"
        assert line(pilot, "keys").strip() == "Note written."
        assert lying() == []


async def test_what_another_terminal_wrote_while_the_editor_was_open_is_not_replaced_unseen(
    letters: Path, open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Session.open(Workspace(letters), "elmbury-2010", "ab")
    first = other.review.findings[0].id
    named(tmp_path, monkeypatch, "open(path, 'w').write('mine')")
    edit = editor.edit

    def meanwhile(command: list[str], path: Path) -> int:
        other.do(SetNote(first, "theirs"))
        return edit(command, path)

    monkeypatch.setattr(editor, "edit", meanwhile)
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "E")
        assert "written elsewhere meanwhile; e shows yours" in line(pilot, "keys")
        assert review_screen(pilot).side.review.findings[0].note == "theirs"
        await pilot.press("e", "enter")
        await rest(pilot)
        assert review_screen(pilot).side.review.findings[0].note == "mine"
        assert lying() == []


@pytest.mark.parametrize(
    ("end", "status"), [("sys.exit(3)", "3"), ("os.kill(os.getpid(), 9)", "-9")], ids=["fails", "killed"]
)
async def test_an_editor_that_fails_or_is_killed_loses_nothing(
    end: str, status: str, letters: Path, open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(tmp_path, monkeypatch, f"open(path, 'w').write('half'); {end}")
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "E")
        assert f"ended with {status}, nothing was changed" in line(pilot, "keys")
        assert review_screen(pilot).side.review.operations == 0
        await pilot.press("e", "enter")
        assert review_screen(pilot).side.review.findings[0].note == "half"


async def test_an_editor_that_is_not_named_or_not_there_is_said(
    letters: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "E")
        assert "Neither VISUAL nor EDITOR" in line(pilot, "keys")
        monkeypatch.setenv("EDITOR", "no-such-editor-here")
        await pilot.press("E")
        assert "can't be lent" in line(pilot, "keys"), "the tests have no terminal"
        monkeypatch.setattr(RectoApp, "suspend", lambda _: nullcontext())
        await pilot.press("E")
        assert "no-such-editor-here: " in line(pilot, "keys")
        monkeypatch.setenv("EDITOR", "vi 'half")
        await pilot.press("E")
        assert "can't be read" in line(pilot, "keys")
        assert review_screen(pilot).side.review.operations == 0


# ---- metadata ----


async def test_the_place_of_a_value_is_shown_in_the_letter(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "end", "home")
        shown = pane(pilot, "letter-0")
        text = review_screen(pilot).side.review.text
        assert [text[start:end] for start, end in shown.marked] == ["1 December 2010"]
        assert any(">     1 December 2010" in row for row in rows(pilot))
        await pilot.press("n")
        assert shown.marked == ()
        await pilot.press("home")
        assert "enter edits it, a points at its place" in line(pilot, "info", 0)


async def test_the_place_of_a_value_is_shown_on_a_narrow_screen_too(letters: Path, open_app: Open) -> None:
    async with open_app(letters, size=(80, 24)) as pilot:
        await pilot.press("down", "enter", "end", "home", "down", "tab")
        await rest(pilot)
        assert review_screen(pilot).shown() == ("letter-0",)
        assert any(">     Ms Rowan Ashby" in row for row in rows(pilot))
        assert "no finding here   a selects words for one" in line(pilot, "info", 0)
        await pilot.press("a")
        assert "no finding here" in line(pilot, "info", 0)
        assert "selects words" not in line(pilot, "info", 0)


async def test_what_is_unknown_can_be_added_and_a_copy_taken_away(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "home", *["down"] * 7)
        screen = review_screen(pilot)
        assert screen.active.item is not None
        assert screen.active.item.key == "+"
        assert any("unknown: inspected, legal, previous," in row for row in rows(pilot))
        await pilot.press("enter", *"copy name", "enter")
        assert "copy 1, name" in line(pilot, "question", 0), "in words, not as the file names it"
        await pilot.press(*"Petra Lund", "enter")
        assert screen.side.review.metadata["copies.1"].values["name"] == "Petra Lund"
        assert any("copy       Petra Lund" in row for row in rows(pilot))
        await pilot.press("enter", *"copy role", "enter", *"Chair", "enter")
        assert screen.side.review.metadata["copies.2"].values["role"] == "Chair", "the next free number"
        await pilot.press("up", "enter", *"take it away", "enter")
        assert "copies.2" not in screen.side.review.metadata
        await pilot.press("u")
        assert "copies.2" in screen.side.review.metadata


async def test_a_value_that_another_terminal_mended_meanwhile_is_said_before_it_is_replaced(
    letters: Path, open_app: Open
) -> None:
    other = Session.open(Workspace(letters), "elmbury-2010", "ab")
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "home", "enter", *["backspace"] * 5, *"-0009")
        other.do(EditMetadata("date", "2010-12-02"))
        await pilot.press(*["backspace"] * 10, *"2010-12-03", "enter")
        assert "written elsewhere meanwhile: “2010-12-02”" in line(pilot, "question", 1)
        await pilot.press("enter")
        await rest(pilot)
        assert str(review_screen(pilot).side.review.metadata["date"].values["value"]) == "2010-12-03"


async def test_a_value_is_pointed_at_in_the_letter(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "home")
        assert "enter edit" in line(pilot, "keys")
        await pilot.press("n")
        assert "enter caret" in line(pilot, "keys")
        await pilot.press("home", "a")
        await rest(pilot)
        screen = review_screen(pilot)
        text = screen.side.review.text
        assert text[screen.active.caret or 0 :].startswith("1 December")
        assert "date: arrows go to its place" in line(pilot, "info", 2)
        assert "enter take it" in line(pilot, "keys")
        await pilot.press("right", "a", "right")
        assert '"December 2010"' in line(pilot, "info", 2)
        await pilot.press("escape")
        assert screen.side.review.operations == 0
        await pilot.press("tab", "home", "a")
        await rest(pilot)
        await pilot.press("a", "right", "right", "enter")
        assert "2010-12-01" in "\n".join(rows(pilot)), "the letter's words as the date that they are"
        await pilot.press("enter")
        dated = screen.side.review.metadata["date"]
        assert dated.origin == "edited"
        assert dated.span is not None
        assert text[dated.span.start : dated.span.end] == "1 December 2010"
