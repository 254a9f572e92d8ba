"""A letter that has changed, by keys alone: the review put on it, and what couldn't be placed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from curation import store
from curation.operations import SetSeen
from curation.session import Session
from curation.workspace import Workspace
from tests.tui.conftest import Open, rest
from tests.tui.letters import line, review_screen, rows

KEY = "elmbury-2010"


def _session(letters: Path) -> Session:
    return Session.open(Workspace(letters), KEY, "ab")


@pytest.fixture
def reviewed(letters: Path) -> Path:
    """The folder with a review of one letter, each finding seen."""
    session = _session(letters)
    session.do_all([SetSeen(f.id, True) for f in session.review.findings])
    session.close()
    return letters


def _change(folder: Path, *changes: tuple[str, str]) -> None:
    path = folder / f"{KEY}.txt"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text("An added line.\n\n" + text, encoding="utf-8")


async def test_opening_a_letter_that_changed_offers_to_put_the_review_on_it(reviewed: Path, open_app: Open) -> None:
    _change(reviewed)
    async with open_app(reviewed, start=(KEY,)) as pilot:
        await rest(pilot)
        screen = "\n".join(rows(pilot))
        assert "The letter has changed" in screen
        assert "6 findings placed" in screen
        await pilot.press("enter")
        await rest(pilot)
        assert "Placed on the letter as it is now." in line(pilot, "keys")
        await pilot.press("n", "space")
        assert review_screen(pilot).side.session.changed == ""  # type: ignore[union-attr]  # it has one: a reviewer is named
        await pilot.press("u")
        assert "letter has changed" in line(pilot, "status")
        await pilot.press("U")
        assert "letter has changed" not in line(pilot, "status")


async def test_whoever_only_looks_can_decide_nothing_and_is_asked_again(reviewed: Path, open_app: Open) -> None:
    _change(reviewed)
    before = sorted((path, path.read_bytes()) for path in (reviewed / "reviews").rglob("*.*"))
    async with open_app(reviewed, start=(KEY,)) as pilot:
        await rest(pilot)
        await pilot.press("down", "down", "enter")
        assert "P asks again whether it is to be put on the letter" in line(pilot, "keys")
        await pilot.press("m")
        assert "The letter has changed" in "\n".join(rows(pilot))
        await pilot.press("escape")
    assert sorted((path, path.read_bytes()) for path in (reviewed / "reviews").rglob("*.*")) == before


async def test_it_says_first_what_becomes_of_each_finding(reviewed: Path, open_app: Open) -> None:
    _change(reviewed, ("Chronologies are missing", "Chronologies are misssing"))
    async with open_app(reviewed, start=(KEY,)) as pilot:
        await rest(pilot)
        await pilot.press("down", "enter")
        await rest(pilot)
        text = "\n".join(rows(pilot))
        assert "PLACED, WORDS CHANGED" in text
        assert "now: Chronologies are misssing" in text
        await pilot.press("q")
        await rest(pilot)
        assert "put my review on it" in "\n".join(rows(pilot))


async def test_what_could_not_be_placed_stands_below_the_findings_and_is_selected_in_the_letter(
    reviewed: Path, open_app: Open
) -> None:
    _change(reviewed, ("Chronologies are missing from older files.", "Older files lack their histories."))
    async with open_app(reviewed, start=(KEY,)) as pilot:
        await rest(pilot)
        await pilot.press("enter")
        await rest(pilot)
        assert "1 couldn't be placed: they stand below the findings" in line(pilot, "keys")
        assert "couldn't be placed 1" in line(pilot, "status")
        await pilot.press("G")
        screen = review_screen(pilot)
        assert any("COULDN'T BE PLACED" in row for row in rows(pilot))
        assert screen.unplaced is not None
        assert "nothing in the letter is like it" in line(pilot, "info")
        name = screen.unplaced.finding.id
        await pilot.press("space")
        assert "a selects where it stands" in line(pilot, "keys")
        await pilot.press("a")
        await rest(pilot)
        text = screen.side.review.text
        screen.put_caret(text.index("Older files"))
        await pilot.press("a", "right", "right", "right", "right")
        assert "select where it stands: Chronologies are" in line(pilot, "info", 2)
        await pilot.press("enter")
        placed = screen.side.review.find(name)
        assert placed is not None
        assert placed.text == "Older files lack their histories."
        assert screen.side.review.tray() == ()
        assert screen.current == placed


async def test_a_proposed_place_is_taken_with_space_or_declined(reviewed: Path, open_app: Open) -> None:
    _change(reviewed, ("Too many referrals go no further.", "Many of them go nowhere at all."))
    async with open_app(reviewed, start=(KEY,)) as pilot:
        await rest(pilot)
        await pilot.press("enter")
        await rest(pilot)
        await pilot.press("G")
        screen = review_screen(pilot)
        assert any("perhaps here: Thresholds are read differently" in row for row in rows(pilot))
        assert "a place is proposed" in line(pilot, "info")
        await pilot.press("space")
        assert screen.side.review.tray() == ()
        await pilot.press("u", "G", "enter", "down", "down", "enter")
        await rest(pilot)
        (waiting,) = screen.side.review.tray()
        assert waiting.proposed == ()


async def test_it_is_removed_with_a_reason_and_brought_back(reviewed: Path, open_app: Open) -> None:
    _change(reviewed, ("Chronologies are missing from older files.", "Older files lack their histories."))
    async with open_app(reviewed, start=(KEY,)) as pilot:
        await rest(pilot)
        await pilot.press("enter")
        await rest(pilot)
        await pilot.press("d", "d", "d", "x", "enter")
        screen = review_screen(pilot)
        assert screen.side.review.tray() == ()
        await pilot.press("X", "enter")
        assert len(screen.side.review.tray()) == 1


def _dialog(pilot: object) -> list[str]:
    """All that is on the screen."""
    screen = pilot.app.screen  # type: ignore[attr-defined]  # a Pilot
    return ["".join(segment.text for segment in strip) for strip in screen._compositor.render_strips()]


async def test_handing_in_says_what_has_no_place(reviewed: Path, open_app: Open) -> None:
    _change(reviewed, ("Chronologies are missing from older files.", "Older files lack their histories."))
    async with open_app(reviewed, start=(KEY,)) as pilot:
        await rest(pilot)
        await pilot.press("enter")
        await rest(pilot)
        await pilot.press("F")
        assert "1 couldn't be placed" in "\n".join(rows(pilot))


async def test_the_library_says_which_letters_changed(reviewed: Path, open_app: Open) -> None:
    _change(reviewed)
    async with open_app(reviewed) as pilot:
        await rest(pilot)
        (row,) = [row for row in rows(pilot) if "Elmbury" in row and "2010" in row]
        assert "changed" in row
        await pilot.press("f", *"state:changed", "enter")
        await rest(pilot)
        assert "1 of 3 letters" in "\n".join(rows(pilot))


def _agree(folder: Path) -> Path:
    path = Workspace(folder).curated_path(KEY)
    path.parent.mkdir()
    store.write(path, replace(_session(folder).review, reviewer="", state="agreed"), folder)
    return path


async def test_what_was_agreed_on_is_offered_to_be_put_on_the_letter_where_nobody_reviews(
    letters: Path, open_app: Open
) -> None:
    path = _agree(letters)
    old = path.read_bytes()
    _change(letters)
    async with open_app(letters, "", start=(KEY,)) as pilot:
        await rest(pilot)
        assert "put what was agreed on it" in "\n".join(rows(pilot))
        await pilot.press("down", "down", "enter")
        assert "letter has changed" in line(pilot, "status")
        assert path.read_bytes() == old
        await pilot.press("P", "enter")
        await rest(pilot)
        assert "what was agreed stands on the letter; what was agreed on the old text is kept" in line(pilot, "keys")
        assert "letter has changed" not in line(pilot, "status")
        await pilot.press("q")
        await rest(pilot)
    assert Workspace(letters).agreed(KEY).changed == ""  # type: ignore[union-attr]  # it is there


async def test_what_was_agreed_on_can_be_put_on_by_who_has_no_review_of_the_letter(
    letters: Path, open_app: Open
) -> None:
    _agree(letters)
    _change(letters)
    async with open_app(letters, start=(KEY,)) as pilot:
        await rest(pilot)
        assert "The letter has changed" not in "\n".join(rows(pilot))
        await pilot.press("P")
        assert "put what was agreed on it" in "\n".join(rows(pilot))
        await pilot.press("enter")
        await rest(pilot)
    assert Workspace(letters).agreed(KEY).changed == ""  # type: ignore[union-attr]  # it is there
    assert not (letters / "reviews").exists()


async def test_what_was_agreed_on_and_has_a_hole_now_is_shown_and_not_put(letters: Path, open_app: Open) -> None:
    path = _agree(letters)
    old = path.read_bytes()
    _change(letters, ("Chronologies are missing from older files.", "Older files lack their histories."))
    async with open_app(letters, "", start=(KEY,)) as pilot:
        await rest(pilot)
        shown = "\n".join(rows(pilot))
        assert "1 finding has no sure place" in shown
        assert "put what was agreed on it" not in shown
        await pilot.press("enter")
        assert "COULDN'T BE PLACED" in "\n".join(rows(pilot))
    assert path.read_bytes() == old
