"""The places of a letter in which a finding may stand: where its words are found, exactly or nearly."""

from __future__ import annotations

from typing import Final

from curation.anchoring.folded_letter import FoldedLetter
from curation.anchoring.folding import folded
from curation.anchoring.near_words import NearWords
from curation.anchoring.quote import Candidate, Quote
from parsers.letter import Letter, RegionKind

_LONGEST_ALIKE: Final = 20_000
"""Folded characters of a finding at most for looking for changed words: the time is the square of them."""


class LetterPlaces:
    """A parsed letter, to look for findings in. What its parser knows as furniture or marks is not looked at."""

    def __init__(self, letter: Letter) -> None:
        self._letter = letter
        skipped = [r.span for r in letter.regions if r.kind in (RegionKind.FURNITURE, RegionKind.MARK)]
        self._words = FoldedLetter(letter, skipped)
        self._near = NearWords(self._words)
        self._whole: FoldedLetter | None = None

    def exact(self, quote: Quote) -> list[Candidate]:
        """Where the same folded words stand, in the order of the text."""
        key = folded(quote.exact)
        found = self._words.exact(key, quote)
        if not found:
            # A better or a worse parser may take for furniture what a person took for a finding.
            if self._whole is None:
                self._whole = FoldedLetter(self._letter, [])
            found = self._whole.exact(key, quote)
        return found

    def alike(self, quote: Quote) -> list[Candidate]:
        """Where nearly the same words stand, the most alike first."""
        key = folded(quote.exact)
        return self._near.alike(key, quote) if len(key) <= _LONGEST_ALIKE else []
