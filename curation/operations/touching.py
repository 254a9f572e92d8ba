"""Which findings an operation is about."""

from __future__ import annotations

from collections.abc import Iterable

from curation.operations.adopted import touched_ids
from curation.operations.data import (
    Adopt,
    Merge,
    Operation,
    Rebase,
    Recategorise,
    RefuseTheme,
    SetFollowup,
    SetNote,
    SetQuestion,
    SetSeen,
    SetThemes,
)
from curation.operations.made import Made

_OF_ONE_KEY = (Recategorise, RefuseTheme, SetNote, SetQuestion, SetSeen, SetThemes)
"""Operations that set one key of a finding each, and look at no other."""


def touched(operation: Operation, made: Iterable[Made] = ()) -> frozenset[str]:
    """The ids of all findings that an operation names or made."""
    if isinstance(operation, Rebase):
        return frozenset(operation.placements)
    if isinstance(operation, Adopt):
        return frozenset(touched_ids(operation))
    names = operation.findings if isinstance(operation, Merge) else (getattr(operation, "finding", ""),)
    return frozenset(name for name in (*names, *(one.id for one in made)) if name)


def changed(operation: Operation, made: Iterable[Made] = ()) -> frozenset[str]:
    """Like `touched`, but only those that it changes: a follow-up points at a finding, a rebase is about the letter."""
    return frozenset() if isinstance(operation, SetFollowup | Rebase) else touched(operation, made)


def independent(first: Operation, later: Operation) -> bool:
    """Whether two operations on one finding could have been done without one another: each sets another key."""
    return isinstance(first, _OF_ONE_KEY) and isinstance(later, _OF_ONE_KEY) and type(first) is not type(later)


def concerns_only(operation: Operation, finding_id: str) -> bool:
    """False for an operation that along with this finding changed what has nothing to do with it."""
    if isinstance(operation, Adopt):
        return touched_ids(operation) == (finding_id,) and set(operation.changes) <= {"findings", "removed"}
    return True
