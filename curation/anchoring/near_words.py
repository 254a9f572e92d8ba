"""Where nearly the same words stand in a letter: seeds say where to look, Levenshtein's distance where they end."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

from curation.anchoring.folded_letter import FoldedLetter
from curation.anchoring.quote import Candidate, Quote
from curation.anchoring.thresholds import ASKED, TEXT_WEIGHT
from curation.spans import page_lies_in
from parsers.letter import Span

_GRAM: Final = 6
"""Folded characters of a seed; with 15 % of them changed two in five seeds are still whole."""
_COMMON: Final = 60
"""A seed that stands in more places than this says nothing about which."""
_BUCKET: Final = 16
_MOST_WINDOWS: Final = 4
_SLACK: Final = 48
_LEAST_ALIKE: Final = (ASKED - (1 - TEXT_WEIGHT)) / TEXT_WEIGHT
"""Words less alike than this can't reach `ASKED`, whatever speaks for the place."""
_SEAM_IS_WORTH: Final = 1.5
"""Edits that an end may cost more if the parser sees a finding begin or end there. With more of them a mark or a tag
that the parser took for words would come along."""
_CHANGED: Final = 0.999
"""Words that were not found as they are can't be quite the same."""
_LONGEST_FURNITURE: Final = 120
_MOST_LINES: Final = 4
"""Lines of a header or a footer together at most."""
_MOST_PAGES: Final = 12
"""Page breaks and blank lines in one finding at which furniture is looked for."""
_NEW_LINE: Final = re.compile("[\n\f]")
_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n|\f")


class _Fit(NamedTuple):
    """The folded characters `start:end`, how like the words they are, and what between them is no part of it."""

    start: int
    end: int
    likeness: float
    gap: Span | None


class NearWords:
    """A letter to be looked through for words that have changed."""

    def __init__(self, letter: FoldedLetter) -> None:
        self._letter = letter

    def alike(self, key: str, quote: Quote) -> list[Candidate]:
        """Places whose words are nearly the folded words `key`, the most alike first."""
        found = [self._nearest_in(key, quote, start, end) for start, end in self._windows(key)]
        kept: list[Candidate] = []
        for candidate in sorted((c for c in found if c), key=lambda c: (-c.likeness, c.spans)):
            if candidate.likeness >= _LEAST_ALIKE and not any(candidate.overlaps(other) for other in kept):
                kept.append(candidate)
        return kept

    def _windows(self, key: str) -> Iterator[tuple[int, int]]:
        """Stretches of the letter that share seeds with `key` at about the same distances."""
        votes: Counter[int] = Counter()
        for offset in range(len(key) - _GRAM + 1):
            for place in self._seeds.get(key[offset : offset + _GRAM], ()):
                votes[(place - offset) // _BUCKET] += 1
        totals = {bucket: votes[bucket] + votes.get(bucket + 1, 0) for bucket in votes}
        slack = _SLACK + len(key) // 5
        chosen: list[int] = []
        for bucket, count in sorted(totals.items(), key=lambda item: (-item[1], item[0])):
            if count < 3 or len(chosen) >= _MOST_WINDOWS:
                break
            start = bucket * _BUCKET
            if all(abs(start - other) > slack // 2 for other in chosen):
                chosen.append(start)
                yield max(start - slack, 0), min(start + len(key) + slack, len(self._letter.folded.key))

    @cached_property
    def _seeds(self) -> dict[str, list[int]]:
        seeds: dict[str, list[int]] = defaultdict(list)
        key = self._letter.folded.key
        for place in range(len(key) - _GRAM + 1):
            seeds[key[place : place + _GRAM]].append(place)
        return {gram: places for gram, places in seeds.items() if len(places) <= _COMMON}

    def _nearest_in(self, key: str, quote: Quote, start: int, end: int) -> Candidate | None:
        """The stretch of folded characters `start:end` that is most like `key`, as a whole of words."""
        found = [self._fitted(key, [*range(start, end)], None)]
        for gap in self._lines_at_pages(start, end):
            # Furniture that the parser does not know: it may stand in the middle of the words.
            found.append(self._fitted(key, [*range(start, gap.start), *range(gap.end, end)], gap))
        fits = [fit for fit in found if fit is not None]
        if not fits:
            return None
        best = max(fits, key=lambda fit: (fit.likeness - (0.01 if fit.gap else 0), -fit.start))
        return self._letter.candidate(quote, best.start, best.end, min(best.likeness, _CHANGED), best.gap)

    def _fitted(self, key: str, places: Sequence[int], gap: Span | None) -> _Fit | None:
        """From the longest run of the same characters outwards: where the words begin and end at the least cost."""
        window = "".join(self._letter.folded.key[place] for place in places)
        blocks = Levenshtein.opcodes(key, window).as_matching_blocks()
        core = max(blocks, key=lambda block: block.size)
        if core.size < _GRAM:
            return None
        head, tail = key[: core.a], key[core.a + core.size :]
        core_end = core.b + core.size
        begin = self._best_edge(
            (
                at
                for at in range(max(core.b - _reach(head), 0), core.b + 1)
                # A full stop before the finding must not stand in for a first letter that was lost.
                if window[at : at + 1].isalnum() or window[at : at + 1] == key[0]
            ),
            lambda at: Levenshtein.distance(head, window[at : core.b]),
            lambda at: places[at],
            self._letter.finding_edges[0],
            core.b - core.a,
        )
        stop = self._best_edge(
            range(core_end, min(core_end + _reach(tail), len(window)) + 1),
            lambda at: Levenshtein.distance(tail, window[core_end:at]),
            lambda at: places[at - 1] + 1,
            self._letter.finding_edges[1],
            core_end + len(tail),
        )
        if begin is None or stop is None:
            return None
        likeness = Levenshtein.normalized_similarity(key, window[begin:stop])
        return _Fit(places[begin], places[stop - 1] + 1, likeness, gap)

    def _best_edge(
        self,
        offsets: Iterable[int],
        cost: Callable[[int], int],
        place: Callable[[int], int],
        seams: frozenset[int],
        near: int,
    ) -> int | None:
        """The edge of a word at the least cost; one that the parser sees too may cost a little more."""
        edges = [at for at in offsets if self._letter.is_edge(place(at))]
        return min(
            edges, key=lambda at: (cost(at) - _SEAM_IS_WORTH * (place(at) in seams), abs(at - near)), default=None
        )

    def _lines_at_pages(self, start: int, end: int) -> Iterator[Span]:
        """Runs of whole lines (folded characters) with a page break beside them, or with blank lines on both sides."""
        places, text = self._letter.folded.places, self._letter.text
        breaks = [
            at
            for at in range(start + 1, end)
            if places[at] - places[at - 1] > 1 and _NEW_LINE.search(text, places[at - 1], places[at])
        ]
        gaps = [text[places[at - 1] + 1 : places[at]] for at in breaks]
        blank = {n for n, gap in enumerate(gaps) if _BLANK_LINE.search(gap)}
        pages = {n for n in blank if page_lies_in(gaps[n])}
        found: set[Span] = set()
        for n in sorted(blank)[:_MOST_PAGES]:
            for other in range(n + 1, min(n + _MOST_LINES, len(breaks) - 1) + 1):
                if other in blank or n in pages:
                    found.add(Span(breaks[n], breaks[other]))
            for other in range(max(n - _MOST_LINES, 0), n):
                if n in pages:
                    found.add(Span(breaks[other], breaks[n]))
        return (gap for gap in sorted(found) if gap.end - gap.start <= _LONGEST_FURNITURE)


def _reach(words: str) -> int:
    """How far from its core an end of words of that length is looked for."""
    return len(words) + len(words) // 5 + _SLACK
