"""Findings that nobody touched follow a new parse; those that a person touched stand in its way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from curation.review import ReviewedFinding
from parsers.ids import finding_id
from parsers.letter import Span

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """What a new parse makes of the findings that nobody touched.

    Attributes:
        living: they, as they are now.
        added: those among them that were not there before.
        dropped: those that were there, and that the parse no longer has.
        changed: those whose words, category or heading are others now, each before and after.
    """

    living: tuple[ReviewedFinding, ...] = ()
    added: tuple[ReviewedFinding, ...] = ()
    dropped: tuple[ReviewedFinding, ...] = ()
    changed: tuple[tuple[ReviewedFinding, ReviewedFinding], ...] = ()


def follow(
    *,
    parse: Sequence[ReviewedFinding],
    pinned: Iterable[Spans],
    untouched: Sequence[tuple[ReviewedFinding, ReviewedFinding]],
    gone: Sequence[ReviewedFinding],
    taken: AbstractSet[str],
) -> Followed:
    """Take the new parse's findings where nothing pinned stands.

    Args:
        parse: its findings, in the order of the text.
        pinned: the places of what a person touched, removed or is asked about.
        untouched: findings that nobody touched, as they were and at their place in the letter now.
        gone: findings that nobody touched and that have no place any more.
        taken: ids that a new finding may not get.

    Returns:
        A parsed finding that is an untouched one keeps its id. An untouched one that is not in the parse is dropped,
        unless the parse has a finding there that was not taken because something pinned is in its way: what is not in
        doubt must not vanish with it.
    """
    blocked = [spans for spans in pinned if spans]
    taken_in: list[ReviewedFinding] = []
    refused: list[ReviewedFinding] = []
    for finding in parse:
        (refused if _meets_any(finding.spans, blocked) else taken_in).append(finding)
    same = {new.spans: old for old, new in untouched}
    living: list[ReviewedFinding] = []
    added: list[ReviewedFinding] = []
    changed: list[tuple[ReviewedFinding, ReviewedFinding]] = []
    for finding in taken_in:
        old = same.get(finding.spans)
        if old is None:
            new = replace(finding, id=_name(finding, living, taken | {f.id for f in living}))
            added.append(new)
        else:
            new = _read_anew(old, finding)
            if (old.category, old.heading, old.text) != (new.category, new.heading, new.text):
                changed.append((old, new))
        living.append(new)
    kept = {f.id for f in living}
    dropped = list(gone)
    for old, now in untouched:
        if old.id not in kept:
            free = not _meets_any(now.spans, (*blocked, *(f.spans for f in living)))
            stays = free and _meets_any(now.spans, [f.spans for f in refused])
            if stays:
                living.append(now)
            else:
                dropped.append(old)
    return Followed(tuple(living), tuple(added), tuple(dropped), tuple(changed))


def _read_anew(old: ReviewedFinding, finding: ReviewedFinding) -> ReviewedFinding:
    """A finding with all that the new parse says of it; its id and what reviewers said of it stay."""
    return replace(
        old,
        spans=finding.spans,
        text=finding.text,
        category=finding.category,
        heading=finding.heading,
        repeats=finding.repeats,
    )


def _name(finding: ReviewedFinding, living: Sequence[ReviewedFinding], taken: AbstractSet[str]) -> str:
    return finding_id(finding.text, sum(other.text == finding.text for other in living), taken)


def _meets_any(spans: Spans, others: Iterable[Spans]) -> bool:
    """Whether one of the others lies in the same stretch of the letter."""
    return any(spans[0].start < other[-1].end and other[0].start < spans[-1].end for other in others)
