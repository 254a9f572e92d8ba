"""Letters beside each other, and from one to the next, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import Open, rest
from tests.tui.letters import line, pane, review_screen, rows
from tui.panes import ALL, ARRANGEMENTS, F0, F1, F2, T0, in_view


def test_as_many_panes_are_in_view_as_there_is_room_for_and_the_active_one_is_among_them() -> None:
    three = (F0, F1, F2)
    assert in_view(three, F0, 200) == three
    assert [in_view(three, name, 120) for name in three] == [(F0, F1), (F0, F1), (F1, F2)]
    assert [in_view(three, name, 80) for name in three] == [(F0,), (F1,), (F2,)]
    assert in_view((T0,), T0, 200) == (T0,)
    for letters, arrangements in ARRANGEMENTS.items():
        assert {name.side for names in arrangements for name in names} == set(range(letters))
    assert [name.of_text for name in ALL] == [True, False] * 3


async def test_three_letters_stand_side_by_side_where_there_is_room(letters: Path, open_app: Open) -> None:
    async with open_app(letters, size=(200, 50)) as pilot:
        await pilot.press("down", "enter", "o")
        assert "Elmbury" in next(row for row in rows(pilot) if ">" in row), "the council's other year first"
        await pilot.press("enter", "o", *"waveney", "enter")
        await rest(pilot)
        screen = review_screen(pilot)
        assert [side.key for side in screen.sides] == ["elmbury-2010", "elmbury-2009", "waveney-2010"]
        assert screen.shown() == ("findings-0", "findings-1", "findings-2")
        assert screen.side.key == "waveney-2010"
        assert rows(pilot)[1].count("┌") == 3
        await pilot.press("w", "home", "n", "tab")
        assert screen.side.key == "elmbury-2010"
        await pilot.press("n")
        strengths = [pane(pilot, f"findings-{n}").item for n in (0, 1, 2)]
        assert all(item is not None for item in strengths), "each stands on the most alike finding, or on the category"
        assert screen.sides[1].find(strengths[1].key if strengths[1] else "") is not None
        await pilot.resize_terminal(120, 40)
        await rest(pilot)
        assert screen.shown() == ("findings-0", "findings-1")
        await pilot.press("tab", "tab")
        await rest(pilot)
        assert screen.shown() == ("findings-1", "findings-2")
        await pilot.resize_terminal(80, 24)
        await rest(pilot)
        assert screen.shown() == ("findings-2",)
        await pilot.press("space", "q")
    async with open_app(letters, size=(200, 50)) as pilot:
        screen = review_screen(pilot)
        assert [side.key for side in screen.sides] == ["elmbury-2010", "elmbury-2009", "waveney-2010"]
        assert screen.side.key == "waveney-2010"
        await pilot.press("O")
        await rest(pilot)
        assert [side.key for side in screen.sides] == ["elmbury-2010", "elmbury-2009"]
        await pilot.press("O", "O")
        await rest(pilot)
        assert [side.key for side in screen.sides] == ["elmbury-2010"]
        assert "the only letter" in line(pilot, "keys")
        assert screen.shown() == ("letter-0", "findings-0")


async def test_a_letter_that_is_open_here_is_not_offered_again(letters: Path, open_app: Open) -> None:
    async with open_app(letters, size=(200, 50)) as pilot:
        await pilot.press("down", "enter", "o", "enter", "o")
        offered = [row for row in rows(pilot) if "│ " in row and "elmbury-20" in row]
        assert offered == []
        await pilot.press("enter")
        await rest(pilot)
        screen = review_screen(pilot)
        assert len({side.key for side in screen.sides}) == 3
        assert not screen.open_beside("elmbury-2009")
        assert "open here already" in line(pilot, "keys")
        await pilot.press("o")
        await rest(pilot)
        assert "All letters" in line(pilot, "keys")


async def test_on_a_narrower_screen_the_second_letter_is_exchanged(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "o", "enter", "o", *"waveney", "enter")
        await rest(pilot)
        screen = review_screen(pilot)
        assert [side.key for side in screen.sides] == ["elmbury-2010", "waveney-2010"]


async def test_the_next_letter_comes_in_the_order_of_the_library(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("home", "enter", "space", ">")
        await rest(pilot)
        screen = review_screen(pilot)
        assert screen.side.key == "elmbury-2010"
        assert line(pilot, "keys").strip() == "Elmbury County Council · 1 Dec 2010."
        assert screen.current == screen.side.review.findings[0]
        await pilot.press(">", ">")
        assert screen.side.key == "waveney-2010"
        assert "last letter of the library" in line(pilot, "keys")
        await pilot.press("<", "<", "<")
        await rest(pilot)
        assert screen.side.key == "elmbury-2009"
        assert "first letter of the library" in line(pilot, "keys")
        assert screen.side.review.findings[0].seen, "it is as it was left"
        await pilot.press("q")
        assert any("1/2" in row for row in rows(pilot)), "the library knows"


@pytest.mark.parametrize("storm", [7, 23])
async def test_a_storm_of_resizes_keeps_the_finding(storm: int, letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "n", "n", "n", "]", "left")
        screen = review_screen(pilot)
        finding = screen.current
        for step in range(12):
            await pilot.resize_terminal(30 + storm * step % 190, 8 + storm * step % 50)
        await pilot.resize_terminal(120, 40)
        await rest(pilot)
        assert screen.current == finding
        assert "gives up 1 word" in line(pilot, "info", 2), "and what was begun goes on"
        await pilot.press("enter")
        assert screen.side.review.operations == 1
