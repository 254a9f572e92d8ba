"""Whether there is room in a letter for a finding."""

from __future__ import annotations

from collections.abc import Iterable

from curation.operations.data import Refused
from curation.review import Review, ReviewedFinding
from curation.spans import overlap
from parsers.letter import Span


def check_place(review: Review, span: Span | None) -> None:
    """See that a span, if there is one, is a place of the letter and not empty. Raises Refused."""
    if span is not None and not 0 <= span.start < span.end <= len(review.text):
        raise Refused(f"{span.start}-{span.end} is no place in the letter, which has {len(review.text)} characters")


def check_room(others: Iterable[ReviewedFinding], spans: tuple[Span, ...]) -> None:
    """See that a finding at `spans` has its place among the other living ones. Raises Refused.

    It may not overlap one, nor lie around one, nor one around it: findings have an order.
    """
    for other in others:
        if overlap(spans, other.spans):
            raise Refused(f"it would overlap {other.id}")
        if spans[0].start < other.spans[-1].end and other.spans[0].start < spans[-1].end:
            raise Refused(f"it would lie around {other.id} or inside it: a finding is one stretch of the letter")
