"""The body of a letter as lines, each with its kind and its offsets. No decision about findings is made here."""

from __future__ import annotations

from collections.abc import Sequence, Set
from enum import StrEnum
from typing import NamedTuple

from parsers.furniture import find_furniture
from parsers.headings import Headings
from parsers.inner_headings import parted_at_headings
from parsers.items import Item, split_line
from parsers.letter import Span
from parsers.marks import begins_list, marks_in
from parsers.profile import Marks, Profile
from parsers.raw_line import RawLine
from parsers.running import Running
from parsers.spans import trimmed

PAGE_BLANK_LINES = 2
"""So many blank lines or more are the turn of a page; one is a paragraph's end."""

MOST_LINES = 50_000
"""Lines of a body, and items that stand in them, that are read; a letter has some hundred."""

_DEEPEST_INDENT = 40


class LineKind(StrEnum):
    """What a line is: an item with a mark, plain text, a heading, page furniture, list tags alone, or one not read."""

    ITEM = "item"
    TEXT = "text"
    HEADING = "heading"
    FURNITURE = "furniture"
    TAGS = "tags"
    UNREAD = "unread"


_ITEM, _TEXT, _HEADING, _FURNITURE, _TAGS, _UNREAD = LineKind


class Line(NamedTuple):
    """One line, or one item of a line that holds several.

    Attributes:
        kind: what it is.
        span: its content, trimmed; empty for a mark that stands alone.
        mark: the mark and list tags before the content, None if there are none.
        style: which mark (`-`, `▪`, `1.`), "" for none.
        category: of a heading, the place of its category in the profile; else None.
        indent: white space before it, in code points; -1 inside a line.
        gap: blank lines before it.
        page: a page turns before it: a form feed, two blank lines or more, or furniture.
        tagged: list tags of a web page stand before it.
    """

    kind: LineKind
    span: Span
    mark: Span | None = None
    style: str = ""
    category: int | None = None
    indent: int = 0
    gap: int = 0
    page: bool = False
    tagged: bool = False


def read_lines(text: str, body: Span, head: Span, profile: Profile) -> list[Line]:
    """Read the lines of `text[body.start:body.end]`. Time is linear in the length.

    A text of more than `MOST_LINES` is no letter, and what was made of it would fill the memory: all that follows them
    is one last line of the kind `UNREAD`.

    Args:
        text: the letter.
        body: where lines are read.
        head: the letter's head, whose lines may come back as running heads.
        profile: the family's wording.
    """
    raw: Sequence[RawLine] = _raw_lines(text, body)
    marks = marks_in(text, [line.start for line in raw], profile.marks)
    furniture: Set[int] = find_furniture(text, raw, head, profile)
    raw, furniture = parted_at_headings(
        text, raw, furniture, profile, lambda start, end: begins_list(text, start, end, marks)
    )
    headings = Headings(text, raw, furniture, profile, marks, body.end)
    return _read(text, body, raw, furniture, headings, marks)


def _read(
    text: str, body: Span, raw: Sequence[RawLine], furniture: Set[int], headings: Headings, marks: Marks
) -> list[Line]:
    running = Running()
    lines: list[Line] = []
    after_page = False
    taken = body.start
    for place, line in enumerate(raw):
        start, end, blank_before, feed_before = line
        if len(lines) >= MOST_LINES:
            lines.append(Line(_UNREAD, trimmed(text, max(start, taken), body.end)))
            break
        page = after_page or feed_before or blank_before >= PAGE_BLANK_LINES
        if place in furniture:
            lines.append(Line(_FURNITURE, Span(start, end), None, "", None, 0, blank_before, page))
            after_page = True
            continue
        if end <= taken:
            continue
        heading = headings.at(place)
        if heading is not None:
            span, category = heading
            lines.append(Line(_HEADING, span, None, "", category, 0, blank_before, page))
            taken = span.end
            running.style = ""
            rest = trimmed(text, taken, end)
            if rest.start < rest.end:
                running.flattened = True
                lines.extend(_item_lines(split_line(text, rest, marks, running), -1, gap=0, page=False))
                taken = end
        else:
            span = Span(start, end) if taken <= start else trimmed(text, taken, end)
            indent = -1 if span.start != start else 0 if text[start - 1 : start] == "\n" else _indent(text, start)
            lines.extend(_item_lines(split_line(text, span, marks, running), indent, gap=blank_before, page=page))
        after_page = False
    return lines


def _raw_lines(text: str, body: Span) -> list[RawLine]:
    """The lines that are not blank, and no more of them than will be read, and one."""
    lines: list[RawLine] = []
    blank, feed, words = 0, False, ""
    place = body.start
    for page in text[body.start : body.end].split("\f"):
        for line in page.split("\n"):
            words = line.strip()
            if words:
                begin = place + line.index(words[0])
                lines.append(RawLine(begin, begin + len(words), blank, feed))
                blank, feed = 0, False
                if len(lines) > MOST_LINES:
                    return lines
            else:
                blank += 1
            place += len(line) + 1
        # What a page ends with is no whole line.
        blank -= not words
        feed = True
    return lines


def _item_lines(items: list[Item], indent: int, *, gap: int, page: bool) -> list[Line]:
    """The items of a line. `indent`, `gap` and `page` are those of the line, and of its first item."""
    lines = []
    for mark, style, span, tagged in items:
        kind = _ITEM if style else _TAGS if span.start == span.end else _TEXT
        lines.append(Line(kind, span, mark, style, None, indent, gap, page, tagged))
        indent, gap, page = -1, 0, False
    return lines


def _indent(text: str, start: int) -> int:
    place = start
    while place > 0 and start - place < _DEEPEST_INDENT and text[place - 1] in " \t\u00a0":
        place -= 1
    return start - place
