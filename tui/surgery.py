"""What a reviewer is about to do to the extent of a finding: tried on the review, so that it is seen before it is done.

Pure. Offsets are code points of the letter, spans are half-open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from curation import operations as op
from curation.review import Review, ReviewedFinding
from curation.spans import outside, trimmed
from parsers.letter import Region, RegionKind, Span
from tui.caret import Stops, letter_stops

PASSED_OVER = (RegionKind.FURNITURE, RegionKind.MARK)
"""What no finding holds: headers, feet, page numbers, list marks."""


def passed_over(regions: Sequence[Region], review: Review) -> tuple[Span, ...]:
    """Page furniture and list marks of a letter, in order, but for those that a finding holds all the same."""
    held = [span for finding in review.findings for span in finding.spans]
    spans = [region.span for region in regions if region.kind in PASSED_OVER]
    return tuple(s for s in spans if not any(h.start < s.end and s.start < h.end for h in held))


def stops_of(review: Review, without: Sequence[Span], regions: Sequence[Region], *, ends: bool = False) -> Stops:
    """Where a caret stops in the letter; each heading, each list mark and each finding begins a sentence."""
    breaks = {f.spans[0].start for f in review.findings}
    for region in regions:
        if region.kind in (RegionKind.HEADING, RegionKind.MARK):
            breaks |= {region.span.start, region.span.end}
    return letter_stops(review.text, without, breaks, ends=ends)


@dataclass(frozen=True, slots=True)
class Trial:
    """A change that was tried.

    Attributes:
        review: the review as it would be; as it is, where the change is refused.
        finding: the finding that the change makes, or the one that it changes.
        refused: "" or why it can't be done.
    """

    review: Review
    finding: str
    refused: str = ""


def tried(review: Review, operations: Sequence[op.Operation], finding: str = "") -> Trial:
    """Do operations on a review that nobody keeps; `finding` is the one that they change, if they make none."""
    after = review
    try:
        for operation in operations:
            applied = op.apply(after, operation)
            after, finding = applied.review, applied.created[0] if applied.created else finding
    except op.Refused as error:
        return Trial(review, finding, str(error))
    return Trial(after, finding)


@dataclass(frozen=True, slots=True)
class Boundary:
    """The boundary of a finding while it is being moved.

    Attributes:
        finding: as it is in the review.
        side: `start` or `end`: which one the keys move.
        start: where the finding is to begin.
        end: where it is to end, exclusive.
        without: page furniture and list marks of the letter, which it will not take in.
    """

    finding: ReviewedFinding
    side: str
    start: int
    end: int
    without: tuple[Span, ...] = ()

    @classmethod
    def of(cls, finding: ReviewedFinding, side: str, without: tuple[Span, ...]) -> Boundary:
        """Nothing moved yet."""
        return cls(finding, side, finding.spans[0].start, finding.spans[-1].end, without)

    @property
    def at(self) -> int:
        """The place that the keys move."""
        return self.start if self.side == "start" else self.end

    @property
    def caret(self) -> int:
        """The character that shows it: the first of the finding, or the last."""
        return self.start if self.side == "start" else self.end - 1

    def moved(self, to: int) -> Boundary:
        """The same with the chosen side somewhere else."""
        return replace(self, start=to) if self.side == "start" else replace(self, end=to)

    def operations(self) -> tuple[op.MoveBoundary, ...]:
        """What moves the boundaries to where they are shown: none, one or two operations.

        The side that takes in text comes first, so that the finding is never empty in between.
        """
        name, old = self.finding.id, Span(self.finding.spans[0].start, self.finding.spans[-1].end)
        moves: list[tuple[bool, op.MoveBoundary]] = []
        without = self.left_out()
        if self.start != old.start:
            moves.append((self.start > old.start, op.MoveBoundary(name, "start", self.start, without)))
        if self.end != old.end:
            moves.append((self.end < old.end, op.MoveBoundary(name, "end", self.end, without)))
        return tuple(move for _, move in sorted(moves, key=lambda pair: pair[0]))

    def changed(self, text: str) -> tuple[Span, ...]:
        """The stretches of the letter that are taken in or given up: words, without the space before them."""
        ends = (self.finding.spans[0].start, self.start), (self.finding.spans[-1].end, self.end)
        words = (trimmed(text, Span(min(pair), max(pair))) for pair in ends)
        return tuple(span for span in words if span.start < span.end)

    def left_out(self) -> tuple[Span, ...]:
        """The page furniture and list marks in what is taken in."""
        first, last = self.finding.spans[0].start, self.finding.spans[-1].end
        return within(self.without, Span(self.start, first)) + within(self.without, Span(last, self.end))


@dataclass(frozen=True, slots=True)
class Selection:
    """Text of the letter from `anchor` to `caret`, words that the keys have passed, whichever of them comes first."""

    anchor: Span
    caret: Span
    without: tuple[Span, ...] = ()

    @property
    def extent(self) -> Span:
        """From the first character to the last."""
        return Span(min(self.anchor.start, self.caret.start), max(self.anchor.end, self.caret.end))

    def spans(self) -> tuple[Span, ...]:
        """What would make the finding: all but page furniture and list marks."""
        return outside(self.extent, self.left_out())

    def left_out(self) -> tuple[Span, ...]:
        """The page furniture and list marks inside."""
        return within(self.without, self.extent)

    def operation(self, category: str) -> op.Add:
        """What makes a finding of it."""
        return op.Add(category, self.spans())


def category_near(review: Review, offset: int) -> str:
    """The category of the last finding before a place, else of the first one after it; "" in a letter without any."""
    before = [f for f in review.findings if f.spans[0].start <= offset]
    near = before[-1:] or review.findings[:1]
    return near[0].category if near else ""


def within(spans: Sequence[Span], extent: Span) -> tuple[Span, ...]:
    """Those of `spans` that lie inside an extent as a whole."""
    return tuple(span for span in spans if extent.start <= span.start and span.end <= extent.end)
