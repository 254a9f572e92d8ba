"""A TOML that was edited by hand, or merged by git: what in it is new, compared with the state it was made from.

Each finding is compared by its id and key by key, whether it lives or is removed, so that a note written on one side
and a removal on the other go together. `exact`, `prefix` and `suffix` follow from the spans and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from curation import schema
from curation.history import History
from curation.operations import Adopt, Refused
from curation.patching import difference, same
from curation.review import Review
from curation.schema_reading import from_dict
from curation.spans import text_of
from curation.threeway import Chooser, Conflict, Side, merged

_FROM_SPANS: Final = ("exact", "prefix", "suffix")
REMOVED: Final = "removed because of"
"""The key of a removal's reason in the findings compared here, removed or not; no key of a file has a space."""
_NOT_TAKEN: Final = ("operations", "updated")
"""What the journal says, not the file."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """What a file would change.

    Attributes:
        operation: it, None if there is nothing to take in.
        conflicts: what both sides changed, with the side that was chosen for each.
    """

    operation: Adopt | None
    conflicts: tuple[tuple[Conflict, Side], ...]


def compare(base: Review, mine: Review, theirs: Review, choose: Chooser) -> Adoption:
    """What is to be done to `mine` so that it has what `theirs` changed since `base`.

    `choose` is asked for each conflict. Whether the result can be is checked when the operation is done.
    """
    conflicts: list[tuple[Conflict, Side]] = []

    def ask(conflict: Conflict) -> Side:
        side = choose(conflict)
        conflicts.append((conflict, side))
        return side

    whole = merged(_normal(base), _normal(mine), _normal(theirs), ask)
    for key in _NOT_TAKEN:
        whole.pop(key, None)
    before = schema.to_json(mine)
    changes = difference(before, schema.to_json(from_dict(_document(whole, mine), mine.text)))
    changes = {key: value for key, value in changes.items() if key not in _NOT_TAKEN}
    return Adoption(Adopt(changes) if changes else None, tuple(conflicts))


def examine(history: History, theirs: Review, choose: Chooser = lambda _: Side.MINE) -> Adoption:
    """What a file would change in the state of a journal.

    A file that claims more operations than the journal has is newer than it: all that differs is taken. Raises Refused
    if the state that the file was made from is not known, or what it changed can't be taken in.
    """
    mine = history.review
    base = mine if theirs.operations > history.n else history.state_at(theirs.operations)
    if base is None:
        raise Refused(
            f"the journal does not have the state after operation {theirs.operations}, which it was made from"
        )
    adoption = compare(base, mine, theirs, choose)
    if adoption.operation is not None:
        history.check(adoption.operation)
    return adoption


def refuse(conflict: Conflict) -> Side:
    """The chooser that chooses nothing. Raises Refused."""
    raise Refused(f"both sides changed {named(conflict)}; say which is to be taken")


def answered(answers: Iterable[tuple[Conflict, Side]]) -> Chooser:
    """The chooser that gives the answers that somebody gave before.

    It raises Refused for a conflict that was not among them, or of which a value has changed since.
    """
    known = {conflict.path: (conflict, side) for conflict, side in answers}

    def choose(conflict: Conflict) -> Side:
        before, side = known.get(conflict.path, (None, Side.MINE))
        if before is None or not (same(before.mine, conflict.mine) and same(before.theirs, conflict.theirs)):
            raise Refused(f"{named(conflict)} was changed meanwhile; choose again")
        return side

    return choose


def named(conflict: Conflict) -> str:
    """Where a conflict is, for people: `note of f-3k9qz2`, `removal of f-3k9qz2`, `metadata.date.value`."""
    first, *rest = conflict.path
    if first != "findings" or not rest:
        return ".".join(conflict.path)
    finding, *keys = rest
    return f"{'removal' if keys == [REMOVED] else '.'.join(keys) or 'all'} of {finding}"


def _normal(review: Review) -> dict[str, Any]:
    document = schema.to_dict(review)
    removed = {
        name: {("reason" if k == "split_reason" else k): v for k, v in table.items() if k != "reason"}
        | {REMOVED: table["reason"]}
        for name, table in document.pop("removed").items()
    }
    findings = {**document["findings"], **removed}
    document["findings"] = {name: _without(table, _FROM_SPANS) for name, table in findings.items()}
    return document


def _document(normal: Mapping[str, Any], mine: Review) -> dict[str, Any]:
    """Back to the form of a file."""
    findings: dict[str, Any] = {}
    removed: dict[str, Any] = {}
    for name, table in normal.get("findings", {}).items():
        whole = {**table, "exact": text_of(mine.text, table.get("spans", ()))}
        if REMOVED in whole:
            reason = whole.pop(REMOVED)
            removed[name] = {("split_reason" if k == "reason" else k): v for k, v in whole.items()} | {"reason": reason}
        else:
            findings[name] = whole
    return {**normal, "findings": findings, "removed": removed}


def _without(table: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in keys}
