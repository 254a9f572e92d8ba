"""Boundary similarity B: how alike two ways are of cutting one text into segments.

After Chris Fournier, "Evaluating Text Segmentation using Boundary Edit Distance", Proceedings of the 51st Annual
Meeting of the Association for Computational Linguistics, 2013, pages 1702-1712. Boundary edit distance turns one
segmentation into the other by adding, deleting and transposing boundaries; B is one less the weight of these edits over
the number of edits and matches. Here, seen from the agreed segmentation:

- a boundary that was read and is not agreed is an addition: a **false split**;
- one that is agreed and was not read is a deletion: a **miss**, two segments merged;
- one that was read a word too early or too late is a transposition within n = 2: a **slip**, of half the weight.

Swapping the two swaps false splits and misses, and leaves slips and B as they are.

The words are those of the whole letter, and a boundary is the number of the word that begins a finding. What stands
outside findings (headings, marks, page furniture) belongs to the segment before it: so a merge is one miss, whatever
stood between the two findings, and a finding that a page cuts is not split by the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Final

SLIP_WEIGHT: Final = 0.5
"""Weight of a transposition over one word where n = 2: distance over n."""

# A mark is no word: whether the mark counts as part of the finding moves no boundary.
_WORD: Final = re.compile(r"\w+(?:['\u2019-]\w+)*")


@dataclass(frozen=True, slots=True)
class Boundaries:
    """How the boundaries of two segmentations compare, as counts; counts of several letters add up."""

    matches: int = 0
    false_splits: int = 0
    misses: int = 0
    slips: int = 0

    def __add__(self, other: Boundaries) -> Boundaries:
        return Boundaries(
            self.matches + other.matches,
            self.false_splits + other.false_splits,
            self.misses + other.misses,
            self.slips + other.slips,
        )

    @property
    def similarity(self) -> float:
        """B, between 0 and 1; 1 where neither side has a boundary."""
        everything = self.matches + self.false_splits + self.misses + self.slips
        if not everything:
            return 1.0
        return 1 - (self.false_splits + self.misses + SLIP_WEIGHT * self.slips) / everything


def compare(read: Set[int], agreed: Set[int]) -> Boundaries:
    """Compare two sets of boundaries, each the number of the word that begins a segment. n log n in their number."""
    extra, missing = set(read - agreed), set(agreed - read)
    slips = 0
    for place in sorted(extra | missing):
        for here, there in ((extra, missing), (missing, extra)):
            if place in here and place + 1 in there:
                here.remove(place)
                there.remove(place + 1)
                slips += 1
    return Boundaries(len(read & agreed), len(extra), len(missing), slips)


def boundaries(text: str, starts: Iterable[int]) -> frozenset[int]:
    """The numbers of the words of `text` that begin, or go on, at code points `starts`."""
    ends = [word.end() for word in _WORD.finditer(text)]
    return frozenset(bisect_right(ends, start) for start in starts)
