"""A letter's text in plain characters, offset for offset: what the readers of head, opening and foot look at.

Hard spaces, curly quotes, dashes and line separators are exchanged one for one, so that every span found in the plain
text holds in the letter too. Values are always taken from the letter itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from parsers.ids import fold
from parsers.letter import Span

_EXCHANGED = (
    *((char, " ") for char in "\u00a0\u2007\u2009\u200a\u2002\u2003\u202f\u3000\u200b\ufeff"),
    *((char, "'") for char in "\u2019\u2018\u00b4\u02bc"),
    *((char, "-") for char in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"),
    *((char, "\n") for char in "\u0085\u2028\u2029"),
)
_SPACES = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
"""All white space; there is none beyond U+3000."""
_ASCII_EXCHANGED = (("\t", " "), ("\f", "\n"), ("\v", "\n"))


class Sheet(NamedTuple):
    """A letter and the same in plain characters, offset for offset; furniture may be blanked in `words`."""

    text: str
    words: str

    def value(self, span: Span) -> str:
        """What stands at `span` in the letter, white space folded."""
        start, end = span
        return fold(self.text[start:end])


class Line(NamedTuple):
    """A line that is not blank: its trimmed span, and whether a blank line (or the edge) stands before it."""

    start: int
    end: int
    gap: bool

    @property
    def span(self) -> Span:
        """Where it stands."""
        return span_of((self.start, self.end))


span_of = partial(tuple.__new__, Span)
"""The span of a pair, such as `match.span()`. As the class, at a third of the cost: readers make hundreds."""
_line_of = partial(tuple.__new__, Line)


def plain(text: str) -> str:
    """`text` with one plain character for each character: same length, same offsets."""
    for char, instead in _ASCII_EXCHANGED:
        text = text.replace(char, instead)
    if not text.isascii():
        for char, instead in _EXCHANGED:
            text = text.replace(char, instead)
    return text


def trim(text: str, start: int, end: int, also: str = "") -> Span:
    """`[start, end)` without white space and characters of `also` at its ends; empty if nothing is left."""
    content = text[start:end]
    words = content.strip(_SPACES + also if also else None)
    # Mostly there is nothing to take away.
    if len(words) != len(content):
        start += content.index(words[0]) if words else len(content)
    return span_of((start, start + len(words)))


def find_words(text: str, wanted: Sequence[str], start: int, end: int) -> Iterator[Span]:
    """Where `wanted` stands in `text[start:end]`: its words whole, one after another, only white space between them."""
    place = text.find(wanted[0], start, end)
    while place >= 0:
        stop = place + len(wanted[0])
        for word in wanted[1:]:
            gap = stop
            while stop < end and text[stop].isspace():
                stop += 1
            if stop == gap or not text.startswith(word, stop):
                stop = -1
                break
            stop += len(word)
        joined = _is_joined(text[place - 1 : place]) or _is_joined(text[stop : stop + 1], after=True)
        if 0 <= stop <= end and not joined:
            yield span_of((place, stop))
        place = text.find(wanted[0], place + 1, end)


def _is_joined(char: str, *, after: bool = False) -> bool:
    return char.isalnum() or char in ("_", "@", "'") or (not after and char in (".", "-"))


def lines_in(text: str, start: int, end: int) -> list[Line]:
    """The lines of `text[start:end]` that are not blank."""
    lines = []
    gap = True
    for content in text[start:end].split("\n"):
        words = content.strip()
        if words:
            left = start + content.index(words[0])
            lines.append(_line_of((left, left + len(words), gap)))
            gap = False
        else:
            gap = True
        start += len(content) + 1
    return lines


def blocks_in(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines put together where no blank line parts them."""
    blocks: list[list[Line]] = []
    for line in lines:
        if line.gap or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    return blocks
