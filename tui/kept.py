"""What was painted before, so that a change paints again only what it touches. Pure but for what it remembers."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Painted = TypeVar("Painted")


class Kept(Generic[Painted]):
    """Pieces of one painting by name, each with all that it was painted from.

    In a letter of 500 findings a decision changes one of them; to wrap the words of all takes longer than a key may.
    Only the pieces of the last painting are remembered.
    """

    def __init__(self) -> None:
        self._before: dict[Hashable, tuple[tuple[object, ...], Painted]] = {}
        self._now: dict[Hashable, tuple[tuple[object, ...], Painted]] = {}

    def get(self, name: Hashable, source: tuple[object, ...], paint: Callable[[], Painted]) -> Painted:
        """The piece as it was painted last if `source` is what it was then, else what `paint` gives."""
        known = self._before.get(name)
        if known is None or known[0] != source:
            known = source, paint()
        self._now[name] = known
        return known[1]

    def turn(self) -> None:
        """The painting is done: the next one begins."""
        self._before, self._now = self._now, {}
