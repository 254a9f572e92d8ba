"""List marks: what is one, and what begins an item behind it.

Strong marks (bullets, list tags) never stand in prose: an item begins wherever one stands. Weak marks (dashes, `o`,
numbers) stand in prose too, so they begin an item at the start of a line, or inside one that began with the same mark,
after the end of a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from parsers.letter import Span
from parsers.profile import Marks
from parsers.running import NUMBER, NUMBERED, Running
from parsers.spans import skip_space

LIST_TAG = re.compile(r"</?(?:ul|ol|li|p|br|div)\b[^<>\n]{0,300}>", re.IGNORECASE)
DASHES = "-\u2013\u2014\u2212"
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2})?\.(\d{1,2})\.?(?=\s+[A-Z\"'\u2018\u201c])")
# A letter's own marks are never these, wherever they stand: signs that words wear, and the words `a` and `I`.
_NO_MARK = frozenset("\"'`\u2018\u2019\u201c\u201d()[]{}<&\u00a3$\u20ac%#=/\\@_aI")
_OWN_ASCII = "?!.,|:;"
_LOOSE = "-\u2013\u2014\u2212*\u00b7\u2022\u25aa\u25cf\u25a0"
_LONGEST_GAP = 12
_REACH = 1000
_BLANK = frozenset(" \t\u00a0")


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
            after = skip_space(text, start + 1, min(len(text), start + _LONGEST_GAP))
            if text[after : after + 1].isupper():
                seen[char] += 1
    if "\u00ab" in text and "\u00bb" in text:
        seen["\u00ab"] = seen["\u00bb"] = 0  # one closes what the other opens
    return frozenset(char for char, times in seen.items() if times > char.isascii())


def weak_mark(text: str, span: Span, marks: Marks, running: Running) -> tuple[Span | None, str]:
    """The weak mark or number that stands at the start of `span`, and its style; (None, "") where none does."""
    start, end = span
    if start == end:
        return None, ""
    glyph = text[start]
    if glyph in marks.weak:
        stop = start + (2 if text.startswith("--", start) else 1)
        after = skip_space(text, stop, end)
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
        found = NUMBERED.match(text, start, end)
        style = running.accept(found) if found else ""
        if found and style:
            return Span(*found.span()), style
    return None, ""


def _begins_item(char: str) -> bool:
    return char.isupper() or char.isdigit() or char in "\"'\u2018\u201c(["


def begins_list(text: str, start: int, end: int, marks: Marks) -> bool:
    """Whether the first item of a list begins at `start`, after white space: with a mark, and no word of a sentence.

    Where punctuation stands before `start`, no sentence goes on. Takes the time of one mark, however long the line is.
    """
    place = first = skip_space(text, start, end)
    while place < end and (text[place] in marks.strong or (text[place] == "<" and LIST_TAG.match(text, place, end))):
        tag = LIST_TAG.match(text, place, end)
        place = skip_space(text, tag.end() if tag else place + 1, end)
    if place > first:
        return True
    mark, style = weak_mark(text, Span(place, end), marks, Running())
    if mark is None or first == start:
        return False
    return not text[start - 1 : start].isalpha() or is_item(text, mark.end, end, style)


def is_item(text: str, start: int, end: int, style: str) -> bool:
    """Whether the words behind a weak mark are an item's.

    A sentence may go on with a dash and small letters; of items that do so, another follows a semicolon.
    """
    content = skip_space(text, start, end)
    if content >= end or not text[content].islower():
        return True
    mark = NUMBER if len(style) > 1 else f"[{re.escape(_LOOSE if style in _LOOSE else style)}]"
    return _small_item_pattern(mark).search(text, content, content + _REACH) is not None


@lru_cache(maxsize=64)
def _small_item_pattern(mark: str) -> re.Pattern[str]:
    return re.compile(rf";\s+(?:and\s+|or\s+)?{mark}\s")
