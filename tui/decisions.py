"""Decisions on many letters from one list: a few letters are open at a time, and all are saved at the end."""

from __future__ import annotations

from collections import OrderedDict

from curation.operations import Operation, Refused
from curation.review_writer import Done
from curation.store import NotSaved
from curation.workspace import Workspace
from tui.actions import key_of
from tui.side import Side

KEPT = 8
"""Letters that stay open; the one that was not asked for longest is saved and closed."""


class Decisions:
    """Letters by key, opened when they are asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._sides: OrderedDict[str, Side] = OrderedDict()
        self._done: list[tuple[str, int]] = []
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
        done = session.do(operation)
        self._done.append((key, done.n))
        return done

    @property
    def count(self) -> int:
        """How many can be taken back here."""
        return len(self._done)

    def undo(self, reviewer: str) -> tuple[str, Done]:
        """Take back the last that was done here; the letter's key, and what was done.

        Raises Refused if there is nothing, or if the letter was changed since, journal.NotWritten, and one of
        `workspace.LETTER_ERRORS`.
        """
        if not self._done:
            raise Refused("nothing was decided here yet")
        key, n = self._done[-1]
        session = self.side(key, reviewer).session
        assert session is not None
        session.refresh()
        if session.review.operations != n:
            raise Refused(f"{key} was changed since; open it, {key_of('undo')} takes back there")
        done = session.undo()
        self._done.pop()
        return key, done

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
