"""What the readers of head, opening and foot hand back beside their values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from parsers.letter import Doubt, Region, Span
from parsers.plain import trim

MISSING = "missing-metadata"
"""The code of a doubt about a value that was not found."""
UNCERTAIN = "uncertain-metadata"
"""The code of a doubt about a value that was guessed."""


class Found(NamedTuple):
    """What one reader found beside its values: where they stand, which regions they take, and what is doubted."""

    spans: Mapping[str, Span] = MappingProxyType({})
    regions: tuple[Region, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def claims(text: str, regions: Iterable[Region], furniture: Sequence[Span]) -> tuple[Region, ...]:
    """`regions` in order, without furniture and outer white space, none empty, none over another."""
    kept = []
    place = 0
    for region in sorted(regions, key=lambda r: r.span):
        start = max(region.span.start, place)
        cuts = [span for span in furniture if span.end > start and span.start < region.span.end] if furniture else ()
        for cut in (*cuts, Span(region.span.end, region.span.end)):
            span = trim(text, start, min(cut.start, region.span.end))
            if span.start < span.end:
                kept.append(Region(region.kind, span))
            start = max(start, cut.end)
        place = max(place, region.span.end)
    return tuple(kept)
