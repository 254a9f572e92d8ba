"""All letters counted by theme: read and counted in threads, and counted anew when the codebook changes."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from functools import partial
from typing import NamedTuple

from textual.message import Message
from textual.worker import get_current_worker

from curation.codebook import Codebook, CodebookError
from curation.facts import LetterFacts
from curation.matrix import By, Matrix, Progress, matrix
from curation.readings import Readings
from curation.workspace import LETTER_ERRORS
from tui.context import Context
from tui.palette import CategoryStyle, category_styles
from tui.screens.opening import OpeningScreen

AT_ONCE = 500
"""Letters that are counted without a thread: it takes some 20 ms."""
_EVERY = 0.5
"""Seconds between two deliveries: each counts everything anew."""
_TALLY_EVERY = 0.2
"""Seconds between two words on how far counting is."""


class Counted(Message):
    """Some letters were read, `read` in all; some of them can't be."""

    def __init__(self, facts: Sequence[LetterFacts], read: int, unreadable: int, *, last: bool) -> None:
        super().__init__()
        self.facts, self.read, self.unreadable, self.last = tuple(facts), read, unreadable, last


class View(NamedTuple):
    """What is counted: rows of one kind, of all categories and years or of one, under any theme or the first alone."""

    by: By = By.AUTHORITY
    category: str = ""
    year: str = ""
    primary: bool = False


EVERYTHING = View()


class Tallied(Message):
    """A view was counted, from what was known at the count with that number."""

    def __init__(self, view: View, found: Matrix, number: int) -> None:
        super().__init__()
        self.view, self.found, self.number = view, found, number


class Tallying(Message):
    """Counting goes on: so many rows are counted."""

    def __init__(self, done: int, of: int) -> None:
        super().__init__()
        self.done, self.of = done, of


class _NotWanted(Exception):
    """Nobody waits for the count any more."""


class SurveyingScreen(OpeningScreen):
    """Keeps what was read in `context.facts`, so that the next look is there at once, and reads it again."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.read = self.unreadable = 0
        self.trouble = ""
        self._codebook: Codebook | None = None
        self._counted: dict[View, Matrix] = {}
        self._before: dict[View, Matrix] = {}
        self._number = 0
        self._pending: tuple[View, int] | None = None
        self._tally = ""

    def on_mount(self) -> None:
        self.check_codebook()
        self.show()
        self.call_after_refresh(self.survey)

    def survey(self) -> None:
        """Read all letters again."""
        self.run_worker(self._read_all, thread=True, group="survey", exclusive=True)

    def _read_all(self) -> None:
        """In the thread."""
        with closing(Readings(self.context.workspace, self.context.reviewer)) as readings:
            self._read_with(readings)

    def _read_with(self, readings: Readings) -> None:
        worker, refs = get_current_worker(), self.context.workspace.letters()
        batch: list[LetterFacts] = []
        unreadable, posted = 0, time.monotonic()
        for number, ref in enumerate(refs, start=1):
            if worker.is_cancelled:
                return
            try:
                batch.append(readings.facts(ref.key))
            except LETTER_ERRORS:
                unreadable += 1
            if time.monotonic() - posted > _EVERY and number < len(refs):
                self.post_message(Counted(batch, number, unreadable, last=False))
                batch, posted = [], time.monotonic()
        readings.keep(all_read=True)
        self.post_message(Counted(batch, len(refs), unreadable, last=True))

    def on_counted(self, event: Counted) -> None:
        """Counting takes time where there are many letters: it is done when all are read, and at the very first."""
        first = not self.context.facts
        self.read, self.unreadable = event.read, event.unreadable
        for one in event.facts:
            self.context.facts[one.letter] = one
        self.count_anew()
        if event.last or first:
            self.show()
        else:
            self.settle()

    @property
    def codebook(self) -> Codebook:
        """The codebook as it is; an empty one where it can't be read, which `trouble` says."""
        return self._codebook or Codebook(0, (), {})

    def check_codebook(self) -> None:
        """Take in what somebody changed, here or elsewhere."""
        before = self._codebook
        try:
            self._codebook, self.trouble = self.context.workspace.codebook(), ""
        except (CodebookError, OSError) as error:
            self._codebook, self.trouble = None, str(error).splitlines()[0]
        if before is not self._codebook:
            self.count_anew()
            if before is not None:
                self.show()

    def on_screen_resume(self) -> None:
        self.check_codebook()

    def count_anew(self) -> None:
        """Something has changed: what was counted holds until it is counted again."""
        self._before |= self._counted
        self._counted.clear()
        self._number += 1

    def count(self, view: View = EVERYTHING) -> Matrix | None:
        """All letters that were read so far, counted; kept until something changes.

        Many letters are counted in a thread, and shown when that is done: meanwhile it is what was counted before, or
        None. For few a thread would only be another moment to wait.
        """
        if view not in self._counted:
            if len(self.context.facts) > AT_ONCE:
                self._begin_counting(view)
                return self._before.get(view)
            self._counted[view] = self._matrix_of(view, tuple(self.context.facts.values()), self.codebook)
        return self._counted[view]

    def _begin_counting(self, view: View) -> None:
        wanted = (view, self._number)
        if self._pending != wanted:
            self._pending = wanted
            self._tally = "counting"
            facts, codebook = tuple(self.context.facts.values()), self.codebook
            self.run_worker(partial(self._count_in_thread, wanted, facts, codebook), thread=True, group="tally")

    def _count_in_thread(self, wanted: tuple[View, int], facts: Sequence[LetterFacts], codebook: Codebook) -> None:
        posted = time.monotonic()

        def watch(done: int, of: int) -> None:
            nonlocal posted
            if self._pending != wanted:
                raise _NotWanted
            if time.monotonic() - posted > _TALLY_EVERY:
                posted = time.monotonic()
                self.post_message(Tallying(done, of))

        with suppress(_NotWanted):
            self.post_message(Tallied(wanted[0], self._matrix_of(wanted[0], facts, codebook, watch), wanted[1]))

    @staticmethod
    def _matrix_of(
        view: View, facts: Sequence[LetterFacts], codebook: Codebook, on_progress: Progress | None = None
    ) -> Matrix:
        by, category, year, primary = view
        return matrix(facts, codebook, by=by, category=category, year=year, primary=primary, on_progress=on_progress)

    def on_tallying(self, event: Tallying) -> None:
        if self._tally:
            self._tally = f"counting {event.done}/{event.of}"
            self.settle()

    def on_tallied(self, event: Tallied) -> None:
        if self._pending == (event.view, event.number):
            self._pending, self._tally = None, ""
            if event.number == self._number:
                self._counted[event.view] = event.found
            self.show()

    @property
    def categories(self) -> Mapping[str, CategoryStyle]:
        """The categories of the letters here."""
        return category_styles(next((row.profile for row in self.context.shelf.rows.values() if row.profile), ""))

    def progress(self) -> str:
        """How far the letters are read and counted; "" once all are."""
        all_ = len(self.context.shelf.rows)
        return f"read {self.read}/{all_}" if self.read < all_ else self._tally
