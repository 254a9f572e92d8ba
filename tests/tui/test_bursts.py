"""Keys that arrive in one packet, as on a slow line: each has its effect before the next is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.pilot import Pilot

from tests.tui.conftest import Open, rest
from tests.tui.letters import review_screen
from tui import taking_turns

_NAMES = {"slash": "/"}


async def _burst(pilot: Pilot[str], *keys: str) -> None:
    for key in keys:
        pilot.app.post_message(Key(key, _NAMES.get(key, key if len(key) == 1 else None)))
    for _ in range(20):
        await rest(pilot)


def _themes(pilot: Pilot[str]) -> list[tuple[str, ...]]:
    return [finding.themes for finding in review_screen(pilot).side.review.findings]


@pytest.mark.parametrize("number", range(3))
async def test_what_follows_the_enter_that_ends_a_dialog_is_done_after_its_answer(
    number: int, letters: Path, open_app: Open
) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter")
        await rest(pilot)
        await _burst(pilot, "t", *"chronolog", "enter", "n", "t", *"supervis", "enter", "n")
        assert _themes(pilot)[:3] == [("case-recording",), ("supervision",), ()]
        screen = review_screen(pilot)
        assert screen.current == screen.side.review.findings[2]
        await _burst(pilot, "p", "t", "enter", "p", "t", "enter")
        assert not any(_themes(pilot)), "the theme that a finding has comes first, and is taken away"
        assert len(pilot.app.screen_stack) == 2


async def test_dialogs_that_follow_each_other_get_their_own_keys(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter")
        await rest(pilot)
        await _burst(
            pilot, "e", *"two", "backspace", "enter", "n", "f", *"why", "enter", "n", "x", "enter",
            "slash", *"missing", "enter", "c", "1",
        )  # fmt: skip
        first, second, *others = review_screen(pilot).side.review.findings
        assert first.note == "tw"
        assert second.question == "why"
        assert len(others) == 3, "the third was removed"
        assert [f.category for f in others if f.text.startswith("Chronologies are missing")] == ["strength"]


async def test_a_dialog_that_is_left_takes_nothing_of_what_follows(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter")
        await rest(pilot)
        await _burst(pilot, "t", *"chron", "escape", "n", "n")
        screen = review_screen(pilot)
        assert screen.current == screen.side.review.findings[2]
        assert screen.side.review.operations == 0


async def test_pasted_text_waits_for_the_field_that_it_is_meant_for(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter")
        await rest(pilot)
        pilot.app.post_message(Key("e", "e"))
        pilot.app.post_message(Paste("written elsewhere"))
        await _burst(pilot, "enter")
        assert review_screen(pilot).side.review.findings[0].note == "written elsewhere"


async def test_a_key_that_never_comes_back_holds_up_no_other(
    letters: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_turns, "LONGEST", 0.0)
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter")
        await rest(pilot)
        pilot.app._under_way = Key("k", "k")  # type: ignore[attr-defined]  # one that the framework has lost
        await _burst(pilot, "n")
        screen = review_screen(pilot)
        assert screen.current == screen.side.review.findings[1]
