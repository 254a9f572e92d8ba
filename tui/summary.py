"""A letter as a row of the library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Summary:
    """A letter as a row of the library.

    `trouble` says why it could not be read, "" if it could; the rest is empty then.
    """

    key: str
    name: str
    date: dt.date | None = None
    profile: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    seen: int = 0
    to_check: int = 0
    state: str = ""
    reviewer: str = ""
    updated: dt.datetime | None = None
    trouble: str = ""

    @property
    def findings(self) -> int:
        """How many there are."""
        return sum(self.counts.values())
