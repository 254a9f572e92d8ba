"""One reviewer's state of one letter. Immutable: every change is an operation that gives a new `Review`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from parsers.letter import Span

REVIEWER_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
"""What a reviewer can be called: names become names of files."""

MetadataValue = str | dt.date | tuple[str, ...] | tuple[dt.date, ...]


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ReviewSource:
    """The text that the spans count in (design: `[source]`). `profile` is "" where no family fits."""

    path: str
    sha256: str
    text_sha256: str
    length: int
    profile: str
    parser: str


@dataclass(frozen=True, slots=True)
class MetadataEntry:
    """One table under `[metadata]`: a single value under the key `value`, or a record such as `name` and `role`.

    Attributes:
        values: the table's own keys, in order.
        span: where the letter says it, None where nobody pointed at a place.
        origin: `parser`, `edited` or `import`.
        extra: keys that this version does not know, kept and written back.
    """

    values: Mapping[str, MetadataValue]
    span: Span | None
    origin: str = "parser"
    extra: Mapping[str, Any] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class ReviewedFinding:
    """A finding as a reviewer has it.

    Attributes:
        id: given once, at birth; never computed again.
        category: a category id of the letter's profile.
        heading: the heading it stands under.
        spans: in order, none empty, not overlapping another living finding.
        text: the spans joined by a space, white space folded (`exact` in the file).
        themes: theme ids, primary first.
        note: the reviewer's note.
        seen: a person looked at it and found it right.
        question: asked about it; "" if none.
        origin: where its extent is from, `parser`, `edited` (boundary moved), `split`, `merge`, `added` or `import`.
        parents: ids that it was made of, by split or merge.
        reason: why it was split (`extraction` or `meaning`), "" else.
        refused: theme ids that are not to be suggested again.
        repeats: category that the last inspection had raised it under, "" if it does not say.
        extra: keys that this version does not know, kept and written back.
    """

    id: str
    category: str
    heading: str
    spans: tuple[Span, ...]
    text: str
    themes: tuple[str, ...] = ()
    note: str = ""
    seen: bool = False
    question: str = ""
    origin: str = "parser"
    parents: tuple[str, ...] = ()
    reason: str = ""
    refused: tuple[str, ...] = ()
    repeats: str = ""
    extra: Mapping[str, Any] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class RemovedFinding:
    """A tombstone: the finding whole, and why it was removed, one of `curation.operations.REMOVAL_REASONS`."""

    finding: ReviewedFinding
    reason: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A finding whose words have no sure place in the letter as it is now: kept whole, until a person places it.

    Attributes:
        finding: as it was; its spans are where it stood in the text that it was found in, not in this one.
        prefix: what stood before it there.
        suffix: what stood after it there.
        proposed: where it may stand in this text, to be asked about; () where nothing is like it.
        score: how sure that is, between 0 and 1; 0 without a proposal.
        removed: why it had been removed, one of `curation.operations.REMOVAL_REASONS`; "" if it had not.
    """

    finding: ReviewedFinding
    prefix: str = ""
    suffix: str = ""
    proposed: tuple[Span, ...] = ()
    score: float = 0.0
    removed: str = ""


@dataclass(frozen=True, slots=True)
class Followup:
    """A verdict on an area of an earlier letter: `addressed`, `partly`, `persists` or `not-mentioned`."""

    verdict: str
    finding: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the owner of a review answers to a question of another reviewer, or to an own one.

    `question` is as it was asked: one that was changed since has not been answered.
    """

    question: str
    answer: str


def answer_key(asker: str, finding: str) -> str:
    """The name of an answer's table: who asked, and the id of the finding in that reviewer's review."""
    return f"{asker}#{finding}"


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer's state of one letter.

    `findings` and `removed` stand in the order of the text, `unplaced` in that of the text they were found in. `text`
    is the letter's, in which all spans count if `source` is of that text; it is not part of the file. `operations` is
    the number of the last journal line; `updated` its time (UTC, whole seconds).
    `metadata` names each table by its path (`date`, `copies.1`), `doubts` gives `right` or `wrong` for each settled
    `Doubt.key`, `followups` a verdict for each `LETTER#FINDING`, `answers` an answer for each `ASKER#FINDING`. `extra`
    holds what this version does not know: keys and tables of the file, and under `source`, `metadata`, `doubts`,
    `followups` and `answers` the unknown ones inside those.
    """

    letter: str
    reviewer: str
    source: ReviewSource
    text: str = field(repr=False)
    findings: tuple[ReviewedFinding, ...] = ()
    removed: tuple[RemovedFinding, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    metadata: Mapping[str, MetadataEntry] = field(default_factory=_nothing)
    doubts: Mapping[str, str] = field(default_factory=_nothing)
    followups: Mapping[str, Followup] = field(default_factory=_nothing)
    answers: Mapping[str, Answer] = field(default_factory=_nothing)
    state: str = "open"
    note: str = ""
    operations: int = 0
    updated: dt.datetime | None = None
    codebook_revision: int = 0
    extra: Mapping[str, Any] = field(default_factory=_nothing)

    def find(self, finding_id: str) -> ReviewedFinding | None:
        """The living finding with this id, or None."""
        return next((f for f in self.findings if f.id == finding_id), None)

    def tray(self) -> tuple[Unplaced, ...]:
        """What couldn't be placed and was not removed: a person has to look at it."""
        return tuple(one for one in self.unplaced if not one.removed)

    def index(self, finding_id: str) -> int:
        """The place of a living finding in the order of the text. Raises KeyError if there is none."""
        for place, finding in enumerate(self.findings):
            if finding.id == finding_id:
                return place
        raise KeyError(finding_id)
