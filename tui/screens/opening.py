"""Lists whose rows lead to letters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.context import Landing
from tui.screens.list_screen import ListScreen

if TYPE_CHECKING:
    from tui.screens.review import ReviewScreen


class OpeningScreen(ListScreen):
    """Opens letters on a review screen, and shows anew what has changed when that is left."""

    def open_letters(self, keys: Sequence[str], landing: Landing | None = None) -> None:
        """Open one letter, or two side by side; one that can't be opened is said."""
        # Operations, journal and all: not before the first frame.
        from curation.summarising import why_not
        from curation.workspace import LETTER_ERRORS
        from tui.screens.review import ReviewScreen
        from tui.side import Side

        sides = []
        for key in keys:
            try:
                sides.append(Side(self.context.workspace, key, self.context.reviewer))
            except LETTER_ERRORS as error:
                self.tell(f"{key}: {why_not(error)}", trouble=True)
        if sides:
            screen = ReviewScreen(self.context, sides, landing)
            self.app.push_screen(screen, partial(self._returned, screen))

    def _returned(self, screen: ReviewScreen, words: str | None) -> None:
        if words:
            self.say(words, trouble=True)
        from curation.summarising import summary_of

        names = self.context.workspace.reviewers
        self.context.shelf.put(
            summary_of(side.review, side.to_check, names(side.key)) for side in screen.visited.values()
        )
        for side in screen.visited.values():
            if side.key in self.context.facts:
                from curation.facts import facts_of

                self.context.facts[side.key] = facts_of(side.review)
        self.returned()

    def returned(self) -> None:
        """Back from a letter, whose row in the library says what has changed."""
        self.show()
