"""The head of a letter: letterhead, date, addressee, salutation, subject, in any order and on any number of lines."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from parsers.addressee import POSTCODE, AddresseeReading, read_addressee
from parsers.contact import CONTACT_MARK, read_contact
from parsers.dates import Dates, find_dates
from parsers.found import UNCERTAIN, Found
from parsers.ids import fold
from parsers.letter import Addressee, Contact, Doubt, Region, RegionKind, Span
from parsers.people import role_at, title_at, tokens_in
from parsers.places import PlaceName
from parsers.plain import Sheet, lines_in, span_of, trim
from parsers.salutation import Salutation, find_salutation

_DATE_LABEL = re.compile(r"(?:dated?|published)?\s?:?\s*", re.IGNORECASE)
_OUTSIDE = ",:;-*_#"
_SHORTEST_SUBJECT = 4
_LONGEST_SUBJECT = 80
_SMALL_WORDS = frozenset("and of for the to in at by with on upon from within".split())


class HeadReading(NamedTuple):
    """What the head says; `council` is the addressee's organisation, `subject_span` where the subject stands."""

    date: dt.date | None = None
    addressee: Addressee = Addressee()
    salutation: str | None = None
    subject: str | None = None
    contact: Contact = Contact()
    council: PlaceName | None = None
    subject_span: Span | None = None
    found: Found = Found()


class _Parts(NamedTuple):
    date: Dates | None
    greeting: Salutation | None
    addressee: AddresseeReading
    subject: Span | None
    doubts: tuple[Doubt, ...]


def read_head(sheet: Sheet, head: Span, known: Sequence[PlaceName]) -> HeadReading:
    """Read a letter's head.

    Args:
        sheet: the letter, its furniture blanked.
        head: from `parsers.frame.find_frame`.
        known: the councils that the body names, best first; they help to cut a line that lost its breaks.
    """
    parts = _find_parts(sheet, head, known)
    date, greeting, reading, subject = parts.date, parts.greeting, parts.addressee, parts.subject
    taken = [span for span in (date and date.span, reading.block, greeting and greeting.span, subject) if span]
    letterhead = _letterhead(sheet.words, head, taken)
    contact, contact_spans = read_contact(sheet, letterhead)
    spans = {**reading.found.spans, **contact_spans}
    if date and date.days:
        spans["date"] = date.span
    if greeting:
        spans["salutation"] = greeting.name
    if subject:
        spans["subject"] = subject
    regions = (*reading.found.regions, *_regions(letterhead, date, greeting, subject))
    return HeadReading(
        date=date.days[0] if date and date.days else None,
        addressee=reading.addressee,
        salutation=sheet.value(greeting.name) if greeting else None,
        subject=sheet.value(subject) if subject else None,
        contact=contact,
        council=reading.council,
        subject_span=subject,
        found=Found(spans, regions, parts.doubts),
    )


def _find_parts(sheet: Sheet, head: Span, known: Sequence[PlaceName]) -> _Parts:
    """Part the head from its end: the salutation first, then what stands behind it and before it."""
    greeting, doubts = find_salutation(sheet, head)
    subject, subject_doubts = _find_subject(sheet.words, head, greeting)
    upto = min([head.end, *(span.start for span in (greeting and greeting.span, subject) if span)])
    date = find_letter_date(sheet.words, head.start, upto) or find_letter_date(sheet.words, upto, head.end, alone=True)
    reading = _read_addressee(sheet, span_of((head.start, upto)), date, greeting, known)
    if greeting and subject is None and reading.block:
        subject = _subject_between(sheet.words, reading.block.end, greeting.span.start, date)
    if subject and date:
        subject = _beside(sheet.words, subject, date.span)
    doubts = (*doubts, *reading.found.doubts, *subject_doubts, *_contradiction(sheet, greeting, reading))
    return _Parts(date, greeting, reading, subject, doubts)


def _regions(
    letterhead: Iterable[Span], date: Dates | None, greeting: Salutation | None, subject: Span | None
) -> list[Region]:
    regions = [Region(RegionKind.LETTERHEAD, span) for span in letterhead]
    if date:
        regions.append(Region(RegionKind.DATE, date.span))
    if greeting:
        regions.append(Region(RegionKind.SALUTATION, greeting.span))
    if subject:
        regions.append(Region(RegionKind.SUBJECT, subject))
    return regions


def _contradiction(sheet: Sheet, greeting: Salutation | None, reading: AddresseeReading) -> tuple[Doubt, ...]:
    name = reading.found.spans.get("addressee.name")
    if name is None or greeting is None or greeting.surname is None:
        return ()
    called = sheet.words[name.start : name.end].casefold().replace("-", " ")
    if f" {greeting.surname.casefold().replace('-', ' ')} " in f" {fold(called)} ":
        return ()
    return (Doubt(UNCERTAIN, "the salutation gives another name than the addressee's", greeting.name),)


def find_letter_date(words: str, start: int, end: int, *, alone: bool = False) -> Dates | None:
    """The letter's date in the plain text `words[start:end]`: one day, best on a line of its own (`alone`: only there).

    A day that cannot be is given too, with no days in it.
    """
    first = None
    place = start
    for date in find_dates(words, start, end):
        # From the date before and no further, so that many dates on a line take no more time than they are long.
        between, follows = words[place : date.span.start], place > start
        place = date.span.end
        if len(date.days) != 1 and not date.impossible:
            continue
        first = first or date
        begins_line = "\n" in between or not follows
        if begins_line and _DATE_LABEL.fullmatch(between.rpartition("\n")[2].strip()):
            stop = words.find("\n", place, end)
            if not words[place : end if stop < 0 else stop].strip(" .,"):
                return date
    return None if alone else first


def _read_addressee(
    sheet: Sheet, zone: Span, date: Dates | None, greeting: Salutation | None, known: Sequence[PlaceName]
) -> AddresseeReading:
    stops = [date.span.start] if date else []
    parts = [zone]
    if date and zone.start <= date.span.start < zone.end:
        parts = [span_of((date.span.end, zone.end)), span_of((zone.start, date.span.start))]
    best = AddresseeReading(Addressee(), None, None, Found())
    for part in parts:
        reading = read_addressee(sheet, part, stops, greeting, known)
        if reading.addressee.name:
            return reading
        if best.block is None:
            best = reading
    return best


def _find_subject(words: str, head: Span, greeting: Salutation | None) -> tuple[Span | None, tuple[Doubt, ...]]:
    """What stands between the salutation and the body; without a salutation, what follows the last of the addresses."""
    if greeting:
        subject = trim(words, greeting.span.end, head.end, _OUTSIDE)
        return (subject if subject.start < subject.end else None), ()
    ends = [
        match.end() for pattern in (POSTCODE, CONTACT_MARK) for match in pattern.finditer(words, head.start, head.end)
    ]
    date = find_letter_date(words, head.start, head.end)
    if date:
        ends.append(date.span.end)
    start = max(ends, default=head.start)
    stop = words.find("\n", start, head.end)
    first_line, rest = (words[start:stop].strip(), words[stop : head.end].strip()) if stop >= 0 else ("", "")
    if first_line and rest and not _is_subject(words, trim(words, start, stop)):
        start = stop
    subject = trim(words, start, head.end, _OUTSIDE)
    if _is_subject(words, subject) and not words[start : subject.start].strip(_OUTSIDE + " \n"):
        return subject, ()
    return _guess_subject(words, subject)


def _guess_subject(words: str, zone: Span) -> tuple[Span | None, tuple[Doubt, ...]]:
    """The last lines, or the last words, that are no name, office or address."""
    lines = lines_in(words, zone.start, zone.end)
    for line in reversed(lines[1:]):
        if _is_subject(words, span_of((line.start, zone.end))) and words[line.start].isupper():
            return span_of((line.start, zone.end)), ()
    tokens = tokens_in(words, zone.start, zone.end)
    for number, token in enumerate(tokens):
        if number and token.word[0].islower() and token.word.isalpha() and token.key not in _SMALL_WORDS:
            span = span_of((tokens[number - 1].start, zone.end))
            if _is_subject(words, span) and tokens[number - 1].word[0].isupper():
                return span, (Doubt(UNCERTAIN, "where the subject begins is a guess", span),)
            break
    return None, ()


def _is_subject(words: str, span: Span) -> bool:
    pieces = words[span.start : span.end].split()
    if not _SHORTEST_SUBJECT <= len(pieces) <= _LONGEST_SUBJECT or not pieces[0][0].isupper():
        return False
    tokens = tokens_in(words, span.start, span.end)
    if title_at(tokens, 0) or role_at(tokens, 0):
        return False
    return sum(piece[0].islower() and piece not in _SMALL_WORDS for piece in pieces) >= 2


def _subject_between(words: str, start: int, end: int, date: Dates | None) -> Span | None:
    """A subject that stands before the salutation."""
    if date and start <= date.span.start < end:
        start = date.span.end
    subject = trim(words, start, end, _OUTSIDE)
    return subject if _is_subject(words, subject) else None


def _beside(words: str, subject: Span, date: Span) -> Span | None:
    """The subject without a date that stands before or after it; None if there is nothing else."""
    if not subject.start <= date.start < subject.end:
        return subject
    if date.start - subject.start <= 1:
        subject = trim(words, date.end, max(date.end, subject.end), _OUTSIDE)
    elif date.end == subject.end:
        subject = trim(words, subject.start, date.start)
    return subject if subject.start < subject.end else None


def _letterhead(words: str, head: Span, taken: Sequence[Span]) -> list[Span]:
    """What is left of the head, where it stands before something known or holds a way to reach the inspectorate."""
    left = []
    first = min(taken, default=head).start
    place = head.start
    for span in (*sorted(taken), span_of((head.end, head.end))):
        rest = trim(words, place, span.start)
        if rest.start < rest.end and (
            rest.end <= first
            or CONTACT_MARK.search(words, rest.start, rest.end)
            or POSTCODE.search(words, rest.start, rest.end)
        ):
            left.append(rest)
        place = max(place, span.end)
    return left
