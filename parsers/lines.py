"""The body of a letter as lines, each with its kind and its offsets. No decision about findings is made here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from parsers.furniture import RawLine, find_furniture
from parsers.letter import Span
from parsers.marks import Item, Running, split_line, trimmed
from parsers.profile import Profile
from parsers.sentences import is_complete

PAGE_BLANK_LINES = 2
"""So many blank lines or more are the turn of a page; one is a paragraph's end."""

_DEEPEST_INDENT = 40
# A word in small letters that goes on with a sentence; a lone `o` or `a)` is a list mark.
_WORD_ON = re.compile(r"(?!o\s)[a-z]+(?:[\s,;'-]|$)")
_NEVER_BEFORE_HEADING = frozenset("-\u2013\u2014\u2022\u25aa\u25cf\u25a0\u00b7\uf0b7")


class LineKind(StrEnum):
    """What a line is: an item with a mark, plain text, a heading, page furniture, or list tags alone."""

    ITEM = "item"
    TEXT = "text"
    HEADING = "heading"
    FURNITURE = "furniture"
    TAGS = "tags"


@dataclass(frozen=True, slots=True)
class Line:
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

    Args:
        text: the letter.
        body: where lines are read.
        head: the letter's head, whose lines may come back as running heads.
        profile: the family's wording.
    """
    raw = list(_raw_lines(text, body))
    furniture = find_furniture(text, raw, head, profile)
    running = Running()
    lines: list[Line] = []
    after_page = False
    taken = body.start
    for place, line in enumerate(raw):
        page = after_page or line.feed_before or line.blank_before >= PAGE_BLANK_LINES
        if place in furniture:
            span = Span(line.start, line.end)
            lines.append(Line(LineKind.FURNITURE, span, gap=line.blank_before, page=page))
            after_page = True
            continue
        if line.end <= taken:
            continue
        heading = _heading(text, raw, place, profile, body.end)
        if heading is not None:
            lines.append(Line(LineKind.HEADING, heading[0], category=heading[1], gap=line.blank_before, page=page))
            taken = heading[0].end
            running.style = ""
            rest = trimmed(text, taken, line.end)
            if rest.start < rest.end:
                lines.extend(_items(text, rest, line, profile, running, first_gap=0, page=False))
                taken = line.end
        else:
            span = Span(line.start, line.end)
            lines.extend(_items(text, span, line, profile, running, first_gap=line.blank_before, page=page))
        after_page = False
    return lines


def _raw_lines(text: str, body: Span) -> Iterator[RawLine]:
    blank, feed = 0, False
    place = body.start
    for line in text[body.start : body.end].split("\n"):
        pieces = line.split("\f") if "\f" in line else (line,)
        start = place
        for number, piece in enumerate(pieces):
            feed = feed or number > 0
            words = piece.strip()
            if words:
                begin = start + piece.index(words)
                yield RawLine(begin, begin + len(words), blank, feed)
                blank, feed = 0, False
            start += len(piece) + 1
        blank += not pieces[-1].strip()
        place += len(line) + 1


def _heading(text: str, raw: list[RawLine], place: int, profile: Profile, limit: int) -> tuple[Span, int] | None:
    """The heading that begins here and the place of its category; None where its words are part of a sentence."""
    line = raw[place]
    if text[line.start] in _NEVER_BEFORE_HEADING:
        return None
    found = profile.heading.match(text, line.start, limit)
    if found is None or found.lastgroup is None:
        return None
    span = trimmed(text, line.start, found.end())
    last = place
    while last + 1 < len(raw) and raw[last + 1].start < span.end:
        last += 1
    category = int(found.lastgroup[1:])
    if span.end < raw[last].end:
        return (span, category) if _begins_list(text, span.end, raw[last].end, profile) else None
    return (span, category) if _stands_alone(text, raw, place, last) else None


def _begins_list(text: str, start: int, end: int, profile: Profile) -> bool:
    """Whether what follows heading words on their own line is the first item of a flattened list."""
    rest = trimmed(text, start, end)
    first = split_line(text, rest, profile.marks, Running())[0]
    content = text[first.span.start : first.span.end]
    return first.mark is not None and rest.start > start and (not content or not content[0].islower())


def _stands_alone(text: str, raw: list[RawLine], first: int, last: int) -> bool:
    """A heading's words are no heading where the lines around them make them part of a sentence."""
    before, after = (raw[first - 1] if first else None), (raw[last + 1] if last + 1 < len(raw) else None)
    line = raw[first]
    apart = before is None or bool(line.blank_before or line.feed_before)
    ended = before is None or is_complete(text, before.end)
    if after is not None and _WORD_ON.match(text, after.start):
        return apart and ended
    return apart or ended or not text[line.start].islower()


def _items(
    text: str, span: Span, raw: RawLine, profile: Profile, running: Running, *, first_gap: int, page: bool
) -> Iterator[Line]:
    for number, item in enumerate(split_line(text, span, profile.marks, running)):
        yield Line(
            _kind(item),
            item.span,
            item.mark,
            item.style,
            indent=_indent(text, raw.start) if number == 0 else -1,
            gap=first_gap if number == 0 else 0,
            page=page and number == 0,
            tagged=item.tagged,
        )


def _indent(text: str, start: int) -> int:
    place = start
    while place > 0 and start - place < _DEEPEST_INDENT and text[place - 1] in " \t\u00a0":
        place -= 1
    return start - place


def _kind(item: Item) -> LineKind:
    if item.style:
        return LineKind.ITEM
    return LineKind.TAGS if item.span.start == item.span.end else LineKind.TEXT
