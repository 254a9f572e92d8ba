"""Where the findings will stand that an operation makes, or gives another extent. What can't be is refused here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from curation.operations.checking import check, check_category, one_of
from curation.operations.data import SIDES, SPLIT_REASONS, Add, Merge, MoveBoundary, Operation, Place, Refused, Split
from curation.operations.held import in_tray, living
from curation.operations.room import check_place, check_room
from curation.review import Review
from curation.spans import clipped, outside, overlap, overlap_each_other, text_of, tidy
from parsers.letter import Span


class Extent(NamedTuple):
    """Where a finding that an operation makes will stand, and its text."""

    spans: tuple[Span, ...]
    text: str


def extents(review: Review, operation: Operation) -> tuple[Extent, ...]:
    """Check an operation as a whole and say which findings it makes (or gives a new extent), in the order of the text.

    Raises Refused.
    """
    match operation:
        case Split():
            return _split(review, operation)
        case Merge():
            return _merge(review, operation)
        case MoveBoundary():
            return _move_boundary(review, operation)
        case Add():
            return _add(review, operation)
        case Place():
            return _place(review, operation)
        case _:
            check(review, operation)
            return ()


def _split(review: Review, operation: Split) -> tuple[Extent, ...]:
    finding = living(review, operation.finding)
    one_of("a reason of a split", operation.reason, SPLIT_REASONS)
    first, last = finding.spans[0].start, finding.spans[-1].end
    if not first <= operation.at <= last:
        raise Refused(f"{operation.at} is not inside {finding.id}, which stands at {first}-{last}")
    parts = (
        tidy(review.text, clipped(finding.spans, 0, operation.at)),
        tidy(review.text, clipped(finding.spans, operation.at, last)),
    )
    if not all(parts):
        raise Refused(f"{finding.id} can't be split at {operation.at}: that is its end, one part would be empty")
    return _extents(review, parts)


def _merge(review: Review, operation: Merge) -> tuple[Extent, ...]:
    places = sorted(review.index(living(review, finding).id) for finding in operation.findings)
    before, after = places[0], places[1]
    if before == after:
        raise Refused(f"{operation.findings[0]} can't be merged with itself")
    if after - before > 1:
        between = review.findings[before + 1]
        names = " and ".join(operation.findings)
        raise Refused(f"{names} are not neighbours: {between.id} stands between them")
    spans = sorted(review.findings[before].spans + review.findings[after].spans)
    return _extents(review, [tidy(review.text, spans)])


def _move_boundary(review: Review, operation: MoveBoundary) -> tuple[Extent, ...]:
    finding = living(review, operation.finding)
    one_of("a side", operation.side, SIDES)
    if not 0 <= operation.to <= len(review.text):
        raise Refused(f"{operation.to} is outside the letter, which has {len(review.text)} characters")
    if overlap_each_other(operation.without):
        raise Refused("what is left out has to stand in the order of the text, without overlapping")
    spans = tidy(review.text, _moved(finding.spans, operation))
    if not spans:
        raise Refused(f"nothing would be left of {finding.id}: remove it instead")
    for other in review.findings:
        if other.id != finding.id and overlap(spans, other.spans):
            raise Refused(f"{finding.id} would overlap {other.id}: move its boundary first")
    return _extents(review, [spans])


def _moved(spans: tuple[Span, ...], operation: MoveBoundary) -> tuple[Span, ...]:
    """The spans up to the new boundary; of what it takes in, all but what is to be left out."""
    first, last, to = spans[0].start, spans[-1].end, operation.to
    if operation.side == "start":
        return (*outside(Span(to, first), operation.without), *clipped(spans, to, last))
    return (*clipped(spans, 0, to), *outside(Span(last, to), operation.without))


def _add(review: Review, operation: Add) -> tuple[Extent, ...]:
    check_category(review, operation.category)
    if not operation.spans:
        raise Refused("a finding needs at least one span")
    return _extents(review, [_room_for(review, operation.spans)])


def _room_for(review: Review, wanted: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans of a finding that is to stand at `wanted`. Raises Refused."""
    for span in wanted:
        check_place(review, span)
    if overlap_each_other(wanted):
        raise Refused("the spans have to stand in the order of the text, without overlapping")
    spans = tidy(review.text, wanted)
    if not spans:
        raise Refused("there is nothing but white space there")
    check_room(review.findings, spans)
    return spans


def _place(review: Review, operation: Place) -> tuple[Extent, ...]:
    spans = operation.spans or in_tray(review, operation.finding).proposed
    if not spans:
        raise Refused(f"nothing in the letter is like {operation.finding}: say where it stands")
    in_tray(review, operation.finding)
    return _extents(review, [_room_for(review, spans)])


def _extents(review: Review, of_each: Iterable[tuple[Span, ...]]) -> tuple[Extent, ...]:
    return tuple(Extent(spans, text_of(review.text, spans)) for spans in of_each)
