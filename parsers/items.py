"""A line cut into the items that stand in it: one, where a letter kept its line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from parsers.inner_marks import next_inside
from parsers.letter import Span
from parsers.marks import DASHES, LIST_TAG, is_item, weak_mark
from parsers.profile import Marks
from parsers.running import Running
from parsers.spans import skip_space, trimmed

MOST_ITEMS = 50_000
"""Items that a line is cut into; the last one has all that is left."""

_OPENING_TAG = re.compile(r"<(?:ul|ol|li)\b", re.IGNORECASE)
_OPENERS = frozenset("-\u2013\u2014\u2212*\u00b7o1(ai")


class Item(NamedTuple):
    """A stretch of one line: text, and the mark before it if it has one.

    `mark` covers the mark with the tags around it and is None for plain text; `style` names the mark (`-`, `▪`, `1.`,
    `<li>`), "" for none. `span` is trimmed, and empty for a mark that stands alone. `tagged`: list tags stand there.
    """

    mark: Span | None
    style: str
    span: Span
    tagged: bool


def split_line(text: str, span: Span, marks: Marks, running: Running) -> list[Item]:
    """Cut a line, trimmed of white space, into its items, in order; at least one.

    Time is linear in the line. `running` is carried on: a flattened list may be wrapped, so that a line of
    it begins in the middle of an item.

    `marks`: from `marks_in`.
    """
    start, end = span
    content = text[start:end]
    tags = "<" in content
    if tags or any(map(content.__contains__, marks.strong)):
        if not tags and content.count(content[0]) == 1 == len(marks.strong) and content[0] in marks.strong:
            # So nearly every marked line: one mark at its start.
            begin = skip_space(text, start + 1, end)
            item = Item(Span(start, start + 1), content[0], Span(begin, end), False)
            return _inside_items(text, item, marks, running)
        found = _strong_pattern(marks.strong, tags).finditer(text, span.start, span.end)
        breaks = list(islice(found, MOST_ITEMS))
        if breaks:
            return _strong_items(text, span, breaks, marks, running)
    return _weak_items(text, span, marks, running, None, tagged=False)


def _strong_items(text: str, span: Span, breaks: list[re.Match[str]], marks: Marks, running: Running) -> list[Item]:
    items: list[Item] = []
    if span.start < breaks[0].start():
        before = trimmed(text, span.start, breaks[0].start())
        items.extend(_weak_items(text, before, marks, running, None, tagged=False))
    for run, end in _runs(text, breaks, span.end):
        rest = trimmed(text, run.end, end)
        tagged = text[run.start] == "<" or ">" in text[run.start : run.end]
        style = _run_style(text, run)
        if style == "<li>":
            items.extend(_weak_items(text, rest, marks, running, run, tagged=tagged))
        else:
            items.extend(_inside_items(text, Item(run, style, rest, tagged), marks, running))
    return items


@lru_cache(maxsize=64)
def _strong_pattern(strong: frozenset[str], tags: bool) -> re.Pattern[str]:
    """Finds strong marks, and list tags if `tags`: without them it is many times faster."""
    glyphs = f"[{re.escape(''.join(sorted(strong)))}]" if strong else ""
    return re.compile("|".join(filter(None, (glyphs, f"(?i:{LIST_TAG.pattern})" if tags else ""))))


def _runs(text: str, breaks: list[re.Match[str]], end: int) -> Iterator[tuple[Span, int]]:
    """Marks and tags with nothing but white space between them are one mark: its span, and where its content ends."""
    start, stop = breaks[0].span()
    for found in breaks[1:]:
        if text[stop : found.start()].strip():
            yield Span(start, stop), found.start()
            start = found.start()
        stop = found.end()
    yield Span(start, stop), end


def _run_style(text: str, run: Span) -> str:
    """The glyph of a run of marks and tags; `<li>` where only an opening tag stands for it, "" for closing tags."""
    if run.end - run.start == 1:
        return text[run.start]
    without_tags = LIST_TAG.sub("", text[run.start : run.end]).strip()
    if without_tags:
        return without_tags[-1]
    return "<li>" if _OPENING_TAG.search(text, run.start, run.end) else ""


def _weak_items(
    text: str, span: Span, marks: Marks, running: Running, tags: Span | None, *, tagged: bool
) -> list[Item]:
    """Items of a stretch without strong marks. `tags`: list tags before it, which then belong to its first mark."""
    mark, style = weak_mark(text, span, marks, running)
    if mark is None and tags is None and (opened := _opened_inside(text, span, marks, running)):
        mark, running.style = opened
        running.flattened = True
        before = Item(None, "", trimmed(text, span.start, mark.start), tagged)
        content = Span(skip_space(text, mark.end, span.end), span.end)
        return [before, *_inside_items(text, Item(mark, running.style, content, tagged), marks, running)]
    if mark is not None:
        running.style = style
        span = Span(skip_space(text, mark.end, span.end), span.end)
    if tags is not None:
        mark = Span(tags.start, mark.end) if mark else tags
        style = style or "<li>"
    return _inside_items(text, Item(mark, style, span, tagged), marks, running)


def _inside_items(text: str, item: Item, marks: Marks, running: Running) -> list[Item]:
    """The item, cut where further items of the running list stand inside it."""
    start, end = item.span
    style = running.style
    if len(style) < 2 and (style not in marks.weak or text.find(style, start, end) < 0):
        return [item]
    items: list[Item] = []
    loose = style in DASHES and next_inside(text, start, end, running) is not None
    running.flattened = running.flattened or loose
    while len(items) < MOST_ITEMS and (following := next_inside(text, start, end, running)):
        items.append(item._replace(span=trimmed(text, start, following.start)))
        start = skip_space(text, following.end, end)
        # Trimmed at the end as the whole is: to trim the rest of the line for each item would take quadratic time.
        item = Item(following, running.style, Span(start, end), item.tagged)
    items.append(item)
    return items


def _opened_inside(text: str, span: Span, marks: Marks, running: Running) -> tuple[Span, str] | None:
    """The first mark of a list that a sentence ending in a colon opens on the same line, and its style."""
    place = text.find(": ", span.start, span.end)
    while place >= 0:
        start = skip_space(text, place + 1, span.end)
        if text[start] in _OPENERS:
            mark, style = weak_mark(text, Span(start, span.end), marks, running)
            if mark and text[mark.end : mark.end + 1].isspace() and is_item(text, mark.end, span.end, style):
                return mark, style
        place = text.find(": ", place + 1, span.end)
    return None
