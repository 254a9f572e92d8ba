"""Paragraphs put under their headings: what opens the letter, what holds findings of which category, what closes it.

A section begins with a heading, or with a sentence that announces one category and nothing else (`... the following
area for priority action:`). A sentence that announces several ends the section before it and begins none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.drift import is_of_letter, is_to_reader, lists_evidence, points_on
from parsers.letter import Region, RegionKind, Span
from parsers.lines import LineKind
from parsers.paragraphs import Paragraph
from parsers.parting import LONGEST_SENTENCE, Parting
from parsers.profile import Profile
from parsers.sentences import is_complete
from parsers.titles import Titles, same_kind
from parsers.wording import Wording

_LONGEST_NOISE = 8


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
    taken for furniture though they come once. `parts`: titles inside a section, of a part of it. `unread`: lists that
    stand under no heading.
    """

    sections: tuple[Section, ...]
    opening_end: int
    regions: tuple[Region, ...]
    last_words: tuple[Span, ...]
    running_heads: tuple[Span, ...]
    parts: tuple[Span, ...]
    unread: tuple[Span, ...]


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
    titles: Titles
    sections: list[_Draft] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    open: bool = False
    closed: bool = False
    last_words: list[Span] = field(default_factory=list)
    running_heads: list[Span] = field(default_factory=list)
    parts: list[Span] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)
    headed: frozenset[int | None] = frozenset()

    def read(self, paragraphs: Sequence[Paragraph]) -> None:
        self.headed = frozenset(p.category for p in paragraphs if p.kind is LineKind.HEADING)
        for place, paragraph in enumerate(paragraphs):
            before = paragraphs[place - 1] if place else None
            after = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
            if paragraph.kind is LineKind.HEADING:
                self._begin(paragraph.category, paragraph.span, paragraph.span.start)
                self.claim(RegionKind.HEADING, paragraph.span)
            elif paragraph.kind is LineKind.ITEM:
                self._read_item(paragraph, before, after)
            else:
                self._read_text(paragraph, before, after)

    def _read_item(self, paragraph: Paragraph, before: Paragraph | None, after: Paragraph | None) -> None:
        if not self.open:
            self._leave_unread(paragraph, before)
            if self.closed:
                self.claim(RegionKind.CLOSING, paragraph.span)
            return
        section = self.sections[-1]
        alone = not section.paragraphs and (after is None or after.kind is not LineKind.ITEM)
        if alone and self._says_nothing(paragraph.span, section, alone=True):
            section.nothing = True
            self.claim(RegionKind.INTRODUCTION, paragraph.span)
        elif not self._is_noise(paragraph.span):
            section.paragraphs.append(paragraph)

    def _leave_unread(self, paragraph: Paragraph, before: Paragraph | None) -> None:
        """Note an item that stands under no heading; those of one list together, and none that lists the evidence."""
        if before is not None and before.kind is LineKind.ITEM:
            if self.unread and self.unread[-1].end == before.span.end:
                self.unread[-1] = Span(self.unread[-1].start, paragraph.span.end)
        elif before is None or not (self._goes_on(before, paragraph) or lists_evidence(self.text, before.span)):
            self.unread.append(paragraph.span)

    def _goes_on(self, before: Paragraph, item: Paragraph) -> bool:
        """Whether what seems to be a mark stands in a sentence, as in `on 3` and on the next line `- 4 May`."""
        return not item.gap and not item.page and not self._is_afresh(before)

    def _is_noise(self, span: Span) -> bool:
        """Whether nothing but signs stands here: dirt on a scanned page."""
        words = self.text[span.start : span.end]
        return 0 < len(words) <= _LONGEST_NOISE and not any(map(str.isalnum, words))

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
        elif afresh and self.open and is_to_reader(self.text, span) and not self.profile.paragraphs:
            self.claim(RegionKind.CLOSING, span)
            self.last_words.append(span)
        elif self.closed:
            self.claim(RegionKind.CLOSING, span)
        elif afresh and self.open and after is not None and self._is_title(paragraph, before, after):
            self._begin_at_title(paragraph, after)
        elif self.open:
            self._add_text(paragraph, after)

    def _is_title(self, paragraph: Paragraph, before: Paragraph | None, after: Paragraph) -> bool:
        above = self.sections[-1].paragraphs
        return (
            self.titles.is_over_list(paragraph, before, after, above)
            or self.titles.is_over_text(paragraph, before, after, above)
            or self.titles.is_over_heading(paragraph, after, above)
        )

    def _begin_at_title(self, paragraph: Paragraph, after: Paragraph) -> None:
        """Begin a section at a heading that the profile does not know.

        By a page's turn it is a running head. Where findings stand in paragraphs, it is the title of a section's part.
        """
        span = paragraph.span
        named = self.wording.nearly(span) or self.wording.categories_named(span)
        if not named and (paragraph.page or after.page):
            self.claim(RegionKind.FURNITURE, span)
            self.running_heads.append(span)
        elif not named and (after.kind is LineKind.HEADING or self._goes_on_in_parts()):
            self.claim(RegionKind.HEADING, span)
            self.parts.append(span)
        else:
            self._begin(named[0] if len(named) == 1 else None, span, span.start)
            self.sections[-1].guessed = len(named) == 1
            self.claim(RegionKind.HEADING, span)

    def _goes_on_in_parts(self) -> bool:
        return self.profile.paragraphs and self.sections[-1].category is not None

    def _add_text(self, paragraph: Paragraph, after: Paragraph | None) -> None:
        section = self.sections[-1]
        alone = not section.paragraphs and (after is None or after.kind is not LineKind.ITEM)
        if self._says_nothing(paragraph.span, section, alone=alone):
            section.nothing = section.nothing or alone
            self.claim(RegionKind.INTRODUCTION, paragraph.span)
        elif not self._is_noise(paragraph.span):
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
        listed = after.kind is LineKind.ITEM
        if listed and self._is_of_earlier(paragraph.span):
            return False
        if self.wording.match(self.profile.introductions, paragraph.span):
            return True
        if afresh and listed and self._heads_list(paragraph.span):
            return True
        ends_open = self.text[paragraph.span.end - 1] == ":" or after.kind is LineKind.HEADING
        if ends_open and self.wording.opens_category(paragraph.span):
            return True
        above = self.sections[-1].paragraphs if self.sections else []
        if not (afresh and listed and self.text[paragraph.span.end - 1] == ":") or (
            self.open and not same_kind(after, above)
        ):
            return False
        short = above and self.titles.is_short(paragraph)
        return not short or len(self.wording.categories_named(paragraph.span)) > 0

    def _is_of_earlier(self, span: Span) -> bool:
        """Whether a sentence of the opening leads to what an earlier inspection found, which has no heading here."""
        if self.sections or not self.profile.earlier.search(self.wording.passage(span)):
            return False
        named = self.wording.categories_named(span)
        return bool(named) and self.headed.issuperset(named)

    def _heads_list(self, span: Span) -> bool:
        """Whether a sentence before a list says that what it speaks of stands there: under a heading, or as one."""
        pointing = points_on(self.text, span)
        if pointing and self.open and not self.sections[-1].paragraphs:
            return True
        if self.open and not pointing:
            return False
        named = self.wording.categories_named(span)
        other = not self.open or named != [self.sections[-1].category]
        return len(named) == 1 and other and not self.profile.earlier.search(self.wording.passage(span))

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

    def _leads_over(self, paragraph: Paragraph, before: Paragraph | None, after: Paragraph | None) -> bool:
        """Whether a clause in small letters leads from a list to one of another category: `and the following ...:`."""
        listed = before is not None and before.kind is LineKind.ITEM and after is not None
        if not listed or not self.open or self.text[paragraph.span.end - 1] != ":" or not paragraph.gap:
            return False
        if after is None or after.kind is not LineKind.ITEM or not self._is_afresh(before):
            return False
        named = self.wording.categories_named(paragraph.span)
        return len(named) == 1 and named[0] != self.sections[-1].category


def read_sections(text: str, paragraphs: Sequence[Paragraph], body: Span, profile: Profile) -> Outline:
    """Put the paragraphs of a body under their headings.

    Args:
        text: the letter.
        paragraphs: of the body, in order.
        body: the span they were read from.
        profile: the family's wording.
    """
    wording = Wording(text, profile)
    reader = _Reader(text, profile, wording, Titles(wording))
    reader.read(Parting(wording).all_parted(paragraphs))
    _take_last_word(reader)
    opening_end = reader.sections[0].start if reader.sections else body.end
    return Outline(
        sections=tuple(draft.done() for draft in reader.sections),
        opening_end=opening_end,
        regions=tuple(reader.regions),
        last_words=tuple(reader.last_words),
        running_heads=tuple(reader.running_heads),
        parts=tuple(reader.parts),
        unread=tuple(reader.unread),
    )


def _take_last_word(reader: _Reader) -> None:
    """Take the letter's last paragraph for its closing where no set sentence closes it.

    A letter ends with a word to its reader. In a list whose items are marked, an unmarked paragraph apart from a last
    item that is complete is that word, if it speaks of the letter: one of the service is the item's second paragraph.
    """
    if reader.closed or not reader.open or reader.profile.paragraphs:
        return
    paragraphs = reader.sections[-1].paragraphs
    if len(paragraphs) < 2 or paragraphs[-1].kind is not LineKind.TEXT or not paragraphs[-1].gap:
        return
    last, before = paragraphs[-1], paragraphs[-2]
    marked = any(p.kind is LineKind.ITEM for p in paragraphs) and is_of_letter(reader.text, last.span)
    if marked and not reader.text[last.span.start].islower() and is_complete(reader.text, before.span.end):
        reader.claim(RegionKind.CLOSING, paragraphs.pop().span)
        reader.last_words.append(last.span)
