"""The library as rows: one letter a row, with as many columns as there is room for. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len

from curation.summary import Summary
from parsers.display import visible
from tui.on_demand import OnDemand
from tui.paint import GUTTER, Item, ItemKind, Line, Row, Run, Sheet
from tui.palette import DIM, DOUBT, STRONG, TEXT, CategoryStyle, Ink
from tui.shelf import CATEGORY, Order
from tui.wording import day, when
from tui.wrap import clip

_COUNT, _SEEN = 4, 7
_WIDTHS = {"check": 7, "date": 13, "state": 12, "who": 10, "saved": 15}
"""Columns that are left out where there is no room, the last one first, and their cells."""
_NAME, _SHORT_NAME, _LONGEST_NAME = 18, 12, 44
"""Cells that the name keeps: for the sake of the check and the date it may get shorter; and those that it has at most,
or the eye would not find from it to the figures."""


_FOLDER = Order()


def _columns(width: int, categories: int) -> tuple[int, frozenset[str]]:
    """Cells for the name, and which of the columns have room beside it."""
    rest = width - categories * _COUNT - _SEEN
    shown = set()
    for name, cells in _WIDTHS.items():
        keeps = _SHORT_NAME if name in {"check", "date"} else _NAME
        if rest - cells >= keeps:
            shown.add(name)
            rest -= cells
    return min(max(rest, 1), _LONGEST_NAME), frozenset(shown)


FALLING, RISING = "▼", "▲"


def library_heading(styles: Mapping[str, CategoryStyle], width: int, order: Order = _FOLDER) -> Line:
    """The names of the columns; tags in their inks, so that the library is also the key to them.

    Where there is room for it, the column that the rows are sorted by wears a sign.
    """
    name, shown = _columns(width, len(styles))
    sign = FALLING if order.falling else RISING

    def label(column: str) -> str:
        return column + sign if order.column == column else column

    runs = [Run(_left(f"  {label('letter')}", name + 2), _ink(order, "letter"))]
    if "date" in shown:
        runs.append(Run(_left(label("date"), _WIDTHS["date"]), _ink(order, "date")))
    for style in styles.values():
        mark = sign if order.column == CATEGORY + style.id else ""
        runs += (Run(" " * (_COUNT - len(style.tag) - len(mark)), TEXT), Run(style.tag + mark, style.sign))
    if "check" in shown:
        runs.append(Run(label("check").rjust(_WIDTHS["check"]), _ink(order, "check")))
    runs.append(Run(label("seen").rjust(_SEEN), _ink(order, "seen")))
    rest = [column for column in ("state", "who", "saved") if column in shown]
    runs += (Run("  " + _left(label(column), _WIDTHS[column] - 2), _ink(order, column)) for column in rest)
    return tuple(runs)


def _ink(order: Order, column: str) -> Ink:
    return STRONG if order.column == column else DIM


def paint_library(
    rows: Sequence[Summary],
    styles: Mapping[str, CategoryStyle],
    width: int,
    places: Mapping[str, int] | None = None,
) -> Sheet:
    """One row a letter, from the gutter on; `places` gives the number of each by its key."""
    width += GUTTER
    shape = _columns(width, len(styles))
    return Sheet(
        OnDemand(len(rows), lambda n: Row((), tuple(_row(rows[n], styles, shape, width)))),
        OnDemand(len(rows), lambda n: Item(ItemKind.TEXT, rows[n].key, n, n + 1)),
        places,
    )


def _row(
    row: Summary, styles: Mapping[str, CategoryStyle], shape: tuple[int, frozenset[str]], width: int
) -> Iterator[Run]:
    name, shown = shape
    yield Run(_left(row.name, name), STRONG if row.findings else TEXT)
    if row.trouble:
        yield Run(clip(visible(row.trouble), max(width - name, 0)), DOUBT)
        return
    if "date" in shown:
        yield Run(_left(day(row.date) if row.date else "", _WIDTHS["date"]), TEXT)
    for style in styles.values():
        count = row.counts.get(style.id, 0)
        yield Run((str(count) if count else "·").rjust(_COUNT), style.count if count else DIM)
    if "check" in shown:
        check = str(row.to_check) if row.to_check else "·"
        yield Run(check.rjust(_WIDTHS["check"]), DOUBT if row.to_check else DIM)
    done = row.findings and row.seen == row.findings
    yield Run(f"{row.seen}/{row.findings}".rjust(_SEEN) if row.findings else " " * _SEEN, STRONG if done else TEXT)
    rest = {"state": row.state.replace("-", " "), "who": row.reviewer, "saved": when(row.updated)}
    for column, text in rest.items():
        if column in shown:
            yield Run("  " + _left(text, _WIDTHS[column] - 2), TEXT)


def _left(text: str, cells: int) -> str:
    shown = clip(visible(text), cells - 1)
    return shown + " " * (cells - cell_len(shown))
