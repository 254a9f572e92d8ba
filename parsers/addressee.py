"""To whom a letter went: name, office, organisation, address and postcode, on lines of their own or all on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from parsers.found import UNCERTAIN, Found
from parsers.gazetteer import gazetteer
from parsers.letter import Addressee, Doubt, Region, RegionKind, Span
from parsers.office import read_office
from parsers.pages import without
from parsers.people import Name, Token, after_nominals, is_name_word, name_at, role_at, title_at, tokens_in
from parsers.places import PlaceName, find_councils
from parsers.plain import Line, Sheet, find_words, lines_in, span_of, trim
from parsers.salutation import Salutation

# Here and below, the first letter stands before the look-behind, so that the engine can skip to it.
POSTCODE = re.compile(r"[A-Z](?<![\w-].)[A-Z]?\d[A-Z\d]?[ \n]{0,3}\d[A-Z]{2}(?!\w)")
"""A British postcode, in any shape that one has."""

_CONTACT_WORD = (
    r"[wTFDE](?:(?<=w)ww\.|(?<!\S.)(?:(?<=T)(?:el(?:ephone)?)?|(?<=F)(?:ax)?|(?<=D)irect|(?<=E)-?mail)\b[.:]?\s)"
)
_CONTACT = re.compile(_CONTACT_WORD)
_CONTACT_OR_EMAIL = re.compile(rf"\S{{1,64}}@|{_CONTACT_WORD}")
_NOTE = re.compile(r"(?:By (?:e-?mail|post|hand)|(?:Our |Your )?[Rr]ef(?:erence)?|URN)\b")
_EMAIL = re.compile(r"@(?<=\S.)\S")
_HOW_TO_REACH = re.compile(
    r"(?:[A-Z][a-z-]{0,12}:? ){0,3}(?:[+(0][\d ()-]{7,20}\d|[\w.+-]{1,64}@[\w.-]{1,100}|www\.[\w.-]{1,100})"
)
_COLUMN = "   "
"""So many blanks at least part two columns."""
_SEPARATORS = ",;:-/|"
_MOST_FORENAMES = 3
_MOST_MATCHES = 20


class AddresseeReading(NamedTuple):
    """The addressee, the council that is the organisation, and where all this stands, as a whole in `block`."""

    addressee: Addressee
    council: PlaceName | None
    block: Span | None
    found: Found


def read_addressee(
    sheet: Sheet, zone: Span, stops: Sequence[int], salutation: Salutation | None, known: Sequence[PlaceName]
) -> AddresseeReading:
    """Read the addressee from the part of a head before salutation and subject.

    Args:
        sheet: the letter.
        zone: where to look.
        stops: places inside `zone` where something else begins, such as the date; the block doesn't go over them.
        salutation: gives the surname, which says where the name ends on a line that holds more.
        known: the councils that the letter names elsewhere.
    """
    name = _find_name(sheet.words, zone, salutation)
    if name is None:
        return _without_name(sheet, zone, stops, known)
    span, sure = name
    end = min((stop for stop in stops if stop >= span.end), default=zone.end)
    reading = _read_block(sheet, span, span_of((span.end, end)), known)
    if sure:
        return reading
    doubt = Doubt(UNCERTAIN, "where the addressee's name ends is a guess", span)
    found = Found(reading.found.spans, reading.found.regions, (doubt, *reading.found.doubts))
    return AddresseeReading(reading.addressee, reading.council, reading.block, found)


def _find_name(words: str, zone: Span, salutation: Salutation | None) -> tuple[Span, bool] | None:
    """Where the addressee's name stands, and whether that is sure."""
    if salutation:
        wanted = salutation.surname or salutation.first_name
        found = _named(words, zone, wanted, first_name=salutation.surname is None) if wanted else None
        if found:
            return found
    lines = lines_in(words, zone.start, zone.end)
    untitled: tuple[Span, bool] | None = None
    for number, line in enumerate(lines):
        tokens = tokens_in(words, line.start, line.end)
        for place in range(len(tokens)):
            if title_at(tokens, place) and (name := name_at(tokens, place)):
                return _span(tokens, name), name.sure
        if untitled is None and (name := name_at(tokens, 0)) and name.end - name.first <= _MOST_FORENAMES + 1:
            after = tokens[name.end :] or (
                tokens_in(words, lines[number + 1].start, lines[number + 1].end) if number + 1 < len(lines) else []
            )
            if role_at(after, 0):
                untitled = _span(tokens, name), name.sure
    return untitled


def _span(tokens: Sequence[Token], name: Name) -> Span:
    return span_of((tokens[name.first].start, tokens[name.end - 1].end))


def _named(words: str, zone: Span, wanted: str, *, first_name: bool) -> tuple[Span, bool] | None:
    """The name with the surname (or first name) `wanted` in it; one with a title rather than one without."""
    lowered = words[zone.start : zone.end].lower()
    if len(lowered) != zone.end - zone.start:  # some capitals have a longer small form
        lowered = words[zone.start : zone.end]
    best: tuple[Span, bool] | None = None
    for match in islice(find_words(lowered, wanted.lower().split(), 0, len(lowered)), _MOST_MATCHES):
        start = zone.start + match.start
        line = max(zone.start, words.rfind("\n", zone.start, start) + 1)
        stop = words.find("\n", zone.start + match.end, zone.end)
        tokens = tokens_in(words, max(line, start - 120), min(start + 160, zone.end if stop < 0 else stop))
        at = next((n for n, token in enumerate(tokens) if token.end > start), None)
        if at is None:
            continue
        first, titled = _back_to_title(tokens, at)
        name = name_at(tokens, at) if first_name else None
        end = name.end if name else after_nominals(tokens, at + len(wanted.split()))
        sure = titled or tokens[first].line or tokens[first].start == line
        if titled:
            return span_of((tokens[first].start, tokens[end - 1].end)), True
        if best is None and (at > first or first_name):
            best = span_of((tokens[first].start, tokens[end - 1].end)), sure
    return best


def _back_to_title(tokens: Sequence[Token], at: int) -> tuple[int, bool]:
    """Go back from a surname over forenames to the title; where it begins, and whether a title was met."""
    first = at
    while first > 0 and at - first < _MOST_FORENAMES:
        before = first - 1
        if tokens[first].parted or tokens[first].line:
            break
        if title_at(tokens, before):
            while before > 0 and title_at(tokens, before - 1) > 1 and not tokens[before].parted:
                before -= 1
            return before, True
        if not is_name_word(tokens, before):
            break
        first = before
    return first, False


def _without_name(sheet: Sheet, zone: Span, stops: Sequence[int], known: Sequence[PlaceName]) -> AddresseeReading:
    """A letter to an office: `Director of Children's Services` on the first line of the block."""
    for line in lines_in(sheet.words, zone.start, zone.end):
        tokens = tokens_in(sheet.words, line.start, min(line.end, line.start + 120))
        if role_at(tokens, 0) and any(token.key in ("director", "executive", "officer") for token in tokens[:4]):
            end = min((stop for stop in stops if stop >= line.end), default=zone.end)
            return _read_block(sheet, None, span_of((line.start, end)), known)
    return AddresseeReading(Addressee(), None, None, Found())


def _read_block(sheet: Sheet, name: Span | None, rest: Span, known: Sequence[PlaceName]) -> AddresseeReading:
    sheet = Sheet(sheet.text, _without_notes(sheet.words, rest))
    words = sheet.words
    postcode = POSTCODE.search(words, rest.start, rest.end)
    stop = postcode.start() if postcode else rest.end
    contact = (_CONTACT if words.find("@", rest.start, stop) < 0 else _CONTACT_OR_EMAIL).search(words, rest.start, stop)
    if contact:
        line = words.rfind("\n", rest.start, contact.start())
        rest = span_of((rest.start, line if line >= 0 else contact.start()))
        postcode = None
    elif postcode:
        rest = span_of((rest.start, postcode.start()))
    council = _organisation(sheet, rest, known)
    place = council.span if council else _other_organisation(words, rest)
    before = span_of((rest.start, place.start if place else rest.end))
    office = read_office(sheet, before, before_organisation=place is not None)
    address = [*office.departments, *_address_lines(words, place.end if place else office.end(rest.start), rest.end)]
    end = postcode.end() if postcode else trim(words, rest.start, rest.end, _SEPARATORS).end
    spans = {
        "addressee.name": name,
        "addressee.role": office.role,
        "addressee.organisation": place,
        "addressee.address": span_of((min(address).start, max(address).end)) if address else None,
        "addressee.postcode": span_of(postcode.span()) if postcode else None,
    }
    block = span_of((name.start if name else rest.start, max(end, name.end if name else rest.start)))
    addressee = Addressee(
        name=sheet.value(name) if name else None,
        role=sheet.value(office.role) if office.role else None,
        organisation=sheet.value(place) if place else None,
        address=tuple(sheet.value(line) for line in address),
        postcode=sheet.value(span_of(postcode.span())) if postcode else None,
    )
    known_spans = {path: span for path, span in spans.items() if span}
    return AddresseeReading(
        addressee, council, block, Found(known_spans, (Region(RegionKind.ADDRESSEE, block),), office.doubts)
    )


def _without_notes(words: str, rest: Span) -> str:
    """Blank the lines of a block that hold an e-mail address or a reference: they are no part of an address.

    Nor is what another column, at the right of the page, says of how to reach the inspectorate.
    """
    lines = lines_in(words, rest.start, rest.end)
    notes = [line.span for line in lines[1:] if _is_note(words, line)]
    if _COLUMN in words[rest.start : rest.end]:
        notes = sorted({*notes, *(column for line in lines if (column := _contact_column(words, line)))})
    return without(words, notes)


def _contact_column(words: str, line: Line) -> Span | None:
    """Where on a line, behind a wide gap, a second column has an e-mail address, a telephone number or the like."""
    found = _HOW_TO_REACH.search(words, line.start, line.end)
    if found is None or words[max(0, found.start() - len(_COLUMN)) : found.start()] != _COLUMN:
        return None
    begins = words.rfind("\n", 0, found.start()) + 1
    return None if words[begins : found.start()].isspace() else Span(*found.span())


def _is_note(words: str, line: Line) -> bool:
    reference = _NOTE.match(words, line.start, line.end) and words[line.start - 1] == "\n"
    return bool(reference or _EMAIL.search(words, line.start + 1, line.end))


def _organisation(sheet: Sheet, rest: Span, known: Sequence[PlaceName]) -> PlaceName | None:
    """The council in the block: one that the letter names elsewhere, or else the first that calls itself a council."""
    for name in known:
        if name.council:
            wanted = sheet.words[name.span.start : name.span.end].split()
            place = next(find_words(sheet.words, wanted, rest.start, rest.end), None)
            if place:
                return PlaceName(place, place, sheet.value(place), name.place)
    found = find_councils(sheet.text, sheet.words, rest.start, rest.end, wrapped=False, known=known)
    plain_names = [name for name in found if not (name.council or "").startswith(("City of", "County of"))]
    return next(iter(plain_names or found), None)


def _other_organisation(words: str, rest: Span) -> Span | None:
    for line in lines_in(words, rest.start, rest.end):
        tokens = tokens_in(words, line.start, line.end)
        named = any(token.key in gazetteer().organisations for token in tokens)
        if named and not role_at(tokens, 0) and tokens[-1].key not in gazetteer().departments:
            return trim(words, line.start, line.end, _SEPARATORS)
    return None


def _address_lines(words: str, start: int, end: int) -> list[Span]:
    spans = [trim(words, line.start, line.end, _SEPARATORS + ".") for line in lines_in(words, start, end)]
    return [span for span in spans if span.start < span.end]
