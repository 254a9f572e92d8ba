"""All letters counted by theme: read in a thread, and counted anew when the codebook changes."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import closing

from textual.message import Message
from textual.worker import get_current_worker

from curation.codebook import Codebook, CodebookError
from curation.facts import LetterFacts
from curation.matrix import By, Matrix, matrix
from curation.readings import Readings
from curation.workspace import LETTER_ERRORS
from tui.context import Context
from tui.palette import CategoryStyle, category_styles
from tui.screens.opening import OpeningScreen

_EVERY = 0.5
"""Seconds between two deliveries: each counts everything anew."""


class Counted(Message):
    """Some letters were read, `read` in all; some of them can't be."""

    def __init__(self, facts: Sequence[LetterFacts], read: int, unreadable: int, *, last: bool) -> None:
        super().__init__()
        self.facts, self.read, self.unreadable, self.last = tuple(facts), read, unreadable, last


class SurveyingScreen(OpeningScreen):
    """Keeps what was read in `context.facts`, so that the next look is there at once, and reads it again."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.read = self.unreadable = 0
        self.trouble = ""
        self._codebook: Codebook | None = None
        self._counted: dict[tuple[By, str, str, bool], Matrix] = {}

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
        self._counted.clear()
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
            self._counted.clear()
            if before is not None:
                self.show()

    def on_screen_resume(self) -> None:
        self.check_codebook()

    def count(self, by: By = By.AUTHORITY, category: str = "", year: str = "", *, primary: bool = False) -> Matrix:
        """All letters that were read so far, counted; kept until something changes."""
        key = (by, category, year, primary)
        if key not in self._counted:
            facts = self.context.facts.values()
            self._counted[key] = matrix(facts, self.codebook, by=by, category=category, year=year, primary=primary)
        return self._counted[key]

    @property
    def categories(self) -> Mapping[str, CategoryStyle]:
        """The categories of the letters here."""
        return category_styles(next((row.profile for row in self.context.shelf.rows.values() if row.profile), ""))

    def progress(self) -> str:
        """How far the letters are read; "" once all are."""
        all_ = len(self.context.shelf.rows)
        return f"read {self.read}/{all_}" if self.read < all_ else ""
