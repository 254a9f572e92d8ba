"""Councils and places: `Eastmarch County Council`, `London Borough of Eastmarch`, `Eastmarch children's services`.

A council is known by the pattern of its name, so that one that never was is read as well as one of the gazetteer. The
gazetteer says where a name begins and ends in a line that lost its breaks, and whether a name is nearly one it knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from parsers.gazetteer import Council, gazetteer, place_key
from parsers.ids import fold
from parsers.letter import Span
from parsers.plain import span_of

_CONNECTORS = frozenset("and & of on upon in with the by under le cum super next".split())
_TYPES = frozenset("county city borough metropolitan district unitary".split())
_LOOK = 100
_MOST_WORDS = 9
_MOST_PREFIXES = 3
_SHORTEST_NEAR = 5
_LONG_NEAR = 9

# The first letter stands before the look-behind, so that the engine can skip to it.
_ANCHOR = re.compile(
    r"[LRMBCc](?<!\w\w)(?:"
    r"(?:ondon|ONDON|oyal|OYAL|etropolitan|ETROPOLITAN)\s{1,3}(?:(?:London|LONDON)\s{1,3})?(?:Borough|BOROUGH)\s{1,3}(?:of|OF)\s{1,3}"
    r"|(?:orough|OROUGH|ity|ITY|ounty|OUNTY|ouncil|OUNCIL|orporation|ORPORATION)\s{1,3}(?:of|OF)\s{1,3}"
    r"|(?:ouncil|OUNCIL|orporation|ORPORATION|(?<=[LM])BC|(?<=M)DC)\b)"
)
_BEFORE_PREFIX = re.compile(
    r"(?:the|The|THE)\s{1,3}|(?:City|CITY|County|COUNTY|Borough|BOROUGH)\s{1,3}(?:of|OF)\s{1,3}"
)
_AFTER_PREFIX = re.compile(
    r"(?:\s{1,3}(?i:county|city|borough|metropolitan|district|unitary)){0,3}\s{1,3}(?i:council|corporation)\b"
)
_WORD = re.compile(r"[^\s,;:()\[\]]+")
_BREAK = re.compile(r"[,;:()\[\]@\d]|(?<!St)\.\s")
_RUN = r"([A-Z][\w'.-]*(?:\s{1,3}(?:(?:and|&|of|on|upon|with|the|in|under|le)\s{1,3}){0,2}[A-Z][\w'.-]*){0,6})"
_SERVICES_IN = re.compile(
    rf"\b(?i:services|authority|arrangements|visit)\s{{1,3}}(?:in|within|for|at|to|of)\s{{1,3}}(?:the\s{{1,3}})?{_RUN}"
)
_IN_SERVICES = re.compile(
    rf"\b(?i:in|within|for|of|at|to|by)\s{{1,3}}(?:the\s{{1,3}})?{_RUN}(?:'s)?\s{{1,3}}(?:local\s{{1,3}}authority\s{{1,3}})?(?i:children's)\s"
)


class PlaceName(NamedTuple):
    """A place that the letter names, mostly as the name of a council.

    Attributes:
        span: where the council's name stands, or the place's where no council is named.
        place_span: where the place's name stands.
        council: the council as the letter spells it, white space folded; None where only the place is named.
        place: the place as the letter spells it, white space folded.
    """

    span: Span
    place_span: Span
    council: str | None
    place: str

    @property
    def key(self) -> str:
        """The same for the same place, however it is spelt."""
        return _key(self.place)

    @property
    def authority(self) -> str:
        """The place as the gazetteer spells it, or else as the letter does."""
        known = gazetteer().council(self.place)
        return known.name if known else self.place


@lru_cache(maxsize=1024)
def _key(place: str) -> str:
    key = place_key(place)
    return gazetteer().canonical.get(key, key)


def find_councils(
    text: str, plain: str, start: int, end: int, *, wrapped: bool, known: Sequence[PlaceName] = ()
) -> list[PlaceName]:
    """The councils that `text[start:end]` names, in order.

    Args:
        text: the letter; `plain` is the same in plain characters.
        plain: see `parsers.plain.plain`.
        start: where to begin.
        end: where to stop.
        wrapped: a name may go on over a line end, as in prose; where not, a line may hold more than the name, and the
            gazetteer and `known` say where the name begins and ends.
        known: places that the letter names elsewhere.
    """
    keys = frozenset(name.key for name in known)
    found: list[PlaceName] = []
    place = start
    while anchor := _ANCHOR.search(plain, place, end):
        place = anchor.end()
        if anchor.group()[-1].isspace():
            spans = _after_prefix(plain, anchor, end, wrapped, keys)
        else:
            spans = _before_suffix(plain, anchor, found[-1].span.end if found else start, wrapped, keys)
        if spans is not None:
            span, place_span = spans
            found.append(
                PlaceName(
                    span, place_span, fold(text[span.start : span.end]), fold(text[place_span.start : place_span.end])
                )
            )
            place = max(place, span.end)
    return found


def find_place(text: str, plain: str, start: int, end: int) -> PlaceName | None:
    """The place in `services in Eastmarch` or `within Eastmarch children's services`, where no council is named."""
    for pattern in (_IN_SERVICES, _SERVICES_IN):
        for match in pattern.finditer(plain, start, end):
            words = [span_of((m.start(), m.end())) for m in _WORD.finditer(plain, *match.span(1))]
            name = _first_name(plain, words)
            if name:
                span = _without_tail(plain, span_of((name[0].start, name[-1].end)))
                return PlaceName(span, span, None, fold(text[span.start : span.end]))
    return None


def _without_tail(plain: str, span: Span) -> Span:
    words = plain[span.start : span.end]
    if words.endswith("'s"):
        words = words[:-2]
    return span_of((span.start, span.start + len(words.rstrip("."))))


def _before_suffix(
    plain: str, anchor: re.Match[str], start: int, wrapped: bool, keys: frozenset[str]
) -> tuple[Span, Span] | None:
    """The name that ends with `Council` at `anchor`."""
    words = _words_back(plain, max(start, anchor.start() - _LOOK), anchor.start(), wrapped)
    last = next(words, None)
    while last and _word(plain, last) in _TYPES:
        last = next(words, None)
    if last and _word(plain, last) == "london":
        last = next(words, None)
    name = _last_name(plain, chain((last,), words)) if last else []
    if not wrapped:
        name = _known_tail(plain, name, keys)
    if not name:
        return None
    return span_of((name[0].start, anchor.end())), span_of((name[0].start, name[-1].end))


def _words_back(plain: str, start: int, end: int, wrapped: bool) -> Iterator[Span]:
    """The words of `plain[start:end]`, the last first, back to a comma, number, line end or the like."""
    if not wrapped:
        start = max(start, plain.rfind("\n", start, end) + 1)
    chunk = plain[start:end]
    right = len(chunk)
    for word in reversed(chunk.split()):
        left = chunk.rindex(word, 0, right)
        right = left + len(word)
        breaks = [] if word.isalpha() else [match.end() for match in _BREAK.finditer(chunk, left, right + 1)]
        if breaks:
            left = breaks[-1]
        if left < right:
            yield span_of((start + left, start + right))
        if breaks:
            return
        right = left


def _last_name(plain: str, words: Iterable[Span]) -> list[Span]:
    """The words of a place's name at the end of `words`: capitals, with small words only between them.

    `words` begins with the last word.
    """
    name: list[Span] = []
    held: list[Span] = []
    for span in islice(words, _MOST_WORDS):
        word = _word(plain, span)
        capital = plain[span.start].isupper()
        if name and word in _CONNECTORS and not (capital and word in ("in", "by", "with", "the")):
            held.append(span)
        elif capital and word not in gazetteer().office_words:
            name.extend((*held, span))
            held = []
        else:
            break
    return name[::-1]


def _is_place_word(plain: str, span: Span) -> bool:
    return plain[span.start].isupper() and _word(plain, span) not in gazetteer().office_words


def _known_tail(plain: str, name: list[Span], keys: frozenset[str]) -> list[Span]:
    """The longest end of `name` that is a known place; all of it where none is."""
    for first in range(len(name)):
        place = plain[name[first].start : name[-1].end]
        if gazetteer().council(place) or place_key(place) in keys:
            return name[first:]
    return name


def _after_prefix(
    plain: str, anchor: re.Match[str], end: int, wrapped: bool, keys: frozenset[str]
) -> tuple[Span, Span] | None:
    """The name that begins with `London Borough of` or the like at `anchor`."""
    begin = anchor.end()
    for _ in range(_MOST_PREFIXES):
        more = _BEFORE_PREFIX.match(plain, begin, end)
        begin = more.end() if more else begin
    stop = min(end, begin + _LOOK)
    chunk = plain[begin:stop]
    broken = _BREAK.search(chunk)
    cut = broken.start() if broken else len(chunk)
    if not wrapped and "\n" in chunk[:cut]:
        cut = chunk.index("\n")
    words = [span_of((begin + m.start(), begin + m.end())) for m in _WORD.finditer(chunk, 0, cut)]
    name = _first_name(plain, words)
    if not wrapped:
        name = _known_head(plain, name, keys)
    if not name:
        return None
    place = span_of((name[0].start, _without_tail(plain, span_of((name[0].start, name[-1].end))).end))
    whole = plain[anchor.start() : place.end]
    known = gazetteer().council(whole)
    if known and known.name.startswith("City of"):
        place = span_of((anchor.start(), place.end))
    after = _AFTER_PREFIX.match(plain, place.end, end)
    return span_of((anchor.start(), after.end() if after else place.end)), place


def _first_name(plain: str, words: Sequence[Span]) -> list[Span]:
    name: list[Span] = []
    held: list[Span] = []
    for span in words[:_MOST_WORDS]:
        if _word(plain, span) in _CONNECTORS and name:
            held.append(span)
        elif _is_place_word(plain, span):
            name.extend((*held, span))
            held = []
        else:
            break
    return name


def _known_head(plain: str, name: list[Span], keys: frozenset[str]) -> list[Span]:
    """The longest beginning of `name` that is a known place; where none is, all of it up to a word of an address."""
    for end in range(len(name), 0, -1):
        place = plain[name[0].start : name[end - 1].end]
        if gazetteer().council(place) or place_key(place) in keys:
            return name[:end]
    words = (n for n, span in enumerate(name) if n and _word(plain, span) in gazetteer().address_words)
    return name[: next(words, len(name))]


def _word(plain: str, span: Span) -> str:
    start, end = span
    return plain[start:end].casefold()


@lru_cache(maxsize=1024)
def nearly(place: str) -> Council | None:
    """The council whose name is nearly, but not, `place`: one letter off, or two in a long name; None if none is."""
    key = place_key(place)
    if len(key) < _SHORTEST_NEAR or key in gazetteer().by_key:
        return None
    allowed = 2 if len(key) >= _LONG_NEAR else 1
    near = (
        (_distance(key, other), other)
        for other in gazetteer().by_key
        if abs(len(other) - len(key)) <= allowed and len(other) >= _SHORTEST_NEAR
    )
    best = min(near, default=(allowed + 1, ""))
    return gazetteer().by_key[best[1]] if best[0] <= allowed else None


def _distance(one: str, other: str) -> int:
    """Edits between two words: insert, delete, exchange (Levenshtein 1966)."""
    row = list(range(len(other) + 1))
    for number, char in enumerate(one, 1):
        above, row = row, [number]
        for column, opposite in enumerate(other):
            row.append(min(row[-1] + 1, above[column + 1] + 1, above[column] + (char != opposite)))
    return row[-1]
