"""A letter in a few words: what a list of ten thousand letters knows of each, without its text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def _none() -> Mapping[str, int]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list of letters knows of one.

    Attributes:
        key: the letter's name in the workspace.
        name: the council's short name, the key's last part where the letter doesn't say.
        council: its full name, "" where the letter doesn't say.
        date: of the letter.
        profile: its family, "" where none fits.
        counts: living findings by category.
        seen: how many of them are seen and right.
        checks: the code of each open doubt, in the order of the text.
        themes: ids of the themes that findings were given, as the reviewer wrote them, each once.
        questions: how many findings have a question.
        state: "" where nobody has decided anything, else `open`, `handed-in` or `agreed`; `changed` where the text is
            another than the one that was reviewed.
        reviewer: whose review this is, "" for nobody's.
        reviewers: all who have a review of the letter, by name.
        updated: when the last decision was made, UTC.
        trouble: why it can't be read, "" if it can; all but the names is empty then.
        read: False until the letter was looked at.
    """

    key: str
    name: str
    council: str = ""
    date: dt.date | None = None
    profile: str = ""
    counts: Mapping[str, int] = field(default_factory=_none)
    seen: int = 0
    checks: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    questions: int = 0
    state: str = ""
    reviewer: str = ""
    reviewers: tuple[str, ...] = ()
    updated: dt.datetime | None = None
    trouble: str = ""
    read: bool = False

    @property
    def findings(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    @property
    def to_check(self) -> int:
        """How many doubts are open."""
        return len(self.checks)
