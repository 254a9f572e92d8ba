"""The library as rows: one letter a row, columns that give way from the right as the screen gets narrow. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar, overload

from rich.cells import cell_len

from parsers.display import visible
from tui.paint import GUTTER, Item, ItemKind, Line, Row, Run, Sheet
from tui.palette import DIM, DOUBT, STRONG, TEXT, CategoryStyle, Ink
from tui.summary import Summary
from tui.wording import day, when
from tui.wrap import clip

_DATE, _COUNT, _CHECK, _SEEN, _STATE, _WHO, _SAVED = 12, 4, 7, 8, 11, 9, 13
_NAME = 18
"""Cells that the name keeps; columns at the right are left out before it gets shorter."""


def _columns(width: int, categories: int) -> tuple[int, bool, bool, bool]:
    """Cells for the name, and whether state, reviewer and time have room."""
    rest = width - _DATE - categories * _COUNT - _CHECK - _SEEN - _NAME
    shown = []
    for cells in (_STATE, _WHO, _SAVED):
        shown.append(rest >= cells)
        rest -= cells if rest >= cells else 0
    return _NAME + max(rest, 0), shown[0], shown[1], shown[2]


def library_heading(styles: Mapping[str, CategoryStyle], width: int) -> Line:
    """The names of the columns; tags in their inks, so that the library is also the key to them."""
    name, state, who, saved = _columns(width, len(styles))
    runs = [Run(_left("  letter", name + 2), DIM), Run(_left("date", _DATE), DIM)]
    for style in styles.values():
        runs += (Run(" " * (_COUNT - len(style.tag)), TEXT), Run(style.tag, style.sign))
    runs += (Run("check".rjust(_CHECK), DIM), Run("seen".rjust(_SEEN), DIM))
    for shown, label, cells in ((state, "state", _STATE), (who, "who", _WHO), (saved, "saved", _SAVED)):
        if shown:
            runs.append(Run("  " + _left(label, cells - 2), DIM))
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
    row: Summary, styles: Mapping[str, CategoryStyle], shape: tuple[int, bool, bool, bool], width: int
) -> Iterator[Run]:
    name, state, who, saved = shape
    yield Run(_left(row.name, name), STRONG if row.findings else TEXT)
    if row.trouble:
        yield Run(clip(visible(row.trouble), max(width - name, 0)), DOUBT)
        return
    yield Run(_left(day(row.date) if row.date else "", _DATE), TEXT)
    for style in styles.values():
        count = row.counts.get(style.id, 0)
        yield Run((str(count) if count else "·").rjust(_COUNT), Ink(style.colour) if count else DIM)
    yield Run((str(row.to_check) if row.to_check else "·").rjust(_CHECK), DOUBT if row.to_check else DIM)
    done = row.findings and row.seen == row.findings
    yield Run(f"{row.seen}/{row.findings}".rjust(_SEEN) if row.findings else " " * _SEEN, STRONG if done else TEXT)
    for shown, text, cells in (
        (state, row.state.replace("-", " "), _STATE),
        (who, row.reviewer, _WHO),
        (saved, when(row.updated), _SAVED),
    ):
        if shown:
            yield Run("  " + _left(text, cells - 2), TEXT)


def _left(text: str, cells: int) -> str:
    shown = clip(visible(text), cells - 1)
    return shown + " " * (cells - cell_len(shown))
