"""Regions that partition a letter: what was claimed, and in the gaps what a reader would call them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from parsers.frame import Frame
from parsers.letter import Region, RegionKind, Span


def partition(text: str, claims: Iterable[Region], frame: Frame, opening_end: int) -> tuple[Region, ...]:
    """Cover `text` with regions: each code point is in exactly one, and joined they give the text back.

    Args:
        text: the letter.
        claims: regions that are known; where two overlap, the one that begins first keeps the place.
        frame: head, body and foot; unclaimed words in the body's opening are `body`, all others `other`.
        opening_end: where the opening ends.
    """
    regions: list[Region] = []
    place = 0
    for claim in sorted(claims, key=_begins):
        start, end = claim.span
        if end <= start or end <= place:
            continue
        if place < start:
            gap = Span(place, start)
            if text[place:start].isspace():
                regions.append(Region(RegionKind.BLANK, gap))
            else:
                regions.extend(_gap(text, gap, frame, opening_end))
        elif start < place:
            claim = Region(claim.kind, Span(place, end), claim.finding)
        regions.append(claim)
        place = end
    regions.extend(_gap(text, Span(place, len(text)), frame, opening_end))
    return tuple(regions)


def _begins(claim: Region) -> tuple[int, int]:
    """Where a claim begins; of two at one place the longer one first."""
    span = claim.span
    return span.start, -span.end


def _gap(text: str, span: Span, frame: Frame, opening_end: int) -> Iterator[Region]:
    if text[span.start : span.end].isspace():
        yield Region(RegionKind.BLANK, span)
        return
    cuts = sorted({span.start, span.end, *(c for c in (frame.body.start, opening_end) if span.start < c < span.end)})
    for start, end in pairwise(cuts):
        content = text[start:end]
        left = start + len(content) - len(content.lstrip())
        right = max(left, start + len(content.rstrip()))
        if start < left:
            yield Region(RegionKind.BLANK, Span(start, left))
        if left < right:
            opening = frame.body.start <= start < min(opening_end, frame.body.end)
            yield Region(RegionKind.BODY if opening else RegionKind.OTHER, Span(left, right))
        if right < end:
            yield Region(RegionKind.BLANK, Span(right, end))
