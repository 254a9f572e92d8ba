"""Which operations of a journal count, by number: kept without their states, so that a long journal costs little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from curation.review import Review


class Tally:
    """How many times undo and redo can be done, and every id that was ever given. Each step takes constant time."""

    def __init__(self, base: Review) -> None:
        """Begin from the state that the operations begin from."""
        self.ids = ids_of(base)
        self._live: dict[int, str | int] = {}
        self._in_batch: Counter[str | int] = Counter()
        self._undone: list[dict[int, str | int]] = []

    @property
    def undo_depth(self) -> int:
        """How many times undo can be done: operations that count, those of one batch as one."""
        return len(self._in_batch)

    @property
    def redo_depth(self) -> int:
        """How many times redo can be done."""
        return len(self._undone)

    def do(self, n: int, batch: str | None, created: Iterable[str]) -> None:
        """Operation `n` was done and gave the ids `created`."""
        self._count({n: batch or n})
        self._undone.clear()
        self.ids.update(created)

    def undo(self, numbers: Sequence[int]) -> None:
        """These were taken back. Raises ValueError if one of them does not count; then nothing is changed."""
        if not numbers or any(n not in self._live for n in numbers):
            raise ValueError(f"the operations {list(numbers)} are not there to be undone")
        taken = {n: self._live.pop(n) for n in numbers}
        self._in_batch.subtract(taken.values())
        for key in taken.values():
            if not self._in_batch[key]:
                del self._in_batch[key]
        self._undone.append(taken)

    def redo(self, numbers: Sequence[int]) -> None:
        """These were done again. Raises ValueError unless they are those undone last; then nothing is changed."""
        if not self._undone or list(self._undone[-1]) != list(numbers):
            raise ValueError(f"the operations {list(numbers)} are not there to be done again")
        self._count(self._undone.pop())

    def _count(self, operations: dict[int, str | int]) -> None:
        self._live |= operations
        self._in_batch.update(operations.values())


def ids_of(review: Review) -> set[str]:
    """Every id that a state knows of: living, removed, unplaced, and those that its findings were made of."""
    held = [*review.findings, *(r.finding for r in review.removed), *(u.finding for u in review.unplaced)]
    return {f.id for f in held} | {parent for f in held for parent in f.parents}
