"""What a rebase does, told finding by finding: for the command line, the app, and other programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from curation.anchoring import Certainty
from curation.rebasing import Plan
from curation.review import Review, ReviewedFinding
from curation.spans import text_of

KINDS: Final = ("moved", "asked", "unplaced", "changed", "added", "dropped")
"""In the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Item:
    """One finding that a person may want to look at.

    Attributes:
        kind: one of `KINDS`: placed with changed words; a place is proposed; it couldn't be placed; and of those that
            nobody touched: the parse has it otherwise, new, or no more.
        finding: its id.
        was: its words before; "" for a new one.
        now: its words after, or those at the proposed place; "" where there are none.
        category: of the finding after, or before where there is none after.
        score: between 0 and 1 for those placed by likeness, else 0.
    """

    kind: str
    finding: str
    was: str
    now: str
    category: str
    score: float = 0.0


def items(plan: Plan) -> tuple[Item, ...]:
    """All of them, by kind and in the order of the letter."""
    return tuple(sorted(_items(plan), key=lambda item: KINDS.index(item.kind)))


def _items(plan: Plan) -> Iterator[Item]:
    before, after = _held(plan.before), {f.id: f for f in plan.after.findings}
    for placement in plan.placements:
        was = before.get(placement.id)
        if was is None or placement.certainty is Certainty.SAME:
            continue
        now = text_of(plan.after.text, placement.spans)
        match placement.certainty:
            case Certainty.MOVED if was.id in after:
                yield Item("moved", was.id, was.text, now, was.category, placement.score)
            case Certainty.ASKED:
                yield Item("asked", was.id, was.text, now, was.category, placement.score)
            case Certainty.LOST:
                yield Item("unplaced", was.id, was.text, "", was.category)
    for old, new in plan.followed.changed:
        yield Item("changed", new.id, old.text, new.text, new.category)
    for new in plan.followed.added:
        yield Item("added", new.id, "", new.text, new.category)
    for old in plan.followed.dropped:
        yield Item("dropped", old.id, old.text, "", old.category)


def _held(review: Review) -> dict[str, ReviewedFinding]:
    """What lives or waits for its place, by id; what was removed is nobody's work any more."""
    held = (*review.findings, *(u.finding for u in review.tray()))
    return {finding.id: finding for finding in held}


def summary(plan: Plan) -> str:
    """`17 findings placed, 2 of them with changed words; 1 asked about; 1 couldn't be placed`, and what follows it."""
    same, moved, asked, lost = (plan.count(c) for c in (*_PLACED, Certainty.ASKED, Certainty.LOST))
    parts = []
    if plan.text_changed:
        parts.append(f"{_counted(same + moved, 'finding')} placed" + (f", {moved} with changed words" if moved else ""))
    parts += [f"{asked} asked about"] if asked else []
    parts += [f"{lost} couldn't be placed"] if lost else []
    followed = plan.followed
    for found, words in ((followed.added, "new"), (followed.dropped, "gone"), (followed.changed, "read otherwise")):
        parts += [f"{len(found)} that nobody had touched {'is' if len(found) == 1 else 'are'} {words}"] if found else []
    parts += [f"metadata read anew: {', '.join(plan.metadata)}"] if plan.metadata else []
    return "; ".join(parts) or "nothing but places in the letter"


_PLACED = (Certainty.SAME, Certainty.MOVED)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def to_json(plan: Plan) -> dict[str, Any]:
    """The same for other programs."""
    return {
        "letter": plan.before.letter,
        "reviewer": plan.before.reviewer,
        "text_changed": plan.text_changed,
        "same": plan.count(Certainty.SAME),
        "moved": plan.count(Certainty.MOVED),
        "asked": plan.count(Certainty.ASKED),
        "unplaced": plan.count(Certainty.LOST),
        "metadata": list(plan.metadata),
        "findings": [
            {
                "finding": item.finding,
                "what": item.kind,
                "category": item.category,
                "score": round(item.score, 3),
                "was": item.was,
                "now": item.now,
            }
            for item in items(plan)
        ],
    }
