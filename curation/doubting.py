"""What is still to check in a review: the parser's doubts that nobody has settled. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from curation.review import Review, ReviewedFinding
from parsers.letter import Doubt, Letter


@dataclass(frozen=True, slots=True)
class ToCheck:
    """Open doubts in the order of the text. `finding` of each is the living finding that it is about now, or None."""

    doubts: tuple[Doubt, ...] = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.doubts)

    @property
    def findings(self) -> frozenset[str]:
        """Ids of the living findings that have something to check."""
        return frozenset(doubt.finding for doubt in self.doubts if doubt.finding is not None)

    def of(self, finding: str | None) -> tuple[Doubt, ...]:
        """Those about a finding; those about the letter as a whole for None."""
        return tuple(doubt for doubt in self.doubts if doubt.finding == finding)


def to_check(letter: Letter, review: Review) -> ToCheck:
    """The open doubts of a review.

    The parser speaks of its own findings; a reviewer may have split or merged them since, so a doubt belongs to the
    living finding that now stands at its place. Where none does (it was removed, or split right there) the doubt is
    settled by that. If the letter's text is not the one that the review counts in, the parse says nothing about it.
    """
    if letter.source.text_sha256 != review.source.text_sha256:
        return ToCheck()
    return ToCheck(tuple(sorted(_open(letter.doubts, review), key=lambda doubt: (doubt.span, doubt.code))))


def _open(doubts: Iterable[Doubt], review: Review) -> Iterator[Doubt]:
    for doubt in doubts:
        if doubt.key in review.doubts:
            continue
        if doubt.finding is None:
            yield doubt
        elif (finding := _standing_at(review, doubt.span.start)) is not None:
            yield doubt if doubt.finding == finding.id else doubt._replace(finding=finding.id)


def _standing_at(review: Review, offset: int) -> ReviewedFinding | None:
    return next((f for f in review.findings if f.spans[0].start <= offset < f.spans[-1].end), None)
