"""A letter as one run of folded characters: where a finding's words stand in it, and what speaks for a place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

from rapidfuzz.distance import Levenshtein

from curation.anchoring.folding import Folded, folded, folded_with_places
from curation.anchoring.quote import Candidate, Quote
from curation.spans import tidy
from parsers.letter import Letter, RegionKind, Span

_QUOTES: Final = "'\"‘’“”„«»"


class FoldedLetter:
    """A letter with white space, marks, furniture and typography folded away, and the way back to code points.

    Attributes:
        text: the letter's text.
        folded: its folded characters, each with the code point that it stands for.
    """

    def __init__(self, letter: Letter, skipped: Sequence[Span]) -> None:
        """`skipped` are the stretches that are no words of a finding: furniture and marks."""
        self.text = letter.text
        self.folded: Folded = folded_with_places(letter.text, skipped)
        self._letter = letter
        self._skipped = skipped
        self._findings = [(f.spans[0].start, f.spans[-1].end, f.heading) for f in letter.findings]

    def exact(self, key: str, quote: Quote) -> list[Candidate]:
        """Where the folded words `key` stand as whole words, in the order of the text."""
        found = []
        at = self.folded.key.find(key) if key else -1
        while at >= 0:
            if self.is_edge(at) and self.is_edge(at + len(key)):
                found.append(self.candidate(quote, at, at + len(key), 1.0))
            at = self.folded.key.find(key, at + 1)
        return found

    def is_edge(self, at: int) -> bool:
        """Whether a word may begin or end before folded character `at`."""
        places = self.folded.places
        if at in (0, len(places)):
            return True
        before, after = places[at - 1], places[at]
        if before == after:
            return False
        return after - before > 1 or not (self.text[before].isalnum() and self.text[after].isalnum())

    @cached_property
    def finding_edges(self) -> tuple[frozenset[int], frozenset[int]]:
        """The folded characters before which the parser sees a finding begin, and end."""
        places = self.folded.places
        starts = frozenset(bisect_left(places, start) for start, _, _ in self._findings)
        return starts, frozenset(bisect_left(places, end) for _, end, _ in self._findings)

    # what speaks for a place

    def candidate(self, quote: Quote, start: int, end: int, likeness: float, without: Span | None = None) -> Candidate:
        """The folded characters `start:end` as a place for `quote`, with its signs; `without` is no part of it."""
        spans = self._spans(quote, start, end, without)
        signs = [*self._around(quote, start, end)]
        if quote.heading:
            signs.append(float(_alike(folded(quote.heading), folded(self._heading(spans)))))
        signs.append(((start in self.finding_edges[0]) + (end in self.finding_edges[1])) / 2)
        if spans == quote.spans:
            signs.append(1.0)
        return Candidate(spans, likeness, tuple(signs))

    def _around(self, quote: Quote, start: int, end: int) -> Iterator[float]:
        before, after = folded(quote.prefix), folded(quote.suffix)
        key = self.folded.key
        if before:
            yield Levenshtein.normalized_similarity(before, key[max(start - len(before), 0) : start])
        if after:
            yield Levenshtein.normalized_similarity(after, key[end : end + len(after)])

    def _heading(self, spans: tuple[Span, ...]) -> str:
        """The heading over a place: that of the finding there, else the last one before it in the list of findings."""
        start, end = spans[0].start, spans[-1].end
        for first, last, heading in self._findings:
            if first < end and start < last:
                return heading
        region = bisect_right(self._region_starts, start) - 1
        if region < 0 or self._letter.regions[region].kind not in (RegionKind.OTHER, RegionKind.BODY):
            return ""
        while region >= 0 and self._letter.regions[region].kind is not RegionKind.HEADING:
            region -= 1
        span = self._letter.regions[region].span if region >= 0 else Span(0, 0)
        return self.text[span.start : span.end]

    @cached_property
    def _region_starts(self) -> list[int]:
        return [region.span.start for region in self._letter.regions]

    def _spans(self, quote: Quote, start: int, end: int, without: Span | None) -> tuple[Span, ...]:
        """The spans of the folded characters `start:end`, without marks, furniture and `without` (folded, too)."""
        places = self.folded.places
        first, last = places[start], places[end - 1] + 1
        first -= _run(reversed(self.text[:first][-4:]), _leading(quote.exact))
        last += _run(self.text[last : last + 4], _leading(reversed(quote.exact)))
        gaps = [gap for gap in self._skipped if first < gap.end and gap.start < last]
        if without is not None and start < without.start and without.end < end:
            gaps.append(Span(places[without.start - 1] + 1, places[without.end]))
        spans = []
        for gap in sorted(gaps):
            if first < gap.start:
                spans.append(Span(first, gap.start))
            first = max(first, gap.end)
        spans.append(Span(first, last))
        return tidy(self.text, spans)


def _leading(chars: Iterable[str]) -> int:
    """How many quotation marks come first."""
    return _run(chars, 4)


def _run(chars: Iterable[str], most: int) -> int:
    count = 0
    for char in chars:
        if count >= most or char not in _QUOTES:
            break
        count += 1
    return count


def _alike(first: str, second: str) -> bool:
    return Levenshtein.normalized_similarity(first, second) >= 0.8
