"""Who got a copy: names and offices, one a line, wrapped, with or without marks, or all on one line.

In a line that lost its breaks, a person begins where two or more words that are in no office or organisation stand
after the end of one and before a comma or an office: `... Eastmarch County Council Ann Roe, Chair of ...`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from parsers.found import UNCERTAIN, Found
from parsers.frame import COPY_MARK
from parsers.gazetteer import gazetteer, place_key
from parsers.letter import Doubt, Person, Region, RegionKind, Span
from parsers.people import (
    Token,
    body_at,
    is_name_word,
    name_at,
    role_at,
    title_at,
    tokens_in,
)
from parsers.places import PlaceName
from parsers.plain import Sheet, lines_in, span_of, trim

_MARK = re.compile(r"(?:[-*•▪●■·◦\uF0B7o]|\(?(?:\d{1,2}|[a-z])[.)])(?=\s)")
_OVER = re.compile(r"(?:enc(?:l|losure)?s?\b)[.:]?", re.IGNORECASE)
_CONNECTORS = frozenset("of for and & the to in at on upon with".split())
_LAST_WORDS = frozenset("council board partnership trust education services families corporation".split())
_SEPARATORS = ",;:-/|"
_LONGEST_NAME = 4
_PROSE_WORDS = 20


class CopiesReading(NamedTuple):
    """The receivers in order, and where all this stands."""

    copies: tuple[Person, ...] = ()
    found: Found = Found()


class _List(NamedTuple):
    """The words of a copy list.

    Attributes:
        tokens: the words, marks left out.
        marked: which of them begin an item with a mark.
        first: which of them are the first of a line or an item, in order.
        places: places that the letter names elsewhere, by their first word.
        capitals: all of it is written in capitals.
    """

    tokens: tuple[Token, ...]
    marked: frozenset[int]
    first: tuple[int, ...]
    places: Mapping[str, str]
    capitals: bool


class _Start(NamedTuple):
    """Where a receiver begins: `token` to `name_end` is the name, empty where there is only an office."""

    token: int
    name_end: int
    sure: bool = True


_TOKEN = attrgetter("token")


def find_copy_mark(words: str, start: int, end: int) -> Span | None:
    """The `Copy:` or `cc` that begins the copy list in the plain text `words[start:end]`; None if there is none."""
    match = COPY_MARK.search(words, start, end)
    return trim(words, match.start(), match.end(), ">*-") if match else None


def read_copies(sheet: Sheet, mark: Span, end: int, known: Sequence[PlaceName]) -> CopiesReading:
    """Read the copy list that `mark` begins.

    Args:
        sheet: the letter, its furniture blanked.
        mark: from `find_copy_mark`.
        end: where the foot ends.
        known: the councils that the letter names; the end of one is the end of an office.
    """
    listed = _read_list(sheet.words, mark.end, end, known)
    starts = _starts(listed)
    copies: list[Person] = []
    spans: dict[str, Span] = {}
    doubts: list[Doubt] = []
    last = mark.end
    stops = [*(start.token for start in starts[1:]), len(listed.tokens)][: len(starts)]
    for start, stop in zip(starts, stops, strict=True):
        name, role = _cut(sheet.words, listed.tokens, start, stop)
        if not name and not role:
            continue
        copies.append(Person(sheet.value(name) if name else None, sheet.value(role) if role else None))
        last = (role or name or mark).end
        path = f"copies.{len(copies)}"
        if name:
            spans[f"{path}.name"] = name
        if role:
            spans[f"{path}.role"] = role
        if not start.sure:
            doubts.append(Doubt(UNCERTAIN, "where this name in the copy list begins is a guess", name or role or mark))
        elif role and not name and not body_at(listed.tokens, start.token):
            doubts.append(Doubt(UNCERTAIN, "no name was found for this receiver of a copy", role))
    region = Region(RegionKind.COPIES, span_of((mark.start, max(last, mark.end))))
    return CopiesReading(tuple(copies), Found(spans, (region,), tuple(doubts)))


def _read_list(words: str, start: int, end: int, known: Sequence[PlaceName]) -> _List:
    """The words of the list, up to where prose or an enclosure follows."""
    tokens: list[Token] = []
    marked: set[int] = set()
    begun = {0}
    for line in lines_in(words, start, end):
        if _OVER.match(words, line.start, line.end) or (
            line.gap and tokens and _is_prose(words[line.start : line.end])
        ):
            break
        first = line.start
        mark = _MARK.match(words, first, line.end) or COPY_MARK.match(words, first, line.end)
        if mark:
            marked.add(len(tokens))
            first = mark.end()
        begun.add(len(tokens))
        for token in tokens_in(words, first, line.end):
            if token.known.is_mark:
                marked.add(len(tokens))
            else:
                tokens.append(token)
    places = {name.place.casefold().split()[0].partition("-")[0]: name.key for name in known}
    capitals = not any(token.word[-1:].islower() for token in tokens)
    first_words = tuple(sorted(place for place in marked | begun if place < len(tokens)))
    return _List(tuple(tokens), frozenset(marked), first_words, places, capitals)


def _is_prose(line: str) -> bool:
    pieces = line.split()
    return len(pieces) >= _PROSE_WORDS and sum(piece[0].islower() for piece in pieces) * 2 > len(pieces)


def _place_end(listed: _List, place: int, since: int) -> int:
    """Behind the known place's name with the word at `place` in it, begun at `since` or later; `place` if none is."""
    tokens, known = listed.tokens, gazetteer()
    for first in range(max(0, since), place + 1):
        begin = tokens[first].key.partition("-")[0]
        if begin not in known.first_words and begin not in listed.places:
            continue
        for end in range(min(len(tokens), first + known.longest_place), place, -1):
            key = place_key(" ".join([token.word for token in tokens[first:end]]))
            if key in known.by_key or key in known.regions or key in listed.places.values():
                return end
    return place


def _starts(listed: _List) -> list[_Start]:
    starts: list[_Start] = []
    place = 0
    for number, token in enumerate(listed.tokens):
        if number < place or not token.known.begins_name:
            continue
        start = _start_at(listed, number)
        if start:
            starts.append(start)
            place = start.name_end
    return sorted((*starts, *_offices(listed, starts)), key=_TOKEN)


def _start_at(listed: _List, place: int) -> _Start | None:
    """The receiver that begins at `place`, if a name does."""
    tokens = listed.tokens
    token = tokens[place]
    if token.word[0].islower() and token.known.is_particle and place + 1 < len(tokens):
        return None
    name = name_at(tokens, place, capitals=listed.capitals)
    if name is None:
        return None
    if place == 0 or place in listed.marked or token.parted == ";":
        return _Start(place, name.end, name.sure)
    if title_at(tokens, place):
        return None if title_at(tokens, place - 1) and not token.line else _Start(place, name.end, name.sure)
    office = role_at(tokens, name.end) or body_at(tokens, name.end)
    ended = name.end >= len(tokens) or bool(tokens[name.end].line or tokens[name.end].parted)
    if not (ended or office):
        return None
    before = tokens[place - 1]
    if before.key in _CONNECTORS and not token.parted:
        return _after_and(listed, place, name.end, office=office) or _after_place(listed, place, name.end)
    if _place_end(listed, place, place) > name.surname:
        return None
    if token.line:
        return _Start(place, name.end, name.sure)
    if token.parted:
        return _Start(place, name.end) if office and name.end - place <= _LONGEST_NAME else None
    if is_name_word(tokens, place - 1) and not before.word.endswith("."):
        return None
    return _after_place(listed, place, name.end)


def _after_and(listed: _List, place: int, end: int, *, office: bool) -> _Start | None:
    """The name in `... Council and Ann Roe, Chair of ...`, which could be a place too."""
    tokens = listed.tokens
    joined = place > 1 and tokens[place - 1].key in ("and", "&") and tokens[place - 2].key in _LAST_WORDS
    return _Start(place, end, sure=False) if joined and office else None


def _after_place(listed: _List, place: int, end: int) -> _Start | None:
    """The name at the end of a run of capitals that may begin with a place: `Eastmarch Ann Roe,`."""
    first = _place_end(listed, place, place - gazetteer().longest_place + 1)
    loose = listed.tokens[place - 1].key in _CONNECTORS and first == place
    words = [n for n in range(first, end) if listed.tokens[n].word not in gazetteer().post_nominals]
    if len(words) < 2:
        return None
    if not loose:
        return _Start(first, end)
    return _Start(words[-2], end, sure=False) if len(words) > 2 else None


def _offices(listed: _List, named: Sequence[_Start]) -> Iterator[_Start]:
    """The receivers that are given by their office alone."""
    tokens = listed.tokens
    starts = {start.token for start in named}
    ends = {start.name_end for start in named}
    first = min(starts, default=len(tokens))
    for place in listed.first:
        token = tokens[place]
        if place in starts:
            continue
        if place == 0 or place in listed.marked:
            yield _Start(place, place)
        elif token.line and token.parted != "," and tokens[place - 1].key not in _CONNECTORS and place not in ends:
            office = body_at(tokens, place) or (token.key == "the" and role_at(tokens, place + 1))
            if office or place < first:
                yield _Start(place, place)


def _cut(words: str, tokens: Sequence[Token], start: _Start, stop: int) -> tuple[Span | None, Span | None]:
    """Name and role of the receiver whose tokens are `start.token` to `stop`."""
    name_end = min(start.name_end, stop)
    name = trim(words, tokens[start.token].start, tokens[name_end - 1].end, ".,:") if name_end > start.token else None
    while stop > name_end and tokens[stop - 1].key in ("and", "&"):
        stop -= 1
    if name_end >= stop:
        return name, None
    role = trim(words, tokens[name_end].start, tokens[stop - 1].end, _SEPARATORS)
    inside = words[role.start : role.end]
    if words[role.end : role.end + 1] == ")" and inside.count("(") > inside.count(")"):
        role = span_of((role.start, role.end + 1))
    elif inside.endswith("."):
        role = span_of((role.start, role.end - 1))
    return name, role if role.start < role.end else None
