"""What a reviewer said of pairs of findings: "the same" and "not the same". `pairs/<reviewer>.jsonl` in the workspace.

    {"a":"2010/eastmarch#f-3k9qz2","b":"2010/saltwick#f-7c1mte","same":false,"at":"2026-11-20T09:14:31Z","batch":"5f0c1a22"}

One line a pair, appended. The last line of a pair counts; `same` is null where a judgement was taken back. Lines with
one `batch` were judged, and are taken back, together; `undoes` names the batch that a line takes back. A pair of which
one finding is not there any more, because it was split, merged or removed, stays in the file and says nothing.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Any, Final

from curation import reviewer
from curation.append_file import AppendFile, Content, Record
from curation.letters import Version, version
from curation.operations import Refused

FOLDER: Final = "pairs"

Pair = tuple[str, str]
"""Two findings as `LETTER#ID`, the smaller one first."""


def pair(a: str, b: str) -> Pair:
    """Two findings as a pair, whichever is named first. Raises Refused if they are one, or no `LETTER#ID`."""
    for ref in (a, b):
        letter, _, finding = ref.rpartition("#")
        if not letter or not finding:
            raise Refused(f"{ref}: write LETTER#ID, such as 2010/eastmarch#f-3k9qz2")
    if a == b:
        raise Refused(f"{a} is one finding, not a pair")
    return (a, b) if a < b else (b, a)


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known at a moment.

    Attributes:
        same: for each pair that was judged, whether both say the same.
        batches: what can be taken back, oldest first: its name and its pairs.
        problems: what is to be said about the file.
    """

    same: Mapping[Pair, bool] = field(default_factory=dict)
    batches: Sequence[tuple[str, tuple[Pair, ...]]] = ()
    problems: tuple[str, ...] = ()

    def of(self, ref: str) -> dict[str, bool]:
        """What was said of a finding: for each other one, whether it says the same."""
        return {a if b == ref else b: same for (a, b), same in self.same.items() if ref in (a, b)}

    @property
    def apart(self) -> frozenset[Pair]:
        """The pairs that are not the same."""
        return frozenset(one for one, same in self.same.items() if not same)


NOTHING: Final = Judged()


class Pairs:
    """One reviewer's judgements in a workspace. Safe to use from several threads and programs."""

    def __init__(self, root: Path, name: str) -> None:
        """`root` is the workspace; nothing is written before the first judgement. Raises Refused for a bad name."""
        self._file = AppendFile(root / FOLDER / f"{reviewer.check(name)}.jsonl", root)
        self._lock = Lock()
        self._known: tuple[Version | None, Judged] = (None, NOTHING)

    @property
    def shown(self) -> str:
        """The file, as it is called in messages."""
        return self._file.shown

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know about the file, one line each."""
        return self._file.warnings

    def judged(self) -> Judged:
        """What was judged up to now, here or in another program. Raises OSError."""
        found = version(self._file.path)
        with self._lock:
            if self._known[0] != found:
                self._known = (found, replay(self._file.read()))
            return self._known[1]

    def judge(self, pairs: Iterable[tuple[str, str]], same: bool) -> str:
        """Say of pairs that they are the same, or not. On the disk when this returns; takes one `undo` back.

        Returns the name of the batch. Raises Refused if there is nothing to say, journal.NotWritten.
        """
        wanted = sorted({pair(a, b) for a, b in pairs})
        batch = secrets.token_hex(4)

        def make(there: Content) -> list[dict[str, Any]]:
            known = replay(there).same
            new = [one for one in wanted if known.get(one) is not same]
            if not new:
                raise Refused(f"that was said already: {'the same' if same else 'not the same'}")
            return [_line(one, same, batch) for one in new]

        self._file.append(make)
        return batch

    def undo(self, batch: str | None = None) -> tuple[Pair, ...]:
        """Take the last judgement back, or the one called `batch`, with all of it. Returns its pairs.

        Raises Refused if there is none, journal.NotWritten.
        """
        undone: tuple[Pair, ...] = ()

        def make(there: Content) -> list[dict[str, Any]]:
            nonlocal undone
            known = replay(there)
            found = [one for one in known.batches if batch in (None, one[0])]
            if not found:
                raise Refused("there is no judgement to take back")
            name, undone = found[-1]
            before = replay(there, without=name).same
            new = secrets.token_hex(4)
            return [_line(one, before.get(one), new) | {"undoes": name} for one in undone]

        self._file.append(make)
        return undone


def _line(one: Pair, same: bool | None, batch: str) -> dict[str, Any]:
    at = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"a": one[0], "b": one[1], "same": same, "at": at, "batch": batch}


def replay(content: Content, *, without: str | None = None) -> Judged:
    """What the lines of a file say together; `without` leaves one batch out."""
    problems = list(content.problems)
    live: dict[str, list[tuple[Pair, bool]]] = {}
    for batch, records in groupby(content.records, key=_batch):
        for record in records:
            read = _read(record)
            if read is None:
                problems.append(f"line {record.number} of the pairs is no judgement; it is passed over")
            elif "undoes" in record.values:
                live.pop(str(record.values["undoes"]), None)
            elif read[1] is not None:
                live.setdefault(batch, []).append((read[0], read[1]))
            else:
                # Another program took a judgement back without saying which: all about that pair is gone.
                for judged in live.values():
                    judged[:] = [one for one in judged if one[0] != read[0]]
    live.pop(without or "", None)
    same = {one: said for judged in live.values() for one, said in judged}
    batches = tuple((name, tuple(one for one, _ in judged)) for name, judged in live.items() if judged)
    return Judged(same, batches, tuple(problems))


def _batch(record: Record) -> str:
    """The name of a line's batch; a line of another program is a batch by itself."""
    named = record.values.get("batch")
    return named if isinstance(named, str) and named else f"line-{record.number}"


def _read(record: Record) -> tuple[Pair, bool | None] | None:
    values = record.values
    a, b, same = values.get("a"), values.get("b"), values.get("same")
    if not (isinstance(a, str) and isinstance(b, str) and (same is None or isinstance(same, bool))):
        return None
    try:
        return pair(a, b), same
    except Refused:
        return None
