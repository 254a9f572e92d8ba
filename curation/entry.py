"""A finding among those of other letters, what may be asked of it, and how alike two are. Plain data."""

from __future__ import annotations

from dataclasses import dataclass

CLOSE = 45.0
"""A score from here on is called close."""

RELATED = 35.0
"""From here on a pair is worth a look; below, it is shown dimmed."""

OPPOSED = 75.0
"""The most that two findings score where one of them negates and the other doesn't, however alike their words are."""

CANDIDATES = 100
"""How many are ranked twice, and so the most that come back."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as it stands in a corpus.

    Attributes:
        letter: the letter's key in its workspace.
        authority: the council that the letter is about; "" if the letter does not say.
        finding: the finding's id.
        category: a category id of the letter's profile.
        text: the finding's text, white space folded.
        year: the year of the letter's date, 0 if it is unknown.
    """

    letter: str
    authority: str
    finding: str
    category: str
    text: str
    year: int = 0

    @property
    def ref(self) -> str:
        """`LETTER#ID`, as it stands in files and on the command line."""
        return f"{self.letter}#{self.finding}"


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that is like what was asked for.

    Attributes:
        entry: the finding.
        score: 0-100; `CLOSE` and `RELATED` say how to read it.
        same: a person said that both say the same.
        opposed: one of the two negates and the other doesn't.
    """

    entry: Entry
    score: float
    same: bool = False
    opposed: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are looked at: all but those of two names, and of what is not None no others."""

    leave_out_letter: str | None = None
    leave_out_authority: str | None = None
    authority: str | None = None
    category: str | None = None
    year: int | None = None

    @property
    def by_letter_alone(self) -> bool:
        """True if nothing but a letter is left out."""
        asked = (self.leave_out_authority, self.authority, self.category, self.year)
        return all(one is None for one in asked)

    def takes(self, entry: Entry) -> bool:
        """Whether the entry is looked at."""
        return (
            entry.letter != self.leave_out_letter
            and entry.authority != self.leave_out_authority
            and (self.authority is None or entry.authority == self.authority)
            and (self.category is None or entry.category == self.category)
            and (self.year is None or entry.year == self.year)
        )
