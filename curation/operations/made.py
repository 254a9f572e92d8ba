"""The findings that operations make of others, and what they take over from them."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from curation.review import Review, ReviewedFinding
from parsers.letter import Span


class Made(NamedTuple):
    """A finding that an operation made or gave a new extent. The journal holds it: nothing is computed again."""

    id: str
    spans: tuple[Span, ...]
    text: str


def split_part(old: ReviewedFinding, new: Made, reason: str) -> ReviewedFinding:
    """One part of a finding that was split: themes, note and category go to each, "seen" to none."""
    return replace(
        old, id=new.id, spans=new.spans, text=new.text, seen=False, origin="split", parents=(old.id,), reason=reason
    )


def merged_finding(first: ReviewedFinding, second: ReviewedFinding, new: Made) -> ReviewedFinding:
    """Two neighbours as one: the category of the first, the themes and notes of both."""
    return replace(
        first,
        id=new.id,
        spans=new.spans,
        text=new.text,
        themes=united(first.themes, second.themes),
        note=_joined(first.note, second.note),
        seen=False,
        question=_joined(first.question, second.question),
        origin="merge",
        parents=(first.id, second.id),
        reason="",
        refused=united(first.refused, second.refused),
        repeats=first.repeats or second.repeats,
        extra=MappingProxyType({**second.extra, **first.extra}),
    )


def added_finding(review: Review, category: str, new: Made) -> ReviewedFinding:
    """A finding that a person saw: under the heading of its neighbours, if they are of its category."""
    before = [f for f in review.findings if f.spans[0] < new.spans[0]]
    after = [f for f in review.findings if f.spans[0] > new.spans[0]]
    neighbours = (*before[-1:], *after[:1])
    heading = next((f.heading for f in neighbours if f.category == category), "")
    return ReviewedFinding(new.id, category, heading, new.spans, new.text, origin="added")


def placed_finding(old: ReviewedFinding, new: Made) -> ReviewedFinding:
    """A finding at a place that it was given: other words are words that nobody has seen yet."""
    return replace(old, spans=new.spans, text=new.text, seen=old.seen and new.text == old.text)


def place_of(finding: ReviewedFinding) -> tuple[tuple[Span, ...], str]:
    """What findings stand in order by."""
    return finding.spans, finding.id


def united(*themes: tuple[str, ...]) -> tuple[str, ...]:
    """Themes of several lists in their order, each once."""
    return tuple(dict.fromkeys(theme for some in themes for theme in some))


def _joined(first: str, second: str) -> str:
    return "\n".join(dict.fromkeys(text for text in (first, second) if text))
