"""The operations of a review that count, in order, and the state that there would be with more or fewer of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from curation.operations import Made, Operation, replay
from curation.review import Review


@dataclass(frozen=True, slots=True)
class Step:
    """An operation that counts, and the state that it was done on."""

    n: int
    batch: str | None
    operation: Operation
    made: tuple[Made, ...]
    before: Review


class Rebuilt(NamedTuple):
    """What would be if other operations had been done.

    Attributes:
        first: how many of the steps stay as they are.
        kept: what the steps become from there on.
        review: the state after them.
    """

    first: int
    kept: tuple[Step, ...]
    review: Review


class Steps:
    """The steps of one review by their number. What gives a `Rebuilt` changes nothing until that is `put`."""

    def __init__(self) -> None:
        self._steps: list[Step] = []

    def __len__(self) -> int:
        return len(self._steps)

    def __iter__(self) -> Iterator[Step]:
        return iter(self._steps)

    def __reversed__(self) -> Iterator[Step]:
        return reversed(self._steps)

    def append(self, step: Step) -> None:
        """A new operation was done, after all others."""
        self._steps.append(step)

    def put(self, rebuilt: Rebuilt) -> None:
        """Let it be so."""
        self._steps[rebuilt.first :] = rebuilt.kept

    def numbered(self, n: int) -> Step:
        """The operation `n`. Raises ValueError if it does not count."""
        place = self._place(n)
        if place == len(self._steps) or self._steps[place].n != n:
            raise ValueError(f"operation {n} does not count, so it can't be undone")
        return self._steps[place]

    def after(self, step: Step) -> Sequence[Step]:
        """Those that were done after one of them."""
        return self._steps[self._place(step.n) + 1 :]

    def without(self, steps: Sequence[Step], now: Review) -> Rebuilt:
        """As if `steps` (oldest first, some of these) had not been done; `now` is the state. Raises Refused."""
        first = self._place(steps[0].n)
        left_out = {step.n for step in steps}
        return self._rebuilt(first, (step for step in self._steps[first:] if step.n not in left_out), now)

    def including(self, steps: Sequence[Step], now: Review) -> Rebuilt:
        """As if `steps` (oldest first, none of these) had been done in their places. Raises Refused."""
        first = self._place(steps[0].n)
        return self._rebuilt(first, sorted((*self._steps[first:], *steps), key=lambda step: step.n), now)

    def _place(self, n: int) -> int:
        return bisect_left(self._steps, n, key=lambda step: step.n)

    def _rebuilt(self, first: int, wanted: Iterable[Step], now: Review) -> Rebuilt:
        state = self._steps[first].before if first < len(self._steps) else now
        kept = []
        for step in wanted:
            kept.append(replace(step, before=state))
            state = replay(state, step.operation, step.made).review
        return Rebuilt(first, tuple(kept), state)
