"""Which finding of one reading of a letter is which of another: by the text that they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from parsers.letter import Span


class Placed(Protocol):
    """What aligning needs of a finding: where it stands."""

    @property
    def spans(self) -> tuple[Span, ...]: ...


class Finding(Placed, Protocol):
    """What comparing needs of a finding; a parsed, a reviewed and a made one all have it."""

    @property
    def category(self) -> str: ...

    @property
    def text(self) -> str: ...


class Pair(NamedTuple):
    """Two findings that share text, each by its place in its own list."""

    read: int
    agreed: int


def shares(read: Sequence[Placed], agreed: Sequence[Placed]) -> Mapping[Pair, int]:
    """How many code points each two findings share, for those that share any, in the order of the text.

    Linear in the number of spans, but for sorting them. Within each list no two findings overlap.
    """
    shared: dict[Pair, int] = {}
    ours, theirs = _spans(read), _spans(agreed)
    i = j = 0
    while i < len(ours) and j < len(theirs):
        (start, end), mine = ours[i]
        (other_start, other_end), other = theirs[j]
        common = min(end, other_end) - max(start, other_start)
        if common > 0:
            pair = Pair(mine, other)
            shared[pair] = shared.get(pair, 0) + common
        if end <= other_end:
            i += 1
        else:
            j += 1
    return shared


def nearest_read(shared: Mapping[Pair, int]) -> dict[int, int]:
    """For each agreed finding the read one that shares most of its text, the first of equals."""
    return _most((pair.agreed, pair.read, size) for pair, size in shared.items())


def nearest_agreed(shared: Mapping[Pair, int]) -> dict[int, int]:
    """For each read finding the agreed one that shares most of its text, the first of equals."""
    return _most((pair.read, pair.agreed, size) for pair, size in shared.items())


def _spans(findings: Sequence[Placed]) -> list[tuple[Span, int]]:
    return sorted((span, place) for place, finding in enumerate(findings) for span in finding.spans)


def _most(rows: Iterable[tuple[int, int, int]]) -> dict[int, int]:
    best: dict[int, tuple[int, int]] = {}
    for one, other, size in rows:
        if one not in best or size > best[one][1]:
            best[one] = (other, size)
    return {one: other for one, (other, _) in best.items()}
