"""What is still to check in a review: the parser's doubts that nobody has settled. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from curation.review import Review, ReviewedFinding
from parsers.letter import Doubt, Letter


@dataclass(frozen=True, slots=True)
class ToCheck:
    """Open doubts: those about the letter as a whole, and those about each living finding, by its id."""

    letter: tuple[Doubt, ...]
    findings: dict[str, tuple[Doubt, ...]]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.letter) + sum(map(len, self.findings.values()))

    def of(self, finding: str | None) -> tuple[Doubt, ...]:
        """Those about a finding; those about the letter for None."""
        return self.letter if finding is None else self.findings.get(finding, ())


def to_check(letter: Letter, review: Review) -> ToCheck:
    """The open doubts of a review.

    The parser speaks of its own findings; a reviewer may have split or merged them since, so a doubt belongs to the
    living finding that now stands at its place. Where none does (it was removed, or split right there) the doubt is
    settled by that. If the letter's text is not the one that the review counts in, the parse says nothing about it.
    """
    if letter.source.text_sha256 != review.source.text_sha256:
        return ToCheck((), {})
    whole: list[Doubt] = []
    about: dict[str, list[Doubt]] = {}
    for doubt in letter.doubts:
        if doubt.key in review.doubts:
            continue
        if doubt.finding is None:
            whole.append(doubt)
        elif (finding := _standing_at(review, doubt.span.start)) is not None:
            about.setdefault(finding.id, []).append(doubt)
    return ToCheck(tuple(whole), {finding: tuple(doubts) for finding, doubts in about.items()})


def _standing_at(review: Review, offset: int) -> ReviewedFinding | None:
    return next((f for f in review.findings if f.spans[0].start <= offset < f.spans[-1].end), None)
