"""Which letters are on the desk: one beside another, one less, the next of the library."""

from __future__ import annotations

from functools import partial

from curation.summarising import why_not
from curation.summary import Summary
from curation.workspace import LETTER_ERRORS
from parsers.display import visible
from tui.actions import key_of
from tui.choosing import Choice
from tui.screens.theming import ThemingScreen
from tui.side import Side
from tui.wording import MOMENT, authority, day, letter_title

_DATE = 11
"""Cells of the longest date."""

STAYS = 0.2
"""Seconds after which somebody who came to a letter is taken to stay: then advice is looked for."""


class DeskScreen(ThemingScreen):
    """Opening letters and leaving them; each stays open for its review until the screen is left."""

    def action_open_beside(self) -> None:
        """A list of letters: the same council's other years first."""
        if not self.context.shelf.listed:
            self.tell(MOMENT)
            return
        here = self.sides[0]
        open_here = {side.key for side in self.sides}
        rows = [row for row in self.context.shelf.rows.values() if row.key not in open_here]
        own = self.context.shelf.rows.get(here.key)
        rows.sort(key=lambda row: (own is None or row.name != own.name, row.name, row.date is None, row.date))
        if rows:
            choices = [_letter_choice(row) for row in rows]
            self.choose("Open beside", choices, self.open_beside, hint="council or file name")
        else:
            self.tell("All letters of this folder are open here.")

    def open_beside(self, key: str) -> bool:
        """Show a letter beside the first one. False, and said, if it can't be opened."""
        if key in {side.key for side in self.sides}:
            self.tell("That letter is open here already.")
            return False
        side = self._opened(key)
        if side is not None:
            self.put_beside(side)
            self._arrived(side)
        return side is not None

    def action_put_away(self) -> None:
        """One letter less; the last one stays."""
        if len(self.sides) == 1:
            self.tell(f"This is the only letter here; {key_of('back')} goes back to the library.")
            return
        gone = self.side
        self.take_off(self.sides.index(gone))
        self.tell(f"Put away: {authority(gone.review)}. All of it is kept.")

    # from one letter to the next

    def action_next_letter(self) -> None:
        self._turn(1, "This is the last letter of the library as it stands.")

    def action_previous_letter(self) -> None:
        self._turn(-1, "This is the first letter of the library as it stands.")

    def _turn(self, step: int, none: str) -> None:
        row = self.row_beside(step)
        if row is None:
            self.tell(none if self.context.shelf.listed else MOMENT)
        elif self.turn_to(row):
            self.say(f"{letter_title(self.side.review)}.")
            self._moved()

    def row_beside(self, step: int, *, state: str = "") -> Summary | None:
        """The next letter of the library (1) or the one before (-1), as it is filtered and sorted now.

        Those that are on the desk or can't be read are passed over, and with `state` those in another one.
        """
        rows = self.context.shelf.shown
        here = next((n for n, row in enumerate(rows) if row.key == self.side.key), None)
        ahead = () if here is None else rows[here + 1 :] if step > 0 else rows[:here][::-1]
        taken = {side.key for side in self.sides}
        fit = (row for row in ahead if row.key not in taken and not row.trouble)
        return next((row for row in fit if not state or (row.state or "open") == state), None)

    def turn_to(self, row: Summary) -> bool:
        """Another letter in the place of the one under the cursor. False, and said, if it can't be opened."""
        side = self._opened(row.key)
        if side is not None:
            self.put_at(side, self.sides.index(self.side))
            self._arrived(side)
        return side is not None

    def _opened(self, key: str) -> Side | None:
        """A letter, as it was left here or opened now; None, and said, if it can't be opened."""
        try:
            return self.visited.get(key) or Side(self.context.workspace, key, self.context.reviewer)
        except LETTER_ERRORS as error:
            self.tell(f"{key}: {why_not(error)}", trouble=True)
            return None

    def _arrived(self, side: Side) -> None:
        # A thread that looks for advice takes its time from the same processor, and who pages on waits for it.
        self.set_timer(STAYS, partial(self._advise_here, side))
        self.warn(side)

    def _advise_here(self, side: Side) -> None:
        if side in self.sides:
            self.advise(side)


def _letter_choice(row: Summary) -> Choice:
    date = day(row.date) if row.date else ""
    return Choice(row.key, visible(row.name), aside=visible(f"{date:<{_DATE}}  {row.key}"))
