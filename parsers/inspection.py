"""The inspection that a letter is about: on which days it was, and under which law."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from parsers.dates import Dates, find_dates
from parsers.found import UNCERTAIN
from parsers.ids import fold
from parsers.letter import Doubt, Span
from parsers.plain import span_of

_LEGAL_BASIS = re.compile(
    r"[Ss]ections?\s{1,3}\d{1,4}[A-Z]{0,2}(?:\(\w{1,4}\)){0,3}"
    r"(?:\s{0,3}(?:,|and|to|or|-|&)\s{0,3}(?:[Ss]ections?\s)?\d{1,4}[A-Z]{0,2}(?:\(\w{1,4}\)){0,3}){0,6}"
    r"\s{1,3}of\s{1,3}(?:the\s{1,3})?[A-Z][^.;\d]{2,100}?\sAct,?\s{1,3}\d{4}"
)
_OTHER_DATES = ("previous", " last ", "earlier", " prior ", " since ", "letter of", "letter dated", "published")
_SENTENCE_ENDS = (". ", "! ", "? ")
_SENTENCE_REACH = 400


class Inspection(NamedTuple):
    """The days of the inspection in order, where they stand, and what is doubted."""

    dates: tuple[dt.date, ...]
    span: Span | None
    doubts: tuple[Doubt, ...]


def read_inspection(words: str, opening: Span, subject: Span | None, date: dt.date | None) -> Inspection:
    """The days of the inspection: the first in the opening that are not of something else, or those in the subject.

    Args:
        words: the plain text, its furniture blanked.
        opening: the body before the first findings.
        subject: where the subject stands, if it does.
        date: of the letter, which gives the year where none is written.
    """
    dates = None
    for found in find_dates(words, opening.start, opening.end):
        if not _is_of_something_else(words, opening.start, found):
            dates = dates or found
            if found.days or found.impossible:
                dates = found
                break
    if dates is None and subject:
        dates = next(find_dates(words, subject.start, subject.end), None)
    if dates is None:
        return Inspection((), None, ())
    if dates.days:
        return Inspection(dates.days, dates.span, ())
    if dates.impossible:
        return Inspection((), None, (Doubt(UNCERTAIN, "a day of the inspection is in no calendar", dates.span),))
    guessed = dates.before(date) if date else ()
    doubt = Doubt(
        UNCERTAIN, "the year of the inspection is not written; the last one before the letter is taken", dates.span
    )
    return Inspection(guessed, dates.span if guessed else None, (doubt,) if guessed else ())


def _is_of_something_else(words: str, start: int, dates: Dates) -> bool:
    """Whether the sentence up to the date speaks of an earlier inspection, a letter or the like."""
    begin = dates.span.start
    # With the first character of the date: what ends before it is followed by white space.
    before = fold(words[max(start, begin - _SENTENCE_REACH) : begin + 1])
    sentence = before[max([before.rfind(end) for end in _SENTENCE_ENDS]) + 1 :]
    return any(map(f" {sentence} ".casefold().__contains__, _OTHER_DATES))


def find_legal_basis(words: str, opening: Span) -> Span | None:
    """Where `section 138 of the Education and Inspections Act 2006` or the like stands; None if nowhere."""
    place = words.find("ection", opening.start + 1, opening.end)
    while place >= 0:
        match = _LEGAL_BASIS.match(words, place - 1, opening.end)
        if match and not words[place - 2 : place - 1].isalnum():
            return span_of(match.span())
        place = words.find("ection", place + 1, opening.end)
    return None
