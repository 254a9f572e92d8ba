"""Text to lines of a terminal: every character keeps the place in the letter that it came from.

Widths are cells, not characters: a CJK character takes two, a combining mark none. A line never begins with a combining
mark, which would attach itself to whatever stands before the line on the screen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, get_character_cell_size

from parsers.display import visible

if TYPE_CHECKING:
    from parsers.letter import Span

SEAM = "|"
"""Stands where a page was joined."""
BASE = "\u25cc"
"""Carries a combining mark that has nothing to stand on."""


class Stretch(NamedTuple):
    """A half-open range of characters of a shown text: one line of it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Flow:
    """A text as it is shown.

    Attributes:
        shown: safe to print, white space folded, without line feeds.
        offsets: for each character of `shown` the code point of the letter that it stands for, never falling.
        seams: places in `shown` of the signs for a joined page.
    """

    shown: str
    offsets: tuple[int, ...]
    seams: frozenset[int] = frozenset()

    def index(self, offset: int) -> int:
        """The first character of a word at code point `offset` or after it; the end if there is none."""
        place = bisect_left(self.offsets, offset)
        while place < len(self.shown) and (self.shown[place] == " " or place in self.seams):
            place += 1
        return place


def flow(text: str, spans: Sequence[Span]) -> Flow:
    """The words of a finding as one paragraph: white space folded, ` | ` where one span ends and the next begins."""
    shown: list[str] = []
    offsets: list[int] = []
    seams: set[int] = set()
    for number, (start, end) in enumerate(spans):
        if number:
            shown += (" ", SEAM, " ")
            seams.add(len(shown) - 2)
            offsets += (spans[number - 1].end,) * 3
        _fold(text, start, end, shown, offsets)
    return Flow("".join(shown), tuple(offsets), frozenset(seams))


def _fold(text: str, start: int, end: int, shown: list[str], offsets: list[int]) -> None:
    """Append text[start:end] with white space folded to single spaces and none at the ends."""
    safe = visible(text[start:end])
    fresh, gap = True, -1
    for place, char in enumerate(safe, start=start):
        if text[place].isspace():
            gap = place
            continue
        if gap >= 0 and not fresh:
            shown.append(" ")
            offsets.append(gap)
        if (fresh or gap >= 0) and _width(char) == 0:
            shown.append(BASE)
            offsets.append(place)
        shown.append(char)
        offsets.append(place)
        fresh, gap = False, -1


def line_flow(text: str, start: int, end: int) -> Flow:
    """One line of the letter as it stands, character by character; hard spaces and tabs are shown as spaces."""
    safe = visible(text[start:end])
    if safe and _width(safe[0]) == 0:
        return Flow(BASE + safe, (start, *range(start, end)))
    return Flow(safe, tuple(range(start, end)))


def wrap(shown: str, width: int) -> Iterator[Stretch]:
    """Cut a text into lines of at most `width` cells, at spaces where there are any; the spaces at a cut are dropped.

    A word wider than the line is cut between characters. Widths below 2 are taken as 2: a wide character needs that.
    Nothing at all gives one empty line.
    """
    width = max(width, 2)
    start, length = _skip_spaces(shown, 0), len(shown)
    if start == length:
        yield Stretch(0, 0)
    while start < length:
        end, following = _line(shown, start, width)
        yield Stretch(start, end)
        start = following


def _line(shown: str, start: int, width: int) -> tuple[int, int]:
    """Where the line that begins at `start` ends, and where the next one begins."""
    cells, cut = 0, -1
    for place in range(start, len(shown)):
        char = shown[place]
        if char == " " and not _joined(shown, place):
            cut = place
        cells += _width(char)
        if cells > width:
            if cut > start:
                return _trim(shown, start, cut), _skip_spaces(shown, cut)
            return place, place
    return _trim(shown, start, len(shown)), len(shown)


def _joined(shown: str, place: int) -> bool:
    """Whether a combining mark stands on the space at `place`."""
    return place + 1 < len(shown) and _width(shown[place + 1]) == 0


def _skip_spaces(shown: str, place: int) -> int:
    while place < len(shown) and shown[place] == " " and not _joined(shown, place):
        place += 1
    return place


def _trim(shown: str, start: int, end: int) -> int:
    while end > start and shown[end - 1] == " ":
        end -= 1
    return end


def _width(char: str) -> int:
    return 1 if " " <= char <= "~" else get_character_cell_size(char)


def wrapped(text: str, width: int, rows: int) -> list[str]:
    """A text as at most `rows` lines of `width` cells; where it does not end with them, the last one ends in a sign."""
    lines = [text[start:end] for start, end in wrap(text, width)]
    if len(lines) > rows:
        lines[rows - 1 :] = [clip(" ".join(lines[rows - 1 :]), max(width, 2))]
    return lines


def clip(text: str, width: int, *, sign: str = "…") -> str:
    """A text of at most `width` cells; one that was cut ends in `sign`."""
    plain = text.isascii() and text.isprintable()
    if (len(text) if plain else cell_len(text)) <= width:
        return text
    if width <= cell_len(sign):
        return sign[: max(width, 0)]
    room, cells = width - cell_len(sign), 0
    if plain:
        return text[:room].rstrip() + sign
    for place, char in enumerate(text):
        cells += _width(char)
        if cells > room:
            return text[:place].rstrip() + sign
    return text
