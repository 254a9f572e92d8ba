"""Headings inside a line: a letter that lost its line breaks has them there, and a heading may be glued to a sentence.

A reader knows such a heading by its capital, by the end of a sentence before it, and by the list that begins behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence, Set
from functools import lru_cache

from parsers.items import MOST_ITEMS
from parsers.letter import Span
from parsers.profile import Profile
from parsers.raw_line import RawLine
from parsers.sentences import is_complete
from parsers.spans import trimmed

_WORN = re.compile(r"(?<!\S)(?:(?:[#*_=]{1,6}|\(?\d{1,2}[.):]|</?(?:h[1-6]|b|strong|u|p)>)\s*){1,3}\Z", re.IGNORECASE)
_WORN_LENGTH = 24
_LONGEST_CLAIM = 40
_WIDE_GAP = 3
_CLAIMS = frozenset(
    "a an and as at by called for from headed her his in into its no of on or our that the their these this those to"
    " under with your - \u2013 \u2014".split()
)

BeginsList = Callable[[int, int], bool]
"""Whether the first item of a list begins in `text[start:end]`."""


def parted_at_headings(
    text: str, lines: Sequence[RawLine], furniture: Set[int], profile: Profile, begins_list: BeginsList
) -> tuple[Sequence[RawLine], Set[int]]:
    """`lines`, with each line that holds a heading cut before it, and `furniture` among them. Linear in the text.

    Args:
        text: the letter.
        lines: the lines of the body that are not blank, in order.
        furniture: the places in `lines` of those that are furniture.
        profile: the family's wording.
        begins_list: tells whether a list begins behind the heading's words.
    """
    cuts = _cuts(text, lines, furniture, profile, begins_list)
    if not cuts:
        return lines, furniture
    parted: list[RawLine] = []
    moved: set[int] = set()
    for place, line in enumerate(lines):
        start = line.start
        if place in furniture:
            moved.add(len(parted))
        for cut in cuts.get(place, ()):
            end = cut
            while end > start and text[end - 1].isspace():
                end -= 1
            parted.append(line._replace(start=start, end=end) if start == line.start else RawLine(start, end, 0, False))
            start = cut
        parted.append(line if start == line.start else RawLine(start, line.end, 0, False))
    return parted, moved


def _cuts(
    text: str, lines: Sequence[RawLine], furniture: Set[int], profile: Profile, begins_list: BeginsList
) -> dict[int, list[int]]:
    """For the place of a line, where in it headings begin."""
    if not lines:
        return {}
    starts = [line.start for line in lines]
    hits = _hits(text, profile, starts[0], lines[-1].end)
    cuts: dict[int, list[int]] = {}
    free = number = 0
    for hit in hits:
        if number == MOST_ITEMS:
            break
        place = bisect_right(starts, hit) - 1
        line = lines[place]
        if hit == line.start or hit >= line.end or hit < free or place in furniture:
            continue
        span = _heading_at(text, hit, line, profile)
        if span is None:
            continue
        if _is_heading(text, span, line, _after(lines, furniture, place), begins_list):
            cuts.setdefault(place, []).append(span.start)
            free = span.end
            number += 1
    return cuts


def _after(lines: Sequence[RawLine], furniture: Set[int], place: int) -> RawLine | None:
    place += 1
    while place in furniture:
        place += 1
    return lines[place] if place < len(lines) else None


def _hits(text: str, profile: Profile, start: int, end: int) -> list[int]:
    return [found.start() for found in _stems_pattern(profile.heading_stems).finditer(text, start, end)]


@lru_cache(maxsize=8)
def _stems_pattern(stems: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the first letter of a stem: none may hide another, and the engine can skip to a set of letters."""
    by_letter: dict[str, list[str]] = {}
    for stem in stems:
        by_letter.setdefault(stem[0], []).append(re.escape(stem[1:]))
    return re.compile("|".join(f"{re.escape(first)}(?={'|'.join(rests)})" for first, rests in by_letter.items()))


def _heading_at(text: str, hit: int, line: RawLine, profile: Profile) -> Span | None:
    """The heading with its first word at `hit`, with what it wears, if one is there and does not begin the line."""
    worn = _WORN.search(text, max(line.start, hit - _WORN_LENGTH), hit)
    start = worn.start() if worn else hit
    if start == line.start or not text[start - 1].isspace():
        return None
    found = profile.heading.match(text, start, line.end)
    return Span(start, trimmed(text, start, found.end()).end) if found else None


def _is_heading(text: str, span: Span, line: RawLine, after: RawLine | None, begins_list: BeginsList) -> bool:
    if span.end < line.end:
        return begins_list(span.end, line.end)
    before = len(text[line.start : span.start].rstrip()) + line.start
    if after is None or text[after.start].islower():
        return False
    # A capital inside a sentence that a list follows: the item before has lost its full stop.
    return is_complete(text, before) or (
        begins_list(after.start, after.end) and _is_free(text, Span(line.start, before))
    )


def _is_free(text: str, words: Span) -> bool:
    """Whether words leave a heading behind them to itself; those of `their Areas for development` do not.

    Nor does a lone word, or a gap such as between two columns.
    """
    before = text[max(words.start, words.end - _LONGEST_CLAIM) : words.end].split()
    wide = text[words.end : words.end + _WIDE_GAP].isspace()
    return len(before) > 1 and before[-1].casefold() not in _CLAIMS and not wide
