"""What the family's wording says of a stretch of a letter: whether it is set wording, and which category it names."""

from __future__ import annotations

from parsers.letter import Span
from parsers.phrases import Passage, Phrases
from parsers.profile import Profile

_LONGEST_NEARLY = 200
_FEWEST_NEARLY = 5
_NEARLY = 0.75
"""The share of words that a line has in common with a heading of some length, of all words in both."""


class Wording:
    """The wording of `profile`, asked about spans of `text`."""

    def __init__(self, text: str, profile: Profile) -> None:
        self.text, self.profile = text, profile
        self._last: Passage | None = None

    def match(self, phrases: Phrases, span: Span) -> bool:
        """Whether what stands there is one of the phrases."""
        return phrases.match(self.passage(span))

    def passage(self, span: Span) -> Passage:
        """What stands there, for phrases and names to be looked for. Kept until another is asked for."""
        if self._last is None or (self._last.start, self._last.end) != span:
            self._last = Passage.of(self.text, *span)
        return self._last

    def is_set(self, span: Span) -> bool:
        """Whether what stands there closes the letter or introduces a list."""
        return self.match(self.profile.closings, span) or self.match(self.profile.introductions, span)

    def may_hold_set(self, span: Span) -> bool:
        """Whether some part of it may; quick, and right where it says no."""
        passage = self.passage(span)
        return self.profile.closings.may_stand_in(passage) or self.profile.introductions.may_stand_in(passage)

    def opens_category(self, span: Span) -> bool:
        """Whether what stands there is a sentence that announces a category."""
        return any(self.match(category.introductions, span) for category in self.profile.categories)

    def categories_named(self, span: Span) -> list[int]:
        """The places in the profile of the categories that it announces or names, in their order."""
        by_sentence = [n for n, c in enumerate(self.profile.categories) if self.match(c.introductions, span)]
        by_name = [
            number
            for number, category in enumerate(self.profile.categories)
            if category.names.search(self.passage(span))
        ]
        return sorted({*by_sentence, *by_name})

    def nearly(self, span: Span) -> list[int]:
        """The category of which a long heading stands here in nearly the same words; empty if there is none."""
        if span.end - span.start > _LONGEST_NEARLY:
            return []
        words = frozenset(self.text[span.start : span.end].casefold().strip(" :.").split())
        for number, category in enumerate(self.profile.categories):
            for heading in category.headings:
                known = frozenset(heading.casefold().split())
                if len(known) >= _FEWEST_NEARLY and len(words & known) >= _NEARLY * len(words | known):
                    return [number]
        return []
