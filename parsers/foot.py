"""The foot of a letter: valediction, signature, copy list, and a date if one stands there by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from parsers.copies import CopiesReading, find_copy_mark, read_copies
from parsers.dates import Dates
from parsers.found import Found
from parsers.frame import find_valediction
from parsers.head import find_letter_date
from parsers.letter import Person, Region, RegionKind, Span
from parsers.places import PlaceName
from parsers.plain import Sheet, span_of
from parsers.signature import read_signature


class FootReading(NamedTuple):
    """What the foot says; `date` is a day on a line of its own, for a letter that has none in its head."""

    signatory: Person = Person()
    copies: tuple[Person, ...] = ()
    date: Dates | None = None
    found: Found = Found()


def read_foot(sheet: Sheet, foot: Span, known: Sequence[PlaceName]) -> FootReading:
    """Read a letter's foot.

    Args:
        sheet: the letter, its furniture blanked.
        foot: from `parsers.frame.find_frame`.
        known: the councils that the letter names; they help to cut a line that lost its breaks.
    """
    valediction = find_valediction(sheet.words, foot.start, foot.end)
    begin = valediction.end if valediction else foot.start
    mark = find_copy_mark(sheet.words, begin, foot.end)
    signature = read_signature(sheet, span_of((begin, mark.start if mark else foot.end)))
    end = foot.end
    if mark is None and valediction and foot.start < valediction.start:
        mark, end = find_copy_mark(sheet.words, foot.start, valediction.start), valediction.start
    copies = read_copies(sheet, mark, end, known) if mark else CopiesReading()
    date = find_letter_date(sheet.words, begin, foot.end, alone=True)
    date = date if date and date.days else None
    regions = [*signature.found.regions, *copies.found.regions]
    if valediction:
        regions.append(Region(RegionKind.CLOSING, valediction))
    if date:
        regions.append(Region(RegionKind.DATE, date.span))
    spans = {**signature.found.spans, **copies.found.spans}
    doubts = (*signature.found.doubts, *copies.found.doubts)
    return FootReading(signature.signatory, copies.copies, date, Found(spans, tuple(regions), doubts))
