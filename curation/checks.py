"""What must be true of a review before it is written and after it was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from curation.review import Review, ReviewedFinding
from curation.spans import overlap_each_other, text_of
from curation.tables import storable


def problems(review: Review) -> tuple[str, ...]:
    """Everything that is wrong with the places of a review's findings, each with table, key and what it is.

    Spans are sorted, not empty, inside the text, and those of living findings don't overlap; `exact` is the text there.
    """
    found = [p for f in review.findings for p in _of_one(review.text, f, f"[findings.{f.id}]")]
    found += [p for r in review.removed for p in _of_one(review.text, r.finding, f"[removed.{r.finding.id}]")]
    for unplaced in review.unplaced:
        if any(not 0 <= start < end <= len(review.text) for start, end in unplaced.proposed):
            found.append(f"[unplaced.{unplaced.finding.id}] proposed: it is outside the letter")
    return (*found, *_of_neighbours(review.findings))


def _of_one(text: str, finding: ReviewedFinding, where: str) -> Iterator[str]:
    if not finding.spans:
        yield f"{where} spans: it has none"
    elif any(not 0 <= start < end <= len(text) for start, end in finding.spans):
        yield f"{where} spans: one is empty or outside the letter, which has {len(text)} characters"
    elif overlap_each_other(finding.spans):
        yield f"{where} spans: they are not in order or overlap each other"
    elif storable(text_of(text, finding.spans)) != storable(finding.text):
        yield f"{where} exact: it is not what the letter has at the spans"


def _of_neighbours(findings: Iterable[ReviewedFinding]) -> Iterator[str]:
    places = sorted((span, finding.id) for finding in findings for span in finding.spans)
    for (before, owner), (after, other) in pairwise(places):
        if after.start < before.end and owner != other:
            yield f"[findings.{other}] spans: {after.start}-{after.end} overlaps {owner}"
