"""The library as rows: one letter a row, with as many columns as there is room for. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar, overload

from rich.cells import cell_len

from parsers.display import visible
from tui.paint import GUTTER, Item, ItemKind, Line, Row, Run, Sheet
from tui.palette import DIM, DOUBT, STRONG, TEXT, CategoryStyle, Ink
from curation.summary import Summary
from tui.wording import day, when
from tui.wrap import clip

_COUNT, _SEEN = 4, 7
_WIDTHS = {"check": 7, "date": 13, "state": 12, "who": 10, "saved": 13}
"""Columns that are left out where there is no room, the last one first, and their cells."""
_NAME, _SHORT_NAME = 18, 12
"""Cells that the name keeps: for the sake of the check and the date it may get shorter."""


def _columns(width: int, categories: int) -> tuple[int, frozenset[str]]:
    """Cells for the name, and which of the columns have room beside it."""
    rest = width - categories * _COUNT - _SEEN
    shown = set()
    for name, cells in _WIDTHS.items():
        keeps = _SHORT_NAME if name in {"check", "date"} else _NAME
        if rest - cells >= keeps:
            shown.add(name)
            rest -= cells
    return max(rest, 1), frozenset(shown)


def library_heading(styles: Mapping[str, CategoryStyle], width: int) -> Line:
    """The names of the columns; tags in their inks, so that the library is also the key to them."""
    name, shown = _columns(width, len(styles))
    runs = [Run(_left("  letter", name + 2), DIM)]
    if "date" in shown:
        runs.append(Run(_left("date", _WIDTHS["date"]), DIM))
    for style in styles.values():
        runs += (Run(" " * (_COUNT - len(style.tag)), TEXT), Run(style.tag, style.sign))
    if "check" in shown:
        runs.append(Run("check".rjust(_WIDTHS["check"]), DIM))
    runs.append(Run("seen".rjust(_SEEN), DIM))
    runs += (Run("  " + _left(n, _WIDTHS[n] - 2), DIM) for n in ("state", "who", "saved") if n in shown)
    return tuple(runs)


_Made = TypeVar("_Made")


class _OnDemand(Sequence[_Made]):
    """Things made when they are looked at: of ten thousand letters only a screenful is ever seen."""

    def __init__(self, count: int, make: Callable[[int], _Made]) -> None:
        self._count = count
        self._make = make

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> _Made: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[_Made]: ...
    def __getitem__(self, place: int | slice) -> _Made | Sequence[_Made]:
        if isinstance(place, slice):
            return [self._make(n) for n in range(*place.indices(self._count))]
        if not 0 <= place < self._count:
            raise IndexError(place)
        return self._make(place)


def paint_library(rows: Sequence[Summary], styles: Mapping[str, CategoryStyle], width: int) -> Sheet:
    """One row a letter, from the gutter on."""
    width += GUTTER
    shape = _columns(width, len(styles))
    return Sheet(
        _OnDemand(len(rows), lambda n: Row((), tuple(_row(rows[n], styles, shape, width)))),
        _OnDemand(len(rows), lambda n: Item(ItemKind.TEXT, rows[n].key, n, n + 1)),
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
        yield Run((str(count) if count else "·").rjust(_COUNT), Ink(style.colour) if count else DIM)
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
