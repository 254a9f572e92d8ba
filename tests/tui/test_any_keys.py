"""Any keys in any order, on a screen of any size: the app neither ends nor loses what was decided."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from curation.workspace import Workspace
from tests.tui.conftest import Open, rest
from tui.actions import ACTIONS, Place
from tui.screens.review import ReviewScreen

_REVIEW = (Place.REVIEW, Place.CARET, Place.SPLIT, Place.BOUNDARY, Place.SELECT, Place.CATEGORY, Place.LIST, Place.ASK)
_LEAVING = {"ctrl+q", "q", "E", "y"}
"""Keys that end the walk, or lend the terminal."""
KEYS = sorted({key for action in ACTIONS if set(action.places) & set(_REVIEW) for key in action.keys} - _LEAVING)
SIZES = [(120, 40), (80, 24), (200, 50), (60, 20), (40, 12), (30, 8)]


async def walk(folder: Path, open_app: Open, seed: int, presses: int) -> None:
    random = Random(seed)
    async with open_app(folder, start=("elmbury-2010",), size=random.choice(SIZES)) as pilot:
        for _ in range(presses):
            if random.random() < 0.03:
                await pilot.resize_terminal(*random.choice(SIZES))
            await pilot.press(random.choice(KEYS))
            assert pilot.app.is_running
            if len(pilot.app.screen_stack) == 1:
                await pilot.press("enter")
                await rest(pilot)
        screen = next((s for s in pilot.app.screen_stack if isinstance(s, ReviewScreen)), None)
        states = {side.key: side.review for side in screen.visited.values()} if screen else {}
        await pilot.press("escape", "escape", "escape")
        await rest(pilot)
    for key, review in states.items():
        kept = Workspace(folder).open(key, "ab").history.review
        assert kept.findings == review.findings, "what was shown is what is kept"


@pytest.mark.parametrize("seed", range(2))
async def test_any_keys(seed: int, letters: Path, open_app: Open) -> None:
    await walk(letters, open_app, seed, 80)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(100, 130))
async def test_many_keys(seed: int, letters: Path, open_app: Open) -> None:
    await walk(letters, open_app, seed, 300)
