"""Paragraphs put under their headings: what opens the letter, what holds findings of which category, what closes it.

A section begins with a heading, or with a sentence that announces one category and nothing else (`... the following
area for priority action:`). A sentence that announces several ends the section before it and begins none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.letter import Region, RegionKind, Span
from parsers.lines import LineKind
from parsers.paragraphs import Paragraph
from parsers.phrases import Passage, Phrase
from parsers.profile import Profile
from parsers.sentences import is_complete

_LONGEST_HEADING = 80
_MOST_HEADING_WORDS = 10
_MOST_SET_LINES = 8
_LONGEST_SENTENCE = 2000
"""Code points of an unmarked paragraph that may still introduce or close; set sentences are shorter."""


@dataclass(frozen=True, slots=True)
class Section:
    """Findings of one category.

    Attributes:
        category: place of the category in the profile; None under a heading that the profile does not know.
        heading: the heading, or None where a sentence began the section.
        start: where the section begins, heading or sentence included.
        paragraphs: items and unmarked paragraphs, in order, without the sentences that introduce them.
        nothing: the letter says in words that there is nothing to report.
    """

    category: int | None
    heading: Span | None
    start: int
    paragraphs: tuple[Paragraph, ...] = ()
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """The body in parts.

    `opening_end`: where the first section begins. `regions`: headings, introductions, closings. `last_word`: a
    paragraph taken for the closing though no set sentence says so, or None.
    """

    sections: tuple[Section, ...]
    opening_end: int
    regions: tuple[Region, ...]
    last_word: Span | None


@dataclass(slots=True)
class _Draft:
    """A section while its paragraphs are being gathered."""

    category: int | None
    heading: Span | None
    start: int
    paragraphs: list[Paragraph] = field(default_factory=list)
    nothing: bool = False

    def done(self) -> Section:
        return Section(self.category, self.heading, self.start, tuple(self.paragraphs), self.nothing)


@dataclass(slots=True)
class _Reader:
    text: str
    profile: Profile
    sections: list[_Draft] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    open: bool = False
    closed: bool = False
    last: Passage | None = None

    def read(self, paragraphs: Sequence[Paragraph]) -> None:
        paragraphs = [part for paragraph in paragraphs for part in self._parted(paragraph)]
        for place, paragraph in enumerate(paragraphs):
            before = paragraphs[place - 1] if place else None
            after = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
            if paragraph.kind is LineKind.HEADING:
                self._begin(paragraph.category, paragraph.span, paragraph.span.start)
                self.claim(RegionKind.HEADING, paragraph.span)
            elif paragraph.kind is LineKind.ITEM:
                if self.open:
                    self.sections[-1].paragraphs.append(paragraph)
                elif self.closed:
                    self.claim(RegionKind.CLOSING, paragraph.span)
            else:
                self._read_text(paragraph, before, after)

    def _parted(self, paragraph: Paragraph) -> list[Paragraph]:
        """Set wording that follows an item without a blank line, where lines are wrapped, is a paragraph of its own."""
        start, end = paragraph.span
        place = self.text.rfind("\n", start, end)
        for _ in range(_MOST_SET_LINES if paragraph.lines > 1 else 0):
            if place < 0:
                break
            if is_complete(self.text, place) and self._is_set_wording(Span(place + 1, end)):
                first = paragraph._replace(span=Span(start, place), lines=1)
                return [
                    first,
                    paragraph._replace(kind=LineKind.TEXT, span=Span(place + 1, end), mark=None, style="", gap=0),
                ]
            place = self.text.rfind("\n", start, place)
        return [paragraph]

    def _is_set_wording(self, span: Span) -> bool:
        return self._is(self.profile.closings, span) or self._is(self.profile.introductions, span)

    def claim(self, kind: RegionKind, span: Span) -> None:
        if span.start < span.end:
            self.regions.append(Region(kind, span))

    def _begin(self, category: int | None, heading: Span | None, start: int) -> None:
        self.sections.append(_Draft(category, heading, start))
        self.open, self.closed = True, False

    def _read_text(self, paragraph: Paragraph, before: Paragraph | None, after: Paragraph | None) -> None:
        span = paragraph.span
        # Set wording is known whatever stands before it; anything else may be the rest of a sentence that a page cut.
        sentence = span.end - span.start <= _LONGEST_SENTENCE and not self.text[span.start].islower()
        afresh = sentence and self._is_afresh(before)
        if sentence and self.sections and self._is(self.profile.closings, span):
            self.claim(RegionKind.CLOSING, span)
            self.open, self.closed = False, True
        elif sentence and self._announces(paragraph, after, afresh=afresh):
            self._announce(span, after)
        elif self.closed:
            self.claim(RegionKind.CLOSING, span)
        elif afresh and self._is_unknown_heading(paragraph, before, after):
            self._begin(None, span, span.start)
            self.claim(RegionKind.HEADING, span)
        elif self.open:
            self._add_text(paragraph, after)

    def _add_text(self, paragraph: Paragraph, after: Paragraph | None) -> None:
        section = self.sections[-1]
        alone = not section.paragraphs and (after is None or after.kind is not LineKind.ITEM)
        if alone and self._is(self.profile.nothing, paragraph.span):
            section.nothing = True
            self.claim(RegionKind.INTRODUCTION, paragraph.span)
        else:
            section.paragraphs.append(paragraph)

    def _is_afresh(self, before: Paragraph | None) -> bool:
        return before is None or before.kind is LineKind.HEADING or is_complete(self.text, before.span.end)

    def _is(self, phrases: tuple[Phrase, ...], span: Span) -> bool:
        passage = self._passage(span)
        return any(phrase.match(passage) for phrase in phrases)

    def _passage(self, span: Span) -> Passage:
        if self.last is None or (self.last.start, self.last.end) != span:
            self.last = Passage.of(self.text, *span)
        return self.last

    def _announces(self, paragraph: Paragraph, after: Paragraph | None, *, afresh: bool) -> bool:
        """Whether this paragraph introduces what follows instead of being a finding."""
        if after is None:
            return False
        if self._is(self.profile.introductions, paragraph.span):
            return True
        ends_open = self.text[paragraph.span.end - 1] == ":" or after.kind is LineKind.HEADING
        if ends_open and any(self._is(c.introductions, paragraph.span) for c in self.profile.categories):
            return True
        open_ended = afresh and self.text[paragraph.span.end - 1] == ":"
        return open_ended and after.kind is LineKind.ITEM and not self._is_short(paragraph)

    def _announce(self, span: Span, after: Paragraph | None) -> None:
        named = self._categories_named(span)
        if after is not None and after.kind is LineKind.HEADING:
            self.open = False
        elif len(named) == 1:
            if not (self.open and self.sections[-1].category == named[0] and not self.sections[-1].paragraphs):
                self._begin(named[0], None, span.start)
        elif named:
            self.open = False
        self.claim(RegionKind.INTRODUCTION, span)

    def _categories_named(self, span: Span) -> list[int]:
        by_sentence = [n for n, c in enumerate(self.profile.categories) if self._is(c.introductions, span)]
        by_name = [
            number
            for number, category in enumerate(self.profile.categories)
            if category.names.search(self._passage(span))
        ]
        return sorted({*by_sentence, *by_name})

    def _is_short(self, paragraph: Paragraph) -> bool:
        words = self.text[paragraph.span.start : paragraph.span.end].split()
        return bool(
            paragraph.lines == 1
            and paragraph.span.end - paragraph.span.start <= _LONGEST_HEADING
            and len(words) <= _MOST_HEADING_WORDS
            and self.sections
            and self.sections[-1].paragraphs
        )

    def _is_unknown_heading(self, paragraph: Paragraph, before: Paragraph | None, after: Paragraph | None) -> bool:
        """A short line of its own, without a full stop, that a list follows, after something that was ended."""
        if not self.open or after is None or after.kind is not LineKind.ITEM or not self._is_short(paragraph):
            return False
        ended = self.text[paragraph.span.end - 1]
        apart = bool(paragraph.gap or paragraph.page) and before is not None and before.kind is LineKind.ITEM
        return apart and ended not in ".!?;,"


def read_sections(text: str, paragraphs: Sequence[Paragraph], body: Span, profile: Profile) -> Outline:
    """Put the paragraphs of a body under their headings.

    Args:
        text: the letter.
        paragraphs: of the body, in order.
        body: the span they were read from.
        profile: the family's wording.
    """
    reader = _Reader(text, profile)
    reader.read(paragraphs)
    last_word = _take_last_word(reader)
    opening_end = reader.sections[0].start if reader.sections else body.end
    return Outline(tuple(draft.done() for draft in reader.sections), opening_end, tuple(reader.regions), last_word)


def _take_last_word(reader: _Reader) -> Span | None:
    """Take the letter's last paragraph for its closing where no set sentence closes it.

    A letter ends with a word to its reader. In a list whose items are marked, an unmarked paragraph apart from a last
    item that is complete is that word.
    """
    if reader.closed or not reader.open or reader.profile.paragraphs:
        return None
    paragraphs = reader.sections[-1].paragraphs
    if len(paragraphs) < 2 or paragraphs[-1].kind is not LineKind.TEXT or not paragraphs[-1].gap:
        return None
    last, before = paragraphs[-1], paragraphs[-2]
    marked = any(p.kind is LineKind.ITEM for p in paragraphs)
    if marked and not reader.text[last.span.start].islower() and is_complete(reader.text, before.span.end):
        reader.claim(RegionKind.CLOSING, paragraphs.pop().span)
        return last.span
    return None
