"""What of a review a person touched: that is pinned when the letter changes or the parser gets better."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from curation.review import Review, ReviewedFinding

_ID: Final = re.compile(r"f-[0-9a-z]+")
_WHOLE_STATES: Final = frozenset({"open", "rebase"})
"""Lines that name findings without anybody having decided anything about them."""
_BY_HAND: Final = "adopt"


@dataclass(frozen=True, slots=True)
class Touched:
    """What the journal says.

    Attributes:
        findings: ids that an operation names, undone or not: to pin one too many loses nothing.
        metadata: tables of metadata that were edited, by their first name (`date`, `copies`).
        everything: nobody knows, so all is pinned.
    """

    findings: frozenset[str] = frozenset()
    metadata: frozenset[str] = frozenset()
    everything: bool = False

    def is_pinned(self, review: Review, finding: ReviewedFinding) -> bool:
        """Whether a person did anything with a living finding of `review`."""
        return (
            self.everything
            or finding.id in self.findings
            or finding.origin != "parser"
            or finding.seen
            or bool(finding.themes or finding.refused or finding.note or finding.question or finding.extra)
            or any(_lies_in(key, finding) for key in review.doubts)
            or any(followup.finding == finding.id for followup in review.followups.values())
        )

    def is_metadata_pinned(self, review: Review, path: str) -> bool:
        """Whether a person edited a table of metadata, or one of its row (`copies.1` for `copies.2`)."""
        name = path.partition(".")[0]
        return (
            self.everything
            or name in self.metadata
            or any(entry.origin != "parser" for p, entry in review.metadata.items() if p.partition(".")[0] == name)
        )


def touched(lines: Iterable[Mapping[str, Any]]) -> Touched:
    """What the lines of a whole journal say; of no line at all, that nobody knows."""
    findings: set[str] = set()
    metadata: set[str] = set()
    everything = True
    for values in lines:
        everything = False
        if values["op"] not in _WHOLE_STATES:
            findings.update(_ids(values))
            metadata.add(str(values.get("field", "")).partition(".")[0])
        if values["op"] == _BY_HAND and isinstance(values.get("now"), Mapping):
            metadata |= set(values["now"].get("metadata") or ())
    return Touched(frozenset(findings), frozenset(metadata), everything)


def _ids(value: object) -> Iterator[str]:
    """Every finding that a line names, wherever in it."""
    if isinstance(value, str):
        if _ID.fullmatch(value):
            yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _ids(key)
            yield from _ids(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _ids(inner)


def _lies_in(doubt: str, finding: ReviewedFinding) -> bool:
    """Whether a settled doubt is about a place in the finding."""
    place = doubt.rpartition("-")[2]
    return place.isdecimal() and finding.spans[0].start <= int(place) <= finding.spans[-1].end
