"""Page furniture in a letter's head, opening and foot: page numbers and footers, found and blanked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from parsers.gazetteer import gazetteer
from parsers.ids import fold
from parsers.letter import Span
from parsers.plain import Line, lines_in

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
    return frozenset(phrase.split()[0] for phrase in gazetteer().furniture) | {"Page"}


def furniture_in(text: str, start: int, end: int) -> list[Span]:
    """Page numbers and footers in `text[start:end]`, in order."""
    found = []
    if any(text.find(word, start, end) >= 0 for word in _furniture_words()):
        found = [Span(*match.span()) for match in _furniture_phrases().finditer(text, start, end)]
    for line in lines_in(text, start, end):
        if line.end - line.start > _LONGEST:
            continue
        words = fold(text[line.start : line.end])
        number = _PAGE_NUMBER.fullmatch(words) or (_BARE_NUMBER.fullmatch(words) and _stands_alone(text, line, end))
        if number or (words.upper() in gazetteer().furniture and not words.isupper()):
            found.append(line.span)
    return sorted(found)


def _stands_alone(text: str, line: Line, end: int) -> bool:
    """With a blank line, or the edge, on one side at least."""
    after = text[line.end : min(end, line.end + _LONGEST)].split("\n")
    return line.gap or not any(part.strip() for part in after[:2])


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
