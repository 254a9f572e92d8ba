"""Writes what is decided on an open review, and takes it in: for whoever holds the lock of its journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from curation import adopting, history, store
from curation.journal import Journal, Pen
from curation.opening import Place
from curation.operations import Operation, Refused, said
from curation.recording import Recorder
from curation.state import State
from curation.threeway import Chooser
from curation.toml_beside import TomlBeside


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, once it is on the disk.

    Attributes:
        n: the number of its line in the journal (the last one, for several operations).
        created: ids that live now and did not before, in the order of the text.
        gone: ids that lived before and no longer do.
        said: words for the status line, such as `merged`.
    """

    n: int
    created: tuple[str, ...]
    gone: tuple[str, ...]
    said: str


class ReviewWriter:
    """The one that appends to a review's journal. Its methods raise Refused or NotWritten; then nothing is changed."""

    def __init__(self, place: Place, state: State, journal: Journal, toml: TomlBeside, recorder: Recorder) -> None:
        self._place = place
        self._state = state
        self._journal = journal
        self._toml = toml
        self._recorder = recorder

    def begin(self, pen: Pen) -> Done:
        """Begin a journal with the state of the TOML."""
        if self._state.begun:
            raise Refused("another program has just begun the journal; look again")
        pen.write(self._recorder.lines(self._state.history.review, (), None, begun=False))
        self._state.begun = True
        words = f"{self._place.toml.name} is where a new journal begins; what was done before can't be undone"
        return Done(self._state.history.n, (), (), words)

    def adopt(self, pen: Pen, found: store.Stored, choose: Chooser) -> Done:
        """Take in what a file has and the journal doesn't; `choose` says whose value where both changed something."""
        beside = found is self._toml.edited
        adoption = adopting.examine(self._state.history, found.review, choose)
        if adoption.operation is not None:
            done = self.do_as_they_are(pen, (adoption.operation,), None)
        elif adoption.conflicts or beside:
            self._toml.decided = True
            words = "what the journal says stays" if adoption.conflicts else "all of it is in the journal"
            done = Done(self._state.history.n, (), (), f"nothing is changed: {words}")
        else:
            raise Refused("there is nothing to take in: all of it is in the journal")
        self._state.read_only = ""
        if beside:
            self._toml.settle(whole=not adoption.conflicts)
        return done

    def do(self, pen: Pen, operations: Sequence[Operation], batch: str | None) -> Done:
        """Do operations under one batch name, after what was changed by hand and nobody has to choose about."""
        words = said(operations[-1])
        taken_in = self._toml.adopted_without_asking(self._state.history)
        try:
            records = self.records((*taken_in, *operations))
        except Refused:
            if not taken_in:
                raise
            # What was changed by hand and this decision don't go together: the decision is what is seen.
            return self.do_as_they_are(pen, operations, batch)
        done = self._append(pen, records, batch, words)
        if taken_in:
            n = done.n - len(operations)
            self._state.warn(f"{self._place.toml.name} was changed by hand; operation {n} took that in")
            self._toml.settle(whole=True)
        return done

    def do_as_they_are(self, pen: Pen, operations: Sequence[Operation], batch: str | None) -> Done:
        """Do operations on the state of the journal, whatever was changed by hand."""
        return self._append(pen, self.records(operations), batch, said(operations[-1]))

    def go(self, pen: Pen, op: str, finding_id: str | None, batch: str | None) -> Done:
        """`history.UNDO` or `history.REDO`: of the last operation, of one finding's or of a batch."""
        steps = self._state.history.next_steps(op, finding_id, batch)
        record: dict[str, Any] = {"op": op, history.NAMED[op]: [step.n for step in steps]}
        record |= {} if finding_id is None else {"finding": finding_id}
        return self._append(pen, [record], None, history.words(op, steps))

    def records(self, operations: Sequence[Operation]) -> list[dict[str, Any]]:
        """What the journal will hold of operations, each done on what the one before led to. Writes nothing."""
        return self._recorder.records(self._state.history, operations)

    def _append(self, pen: Pen, records: Sequence[Mapping[str, Any]], batch: str | None, words: str) -> Done:
        state, before = self._state, self._state.history.review
        lines = self._recorder.lines(before, records, batch, begun=state.begun)
        self._recorder.keep_text(lines, self._journal)
        for line in pen.write(lines)[-len(records) :]:
            state.history.take(line.values)
        state.begun = self._toml.decided = True
        state.settle_on_text()
        return Done(self._state.history.n, *history.difference(before, self._state.history.review), words)
