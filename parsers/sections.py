"""Paragraphs put under their headings: what opens the letter, what holds findings of which category, what closes it.

A section begins with a heading, or with a sentence that announces one category and nothing else (`... the following
area for priority action:`). A sentence that announces several ends the section before it and begins none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.letter import Region, RegionKind, Span
from parsers.lines import LineKind
from parsers.paragraphs import Paragraph
from parsers.parting import LONGEST_SENTENCE, Parting
from parsers.profile import Profile
from parsers.sentences import ends_item, is_complete
from parsers.wording import Wording

# A finding speaks of the service, never of its writer or to its reader.
_TO_READER = re.compile(r"(?:I|We|Thank you|Please|May I|My|On behalf of)\b")
_LONGEST_HEADING = 80
_MOST_HEADING_WORDS = 10
_MOST_BACK = 4


@dataclass(frozen=True, slots=True)
class Section:
    """Findings of one category.

    Attributes:
        category: place of the category in the profile; None under a heading that the profile does not know.
        heading: the heading, or None where a sentence began the section.
        start: where the section begins, heading or sentence included.
        paragraphs: items and unmarked paragraphs, in order, without the sentences that introduce them.
        nothing: the letter says in words that there is nothing to report.
        guessed: the heading is none of the profile's, but names the category among other words.
    """

    category: int | None
    heading: Span | None
    start: int
    paragraphs: tuple[Paragraph, ...] = ()
    nothing: bool = False
    guessed: bool = False

    @property
    def end(self) -> int:
        """Where its last paragraph ends."""
        return self.paragraphs[-1].span.end if self.paragraphs else self.start


@dataclass(frozen=True, slots=True)
class Outline:
    """The body in parts.

    `opening_end`: where the first section begins. `regions`: headings, introductions, closings. `last_words`:
    paragraphs taken for closing words though no set sentence says so. `running_heads`: short lines at a page's turn,
    taken for furniture though they come once.
    """

    sections: tuple[Section, ...]
    opening_end: int
    regions: tuple[Region, ...]
    last_words: tuple[Span, ...]
    running_heads: tuple[Span, ...]


@dataclass(slots=True)
class _Draft:
    """A section while its paragraphs are being gathered."""

    category: int | None
    heading: Span | None
    start: int
    paragraphs: list[Paragraph] = field(default_factory=list)
    nothing: bool = False
    guessed: bool = False

    def done(self) -> Section:
        return Section(self.category, self.heading, self.start, tuple(self.paragraphs), self.nothing, self.guessed)


@dataclass(slots=True)
class _Reader:
    text: str
    profile: Profile
    wording: Wording
    sections: list[_Draft] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    open: bool = False
    closed: bool = False
    last_words: list[Span] = field(default_factory=list)
    running_heads: list[Span] = field(default_factory=list)

    def read(self, paragraphs: Sequence[Paragraph]) -> None:
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

    def claim(self, kind: RegionKind, span: Span) -> None:
        if span.start < span.end:
            self.regions.append(Region(kind, span))

    def _begin(self, category: int | None, heading: Span | None, start: int) -> None:
        self.sections.append(_Draft(category, heading, start))
        self.open, self.closed = True, False

    def _read_text(self, paragraph: Paragraph, before: Paragraph | None, after: Paragraph | None) -> None:
        span = paragraph.span
        # Set wording is known whatever stands before it; anything else may be the rest of a sentence that a page cut.
        sentence = span.end - span.start <= LONGEST_SENTENCE and not self.text[span.start].islower()
        afresh = sentence and self._is_afresh(before)
        leads_in = before is not None and before.kind is LineKind.HEADING and self.text[span.end - 1] == ":"
        if sentence and self.sections and self.wording.match(self.profile.closings, span):
            self.claim(RegionKind.CLOSING, span)
            self.open, self.closed = False, True
        elif sentence and self._announces(paragraph, after, afresh=afresh):
            self._announce(span, after)
        elif leads_in and after is not None and after.kind is LineKind.ITEM:
            self.claim(RegionKind.INTRODUCTION, span)
        elif self._leads_over(paragraph, before, after):
            self._announce(span, after)
        elif afresh and self.open and _TO_READER.match(self.text, span.start) and not self.profile.paragraphs:
            self.claim(RegionKind.CLOSING, span)
            self.last_words.append(span)
        elif self.closed:
            self.claim(RegionKind.CLOSING, span)
        elif afresh and after is not None and self._is_unknown_heading(paragraph, before, after):
            named = self.wording.nearly(span) or self.wording.categories_named(span)
            if not named and (paragraph.page or after.page):
                self.claim(RegionKind.FURNITURE, span)
                self.running_heads.append(span)
                return
            self._begin(named[0] if len(named) == 1 else None, span, span.start)
            self.sections[-1].guessed = len(named) == 1
            self.claim(RegionKind.HEADING, span)
        elif self.open:
            self._add_text(paragraph, after)

    def _add_text(self, paragraph: Paragraph, after: Paragraph | None) -> None:
        section = self.sections[-1]
        alone = not section.paragraphs and (after is None or after.kind is not LineKind.ITEM)
        if self._says_nothing(paragraph.span, section, alone=alone):
            section.nothing = section.nothing or alone
            self.claim(RegionKind.INTRODUCTION, paragraph.span)
        else:
            section.paragraphs.append(paragraph)

    def _says_nothing(self, span: Span, section: _Draft, *, alone: bool) -> bool:
        """Whether a paragraph says that there is nothing to report: under this heading, or of another category."""
        if not alone and not any(named != section.category for named in self.wording.categories_named(span)):
            return False
        return self.wording.match(self.profile.nothing, span)

    def _is_afresh(self, before: Paragraph | None) -> bool:
        return before is None or before.kind is LineKind.HEADING or is_complete(self.text, before.span.end)

    def _announces(self, paragraph: Paragraph, after: Paragraph | None, *, afresh: bool) -> bool:
        """Whether this paragraph introduces what follows instead of being a finding."""
        if after is None:
            return False
        if self.wording.match(self.profile.introductions, paragraph.span):
            return True
        ends_open = self.text[paragraph.span.end - 1] == ":" or after.kind is LineKind.HEADING
        if ends_open and self.wording.opens_category(paragraph.span):
            return True
        open_ended = afresh and self.text[paragraph.span.end - 1] == ":" and after.kind is LineKind.ITEM
        return (
            open_ended
            and self._same_kind(after)
            and (not self._is_short(paragraph) or len(self.wording.categories_named(paragraph.span)) > 0)
        )

    def _same_kind(self, item: Paragraph) -> bool:
        """Whether an item has the mark of the section's last one: sub-bullets, which a finding leads to, don't."""
        if not self.open:
            return True
        last = next((p for p in reversed(self.sections[-1].paragraphs[-_MOST_BACK:]) if p.kind is LineKind.ITEM), None)
        return last is None or last.style == item.style or len(item.style) > 1

    def _announce(self, span: Span, after: Paragraph | None) -> None:
        named = self.wording.categories_named(span)
        if after is not None and after.kind is LineKind.HEADING:
            self.open = False
        elif len(named) == 1:
            if not (self.open and self.sections[-1].category == named[0] and not self.sections[-1].paragraphs):
                self._begin(named[0], None, span.start)
        elif named:
            self.open = False
        self.claim(RegionKind.INTRODUCTION, span)

    def _is_short(self, paragraph: Paragraph) -> bool:
        words = self.text[paragraph.span.start : paragraph.span.end].split()
        return bool(
            paragraph.lines == 1
            and paragraph.span.end - paragraph.span.start <= _LONGEST_HEADING
            and len(words) <= _MOST_HEADING_WORDS
            and self.sections
            and self.sections[-1].paragraphs
        )

    def _leads_over(self, paragraph: Paragraph, before: Paragraph | None, after: Paragraph | None) -> bool:
        """Whether a clause in small letters leads from a list to one of another category: `and the following ...:`."""
        listed = before is not None and before.kind is LineKind.ITEM and after is not None
        if not listed or not self.open or self.text[paragraph.span.end - 1] != ":" or not paragraph.gap:
            return False
        if after is None or after.kind is not LineKind.ITEM or not self._is_afresh(before):
            return False
        named = self.wording.categories_named(paragraph.span)
        return len(named) == 1 and named[0] != self.sections[-1].category

    def _is_unknown_heading(self, paragraph: Paragraph, before: Paragraph | None, after: Paragraph | None) -> bool:
        """A short line of its own, without a full stop, that a list follows, after something that was ended."""
        if not self.open or after is None or after.kind is not LineKind.ITEM:
            return False
        if not self._is_short(paragraph) and not self.wording.nearly(paragraph.span):
            return False
        ended = self.text[paragraph.span.end - 1]
        apart = bool(paragraph.gap or paragraph.page) and before is not None and before.kind is LineKind.ITEM
        open_ended = ended not in ".!?;," and not ends_item(self.text, paragraph.span.end)
        return apart and (open_ended or ended == ":") and self._same_kind(after)


def read_sections(text: str, paragraphs: Sequence[Paragraph], body: Span, profile: Profile) -> Outline:
    """Put the paragraphs of a body under their headings.

    Args:
        text: the letter.
        paragraphs: of the body, in order.
        body: the span they were read from.
        profile: the family's wording.
    """
    wording = Wording(text, profile)
    reader = _Reader(text, profile, wording)
    reader.read(Parting(wording).all_parted(paragraphs))
    _take_last_word(reader)
    opening_end = reader.sections[0].start if reader.sections else body.end
    return Outline(
        sections=tuple(draft.done() for draft in reader.sections),
        opening_end=opening_end,
        regions=tuple(reader.regions),
        last_words=tuple(reader.last_words),
        running_heads=tuple(reader.running_heads),
    )


def _take_last_word(reader: _Reader) -> None:
    """Take the letter's last paragraph for its closing where no set sentence closes it.

    A letter ends with a word to its reader. In a list whose items are marked, an unmarked paragraph apart from a last
    item that is complete is that word.
    """
    if reader.closed or not reader.open or reader.profile.paragraphs:
        return
    paragraphs = reader.sections[-1].paragraphs
    if len(paragraphs) < 2 or paragraphs[-1].kind is not LineKind.TEXT or not paragraphs[-1].gap:
        return
    last, before = paragraphs[-1], paragraphs[-2]
    marked = any(p.kind is LineKind.ITEM for p in paragraphs)
    if marked and not reader.text[last.span.start].islower() and is_complete(reader.text, before.span.end):
        reader.claim(RegionKind.CLOSING, paragraphs.pop().span)
        reader.last_words.append(last.span)
