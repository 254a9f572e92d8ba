"""A letter's text in plain characters, offset for offset: what the readers of head, opening and foot look at.

Hard spaces, curly quotes, dashes and line separators are exchanged one for one, so that every span found in the plain
text holds in the letter too. Values are always taken from the letter itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from parsers.gazetteer import gazetteer
from parsers.letter import Doubt, Region, Span

NOWHERE = Span(0, 0)
"""Stands for a place that there is not."""

_EXCHANGED = (
    *((char, " ") for char in "\u00a0\u2007\u2009\u200a\u2002\u2003\u202f\u3000\u200b\ufeff"),
    *((char, "'") for char in "\u2019\u2018\u00b4\u02bc"),
    *((char, "-") for char in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"),
    *((char, "\n") for char in "\u0085\u2028\u2029"),
)
_ASCII_EXCHANGED = (("\t", " "), ("\f", "\n"), ("\v", "\n"))
_PAGE_NUMBER = re.compile(r"[Pp](?:age|AGE)\s?\d{1,3}(?:\s(?:of|OF)\s\d{1,3})?|\d{1,2}\s(?:of|/)\s\d{1,3}|-\s?\d{1,2}\s?-")
_BARE_NUMBER = re.compile(r"\d{1,2}")
_LONGEST_FURNITURE = 40


class Sheet(NamedTuple):
    """A letter and the same in plain characters, offset for offset; furniture may be blanked in `words`."""

    text: str
    words: str

    def value(self, span: Span) -> str:
        """What stands at `span` in the letter, white space folded."""
        return fold(self.text[span.start : span.end])


@dataclass(frozen=True, slots=True)
class Found:
    """What one reader found beside its values: where they stand, which regions they take, and what is doubted."""

    spans: Mapping[str, Span] = field(default_factory=dict)
    regions: tuple[Region, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class Line(NamedTuple):
    """A line that is not blank: its trimmed span, and whether a blank line (or the edge) stands before it."""

    start: int
    end: int
    gap: bool

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


def plain(text: str) -> str:
    """`text` with one plain character for each character: same length, same offsets."""
    for char, instead in _ASCII_EXCHANGED:
        text = text.replace(char, instead)
    if not text.isascii():
        for char, instead in _EXCHANGED:
            text = text.replace(char, instead)
    return text


def fold(text: str) -> str:
    """White space folded."""
    return " ".join(text.split())


def trim(text: str, start: int, end: int, also: str = "") -> Span:
    """`[start, end)` without white space, and without any character of `also`, at its ends; empty at `start` if nothing is left."""
    while start < end and (text[start].isspace() or text[start] in also):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in also):
        end -= 1
    return Span(start, end)


MISSING = "missing-metadata"
UNCERTAIN = "uncertain-metadata"


def lines_in(text: str, start: int, end: int) -> list[Line]:
    """The lines of `text[start:end]` that are not blank."""
    lines = []
    gap = True
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        content = text[start:stop]
        stripped = content.strip()
        if stripped:
            left = start + content.find(stripped[0])
            lines.append(Line(left, left + len(stripped), gap))
        gap = not stripped
        start = stop + 1
    return lines


def blocks_in(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines put together where no blank line parts them."""
    blocks: list[list[Line]] = []
    for line in lines:
        if line.gap or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


@cache
def _furniture_phrases() -> re.Pattern[str]:
    phrases = (r"\s{1,3}".join(map(re.escape, phrase.split())) for phrase in gazetteer().furniture)
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b|(?<!\S)Page\s\d{{1,3}}\sof\s\d{{1,3}}(?!\S)")


def furniture_in(text: str, start: int, end: int) -> list[Span]:
    """Page numbers and footers in `text[start:end]`, in order."""
    found = [Span(*match.span()) for match in _furniture_phrases().finditer(text, start, end)]
    for line in lines_in(text, start, end):
        if line.end - line.start > _LONGEST_FURNITURE:
            continue
        words = fold(text[line.start : line.end])
        if _PAGE_NUMBER.fullmatch(words) or (_BARE_NUMBER.fullmatch(words) and _stands_alone(text, line, end)):
            found.append(line.span)
        elif words.upper() in gazetteer().furniture and words != words.upper():
            found.append(line.span)
    return sorted(found)


def _stands_alone(text: str, line: Line, end: int) -> bool:
    after = text[line.end : min(end, line.end + 80)].lstrip(" ")
    return line.gap or not after.strip() or after.startswith("\n") and not after.partition("\n")[2].partition("\n")[0].strip()


def without(text: str, furniture: Sequence[Span]) -> str:
    """`text` with line feeds where the furniture stands: same length, same offsets."""
    if not furniture:
        return text
    pieces = []
    place = 0
    for span in furniture:
        pieces.append(text[place : span.start])
        pieces.append("\n" * (span.end - max(place, span.start)))
        place = max(place, span.end)
    pieces.append(text[place:])
    return "".join(pieces)


def claims(text: str, regions: Iterable[Region], furniture: Sequence[Span]) -> tuple[Region, ...]:
    """`regions` in order, with the furniture cut out of them, trimmed of outer white space, none empty, none over another."""
    kept = []
    place = 0
    for region in sorted(regions, key=lambda r: r.span):
        start = max(region.span.start, place)
        cuts = [span for span in furniture if span.end > start and span.start < region.span.end]
        for cut in (*cuts, Span(region.span.end, region.span.end)):
            span = trim(text, start, min(cut.start, region.span.end))
            if span.start < span.end:
                kept.append(Region(region.kind, span))
            start = max(start, cut.end)
        place = max(place, region.span.end)
    return tuple(kept)
