"""A text to read, such as help or why a finding is one: lines of runs as rows of any width. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from tui.paint import GUTTER, Item, ItemKind, Line, Row, Run, Sheet, fitted, line_width
from tui.palette import KEY, TEXT
from tui.wrap import wrap

_LEAST = 20
"""Cells that words keep beside what they stand under; below that they go on at the left."""
_INDENT = 2
_HARD = "\u00a0"


def paint_lines(lines: Sequence[Line], width: int) -> Sheet:
    """One item a line, from the gutter on; a line that is too long goes on in rows below."""
    rows: list[Row] = []
    items: list[Item] = []
    for number, line in enumerate(lines):
        first = len(rows)
        rows.extend(Row((), runs) for runs in hanging(line, width + GUTTER))
        items.append(Item(ItemKind.TEXT, str(number), first, len(rows)))
    return Sheet(tuple(rows), tuple(items))


def hanging(line: Line, width: int) -> Iterator[Line]:
    """A line in rows of at most `width` cells: under its first run, a label, nothing but space; alone, its indent."""
    head, body = _parted(line)
    indent = cell_len(head.text)
    if indent > _INDENT and width - indent < _LEAST:
        indent = _INDENT
    text = "".join(_unbroken(run) for run in body)
    # The first row has what stands before the words, however wide: a label that is too wide has a row of its own.
    beside = cell_len(head.text) <= max(indent, width - _LEAST) or cell_len(head.text + text) <= width
    if not beside:
        yield (head,)
    for number, (start, end) in enumerate(wrap(text, width - indent)):
        first = head if beside and number == 0 else Run(" " * indent, TEXT)
        yield (first, *_slice(body, start, end))


def in_rows(most: int, line: Line, width: int) -> list[Line]:
    """A line as it is if it has room, else in at most `most` rows; where they do not hold it, it ends in a sign."""
    return [line] if line_width(line) <= width else at_most(most, hanging(line, width), width)


def at_most(most: int, rows: Iterable[Line], width: int) -> list[Line]:
    """The first rows; where there are more, the last of them ends in a sign."""
    shown = list(rows)
    if len(shown) <= most:
        return shown
    return [*shown[: most - 1], fitted((*shown[most - 1], Run(" " * width, TEXT)), width)]


def _parted(line: Line) -> tuple[Run, Line]:
    """The label of a line, or the space that a line without one begins with, and its words."""
    if len(line) > 1:
        return line[0], line[1:]
    if not line:
        return Run("", TEXT), ()
    ((text, ink),) = line
    words = text.lstrip(" ")
    return Run(" " * (len(text) - len(words)), TEXT), (Run(words, ink),)


def _unbroken(run: Run) -> str:
    """The text of a run as it may be cut: between a key and what it does it may not."""
    return f"{run.text[:-1]}{_HARD}" if run.ink is KEY and run.text.endswith(" ") else run.text


def _slice(line: Line, start: int, end: int) -> Iterator[Run]:
    """The characters `start` to `end` of a line, half-open, in their inks."""
    at = 0
    for text, ink in line:
        part = text[max(start - at, 0) : max(end - at, 0)]
        if part:
            yield Run(part, ink)
        at += len(text)
