"""What a filter of letters can ask for: its fields, their kinds of values, and the words that are known of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final


class Kind(Enum):
    """What the values of a field are."""

    NUMBER = "a number, such as 3, >0 or 2..5"
    CHOICE = "one of a few words"
    NAME = "a name"
    PART = "part of a name"


@dataclass(frozen=True, slots=True)
class Field:
    """A field: what its values are, in a word, and what it is about."""

    kind: Kind
    about: str


FIELDS: Final[Mapping[str, Field]] = {
    "state": Field(Kind.CHOICE, "new, open, handed-in, agreed, changed or unreadable"),
    "check": Field(Kind.NUMBER, "what is to check: how many, or a code such as page-join"),
    "unseen": Field(Kind.NUMBER, "findings not seen yet"),
    "seen": Field(Kind.NUMBER, "findings seen and right"),
    "findings": Field(Kind.NUMBER, "findings"),
    "category": Field(Kind.CHOICE, "has findings of it, by tag or name"),
    "theme": Field(Kind.CHOICE, "has findings with it"),
    "year": Field(Kind.NUMBER, "of the letter's date"),
    "reviewer": Field(Kind.NAME, "has a review by; none for nobody's"),
    "council": Field(Kind.PART, "part of the council's name"),
    "letter": Field(Kind.PART, "part of the file's name"),
    "questions": Field(Kind.NUMBER, "findings with a question"),
    "family": Field(Kind.CHOICE, "the letter's family; none for no family"),
}
STATES: Final = ("new", "open", "handed-in", "agreed", "changed", "unreadable")
NOBODY: Final = "none"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that values are checked against and completed from.

    Attributes:
        categories: each name by which a category is known (tag, id, label), in lower case, and its id.
        themes: ids of the codebook's themes and of those that letters have.
        labels: for some values, what they mean in words.
        reviewers: names.
        councils: short names.
        codes: codes of doubts.
        families: ids of letter families.
        resolve: the id of the theme that one counts as.
    """

    categories: Mapping[str, str] = field(default_factory=dict)
    themes: Sequence[str] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    reviewers: Sequence[str] = ()
    councils: Sequence[str] = ()
    codes: Sequence[str] = ()
    families: Sequence[str] = ()
    resolve: Callable[[str], str] = str

    def values(self, name: str) -> Sequence[str]:
        """What may stand after a field, for completion."""
        known: Mapping[str, Iterable[str]] = {
            "state": STATES,
            "check": (">0", "0", *self.codes),
            "unseen": (">0", "0"),
            "questions": (">0", "0"),
            "category": self.categories,
            "theme": self.themes,
            "reviewer": (*self.reviewers, NOBODY),
            "council": self.councils,
            "family": (*self.families, NOBODY),
        }
        return tuple(known.get(name, ()))
