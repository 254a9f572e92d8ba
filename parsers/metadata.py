"""Who, when, where and about what: all that a letter says of itself, each value with the place where it stands."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parsers.authority import AuthorityReading, decide_authority, places_in_prose
from parsers.copies import CopiesReading, find_copy_mark, read_copies
from parsers.dates import Dates, find_dates
from parsers.frame import HEAD_LIMIT, Frame, find_valediction
from parsers.head import HeadReading, find_letter_date, read_head
from parsers.letter import Doubt, Metadata, Region, RegionKind, Span
from parsers.places import PlaceName
from parsers.plain import MISSING, NOWHERE, UNCERTAIN, Found, Sheet, claims, furniture_in, plain, without
from parsers.previous import read_previous
from parsers.signature import SignatureReading, read_signature

FOOT_LIMIT = 8_000
"""Code points of the foot that are read: signature and copy list."""
OPENING_LIMIT = 20_000
"""Code points of the opening that are read."""

_LEGAL_BASIS = re.compile(
    r"\b[Ss]ections?\s{1,3}\d{1,4}[A-Z]{0,2}(?:\(\w{1,4}\)){0,3}"
    r"(?:\s{0,3}(?:,|and|to|or|-|&)\s{0,3}(?:[Ss]ections?\s)?\d{1,4}[A-Z]{0,2}(?:\(\w{1,4}\)){0,3}){0,6}"
    r"\s{1,3}of\s{1,3}(?:the\s{1,3})?[A-Z][^.;\d]{2,100}?\sAct,?\s{1,3}\d{4}"
)
_OTHER_DATE = re.compile(r"\b(?:previous|previously|last|earlier|prior|since|letter (?:of|dated)|published|born)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]\s")
_SENTENCE_REACH = 400


@dataclass(frozen=True, slots=True)
class MetadataReading:
    """What was read of a letter's metadata.

    Attributes:
        metadata: the values; None and () are unknown.
        spans: where each known value stands, by its path (`date`, `addressee.name`, `copies.1.role`; counted from 1). A
            value of several pieces has the span from the first to the last of them.
        regions: the parts of the letter that were recognised, in order, none over another, each trimmed of white space.
        doubts: what is missing (`missing-metadata`) or guessed (`uncertain-metadata`), in the order of the text.
    """

    metadata: Metadata
    spans: Mapping[str, Span]
    regions: tuple[Region, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class _Foot:
    signature: SignatureReading
    copies: CopiesReading
    date: Dates | None
    found: Found


@dataclass(frozen=True, slots=True)
class _Inspection:
    dates: tuple[dt.date, ...]
    span: Span | None
    doubts: tuple[Doubt, ...]


def read_metadata(text: str, frame: Frame, opening: Span) -> MetadataReading:
    """Read a letter's metadata. Never raises; the same text gives the same answer, in time linear in its length.

    Args:
        text: the letter.
        frame: from `parsers.frame.find_frame`.
        opening: the body before the first findings; earlier inspections and the inspection's dates are looked for here.
    """
    head = Span(frame.head.start, min(frame.head.end, frame.head.start + HEAD_LIMIT))
    opening = Span(opening.start, min(opening.end, opening.start + OPENING_LIMIT))
    foot = Span(frame.foot.start, min(frame.foot.end, frame.foot.start + FOOT_LIMIT))
    words = plain(text)
    furniture = [span for zone in (head, opening, foot) for span in furniture_in(words, zone.start, zone.end)]
    sheet = Sheet(without(text, furniture), without(words, furniture))

    in_body = places_in_prose(sheet, opening)
    head_reading = read_head(sheet, head, in_body)
    foot_reading = _read_foot(sheet, foot, in_body)
    date, date_span = head_reading.date, head_reading.found.spans.get("date")
    if date is None and foot_reading.date:
        date, date_span = foot_reading.date.days[0], foot_reading.date.span
    inspection = _read_inspection(sheet.words, opening, head_reading.subject_span, date)
    previous = read_previous(sheet, opening, inspection.dates[0] if inspection.dates else date)
    authority = _read_authority(sheet, in_body, head_reading)
    legal = _LEGAL_BASIS.search(sheet.words, opening.start, opening.end)
    metadata = Metadata(
        date=date,
        addressee=head_reading.addressee,
        salutation=head_reading.salutation,
        subject=head_reading.subject,
        authority=authority.authority,
        council=authority.council,
        inspection_dates=inspection.dates,
        legal_basis=sheet.value(Span(*legal.span())) if legal else None,
        previous_inspection=previous.inspections,
        signatory=foot_reading.signature.signatory,
        copies=foot_reading.copies.copies,
        contact=head_reading.contact,
    )
    spans = {"date": date_span, "inspection_dates": inspection.span, "legal_basis": Span(*legal.span()) if legal else None}
    parts = (head_reading.found, authority.found, previous.found, foot_reading.found)
    doubts = [*_missing(metadata, head, opening, foot), *_out_of_order(metadata, date_span), *inspection.doubts]
    return _gather(text, metadata, spans, parts, doubts, furniture)


def _gather(
    text: str,
    metadata: Metadata,
    spans: Mapping[str, Span | None],
    parts: Iterable[Found],
    doubts: Iterable[Doubt],
    furniture: Iterable[Span],
) -> MetadataReading:
    parts = tuple(parts)
    known = {path: span for path, span in spans.items() if span}
    for part in parts:
        known |= part.spans
    regions = claims(text, (region for part in parts for region in part.regions), sorted(furniture))
    every = sorted((*doubts, *(doubt for part in parts for doubt in part.doubts)), key=lambda doubt: doubt.span)
    return MetadataReading(metadata, known, regions, tuple(every))


def _read_foot(sheet: Sheet, foot: Span, known: Sequence[PlaceName]) -> _Foot:
    """Valediction, signature, copy list, and a date if one stands there by itself."""
    valediction = find_valediction(sheet.words, foot.start, foot.end)
    begin = valediction.end if valediction else foot.start
    mark = find_copy_mark(sheet.words, begin, foot.end)
    signature = read_signature(sheet, Span(begin, mark.start if mark else foot.end))
    copies = read_copies(sheet, mark, foot.end, known) if mark else CopiesReading()
    date = find_letter_date(sheet.words, begin, foot.end, alone=True)
    date = date if date and date.days else None
    closing = (Region(RegionKind.CLOSING, valediction),) if valediction else ()
    dated = (Region(RegionKind.DATE, date.span),) if date else ()
    found = Found(
        {**signature.found.spans, **copies.found.spans},
        (*closing, *signature.found.regions, *copies.found.regions, *dated),
        (*signature.found.doubts, *copies.found.doubts),
    )
    return _Foot(signature, copies, date, found)


def _read_inspection(words: str, opening: Span, subject: Span | None, date: dt.date | None) -> _Inspection:
    """The days of the inspection: the first that the opening names, but for those of something earlier; else the subject's."""
    found = [d for d in find_dates(words, opening.start, opening.end) if not _is_of_something_else(words, opening.start, d)]
    if not found and subject:
        found = find_dates(words, subject.start, subject.end)
    dates = next((d for d in found if d.days or d.impossible), None) or next(iter(found), None)
    if dates is None:
        return _Inspection((), None, ())
    if dates.days:
        return _Inspection(dates.days, dates.span, ())
    if dates.impossible:
        return _Inspection((), None, (Doubt(UNCERTAIN, "a day of the inspection is in no calendar", dates.span),))
    guessed = dates.before(date) if date else ()
    doubt = Doubt(UNCERTAIN, "the year of the inspection is not written; the last one before the letter is taken", dates.span)
    return _Inspection(guessed, dates.span if guessed else None, (doubt,) if guessed else ())


def _is_of_something_else(words: str, start: int, dates: Dates) -> bool:
    """Whether the sentence up to the date speaks of an earlier inspection, a letter or the like."""
    before = words[max(start, dates.span.start - _SENTENCE_REACH) : dates.span.start]
    sentence = _SENTENCE_END.split(before)[-1]
    return _OTHER_DATE.search(sentence) is not None


def _read_authority(sheet: Sheet, in_body: Sequence[PlaceName], head: HeadReading) -> AuthorityReading:
    in_subject = places_in_prose(sheet, head.subject_span) if head.subject_span else ()
    return decide_authority(
        {"body": next(iter(in_body), None), "subject": next(iter(in_subject), None), "addressee": head.council}
    )


def _missing(metadata: Metadata, head: Span, opening: Span, foot: Span) -> list[Doubt]:
    wanted = (
        (metadata.date, "the date of the letter was not found", head),
        (metadata.addressee.name, "the name of the addressee was not found", head),
        (metadata.authority, "the authority that was inspected was not found", opening),
        (metadata.inspection_dates, "the dates of the inspection were not found", opening),
        (metadata.signatory.name, "the signatory was not found", foot),
    )
    return [Doubt(MISSING, message, zone if zone.start < zone.end else NOWHERE) for value, message, zone in wanted if not value]


def _out_of_order(metadata: Metadata, date_span: Span | None) -> list[Doubt]:
    if metadata.date and date_span and metadata.inspection_dates and metadata.date < metadata.inspection_dates[0]:
        return [Doubt(UNCERTAIN, "the letter is dated before the inspection", date_span)]
    return []
