"""The places of a letter in which a finding may stand: where its words are found, exactly or nearly."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

from curation.anchoring.folding import Folded, folded, folded_with_places
from curation.anchoring.thresholds import ASKED, TEXT_WEIGHT
from curation.spans import page_lies_in, tidy
from parsers.letter import Letter, RegionKind, Span

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
_LONGEST_ALIKE: Final = 20_000
"""Folded characters of a finding at most for looking for changed words: the time is the square of them."""
_NEW_LINE: Final = re.compile("[\n\f]")
_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n|\f")
_QUOTES: Final = "'\"‘’“”„«»"


@dataclass(frozen=True, slots=True)
class Quote:
    """A finding as it is known without the text that it was found in.

    Attributes:
        id: its id.
        exact: its words.
        spans: where it stood; () if nobody knows, and then it has no place in the order either.
        prefix: what stood before it, "" if unknown.
        suffix: what stood after it, "" if unknown.
        heading: the heading it stood under, "" if it had none.
    """

    id: str
    exact: str
    spans: tuple[Span, ...] = ()
    prefix: str = ""
    suffix: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place for a finding.

    Attributes:
        spans: in code points, as a finding has them.
        likeness: of the words, between 0 and 1; 1 is the same folded words.
        signs: what speaks for the place, each between 0 and 1; a sign that can't be told is not there.
    """

    spans: tuple[Span, ...]
    likeness: float
    signs: tuple[float, ...] = field(default=())

    @property
    def start(self) -> int:
        """Its first code point."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """The code point after its last."""
        return self.spans[-1].end

    def overlaps(self, other: Candidate) -> bool:
        """Whether one lies in the other's stretch of the letter: findings have an order."""
        return self.start < other.end and other.start < self.end


class _Fit(NamedTuple):
    """The folded characters `start:end`, how like the words they are, and what between them is no part of it."""

    start: int
    end: int
    likeness: float
    gap: Span | None


class LetterPlaces:
    """A parsed letter, to look for findings in. What its parser knows as furniture or marks is not looked at."""

    def __init__(self, letter: Letter) -> None:
        self._letter = letter
        self._text = letter.text
        skipped = [r.span for r in letter.regions if r.kind in (RegionKind.FURNITURE, RegionKind.MARK)]
        self._stream = _Stream(letter, skipped)
        self._whole: _Stream | None = None

    def exact(self, quote: Quote) -> list[Candidate]:
        """Where the same folded words stand, in the order of the text."""
        key = folded(quote.exact)
        found = self._stream.exact(key, quote)
        if not found:
            # A better or a worse parser may take for furniture what a person took for a finding.
            if self._whole is None:
                self._whole = _Stream(self._letter, [])
            found = self._whole.exact(key, quote)
        return found

    def alike(self, quote: Quote) -> list[Candidate]:
        """Where nearly the same words stand, the most alike first."""
        key = folded(quote.exact)
        return self._stream.alike(key, quote) if len(key) <= _LONGEST_ALIKE else []


class _Stream:
    """The letter as one run of folded characters."""

    def __init__(self, letter: Letter, skipped: Sequence[Span]) -> None:
        self._letter = letter
        self._text = letter.text
        self._skipped = skipped
        self._folded: Folded = folded_with_places(letter.text, skipped)
        self._findings = [(f.spans[0].start, f.spans[-1].end, f.heading) for f in letter.findings]

    # the same words

    def exact(self, key: str, quote: Quote) -> list[Candidate]:
        found = []
        at = self._folded.key.find(key) if key else -1
        while at >= 0:
            if self._is_edge(at) and self._is_edge(at + len(key)):
                found.append(self._candidate(quote, at, at + len(key), 1.0))
            at = self._folded.key.find(key, at + 1)
        return found

    def _is_edge(self, at: int) -> bool:
        """Whether a word may begin or end before folded character `at`."""
        places = self._folded.places
        if at in (0, len(places)):
            return True
        before, after = places[at - 1], places[at]
        if before == after:
            return False
        return after - before > 1 or not (self._text[before].isalnum() and self._text[after].isalnum())

    # nearly the same words

    def alike(self, key: str, quote: Quote) -> list[Candidate]:
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
                yield max(start - slack, 0), min(start + len(key) + slack, len(self._folded.key))

    @cached_property
    def _seeds(self) -> dict[str, list[int]]:
        seeds: dict[str, list[int]] = defaultdict(list)
        key = self._folded.key
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
        return self._candidate(quote, best.start, best.end, min(best.likeness, _CHANGED), best.gap)

    def _fitted(self, key: str, places: Sequence[int], gap: Span | None) -> _Fit | None:
        """From the longest run of the same characters outwards: where the words begin and end at the least cost."""
        window = "".join(self._folded.key[place] for place in places)
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
            self._finding_edges[0],
            core.b - core.a,
        )
        stop = self._best_edge(
            range(core_end, min(core_end + _reach(tail), len(window)) + 1),
            lambda at: Levenshtein.distance(tail, window[core_end:at]),
            lambda at: places[at - 1] + 1,
            self._finding_edges[1],
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
        edges = [at for at in offsets if self._is_edge(place(at))]
        return min(
            edges, key=lambda at: (cost(at) - _SEAM_IS_WORTH * (place(at) in seams), abs(at - near)), default=None
        )

    @cached_property
    def _finding_edges(self) -> tuple[frozenset[int], frozenset[int]]:
        places = self._folded.places
        starts = frozenset(bisect_left(places, start) for start, _, _ in self._findings)
        return starts, frozenset(bisect_left(places, end) for _, end, _ in self._findings)

    def _lines_at_pages(self, start: int, end: int) -> Iterator[Span]:
        """Runs of whole lines (folded characters) with a page break beside them, or with blank lines on both sides."""
        places, text = self._folded.places, self._text
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

    # what speaks for a place

    def _candidate(self, quote: Quote, start: int, end: int, likeness: float, without: Span | None = None) -> Candidate:
        spans = self._spans(quote, start, end, without)
        signs = [*self._around(quote, start, end)]
        if quote.heading:
            signs.append(float(_alike(folded(quote.heading), folded(self._heading(spans)))))
        signs.append(((start in self._finding_edges[0]) + (end in self._finding_edges[1])) / 2)
        if spans == quote.spans:
            signs.append(1.0)
        return Candidate(spans, likeness, tuple(signs))

    def _around(self, quote: Quote, start: int, end: int) -> Iterator[float]:
        before, after = folded(quote.prefix), folded(quote.suffix)
        key = self._folded.key
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
        return self._text[span.start : span.end]

    @cached_property
    def _region_starts(self) -> list[int]:
        return [region.span.start for region in self._letter.regions]

    def _spans(self, quote: Quote, start: int, end: int, without: Span | None) -> tuple[Span, ...]:
        """The spans of the folded characters `start:end`, without marks, furniture and `without` (folded, too)."""
        places = self._folded.places
        first, last = places[start], places[end - 1] + 1
        first -= _run(reversed(self._text[:first][-4:]), _leading(quote.exact))
        last += _run(self._text[last : last + 4], _leading(reversed(quote.exact)))
        gaps = [gap for gap in self._skipped if first < gap.end and gap.start < last]
        if without is not None and start < without.start and without.end < end:
            gaps.append(Span(places[without.start - 1] + 1, places[without.end]))
        spans = []
        for gap in sorted(gaps):
            if first < gap.start:
                spans.append(Span(first, gap.start))
            first = max(first, gap.end)
        spans.append(Span(first, last))
        return tidy(self._text, spans)


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


def _reach(words: str) -> int:
    """How far from its core an end of words of that length is looked for."""
    return len(words) + len(words) // 5 + _SLACK


def _alike(first: str, second: str) -> bool:
    return Levenshtein.normalized_similarity(first, second) >= 0.8
