"""Headings at the start of a line: their words, and whether the lines around make them part of a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from parsers.heading_wordings import AFTER_LETTER
from parsers.letter import Span
from parsers.marks import begins_list
from parsers.profile import Marks, Profile
from parsers.raw_line import RawLine
from parsers.sentences import is_complete
from parsers.spans import trimmed

# A word in small letters that goes on with a sentence; a lone `o` or `a)` is a list mark.
_WORD_ON = re.compile(r"(?!o\s)[a-z]+(?:[\s,;'-]|$)")
_NEVER_BEFORE_HEADING = frozenset("-\u2013\u2014\u2022\u25aa\u25cf\u25a0\u00b7\uf0b7")


class Headings:
    """The headings of a letter's body.

    Args:
        text: the letter.
        lines: the lines of the body that are not blank, in order.
        furniture: which of them are furniture.
        profile: the family's wording.
        marks: those of the letter.
        end: where the body ends.
    """

    def __init__(
        self, text: str, lines: Sequence[RawLine], furniture: Set[int], profile: Profile, marks: Marks, end: int
    ) -> None:
        self._text, self._lines, self._furniture = text, lines, furniture
        self._wording, self._marks, self._end = profile.heading, marks, end
        self._longest = max([line.end - line.start for line in lines], default=0)
        self._firsts = profile.heading.firsts | _NEVER_BEFORE_HEADING

    def at(self, place: int) -> tuple[Span, int] | None:
        """The heading that begins the line at `place`, and the place of its category; None where none does."""
        text, lines = self._text, self._lines
        start = lines[place].start
        first = text[start]
        # Most lines begin with a letter that no heading begins with.
        if first not in self._firsts and text[start + 1 : start + 2] not in AFTER_LETTER:
            return None
        if first in _NEVER_BEFORE_HEADING:
            return self._with_mark(place)
        found = self._wording.match(text, start, self._end)
        if found is None or found.lastgroup is None:
            return None
        span = trimmed(text, start, found.end())
        last = place
        while last + 1 < len(lines) and lines[last + 1].start < span.end:
            last += 1
        end = lines[last].end
        if span.end == end:
            fits = self._stands_alone(place, last)
        else:
            fits = begins_list(text, span.end, end, self._marks) or self._glued_to_text(place, span, end)
        return (span, int(found.lastgroup[1:])) if fits else None

    def _glued_to_text(self, place: int, span: Span, end: int) -> bool:
        """Whether a sentence begins behind these words, on a line apart: with a capital, as none goes on."""
        line, before = self._lines[place], self._next(place, -1)
        apart = before is None or line.blank_before or line.feed_before
        first = self._text[span.end : end].split(None, 2)
        if not apart or len(first) < 3 or not self._text[span.start].isupper() or self._text[end - 1] not in ".!?":
            return False
        ended = before is None or is_complete(self._text, before.end)
        return ended and first[0][0].isupper() and first[1].islower() and self._text[span.end].isspace()

    def _with_mark(self, place: int) -> tuple[Span, int] | None:
        """A heading that wears a list mark itself: its items, on the lines behind it, have another."""
        text, line = self._text, self._lines[place]
        start = line.start + 1
        while start < line.end and text[start].isspace():
            start += 1
        if start - line.start < 2 or not text[start].isupper():
            return None
        after = self._next(place, 1)
        if after is None or text[after.start] == text[line.start]:
            return None
        found = self._wording.match(text, start, line.end)
        if found is None or found.lastgroup is None or trimmed(text, start, found.end()).end < line.end:
            return None
        marked = after.end - after.start > 1 and text[after.start + 1].isspace() and not text[after.start].isupper()
        return (Span(start, line.end), int(found.lastgroup[1:])) if marked else None

    def _stands_alone(self, first: int, last: int) -> bool:
        """Whether the lines around leave these words to themselves.

        A line of no more than half the length of the longest was ended on purpose.
        """
        text, line = self._text, self._lines[first]
        before, after = self._next(first, -1), self._next(last, 1)
        apart = before is None or bool(line.blank_before or line.feed_before)
        ended = before is None or is_complete(text, before.end)
        if after is not None and _WORD_ON.match(text, after.start):
            below = self._lines[last + 1]
            follows = after is below and not after.blank_before and not after.feed_before
            short = follows and (self._lines[last].end - self._lines[last].start) * 2 <= self._longest
            return ended and (apart or (short and not text[line.start].islower()))
        return apart or ended or not text[line.start].islower()

    def _next(self, place: int, step: int) -> RawLine | None:
        """The nearest line before or after `place` that is no furniture."""
        place += step
        while place in self._furniture:
            place += step
        return self._lines[place] if 0 <= place < len(self._lines) else None
