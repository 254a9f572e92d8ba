"""Marks inside a line: the next one of the list that is going on, in a line that was flattened."""

from __future__ import annotations

import re
from functools import lru_cache

from parsers.letter import Span
from parsers.marks import DASHES, is_item
from parsers.running import NUMBER, NUMBERED, Running
from parsers.spans import skip_space

_ENDS_ITEM = ".;:!?'\"\u2019\u201d)"
_ITEM_AFTER = re.compile(r"(?=\s+[A-Z0-9\"'\u2018\u201c(]|\Z)")
_LONGEST_CLAIM = 12
_CLAIMS = frozenset(
    "section part page of to in and or than about only paragraph level stage tier phase year step grade table band no"
    " january february march april may june july august september october november december".split()
)
_LONGEST_LINK = 8
_LINKS = frozenset(("and", "or"))


def next_inside(text: str, start: int, end: int, running: Running) -> Span | None:
    """The next mark of the running list inside a flattened line: after the end of a sentence, before a new one.

    After `;` or `; and` the next item may begin in small letters. Where the letter flattens its lists, a dash before a
    capital is a mark after any word; so is a number that comes next.
    """
    style = running.style
    if len(style) == 1:
        return _next_glyph(text, start, end, style, loose=running.flattened)
    for found in _inside_pattern(style[-1]).finditer(text, start, end):
        numbered = NUMBERED.match(text, found.start("mark"), end)
        opens = text[found.start() - 1] == ":"
        fits = _ITEM_AFTER.match(text, found.end(), end) or _ends_item(text, start, found.start())
        fits = fits or (opens and is_item(text, found.end(), end, style))
        if (
            numbered
            and fits
            and _may_be_mark(text, found.start())
            and running.accept(numbered, inside=not opens) == style
        ):
            return Span(*numbered.span())
    return None


def _next_glyph(text: str, start: int, end: int, glyph: str, *, loose: bool) -> Span | None:
    in_prose = glyph in DASHES or glyph.isalnum()
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
    return text[before - 1] in _ENDS_ITEM or (loose and not text[skip_space(text, place + 1, end - 1)].isdigit())


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
    return re.compile(rf"\s(?P<mark>{NUMBER.removesuffix('[.)]')}{re.escape(last)})(?=\s|\Z)")
