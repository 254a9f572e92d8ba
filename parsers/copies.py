"""Who got a copy: names and offices, one a line, wrapped, with or without marks, or all on one line.

In a line that lost its breaks, a person begins where two or more words that no office or organisation has stand after the
end of one and before a comma or an office: `... Eastmarch County Council Ann Roe, Chair of ...`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.frame import COPY_MARK
from parsers.gazetteer import gazetteer, place_key
from parsers.letter import Doubt, Person, Region, RegionKind, Span
from parsers.people import Token, after_nominals, body_at, is_name_word, name_at, role_at, title_at, tokens_in
from parsers.places import PlaceName
from parsers.plain import UNCERTAIN, Found, Sheet, lines_in, trim

_MARK = re.compile(r"(?:[-*•▪●■·◦\uF0B7o]|\(?(?:\d{1,2}|[a-z])[.)])(?=\s)")
_STRONG_MARKS = frozenset("•▪●■·◦\uF0B7")
_OVER = re.compile(r"(?:enc(?:l|losure)?s?\b)[.:]?", re.IGNORECASE)
_CONNECTORS = frozenset("of for and & the to in at on upon with".split())
_SEPARATORS = ",;:-/|"
_LONGEST_FORENAMES = 4
_PROSE_WORDS = 20


@dataclass(frozen=True, slots=True)
class CopiesReading:
    """The receivers in order, and where all this stands."""

    copies: tuple[Person, ...] = ()
    found: Found = Found()


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a receiver begins: `token` to `name_end` is the name, empty where there is only an office."""

    token: int
    name_end: int
    sure: bool = True


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
    tokens, marked = _tokens(sheet.words, mark.end, end)
    starts = _starts(tokens, marked, frozenset(name.key for name in known))
    copies: list[Person] = []
    spans: dict[str, Span] = {}
    doubts: list[Doubt] = []
    last = mark.end
    for number, start in enumerate(starts):
        stop = starts[number + 1].token if number + 1 < len(starts) else len(tokens)
        name, role = _cut(sheet.words, tokens, start, stop)
        if not name and not role:
            continue
        copies.append(Person(sheet.value(name) if name else None, sheet.value(role) if role else None))
        last = max(span.end for span in (name, role) if span)
        path = f"copies.{len(copies)}"
        spans |= {f"{path}.{part}": span for part, span in (("name", name), ("role", role)) if span}
        if not start.sure:
            doubts.append(Doubt(UNCERTAIN, "where this name in the copy list begins is a guess", name or role or mark))
    region = Region(RegionKind.COPIES, Span(mark.start, max(last, mark.end)))
    return CopiesReading(tuple(copies), Found(spans, (region,), tuple(doubts)))


def _tokens(words: str, start: int, end: int) -> tuple[list[Token], frozenset[int]]:
    """The words of the list, up to where prose or an enclosure follows, and which of them begin a marked item."""
    tokens: list[Token] = []
    marked: set[int] = set()
    for line in lines_in(words, start, end):
        if _OVER.match(words, line.start, line.end) or (line.gap and tokens and _is_prose(words[line.start : line.end])):
            break
        first = line.start
        mark = _MARK.match(words, first, line.end)
        if mark:
            marked.add(len(tokens))
            first = mark.end()
        for token in tokens_in(words, first, line.end):
            if token.word in _STRONG_MARKS:
                marked.add(len(tokens))
            else:
                tokens.append(token)
    return tokens, frozenset(marked)


def _is_prose(line: str) -> bool:
    pieces = line.split()
    return len(pieces) >= _PROSE_WORDS and sum(piece[0].islower() for piece in pieces) * 2 > len(pieces)


def _starts(tokens: Sequence[Token], marked: frozenset[int], keys: frozenset[str]) -> list[_Start]:
    places = _place_ends(tokens, keys)
    starts: list[_Start] = []
    place = 0
    while place < len(tokens):
        start = _start_at(tokens, place, marked, places)
        if start and (not starts or start.token >= starts[-1].name_end):
            starts.append(start)
            place = max(place + 1, start.name_end)
        else:
            place += 1
    return _with_offices(tokens, starts, marked)


def _start_at(tokens: Sequence[Token], place: int, marked: frozenset[int], places: dict[int, int]) -> _Start | None:
    """The receiver that begins at `place`, if a name does."""
    token = tokens[place]
    name = name_at(tokens, place)
    if place == 0 or place in marked or token.parted == ";":
        return _Start(place, name.end, name.sure) if name else None
    if name is None:
        return None
    before = tokens[place - 1]
    ended = name.end >= len(tokens) or bool(tokens[name.end].line or tokens[name.end].parted)
    office = role_at(tokens, name.end) or body_at(tokens, name.end)
    if title_at(tokens, place):
        return None if title_at(tokens, place - 1) and not token.line else _Start(place, name.end, name.sure)
    if before.key in _CONNECTORS and not token.parted:
        return _after_place(tokens, place, name.end, places) if ended or office else None
    if not (ended or office) or _is_place(places, place, name.surname + 1):
        return None
    if token.line:
        return _Start(place, name.end, name.sure)
    if token.parted:
        follows = role_at(tokens, name.end) or body_at(tokens, name.end)
        return _Start(place, name.end) if follows and name.end - place <= _LONGEST_FORENAMES else None
    if is_name_word(tokens, place - 1) and not before.word.endswith("."):
        return None
    return _after_place(tokens, place, name.end, places)


def _place_ends(tokens: Sequence[Token], keys: frozenset[str]) -> dict[int, int]:
    """For each word of a known place's name, the word behind that name."""
    ends: dict[int, int] = {}
    for first in range(len(tokens)):
        if first in ends or not tokens[first].word[0].isupper():
            continue
        for length in range(min(gazetteer().longest_place, len(tokens) - first), 0, -1):
            words = " ".join(token.word for token in tokens[first : first + length]).rstrip(".")
            if gazetteer().council(words) or place_key(words) in keys:
                ends.update(dict.fromkeys(range(first, first + length), first + length))
                break
    return ends


def _is_place(places: dict[int, int], first: int, end: int) -> bool:
    return places.get(first, 0) >= end


def _after_place(tokens: Sequence[Token], place: int, end: int, places: dict[int, int]) -> _Start | None:
    """The name at the end of a run of capitals that may begin with a place: `Eastmarch Ann Roe,`."""
    first = max(place, places.get(place, place))
    loose = tokens[place - 1].key in _CONNECTORS and first == place
    words = [n for n in range(first, end) if tokens[n].word not in gazetteer().post_nominals]
    if len(words) < 2:
        return None
    if not loose:
        return _Start(first, end)
    return _Start(words[-2], end, sure=False) if len(words) > 2 else None


def _with_offices(tokens: Sequence[Token], starts: list[_Start], marked: frozenset[int]) -> list[_Start]:
    """Add the receivers that are given by their office alone."""
    named = {start.token for start in starts}
    offices = []
    for place, token in enumerate(tokens):
        if place in named:
            continue
        complete = place == 0 or tokens[place - 1].key not in _CONNECTORS
        body = body_at(tokens, place) and token.line and token.parted != "," and not any(s.name_end == place for s in starts)
        line = token.line and complete and token.parted != "," and (not starts or place < starts[0].token)
        if place == 0 or place in marked or line or (body and complete and starts and place > starts[0].token):
            offices.append(_Start(place, place))
    return sorted((*starts, *offices), key=lambda start: start.token)


def _cut(words: str, tokens: Sequence[Token], start: _Start, stop: int) -> tuple[Span | None, Span | None]:
    """Name and role of the receiver whose tokens are `start.token` to `stop`."""
    name = None
    if start.name_end > start.token:
        end = after_nominals(tokens, start.name_end)
        start = replace(start, name_end=min(end, stop))
        name = trim(words, tokens[start.token].start, tokens[start.name_end - 1].end, ".,:")
    if start.name_end >= stop:
        return name, None
    role = trim(words, tokens[start.name_end].start, tokens[stop - 1].end, _SEPARATORS)
    close = role.end
    while close < len(words) and words[close] == ")" and words[role.start : close].count("(") > words[role.start : close].count(")"):
        close += 1
    role = Span(role.start, close)
    if words[role.end - 1] == ".":
        role = Span(role.start, role.end - 1)
    return name, role if role.start < role.end else None
