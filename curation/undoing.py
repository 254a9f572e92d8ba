"""Which operations an undo takes back: the last, the last of one finding, or those of a batch; and what speaks against.

An operation can be taken back from the middle if what was done after it could have been done without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from curation.operations import (
    Refused,
    changed,
    check_room,
    concerns_only,
    find_held,
    independent,
    said,
    touched,
)
from curation.review import Review, ReviewedFinding
from curation.steps import Step, Steps


def last(steps: Steps, now: Review) -> tuple[Step, ...]:
    """The last operation with its batch, oldest first; there is one. `now` is the state after all steps.

    Where another program did something in the middle of a batch that stands on its first part, the last part alone:
    undo never comes to an end before the beginning.
    """
    newest = next(reversed(steps))
    if newest.batch is None:
        return (newest,)
    whole = tuple(step for step in steps if step.batch == newest.batch)
    try:
        steps.without(whole, now)
    except Refused:
        run = takewhile(lambda step: step.batch == newest.batch, reversed(steps))
        return tuple(reversed(tuple(run)))
    return whole


def last_of_finding(steps: Steps, now: Review, finding_id: str) -> tuple[Step, ...]:
    """The last operation that changed one finding, alone.

    Raises Refused if there is none, if it changed others too, or if something that was done later stands on it.
    """
    find_held(now, finding_id)
    for step in reversed(steps):
        if finding_id in changed(step.operation, step.made):
            if not concerns_only(step.operation, finding_id):
                raise Refused(f"{finding_id} was changed with others in operation {step.n}; undo takes all of it back")
            _check_nothing_stands_on(step, steps.after(step), steps, now)
            return (step,)
    raise Refused(f"nothing was done to {finding_id} that could be undone")


def of_batch(steps: Steps, now: Review, batch: str) -> tuple[Step, ...]:
    """The operations of a batch that count. Raises Refused if there are none, or something later stands on one."""
    found = tuple(step for step in steps if step.batch == batch)
    if not found:
        raise Refused("it was undone already")
    for step in found:
        _check_nothing_stands_on(step, [one for one in steps.after(step) if one.batch != batch], steps, now)
    steps.without(found, now)
    return found


def _check_nothing_stands_on(step: Step, later: Sequence[Step], steps: Steps, now: Review) -> None:
    """Raises Refused if the operations done later could not have been done without `step`."""
    own = touched(step.operation, step.made)
    what = f"operation {step.n} ({said(step.operation)})"
    for other in later:
        shared = sorted(own & touched(other.operation, other.made))
        if shared and not independent(step.operation, other.operation):
            raise Refused(
                f"{what} can't be undone alone: operation {other.n} ({said(other.operation)}) came after it"
                f" and is about {shared[0]}; undo that first"
            )
    try:
        _check_others_stay(own, now, steps.without((step,), now).review)
    except Refused as error:
        raise Refused(f"{what} can't be undone alone, because of what was done later: {error}") from error


def _check_others_stay(own: frozenset[str], now: Review, after: Review) -> None:
    """Raises Refused if findings other than `own` would be changed, or get into the way of one of them."""
    for finding in after.findings:
        if finding.id in own:
            check_room((f for f in after.findings if f is not finding), finding.spans)
    # An added finding stands under the heading that a neighbour had when it was added.
    before = _held(now)
    for name, found in _held(after).items():
        if name not in own and found != before.get(name):
            raise Refused(f"{name} would become another")


def _held(review: Review) -> dict[str, ReviewedFinding]:
    """Every finding by its id, living or removed."""
    return {f.id: f for f in (*review.findings, *(removed.finding for removed in review.removed))}
