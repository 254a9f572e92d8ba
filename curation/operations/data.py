"""What a reviewer can do to a review, as plain data. Offsets are code points of the letter's text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from parsers.letter import Span

SPLIT_REASONS = ("extraction", "meaning")
REMOVAL_REASONS = ("page-furniture", "duplicate", "not-a-finding", "metadata")
SIDES = ("start", "end")
SETTLED = ("right", "wrong")
VERDICTS = ("addressed", "partly", "persists", "not-mentioned")

MetadataInput = str | dt.date | tuple[str, ...] | tuple[dt.date, ...] | None


class Refused(Exception):
    """An operation that cannot be done. `str()` is the reason, one line for a person; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Split:
    """Cut one finding in two at a code point. `reason`: `extraction` (it was two bullets) or `meaning`."""

    finding: str
    at: int
    reason: str = "extraction"


@dataclass(frozen=True, slots=True)
class Merge:
    """Make one finding of two neighbours, named in either order."""

    findings: tuple[str, str]


@dataclass(frozen=True, slots=True)
class MoveBoundary:
    """Move the `start` or the `end` of a finding to a code point.

    `without`: spans that are left out of what it takes in, such as the foot of a page that the finding goes on after.
    """

    finding: str
    side: str
    to: int
    without: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Recategorise:
    """Put a finding under another category of the letter's profile."""

    finding: str
    category: str


@dataclass(frozen=True, slots=True)
class Add:
    """Make a finding of text that is in none."""

    category: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a finding out, for one of `REMOVAL_REASONS`; a tombstone keeps it whole."""

    finding: str
    reason: str


@dataclass(frozen=True, slots=True)
class Restore:
    """Bring a removed finding back as it was."""

    finding: str


@dataclass(frozen=True, slots=True)
class SetThemes:
    """Give a finding its themes, primary first. `from_rank`: which suggestion was taken, counted from 1, or None."""

    finding: str
    themes: tuple[str, ...]
    from_rank: int | None = None


@dataclass(frozen=True, slots=True)
class SetNote:
    """Write the note of a finding; "" for none."""

    finding: str
    note: str


@dataclass(frozen=True, slots=True)
class SetSeen:
    """Say that a person looked at a finding and found it right, or take that back."""

    finding: str
    seen: bool


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """Ask about a finding; "" for no question."""

    finding: str
    question: str


@dataclass(frozen=True, slots=True)
class SetLetterNote:
    """Write the note of the letter, which is the hand-over note too."""

    note: str


@dataclass(frozen=True, slots=True)
class EditMetadata:
    """Set one metadata value by its path (`date`, `addressee.name`, `copies.1.role`); None or "" is unknown.

    Dates may be text (`2010-12-01`); several, text with commas or white space between. A list of texts may be one
    text with an item a line. A whole record (`copies.2`) can only be cleared. `span`: where the letter says it, None
    where nobody pointed at a place.
    """

    field: str
    value: MetadataInput
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class HandIn:
    """Hand the letter in."""


@dataclass(frozen=True, slots=True)
class Reopen:
    """Open a letter again that was handed in."""


@dataclass(frozen=True, slots=True)
class SettleDoubt:
    """Settle a doubt, named by `Doubt.key`, as `right` or `wrong`."""

    doubt: str
    settled: str


@dataclass(frozen=True, slots=True)
class RefuseTheme:
    """Never suggest this theme for this finding again."""

    finding: str
    theme: str


@dataclass(frozen=True, slots=True)
class SetFollowup:
    """Say what became of an area of an earlier letter.

    Attributes:
        earlier: `LETTER#FINDING`, such as `2009/eastmarch#f-0wz4cd`.
        verdict: one of `VERDICTS`.
        finding: the finding that speaks of it; "" only where it is not mentioned.
    """

    earlier: str
    verdict: str
    finding: str = ""


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """Answer what a reviewer asked about a finding; the answer is kept in the review of whoever answers.

    Attributes:
        asker: the reviewer who asked.
        asked: id of the finding in that reviewer's review.
        question: as it was asked: one that is changed later has not been answered.
        answer: "" takes the answer back.
    """

    asker: str
    asked: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Rebase:
    """Put the review on the letter as it is now. Worked out by `curation.rebasing`; nobody types it.

    Attributes:
        placements: for each finding, `same`, `moved`, `asked` or `lost`; `added` or `dropped` for those that nobody had
            touched and that followed the parse.
        state: the review as it is then, as `curation.schema.to_json` gives it: neither text nor parser is needed again.
    """

    placements: Mapping[str, str]
    state: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Give a finding that couldn't be placed its place; without spans the one that was proposed."""

    finding: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclinePlace:
    """Say that a finding does not stand where it was proposed: it stays among those that couldn't be placed."""

    finding: str


@dataclass(frozen=True, slots=True)
class Adopt:
    """Take in what other hands changed in the TOML.

    `changes`: a merge patch (`curation.patching`) of the state as JSON (`curation.schema.to_json`).
    """

    changes: Mapping[str, Any]


Operation = (
    Split
    | Merge
    | MoveBoundary
    | Recategorise
    | Add
    | Remove
    | Restore
    | SetThemes
    | SetNote
    | SetSeen
    | SetQuestion
    | SetLetterNote
    | EditMetadata
    | HandIn
    | Reopen
    | SettleDoubt
    | RefuseTheme
    | SetFollowup
    | AnswerQuestion
    | Rebase
    | Place
    | DeclinePlace
    | Adopt
)

KINDS: dict[str, type[Operation]] = {
    "split": Split,
    "merge": Merge,
    "move-boundary": MoveBoundary,
    "recategorise": Recategorise,
    "add": Add,
    "remove": Remove,
    "restore": Restore,
    "set-themes": SetThemes,
    "set-note": SetNote,
    "set-seen": SetSeen,
    "set-question": SetQuestion,
    "set-letter-note": SetLetterNote,
    "edit-metadata": EditMetadata,
    "hand-in": HandIn,
    "reopen": Reopen,
    "settle-doubt": SettleDoubt,
    "refuse-theme": RefuseTheme,
    "set-followup": SetFollowup,
    "answer-question": AnswerQuestion,
    "rebase": Rebase,
    "place": Place,
    "decline-place": DeclinePlace,
}
"""Each operation that can be asked for, by the name that it has in the journal and in JSON Lines."""

JOURNALLED: Mapping[str, type[Operation]] = MappingProxyType({**KINDS, "adopt": Adopt})
"""Each operation that a journal can hold, by its name there: those that come of looking at files too."""

_NAMES = {kind: name for name, kind in JOURNALLED.items()}


def name_of(operation: Operation) -> str:
    """The operation's name in the journal, such as `set-themes`."""
    return _NAMES[type(operation)]
