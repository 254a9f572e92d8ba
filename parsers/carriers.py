"""What carried a letter to us and left its traces around the lines: a mailer, a table, a PDF tool, wide lines.

Each trace is told by something that no letter has of its own, which is looked for first and costs next to nothing:
lone `>` lines, rows between bars, `(cid:127)`, a blank line inside nearly every sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from parsers.gazetteer import gazetteer
from parsers.letter import Span

_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
_ZERO_WIDTHS = re.compile(f"[{_ZERO_WIDTH}]+")
_QUOTED_BLANK = re.compile(r"^ ?>[> ]*$", re.MULTILINE)
_QUOTE = re.compile(r"^ ?(?:> ?)+", re.MULTILINE)
_WHO_WROTE = re.compile(r"^(?:On |Am )?\S[^\n>]{5,120} wrote:[ \t]*$", re.MULTILINE)
_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE)
_ROW_RULE = re.compile(r"[\s|:+=-]*")
_BAR = re.compile(r"[ \t]{0,80}\|[ \t]*")
_FEWEST_ROWS = 2
_FEWEST_QUOTED_BLANKS = 2
# A glyph without a name in the font, alone: the list mark. Inside a word it is some letter, and stays.
_UNNAMED_GLYPH = re.compile(r"(?<!\S)\(cid:\d{1,5}\)(?!\S)")
_ARROW = re.compile(r"^([ \t]*)(?:(?:-{1,2}|=)>|>>)(?= [^\s>])", re.MULTILINE)
# A heading of Markdown is no sentence.
_HARD_BREAK = re.compile(r"(?<=\S)\\$", re.MULTILINE)
# A page's number at the edge of the page, on the line of a sentence's end.
_NUMBER_IN_MARGIN = re.compile(r"   [ ]{0,200}\d{1,3}$", re.MULTILINE)
_HASH = re.compile(r"^([ \t]*)#(?= [A-Z][^\n]*[a-z]\.$)", re.MULTILINE)
_BRACKETED = re.compile(r"^([ \t]*)\[(\d{1,2})\](?=[ \t])", re.MULTILINE)
_NOTED = re.compile(r"\w ?\[\d{1,2}\]")
_DOUBLY_ENDED = re.compile(r"^([ \t]*\d{1,2})\.(?=\))", re.MULTILINE)
_SMALL_AFTER_BLANK = re.compile(r"[^\n.:;!?]\n[ \t]*\n(?=[a-z]{2})")
_BLANK_LINE = re.compile(r"(?<=[^\n])\n[ \t]*(?=\n[^\n])")
_LONGEST_NUMBER = 24
_NUMBER_BEFORE = re.compile(r"(?<=[.!?;:] )(?:\d{1,2}|[Pp]age \d{1,2}(?: of \d{1,2})?)\Z")
_TURN_IN_LINE = re.compile(r"Page \d{1,2} of \d{1,2}")
_NUMBERED_WORDS = re.compile(r"(?: {1,3}\d{1,2}(?= ))?")
_MARKS = "\u2022\u25aa\u25cf\u25a0\uf0b7"
_SENTENCE_ENDS = frozenset(".!?;")
_SPACED_SHARE = 0.8
"""The share of line ends that a blank line follows in a letter whose lines are set doubly spaced."""
_FEWEST_GOING_ON = 4
_GOING_ON_SHARE = 10
"""At least one blank line in so many of such a letter parts a sentence."""


class Change(NamedTuple):
    """What is to be read at a place instead of what stands there. `sign`: it is no word of the letter's."""

    start: int
    end: int
    instead: str
    sign: bool = False

    @property
    def span(self) -> Span:
        """What is not read."""
        return Span(self.start, self.end)


def traces(text: str) -> list[Change]:
    """The traces of carriers in a letter, in order, none over another. Linear in the length."""
    changes: list[Change] = []
    if not text.isascii() and any(map(text.__contains__, _ZERO_WIDTH)):
        changes.extend(Change(*found.span(), "") for found in _ZERO_WIDTHS.finditer(text))
    if ">" in text:
        changes.extend(_quotes(text) or _arrows(text))
    if "|" in text:
        changes.extend(_rows(text))
    if "(cid:" in text:
        changes.extend(Change(*found.span(), "\u2022") for found in _UNNAMED_GLYPH.finditer(text))
    if "#" in text and "\n# " in text:
        changes.extend(_marks(_HASH, text))
    if "\\" in text and "\\\n" in text:
        changes.extend(Change(*found.span(), "", sign=True) for found in _HARD_BREAK.finditer(text))
    if "   " in text:
        changes.extend(
            Change(*found.span(), "", sign=True)
            for found in _NUMBER_IN_MARGIN.finditer(text)
            if text[found.start() - 1 : found.start()] in _SENTENCE_ENDS
        )
    if "[" in text and "\n[1]" in text and not _NOTED.search(text):
        changes.extend(Change(found.end(1), found.end(), f"({found[2]})") for found in _BRACKETED.finditer(text))
    if "\n1.)" in text:
        changes.extend(Change(found.end(1), found.end(), "") for found in _DOUBLY_ENDED.finditer(text))
    inside = [f" {mark} " for mark in _MARKS if mark in text and f" {mark} " in text]
    if inside:
        changes.extend(_page_turns(text, inside))
    if _is_double_spaced(text):
        changes.extend(Change(*found.span(), "") for found in _BLANK_LINE.finditer(text))
    return in_order(changes) if changes else changes


def _arrows(text: str) -> Iterator[Change]:
    return _marks(_ARROW, text) if "-> " in text or "=> " in text or "\n>> " in text else iter(())


def _marks(pattern: re.Pattern[str], text: str) -> Iterator[Change]:
    """What the pattern finds behind a line's indent is the mark of an item."""
    return (Change(found.end(1), found.end(), "\u2022") for found in pattern.finditer(text))


def in_order(changes: Iterable[Change]) -> list[Change]:
    """Changes in the order of their places; of two that overlap, the first."""
    ordered: list[Change] = []
    place = 0
    for change in sorted(changes, key=lambda change: change.span):
        if change.start >= place:
            ordered.append(change)
            place = change.end
    return ordered


def _quotes(text: str) -> list[Change]:
    """The `> ` of a quoted mail, and the line that says who wrote it.

    A mailer quotes blank lines too; a list whose mark is `>` has none of those.
    """
    if "\n>" not in text and "\n >" not in text:
        return []
    blanks = sum(1 for _ in islice(_QUOTED_BLANK.finditer(text), _FEWEST_QUOTED_BLANKS))
    if blanks < _FEWEST_QUOTED_BLANKS:
        return []
    return [
        Change(*found.span(), "", sign=True) for pattern in (_QUOTE, _WHO_WROTE) for found in pattern.finditer(text)
    ]


def _rows(text: str) -> Iterator[Change]:
    """The bars of a table: each cell is a paragraph."""
    rows = list(_ROW.finditer(text))
    if len(rows) < _FEWEST_ROWS:
        return
    for row in rows:
        start, end = row.span()
        if _ROW_RULE.fullmatch(text, start, end):
            yield Change(start, end, "", sign=True)
            continue
        for bar in _BAR.finditer(text, start, end):
            outer = bar.start() == start or bar.end() == end
            yield Change(*bar.span(), "" if outer else "\n\n", sign=True)
        yield Change(end, end, "\n")


def _page_turns(text: str, marks: Sequence[str]) -> Iterator[Change]:
    """What a page leaves inside a line of several items: a number before a list mark, and set words."""
    for mark in marks:
        place = text.find(mark)
        while place >= 0:
            number = _NUMBER_BEFORE.search(text, max(0, place - _LONGEST_NUMBER), place)
            if number:
                yield Change(*number.span(), "", sign=True)
            place = text.find(mark, place + 1)
    for words in ("Page ", *gazetteer().furniture):
        place = text.find(words)
        while place >= 0:
            turn = (
                _TURN_IN_LINE.match(text, place)
                if words == "Page "
                else _NUMBERED_WORDS.match(text, place + len(words))
            )
            inside = text[place - 1 : place] == " " and not text[max(0, place - 2)].isspace()
            if turn and inside and text[turn.end() : turn.end() + 1] == " ":
                yield Change(place, turn.end(), "", sign=True)
            place = text.find(words, place + 1)


def _is_double_spaced(text: str) -> bool:
    """Whether a blank line stands after nearly every line, inside sentences too."""
    ends, blank = text.count("\n"), text.count("\n\n")
    # Of a blank line both ends are counted.
    if blank < _FEWEST_GOING_ON or blank < _SPACED_SHARE * (ends - blank):
        return False
    going_on = sum(1 for _ in _SMALL_AFTER_BLANK.finditer(text))
    return going_on >= max(_FEWEST_GOING_ON, blank // _GOING_ON_SHARE)
