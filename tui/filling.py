"""The library's thread: open the workspace, walk it, read each letter, and say so as it goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing

from textual.message import Message

from curation.summary import Summary
from tui.context import Opening

_EVERY = 0.25
"""Seconds between two deliveries of rows: each sends the rows that changed."""


class WorkspaceReady(Message):
    """The workspace is open."""

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self.opening = opening


class Unusable(Message):
    """What was asked for can't be opened."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class Listed(Message):
    """The folder was walked: these letters are there, and this was left out."""

    def __init__(self, rows: Sequence[Summary], problems: Sequence[str]) -> None:
        super().__init__()
        self.rows = tuple(rows)
        self.problems = tuple(problems)


class Filled(Message):
    """Some letters were read, `read` in all."""

    def __init__(self, rows: Sequence[Summary], read: int) -> None:
        super().__init__()
        self.rows = tuple(rows)
        self.read = read


def fill(begin: Callable[[], Opening], post: Callable[[Message], object], stopped: Callable[[], bool]) -> None:
    """Post `WorkspaceReady`, `Listed`, then `Filled` until all letters are read, or `Unusable` alone.

    What was read in an earlier run, of files that are still the same, is taken from there.
    """
    # The parser and all that reviews are made of: not before the first frame.
    from curation.readings import Readings
    from curation.summarising import first_words, unreadable
    from curation.workspace import LETTER_ERRORS
    from tui.starting import USAGE_ERRORS

    try:
        opening = begin()
    except USAGE_ERRORS as error:
        post(Unusable(str(error)))
        return
    post(WorkspaceReady(opening))
    refs = opening.workspace.letters()
    post(Listed(first_words(refs), opening.workspace.problems))
    with closing(Readings(opening.workspace, opening.reviewer)) as readings:
        batch: list[Summary] = []
        posted = time.monotonic()
        for number, ref in enumerate(refs, start=1):
            if stopped():
                return
            try:
                reading = readings.of(ref.key)
            except LETTER_ERRORS as error:
                batch.append(unreadable(ref.key, error))
            else:
                batch.append(reading.summary)
                opening.adviser.take_packed(ref.key, reading.shown)
            if number == len(refs) or time.monotonic() - posted > _EVERY:
                post(Filled(batch, number))
                readings.keep(all_read=number == len(refs))
                batch, posted = [], time.monotonic()
    opening.adviser.all_taken(ref.key for ref in refs)
