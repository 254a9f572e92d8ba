"""Who, when, where and about what: all that a letter says of itself, each value with the place where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from parsers.authority import AuthorityReading, decide_authority, places_in_prose
from parsers.foot import read_foot
from parsers.found import MISSING, UNCERTAIN, Found, claims
from parsers.frame import HEAD_LIMIT, Frame
from parsers.head import HeadReading, read_head
from parsers.inspection import find_legal_basis, read_inspection
from parsers.letter import Doubt, Metadata, Region, Span
from parsers.pages import furniture_in, without
from parsers.places import PlaceName
from parsers.plain import Sheet, plain, span_of
from parsers.previous import read_previous
from parsers.wraps import unwrapped, wrap_width

FOOT_LIMIT = 8_000
"""Code points of the foot that are read: signature and copy list."""
OPENING_LIMIT = 20_000
"""Code points of the opening that are read."""


class MetadataReading(NamedTuple):
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


class _Zones(NamedTuple):
    head: Span
    opening: Span
    foot: Span


def read_metadata(text: str, frame: Frame, opening: Span) -> MetadataReading:
    """Read a letter's metadata. Never raises; the same text gives the same answer, in time linear in its length.

    Args:
        text: the letter.
        frame: from `parsers.frame.find_frame`.
        opening: the body before the first findings; earlier inspections and the inspection's dates are looked for here.
    """
    zones = _Zones(_first(frame.head, HEAD_LIMIT), _first(opening, OPENING_LIMIT), _first(frame.foot, FOOT_LIMIT))
    sheet, furniture = _sheet(text, zones)
    in_body = places_in_prose(sheet, zones.opening)
    head = read_head(sheet, zones.head, in_body)
    foot = read_foot(sheet, zones.foot, in_body)
    dated = head.found.spans.get("date")
    date = head.date if dated or foot.date is None else foot.date.days[0]
    inspection = read_inspection(sheet.words, zones.opening, head.subject_span, date)
    previous = read_previous(sheet, zones.opening, inspection.dates[0] if inspection.dates else date)
    authority = _read_authority(sheet, in_body, head)
    legal = find_legal_basis(sheet.words, zones.opening)
    metadata = Metadata(
        date=date,
        addressee=head.addressee,
        salutation=head.salutation,
        subject=head.subject,
        authority=authority.authority,
        council=authority.council,
        inspection_dates=inspection.dates,
        legal_basis=sheet.value(legal) if legal else None,
        previous_inspection=previous.inspections,
        signatory=foot.signatory,
        copies=foot.copies,
        contact=head.contact,
    )
    dated = dated or (foot.date.span if foot.date else None)
    spans = {"date": dated, "inspection_dates": inspection.span, "legal_basis": legal}
    own = Found(
        {path: span for path, span in spans.items() if span},
        (),
        (*_missing(metadata, zones), *_out_of_order(metadata, dated), *inspection.doubts),
    )
    return _together(text, metadata, (own, head.found, authority.found, previous.found, foot.found), furniture)


def _first(span: Span, limit: int) -> Span:
    return span_of((span.start, min(span.end, span.start + limit)))


def _sheet(text: str, zones: _Zones) -> tuple[Sheet, list[Span]]:
    """The letter as the readers see it: furniture blanked, wrapped lines of head and foot joined; and the furniture."""
    words = plain(text)
    furniture: list[Span] = []
    for zone in zones:
        furniture += furniture_in(words, zone.start, zone.end)
    furniture.sort()
    words = without(words, furniture)
    width = wrap_width(words)
    for zone in (zones.head, zones.foot):
        words = unwrapped(words, zone.start, zone.end, width)
    return Sheet(without(text, furniture), words), furniture


def _together(text: str, metadata: Metadata, parts: Sequence[Found], furniture: Sequence[Span]) -> MetadataReading:
    spans: dict[str, Span] = {}
    regions: list[Region] = []
    doubts: list[Doubt] = []
    for part in parts:
        spans |= part.spans
        regions += part.regions
        doubts += part.doubts
    doubts.sort(key=attrgetter("span"))
    return MetadataReading(metadata, spans, claims(text, regions, furniture), tuple(doubts))


def _read_authority(sheet: Sheet, in_body: Sequence[PlaceName], head: HeadReading) -> AuthorityReading:
    in_subject = places_in_prose(sheet, head.subject_span) if head.subject_span else ()
    return decide_authority(
        {"body": next(iter(in_body), None), "subject": next(iter(in_subject), None), "addressee": head.council}
    )


def _missing(metadata: Metadata, zones: _Zones) -> list[Doubt]:
    wanted = (
        (metadata.date, "the date of the letter was not found", zones.head),
        (metadata.addressee.name, "the name of the addressee was not found", zones.head),
        (metadata.authority, "the authority that was inspected was not found", zones.opening),
        (metadata.inspection_dates, "the dates of the inspection were not found", zones.opening),
        (metadata.signatory.name, "the signatory was not found", zones.foot),
    )
    nowhere = span_of((0, 0))
    return [
        Doubt(MISSING, message, zone if zone.start < zone.end else nowhere)
        for value, message, zone in wanted
        if not value
    ]


def _out_of_order(metadata: Metadata, date_span: Span | None) -> list[Doubt]:
    if metadata.date and date_span and metadata.inspection_dates and metadata.date < metadata.inspection_dates[0]:
        return [Doubt(UNCERTAIN, "the letter is dated before the inspection", date_span)]
    return []
