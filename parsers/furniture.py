"""Page furniture: what a page leaves between the lines of a letter. Page numbers, footers, running heads, rules.

A reader knows furniture by four things: set wording of the family, the form of a page number, lines that come back at
the turn of every page or repeat the letter's head, and short lines at a page's turn that part a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from parsers.letter import Span
from parsers.profile import Profile, folded_line
from parsers.sentences import is_complete

LONGEST_RUNNING_HEAD = 120
"""Code points; a longer line that comes back is text."""

_PAGE_NUMBER = re.compile(
    r"[-\u2013\u2014|\[(\s]*(?:page|p\.|pg\.?)\s*\|?\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[-\u2013\u2014|\])\s.]*"
    r"|[-\u2013\u2014|\[(\s]*\d{1,3}\s*(?:of|/)\s*\d{1,3}[-\u2013\u2014|\])\s]*"
    r"|[-\u2013\u2014|\[(]\s*\d{1,3}\s*[-\u2013\u2014|\])]",
    re.IGNORECASE,
)
# A letter has few pages: a larger number alone on a line was cut out of a sentence.
_BARE_NUMBER = re.compile(r"1?\d")
_RULE = re.compile(r"[-_=*~\u2013\u2014\u2500\u2501.]{3,}")
_DIGITS = re.compile(r"\d+")


class RawLine(NamedTuple):
    """A line that is not blank: its trimmed span, blank lines before it, and whether a form feed stands before it."""

    start: int
    end: int
    blank_before: int
    feed_before: bool


def find_furniture(text: str, lines: Sequence[RawLine], head: Span, profile: Profile) -> frozenset[int]:
    """Which of `lines` are furniture, as their places in `lines`.

    Args:
        text: the letter.
        lines: the lines of the body that are not blank, in order.
        head: the letter's head; a line of the body that repeats one of its lines at a page's turn is a running head.
        profile: gives the family's own wording.
    """
    running = _running_heads(text, lines, head)
    found = set()
    for place, line in enumerate(lines):
        if line.end - line.start > LONGEST_RUNNING_HEAD:
            continue
        content = text[line.start : line.end]
        alone = _at_page_turn(lines, place)
        if (
            _PAGE_NUMBER.fullmatch(content)
            or _RULE.fullmatch(content)
            or _BARE_NUMBER.fullmatch(content)
            or folded_line(content) in profile.furniture
            or (
                alone
                and _masked(content) in running
                and not profile.heading.fullmatch(content)
                and not _is_prose(text, lines, place)
            )
        ):
            found.add(place)
    found.update(_between_halves(text, lines, found, profile))
    return frozenset(found)


def _between_halves(text: str, lines: Sequence[RawLine], found: Set[int], profile: Profile) -> Iterator[int]:
    """Short lines of their own between two halves of a sentence, by one page's turn: a running head that comes once.

    The page turns on one side of such a line only; where it turns on both, the line is a page's worth of a finding.
    """
    for place in range(1, len(lines) - 1):
        line, after = lines[place], lines[place + 1]
        if place in found or line.end - line.start > LONGEST_RUNNING_HEAD or text[line.end - 1] in ".;:,":
            continue
        if not ((line.blank_before or line.feed_before) and (after.blank_before or after.feed_before)):
            continue
        turned_before = line.feed_before or line.blank_before > 1 or place - 1 in found
        turned_after = after.feed_before or after.blank_before > 1 or place + 1 in found
        if turned_before == turned_after or not text[line.start].isupper():
            continue
        first, last = place - 1, place + 1
        while first in found:
            first -= 1
        while last in found:
            last += 1
        if first < 0 or last >= len(lines) or is_complete(text, lines[first].end):
            continue
        # After a heading, a line like this is the first half itself.
        heading = profile.heading.fullmatch(text, lines[first].start, lines[first].end)
        if heading is None and text[lines[last].start].islower():
            yield place


def _at_page_turn(lines: Sequence[RawLine], place: int) -> bool:
    """A blank line or a form feed on one side at least, or the edge of the body."""
    line = lines[place]
    after = lines[place + 1] if place + 1 < len(lines) else None
    return bool(
        place == 0 or line.blank_before or line.feed_before or after is None or after.blank_before or after.feed_before
    )


def _is_prose(text: str, lines: Sequence[RawLine], place: int) -> bool:
    """A sentence goes through this line: it begins in small letters, or the next line does and follows at once."""
    after = lines[place + 1] if place + 1 < len(lines) else None
    goes_on = after is not None and not after.blank_before and not after.feed_before and text[after.start].islower()
    return goes_on or text[lines[place].start].islower()


def _masked(content: str) -> str:
    return _DIGITS.sub("#", folded_line(content))


def _running_heads(text: str, lines: Sequence[RawLine], head: Span) -> frozenset[str]:
    counts: Counter[str] = Counter()
    for place, line in enumerate(lines):
        if line.end - line.start <= LONGEST_RUNNING_HEAD and _at_page_turn(lines, place):
            content = text[line.start : line.end]
            if content[-1] not in ".;:" and content[0].isalnum() and not _is_prose(text, lines, place):
                counts[_masked(content)] += 1
    head_lines = {_masked(line) for line in text[head.start : head.end].split("\n") if len(line.split()) > 1}
    return frozenset(words for words, times in counts.items() if len(words) > 2 and (times > 1 or words in head_lines))
