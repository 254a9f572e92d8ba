"""One reviewer at work on one letter: the one object that an app or a command talks to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from curation import adopting, changed_letter, files, history, pdf_text, plain, replaying, reviewer, schema, store
from curation.journal import SCHEMA, News, NotWritten, Pen
from curation.nearest import nearest
from curation.opening import Opened, Place
from curation.operations import Either, Operation, Refused, SetThemes, SettleDoubt, apply, said, to_line
from curation.review import Review
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
        self._toml = TomlBeside(place, opened)
        self._ahead = opened.ahead
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
        return tuple(dict.fromkeys((*self._warnings, *self._journal.warnings, *self._toml.warnings)))

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
            return tuple(c for c, _ in adopting.examine(self._history, found.review).conflicts)

    def adopt(self, choose: Chooser | None = None, edited: store.Stored | None = None) -> Done:
        """Take in, as one operation, what other hands wrote into a file: by default the TOML.

        `choose` says whose value is taken where both sides changed something; without it, that is refused. Where there
        is no journal, one is begun with the state of the TOML.
        Raises Refused with the reason, NotWritten; then nothing is changed.
        """
        with self._lock:
            if self.read_only not in ("", self._ahead):
                raise Refused(self.read_only)
            if self.changed:
                raise Refused(self.changed)
            if not self._begun and edited is None:
                return self._begin()
            found = edited or self._toml.to_adopt()
            with self._journal.writing() as pen:
                self._take_before_writing(pen.news, but=self._ahead)
                adoption = adopting.examine(self._history, found.review, choose or adopting.refuse)
                if adoption.operation is not None:
                    done = self._append(pen, self._check((adoption.operation,)), None, said(adoption.operation))
                elif adoption.conflicts or found is self._toml.edited:
                    self._toml.decided = True
                    words = "what the journal says stays" if adoption.conflicts else "all of it is in the journal"
                    done = Done(self._history.n, (), (), f"nothing is changed: {words}")
                else:
                    raise Refused("there is nothing to take in: all of it is in the journal")
                self.read_only = ""
                if found is self._toml.edited:
                    self._toml.settle(whole=not adoption.conflicts)
                return done

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
            if self.read_only or self.changed or not self._begun or self._toml.holds(self._history):
                return
            try:
                with self._journal.writing() as pen:
                    self._take_before_writing(pen.news)
                    self._toml.write(self._history, self._journal)
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
            self._take_before_writing(pen.news)
            if self._begun:
                raise Refused("another program has just begun the journal; look again")
            pen.write([self._first(self._history.review, self._head())])
            self._begun = True
        words = f"{self.place.toml.name} is where a new journal begins; what was done before can't be undone"
        return Done(self._history.n, (), (), words)

    def _head(self) -> dict[str, Any]:
        return {"at": _now(), "by": self.reviewer, "login": self._login}

    def _done_all(self, pen: Pen, operations: Sequence[Operation], batch: str | None) -> Done:
        words = said(operations[-1])
        taken_in = self._toml.adopted_without_asking(self._history)
        try:
            records = self._check((*taken_in, *operations))
        except Refused:
            if not taken_in:
                raise
            # What was changed by hand and this decision don't go together: the decision is what is seen.
            return self._append(pen, self._check(operations), batch, words)
        done = self._append(pen, records, batch, words)
        if taken_in:
            n = done.n - len(operations)
            self._warn(f"{self.place.toml.name} was changed by hand; operation {n} took that in")
            self._toml.settle(whole=True)
        return done

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
        head = self._head()
        lines = [] if self._begun else [self._first(before, head)]
        first = before.operations + 1
        lines += [
            {"n": n, **head, **record, "batch": None if record["op"] == _ADOPT else batch}
            for n, record in enumerate(records, first)
        ]
        self._keep_text(lines)
        for line in pen.write(lines)[-len(records) :]:
            self._history.take(line.values)
        self._begun = self._toml.decided = True
        self._settle_on_text()
        return Done(self._history.n, *history.difference(before, self._history.review), words)

    def _keep_text(self, lines: Sequence[Mapping[str, Any]]) -> None:
        """Of a PDF: what the spans count in has to be there before they are. Raises NotWritten."""
        if pdf_text.is_pdf(self.letter) and any(line["op"] in _BEGINNINGS for line in lines):
            try:
                pdf_text.keep(self.place.toml.parent, self.letter, self.place.root)
            except OSError as error:
                raise self._journal.not_written(f"{pdf_text.NAME}: {files.reason(error)}") from error

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

    def _take_before_writing(self, news: News, but: str = "") -> None:
        """Like `_take`. Raises NotWritten if the session is read-only then, for another reason than `but`."""
        self._take(news)
        if self.read_only not in ("", but):
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

    def _warn(self, message: str) -> None:
        self._warnings = (*self._warnings, message)


_ADOPT: Final = "adopt"
_BEGINNINGS: Final = ("open", "rebase")
"""Lines from which on spans count in the letter's text as it is now."""


def _now() -> str:
    """The time for people, in whole seconds; the order of operations does not depend on it."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
