"""A review of a letter whose text is no longer the one that its spans count in: what of it can still be shown."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

from curation.review import Review, ReviewedFinding
from curation.spans import overlap, text_of, tidy
from parsers.letter import Span


def shown_on(review: Review, text: str) -> tuple[Review, int]:
    """`review` with its findings placed on `text`, to look at and not to be written; and how many could not be placed.

    A finding is placed where its words stand at the same offsets, or else anywhere if they stand there exactly once,
    white space apart. Nothing is guessed.
    """
    placed: list[ReviewedFinding] = []
    for finding in review.findings:
        spans = _spans(finding, text)
        if spans and not any(overlap(spans, other.spans) for other in placed):
            placed.append(replace(finding, spans=spans))
    lost = len(review.findings) - len(placed)
    removed = tuple(r for r in review.removed if text_of(text, r.finding.spans) == r.finding.text)
    entries = {
        name: entry if entry.span is None or entry.span.end <= len(text) else replace(entry, span=None)
        for name, entry in review.metadata.items()
    }
    findings = tuple(sorted(placed, key=lambda f: (f.spans, f.id)))
    return replace(review, text=text, findings=findings, removed=removed, metadata=MappingProxyType(entries)), lost


def _spans(finding: ReviewedFinding, text: str) -> tuple[Span, ...]:
    if text_of(text, finding.spans) == finding.text:
        return finding.spans
    words = [re.escape(word) for word in finding.text.split()]
    places = [m.span() for m in re.finditer(r"\s+".join(words), text)] if words else []
    return tidy(text, [Span(*places[0])]) if len(places) == 1 else ()
