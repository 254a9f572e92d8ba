"""Operations as JSON: what `recto apply` reads, and the fields that a journal line holds.

A journal line has the fields of the operation, with these differences. What sets one thing holds `was` and `now` in
its place. The place of a split is `offset`, since `at` is the time of a line. Split, merge and add hold the ids they
gave in `created`; these, move-boundary and place hold in `made` the spans and the text of each finding, in the order of
the ids. A rebase holds the whole state that it led to. So a replay computes nothing: neither a later version nor a
changed letter can make another state of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, Final

import msgspec

from curation import metadata
from curation.nearest import nearest
from curation.operations.adopted import changes_back
from curation.operations.applying import Applied
from curation.operations.data import (
    JOURNALLED,
    KINDS,
    Add,
    Adopt,
    AnswerQuestion,
    EditMetadata,
    Merge,
    MoveBoundary,
    Operation,
    Place,
    Rebase,
    Recategorise,
    Refused,
    SetFollowup,
    SetLetterNote,
    SetNote,
    SetQuestion,
    SetSeen,
    SetThemes,
    SettleDoubt,
    Split,
    name_of,
)
from curation.operations.held import living
from curation.operations.made import Made
from curation.review import Review, answer_key
from parsers.letter import Span

_NEW_VALUE: Final[Mapping[type[Operation], str]] = {
    MoveBoundary: "to",
    Recategorise: "category",
    SetThemes: "themes",
    SetNote: "note",
    SetSeen: "seen",
    SetQuestion: "question",
    SetLetterNote: "note",
    EditMetadata: "value",
    SettleDoubt: "settled",
}
"""Operations that set one thing: the field that the journal calls `now`, beside `was`."""

_MAKING = (Split, Merge, Add)
_MOVING = (MoveBoundary, Place)
"""Operations that give one finding another extent."""


class _Made(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    spans: tuple[Span, ...]
    exact: str


def from_json(mapping: object) -> Operation:
    """Read one operation of the JSON Lines that `recto apply` takes.

    Raises Refused: not an object, no such operation, a field missing, unknown or of the wrong type; or a rebase, which
    is worked out and not told.
    """
    if not isinstance(mapping, Mapping):
        raise Refused('an operation is an object, such as {"op": "hand-in"}')
    operation = _from(KINDS, mapping)
    if isinstance(operation, Rebase):
        raise Refused("a rebase is worked out from the letter: recto rebase does it")
    return operation


def _from(kinds: Mapping[str, type[Operation]], mapping: Mapping[Any, Any]) -> Operation:
    values = dict(mapping)
    name = values.pop("op", None)
    if not isinstance(name, str):
        raise Refused(f"an operation needs `op`, one of {', '.join(kinds)}")
    if name not in kinds:
        raise Refused(f"no operation {name[:60]}; the nearest is {nearest(name, kinds)}")
    return _read(kinds[name], name, values)


def to_json(operation: Operation) -> dict[str, Any]:
    """The object that `from_json` reads, `op` first."""
    own = {field.name: _plain(getattr(operation, field.name)) for field in fields(operation)}
    for name in ("without", "span"):
        if own.get(name, True) in (None, []):
            del own[name]
    return {"op": name_of(operation), **own}


def to_line(before: Review, operation: Operation, applied: Applied) -> dict[str, Any]:
    """What the journal holds of an operation, `op` first: with what it replaced, and what it made."""
    own = to_json(operation)
    if isinstance(operation, Adopt):
        now = own.pop("changes")
        return own | {"created": list(applied.created), "was": changes_back(before, applied.review), "now": now}
    # Only said by whoever asks: what came of it stands in `made`.
    own.pop("without", None)
    if isinstance(operation, Split):
        # In the journal `at` is the time of a line.
        own["offset"] = own.pop("at")
    if isinstance(operation, SetFollowup):
        was = before.followups.get(operation.earlier)
        own["was"] = {"verdict": was.verdict, "finding": was.finding} if was else None
        own["now"] = {"verdict": own.pop("verdict"), "finding": own.pop("finding")}
    if isinstance(operation, AnswerQuestion):
        given = before.answers.get(answer_key(operation.asker, operation.asked))
        own["was"] = {"question": given.question, "answer": given.answer} if given else None
        own["now"] = {"question": own.pop("question"), "answer": own.pop("answer")}
    key = _NEW_VALUE.get(type(operation))
    if key is not None:
        own = {k: v for k, v in own.items() if k not in (key, "from_rank")} | {"was": _plain(_was(before, operation))}
        own["now"] = _plain(_now(applied.review, operation))
    if isinstance(operation, SetThemes):
        own["from_rank"] = operation.from_rank
    if isinstance(operation, Rebase):
        own["created"] = list(applied.created)
    if isinstance(operation, _MAKING):
        own["created"] = [made.id for made in applied.made]
    if applied.made:
        own["made"] = [{"spans": _plain(made.spans), "exact": made.text} for made in applied.made]
    return own


def from_line(line: Mapping[str, Any]) -> tuple[Operation, tuple[Made, ...]]:
    """Read the fields of a journal line: the operation and what it made. Raises Refused if they are none."""
    values = dict(line)
    kind = JOURNALLED.get(values.get("op", ""))
    if kind is Adopt:
        return _read(Adopt, "adopt", {"changes": values.get("now")}), ()
    created = values.pop("created", ())
    extents = values.pop("made", ())
    if kind is Split:
        values["at"] = values.pop("offset", None)
    elif kind in (SetFollowup, AnswerQuestion) and isinstance(values.get("now"), Mapping):
        values |= values.pop("now")
    elif kind is not None and kind in _NEW_VALUE:
        values[_NEW_VALUE[kind]] = values.pop("now", None)
    values.pop("was", None)
    operation = _from(JOURNALLED, values)
    if isinstance(operation, Rebase):
        return operation, ()
    ids = (operation.finding,) if isinstance(operation, _MOVING) else created
    try:
        names = msgspec.convert(ids, tuple[str, ...])
        made = msgspec.convert(extents, tuple[_Made, ...])
    except msgspec.ValidationError as error:
        raise Refused(f"{name_of(operation)}: {error}") from error
    if len(names) != len(made) or (isinstance(operation, (*_MAKING, *_MOVING)) and not made):
        raise Refused(f"{name_of(operation)}: `created` and `made` do not fit")
    return operation, tuple(Made(name, one.spans, one.exact) for name, one in zip(names, made, strict=True))


def _was(before: Review, operation: Operation) -> object:
    match operation:
        case MoveBoundary(finding, side):
            spans = living(before, finding).spans
            return spans[0].start if side == "start" else spans[-1].end
        case EditMetadata(field):
            return metadata.value_at(before.metadata, field)
        case SettleDoubt(doubt):
            return before.doubts.get(doubt)
        case SetLetterNote():
            return before.note
        case Recategorise(finding) | SetThemes(finding) | SetNote(finding) | SetSeen(finding) | SetQuestion(finding):
            return getattr(living(before, finding), _NEW_VALUE[type(operation)])
        case _:
            raise TypeError(operation)


def _now(after: Review, operation: Operation) -> object:
    return operation.to if isinstance(operation, MoveBoundary) else _was(after, operation)


def _read(kind: type[Operation], name: str, values: dict[Any, Any]) -> Operation:
    known = fields(kind)
    for field in known:
        if field.name not in values and field.default is MISSING:
            raise Refused(f"{name} needs `{field.name}`")
    unknown = [str(key) for key in values if key not in {field.name for field in known}]
    if unknown:
        has = ", ".join(field.name for field in known) or "no field"
        raise Refused(f"{name} knows no `{unknown[0][:40]}`; it has {has}")
    try:
        if kind is EditMetadata:
            return _edit_metadata(values)
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        raise Refused(f"{name}: {str(error).replace(' - at `$.', ' at `')}") from error


def _edit_metadata(values: dict[Any, Any]) -> EditMetadata:
    field = msgspec.convert(values["field"], str)
    value = msgspec.convert(values["value"], str | tuple[str, ...] | None)
    return EditMetadata(field, value, msgspec.convert(values.get("span"), Span | None))


def _plain(value: object) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
