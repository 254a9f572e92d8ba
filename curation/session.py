"""One reviewer at work on one letter: the one object that an app or a command talks to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from threading import RLock
from typing import TYPE_CHECKING

from curation import adopting, history, store
from curation.journal import NotWritten
from curation.opening import Opened, Place
from curation.operations import Operation, Refused
from curation.recording import Recorder
from curation.review import Review
from curation.review_writer import Done, ReviewWriter
from curation.state import State
from curation.threeway import Chooser, Conflict
from curation.toml_beside import TomlBeside
from curation.workspace import Workspace
from parsers.letter import Letter

if TYPE_CHECKING:
    from curation.rebasing import Plan


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
        self._writer = ReviewWriter(place, self._state, self._journal, self._toml, Recorder(letter, place, revision))
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
                self._writer.records(operations)
            with self._journal.writing() as pen:
                self._state.take_before_writing(pen.news)
                return self._writer.do(pen, operations, batch)

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
                return self._writer.do_as_they_are(pen, (plan.operation(),), None)

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
                return self._writer.adopt(pen, found, choose or adopting.refuse)

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
            return self._writer.begin(pen)

    def _go(self, op: str, finding_id: str | None = None, batch: str | None = None) -> Done:
        with self._lock:
            self._state.check_open()
            if not self.place.journal.exists():
                self._state.history.next_steps(op, finding_id, batch)
            with self._journal.writing() as pen:
                self._state.take_before_writing(pen.news)
                return self._writer.go(pen, op, finding_id, batch)
