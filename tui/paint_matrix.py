"""The heat map of themes: rows and columns of counts, readable without any colour. Pure.

A cell says letters (findings). Its shade, the share of the row's letters, only repeats what the figures say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from rich.cells import cell_len

from curation.matrix import By, Cell, Column, Matrix
from curation.matrix import Row as Counts
from parsers.display import visible
from tui.paint import GUTTER, Item, ItemKind, Line, Row, Run, Sheet
from tui.palette import DIM, STRONG, TEXT, CategoryStyle, Ink, unknown_category
from tui.wording import counted
from tui.wrap import clip

CELL: Final = 9
"""Cells of the screen for one cell of the matrix."""
HEAD_RUNS: Final = 2
"""Runs before the first cell of a row: its name, its denominators."""
TOTAL: Final = ""
"""The key of the row that is all the others together."""
_NAME, _SHORT_NAME = 24, 14
# Bold from the half on: it is all that is left of a shade without colours.
_SHADES: Final = ((0.75, Ink("cyan", "bold")), (0.5, Ink("", "bold")), (0.25, Ink("cyan")))


def name_width(width: int) -> int:
    """Cells for the names of rows, where the whole line has `width`."""
    return _NAME if width >= 90 else _SHORT_NAME


def in_view(width: int) -> int:
    """How many columns there is room for."""
    return max((width - name_width(width) - CELL) // CELL, 1)


def first_column(column: int, first: int, count: int, width: int) -> int:
    """Where the view has to begin so that `column` of `count` is in it, moved no more than needed."""
    room = in_view(width)
    first = min(max(first, column - room + 1), column)
    return max(min(first, count - room), 0)


def heading(matrix: Matrix, first: int, column: int, width: int) -> Line:
    """The names of the columns in view; they stay while rows scroll."""
    shown = matrix.columns[first : first + in_view(width)]
    # As far in as the rows are: the frame and the cursor's sign stand before them.
    lead = f"  {matrix.by.value}"[: name_width(width) + 1].ljust(name_width(width) + 2)
    runs = [Run(f"{lead}{'letters':>{CELL}}", DIM)]
    for number, one in enumerate(shown, start=first):
        name = clip(visible(one.theme), CELL - 1)
        runs.append(Run(" " * (CELL - cell_len(name)) + name, STRONG if number == column else DIM))
    return tuple(runs)


def span_words(matrix: Matrix, first: int, width: int) -> str:
    """Which columns are in view, where not all of them are: `themes 4-9 of 25`."""
    count, room = len(matrix.columns), in_view(width)
    return f"themes {first + 1}-{min(first + room, count)} of {count}" if room < count else ""


def paint_matrix(matrix: Matrix, styles: Mapping[str, CategoryStyle], first: int, width: int) -> Sheet:
    """All together, then a line a row; the cursor stands on rows, `key` is the row's."""
    width += GUTTER
    columns = matrix.columns[first : first + in_view(width)]
    counts = (matrix.total, *matrix.rows)
    keys = (TOTAL, *(row.key for row in matrix.rows))
    names = ("all", *(row_name(matrix.by, row.key, styles) for row in matrix.rows))
    rows = tuple(Row((), _row(name, row, columns, width)) for name, row in zip(names, counts, strict=True))
    items = tuple(Item(ItemKind.TEXT, key, number, number + 1) for number, key in enumerate(keys))
    return Sheet(rows, items, {key: number for number, key in enumerate(keys)})


def row_name(by: By, key: str, styles: Mapping[str, CategoryStyle]) -> str:
    """A row as people call it: a category by tag and label."""
    if by is not By.CATEGORY:
        return visible(key)
    style = styles.get(key) or unknown_category(key)
    return visible(f"{style.tag} {style.label}")


def _row(name: str, row: Counts, columns: Sequence[Column], width: int) -> Line:
    cells = name_width(width)
    shown = clip(name, cells - 1)
    return (
        Run(shown + " " * (cells - cell_len(shown)), TEXT),
        Run(f"{row.letters} ({row.findings})"[:CELL].rjust(CELL), DIM),
        *(Run((str(row.cell(c.theme)) or "·").rjust(CELL), _shade(row.cell(c.theme), row)) for c in columns),
    )


def _shade(cell: Cell, row: Counts) -> Ink:
    if not cell.facts:
        return DIM
    share = cell.letters / max(row.letters, 1)
    return next((ink for least, ink in _SHADES if share >= least), TEXT)


def cell_lines(
    matrix: Matrix, row: Counts, name: str, column: Column, styles: Mapping[str, CategoryStyle]
) -> tuple[Line, ...]:
    """The cell under the cursor in words, with what it is a share of, and its findings by category."""
    cell = row.cell(column.theme)
    label = visible(column.label) + ("" if column.known else " (not in the codebook)")
    shares = (
        f"{cell.letters} of {counted(row.letters, 'letter')}, {cell.findings} of {counted(row.findings, 'finding')}"
        f"; {row.themed} of them have a theme"
    )
    return (
        (Run(f" {visible(name)} · {label}", STRONG),),
        (Run(f" {shares}", TEXT),),
        (Run(" ", TEXT), *_categories(cell, styles)),
    )


def _categories(cell: Cell, styles: Mapping[str, CategoryStyle]) -> Line:
    found: dict[str, int] = {}
    for fact in cell.facts:
        found[fact.category] = found.get(fact.category, 0) + 1
    runs: list[Run] = []
    for category in sorted(found, key=_order(styles)):
        style = styles.get(category) or unknown_category(category)
        runs += (Run(style.tag, style.sign), Run(f" {found[category]}  ", TEXT))
    return tuple(runs)


def _order(styles: Mapping[str, CategoryStyle]) -> Callable[[str], tuple[int, str]]:
    known = list(styles)
    return lambda category: (known.index(category) if category in known else len(known), category)
