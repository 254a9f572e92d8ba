"""When a finding is placed, asked about or left unplaced: every number that decides it, in one place.

A score lies between 0 and 1: `TEXT_WEIGHT` of it is how alike the words are, the rest is what speaks for the place
(what stands before and after, the heading, the order of the findings, where the parser sees a finding).
They were set so that no finding of damaged, re-extracted and reordered letters goes to a wrong place
(`python -m tests.bench.rebase`); the words alone never reach `PLACED`.
"""

from __future__ import annotations

from typing import Final

PLACED: Final = 0.92
"""From this score on a finding whose words changed is placed, and listed."""

ASKED: Final = 0.75
"""From this score on a place is proposed, and a person asked."""

MOST_EDITS: Final = 0.15
"""Of the finding's folded characters: with more of them changed it is never placed without asking."""

TEXT_WEIGHT: Final = 0.8
"""Share of the words in a score."""

MARGIN: Final = 0.05
"""By which the best place must be ahead of the second, and the finding ahead of others that want the same place."""

LONG: Final = 40
"""Folded characters from which the same words, once in the letter, need only one sign that the place is right."""

ONE_SIGN: Final = 0.3
"""What speaks for a place at least, where the same words stand once in the letter."""

SAME_LETTER: Final = 0.3
"""Share of the findings' characters that has to be placed; with less it is another letter, and none is."""

SAME_LETTER_IN_DOUBT: Final = 0.8
"""The same where the letter names another council or another date than the review."""
