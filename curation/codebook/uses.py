"""How much a theme was used: what a person should know before it is merged or archived."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from curation.example import Example


class Uses(NamedTuple):
    """Findings that were given a theme by that very id, and the letters they stand in."""

    findings: int
    letters: int

    def __str__(self) -> str:
        if not self.findings:
            return "no finding"
        findings = f"{self.findings} finding{'' if self.findings == 1 else 's'}"
        return f"{findings} in {self.letters} letter{'' if self.letters == 1 else 's'}"


def uses(examples: Iterable[Example], theme: str) -> Uses:
    """How many findings have a theme; one that several reviewers gave it counts once."""
    places = {(example.letter, example.finding) for example in examples if theme in example.themes}
    return Uses(len(places), len({letter for letter, _ in places}))
