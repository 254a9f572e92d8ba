"""Which findings a change of the codebook concerns: those alone have to be looked at again.

A finding's themes were set under some revision of the codebook: the one that its journal line is stamped with, else the
one that its review began with. What its themes meant then is compared with what they mean now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from curation.codebook.data import Codebook
from curation.codebook.history import at
from curation.nearest import nearest
from curation.review import Review

_MEANING = {"definition": "definition", "use_when": "use when", "avoid_when": "avoid when"}


@dataclass(frozen=True, slots=True)
class Affected:
    """A finding whose themes don't mean what they meant when they were set.

    Attributes:
        letter: the letter's key.
        reviewer: whose review; "" for the agreed one.
        finding: the finding's id.
        category: its category.
        text: its text.
        theme: the theme concerned, as the reviewer wrote it.
        why: what became of the theme, in words.
        now: what the finding's themes count as now, to be confirmed or changed.
    """

    letter: str
    reviewer: str
    finding: str
    category: str
    text: str
    theme: str
    why: str
    now: tuple[str, ...]


class Worklist:
    """Findings that the changes of one codebook concern."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._then: dict[int, Codebook] = {}

    def of(self, review: Review, stamps: Mapping[str, int]) -> Iterator[Affected]:
        """The findings of a review that have to be looked at again, each once, in the order of the text.

        `stamps` gives for a finding the codebook's revision when its themes were last set (`stamps_of`).
        """
        for finding in review.findings:
            then = self._at(stamps.get(finding.id, review.codebook_revision))
            for theme in finding.themes:
                if why := self._why(theme, then):
                    now = self._codebook.resolve_all(finding.themes)
                    yield Affected(
                        review.letter, review.reviewer, finding.id, finding.category, finding.text, theme, why, now
                    )
                    break

    def _at(self, revision: int) -> Codebook:
        if revision not in self._then:
            self._then[revision] = at(self._codebook, revision)
        return self._then[revision]

    def _why(self, theme_id: str, then: Codebook) -> str:
        """What became of a theme since, "" if nothing that matters."""
        codebook = self._codebook
        if theme_id not in codebook.themes:
            likely = nearest(theme_id, (theme.id for theme in codebook.living))
            return "not in the codebook" + (f"; the nearest is {likely}" if likely else "")
        counts_as = codebook.resolve(theme_id)
        if counts_as != then.resolve(theme_id):
            return f"merged into {counts_as}" if counts_as != theme_id else "stands for itself again"
        now, before = codebook.themes[counts_as], then.themes.get(counts_as)
        if before is None:
            return ""
        if now.archived and not before.archived:
            return "archived"
        changed = [word for key, word in _MEANING.items() if getattr(now, key) != getattr(before, key)]
        return f"{', '.join(changed)} changed" if changed else ""


def stamps_of(lines: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The codebook's revision under which each finding's themes were last set, from the lines of a journal.

    Lines that were undone don't count; a finding whose themes were never set here has none.
    """
    lines = list(lines)
    undone: set[int] = set()
    for line in lines:
        undone |= set(line.get("undoes") or ())
        undone -= set(line.get("redoes") or ())
    return {
        str(line["finding"]): line["codebook"]
        for line in lines
        if line.get("op") == "set-themes" and line["n"] not in undone and isinstance(line.get("codebook"), int)
    }
