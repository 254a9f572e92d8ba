"""Which findings have a stem: puts two thousand likely ones in front of the scan of a large corpus.

A finding has a number for as long as it is in the corpus; numbers are given in rising order and not used again until
`Postings` is made anew. So adding a letter appends to the lists of its own stems, and removing one only crosses out its
numbers. What comes out is the same as if it had been made anew. Method: an inverted index asked term by term, rarest
first (Zobel and Moffat 2006, "Inverted files for text search engines", section 4), until enough has been looked at.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from heapq import nsmallest
from itertools import chain
from typing import Final

CANDIDATES: Final = 2_000
"""How many findings come out."""

_LOOKED_AT: Final = 100_000
"""About so many entries of the lists are counted for one question."""

_WORST: Final = 0.05
"""A share of crossed-out numbers from which on making the lists anew is worth it."""


class Postings:
    """For each character of an `Alphabet`, the numbers of the findings that have it."""

    def __init__(self) -> None:
        self._lists: dict[str, array[int]] = {}
        self._lengths = array("H")
        self._crossed_out: set[int] = set()

    def __len__(self) -> int:
        """How many numbers were given, crossed out or not."""
        return len(self._lengths)

    @property
    def wasteful(self) -> bool:
        """True if so much was removed that making it anew is better."""
        return len(self._crossed_out) > _WORST * len(self._lengths)

    def add(self, strings: Iterable[str]) -> range:
        """Take up findings by their strings. Returns their numbers."""
        first = len(self._lengths)
        for number, string in enumerate(strings, first):
            chars = set(string)
            self._lengths.append(len(chars))
            for char in chars:
                self._lists.setdefault(char, array("I")).append(number)
        return range(first, len(self._lengths))

    def drop(self, numbers: Iterable[int]) -> None:
        """Cross findings out."""
        self._crossed_out.update(numbers)

    def candidates(self, rarest_first: Mapping[str, int], stems: int, place: Callable[[int], int]) -> list[int]:
        """The places of the findings that are probably most alike, in rising order, at most `CANDIDATES`.

        `rarest_first` gives for each character asked for in how many findings it is, `stems` is how many stems the text
        has in all, `place` gives for a number where its finding stands, -1 if it may not come out.
        """
        lists: list[array[int]] = []
        looked_at = 0
        for char, findings in rarest_first.items():
            if lists and looked_at + findings > _LOOKED_AT:
                break
            lists.append(self._lists[char])
            looked_at += findings
        shared = Counter(chain.from_iterable(lists))
        for number in self._crossed_out:
            shared.pop(number, None)
        lengths = self._lengths
        enough = _enough(shared)
        likely = ((-2 * n / (stems + lengths[number]), place(number)) for number, n in shared.items() if n >= enough)
        return sorted(where for _, where in nsmallest(CANDIDATES, (one for one in likely if one[1] >= 0)))


def _enough(shared: Counter[int]) -> int:
    """How many shared stems let a finding into the last choice: the most that leaves ten times as many as come out."""
    findings = 0
    by_shared = Counter(shared.values())
    for stems in sorted(by_shared, reverse=True):
        findings += by_shared[stems]
        if findings >= 10 * CANDIDATES:
            return stems
    return 1
