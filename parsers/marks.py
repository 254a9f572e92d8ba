"""List marks: where an item begins, at the start of a line or in the middle of one that was flattened.

Strong marks (bullets, list tags) never stand in prose: an item begins wherever one stands. Weak marks (dashes, `o`,
numbers) stand in prose too, so they begin an item at the start of a line, or inside one that began with the same mark,
after the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from parsers.letter import Span
from parsers.profile import Marks

LIST_TAG = re.compile(r"</?(?:ul|ol|li|p|br|div)\b[^<>\n]{0,300}>", re.IGNORECASE)
_OPENING_TAG = re.compile(r"<(?:ul|ol|li)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(\(?)(?:(\d{1,2})|([a-z])|([ivx]{2,5}))([.)])(?=\s)(?!\s*$)")
_ENDS_ITEM = ".;:!?'\"\u2019\u201d)"
_ITEM_AFTER = re.compile(r"(?=\s+[A-Z0-9\"'\u2018\u201c(]|\Z)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


class Item(NamedTuple):
    """A stretch of one line: text, and the mark before it if it has one.

    `mark` covers the mark with the tags around it and is None for plain text; `style` names the mark (`-`, `▪`, `1.`,
    `<li>`), "" for none. `span` is trimmed, and empty for a mark that stands alone. `tagged`: list tags stand there.
    """

    mark: Span | None
    style: str
    span: Span
    tagged: bool


class Running:
    """The list that is going on from line to line.

    Attributes:
        style: its weak mark or number, "" where it has none so far. Strong marks need no memory.
    """

    def __init__(self) -> None:
        self.style = ""
        self._last: dict[str, int] = {}

    def accept(self, found: re.Match[str]) -> str:
        """The style (`1.`, `(a)`) if a number comes next in a list or begins one, else "".

        So `2010. ` at the start of a wrapped line is no mark.
        """
        for kind, value in _readings(found):
            style = f"{found[1]}{kind}{found[5]}"
            if value <= 2 or value == self._last.get(style, -1) + 1:
                self._last[style] = value
                return style
        return ""


def _readings(found: re.Match[str]) -> Iterator[tuple[str, int]]:
    if found[2]:
        yield "1", int(found[2])
    label = found[3] or found[4]
    if found[3]:
        yield "a", ord(found[3]) - ord("a") + 1
    if label in _ROMAN:
        yield "i", _ROMAN.index(label) + 1


def marks_in(text: str, marks: Marks) -> Marks:
    """`marks` without the strong ones that do not stand in the text: a letter has one or two of some twenty."""
    return replace(marks, strong=frozenset([mark for mark in marks.strong if mark in text]))


def split_line(text: str, span: Span, marks: Marks, running: Running) -> list[Item]:
    """Cut a line, trimmed of white space, into its items, in order; at least one.

    Time is linear in the line. `running` is carried on: a flattened list may be wrapped, so that a line of
    it begins in the middle of an item.

    `marks`: from `marks_in`.
    """
    content = text[span.start : span.end]
    tags = "<" in content
    if tags or any(map(content.__contains__, marks.strong)):
        breaks = list(_strong_pattern(marks.strong, tags).finditer(text, span.start, span.end))
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
    mark, style = _weak_mark(text, span, marks, running)
    if mark is not None:
        running.style = style
        span = Span(_skip_space(text, mark.end, span.end), span.end)
    if tags is not None:
        mark = Span(tags.start, mark.end) if mark else tags
        style = style or "<li>"
    return _inside_items(text, Item(mark, style, span, tagged), marks, running)


def _inside_items(text: str, item: Item, marks: Marks, running: Running) -> list[Item]:
    """The item, cut where further items of the running list stand inside it."""
    if len(running.style) < 2 and running.style not in marks.weak:
        return [item]
    items = []
    start, end = item.span
    while following := _next_inside(text, start, end, running):
        items.append(item._replace(span=trimmed(text, start, following.start)))
        start = _skip_space(text, following.end, end)
        # Trimmed at the end as the whole is: to trim the rest of the line for each item would take quadratic time.
        item = Item(following, running.style, Span(start, end), item.tagged)
    items.append(item)
    return items


def _weak_mark(text: str, span: Span, marks: Marks, running: Running) -> tuple[Span | None, str]:
    start, end = span
    if start == end:
        return None, ""
    glyph = text[start]
    if glyph in marks.weak:
        stop = start + (2 if text.startswith("--", start) else 1)
        after = _skip_space(text, stop, end)
        if glyph in "o+~>":
            fits = stop < after < end and _begins_item(text[after])
        else:
            fits = after > stop or after == end or (text[after] != glyph and _begins_item(text[after]))
        return (Span(start, stop), glyph) if fits else (None, "")
    if marks.numbered and (glyph == "(" or "0" <= glyph <= "9" or "a" <= glyph <= "z"):
        found = _NUMBERED.match(text, start, end)
        style = running.accept(found) if found else ""
        if found and style:
            return Span(*found.span()), style
    return None, ""


def _begins_item(char: str) -> bool:
    return char.isupper() or char.isdigit() or char in "\"'\u2018\u201c(["


def _next_inside(text: str, start: int, end: int, running: Running) -> Span | None:
    """The next mark of the running list inside a flattened line: after the end of a sentence, before a new one."""
    style = running.style
    if len(style) == 1:
        return _next_glyph(text, start, end, style)
    for found in _inside_pattern(style[-1]).finditer(text, start, end):
        numbered = _NUMBERED.match(text, found.start("mark"), end)
        if numbered and running.accept(numbered) == style:
            return Span(*numbered.span())
    return None


def _next_glyph(text: str, start: int, end: int, glyph: str) -> Span | None:
    place = text.find(glyph, start, end)
    while place >= 0:
        before = place
        while before > start and text[before - 1].isspace():
            before -= 1
        if start < before < place and text[before - 1] in _ENDS_ITEM and _ITEM_AFTER.match(text, place + 1, end):
            return Span(place, place + 1)
        place = text.find(glyph, place + 1, end)
    return None


@lru_cache(maxsize=8)
def _inside_pattern(last: str) -> re.Pattern[str]:
    """Finds what may be a number or letter of a list inside a line; `last` is the full stop or bracket behind it."""
    number = r"\(?(?:\d{1,2}|[a-z]|[ivx]{2,5})" + re.escape(last)
    return re.compile(rf"(?<=[{re.escape(_ENDS_ITEM)}])\s+(?P<mark>{number}){_ITEM_AFTER.pattern}")


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends; an empty one where there is nothing else."""
    content = text[start:end]
    left = len(content) - len(content.lstrip())
    return Span(start + left, start + max(left, len(content.rstrip())))
