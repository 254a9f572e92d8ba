"""A file that was changed by hand, in the app: what both changed stands side by side, and all of it is asked first."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from textual.pilot import Pilot

from curation.journal import NotWritten
from curation.operations import Remove, SetLetterNote, SetNote, SetSeen
from curation.review import Review
from curation.session import Session
from curation.threeway import ABSENT
from curation.workspace import Workspace
from tests.tui.conftest import Open, rest
from tests.tui.hostile import ONE_LINE, acting
from tests.tui.letters import line, review_screen, rows
from tui.paint_adopting import in_words, only_in_one, paint_value
from tui.palette import category_styles
from tui.screens.adopting import AdoptingScreen
from tui.screens.review import ReviewScreen
from tui.widgets.line_pane import LinePane

KEY = "elmbury-2010"


def _opened(folder: Path) -> Session:
    return Session.open(Workspace(folder), KEY, "ab")


def _edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def both(letters: Path) -> Path:
    """A folder in which the review of Elmbury and its file were both changed, in three places."""
    session = _opened(letters)
    session.do(SetLetterNote("begun"))
    session.close()
    toml = session.place.toml
    old = toml.read_bytes()
    first, second = (finding.id for finding in session.review.findings[:2])
    session.do(SetLetterNote("what the review says"))
    session.do(SetNote(first, "staff said so"))
    session.do(SetSeen(second, True))
    session.do(Remove(second, "duplicate"))
    session.close()
    toml.write_bytes(old)
    start = f"[findings.{second}]"
    head, tail = toml.read_text(encoding="utf-8").split(start)
    toml.write_text(head.replace('note = "begun"', 'note = "what the file says"', 1), encoding="utf-8")
    _edit(toml, ('note = ""', 'note = "managers said so"'))
    gone = tail.index("[findings.")
    toml.write_text(toml.read_text(encoding="utf-8") + tail[gone:], encoding="utf-8")
    return letters


async def _press(pilot: Pilot[str], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await rest(pilot)


def _screen(pilot: Pilot[str]) -> AdoptingScreen:
    assert isinstance(pilot.app.screen, AdoptingScreen)
    return pilot.app.screen


async def _begin(pilot: Pilot[str]) -> None:
    """Open Elmbury's letter of 2010 and say that all is to be chosen now."""
    await _press(pilot, "down", "enter")
    assert any("ab.toml was changed by hand" in row for row in rows(pilot))
    await _press(pilot, "enter")


async def test_the_two_values_stand_beside_each_other_and_all_are_asked_before_anything_is_taken_in(
    both: Path, open_app: Open
) -> None:
    before = (_opened(both).place.journal.read_bytes(), _opened(both).place.toml.read_bytes())
    async with open_app(both) as pilot:
        await _begin(pilot)
        assert any("1 this review's" in row and "2 ab.toml's" in row for row in rows(pilot))
        assert any("what the review says" in row and "what the file says" in row for row in rows(pilot))
        assert line(pilot, "before", 1).strip() == "before   begun"
        assert "0 of 3 answered" in line(pilot, "status")
        await _press(pilot, "enter")
        assert "3 places not answered yet: 1 or 2" in line(pilot, "keys")
        await _press(pilot, "2", "left")
        assert 'note of "Supervision is regular,…"' in "\n".join(rows(pilot))
        assert "2 of 3 answered" in line(pilot, "status")
        now = (_opened(both).place.journal.read_bytes(), _opened(both).place.toml.read_bytes())
        assert now == before
        await _press(pilot, "1")
        assert "All are answered: enter takes them in" in line(pilot, "keys")
        await _press(pilot, "enter")
        assert "Changes of the file taken in." in line(pilot, "keys")
        review = review_screen(pilot).side.review
        assert (review.note, review.findings[0].note) == ("what the file says", "staff said so")
        assert len(review.removed) == 1
        await _press(pilot, "u")
        assert review_screen(pilot).side.review.note == "what the review says"


async def test_an_answer_can_be_taken_back_and_given_again(both: Path, open_app: Open) -> None:
    async with open_app(both) as pilot:
        await _begin(pilot)
        await _press(pilot, "u")
        assert "Nothing is answered yet" in line(pilot, "keys")
        await _press(pilot, "1", "1", "u")
        assert (_screen(pilot).list.cursor, "1 of 3 answered" in line(pilot, "status")) == (1, True)
        await _press(pilot, "up", "2", "2", "1", "enter")
        review = review_screen(pilot).side.review
        assert (review.note, review.findings[0].note) == ("what the file says", "managers said so")


async def test_left_before_the_end_nothing_is_taken_in_and_it_can_be_asked_again(both: Path, open_app: Open) -> None:
    async with open_app(both) as pilot:
        await _begin(pilot)
        await _press(pilot, "2", "escape")
        assert "again throws the answers away; nothing was changed" in line(pilot, "keys")
        await _press(pilot, "escape")
        assert "Nothing was taken in: the review counts. A asks again." in line(pilot, "keys")
        assert review_screen(pilot).side.review.note == "what the review says"
        await _press(pilot, "A")
        assert "0 of 3 answered" in line(pilot, "status")


async def test_later_a_decision_keeps_the_file_and_it_can_still_be_taken_in(both: Path, open_app: Open) -> None:
    async with open_app(both) as pilot:
        await _press(pilot, "down", "enter", "down", "enter")
        assert "The review counts. A asks again." in line(pilot, "keys")
        await _press(pilot, "space", "q", "enter")
        assert isinstance(pilot.app.screen, ReviewScreen)
        await _press(pilot, "A")
        assert any("ab.toml.orig" in row for row in rows(pilot))
        await _press(pilot, "enter", "2", "2", "2", "enter")
        review = review_screen(pilot).side.review
        assert (review.note, review.findings[0].note) == ("what the file says", "managers said so")
        assert review.findings[0].seen


async def test_what_only_the_file_changed_is_taken_in_at_once(letters: Path, open_app: Open) -> None:
    session = _opened(letters)
    session.do(SetLetterNote("begun"))
    session.close()
    async with open_app(letters) as pilot:
        await _press(pilot, "down", "enter", "A")
        assert "Nothing was changed by hand in ab.toml" in line(pilot, "keys")
        await _press(pilot, "q")
        _edit(session.place.toml, ('note = "begun"', 'note = "by hand"'))
        await _press(pilot, "enter", "A")
        assert "Changes of the file taken in." in line(pilot, "keys")
        assert review_screen(pilot).side.review.note == "by hand"


async def test_a_file_that_is_ahead_of_its_journal_is_read_only_until_it_is_taken_in(
    letters: Path, open_app: Open
) -> None:
    session = _opened(letters)
    session.do(SetLetterNote("begun"))
    session.do(SetLetterNote("more"))
    session.close()
    journal = session.place.journal
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:2]))
    async with open_app(letters) as pilot:
        await _press(pilot, "down", "enter")
        assert "read-only" in line(pilot, "status")
        await _press(pilot, "space")
        assert not review_screen(pilot).side.review.findings[0].seen
        await _press(pilot, "A")
        assert "hanges of the file taken in" in line(pilot, "keys")
        assert "read-only" not in line(pilot, "status")
        assert review_screen(pilot).side.review.note == "more"


async def test_answers_that_do_not_go_together_are_shown_again_with_the_reason(
    both: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(both) as pilot:
        await _begin(pilot)
        with monkeypatch.context() as broken:

            def refuse(*_: object) -> None:
                raise NotWritten("not kept: no space left on device")

            broken.setattr(Session, "adopt", refuse)
            await _press(pilot, "2", "1", "2", "enter")
            assert "no space left on device" in line(pilot, "keys")
            assert "3 of 3 answered" in line(pilot, "status")
        await _press(pilot, "enter")
        assert review_screen(pilot).side.review.note == "what the file says"


async def test_what_changed_meanwhile_is_asked_again_and_the_rest_is_not(both: Path, open_app: Open) -> None:
    async with open_app(both) as pilot:
        await _begin(pilot)
        await _press(pilot, "2", "1", "1")
        _opened(both).do(SetLetterNote("said in another terminal"))
        await _press(pilot, "enter")
        assert "note was changed meanwhile; choose again" in line(pilot, "keys")
        assert "2 of 3 answered" in line(pilot, "status")
        await _press(pilot, "1", "enter")
        assert review_screen(pilot).side.review.note == "said in another terminal"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (40, 12)])
async def test_hostile_values_are_shown_safely_and_fit(letters: Path, open_app: Open, size: tuple[int, int]) -> None:
    session = _opened(letters)
    session.do(SetLetterNote("begun"))
    session.close()
    old = session.place.toml.read_bytes()
    session.do(SetLetterNote(ONE_LINE))
    session.close()
    session.place.toml.write_bytes(old)
    _edit(session.place.toml, ('note = "begun"', 'note = """[/x] [sic]\\n\\u001b[2J ' + "long " * 300 + '"""'))
    async with open_app(letters, size=size) as pilot:
        await _begin(pilot)
        shown = rows(pilot)
        assert not {char for row in shown for char in row if acting(char)}
        assert any("[/x] [sic]" in row for row in shown)
        assert any("␛[2J" in row for row in shown)
        assert line(pilot, "keys").strip().startswith("1 ")
        theirs = pilot.app.screen.query_one("#theirs", LinePane)
        await _press(pilot, "pagedown")
        assert theirs.top > 0
        await _press(pilot, "2", "enter")
        assert review_screen(pilot).side.review.note.startswith("[/x] [sic]\n\x1b[2J long")


def _words(value: object, *path: str, review: Review) -> str:
    return in_words(value, path, review, category_styles(review.source.profile))


def test_values_are_said_in_words(letters: Path) -> None:
    review = _opened(letters).review
    finding = review.findings[0]
    spans = [list(span) for span in finding.spans]
    for value, path, words in (
        (ABSENT, ("findings", finding.id), "(nothing)"),
        (ABSENT, ("findings", finding.id, "removed because of"), "not removed"),
        ("duplicate", ("findings", finding.id, "removed because of"), "duplicate"),
        (True, ("findings", finding.id, "seen"), "yes"),
        (False, ("findings", finding.id, "seen"), "no"),
        ("", ("note",), "(empty)"),
        (0, ("findings", finding.id, "mood"), "0"),
        ([], ("findings", finding.id, "themes"), "(none)"),
        (["supervision", "other"], ("findings", finding.id, "themes"), "supervision\nother"),
        ("strength", ("findings", finding.id, "category"), "Strengths"),
        ("mine", ("findings", finding.id, "category"), "mine"),
        (spans, ("findings", finding.id, "spans"), f"{finding.text}\n{spans[0]}"),
        ([[5, 2]], ("findings", finding.id, "spans"), "(no place of the letter)\n[5, 2]"),
        ([["a", 2]], ("findings", finding.id, "spans"), "(no place of the letter)\n['a', 2]"),
        ({"note": "x", "seen": False, "themes": []}, ("findings", finding.id), "note: x"),
    ):
        assert _words(value, *path, review=review) == words


def test_the_words_that_only_one_has_are_marked() -> None:
    mine, theirs = only_in_one("staff said so twice", "managers said so")
    assert (mine, theirs) == (((0, 5), (14, 19)), ((0, 8),))
    assert only_in_one("a " * 1_001, "b") == ((), ())
    sheet = paint_value("staff said\nso twice", mine, 10)
    assert [row.text for row in sheet.rows] == ["staff said", "so twice"]
    assert [[run.text for run in row.body] for row in sheet.rows] == [["staff", " said"], ["so ", "twice"]]
    over_lines = paint_value("one two\nthree four", ((4, 13),), 20)
    assert [[run.text for run in row.body] for row in over_lines.rows] == [["one ", "two"], ["three", " four"]]


def test_nothing_here_acts_on_a_terminal() -> None:
    sheet = paint_value(ONE_LINE, (), 40)
    assert not {c for row in sheet.rows for c in row.text if unicodedata.category(c) in ("Cc", "Cf")}
