"""Rows under headings: none lost, each below its own, the cursor on rows alone."""

from __future__ import annotations

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from tui.headed import headed
from tui.paint import ItemKind, Line, Run
from tui.palette import TEXT


@given(st.lists(st.sampled_from("ab[/]"), max_size=12))
def test_every_row_stands_below_its_heading_and_headings_say_how_many(headings: list[str]) -> None:
    def line(number: int) -> Line:
        return (Run(f"row {number}", TEXT),)

    def heading(number: int, count: int) -> Line:
        return (Run(f"{headings[number]} {count}", TEXT),)

    sheet = headed(headings, line, heading, 20)
    expected, number = [], 0
    for name, group in groupby(headings):
        members = len(list(group))
        expected.append(f"{name} {members}")
        expected += [f"row {number + one}" for one in range(members)]
        number += members
    assert [row.text for row in sheet.rows] == expected
    for number, item in enumerate(sheet.items):
        assert item.key == str(number)
        assert [row.text for row in sheet.rows[item.first : item.last]] == [f"row {number}"]
        assert sheet.place(ItemKind.TEXT, item.key) == number
    assert len(sheet.items) == len(headings)
