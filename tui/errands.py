"""What is looked for behind a screen: one thing at a time, and what was asked last first."""

from __future__ import annotations

import threading
from collections.abc import Callable

Errand = Callable[[], object]


class Errands:
    """Errands for one thread, which is begun when there is something to do and ends when all is done.

    Whoever pages through letters asks for advice on each. A thread for each letter would let the next one wait for all
    of them, since only one thread computes at a time; and the letter in front would get its advice last.
    """

    def __init__(self, begin: Callable[[Errand], object]) -> None:
        """`begin` runs what it is given in a thread."""
        self._begin = begin
        self._lock = threading.Lock()
        self._waiting: list[Errand] = []
        self._running = False

    def put(self, errand: Errand) -> None:
        """To be done before all that still waits. What it raises ends the thread, and is the thread's to report."""
        with self._lock:
            self._waiting.append(errand)
            begin, self._running = not self._running, True
        if begin:
            self._begin(self._work_off)

    def drop(self) -> None:
        """Nobody wants what still waits."""
        with self._lock:
            self._waiting.clear()

    def _work_off(self) -> None:
        while (errand := self._next()) is not None:
            errand()

    def _next(self) -> Errand | None:
        with self._lock:
            self._running = bool(self._waiting)
            return self._waiting.pop() if self._waiting else None
