"""Where a finding stands: spans cut at pages, trimmed, and read as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from parsers.ids import fold
from parsers.letter import Span

_SPACE_RUN = re.compile(r"\s+")
_BLANK_LINES_OF_A_PAGE = 2


def page_lies_in(gap: str) -> bool:
    """True if white space `gap` is a page break: a form feed, or two or more blank lines."""
    return "\f" in gap or gap.count("\n") > _BLANK_LINES_OF_A_PAGE


def text_of(text: str, spans: Iterable[Span]) -> str:
    """The words at `spans` of `text`: joined by a space, white space folded."""
    return fold(" ".join(text[start:end] for start, end in spans))


def trimmed(text: str, span: Span) -> Span:
    """`span` without the white space at its two ends; empty (start == end) if it holds nothing else."""
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, max(start, span.start + len(piece.rstrip())))


def tidy(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """`spans` (sorted, not overlapping) in the one form that a set of characters has.

    Each begins and ends with a character that is not white space, none holds a page break, and two that only white
    space without a page separates are one. The words stay the same. Empty if there is nothing but white space.
    """
    pieces: list[Span] = []
    for span in spans:
        for piece in _cut_at_pages(text, span):
            if pieces and _are_one(text[pieces[-1].end : piece.start]):
                pieces[-1] = Span(pieces[-1].start, piece.end)
            else:
                pieces.append(piece)
    return tuple(pieces)


def clipped(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """The part of `spans` that lies in `start:end`, without empty ones."""
    cut = (Span(max(span.start, start), min(span.end, end)) for span in spans)
    return tuple(span for span in cut if span.start < span.end)


def outside(span: Span, others: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of `span` without the sorted `others`, without empty ones; nothing of an empty or turned span."""
    left, start = [], span.start
    for other in others:
        left.append(Span(start, min(other.start, span.end)))
        start = max(start, other.end)
    left.append(Span(start, span.end))
    return tuple(piece for piece in left if piece.start < piece.end)


def overlap(some: Iterable[Span], others: Iterable[Span]) -> bool:
    """True if a character lies in both."""
    theirs = tuple(others)
    return any(a.start < b.end and b.start < a.end for a in some for b in theirs)


def overlap_each_other(spans: Iterable[Span]) -> bool:
    """True unless each of `spans` begins where the one before it ended, or later."""
    return any(after.start < before.end for before, after in pairwise(spans))


def _are_one(gap: str) -> bool:
    return not gap.strip() and not page_lies_in(gap)


def _cut_at_pages(text: str, span: Span) -> Iterable[Span]:
    start = span.start
    for gap in _SPACE_RUN.finditer(text, span.start, span.end):
        if page_lies_in(gap.group()):
            yield from _if_any(trimmed(text, Span(start, gap.start())))
            start = gap.end()
    yield from _if_any(trimmed(text, Span(start, span.end)))


def _if_any(span: Span) -> tuple[Span, ...]:
    return (span,) if span.start < span.end else ()
