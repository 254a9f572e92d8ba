"""What the readers of head, opening and foot hand back beside their values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from parsers.letter import Doubt, Region, RegionKind, Span
from parsers.plain import trim

MISSING = "missing-metadata"
"""The code of a doubt about a value that was not found."""
UNCERTAIN = "uncertain-metadata"
"""The code of a doubt about a value that was guessed."""

_SPAN = attrgetter("span")


class Found(NamedTuple):
    """What one reader found beside its values: where they stand, which regions they take, and what is doubted."""

    spans: Mapping[str, Span] = MappingProxyType({})
    regions: tuple[Region, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def claims(text: str, regions: Iterable[Region], furniture: Sequence[Span]) -> tuple[Region, ...]:
    """`regions` in order, without furniture and outer white space, none empty, none over another."""
    kept: list[Region] = []
    place = 0
    for region in sorted(regions, key=_SPAN):
        kind, (start, end), _ = region
        if place <= start < end and not (furniture or text[start].isspace() or text[end - 1].isspace()):
            kept.append(region)
            place = end
            continue
        start = max(start, place)
        for cut in furniture:
            if start < cut.end and cut.start < end:
                _keep(kept, text, kind, start, cut.start)
                start = max(start, cut.end)
        _keep(kept, text, kind, start, end)
        place = max(place, end)
    return tuple(kept)


def _keep(kept: list[Region], text: str, kind: RegionKind, start: int, end: int) -> None:
    span = trim(text, start, end)
    if span.start < span.end:
        kept.append(Region(kind, span))
