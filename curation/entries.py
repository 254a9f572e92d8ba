"""From a review to its findings as they stand in a corpus."""

from __future__ import annotations

from collections.abc import Iterator
from sys import intern

from curation.entry import Entry
from curation.facts import UNDATED, LetterFacts, facts_of
from curation.review import Review


def entries(review: Review) -> Iterator[Entry]:
    """The living findings of a review as they stand in a corpus."""
    return entries_of(facts_of(review))


def entries_of(facts: LetterFacts) -> Iterator[Entry]:
    """The findings of a letter as they stand in a corpus. Names that many share are kept once."""
    name, year = intern(facts.authority), 0 if facts.year == UNDATED else int(facts.year)
    for fact in facts.findings:
        yield Entry(facts.letter, name, fact.finding, intern(fact.category), fact.text, year)
