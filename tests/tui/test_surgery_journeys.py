"""Boundaries moved and findings added, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import Open, rest
from tests.tui.letters import letter, line, pane, review_screen, rows
from tui.widgets.info_lines import InfoLines

CUT = {
    "Strengths": (
        "Plans are clear and\n\n\f\nPage 2 of 4\n\nthey are shared with families.",
        "Visits are made on time.",
    ),
    "Areas for development": ("Files are thin.",),
}


@pytest.fixture
def cut(letters: Path) -> Path:
    """A folder with one more letter, in which a page ends inside a finding."""
    text = letter("Ashdown County Council", "4 May 2010", CUT)
    (letters / "ashdown-2010.txt").write_text(text, encoding="utf-8")
    return letters


async def test_a_boundary_moves_by_word_and_sentence_and_is_seen_in_text_and_list(
    letters: Path, open_app: Open
) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "]")
        screen = review_screen(pilot)
        first = screen.side.review.findings[0]
        await pilot.press("up")
        assert 'gives up 4 words "It is recorded well."' in line(pilot, "info", 2)
        for name in ("letter-0", "findings-0"):
            shown = pane(pilot, name)
            assert any("ST ]│" in row for row in rows(pilot))
            assert screen.side.review.text[(shown.caret or 0) - 4 :].startswith("them.")
        assert "It is recorded" not in "\n".join(row[60:] for row in rows(pilot)[:-4]), "the list shows it shorter"
        assert screen.side.review.findings[0] == first
        await pilot.press("left", "[", "right")
        assert "gives up 5 words" in line(pilot, "info", 2)
        assert 'gives up 1 word "Supervision"' in line(pilot, "info", 2)
        await pilot.press("enter")
        assert screen.side.review.findings[0].text == "is regular, and staff say that it helps"
        assert line(pilot, "keys").strip() == "Boundary moved."
        assert screen.current == screen.side.review.findings[0]
        await pilot.press("u")
        assert screen.side.review.findings[0] == first, "both ends moved in one step"


async def test_the_words_that_a_boundary_gives_up_are_marked_alone(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "]", "left", "left")
        screen = review_screen(pilot)
        text, shown = screen.side.review.text, screen.active
        assert [text[start:end] for start, end in shown.marked] == ["recorded well."]
        assert shown.caret is not None
        assert text[shown.caret : shown.caret + 2] == "s ", "the caret is a space before them"
        await pilot.press("right", "right")
        assert shown.marked == ()


async def test_a_boundary_that_is_left_stays(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "[", "right", "right", "escape")
        assert "ST [│" not in "\n".join(rows(pilot))
        assert line(pilot, "keys").strip() == "Nothing was changed."
        await pilot.press("n", "]", "enter")
        assert "where it was" in line(pilot, "keys")
        assert review_screen(pilot).side.review.operations == 0
    assert not (letters / "reviews").exists()


async def test_a_move_that_cannot_be_says_why_before_enter(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "]", "right")
        screen = review_screen(pilot)
        assert '! it would overlap "Parents are asked…": move' in line(pilot, "info", 2)
        await pilot.press("enter")
        assert "would overlap" in line(pilot, "keys")
        await pilot.press("left", "left", "enter")
        assert screen.side.review.findings[0].text.endswith("It is recorded")


async def test_a_boundary_goes_over_the_foot_of_a_page_and_leaves_it_out(cut: Path, open_app: Open) -> None:
    async with open_app(cut) as pilot:
        await pilot.press("home", "enter", "]")
        screen = review_screen(pilot)
        whole = screen.side.review.findings[0]
        assert len(whole.spans) == 2
        await pilot.press(*["left"] * 5, "enter")
        assert screen.side.review.findings[0].text == "Plans are clear and"
        await pilot.press("]", "right")
        assert 'takes in 1 word "they"' in line(pilot, "info", 2)
        assert 'leaves out "Page 2 of 4"' in line(pilot, "info", 2)
        await pilot.press("down", "enter")
        moved = screen.side.review.findings[0]
        assert (moved.text, moved.spans) == (whole.text, whole.spans)


async def test_a_boundary_is_moved_in_the_text_alone_on_a_narrow_screen(letters: Path, open_app: Open) -> None:
    async with open_app(letters, size=(80, 24)) as pilot:
        await pilot.press("down", "enter", "tab")
        await rest(pilot)
        screen = review_screen(pilot)
        assert screen.shown() == ("letter-0",)
        await pilot.press("]", "up", "enter")
        assert screen.side.review.findings[0].text == "Supervision is regular, and staff say that it helps them."


async def test_a_selection_in_the_text_makes_a_finding(cut: Path, open_app: Open) -> None:
    async with open_app(cut) as pilot:
        await pilot.press("home", "enter", "x", "enter")
        screen = review_screen(pilot)
        gone = screen.side.review.removed[0].finding
        await pilot.press("tab", "/", *"plans are clear", "enter", "a", "right", "down")
        await pilot.press("left")
        await rest(pilot)
        text = line(pilot, "info", 2)
        assert 'a finding of 9 words "Plans are clear … shared with families."' in text
        assert 'leaves out "Page 2 of 4"' in text
        assert any("ST +│" in row for row in rows(pilot))
        await pilot.press("enter")
        assert "3 AD" in line(pilot, "keys")
        await pilot.press("3")
        assert line(pilot, "keys").strip() == "Added."
        added = screen.side.review.findings[0]
        assert (added.text, added.category, added.spans) == (gone.text, "area_for_development", gone.spans)
        assert screen.current == added
        await pilot.press("u")
        assert added not in screen.side.review.findings


async def test_a_caret_goes_anywhere_in_the_letter_and_begins_a_selection_there(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "tab", "home", "enter")
        screen = review_screen(pilot)
        text = screen.side.review.text

        def at(words: str) -> bool:
            return text[screen.active.caret or 0 :].startswith(words)

        assert at("1 December")
        await pilot.press("j", "right")
        assert at("Rowan")
        await pilot.press("end")
        assert at("Ashby")
        await pilot.press("k", "home", "down")
        assert at("Ms Rowan")
        await pilot.press("enter")
        assert "a begins a selection" in line(pilot, "keys")
        await pilot.press("a", "right", "left", "left")
        assert 'a finding of 2 words "2010 Ms"' in line(pilot, "info", 2)
        await pilot.press("escape")
        assert not screen.active.marked
        assert screen.side.review.operations == 0


async def test_a_selection_over_a_finding_is_refused_before_enter(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "tab", "home", "a", *["down"] * 12)
        assert '! it would overlap "Supervision is regular,…"' in line(pilot, "info", 2)
        await pilot.press("enter")
        assert 'it would overlap "Supervision is regular,…"' in line(pilot, "keys")
        assert review_screen(pilot).side.review.operations == 0


async def test_a_selection_begun_in_the_list_goes_to_the_text(letters: Path, open_app: Open) -> None:
    async with open_app(letters, size=(80, 24)) as pilot:
        await pilot.press("down", "enter", "a")
        await rest(pilot)
        screen = review_screen(pilot)
        assert screen.shown() == ("letter-0",)
        assert screen.side.review.text[screen.active.caret or 0 :].startswith("Supervision")
        assert '! it would overlap "Supervision is regular,…"' in line(pilot, "info", 2)


async def test_the_last_change_of_one_finding_is_taken_back(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "c", "3", "n", "c", "3", "p", "z")
        findings = review_screen(pilot).side.review.findings
        assert [f.category for f in findings[:2]] == ["strength", "area_for_development"]
        await pilot.press("z")
        assert "nothing" in line(pilot, "keys")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12)])
async def test_every_category_is_offered_however_narrow_it_is(
    size: tuple[int, int], letters: Path, open_app: Open
) -> None:
    async with open_app(letters, size=size) as pilot:
        await pilot.press("down", "enter", "c")
        shown = line(pilot, "keys")
        assert len(shown) <= size[0]
        named = "".join(pilot.app.screen.query_one("#info", InfoLines).plain)
        for style in review_screen(pilot).side.styles.values():
            assert f"{style.number} {style.tag}" in shown
            assert f"{style.number} {style.tag} {style.label}" in named
