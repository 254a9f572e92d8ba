"""An operation on a review gives a new review: `apply` for a new one, `replay` for one that the journal holds."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

from curation import metadata, schema
from curation.operations.adopted import adopted
from curation.operations.adopted import check as check_adoption
from curation.operations.data import (
    Add,
    Adopt,
    AnswerQuestion,
    DeclinePlace,
    EditMetadata,
    HandIn,
    Merge,
    MoveBoundary,
    Operation,
    Place,
    Rebase,
    Recategorise,
    Refused,
    RefuseTheme,
    Remove,
    Reopen,
    Restore,
    SetFollowup,
    SetLetterNote,
    SetNote,
    SetQuestion,
    SetSeen,
    SetThemes,
    SettleDoubt,
    Split,
)
from curation.operations.extents import Extent, extents
from curation.operations.held import in_tray, living, tombstone, waiting
from curation.operations.made import (
    Made,
    added_finding,
    merged_finding,
    place_of,
    placed_finding,
    split_part,
    united,
)
from curation.review import Answer, Followup, RemovedFinding, Review, ReviewedFinding, Unplaced, answer_key
from curation.tables import SchemaError
from parsers.ids import finding_id
from parsers.letter import Span

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Applied:
    """What an operation led to.

    Attributes:
        review: the new state; `operations` and `updated` are those of the state before.
        created: ids that now live and did not before, in the order of the text.
        gone: ids that lived before and no longer do.
        made: the extents of all findings that the operation made or changed in extent.
    """

    review: Review
    created: tuple[str, ...]
    gone: tuple[str, ...]
    made: tuple[Made, ...] = ()


def apply(review: Review, operation: Operation, *, taken: Container[str] = frozenset()) -> Applied:
    """Do `operation` on `review`.

    Args:
        review: the state before; it is not changed.
        operation: what is to be done.
        taken: ids that a new finding may not get: all that the journal ever held.

    Raises:
        Refused: the operation would break a rule; the reason is for a person.
    """
    if isinstance(operation, Adopt):
        check_adoption(review, operation)
        return replay(review, operation, ())
    return replay(review, operation, _named(review, operation, extents(review, operation), taken))


def replay(review: Review, operation: Operation, made: tuple[Made, ...]) -> Applied:
    """Do an operation that was checked before, with the ids, spans and texts that it had then.

    The letter's text is not looked at. Raises Refused if the review does not hold what the operation names.
    """
    after = _done(review, operation, made)
    before_ids, after_ids = [f.id for f in review.findings], [f.id for f in after.findings]
    held, living_now = set(before_ids), set(after_ids)
    created = tuple(name for name in after_ids if name not in held)
    gone = tuple(name for name in before_ids if name not in living_now)
    return Applied(after, created, gone, made)


def _named(
    review: Review, operation: Operation, planned: tuple[Extent, ...], taken: Container[str]
) -> tuple[Made, ...]:
    if isinstance(operation, MoveBoundary | Place):
        return tuple(Made(operation.finding, *extent) for extent in planned)
    given = {f.id for f in review.findings} | {r.finding.id for r in review.removed}
    given |= {u.finding.id for u in review.unplaced}
    made: list[Made] = []
    for spans, text in planned:
        equals = sum(f.text == text and f.spans[0] < spans[0] for f in review.findings)
        equals += sum(other.text == text for other in made)
        name = finding_id(text, equals, Either(given, taken))
        given.add(name)
        made.append(Made(name, spans, text))
    return tuple(made)


class Either(Container[str]):
    """What is in any of several containers."""

    def __init__(self, *containers: Container[str]) -> None:
        self._containers = containers

    def __contains__(self, item: object) -> bool:
        return any(item in container for container in self._containers)


def _done(review: Review, operation: Operation, made: tuple[Made, ...]) -> Review:
    match operation:
        case Split() | Merge() | MoveBoundary() | Add() | Remove() | Restore():
            return _with_other_findings(review, operation, made)
        case Rebase() | Place() | DeclinePlace():
            return _with_other_places(review, operation, made)
        case Recategorise() | SetThemes() | SetNote() | SetSeen() | SetQuestion() | RefuseTheme():
            return _with_one_changed(review, operation)
        case SetLetterNote(note):
            return replace(review, note=note)
        case EditMetadata(field, value, span):
            return replace(review, metadata=metadata.edited(review.metadata, field, value, span))
        case HandIn():
            return replace(review, state="handed-in")
        case Reopen():
            return replace(review, state="open")
        case SettleDoubt(doubt, settled):
            return replace(review, doubts=_put(review.doubts, doubt, settled))
        case SetFollowup(earlier, verdict, finding):
            return replace(review, followups=_put(review.followups, earlier, Followup(verdict, finding)))
        case AnswerQuestion(asker, asked, question, answer):
            return replace(
                review, answers=_answered(review.answers, answer_key(asker, asked), Answer(question, answer))
            )
        case Adopt():
            return adopted(review, operation)


def _with_one_changed(
    review: Review, operation: Recategorise | SetThemes | SetNote | SetSeen | SetQuestion | RefuseTheme
) -> Review:
    match operation:
        case Recategorise(finding, category):
            return _changed(review, finding, category=category)
        case SetThemes(finding, themes):
            return _changed(review, finding, themes=united(themes))
        case SetNote(finding, note):
            return _changed(review, finding, note=note)
        case SetSeen(finding, seen):
            return _changed(review, finding, seen=seen)
        case SetQuestion(finding, question):
            return _changed(review, finding, question=question)
        case RefuseTheme(finding, theme):
            return _changed(review, finding, refused=united(living(review, finding).refused, (theme,)))


def _with_other_findings(
    review: Review, operation: Split | Merge | MoveBoundary | Add | Remove | Restore, made: tuple[Made, ...]
) -> Review:
    match operation:
        case Split(finding, _, reason):
            old = living(review, finding)
            parts = [split_part(old, part, reason) for part in made]
            return _exchanged(review, (old.id,), parts)
        case Merge(findings):
            first, second = sorted((living(review, f) for f in findings), key=place_of)
            return _exchanged(review, (first.id, second.id), [merged_finding(first, second, new) for new in made])
        case MoveBoundary(finding):
            old = living(review, finding)
            origin = "edited" if old.origin in ("parser", "import") else old.origin
            moved = [replace(old, spans=new.spans, text=new.text, seen=False, origin=origin) for new in made]
            return _exchanged(review, (old.id,), moved)
        case Add(category):
            return _exchanged(review, (), [added_finding(review, category, new) for new in made])
        case Remove(finding, reason):
            unplaced = waiting(review, finding)
            if unplaced is not None:
                return _with_unplaced(review, replace(unplaced, removed=reason))
            old = living(review, finding)
            stones = (*review.removed, RemovedFinding(old, reason))
            return replace(_exchanged(review, (old.id,), ()), removed=_in_order(stones, lambda r: place_of(r.finding)))
        case Restore(finding):
            unplaced = waiting(review, finding)
            if unplaced is not None:
                return _with_unplaced(review, replace(unplaced, removed=""))
            stone = tombstone(review, finding)
            if stone is None:
                raise Refused(f"no removed finding {finding} in {review.letter}")
            rest = tuple(r for r in review.removed if r.finding.id != finding)
            return replace(_exchanged(review, (), [stone.finding]), removed=rest)


def _with_other_places(review: Review, operation: Rebase | Place | DeclinePlace, made: tuple[Made, ...]) -> Review:
    match operation:
        case Rebase(_, state):
            try:
                placed = schema.from_json(state, review.text)
            except SchemaError as error:
                raise Refused(f"what the letter was placed as can't be read: {error}") from error
            return replace(placed, operations=review.operations, updated=review.updated)
        case Place(finding, spans):
            old = in_tray(review, finding).finding
            waiting_still = tuple(u for u in review.unplaced if u.finding.id != finding)
            origin = "edited" if spans and old.origin in ("parser", "import") else old.origin
            placed_at = [placed_finding(replace(old, origin=origin), new) for new in made]
            return replace(_exchanged(review, (), placed_at), unplaced=waiting_still)
        case DeclinePlace(finding):
            return _with_unplaced(review, replace(in_tray(review, finding), proposed=(), score=0.0))


def _with_unplaced(review: Review, changed: Unplaced) -> Review:
    others = (changed if u.finding.id == changed.finding.id else u for u in review.unplaced)
    return replace(review, unplaced=tuple(others))


def _changed(review: Review, finding_id_: str, **values: Any) -> Review:
    old = living(review, finding_id_)
    new = replace(old, **values)
    return replace(review, findings=tuple(new if f is old else f for f in review.findings))


def _exchanged(review: Review, old: Container[str], new: Iterable[ReviewedFinding]) -> Review:
    kept = [f for f in review.findings if f.id not in old]
    return replace(review, findings=_in_order((*kept, *new), place_of))


def _in_order(items: Iterable[_T], key: Callable[[_T], tuple[tuple[Span, ...], str]]) -> tuple[_T, ...]:
    return tuple(sorted(items, key=key))


def _answered(answers: Mapping[str, Answer], key: str, answer: Answer) -> Mapping[str, Answer]:
    """An empty answer leaves no table."""
    rest = {k: v for k, v in answers.items() if k != key}
    return MappingProxyType(rest | {key: answer} if answer.answer else rest)


def _put(table: Mapping[str, _T], key: str, value: _T) -> Mapping[str, _T]:
    return MappingProxyType({**table, key: value})
