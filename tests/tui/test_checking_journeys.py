"""From one thing to check to the next in a letter, also to what is doubted about no finding, by keys alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import Open, rest
from tests.tui.letters import letter, line, review_screen, rows
from tui.widgets.info_lines import InfoLines

SAMPLES = Path(__file__).parents[2] / "sample_letters"
_SECTIONS = {
    "Strengths": ("Staff are well led and say so.",),
    "Views of partners": ("Partners were asked.", "They were content with what they saw."),
    "Areas for development": ("The oldest files lack", "Visits are late and few."),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A letter with a finding without a full stop, below a heading of no known category."""
    folder = tmp_path / "partners"
    folder.mkdir()
    text = letter("Elmbury County Council", "1 December 2010", _SECTIONS)
    text = text.replace("recent unannounced inspection of", "unannounced inspection on 1 November 2010 of")
    (folder / "elmbury.txt").write_text(text, encoding="utf-8")
    return folder


def _codes(pilot: Pilot[str]) -> list[str]:
    return [doubt.code for doubt in review_screen(pilot).side.to_check.doubts]


def _check(pilot: Pilot[str]) -> str:
    """What is to check, however many rows it takes."""
    shown = pilot.app.screen.query_one("#info", InfoLines).plain
    first = next(number for number, row in enumerate(shown) if row.startswith(" check"))
    return " ".join(row.strip() for row in shown[first:])


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_a_list_that_was_not_read_is_gone_to_shown_and_settled(
    folder: Path, open_app: Open, size: tuple[int, int]
) -> None:
    async with open_app(folder, size=size) as pilot:
        await pilot.press("enter")
        await rest(pilot)
        screen = review_screen(pilot)
        assert _codes(pilot) == ["unknown-heading", "no-full-stop"]
        await pilot.press("d")
        await rest(pilot)
        assert "unknown-heading: " in _check(pilot)
        assert screen.active_name.of_text
        assert any("Views of partners" in row for row in rows(pilot))
        place = screen.side.letter.text.index("Views of partners")
        assert [tuple(span) for span in screen.active.marked] == [(place, place + len("Views of partners"))]
        await pilot.press("space")
        await rest(pilot)
        assert _codes(pilot) == ["no-full-stop"], "settled, and no finding was touched"
        assert not any(finding.seen for finding in screen.side.review.findings)
        assert "no-full-stop: " in _check(pilot), "on to what is next to check"
        await pilot.press("u")
        await rest(pilot)
        assert _codes(pilot) == ["unknown-heading", "no-full-stop"]


async def test_what_is_to_check_comes_in_the_order_of_the_text_in_both_directions(folder: Path, open_app: Open) -> None:
    async with open_app(folder) as pilot:
        await pilot.press("enter", "d")
        await rest(pilot)
        await pilot.press("d")
        await rest(pilot)
        assert "no-full-stop: " in _check(pilot)
        await pilot.press("d")
        assert "Nothing more to check below." in line(pilot, "keys")
        await pilot.press("D")
        await rest(pilot)
        assert "unknown-heading: " in _check(pilot)
        await pilot.press("D")
        assert "Nothing more to check above." in line(pilot, "keys")


async def test_a_doubt_about_the_letter_is_left_when_the_cursor_moves_on(folder: Path, open_app: Open) -> None:
    async with open_app(folder) as pilot:
        await pilot.press("enter", "d")
        await rest(pilot)
        screen = review_screen(pilot)
        assert "unknown-heading: " in _check(pilot)
        await pilot.press("n")
        await rest(pilot)
        assert "unknown-heading: " not in _check(pilot)
        assert not screen.active.marked
        await pilot.press("space")
        await rest(pilot)
        assert "unknown-heading" in _codes(pilot), "space is about the finding again"


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_what_is_to_check_is_said_to_the_end_with_the_keys_that_settle_it(
    open_app: Open, tmp_path: Path, size: tuple[int, int]
) -> None:
    shutil.copy(SAMPLES / "eastmarch-2010.txt", tmp_path)
    async with open_app(tmp_path, size=size) as pilot:
        await pilot.press("enter", "d")
        await rest(pilot)
        said = " ".join(_check(pilot).split())
        assert said.endswith('joined over a page break, "the reasons" + "are seldom" space right s split d next')
        await pilot.press("s")
        assert "Two points in one are themes." in " ".join(" ".join(rows(pilot)).split())
