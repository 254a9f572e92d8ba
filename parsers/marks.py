"""List marks: where an item begins, at the start of a line or in the middle of one that was flattened.

Strong marks (bullets, list tags) never stand in prose: an item begins wherever one stands. Weak marks (dashes, `o`,
numbers) stand in prose too, so they begin an item at the start of a line, or inside one that began with the same mark,
after the end of a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from parsers.letter import Span
from parsers.profile import Marks

MOST_ITEMS = 50_000
"""Items that a line is cut into; the last one has all that is left."""

LIST_TAG = re.compile(r"</?(?:ul|ol|li|p|br|div)\b[^<>\n]{0,300}>", re.IGNORECASE)
_OPENING_TAG = re.compile(r"<(?:ul|ol|li)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(\(?)(?:(\d{1,2})|([a-z])|([ivx]{2,5}))([.)])(?=\s)(?!\s*$)")
_ENDS_ITEM = ".;:!?'\"\u2019\u201d)"
_ITEM_AFTER = re.compile(r"(?=\s+[A-Z0-9\"'\u2018\u201c(]|\Z)")
_NUMBER = r"\(?(?:\d{1,2}|[a-z]|[ivx]{2,5})[.)]"
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2})?\.(\d{1,2})\.?(?=\s+[A-Z\"'\u2018\u201c])")
_OPENERS = frozenset("-\u2013\u2014\u2212*\u00b7o1(ai")
_DASHES = "-\u2013\u2014\u2212"
# A letter's own marks are never these, wherever they stand: signs that words wear, and the words `a` and `I`.
_NO_MARK = frozenset("\"'`\u2018\u2019\u201c\u201d\u00ab\u00bb()[]{}<&\u00a3$\u20ac%#=/\\@_aI")
_LONGEST_CLAIM = 12
_CLAIMS = frozenset(
    "section part page of to in and or than about only paragraph level stage tier phase year step grade table band no"
    " january february march april may june july august september october november december".split()
)
_OWN_ASCII = "?!.,|:;"
_LOOSE = "-\u2013\u2014\u2212*\u00b7\u2022\u25aa\u25cf\u25a0"
_LONGEST_GAP = 12
_LONGEST_LINK = 8
_LINKS = frozenset(("and", "or"))
_REACH = 1000
_BLANK = frozenset(" \t\u00a0")
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
        flattened: a line of this letter held several items with a dash, each after the end of a sentence.
    """

    def __init__(self) -> None:
        self.style = ""
        self.flattened = False
        self._last: dict[str, int] = {}

    def accept(self, found: re.Match[str], *, inside: bool = False) -> str:
        """The style (`1.`, `(a)`) if a number comes next in a list or begins one, else "".

        So `2010. ` at the start of a wrapped line is no mark. `inside`: it stands inside a line, and can begin none.
        """
        for kind, value in _readings(found):
            style = f"{found[1]}{kind}{found[5]}"
            if self.comes_next(style, value, begins=not inside):
                return style
        return ""

    def comes_next(self, style: str, value: int, *, begins: bool = True) -> bool:
        """Whether this number is the next in a list of its style, or begins one if it may; if so it is remembered."""
        if value != self._last.get(style, -1) + 1 and not (begins and value <= 2):
            return False
        self._last[style] = value
        return True


def _readings(found: re.Match[str]) -> Iterator[tuple[str, int]]:
    if found[2]:
        yield "1", int(found[2])
    label = found[3] or found[4]
    if found[3]:
        yield "a", ord(found[3]) - ord("a") + 1
    if label in _ROMAN:
        yield "i", _ROMAN.index(label) + 1


def marks_in(text: str, starts: Iterable[int], marks: Marks) -> Marks:
    """The marks of this letter: the strong ones that stand in it, for it has one or two of some thirty, and its own.

    Args:
        text: the letter.
        starts: where its lines begin, without white space.
        marks: those of the family.
    """
    strong = frozenset([mark for mark in marks.strong if mark in text])
    return replace(marks, strong=strong, weak=marks.weak | _own_marks(text, starts, marks))


def _own_marks(text: str, starts: Iterable[int], marks: Marks) -> frozenset[str]:
    """The marks of this letter that no profile knows: signs or letters that stand alone before a capital.

    Symbol fonts come out of a PDF as whatever letter or sign has their number, such as `n` or `?`. A sign of ASCII or a
    small letter has to begin two lines at least.
    """
    seen: Counter[str] = Counter()
    for start in starts:
        if text[start + 1 : start + 2] in _BLANK and not (char := text[start]).isdigit():
            if char in marks.weak or char in marks.strong or char in _NO_MARK or (char.isascii() and char.isupper()):
                continue
            after = _skip_space(text, start + 1, min(len(text), start + _LONGEST_GAP))
            if text[after : after + 1].isupper():
                seen[char] += 1
    return frozenset(char for char, times in seen.items() if times > char.isascii())


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
            begin = _skip_space(text, start + 1, end)
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
    mark, style = _weak_mark(text, span, marks, running)
    if mark is None and tags is None and (opened := _opened_inside(text, span, marks, running)):
        mark, running.style = opened
        running.flattened = True
        before = Item(None, "", trimmed(text, span.start, mark.start), tagged)
        content = Span(_skip_space(text, mark.end, span.end), span.end)
        return [before, *_inside_items(text, Item(mark, running.style, content, tagged), marks, running)]
    if mark is not None:
        running.style = style
        span = Span(_skip_space(text, mark.end, span.end), span.end)
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
    loose = style in _DASHES and _next_inside(text, start, end, running) is not None
    running.flattened = running.flattened or loose
    while len(items) < MOST_ITEMS and (following := _next_inside(text, start, end, running)):
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
        spaced, begins = after > stop, after < end and _begins_item(text[after])
        if glyph == "o":
            fits = spaced or after == end
        elif glyph == ">" or (glyph.isascii() and glyph.isalnum()) or glyph in _OWN_ASCII:
            fits = spaced and begins
        elif glyph in "+~":
            fits = spaced
        else:
            fits = spaced or after == end or (begins and text[after] != glyph)
        return (Span(start, stop), glyph) if fits else (None, "")
    if marks.numbered and (glyph == "(" or "0" <= glyph <= "9" or "a" <= glyph <= "z"):
        decimal = _DECIMAL.match(text, start, end) if glyph <= "9" else None
        if decimal and running.comes_next("1.1", int(decimal[1])):
            return Span(*decimal.span()), "1.1"
        found = _NUMBERED.match(text, start, end)
        style = running.accept(found) if found else ""
        if found and style:
            return Span(*found.span()), style
    return None, ""


def begins_list(text: str, start: int, end: int, marks: Marks) -> bool:
    """Whether the first item of a list begins at `start`, after white space: with a mark, and no word of a sentence.

    Where punctuation stands before `start`, no sentence goes on. Takes the time of one mark, however long the line is.
    """
    place = first = _skip_space(text, start, end)
    while place < end and (text[place] in marks.strong or (text[place] == "<" and LIST_TAG.match(text, place, end))):
        tag = LIST_TAG.match(text, place, end)
        place = _skip_space(text, tag.end() if tag else place + 1, end)
    if place > first:
        return True
    mark, style = _weak_mark(text, Span(place, end), marks, Running())
    if mark is None or first == start:
        return False
    return not text[start - 1 : start].isalpha() or _is_item(text, mark.end, end, style)


def _is_item(text: str, start: int, end: int, style: str) -> bool:
    """Whether the words behind a weak mark are an item's.

    A sentence may go on with a dash and small letters; of items that do so, another follows a semicolon.
    """
    content = _skip_space(text, start, end)
    if content >= end or not text[content].islower():
        return True
    mark = _NUMBER if len(style) > 1 else f"[{re.escape(_LOOSE if style in _LOOSE else style)}]"
    return _small_item_pattern(mark).search(text, content, content + _REACH) is not None


@lru_cache(maxsize=64)
def _small_item_pattern(mark: str) -> re.Pattern[str]:
    return re.compile(rf";\s+(?:and\s+|or\s+)?{mark}\s")


def _opened_inside(text: str, span: Span, marks: Marks, running: Running) -> tuple[Span, str] | None:
    """The first mark of a list that a sentence ending in a colon opens on the same line, and its style."""
    place = text.find(": ", span.start, span.end)
    while place >= 0:
        start = _skip_space(text, place + 1, span.end)
        if text[start] in _OPENERS:
            mark, style = _weak_mark(text, Span(start, span.end), marks, running)
            if mark and text[mark.end : mark.end + 1].isspace() and _is_item(text, mark.end, span.end, style):
                return mark, style
        place = text.find(": ", place + 1, span.end)
    return None


def _begins_item(char: str) -> bool:
    return char.isupper() or char.isdigit() or char in "\"'\u2018\u201c(["


def _next_inside(text: str, start: int, end: int, running: Running) -> Span | None:
    """The next mark of the running list inside a flattened line: after the end of a sentence, before a new one.

    After `;` or `; and` the next item may begin in small letters. Where the letter flattens its lists, a dash before a
    capital is a mark after any word; so is a number that comes next.
    """
    style = running.style
    if len(style) == 1:
        return _next_glyph(text, start, end, style, loose=running.flattened)
    for found in _inside_pattern(style[-1]).finditer(text, start, end):
        numbered = _NUMBERED.match(text, found.start("mark"), end)
        opens = text[found.start() - 1] == ":"
        fits = _ITEM_AFTER.match(text, found.end(), end) or _ends_item(text, start, found.start())
        fits = fits or (opens and _is_item(text, found.end(), end, style))
        if (
            numbered
            and fits
            and _may_be_mark(text, found.start())
            and running.accept(numbered, inside=not opens) == style
        ):
            return Span(*numbered.span())
    return None


def _next_glyph(text: str, start: int, end: int, glyph: str, *, loose: bool) -> Span | None:
    in_prose = glyph in _DASHES or glyph.isalnum()
    place = text.find(glyph, start, end)
    while place >= 0:
        before = place
        while before > start and text[before - 1].isspace():
            before -= 1
        alone = start < before < place and (place + 1 == end or text[place + 1].isspace())
        if alone and (
            not in_prose or _ends_item(text, start, before) or _is_between(text, place, before, end, loose=loose)
        ):
            return Span(place, place + 1)
        place = text.find(glyph, place + 1, end)
    return None


def _is_between(text: str, place: int, before: int, end: int, *, loose: bool) -> bool:
    """Whether the dash or letter at `place` stands between what ends a sentence and what begins one."""
    if not _ITEM_AFTER.match(text, place + 1, end):
        return False
    return text[before - 1] in _ENDS_ITEM or (loose and not text[_skip_space(text, place + 1, end - 1)].isdigit())


def _ends_item(text: str, start: int, end: int) -> bool:
    """Whether the words before `end` are parted from the next item by a semicolon."""
    if text[end - 1] == ";":
        return True
    words = text[max(start, end - _LONGEST_LINK) : end].split()
    return len(words) > 1 and words[-1] in _LINKS and words[-2][-1] in ";,"


def _may_be_mark(text: str, end: int) -> bool:
    """Whether the word before `end` doesn't claim the number behind it, as in `section 3. The`."""
    words = text[max(0, end - _LONGEST_CLAIM) : end].casefold().split()
    return not words or _ends_item(text, 0, end) or words[-1] not in _CLAIMS


@lru_cache(maxsize=8)
def _inside_pattern(last: str) -> re.Pattern[str]:
    """Finds what may be a number or letter of a list inside a line; `last` is the full stop or bracket behind it."""
    return re.compile(rf"\s(?P<mark>{_NUMBER.removesuffix('[.)]')}{re.escape(last)})(?=\s|\Z)")


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends; an empty one where there is nothing else."""
    content = text[start:end]
    left = len(content) - len(content.lstrip())
    return Span(start + left, start + max(left, len(content.rstrip())))
