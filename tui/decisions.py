"""Decisions on many letters from one list: a few letters are open at a time, and all are saved at the end."""

from __future__ import annotations

import secrets
from collections import OrderedDict

from curation.operations import Operation, Refused
from curation.review_writer import Done
from curation.store import NotSaved
from curation.workspace import Workspace
from tui.side import Side

KEPT = 8
"""Letters that stay open; the one that was not asked for longest is saved and closed."""


class Decisions:
    """Letters by key, opened when they are asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._sides: OrderedDict[str, Side] = OrderedDict()
        self._done: list[tuple[str, str]] = []
        self.troubles: list[str] = []

    def side(self, key: str, reviewer: str) -> Side:
        """A letter as `reviewer` has it, or as it is for nobody (""). Raises one of `workspace.LETTER_ERRORS`."""
        side = self._sides.get(key)
        if side is None:
            side = self._sides[key] = Side(self._workspace, key, reviewer)
        elif reviewer and side.session is None:
            side.begin(reviewer)
        self._sides.move_to_end(key)
        while len(self._sides) > KEPT:
            self._close(self._sides.popitem(last=False)[1])
        return side

    def do(self, key: str, reviewer: str, operation: Operation) -> Done:
        """Do an operation on a letter. Raises Refused, journal.NotWritten, and one of `workspace.LETTER_ERRORS`."""
        session = self.side(key, reviewer).session
        assert session is not None
        # By its name it is found again, whatever was done to the letter since.
        batch = secrets.token_hex(4)
        done = session.do(operation, batch=batch)
        self._done.append((key, batch))
        return done

    @property
    def count(self) -> int:
        """How many can be taken back here."""
        return len(self._done)

    def undo(self, reviewer: str) -> tuple[str, Done]:
        """Take back the last that was done here and still counts; the letter's key, and what was done.

        What could not be taken back stays the next to be. Raises Refused if there is nothing, or if something that was
        done since stands on it; journal.NotWritten, and one of `workspace.LETTER_ERRORS`.
        """
        while self._done:
            key, batch = self._done[-1]
            session = self.side(key, reviewer).session
            assert session is not None
            session.refresh()
            if session.holds(batch):
                done = session.undo_batch(batch)
                self._done.pop()
                return key, done
            # It was taken back elsewhere.
            self._done.pop()
        raise Refused("nothing was decided here yet, or all of it was taken back")

    def save(self) -> None:
        """Write the files of all letters that are open. What can't be written is in `troubles`."""
        for side in self._sides.values():
            self._close(side)

    def forget(self) -> None:
        """Save all and open them anew when they are asked for: another screen is going to change them."""
        self.save()
        self._sides.clear()

    def _close(self, side: Side) -> None:
        try:
            side.close()
        except NotSaved as error:
            self.troubles.append(str(error))
