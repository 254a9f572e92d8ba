"""Lists narrowed by what is typed."""

from __future__ import annotations

import pytest

from tui.choosing import Choice, narrowed, paint_choices

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
