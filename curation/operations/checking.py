"""What an operation has to fulfil before it is done, and the spans of the findings that it will make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from curation import metadata
from curation.nearest import nearest
from curation.operations.data import (
    REMOVAL_REASONS,
    SETTLED,
    SIDES,
    SPLIT_REASONS,
    VERDICTS,
    Add,
    AnswerQuestion,
    DeclinePlace,
    EditMetadata,
    Merge,
    MoveBoundary,
    Operation,
    Place,
    Recategorise,
    Refused,
    RefuseTheme,
    Remove,
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
from curation.review import REVIEWER_NAME, Review, ReviewedFinding
from curation.spans import clipped, outside, overlap, overlap_each_other, text_of, tidy
from parsers.letter import Span
from parsers.profile import category_table

LONGEST_TEXT = 20_000
"""Code points of a note or a question at most: a file of all of them stays readable."""

_THEME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_DOUBT = re.compile(r"[a-z][a-z-]*-(\d{1,9})")
_FINDING = re.compile(r"f-[0-9a-z]+")
_EARLIER = re.compile(r"[^#\n]+#f-[0-9a-z]+")


class Extent(NamedTuple):
    """Where a finding that an operation makes will stand, and its text."""

    spans: tuple[Span, ...]
    text: str


def extents(review: Review, operation: Operation) -> tuple[Extent, ...]:
    """Check an operation as a whole and say which findings it makes (or gives a new extent), in the order of the text.

    Raises Refused.
    """
    match operation:
        case Split():
            return _split(review, operation)
        case Merge():
            return _merge(review, operation)
        case MoveBoundary():
            return _move_boundary(review, operation)
        case Add():
            return _add(review, operation)
        case Place():
            return _place(review, operation)
        case _:
            _check(review, operation)
            return ()


def _check(review: Review, operation: Operation) -> None:
    match operation:
        case Recategorise(finding, category):
            living(review, finding)
            check_category(review, category)
        case Remove(finding, reason):
            if waiting(review, finding) is None:
                living(review, finding)
            else:
                in_tray(review, finding)
            _one_of("a reason of removal", reason, REMOVAL_REASONS)
        case Restore(finding):
            _check_restore(review, finding)
        case SetThemes(finding, themes, from_rank):
            living(review, finding)
            check_themes(themes)
            if from_rank is not None and from_rank < 1:
                raise Refused("from_rank counts from 1")
        case SetNote(finding, note):
            living(review, finding)
            _check_text("a note", note)
        case SetQuestion(finding, question):
            living(review, finding)
            _check_text("a question", question)
        case SetSeen(finding):
            living(review, finding)
        case SetLetterNote(note):
            _check_text("a note", note)
        case EditMetadata():
            _check_metadata(review, operation)
        case SettleDoubt(doubt, settled):
            _check_doubt(review, doubt)
            _one_of("an answer to a doubt", settled, SETTLED)
        case RefuseTheme(finding, theme):
            living(review, finding)
            check_themes((theme,))
        case DeclinePlace(finding):
            if not in_tray(review, finding).proposed:
                raise Refused(f"no place was proposed for {finding}")
        case SetFollowup():
            _check_followup(review, operation)
        case AnswerQuestion():
            _check_answer(operation)
        case _:
            pass


def _split(review: Review, operation: Split) -> tuple[Extent, ...]:
    finding = living(review, operation.finding)
    _one_of("a reason of a split", operation.reason, SPLIT_REASONS)
    first, last = finding.spans[0].start, finding.spans[-1].end
    if not first <= operation.at <= last:
        raise Refused(f"{operation.at} is not inside {finding.id}, which stands at {first}-{last}")
    parts = (
        tidy(review.text, clipped(finding.spans, 0, operation.at)),
        tidy(review.text, clipped(finding.spans, operation.at, last)),
    )
    if not all(parts):
        raise Refused(f"{finding.id} can't be split at {operation.at}: that is its end, one part would be empty")
    return _extents(review, parts)


def _merge(review: Review, operation: Merge) -> tuple[Extent, ...]:
    places = sorted(review.index(living(review, finding).id) for finding in operation.findings)
    before, after = places[0], places[1]
    if before == after:
        raise Refused(f"{operation.findings[0]} can't be merged with itself")
    if after - before > 1:
        between = review.findings[before + 1]
        names = " and ".join(operation.findings)
        raise Refused(f"{names} are not neighbours: {between.id} stands between them")
    spans = sorted(review.findings[before].spans + review.findings[after].spans)
    return _extents(review, [tidy(review.text, spans)])


def _move_boundary(review: Review, operation: MoveBoundary) -> tuple[Extent, ...]:
    finding = living(review, operation.finding)
    _one_of("a side", operation.side, SIDES)
    if not 0 <= operation.to <= len(review.text):
        raise Refused(f"{operation.to} is outside the letter, which has {len(review.text)} characters")
    if overlap_each_other(operation.without):
        raise Refused("what is left out has to stand in the order of the text, without overlapping")
    spans = tidy(review.text, _moved(finding.spans, operation))
    if not spans:
        raise Refused(f"nothing would be left of {finding.id}: remove it instead")
    for other in review.findings:
        if other.id != finding.id and overlap(spans, other.spans):
            raise Refused(f"{finding.id} would overlap {other.id}: move its boundary first")
    return _extents(review, [spans])


def _moved(spans: tuple[Span, ...], operation: MoveBoundary) -> tuple[Span, ...]:
    """The spans up to the new boundary; of what it takes in, all but what is to be left out."""
    first, last, to = spans[0].start, spans[-1].end, operation.to
    if operation.side == "start":
        return (*outside(Span(to, first), operation.without), *clipped(spans, to, last))
    return (*clipped(spans, 0, to), *outside(Span(last, to), operation.without))


def _add(review: Review, operation: Add) -> tuple[Extent, ...]:
    check_category(review, operation.category)
    if not operation.spans:
        raise Refused("a finding needs at least one span")
    return _extents(review, [_room_for(review, operation.spans)])


def _room_for(review: Review, wanted: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans of a finding that is to stand at `wanted`. Raises Refused."""
    for span in wanted:
        _check_place(review, span)
    if overlap_each_other(wanted):
        raise Refused("the spans have to stand in the order of the text, without overlapping")
    spans = tidy(review.text, wanted)
    if not spans:
        raise Refused("there is nothing but white space there")
    check_room(review.findings, spans)
    return spans


def _place(review: Review, operation: Place) -> tuple[Extent, ...]:
    spans = operation.spans or in_tray(review, operation.finding).proposed
    if not spans:
        raise Refused(f"nothing in the letter is like {operation.finding}: say where it stands")
    in_tray(review, operation.finding)
    return _extents(review, [_room_for(review, spans)])


def _check_place(review: Review, span: Span | None) -> None:
    if span is not None and not 0 <= span.start < span.end <= len(review.text):
        raise Refused(f"{span.start}-{span.end} is no place in the letter, which has {len(review.text)} characters")


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


def check_room(others: Iterable[ReviewedFinding], spans: tuple[Span, ...]) -> None:
    """See that a finding at `spans` has its place among the other living ones. Raises Refused.

    It may not overlap one, nor lie around one, nor one around it: findings have an order.
    """
    for other in others:
        if overlap(spans, other.spans):
            raise Refused(f"it would overlap {other.id}")
        if spans[0].start < other.spans[-1].end and other.spans[0].start < spans[-1].end:
            raise Refused(f"it would lie around {other.id} or inside it: a finding is one stretch of the letter")


@lru_cache(maxsize=32)
def _categories(profile: str) -> tuple[str, ...]:
    return tuple(category_table(profile or None))


def check_category(review: Review, category: str) -> None:
    """See that a finding of the letter can stand under `category`. Raises Refused."""
    held = [f.category for f in review.findings] + [r.finding.category for r in review.removed]
    _one_of("a category of this letter", category, dict.fromkeys((*_categories(review.source.profile), *held)))


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
    _check_place(review, operation.span)
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
    _one_of("a verdict", operation.verdict, VERDICTS)
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


def _extents(review: Review, of_each: Iterable[tuple[Span, ...]]) -> tuple[Extent, ...]:
    return tuple(Extent(spans, text_of(review.text, spans)) for spans in of_each)


def _one_of(what: str, value: str, allowed: Iterable[str]) -> None:
    known = tuple(allowed)
    if value not in known:
        raise Refused(f"{shown(value)} is not {what}: it is one of {', '.join(known)}")
