"""Lines put together into paragraphs: a wrapped line goes on with the one before, a deliberate break does not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from parsers.letter import Span
from parsers.lines import Line, LineKind
from parsers.sentences import ends_item, is_complete

_LONGEST_WRAPPED = 120
"""Code points; no page is wider, so a longer line that a sentence goes on from was cut by something else."""
_DASHES = frozenset("-\u2013\u2014\u2212")
_NUMBER_ENDS = frozenset(".)")
_SENTENCE_REACH = 400
_MOST_JOINS = 8
_FULL_LINE = 0.75
"""A line shorter than this share of the wrapped lines' width had room for the next word: it was ended on purpose."""


class Paragraph(NamedTuple):
    """One item or paragraph, or a heading.

    Attributes:
        kind: `ITEM`, `TEXT` or `HEADING`.
        span: its content from the first line to the last, trimmed; empty for a mark whose text never came.
        mark: the mark before it, or None.
        style, category, indent, gap, page, tagged: of its first line, as `Line` has them.
        lines: how many lines it takes.
        furniture: page furniture stands between it and the paragraph before.
        parted: something that is no text stands there: furniture or list tags.
        joins: where lines of it begin that may be paragraphs of their own; the first few.
    """

    kind: LineKind
    span: Span
    mark: Span | None
    style: str
    category: int | None
    indent: int
    gap: int
    page: bool
    tagged: bool
    lines: int
    furniture: bool
    parted: bool
    joins: tuple[int, ...] = ()


def read_paragraphs(text: str, lines: Sequence[Line]) -> list[Paragraph]:
    """Join wrapped lines. Furniture and lone list tags are left out; they still part what stands around them."""
    joiner = _Joiner(text, _wrap_width(text, lines))
    furniture = parted = False
    for place, line in enumerate(lines):
        if line.kind is LineKind.FURNITURE:
            furniture = True
        elif line.kind is LineKind.TAGS:
            parted = True
        elif line.kind is LineKind.UNREAD:
            break
        else:
            joiner.add(line, _content_start(lines, place), furniture=furniture, parted=parted or furniture)
            furniture = parted = False
    return joiner.paragraphs


class _Joiner:
    """The paragraphs so far, and what the next line is measured by."""

    def __init__(self, text: str, width: int) -> None:
        self._text, self._width = text, width
        self.paragraphs: list[Paragraph] = []
        self._previous: Line | None = None
        self._opened = 0
        self._torn = 0

    def add(self, line: Line, words: int, *, furniture: bool, parted: bool) -> None:
        """Put a line where it belongs; `words` is where the words begin that its mark belongs to."""
        if self._previous is not None:
            line = self._as_its_mark_is(self.paragraphs[-1], self._previous, line, words)
        if self._previous is None or not self._grows(self.paragraphs[-1], self._previous, line, parted=parted):
            self.paragraphs.append(_paragraph(line, furniture=furniture, parted=parted))
        if line.kind is LineKind.ITEM or not self._text[line.span.start].islower():
            self._opened = line.span.start
        self._previous = line

    def _as_its_mark_is(self, last: Paragraph, previous: Line, line: Line, words: int) -> Line:
        """The line without a mark that is a dash of the sentence, or with the mark that was torn from it."""
        text, width = self._text, self._width
        if line.mark and _is_dash_in_prose(text, last, self._opened, previous, line, width, words):
            line = line._replace(kind=LineKind.TEXT, span=Span(line.mark.start, line.span.end), mark=None, style="")
        if line.kind is LineKind.ITEM and line.span.start == line.span.end and _fills_mark(last):
            self._torn += 1
        elif line.kind is LineKind.HEADING:
            self._torn = 0
        elif self._torn and _takes_torn_mark(text, last, previous, line, width):
            # Some extractors put all marks of a list before its texts: each text has the next of them.
            line = line._replace(kind=LineKind.ITEM, style=last.style)
            self._torn -= 1
        return line

    def _grows(self, last: Paragraph, previous: Line, line: Line, *, parted: bool) -> bool:
        """Whether the last paragraph goes on with this line; if so it does now."""
        if line.kind is not LineKind.TEXT:
            return False
        if _fills_mark(last):
            self.paragraphs[-1] = _grown(last, line.span)
            return True
        if parted or not _is_wrap(self._text, previous, line, self._width):
            return False
        last = _grown(last, Span(last.span.start, line.span.end))
        if len(last.joins) < _MOST_JOINS and _had_room(self._text, previous, line, self._width):
            last = last._replace(joins=(*last.joins, line.span.start))
        self.paragraphs[-1] = last
        return True


def _paragraph(line: Line, *, furniture: bool, parted: bool) -> Paragraph:
    return Paragraph(
        line.kind, line.span, line.mark, line.style, line.category, line.indent, line.gap, line.page, line.tagged, 1,
        furniture, parted,
    )  # fmt: skip


def _grown(paragraph: Paragraph, span: Span) -> Paragraph:
    return paragraph._replace(span=span, lines=paragraph.lines + 1)


def _takes_torn_mark(text: str, last: Paragraph, previous: Line, line: Line, width: int) -> bool:
    """Whether a line begins the next text of a list whose marks all stand before its texts."""
    begins = line.kind is LineKind.TEXT and not text[line.span.start].islower() and not _fills_mark(last)
    return begins and ends_item(text, last.span.end) and not _is_wrap(text, previous, line, width)


def _fills_mark(last: Paragraph) -> bool:
    """Some extractors tear the mark from its text and put it on a line of its own."""
    return last.kind is LineKind.ITEM and last.span.start == last.span.end


def _is_wrap(text: str, before: Line, line: Line, width: int) -> bool:
    if before.kind not in (LineKind.TEXT, LineKind.ITEM):
        return False
    if line.gap or line.page or line.mark is not None:
        return False
    first = text[line.span.start]
    if first.islower():
        return True
    if not is_complete(text, before.span.end):
        # Where no line is wrapped, a line is a paragraph, even if the one before has lost its full stop.
        return width > 0 or not first.isupper()
    return _length_with_word(text, before, line) > _FULL_LINE * width > 0


def _had_room(text: str, before: Line, line: Line, width: int) -> bool:
    """Whether the first word of `line`, a capital, had room on the line before: then nobody wrapped it there."""
    return text[line.span.start].isupper() and _length_with_word(text, before, line) <= width


def _length_with_word(text: str, before: Line, line: Line) -> int:
    word_end = text.find(" ", line.span.start, line.span.end)
    word = (word_end if word_end >= 0 else line.span.end) - line.span.start
    return _length(before) + 1 + word


def _content_start(lines: Sequence[Line], place: int) -> int:
    """Where the words begin that the mark of this line belongs to: a mark may stand alone, with a page behind it."""
    if lines[place].span.start < lines[place].span.end:
        return lines[place].span.start
    after = place + 1
    while after < len(lines) and lines[after].kind is LineKind.FURNITURE:
        after += 1
    return lines[min(after, len(lines) - 1)].span.start


def _is_dash_in_prose(
    text: str, last: Paragraph, opened: int, before: Line, line: Line, width: int, start: int
) -> bool:
    """A dash or number before a small letter, after words that end no sentence, is no mark where a line is full.

    Nor is a dash that another one in the sentence waits for. `start` is where its words begin, `opened` where the item
    before began. In a list of short items in small letters the item before begins with a small letter too, or its line
    had room.
    """
    if (
        line.kind is not LineKind.ITEM
        or line.mark is None
        or not (line.style in _DASHES or line.style[-1:] in _NUMBER_ENDS)
    ):
        return False
    small = text[start : start + 1].islower()
    if not small or last.kind is LineKind.HEADING or ends_item(text, last.span.end):
        return False
    full = line.page or (line.gap == 0 and _length(before) + 1 > _FULL_LINE * width > 0)
    if full and not text[opened].islower():
        return True
    return (line.page or line.gap == 0) and line.style in _DASHES and _has_open_dash(text, last.span)


def _has_open_dash(text: str, span: Span) -> bool:
    """Whether the last sentence up to here has a dash in it that waits for a second one."""
    words = text[max(span.start, span.end - _SENTENCE_REACH) : span.end]
    sentence = words[words.rfind(". ") + 1 :]
    return sum(sentence.count(f" {dash} ") for dash in _DASHES) % 2 == 1


def _wrap_width(text: str, lines: Sequence[Line]) -> int:
    """The length of the longest line that a sentence certainly goes on from; 0 where no line is wrapped."""
    widest = 0
    for before, line in pairwise(lines):
        wrapped = line.kind is LineKind.TEXT and not line.gap and not line.page and line.mark is None
        if wrapped and before.kind in (LineKind.TEXT, LineKind.ITEM) and text[line.span.start].islower():
            widest = max(widest, length) if (length := _length(before)) <= _LONGEST_WRAPPED else widest
    return widest


def _length(line: Line) -> int:
    return line.span.end - (line.mark.start if line.mark else line.span.start)
