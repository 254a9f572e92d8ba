"""The journal for people: what was done, when, by whom, and whether it still counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from curation import files
from curation.history import ENVELOPE, NAMED, UNDO
from curation.journal import Journal
from curation.journal_lines import Line
from curation.operations import Refused, describe, from_line


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a journal.

    Attributes:
        n: its number.
        at: when, in UTC.
        by: the reviewer.
        login: the account it was done under.
        what: what was done, on one line; it can hold words that were typed or stand in the letter.
        batch: the batch it belongs to, "" for none.
        counts: False if it was undone and not done again.
    """

    n: int
    at: dt.datetime
    by: str
    login: str
    what: str
    batch: str
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Log:
    """A journal's entries, as far as they can be read; `trouble` is "" or what is wrong after them."""

    entries: tuple[Entry, ...]
    trouble: str = ""


def read(journal: Journal) -> Log:
    """The log of a journal that was not read before. Raises nothing for what is in the file."""
    try:
        news = journal.read()
    except OSError as error:
        return Log((), f"{journal.shown} can't be read: {files.reason(error)}")
    trouble = f"{journal.shown}: {news.damage}; what follows was not read" if news.damage else ""
    return Log(entries(news.lines), trouble)


def entries(lines: Sequence[Line]) -> tuple[Entry, ...]:
    """A journal's lines in words, in order. A line that this version does not know is named as it is."""
    undone: set[int] = set()
    for line in lines:
        op = line.outline.op
        if op in NAMED:
            numbers = set(line.outline.concerns)
            undone = undone | numbers if op == UNDO else undone - numbers
    return tuple(replace(entry, counts=entry.n not in undone) for entry in _entries(lines))


def _entries(lines: Sequence[Line]) -> Iterator[Entry]:
    for line in lines:
        values = line.values
        yield Entry(
            n=line.n,
            at=dt.datetime.fromisoformat(str(values.get("at", "1970-01-01T00:00:00Z"))),
            by=str(values.get("by", "")),
            login=str(values.get("login", "")),
            what=_what(dict(values)),
            batch=str(values.get("batch") or ""),
        )


def _what(values: dict[str, Any]) -> str:
    op = values.get("op")
    if op == "open":
        return "open the review"
    if op in NAMED:
        of = f", the last of {values['finding']}" if "finding" in values else ""
        return f"{op} {', '.join(map(str, values.get(NAMED[op], ())))}{of}"
    try:
        operation, made = from_line({key: value for key, value in values.items() if key not in ENVELOPE})
    except Refused:
        return f"{op} (unknown to this version)"
    created = values.get("created") or ()
    return describe(operation) + (f" -> {', '.join(one.id for one in made)}" if created and made else "")
