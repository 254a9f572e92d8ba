"""Paragraphs parted where set wording begins inside them: at the end of an item, or of a paragraph that leads over.

A letter that lost its line breaks has the sentence that follows a list in the last item of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.letter import Span
from parsers.lines import LineKind
from parsers.paragraphs import Paragraph
from parsers.spans import trimmed
from parsers.wording import Wording

LONGEST_SENTENCE = 2000
"""Code points of an unmarked paragraph that may still introduce or close; set sentences are shorter."""

_SENTENCE_START = re.compile(r"[.!?;:]['\"\u2019\u201d)]*\s+(?=[A-Z])")
_CAPITAL = re.compile(r"(?<=[^\W_])\s+(?=[A-Z])")
_MOST_SET_SENTENCES = 6
_MOST_SET_LINES = 8


class Parting:
    """Parts the paragraphs of `wording.text`."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._text, self._profile = wording.text, wording.profile

    def all_parted(self, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
        """`paragraphs`, with each that holds set wording in two."""
        parted: list[Paragraph] = []
        for place, paragraph in enumerate(paragraphs):
            after = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
            parted.extend(self._parted(paragraph, after))
        return parted

    def _parted(self, paragraph: Paragraph, after: Paragraph | None) -> list[Paragraph]:
        """Set wording at an item's end is a paragraph of its own, on its own line or in one that lost its breaks."""
        if paragraph.kind is LineKind.HEADING:
            return [paragraph]
        ends_list = after is None or after.kind is not LineKind.ITEM or self._text[paragraph.span.end - 1] == ":"
        if paragraph.kind is LineKind.ITEM:
            looked_at = ends_list or paragraph.lines > 1
            if not looked_at or not self._wording.may_hold_set(paragraph.span):
                return [paragraph]
        start = self._set_line(paragraph) if paragraph.lines > 1 else None
        if start is None and ends_list and paragraph.kind is LineKind.ITEM:
            start = self._set_sentence(paragraph.span)
        elif start is None and paragraph.kind is LineKind.TEXT and after and after.kind is not LineKind.TEXT:
            start = self._last_set_sentence(paragraph.span)
        if start is None or start <= paragraph.span.start:
            return [paragraph]
        first = paragraph._replace(span=trimmed(self._text, paragraph.span.start, start), lines=1)
        rest = paragraph._replace(kind=LineKind.TEXT, span=Span(start, paragraph.span.end), mark=None, style="", gap=0)
        return [first, rest]

    def _set_line(self, paragraph: Paragraph) -> int | None:
        """Where the last lines of a wrapped paragraph are set wording; None where they are not."""
        start, end = paragraph.span
        place = self._text.rfind("\n", start, end)
        for _ in range(_MOST_SET_LINES):
            if place < 0:
                break
            line = _first_word(self._text, place, end)
            if self._text[line].isupper() and self._wording.is_set(Span(line, end)):
                return line
            place = self._text.rfind("\n", start, place)
        return None

    def _set_sentence(self, span: Span) -> int | None:
        """Where the last sentences of an item are set wording; None where they are not."""
        end = span.end
        first = max(span.start, end - LONGEST_SENTENCE)
        starts = [found.end() for found in _SENTENCE_START.finditer(self._text, first, end)][-_MOST_SET_SENTENCES:]
        if len(starts) < _MOST_SET_SENTENCES and first == span.start:
            starts.insert(0, first)
        for start, stop in zip(starts, [*starts[1:], end], strict=False):
            sentence = trimmed(self._text, start, stop)
            leads_over = stop == end and self._text[end - 1] == ":"
            introduces = leads_over and self._wording.match(self._profile.introductions, sentence)
            if introduces or self._wording.match(self._profile.closings, sentence):
                return start if start > span.start else self._after_unended(sentence)
        return self._after_unended(trimmed(self._text, starts[-1], end)) if starts else None

    def _after_unended(self, sentence: Span) -> int | None:
        """Where set wording begins behind an item that ends without a full stop: at the last capital that will do."""
        capitals = [found.end() for found in _CAPITAL.finditer(self._text, *sentence)]
        for start in reversed(capitals[-_MOST_SET_SENTENCES:]):
            rest = Span(start, sentence.end)
            if self._wording.is_set(rest):
                return start
        return None

    def _last_set_sentence(self, span: Span) -> int | None:
        """Where the sentence begins with which a paragraph leads over to a list; None if it doesn't, or is alone."""
        if self._text[span.end - 1] != ":":
            return None
        first = max(span.start, span.end - LONGEST_SENTENCE)
        starts = [found.end() for found in _SENTENCE_START.finditer(self._text, first, span.end)]
        if starts:
            sentence = Span(starts[-1], span.end)
            if self._wording.match(self._profile.introductions, sentence) or self._wording.opens_category(sentence):
                return starts[-1]
        return None


def _first_word(text: str, start: int, end: int) -> int:
    """Behind the white space at `start`."""
    while start < end - 1 and text[start].isspace():
        start += 1
    return start
