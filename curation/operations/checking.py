"""What an operation has to fulfil before it is done. Where findings will stand that it makes: `extents`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import assert_never

from curation import metadata
from curation.nearest import nearest
from curation.operations.data import (
    REMOVAL_REASONS,
    SETTLED,
    VERDICTS,
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
from curation.operations.held import in_tray, living, shown, tombstone, unknown, waiting
from curation.operations.room import check_place, check_room
from curation.review import REVIEWER_NAME, Review
from parsers.profile import category_table

LONGEST_TEXT = 20_000
"""Code points of a note or a question at most: a file of all of them stays readable."""

_THEME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_DOUBT = re.compile(r"[a-z][a-z-]*-(\d{1,9})")
_FINDING = re.compile(r"f-[0-9a-z]+")
_EARLIER = re.compile(r"[^#\n]+#f-[0-9a-z]+")


def check(review: Review, operation: Operation) -> None:
    """See that an operation that makes no finding, and gives none another extent, can be done. Raises Refused."""
    match operation:
        case Recategorise() | SetThemes() | SetNote() | SetQuestion() | SetSeen() | RefuseTheme():
            living(review, operation.finding)
            _check_value(review, operation)
        case Remove(finding, reason):
            if waiting(review, finding) is None:
                living(review, finding)
            else:
                in_tray(review, finding)
            one_of("a reason of removal", reason, REMOVAL_REASONS)
        case Restore(finding):
            _check_restore(review, finding)
        case DeclinePlace(finding):
            if not in_tray(review, finding).proposed:
                raise Refused(f"no place was proposed for {finding}")
        case SetLetterNote(note):
            _check_text("a note", note)
        case EditMetadata():
            _check_metadata(review, operation)
        case SettleDoubt(doubt, settled):
            _check_doubt(review, doubt)
            one_of("an answer to a doubt", settled, SETTLED)
        case SetFollowup():
            _check_followup(review, operation)
        case AnswerQuestion():
            _check_answer(operation)
        case HandIn() | Reopen() | Rebase() | Adopt():
            # The first two can always be done; a plan and an adoption are checked where they are made.
            pass
        case Split() | Merge() | MoveBoundary() | Add() | Place():
            raise AssertionError(f"{type(operation).__name__} is checked with the extents that it makes")
        case _:
            assert_never(operation)


def _check_value(
    review: Review, operation: Recategorise | SetThemes | SetNote | SetQuestion | SetSeen | RefuseTheme
) -> None:
    """See that what is to be said of a finding can be said."""
    match operation:
        case Recategorise(_, category):
            check_category(review, category)
        case SetThemes(_, themes, from_rank):
            check_themes(themes)
            if from_rank is not None and from_rank < 1:
                raise Refused("from_rank counts from 1")
        case SetNote(_, note):
            _check_text("a note", note)
        case SetQuestion(_, question):
            _check_text("a question", question)
        case RefuseTheme(_, theme):
            check_themes((theme,))
        case SetSeen():
            pass
        case _:
            assert_never(operation)


def _check_restore(review: Review, finding_id: str) -> None:
    unplaced = waiting(review, finding_id)
    if unplaced is not None and unplaced.removed:
        return
    removed = tombstone(review, finding_id)
    if removed is not None:
        check_room(review.findings, removed.finding.spans)
    elif review.find(finding_id) is not None:
        raise Refused(f"{finding_id} was not removed")
    else:
        raise Refused(unknown(review, finding_id, (r.finding.id for r in review.removed), "removed finding"))


@lru_cache(maxsize=32)
def _categories(profile: str) -> tuple[str, ...]:
    return tuple(category_table(profile or None))


def check_category(review: Review, category: str) -> None:
    """See that a finding of the letter can stand under `category`. Raises Refused."""
    held = [f.category for f in review.findings] + [r.finding.category for r in review.removed]
    one_of("a category of this letter", category, dict.fromkeys((*_categories(review.source.profile), *held)))


def check_themes(themes: Sequence[str]) -> None:
    """See that these can be ids of themes. Raises Refused."""
    for theme in themes:
        if not _THEME.fullmatch(theme):
            raise Refused(f"{shown(theme)} is no theme id: it has small letters, digits, - and _, at most 64")


def _check_text(what: str, text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise Refused(f"{what} has at most {LONGEST_TEXT:,} characters, this one has {len(text):,}")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise Refused(f"{what} can't hold half a character (a lone surrogate)")


def _check_metadata(review: Review, operation: EditMetadata) -> None:
    if metadata.locate(operation.field) is None:
        likely = nearest(operation.field, metadata.fields())
        raise Refused(f"there is no metadata field {shown(operation.field)}; the nearest is {likely}")
    try:
        after = metadata.edited(review.metadata, operation.field, operation.value, operation.span)
    except metadata.BadValue as error:
        raise Refused(f"{operation.field}: {error}") from error
    check_place(review, operation.span)
    value = metadata.value_at(after, operation.field)
    for text in value if isinstance(value, tuple) else (value,):
        if isinstance(text, str):
            _check_text("a metadata value", text)


def _check_doubt(review: Review, doubt: str) -> None:
    found = _DOUBT.fullmatch(doubt)
    if found is None or int(found[1]) > len(review.text):
        raise Refused(f"{shown(doubt)} is no doubt of this letter; one is named by code and place, page-join-4101")


def _check_followup(review: Review, operation: SetFollowup) -> None:
    if not _EARLIER.fullmatch(operation.earlier):
        raise Refused(f"{shown(operation.earlier)} names no earlier finding: write LETTER#FINDING")
    one_of("a verdict", operation.verdict, VERDICTS)
    if operation.finding:
        living(review, operation.finding)
    elif operation.verdict != "not-mentioned":
        raise Refused(f"{operation.verdict} needs the finding that speaks of it; without one only not-mentioned fits")


def _check_answer(operation: AnswerQuestion) -> None:
    if not REVIEWER_NAME.fullmatch(operation.asker):
        raise Refused(f"{shown(operation.asker)} can't be a reviewer's name")
    if not _FINDING.fullmatch(operation.asked):
        raise Refused(f"{shown(operation.asked)} is no id of a finding, such as f-3k9qz2")
    if not operation.question.strip():
        raise Refused("an answer needs the question that it answers")
    _check_text("a question", operation.question)
    _check_text("an answer", operation.answer)


def one_of(what: str, value: str, allowed: Iterable[str]) -> None:
    """See that a word is one of those allowed; `what` is what it has to be. Raises Refused."""
    known = tuple(allowed)
    if value not in known:
        raise Refused(f"{shown(value)} is not {what}: it is one of {', '.join(known)}")
