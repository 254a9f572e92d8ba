"""One reviewer at work on one letter: the one object that an app or a command talks to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any

from curation import adopting, history, store
from curation.journal import NotWritten, Pen
from curation.opening import Opened, Place
from curation.operations import Operation, Refused, said
from curation.recording import Recorder
from curation.review import Review
from curation.state import State
from curation.threeway import Chooser, Conflict
from curation.toml_beside import TomlBeside
from curation.workspace import Workspace
from parsers.letter import Letter

if TYPE_CHECKING:
    from curation.rebasing import Plan


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


class Session:
    """A review open for work. Several, in several processes, can share one review. Safe to use from several threads.

    Attributes:
        letter: the parse, with its doubts.
        place: whose review it is, and where its files are.
    """

    def __init__(self, letter: Letter, place: Place, opened: Opened, revision: Callable[[], int] = lambda: 0) -> None:
        """Use `Session.open`. `revision` says which codebook themes are set under, 0 where that is not known."""
        self.letter = letter
        self.place = place
        self._state = State(letter, place, opened)
        self._journal = opened.journal
        self._toml = TomlBeside(place, opened)
        self._ahead = opened.ahead
        self._recorder = Recorder(letter, place, revision)
        self._lock = RLock()

    @classmethod
    def open(cls, workspace: Workspace, key: str, reviewer: str) -> Session:
        """Open a reviewer's review of a letter, or the letter's parse where there is none. Writes nothing.

        Raises what `Workspace.open` raises: UnknownLetter, UnreadableLetterError, Refused for a name that can't be.
        """
        opened = workspace.open(key, reviewer)
        return cls(workspace.read(key), workspace.place(key, reviewer), opened, workspace.revision)

    @property
    def reviewer(self) -> str:
        """Who reviews."""
        return self.place.reviewer

    @property
    def review(self) -> Review:
        """The state as it is now."""
        return self._state.review

    @property
    def read_only(self) -> str:
        """Empty, or why nothing may be done, with the way out."""
        return self._state.read_only

    @property
    def changed(self) -> str:
        """Empty, or what became of the letter's text since the review.

        It can be put on the text as it is (`rebase`), undone and redone then, and nothing else.
        """
        return self._state.changed

    @property
    def undo_depth(self) -> int:
        """How many times undo can be done."""
        return self._state.history.undo_depth

    @property
    def redo_depth(self) -> int:
        """How many times redo can be done."""
        return self._state.history.redo_depth

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know about the files, one line each."""
        return tuple(dict.fromkeys((*self._state.warnings, *self._journal.warnings, *self._toml.warnings)))

    @property
    def saved_at(self) -> dt.datetime | None:
        """When the last decision reached the disk, in UTC; None if there is none."""
        return self.review.updated

    def do(self, operation: Operation, *, batch: str | None = None) -> Done:
        """Do an operation. It is in the journal and on the disk when this returns.

        `batch`: operations of one letter with the same batch are undone together.
        Raises Refused with the reason, NotWritten if it could not be kept; then nothing is changed.
        """
        return self.do_all((operation,), batch=batch)

    def do_all(self, operations: Sequence[Operation], *, batch: str | None = None) -> Done:
        """Do several operations, each on what the one before led to: all of them or none. Raises as `do` does."""
        with self._lock:
            self._state.check_open()
            self._state.check_text()
            if not operations:
                raise Refused("there is nothing to do")
            if not self.place.journal.exists():
                # What is refused must not leave folders or a file behind.
                self._records(operations)
            with self._journal.writing() as pen:
                self._state.take_before_writing(pen.news)
                return self._done_all(pen, operations, batch)

    def undo(self) -> Done:
        """Take the last operation back, with all of its batch. Raises Refused if there is nothing, NotWritten."""
        return self._go(history.UNDO)

    def undo_finding(self, finding_id: str) -> Done:
        """Take back the last thing that was done to one finding, living or removed, whatever was done to others since.

        It can be done again like any undo. Raises Refused if there is nothing, or if something later stands on it;
        NotWritten.
        """
        return self._go(history.UNDO, finding_id)

    def undo_batch(self, batch: str) -> Done:
        """Take back what was done here under one name, whatever was done since.

        Raises Refused if nothing of it counts any more, or if something later stands on it; NotWritten.
        """
        return self._go(history.UNDO, batch=batch)

    def holds(self, batch: str, *, undone_too: bool = False) -> bool:
        """Whether something that was done here under this name counts, or was done and undone. Raises Refused."""
        with self._lock:
            return self._state.history.holds(batch) if undone_too else self._state.history.counts(batch)

    def redo(self) -> Done:
        """Do again what was undone last. Raises Refused if there is nothing, NotWritten."""
        return self._go(history.REDO)

    def plan(self) -> Plan:
        """What putting the review on the letter as it is parsed now would lead to. Raises Refused if it can't be."""
        return self._state.plan()

    def rebase(self) -> Done:
        """Put the review on the letter as it is now. Raises Refused if there is no need or no way, NotWritten."""
        with self._lock:
            self._state.check_open()
            if self._state.history.n == 0 and not self._state.begun:
                raise Refused("nobody has decided anything here: the letter is read as it is")
            with self._journal.writing() as pen:
                self._state.take_before_writing(pen.news)
                plan = self.plan()
                if not plan.is_needed:
                    raise Refused("the review stands on the letter as it is")
                return self._append(pen, self._records((plan.operation(),)), None, said(plan.operation()))

    @property
    def edited(self) -> store.Stored | None:
        """The TOML, if other hands wrote into it what the journal doesn't have; it can be adopted. Else None."""
        return self._toml.edited

    def conflicts(self, edited: store.Stored | None = None) -> tuple[Conflict, ...]:
        """What both a file (by default the TOML) and the journal changed since that file was written.

        Raises Refused if the file can't be adopted, whatever is chosen.
        """
        with self._lock:
            found = edited or self._toml.to_adopt()
            return tuple(c for c, _ in adopting.examine(self._state.history, found.review).conflicts)

    def adopt(self, choose: Chooser | None = None, edited: store.Stored | None = None) -> Done:
        """Take in, as one operation, what other hands wrote into a file: by default the TOML.

        `choose` says whose value is taken where both sides changed something; without it, that is refused. Where there
        is no journal, one is begun with the state of the TOML.
        Raises Refused with the reason, NotWritten; then nothing is changed.
        """
        with self._lock:
            self._state.check_open(but=self._ahead)
            self._state.check_text()
            if not self._state.begun and edited is None:
                return self._begin()
            found = edited or self._toml.to_adopt()
            with self._journal.writing() as pen:
                self._state.take_before_writing(pen.news, but=self._ahead)
                return self._adopted(pen, found, choose or adopting.refuse)

    def refresh(self) -> bool:
        """Take in what another process did. True if the state changed. Raises nothing: trouble is in `read_only`."""
        with self._lock:
            before = self.review
            self._state.refresh()
            return self.review is not before

    def save(self) -> None:
        """Write the TOML if it is behind the journal. Raises store.NotSaved; the journal stays the truth."""
        with self._lock:
            if self.read_only or self.changed or not self._state.begun or self._toml.holds(self._state.history):
                return
            try:
                with self._journal.writing() as pen:
                    self._state.take_before_writing(pen.news)
                    self._toml.write(self._state.history, self._journal)
            except NotWritten as error:
                raise store.NotSaved(f"{self.place.toml.name} was not written: {error}") from error

    def close(self) -> None:
        """Save; the session is not to be used after. Raises store.NotSaved."""
        self.save()

    def _begin(self) -> Done:
        """Begin a journal with the state of the TOML."""
        if not self.place.toml.exists():
            raise Refused(f"there is no {self.place.toml.name} yet")
        with self._journal.writing() as pen:
            self._state.take_before_writing(pen.news)
            if self._state.begun:
                raise Refused("another program has just begun the journal; look again")
            pen.write(self._recorder.lines(self._state.history.review, (), None, begun=False))
            self._state.begun = True
        words = f"{self.place.toml.name} is where a new journal begins; what was done before can't be undone"
        return Done(self._state.history.n, (), (), words)

    def _adopted(self, pen: Pen, found: store.Stored, choose: Chooser) -> Done:
        """Take in what `found` has. Raises Refused, NotWritten."""
        beside = found is self._toml.edited
        adoption = adopting.examine(self._state.history, found.review, choose)
        if adoption.operation is not None:
            done = self._append(pen, self._records((adoption.operation,)), None, said(adoption.operation))
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

    def _done_all(self, pen: Pen, operations: Sequence[Operation], batch: str | None) -> Done:
        words = said(operations[-1])
        taken_in = self._toml.adopted_without_asking(self._state.history)
        try:
            records = self._records((*taken_in, *operations))
        except Refused:
            if not taken_in:
                raise
            # What was changed by hand and this decision don't go together: the decision is what is seen.
            return self._append(pen, self._records(operations), batch, words)
        done = self._append(pen, records, batch, words)
        if taken_in:
            n = done.n - len(operations)
            self._state.warn(f"{self.place.toml.name} was changed by hand; operation {n} took that in")
            self._toml.settle(whole=True)
        return done

    def _records(self, operations: Sequence[Operation]) -> list[dict[str, Any]]:
        return self._recorder.records(self._state.history, operations)

    def _go(self, op: str, finding_id: str | None = None, batch: str | None = None) -> Done:
        with self._lock:
            self._state.check_open()
            if not self.place.journal.exists():
                self._state.history.next_steps(op, finding_id, batch)
            with self._journal.writing() as pen:
                self._state.take_before_writing(pen.news)
                steps = self._state.history.next_steps(op, finding_id, batch)
                record: dict[str, Any] = {"op": op, history.NAMED[op]: [step.n for step in steps]}
                record |= {} if finding_id is None else {"finding": finding_id}
                return self._append(pen, [record], None, history.words(op, steps))

    def _append(self, pen: Pen, records: Sequence[Mapping[str, Any]], batch: str | None, words: str) -> Done:
        state, before = self._state, self._state.history.review
        lines = self._recorder.lines(before, records, batch, begun=state.begun)
        self._recorder.keep_text(lines, self._journal)
        for line in pen.write(lines)[-len(records) :]:
            state.history.take(line.values)
        state.begun = self._toml.decided = True
        state.settle_on_text()
        return Done(self._state.history.n, *history.difference(before, self._state.history.review), words)
