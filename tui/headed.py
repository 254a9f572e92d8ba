"""Rows under headings, as many as there are: only those in view are painted. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from tui.on_demand import OnDemand
from tui.paint import GUTTER, Item, ItemKind, Line, Row, Sheet, fitted


def headed(
    headings: Sequence[str], line: Callable[[int], Line], heading: Callable[[int, int], Line], width: int
) -> Sheet:
    """A row each, those that stand together under one heading below it. The cursor stands on rows, never on headings.

    Args:
        headings: for each row what it stands under; the number of a row, counted from 0, is the key of its item.
        line: what a row shows.
        heading: what a heading shows, from the number of its first row and how many it has.
        width: cells for the body; the gutter belongs to the line.
    """
    width += GUTTER
    rows: list[tuple[int, int]] = []
    items: list[int] = []
    for _, group in groupby(range(len(headings)), key=lambda number: headings[number]):
        numbers = list(group)
        rows.append((numbers[0], len(numbers)))
        items.extend(range(len(rows), len(rows) + len(numbers)))
        rows.extend((number, 0) for number in numbers)

    def row(place: int) -> Row:
        number, count = rows[place]
        return Row((), fitted(heading(number, count) if count else line(number), width))

    def item(number: int) -> Item:
        return Item(ItemKind.TEXT, str(number), items[number], items[number] + 1)

    index = {str(number): number for number in range(len(items))}
    return Sheet(OnDemand(len(rows), row), OnDemand(len(items), item), index)
