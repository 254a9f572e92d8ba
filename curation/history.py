"""From the lines of a journal to the state they give; undo and redo over operations, without limit.

Undo and redo are lines too and name the operations they concern. Operations with one `batch` are undone together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from curation import store, undoing
from curation.operations import Applied, Operation, Refused, apply, from_line, replay, said, touched
from curation.review import Review
from curation.steps import Step, Steps
from curation.tally import Tally

UNDO = "undo"
REDO = "redo"
NAMED = {UNDO: "undoes", REDO: "redoes"}


class BadLine(ValueError):
    """A journal line that can't be replayed on the state before it. `str()` says why."""


class History:
    """The state of a review, how it came about, and what can be undone and redone.

    The one place where a state is replaced by the next. It reads and writes no file.
    """

    def __init__(self, base: Review) -> None:
        """Begin from the state of a journal's first line, or of a review that has no journal yet."""
        self.review = base
        self._tally = Tally(base)
        self._states = [base]
        self._live = Steps()
        self._undone: list[tuple[Step, ...]] = []
        self._whole: Callable[[], History] | None = None
        self._since: list[Mapping[str, Any]] = []

    @classmethod
    def resumed(cls, snapshot: Review, tally: Tally, whole: Callable[[], History]) -> History:
        """Go on from a state in the middle, without the states before it.

        `tally` is that of the operations before. `whole` replays them from the beginning; it is called, once, when
        something of before is to be undone or done again, or is asked for. It may raise BadLine.
        """
        history = cls(snapshot)
        tally.ids |= history.ids
        history._tally, history._whole = tally, whole
        return history

    @property
    def ids(self) -> Set[str]:
        """Every id that was ever given."""
        return self._tally.ids

    @property
    def n(self) -> int:
        """The number of the last line."""
        return self.review.operations

    @property
    def undo_depth(self) -> int:
        """How many times undo can be done."""
        return self._tally.undo_depth

    @property
    def redo_depth(self) -> int:
        """How many times redo can be done."""
        return self._tally.redo_depth

    def state_at(self, n: int) -> Review | None:
        """The state after line `n`, None if the journal does not have that line or can't be replayed up to it."""
        if n < self._states[0].operations:
            try:
                self._remember()
            except BadLine:
                return None
        place = n - self._states[0].operations
        return self._states[place] if 0 <= place < len(self._states) else None

    def check(self, operation: Operation) -> Applied:
        """What `operation` would lead to; nothing is changed. Raises Refused."""
        return apply(self.review, operation, taken=self.ids)

    def next_undo(self) -> tuple[Step, ...]:
        """The operations that an undo takes back, oldest first: the last one, with its batch. Raises Refused if none.

        Where another program did something in the middle of a batch that stands on its first part, the undo takes back
        the last part alone: undo never comes to an end before the beginning.
        """
        if not self.undo_depth:
            raise Refused("there is nothing to undo")
        self._remember_to_undo()
        return undoing.last(self._live, self.review)

    def next_undo_of(self, finding_id: str) -> tuple[Step, ...]:
        """The last operation that changed one finding, alone, so that it can be undone though others came after it.

        Raises Refused if there is none, or if something that was done later stands on it.
        """
        self._remember_to_undo()
        return undoing.last_of_finding(self._live, self.review, finding_id)

    def holds(self, batch: str) -> bool:
        """Whether operations of this batch were done, be they undone since or not. Raises Refused as an undo does."""
        return self.counts(batch) or any(step.batch == batch for steps in self._undone for step in steps)

    def counts(self, batch: str) -> bool:
        """Whether operations of this batch were done and not undone. Raises Refused as an undo does."""
        self._remember_to_undo()
        return any(step.batch == batch for step in self._live)

    def next_undo_of_batch(self, batch: str) -> tuple[Step, ...]:
        """The operations of a batch that still count, so that they can be undone though others came after them.

        Raises Refused if there are none, or if something that was done later stands on one.
        """
        self._remember_to_undo()
        return undoing.of_batch(self._live, self.review, batch)

    def next_redo(self) -> tuple[Step, ...]:
        """The operations that a redo does again, oldest first. Raises Refused if there are none."""
        if not self.redo_depth:
            raise Refused("there is nothing to redo")
        self._remember_to_undo()
        return self._undone[-1]

    def next_steps(self, op: str, finding_id: str | None = None, batch: str | None = None) -> tuple[Step, ...]:
        """The operations that UNDO or REDO concerns; an UNDO of a finding or a batch those of it. Raises Refused."""
        if batch is not None:
            return self.next_undo_of_batch(batch)
        if finding_id is not None:
            return self.next_undo_of(finding_id)
        return self.next_undo() if op == UNDO else self.next_redo()

    def take(self, line: Mapping[str, Any]) -> None:
        """Go on by one line of the journal: its fields, `sum` apart. Raises BadLine; then nothing is changed."""
        try:
            n, batch, at = line["n"], line.get("batch"), dt.datetime.fromisoformat(line["at"]).astimezone(dt.UTC)
            if line["op"] in NAMED:
                self._remember()
                after = self._take_undo_or_redo(line["op"], line[NAMED[line["op"]]])
            else:
                after = self._take_operation(n, batch, line)
        except Refused as error:
            raise BadLine(f"it can't be done on what came before: {error}") from error
        except (KeyError, TypeError, ValueError) as error:
            raise BadLine(f"it lacks something or holds something odd: {error}") from error
        self.review = replace(after, operations=n, updated=at)
        self._states.append(self.review)
        if self._whole is not None:
            self._since.append(line)

    def _take_operation(self, n: int, batch: str | None, line: Mapping[str, Any]) -> Review:
        own = {key: value for key, value in line.items() if key not in ENVELOPE}
        operation, made = from_line(own)
        applied = replay(self.review, operation, made)
        self._live.append(Step(n, batch, operation, made, self.review))
        self._undone.clear()
        self._tally.do(n, batch, (*touched(operation, made), *applied.created))
        return applied.review

    def _take_undo_or_redo(self, op: str, numbers: Sequence[int]) -> Review:
        steps = tuple(map(self._live.numbered, numbers)) if op == UNDO else self.next_redo()
        if not steps or [step.n for step in steps] != sorted(set(numbers)):
            raise ValueError(f"the operations {list(numbers)} are not there to be undone or done again")
        rebuild = self._live.without if op == UNDO else self._live.including
        rebuilt = rebuild(steps, self.review)
        self._live.put(rebuilt)
        if op == UNDO:
            self._undone.append(steps)
            self._tally.undo(numbers)
        else:
            self._undone.pop()
            self._tally.redo(numbers)
        return rebuilt.review

    def _remember(self) -> None:
        """Have the states from the beginning on. Raises BadLine if they do not lead to the one that this began from."""
        if self._whole is None:
            return
        whole = self._whole()
        if store.dumps(whole.review) != store.dumps(self._states[0]):
            raise BadLine("it does not lead to the state that the TOML holds; `recto doctor` says more")
        for line in self._since:
            whole.take(line)
        self._states, self._live, self._undone = whole._states, whole._live, whole._undone
        self._whole = None
        self._since.clear()

    def _remember_to_undo(self) -> None:
        """Raises Refused."""
        try:
            self._remember()
        except BadLine as error:
            raise Refused(f"what was done before can't be undone: {error}") from error


ENVELOPE = frozenset({"n", "at", "by", "login", "batch", "codebook"})
"""The fields of every line, beside those of its operation."""


def words(op: str, steps: Sequence[Step]) -> str:
    """An undo or redo for the status line: `undone: merged`."""
    what = said(steps[-1].operation) if len(steps) == 1 else f"{len(steps)} operations at once"
    return f"{'undone' if op == UNDO else 'done again'}: {what}"


def difference(before: Review, after: Review) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids that live only after, and those that live only before."""
    old, new = {f.id for f in before.findings}, {f.id for f in after.findings}
    created = tuple(f.id for f in after.findings if f.id not in old)
    return created, tuple(f.id for f in before.findings if f.id not in new)
