"""All findings of a letter placed together: what is sure first, and each one placed helps to place its neighbours."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean
from typing import Final, NamedTuple

from curation.anchoring.folding import folded
from curation.anchoring.letter_places import LetterPlaces
from curation.anchoring.quote import Candidate, Quote
from curation.anchoring.thresholds import (
    ASKED,
    LONG,
    MARGIN,
    MOST_EDITS,
    ONE_SIGN,
    PLACED,
    SAME_LETTER,
    SAME_LETTER_IN_DOUBT,
    TEXT_WEIGHT,
)
from curation.spans import text_of
from parsers.letter import Letter, Span

_BEST_SIGNS: Final = 3
"""So many of the signs count, the best: damage to a heading or to a neighbour must not take a finding with it."""


class Certainty(StrEnum):
    """What became of a finding: `SAME` words, `MOVED` with changed words, `ASKED` about, or `LOST` to the tray."""

    SAME = "same"
    MOVED = "moved"
    ASKED = "asked"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Placement:
    """What became of a finding.

    Attributes:
        id: the finding's.
        certainty: whether it was placed.
        spans: its place in the new text; the proposed one where it is `ASKED`; () where it is `LOST`.
        score: between 0 and 1; 1 for the same words.
    """

    id: str
    certainty: Certainty
    spans: tuple[Span, ...] = ()
    score: float = 0.0


class _Pair(NamedTuple):
    score: float
    quote: int
    candidate: Candidate


def place_all(quotes: Sequence[Quote], letter: Letter, *, in_doubt: bool = False) -> tuple[Placement, ...]:
    """Place findings in a letter whose text may be another than the one they were found in.

    Args:
        quotes: the findings, in the order of the old text.
        letter: the letter as it is parsed now.
        in_doubt: the letter names another council or date than the findings' did. Much more has to be found then.

    Returns:
        One placement for each, in the order given. No two that are placed overlap. Where too little of the letter is
        found, all are `LOST`: it is another letter, and the same words in it are somebody else's.
    """
    table = _Table(quotes, letter)
    table.place_same_words()
    table.place_repeated_words()
    table.place_changed_words()
    placements = table.placements()
    weights = {quote.id: len(quote.exact) for quote in quotes if quote.spans}
    found = sum(weights.get(p.id, 0) for p in placements if p.certainty in (Certainty.SAME, Certainty.MOVED))
    if found < sum(weights.values()) * (SAME_LETTER_IN_DOUBT if in_doubt else SAME_LETTER):
        return tuple(Placement(quote.id, Certainty.LOST) for quote in quotes)
    return placements


class _Table:
    """Which finding has which place so far."""

    def __init__(self, quotes: Sequence[Quote], letter: Letter) -> None:
        self._quotes = quotes
        self._text = letter.text
        self._letter = LetterPlaces(letter)
        self._keys = [folded(quote.exact) for quote in quotes]
        self._exact = [self._letter.exact(quote) for quote in quotes]
        self._placed: dict[int, Candidate] = {}
        self._unsure: dict[int, _Pair] = {}
        self._in_order: list[tuple[int, int]] = []
        """Start in the new text and number of each that is placed and had a place in the old order."""
        self._numbers: list[int] = []
        """The same numbers, in the old order."""

    # in three steps

    def place_same_words(self) -> None:
        """Words that stand once in the letter and belong to one finding; the longest first, so that none is inside."""
        owners: dict[str, int] = defaultdict(int)
        for key in self._keys:
            owners[key] += 1
        once = [n for n, key in enumerate(self._keys) if owners[key] == 1 and len(self._exact[n]) == 1]
        once.sort(key=lambda n: (-len(self._keys[n]), n))
        # The second time each one knows its neighbours.
        for _ in range(2):
            for n in once:
                candidate = self._exact[n][0]
                if n not in self._placed and self._is_free(candidate) and self._is_sure_of_once(n, candidate):
                    self._put(n, candidate)

    def _is_sure_of_once(self, n: int, candidate: Candidate) -> bool:
        if len(self._keys[n]) >= LONG:
            return self._standing(n, candidate) >= ONE_SIGN
        return self._score(n, candidate) >= PLACED

    def place_repeated_words(self) -> None:
        """Words that stand in several places, or belong to several findings: what stands around them decides."""
        groups: dict[str, list[int]] = defaultdict(list)
        for n, key in enumerate(self._keys):
            if n not in self._placed and self._exact[n]:
                groups[key].append(n)
        for group in groups.values():
            self._place_ahead(group, lambda n: self._exact[n], words_differ=False)
            left = [n for n in group if n not in self._placed]
            free = [c for c in self._exact[group[0]] if self._is_free(c)]
            headings = {folded(self._quotes[n].heading) for n in group}
            if left and len(left) == len(free) == len(group) and len(headings) == 1 and self._have_order(left):
                # As many places as findings, and nothing else to tell them by: their order is all there is.
                for n, candidate in zip(left, self._renewed(left, free), strict=True):
                    self._put(n, candidate)

    def _have_order(self, group: Iterable[int]) -> bool:
        return all(self._quotes[n].spans for n in group)

    def _renewed(self, group: Sequence[int], free: Sequence[Candidate]) -> list[Candidate]:
        """The candidates of each finding's own list that stand where `free` do."""
        return [next(c for c in self._exact[n] if c.spans == f.spans) for n, f in zip(group, free, strict=True)]

    def place_changed_words(self) -> None:
        """Words that were changed: best first, as long as one is sure."""
        rest = [n for n in range(len(self._quotes)) if n not in self._placed]
        alike = {n: self._exact[n] or self._letter.alike(self._quotes[n]) for n in rest}
        self._place_ahead(rest, lambda n: alike[n], words_differ=True)
        for n in rest:
            free = [c for c in alike[n] if self._is_free(c)]
            if n not in self._placed and free:
                best = max(free, key=lambda c: (self._score(n, c), -c.start))
                self._unsure[n] = _Pair(self._score(n, best), n, best)

    # choosing

    def _place_ahead(
        self, group: Sequence[int], of: Callable[[int], Sequence[Candidate]], *, words_differ: bool
    ) -> None:
        """Place those of `group` that are ahead of all that competes with them, until none is left.

        Where the words are the same in all places, only what speaks for each place is compared.
        """
        while True:
            pairs = [
                _Pair(self._score(n, c) if words_differ else self._standing(n, c, whole=True), n, c)
                for n in group
                if n not in self._placed
                for c in of(n)
                if self._is_free(c)
            ]
            sure = [p for p in pairs if not words_differ or _is_sure(p)]
            ahead = sorted((p for p in sure if _is_ahead(p, pairs)), key=lambda p: -p.score)
            for pair in ahead:
                if pair.quote not in self._placed and self._is_free(pair.candidate):
                    self._put(pair.quote, pair.candidate)
            if not ahead:
                return

    def _put(self, n: int, candidate: Candidate) -> None:
        self._placed[n] = candidate
        if self._quotes[n].spans:
            insort(self._in_order, (candidate.start, n))
            insort(self._numbers, n)

    def _is_free(self, candidate: Candidate) -> bool:
        return not any(candidate.overlaps(other) for other in self._placed.values())

    # scores

    def _score(self, n: int, candidate: Candidate) -> float:
        return TEXT_WEIGHT * candidate.likeness + (1 - TEXT_WEIGHT) * self._standing(n, candidate)

    def _standing(self, n: int, candidate: Candidate, *, whole: bool = False) -> float:
        """What speaks for a place: the mean of the best signs, or of all (`whole`) to tell places of the same words."""
        signs = sorted((*candidate.signs, *self._neighbours(n, candidate)), reverse=True)
        return fmean(signs if whole else signs[:_BEST_SIGNS]) if signs else 0.0

    def _neighbours(self, n: int, candidate: Candidate) -> Iterable[float]:
        """For the placed findings next to it in the old order: whether they are next to it in the new one."""
        if not self._quotes[n].spans or not self._in_order:
            return
        at = bisect_left(self._in_order, (candidate.start, n))
        old = bisect_left(self._numbers, n)
        if old > 0:
            yield float(at > 0 and self._in_order[at - 1][1] == self._numbers[old - 1])
        if old < len(self._numbers):
            yield float(at < len(self._in_order) and self._in_order[at][1] == self._numbers[old])

    # the answer

    def placements(self) -> tuple[Placement, ...]:
        """What became of each, in the order given."""
        return tuple(self._placement(n) for n in range(len(self._quotes)))

    def _placement(self, n: int) -> Placement:
        quote, candidate = self._quotes[n], self._placed.get(n)
        if candidate is not None:
            same = folded(text_of(self._text, candidate.spans)) == self._keys[n]
            score = 1.0 if same else self._score(n, candidate)
            return Placement(quote.id, Certainty.SAME if same else Certainty.MOVED, candidate.spans, score)
        unsure = self._unsure.get(n)
        if unsure is not None and unsure.score >= ASKED and self._is_free(unsure.candidate):
            return Placement(quote.id, Certainty.ASKED, unsure.candidate.spans, unsure.score)
        return Placement(quote.id, Certainty.LOST, score=unsure.score if unsure else 0.0)


def _is_sure(pair: _Pair) -> bool:
    return pair.score >= PLACED and pair.candidate.likeness >= 1 - MOST_EDITS


def _is_ahead(pair: _Pair, pairs: Iterable[_Pair]) -> bool:
    """Whether a pair is better by the margin than other places of its finding and other findings at its place."""
    for other in pairs:
        rivals = (other.quote == pair.quote) != other.candidate.overlaps(pair.candidate)
        if rivals and other.score > pair.score - MARGIN:
            return False
    return True
