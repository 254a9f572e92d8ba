"""From a journal's lines to its history: replayed from the beginning, or resumed at the TOML.

A long journal is replayed once. After that its TOML at line n, if neither was changed since (`curation.snapshots`), is
what the lines up to n give, and only those after it are replayed. The lines before are still checked for damage, and
their states are made when somebody asks for them: for undo, or to see what was changed in a TOML by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from curation import schema, snapshots
from curation.history import REDO, UNDO, BadLine, History
from curation.journal import SCHEMA
from curation.journal_lines import Line
from curation.snapshots import Snapshot
from curation.store import Stored
from curation.tally import Tally

_REPLACEMENT: Final = "\ufffd".encode()


def replay(lines: Sequence[Line], text: str) -> tuple[History | None, str]:
    """The history that a journal's lines give, as far as they can be replayed, and what is wrong, "" if nothing is.

    `text` is the letter's.
    """
    if not lines:
        return None, ""
    try:
        history = _begun(lines[0], text)
    except BadLine as error:
        return None, str(error)
    return _gone_on(history, lines[1:], 2)


def _begun(first: Line, text: str) -> History:
    """The state of line 1. Raises BadLine."""
    try:
        values = first.values
        if values.get("schema") != SCHEMA:
            raise BadLine(f'line 1 is of another version of Recto: this one reads "{SCHEMA}"')
        return History(schema.from_json(values.get("state"), text))
    except ValueError as error:
        raise BadLine(str(error) if isinstance(error, BadLine) else f"line 1 does not hold a state: {error}") from error


def _gone_on(history: History, lines: Iterable[Line], number: int) -> tuple[History, str]:
    for place, line in enumerate(lines, number):
        try:
            history.take(line.values)
        except ValueError as error:
            return history, f"line {place} can't be replayed: {error}"
    return history, ""


def resume(lines: Sequence[Line], text: str, stored: Stored, snapshot: Snapshot) -> tuple[History, str] | None:
    """Like `replay`, but from the TOML `stored` on; None where it can't stand for the lines up to its own."""
    if _REPLACEMENT in stored.data:
        # It may stand for half a character, which the journal holds and a TOML can't.
        return None
    place = stored.review.operations - lines[0].n if lines else 0
    if not 0 < place < len(lines) or snapshots.of(stored.data, lines[place].n, lines[place].sum) != snapshot:
        return None
    before = lines[: place + 1]

    def whole() -> History:
        history, wrong = replay(before, text)
        if history is None or wrong:
            raise BadLine(wrong)
        return history

    try:
        tally = _tally(before, text)
    except ValueError:
        # It is said by the replay of all, which names the line.
        return None
    return _gone_on(History.resumed(stored.review, tally, whole), lines[place + 1 :], place + 2)


def _tally(lines: Sequence[Line], text: str) -> Tally:
    """Which operations count after these lines. Raises ValueError if one of them is odd."""
    tally = Tally(_begun(lines[0], text).review)
    for line in lines[1:]:
        outline = line.outline
        match outline.op:
            case op if op == UNDO:
                tally.undo(_numbers(outline.undoes))
            case op if op == REDO:
                tally.redo(_numbers(outline.redoes))
            case _:
                tally.do(outline.n, _text(outline.batch), map(str, _listed(outline.created)))
    return tally


def _numbers(value: Any) -> list[int]:
    return [n if type(n) is int else -1 for n in _listed(value)]


def _listed(value: Any) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise ValueError("it holds something odd")
    return value


def _text(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError("its batch is no text")
    return value
