"""Operations in words, for the log and the status line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from curation.operations.data import (
    Add,
    Adopt,
    AnswerQuestion,
    DeclinePlace,
    EditMetadata,
    HandIn,
    Merge,
    MoveBoundary,
    Operation,
    Place,
    Rebase,
    Recategorise,
    RefuseTheme,
    Remove,
    Reopen,
    Restore,
    SetFollowup,
    SetLetterNote,
    SetNote,
    SetQuestion,
    SetSeen,
    SetThemes,
    SettleDoubt,
    Split,
    name_of,
)

_SAID: Final = {
    "split": "split",
    "merge": "merged",
    "move-boundary": "boundary moved",
    "recategorise": "category changed",
    "add": "added",
    "remove": "removed",
    "restore": "brought back",
    "set-themes": "themes set",
    "set-note": "note written",
    "set-question": "question written",
    "set-letter-note": "letter's note written",
    "edit-metadata": "metadata changed",
    "hand-in": "handed in",
    "reopen": "reopened",
    "settle-doubt": "doubt settled",
    "refuse-theme": "suggestion refused",
    "set-followup": "follow-up set",
    "answer-question": "question answered",
    "rebase": "placed on the letter as it is now",
    "place": "placed",
    "decline-place": "left among those that couldn't be placed",
    "adopt": "changes of the file taken in",
}


def said(operation: Operation) -> str:
    """What was done, in a word or two: `merged`."""
    if isinstance(operation, SetSeen):
        return "seen and right" if operation.seen else "not seen"
    return _SAID[name_of(operation)]


def describe(operation: Operation) -> str:
    """What an operation does, in one line without line breaks: `split f-3k9qz2 at 4101, for extraction`."""
    return " ".join(_described(operation).split())


def _described(operation: Operation) -> str:
    match operation:
        case Split(finding, at, reason):
            return f"split {finding} at {at}, for {reason}"
        case Merge(findings):
            return f"merge {' with '.join(findings)}"
        case MoveBoundary(finding, side, to):
            return f"move the {side} of {finding} to {to}"
        case Recategorise(finding, category):
            return f"put {finding} under {category}"
        case Add(category, spans):
            places = ", ".join(f"{start}-{end}" for start, end in spans)
            return f"add a finding at {places} under {category}"
        case Remove(finding, reason):
            return f"remove {finding}: {reason}"
        case Restore(finding):
            return f"bring {finding} back"
        case Rebase(placements):
            counts = Counter(placements.values())
            return f"place it on the changed letter: {', '.join(f'{n} {what}' for what, n in sorted(counts.items()))}"
        case Place(finding, spans):
            places = ", ".join(f"{start}-{end}" for start, end in spans)
            return f"place {finding} at {places or 'the proposed place'}"
        case DeclinePlace(finding):
            return f"{finding} does not stand where it was proposed"
        case HandIn():
            return "hand the letter in"
        case Reopen():
            return "reopen the letter"
        case EditMetadata(field, value):
            return f"clear {field}" if value in (None, "", ()) else f"set {field} to {_listed(value)}"
        case SettleDoubt(doubt, settled):
            return f"settle {doubt} as {settled}"
        case SetFollowup(earlier, verdict, finding):
            return f"{earlier}: {verdict}{f', in {finding}' if finding else ''}"
        case AnswerQuestion(asker, asked, _, answer):
            return f"answer {asker}'s question about {asked}: {answer or 'taken back'}"
        case Adopt(changes):
            return f"take in changes of the file: {', '.join(_places(changes))}"
        case _:
            return _described_about_one(operation)


def _described_about_one(
    operation: SetThemes | SetNote | SetSeen | SetQuestion | SetLetterNote | RefuseTheme,
) -> str:
    match operation:
        case SetThemes(finding, themes, from_rank):
            rank = f" (suggestion {from_rank})" if from_rank else ""
            return f"themes of {finding}: {', '.join(themes) or 'none'}{rank}"
        case SetNote(finding, note):
            return f"note of {finding}: {note or 'none'}"
        case SetSeen(finding, seen):
            return f"{finding} is {'seen and right' if seen else 'not seen'}"
        case SetQuestion(finding, question):
            return f"question about {finding}: {question or 'none'}"
        case SetLetterNote(note):
            return f"note of the letter: {note or 'none'}"
        case RefuseTheme(finding, theme):
            return f"never suggest {theme} for {finding}"


def _places(changes: Mapping[str, Any]) -> list[str]:
    """What a patch changes: keys at the top, and in tables the keys of those."""
    names = []
    for key, value in changes.items():
        names += [f"{key}.{name}" for name in value] if isinstance(value, Mapping) else [key]
    return names


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
