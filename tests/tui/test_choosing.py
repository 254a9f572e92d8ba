"""Lists narrowed by what is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import Input

from tests.tui.conftest import Open, rest
from tests.tui.letters import app_of
from tui.choosing import Choice, narrowed, paint_choices
from tui.dialogs.pick import PickScreen
from tui.paint import Run
from tui.palette import TEXT

CHOICES = (
    Choice("case-recording", "Case recording and chronologies"),
    Choice("electronic-recording", "Electronic recording system"),
    Choice("supervision", "Supervision", aside="management"),
)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["case-recording", "electronic-recording", "supervision"]),
        ("rec", ["case-recording", "electronic-recording"]),
        ("sys rec", ["electronic-recording"]),
        ("pervis", ["supervision"]),
        ("spvn", ["supervision"]),
        ("manage", ["supervision"]),
        ("xyz", []),
    ],
)
def test_words_then_parts_then_letters_in_order(query: str, keys: list[str]) -> None:
    assert [choice.key for choice in narrowed(CHOICES, query)] == keys


def test_beginnings_of_words_come_first() -> None:
    late = Choice("z", "unsupervised")
    assert [c.key for c in narrowed((late, *CHOICES), "super")] == ["supervision", "z"]


def test_nothing_that_fits_is_said() -> None:
    sheet = paint_choices((), 20)
    assert sheet.rows[0].text == "nothing fits"
    assert not sheet.items


async def test_what_is_typed_while_the_list_is_being_built_stays_and_the_best_fit_is_chosen(
    letters: Path, open_app: Open
) -> None:
    async with open_app(letters) as pilot:
        chosen: list[str | None] = []
        choices = [Choice(key, key) for key in ("tea", "seat", "date", "data", "a date")]
        screen = PickScreen(app_of(pilot).context.palette, "Which", choices)
        pilot.app.push_screen(screen, chosen.append)
        # In one burst, as on a slow line.
        for key in "date":
            pilot.app.post_message(Key(key, key))
        await rest(pilot)
        assert screen.query_one("#field", Input).value == "date"
        await pilot.press("backspace", "a", "enter")
        assert chosen == ["data"]


def test_what_is_said_aside_stands_in_one_column_with_signs_or_without() -> None:
    choices = [Choice("a", "Areas", Run("AD", TEXT), aside="category"), Choice("b", "2010", aside="year")]
    rows = [row.text for row in paint_choices(choices, 60).rows]
    assert rows[0].index("category") == rows[1].index("year")
