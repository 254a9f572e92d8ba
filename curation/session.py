"""One reviewer at work on one letter: the one object that an app or a command talks to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import Any

from curation import changed_letter, files, history, opening, plain, replaying, reviewer, schema, snapshots, store
from curation.journal import SCHEMA, News, NotWritten, Pen
from curation.nearest import nearest
from curation.opening import Opened, Place, Standing
from curation.operations import Either, Operation, Refused, SetThemes, SettleDoubt, apply, said, to_line
from curation.rebasing import Plan
from curation.review import Review
from curation.workspace import Workspace
from parsers.letter import Letter


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
        read_only: "" or why nothing may be done, with the way out.
        changed: "" or what became of the letter's text since the review: it can be put on it (`rebase`), undone and
            redone then, and nothing else.
    """

    def __init__(self, letter: Letter, place: Place, opened: Opened, revision: Callable[[], int] = lambda: 0) -> None:
        """Use `Session.open`. `revision` says which codebook themes are set under, 0 where that is not known."""
        self.letter = letter
        self.place = place
        self.read_only = opened.read_only
        self.changed = opened.changed
        self._shown = opened.shown
        self._warnings = opened.warnings
        self._history = opened.history
        self._journal = opened.journal
        self._begun = opened.journal.exists
        self._last_written = opened.written
        self._decided = False
        self._login = reviewer.login()
        self._revision = revision
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
        return self._shown if self.read_only or self.changed else self._history.review

    @property
    def undo_depth(self) -> int:
        """How many times undo can be done."""
        return self._history.undo_depth

    @property
    def redo_depth(self) -> int:
        """How many times redo can be done."""
        return self._history.redo_depth

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know about the files, one line each."""
        return tuple(dict.fromkeys((*self._warnings, *self._journal.warnings)))

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
            self._check_open()
            if self.changed:
                raise Refused(self.changed)
            if not operations:
                raise Refused("there is nothing to do")
            if not self.place.journal.exists():
                # What is refused must not leave folders or a file behind.
                self._check(operations)
            with self._journal.writing() as pen:
                self._take_before_writing(pen.news)
                return self._append(pen, self._check(operations), batch, said(operations[-1]))

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
            return self._history.holds(batch) if undone_too else self._history.counts(batch)

    def redo(self) -> Done:
        """Do again what was undone last. Raises Refused if there is nothing, NotWritten."""
        return self._go(history.REDO)

    def plan(self) -> Plan:
        """What putting the review on the letter as it is parsed now would lead to. Raises Refused if it can't be."""
        return self.place.planned(self._history.review, self.letter, self._history.ids)

    def rebase(self) -> Done:
        """Put the review on the letter as it is now. Raises Refused if there is no need or no way, NotWritten."""
        with self._lock:
            self._check_open()
            if self._history.n == 0 and not self._begun:
                raise Refused("nobody has decided anything here: the letter is read as it is")
            with self._journal.writing() as pen:
                self._take_before_writing(pen.news)
                plan = self.plan()
                if not plan.is_needed:
                    raise Refused("the review stands on the letter as it is")
                return self._append(pen, self._check((plan.operation(),)), None, said(plan.operation()))

    def refresh(self) -> bool:
        """Take in what another process did. True if the state changed. Raises nothing: trouble is in `read_only`."""
        with self._lock:
            before = self.review
            try:
                self._take(self._journal.read())
            except OSError as error:
                self._stop(f"{self._journal.shown} can't be read: {files.reason(error)}")
            return self.review is not before

    def save(self) -> None:
        """Write the TOML if it is behind the journal. Raises store.NotSaved; the journal stays the truth."""
        with self._lock:
            if self.read_only or self.changed or not self._begun or self._is_written():
                return
            try:
                with self._journal.writing() as pen:
                    self._take_before_writing(pen.news)
                    if self._may_write():
                        self._write()
            except NotWritten as error:
                raise store.NotSaved(f"{self.place.toml.name} was not written: {error}") from error

    def close(self) -> None:
        """Save; the session is not to be used after. Raises store.NotSaved."""
        self.save()

    def _write(self) -> None:
        self._last_written = store.write(self.place.toml, self.review, self.place.root)
        if self._journal.lines >= snapshots.WORTHWHILE:
            snapshots.remember(self.place.toml, snapshots.of(self._last_written, self._journal.n, self._journal.sum))

    def _check_open(self) -> None:
        if self.read_only:
            raise Refused(self.read_only)

    def _check(self, operations: Sequence[Operation]) -> list[dict[str, Any]]:
        """The journal's fields for operations on the state as it is. Raises Refused."""
        state, new = self._history.review, set[str]()
        records = []
        for operation in operations:
            if isinstance(operation, SettleDoubt):
                self._check_doubt(operation.doubt)
            applied = apply(state, operation, taken=Either(self._history.ids, new))
            records.append(self._stamped(operation, to_line(state, operation, applied)))
            new.update(made.id for made in applied.made)
            state = applied.review
        return records

    def _stamped(self, operation: Operation, record: dict[str, Any]) -> dict[str, Any]:
        """What themes meant when they were set: the codebook's revision, for the worklist of a later change."""
        revision = self._revision() if isinstance(operation, SetThemes) else 0
        return {**record, "codebook": revision} if revision else record

    def _check_doubt(self, key: str) -> None:
        keys = [doubt.key for doubt in self.letter.doubts]
        if key not in keys:
            likely = nearest(key, keys)
            hint = f"the nearest is {likely}" if likely else "it has no doubts"
            raise Refused(f"no doubt {key[:60]} in {self.place.key}; {hint}")

    def _go(self, op: str, finding_id: str | None = None, batch: str | None = None) -> Done:
        with self._lock:
            self._check_open()
            if not self.place.journal.exists():
                self._steps(op, finding_id, batch)
            with self._journal.writing() as pen:
                self._take_before_writing(pen.news)
                steps = self._steps(op, finding_id, batch)
                record: dict[str, Any] = {"op": op, history.NAMED[op]: [step.n for step in steps]}
                record |= {} if finding_id is None else {"finding": finding_id}
                return self._append(pen, [record], None, history.words(op, steps))

    def _steps(self, op: str, finding_id: str | None, batch: str | None) -> tuple[history.Step, ...]:
        if batch is not None:
            return self._history.next_undo_of_batch(batch)
        if finding_id is not None:
            return self._history.next_undo_of(finding_id)
        return self._history.next_undo() if op == history.UNDO else self._history.next_redo()

    def _append(self, pen: Pen, records: Sequence[Mapping[str, Any]], batch: str | None, words: str) -> Done:
        before = self._history.review
        head = {"at": _now(), "by": self.reviewer, "login": self._login}
        lines = [] if self._begun else [self._first(before, head)]
        first = before.operations + 1
        lines += [{"n": n, **head, **record, "batch": batch} for n, record in enumerate(records, first)]
        for line in pen.write(lines)[-len(records) :]:
            self._history.take(line.values)
        self._begun = self._decided = True
        self._settle_on_text()
        return Done(self._history.n, *history.difference(before, self._history.review), words)

    def _settle_on_text(self) -> None:
        """After a rebase, or one undone or done again: say how the review stands to the letter's text."""
        self.changed = ""
        if not changed_letter.is_of(self._history.review, self.letter):
            plan = self.plan()
            self._shown, self.changed = plan.after, changed_letter.words(plan, self.place.key)

    def _first(self, base: Review, head: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "n": base.operations,
            **head,
            "op": "open",
            "schema": SCHEMA,
            "state": self._whole_state(base),
            "batch": None,
        }

    def _whole_state(self, base: Review) -> Any:
        if changed_letter.is_of(base, self.letter):
            return schema.to_json(base)
        return plain.to_json(self.place.contexts().put_into(schema.to_dict(base)))

    def _take(self, news: News) -> None:
        """Go on by what others wrote. What can't be replayed nothing may follow: the session is read-only then."""
        if news.damage:
            self._stop(f"{self._journal.shown}: {news.damage}; bring the file back from a copy")
        if not news.lines:
            return
        if news.anew or not self._begun:
            self._take_all(news)
            return
        try:
            for line in news.lines:
                self._history.take(line.values)
        except ValueError as error:
            self._stop(f"{self._journal.shown}: a line that another program wrote can't be replayed: {error}")
            return
        if not self.changed and not changed_letter.is_of(self._history.review, self.letter):
            self._stop("another program put this review on another text of the letter: go back, and open it again")
        elif self.changed:
            self._settle_on_text()

    def _take_before_writing(self, news: News) -> None:
        """Like `_take`. Raises NotWritten if the session is read-only then."""
        self._take(news)
        if self.read_only:
            raise NotWritten(f"not kept: {self.read_only}")

    def _take_all(self, news: News) -> None:
        """The journal is another file than before, or has come into being."""
        found, wrong = replaying.replay(news.lines, self.letter.text)
        if found is None or wrong:
            self._stop(f"{self._journal.shown} was replaced: {wrong}")
        elif found.review.source.text_sha256 != self.letter.source.text_sha256:
            self._stop(f"{self._journal.shown} was replaced by one of another text; open the letter again")
        else:
            self._history = found
            if self._begun:
                self._warn(f"{self._journal.shown} was replaced by other hands; it was read anew")
            self._begun = True

    def _stop(self, why: str) -> None:
        self._shown = self._history.review
        self.read_only = why

    def _is_written(self) -> bool:
        """True if the TOML on the disk is the one of this state: written here last, or by anybody."""
        try:
            data = files.read_regular(self.place.toml, store.LARGEST)
        except OSError:
            return False
        return data == store.dumps(self.review)

    def _warn(self, message: str) -> None:
        self._warnings = (*self._warnings, message)

    def _may_write(self) -> bool:
        """See to it that nothing is lost by writing the TOML. Raises NotSaved.

        One that other hands changed is kept beside, and only if something was decided here: looking replaces nothing.
        """
        name = self.place.toml.name
        try:
            data = files.read_regular(self.place.toml, store.LARGEST)
        except FileNotFoundError:
            return True
        except OSError as error:
            raise store.NotSaved(f"{name} was not written: {files.reason(error)}. The journal has all") from error
        found = Standing.FOLLOWS if data == self._last_written else opening.standing(data, self._history)
        if found is Standing.AHEAD:
            raise store.NotSaved(f"{name} was not written: it holds more operations than {self._journal.shown}")
        if found is not Standing.FOLLOWS and self._decided:
            kept = store.keep_original(self.place.toml, data, self.place.root)
            self._warn(f"{name} was changed by hand; that text was kept as {kept.name}")
        return found is Standing.FOLLOWS or self._decided


def _now() -> str:
    """The time for people, in whole seconds; the order of operations does not depend on it."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
