"""What of a review an operation may name: living findings, removed ones, and those that couldn't be placed."""

from __future__ import annotations

from collections.abc import Iterable

from curation.nearest import nearest
from curation.operations.data import Refused
from curation.review import RemovedFinding, Review, ReviewedFinding, Unplaced

_SHOWN = 60


def living(review: Review, finding_id: str) -> ReviewedFinding:
    """The living finding with this id. Raises Refused with what became of it, or the nearest id."""
    found = review.find(finding_id)
    if found is not None:
        return found
    if (unplaced := waiting(review, finding_id)) is not None and not unplaced.removed:
        raise Refused(f"{shown(finding_id)} couldn't be placed in the letter as it is now; place it first")
    if unplaced is not None or tombstone(review, finding_id) is not None:
        raise Refused(f"{shown(finding_id)} was removed; bring it back first")
    children = [f.id for f in review.findings if finding_id in f.parents]
    if children:
        raise Refused(f"{shown(finding_id)} is no more: it became {' and '.join(children)}")
    raise Refused(unknown(review, finding_id, (f.id for f in review.findings)))


def find_held(review: Review, finding_id: str) -> ReviewedFinding:
    """The finding with this id: living, removed, or one that couldn't be placed. Raises Refused like `living`."""
    stone = tombstone(review, finding_id) or waiting(review, finding_id)
    return stone.finding if stone else living(review, finding_id)


def tombstone(review: Review, finding_id: str) -> RemovedFinding | None:
    """The removed finding with this id, or None."""
    return next((r for r in review.removed if r.finding.id == finding_id), None)


def waiting(review: Review, finding_id: str) -> Unplaced | None:
    """The finding with this id that couldn't be placed, removed or not, or None."""
    return next((u for u in review.unplaced if u.finding.id == finding_id), None)


def in_tray(review: Review, finding_id: str) -> Unplaced:
    """The finding with this id that waits for its place. Raises Refused."""
    found = waiting(review, finding_id)
    if found is not None and not found.removed:
        return found
    if review.find(finding_id) is not None:
        raise Refused(f"{shown(finding_id)} has its place in the letter")
    names = (u.finding.id for u in review.tray())
    raise Refused(unknown(review, finding_id, names, "finding that couldn't be placed"))


def unknown(review: Review, finding_id: str, ids: Iterable[str], what: str = "finding") -> str:
    """Why there is no such id: with the nearest of `ids`."""
    likely = nearest(finding_id, ids)
    hint = f"; the nearest id is {likely}" if likely else ""
    return f"no {what} {shown(finding_id)} in {review.letter}{hint}"


def shown(name: str) -> str:
    """A name that came from outside, short enough for a message."""
    return (name if len(name) <= _SHOWN else name[: _SHOWN - 1] + "…") or '""'
