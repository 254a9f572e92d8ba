"""What a key press sends to the terminal, within the budget for a slow line."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from tests.tui.conftest import Open, rest
from tests.tui.sending import sent_from_now_on


async def test_moving_in_a_letter_stays_within_the_budget(
    letters: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(letters) as pilot:
        sent = sent_from_now_on(pilot, monkeypatch)
        await pilot.press("down", "enter")
        await rest(pilot)

        async def cost(*keys: str) -> list[int]:
            costs = []
            for key in keys:
                sent.clear()
                await pilot.press(key)
                await rest(pilot)
                costs.append(sum(sent))
            return costs

        following = await cost("n", "n", "n", "n", "p", "p", "p", "p", "down", "up")
        assert min(following) > 0
        assert statistics.median(following) < 600
        assert max(following) < 10_000
        await pilot.press("w")
        alone = await cost(*"nnnnnpppp", "down", "up", "j", "k")
        assert statistics.median(alone) < 600
        assert statistics.mean(alone) < 2_500
        assert max(alone) < 10_000
        assert max(await cost("pagedown", "pageup", "end", "home")) < 10_000
        await pilot.press("n", "n", "]")
        assert statistics.median(await cost("left", "left", "right", "left")) < 3_000, "a boundary, previewed"
