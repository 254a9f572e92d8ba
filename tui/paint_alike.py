"""Alike findings as rows: how alike, whose, which category, and the words in common marked in the text. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from curation.entry import CLOSE, RELATED, Entry
from parsers.display import visible
from tui.paint import GUTTER, ItemKind, Line, Page, Row, Run, Sheet, fitted
from tui.palette import DIM, DOUBT, STRONG, TEXT, CategoryStyle, Ink, unknown_category
from tui.wrap import wrap

if TYPE_CHECKING:
    from curation.common_words import Spans

COMMON = Ink("", "bold underline")
"""Words that both findings have."""
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Alike:
    """A finding of another letter that says nearly the same.

    `score` is 0-100; `same`: a person said it is the same; `opposed`: one of the two says no, the other doesn't.
    """

    entry: Entry
    score: float
    same: bool = False
    opposed: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """An alike finding with the words in common: where they stand in the finding that was asked for, and in this one.

    Spans are half-open code points of the texts.
    """

    alike: Alike
    in_asked: Spans
    in_other: Spans


class Band(StrEnum):
    """How alike: what the score means in a word."""

    SAME = "the same"
    CLOSE = "close"
    RELATED = "related"
    FAINT = "faint"


def band(found: Alike) -> Band:
    """What is said of an alike finding."""
    if found.same:
        return Band.SAME
    if found.score >= CLOSE:
        return Band.CLOSE
    return Band.RELATED if found.score >= RELATED else Band.FAINT


_BAND_INKS = {Band.SAME: DOUBT, Band.CLOSE: STRONG, Band.RELATED: TEXT, Band.FAINT: DIM}


def paint_alike(found: Sequence[Beside], styles: Mapping[str, CategoryStyle], width: int) -> Sheet:
    """Each finding as a line about it and its text below; `key` of an item is its `LETTER#ID`."""
    page = Page()
    for one in found:
        page.add(ItemKind.TEXT, one.alike.entry.ref, _rows(one, styles, width + GUTTER))
    if not found:
        page.rows.append(Row((), (Run("nothing alike", DIM),)))
    return page.sheet()


def _rows(one: Beside, styles: Mapping[str, CategoryStyle], width: int) -> Iterator[Row]:
    entry, how = one.alike.entry, band(one.alike)
    ink = _BAND_INKS[how]
    style = styles.get(entry.category) or unknown_category(entry.category)
    year = f" {entry.year}" if entry.year else ""
    head = (
        Run(f"{one.alike.score:3.0f} {how.value:<8} ", ink),
        Run(style.tag, style.sign),
        Run(f" {visible(entry.authority)}{year}", ink),
        Run("  only one says no" if one.alike.opposed else "", DOUBT),
        Run(f"  {visible(entry.letter)}", DIM),
    )
    yield Row((), fitted(head, width))
    body = DIM if how is Band.FAINT else TEXT
    for line in marked_lines(entry.text, one.in_other, body, width - len(_INDENT)):
        yield Row((), (Run(_INDENT, TEXT), *line))


def marked_lines(text: str, spans: Spans, ink: Ink, width: int) -> Iterator[Line]:
    """A text in lines of at most `width` cells, with what stands at `spans` (code points) marked."""
    shown = visible(text)
    for start, end in wrap(shown, max(width, 2)):
        yield tuple(run for run in _marked(shown, start, end, spans, ink) if run.text)


def _marked(shown: str, start: int, end: int, spans: Spans, ink: Ink) -> Iterator[Run]:
    at = start
    for first, last in spans:
        first, last = max(first, at), min(last, end)
        if first < last:
            yield Run(shown[at:first], ink)
            yield Run(shown[first:last], COMMON)
            at = last
    yield Run(shown[at:end], ink)
