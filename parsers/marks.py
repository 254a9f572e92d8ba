"""List marks: where an item begins, at the start of a line or in the middle of one that was flattened.

Strong marks (bullets, list tags) never stand in prose: an item begins wherever one stands. Weak marks (dashes, `o`,
numbers) stand in prose too, so they begin an item at the start of a line, or inside one that began with the same mark,
after the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from parsers.letter import Span
from parsers.profile import Marks

LIST_TAG = re.compile(r"</?(?:ul|ol|li|p|br|div)\b[^<>\n]{0,300}>", re.IGNORECASE)
_OPENING_TAG = re.compile(r"<(?:ul|ol|li)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(\(?)(?:(\d{1,2})|([a-z])|([ivx]{2,5}))([.)])(?=\s)(?!\s*$)")
_SPACE = re.compile(r"\s*")
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


def split_line(text: str, span: Span, marks: Marks, running: Running) -> list[Item]:
    """Cut a line, trimmed of white space, into its items, in order; at least one.

    Time is linear in the line. `running` is carried on: a flattened list may be wrapped, so that a line of
    it begins in the middle of an item.
    """
    return list(_split(text, span, marks, running))


def _split(text: str, span: Span, marks: Marks, running: Running) -> Iterator[Item]:
    content = text[span.start : span.end]
    breaks: list[re.Match[str]] = []
    if "<" in content or not marks.strong.isdisjoint(content):
        breaks = list(_strong_pattern(marks.strong).finditer(text, span.start, span.end))
    if not breaks:
        yield from _weak_items(text, span, marks, running, None, tagged=False)
        return
    if span.start < breaks[0].start():
        before = trimmed(text, span.start, breaks[0].start())
        yield from _weak_items(text, before, marks, running, None, tagged=False)
    for run, end in _runs(text, breaks, span.end):
        rest = trimmed(text, run.end, end)
        tagged = text[run.start] == "<" or ">" in text[run.start : run.end]
        style = _run_style(text, run, marks)
        if style == "<li>":
            yield from _weak_items(text, rest, marks, running, run, tagged=tagged)
        else:
            yield from _inside_items(text, Item(run, style, rest, tagged), marks, running)


@lru_cache(maxsize=8)
def _strong_pattern(strong: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(sorted(strong)))}]|{LIST_TAG.pattern}", re.IGNORECASE)


def _runs(text: str, breaks: list[re.Match[str]], end: int) -> Iterator[tuple[Span, int]]:
    """Marks and tags with nothing but white space between them are one mark: its span, and where its content ends."""
    start, stop = breaks[0].span()
    for found in breaks[1:]:
        if text[stop : found.start()].strip():
            yield Span(start, stop), found.start()
            start = found.start()
        stop = found.end()
    yield Span(start, stop), end


def _run_style(text: str, run: Span, marks: Marks) -> str:
    """The glyph of a run of marks and tags; `<li>` where only an opening tag stands for it, "" for closing tags."""
    without_tags = LIST_TAG.sub("", text[run.start : run.end]).strip()
    if without_tags:
        return without_tags[-1]
    return "<li>" if _OPENING_TAG.search(text, run.start, run.end) else ""


def _weak_items(
    text: str, span: Span, marks: Marks, running: Running, tags: Span | None, *, tagged: bool
) -> Iterator[Item]:
    """Items of a stretch without strong marks. `tags`: list tags before it, which then belong to its first mark."""
    mark, style = _weak_mark(text, span, marks, running)
    first = Span(tags.start, mark.end) if tags and mark else tags or mark
    style = style or ("<li>" if tags else "")
    start = _skip_space(text, mark.end if mark else span.start, span.end)
    if style and style != "<li>":
        running.style = style
    yield from _inside_items(text, Item(first, style, trimmed(text, start, span.end), tagged), marks, running)


def _inside_items(text: str, item: Item, marks: Marks, running: Running) -> Iterator[Item]:
    """The item, cut where further items of the running list stand inside it."""
    start, end = item.span
    glyph = running.style if len(running.style) == 1 else ""
    if glyph and text.find(f" {glyph}", start, end) < 0 and text.find(f"\u00a0{glyph}", start, end) < 0:
        # Once a line: this is far quicker than the pattern, and most lines hold one item.
        yield item
        return
    while running.style in marks.weak or len(running.style) > 1:
        following = _next_inside(text, start, end, running.style, running)
        if following is None:
            break
        yield item._replace(span=trimmed(text, start, following.start))
        start = _skip_space(text, following.end, end)
        # Trimmed at the end as the whole is: to trim the rest of the line for each item would take quadratic time.
        item = Item(following, running.style, Span(start, end), item.tagged)
    yield item


def _weak_mark(text: str, span: Span, marks: Marks, running: Running) -> tuple[Span | None, str]:
    if span.start == span.end:
        return None, ""
    glyph = text[span.start]
    if glyph in marks.weak:
        stop = span.start + (2 if text.startswith("--", span.start) else 1)
        after = _skip_space(text, stop, span.end)
        spaced, begins = after > stop, after < span.end and _begins_item(text[after])
        if glyph == "o" or glyph in "+~>":
            fits = spaced and begins
        else:
            fits = after == span.end or spaced or (begins and text[after] != glyph)
        return (Span(span.start, stop), glyph) if fits else (None, "")
    if marks.numbered and (glyph == "(" or (glyph.isascii() and glyph.isalnum())):
        found = _NUMBERED.match(text, span.start, span.end)
        style = running.accept(found) if found else ""
        if found and style:
            return Span(*found.span()), style
    return None, ""


def _begins_item(char: str) -> bool:
    return char.isupper() or char.isdigit() or char in "\"'\u2018\u201c(["


def _next_inside(text: str, start: int, end: int, style: str, running: Running) -> Span | None:
    """The next mark of the same style inside a flattened line: after the end of a sentence, before a new one."""
    pattern = _inside_pattern(style[-2:] if len(style) > 1 else style)
    for found in pattern.finditer(text, start, end):
        if len(style) == 1:
            return Span(*found.span("mark"))
        numbered = _NUMBERED.match(text, found.start("mark"), end)
        if numbered and running.accept(numbered) == style:
            return Span(*numbered.span())
    return None


@lru_cache(maxsize=64)
def _inside_pattern(style: str) -> re.Pattern[str]:
    glyph = re.escape(style) if len(style) == 1 else r"\(?(?:\d{1,2}|[a-z]|[ivx]{2,5})" + re.escape(style[-1])
    return re.compile(rf"(?<=[.;:!?'\"\u2019\u201d)])\s+(?P<mark>{glyph})(?=\s+[A-Z0-9\"'\u2018\u201c(]|\Z)")


def _skip_space(text: str, start: int, end: int) -> int:
    found = _SPACE.match(text, start, end)
    return found.end() if found else start


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends; an empty one where there is nothing else."""
    content = text[start:end]
    left = len(content) - len(content.lstrip())
    return Span(start + left, start + max(left, len(content.rstrip())))
