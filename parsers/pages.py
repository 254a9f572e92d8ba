"""Page furniture in a letter's head, opening and foot: page numbers and footers, found and blanked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from parsers.gazetteer import gazetteer
from parsers.ids import fold
from parsers.letter import Span
from parsers.plain import span_of, trim

_PAGE_NUMBER = re.compile(
    r"[Pp](?:age|AGE)\s?\d{1,3}(?:\s(?:of|OF)\s\d{1,3})?|\d{1,2}\s(?:of|/)\s\d{1,3}|-\s?\d{1,2}\s?-"
)
_BARE_NUMBER = re.compile(r"\d{1,2}")
_NOT_BREAK = re.compile(r"[^\n]")
_LONGEST = 40
"""Code points of a line of furniture."""


@cache
def _furniture_phrases() -> re.Pattern[str]:
    phrases = (r"\s{1,3}".join(map(re.escape, phrase.split())) for phrase in gazetteer().furniture)
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b|(?<!\S)Page\s\d{{1,3}}\sof\s\d{{1,3}}(?!\S)")


@cache
def _furniture_words() -> frozenset[str]:
    """One of them stands in all furniture; to look for them is many times faster."""
    words = {phrase.split()[0] for phrase in gazetteer().furniture} | {"Page"}
    return frozenset(word for word in words if not any(other in word for other in words - {word}))


@cache
def _furniture_letters() -> frozenset[str]:
    """What furniture can begin with, in capitals or not."""
    return frozenset(letter for phrase in gazetteer().furniture for letter in (phrase[0], phrase[0].lower()))


def furniture_in(text: str, start: int, end: int) -> list[Span]:
    """Page numbers and footers in `text[start:end]`, in order."""
    zone = text[start:end]
    found = []
    if any(map(zone.__contains__, _furniture_words())):
        found = [span_of(match.span()) for match in _furniture_phrases().finditer(text, start, end)]
    lines = zone.split("\n")
    numbers = [n for n, line in enumerate(lines) if 0 < len(line) <= _LONGEST and _is_furniture(lines, n)]
    if numbers:
        starts = list(accumulate((len(line) + 1 for line in lines), initial=start))
        found += [trim(text, starts[n], starts[n] + len(lines[n])) for n in numbers]
        found.sort()
    return found


def _is_furniture(lines: Sequence[str], number: int) -> bool:
    words = lines[number]
    if words[0].isalpha() and words[-1].isalpha() and words[0] not in _furniture_letters():
        return False
    words = words.strip()
    if not words:
        return False
    if words[-1].isdigit() or words[0] == "-":
        words = fold(words)
        return bool(_PAGE_NUMBER.fullmatch(words) or (_BARE_NUMBER.fullmatch(words) and _stands_alone(lines, number)))
    if words[0] not in _furniture_letters() or words.isupper():
        return False
    return fold(words).upper() in gazetteer().furniture


def _stands_alone(lines: Sequence[str], number: int) -> bool:
    """With a blank line, or the edge, on one side at least."""
    return number in (0, len(lines) - 1) or not lines[number - 1].strip() or not lines[number + 1].strip()


def without(text: str, furniture: Sequence[Span]) -> str:
    """`text` with spaces where the furniture stands, line breaks kept: same length, same offsets."""
    if not furniture:
        return text
    pieces = []
    place = 0
    for span in furniture:
        pieces.append(text[place : span.start])
        pieces.append(_NOT_BREAK.sub(" ", text[max(place, span.start) : span.end]))
        place = max(place, span.end)
    pieces.append(text[place:])
    return "".join(pieces)
