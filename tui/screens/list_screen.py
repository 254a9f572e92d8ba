"""What the screens with one list share: moving in it, and opening a letter from it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from tui.context import Landing
from tui.screens.commanding import CommandScreen
from tui.scrolling import next_with_words
from tui.widgets.line_pane import LinePane

if TYPE_CHECKING:
    from tui.screens.review import ReviewScreen


class ListScreen(CommandScreen):
    """One list with a cursor. What it shows is painted when it is in front: what comes behind another screen waits."""

    list_id: ClassVar[str]

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # whatever the screen takes
        self._stale = False
        self._query = ""

    @property
    def list(self) -> LinePane:
        """The list."""
        return self.query_one(f"#{self.list_id}", LinePane)

    def show(self) -> None:
        """Paint what is to be seen now; behind another screen, later."""
        # What changes behind another screen makes the framework send that one again.
        self._stale = not self.is_active
        if not self._stale:
            self.paint()
            self.settle()

    def paint(self) -> None:
        """Give the list and all beside it what they are to show."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        """What came while another screen was in front."""
        if self._stale:
            self.show()

    def settle(self) -> None:
        """Show what has changed."""
        super().settle()
        if self.is_active:
            self.app.cursor_position = self.list.spot

    # moving

    def moved(self) -> None:
        """The cursor stands on another row."""
        self.settle()

    def action_down(self) -> None:
        self.list.step(1)
        self.moved()

    def action_up(self) -> None:
        self.list.step(-1)
        self.moved()

    def action_page_down(self) -> None:
        self.list.turn(1)
        self.moved()

    def action_page_up(self) -> None:
        self.list.turn(-1)
        self.moved()

    def action_first(self) -> None:
        self.list.move_to(0)
        self.moved()

    def action_last(self) -> None:
        self.list.move_to(len(self.list.sheet.items) - 1)
        self.moved()

    # finding words

    def action_find(self) -> None:
        """Ask for words; enter on the same words again goes to the next row with them."""
        from tui.dialogs.ask import AskScreen

        def find(words: str | None) -> None:
            if words:
                self._query = words
                place = next_with_words(self.list.sheet, self.list.cursor, words)
                if place is None:
                    self.say(f"Not in this list: {words}")
                else:
                    self.list.move_to(place)
            self.moved()

        self.app.push_screen(AskScreen(self.context.palette, "Find in this list", self._query), find)

    # letters

    def open_letters(self, keys: Sequence[str], landing: Landing | None = None) -> None:
        """Open one letter, or two side by side; one that can't be opened is said."""
        # Operations, journal and all: not before the first frame.
        from tui.screens.review import ReviewScreen
        from tui.side import OPENING_ERRORS, Side

        sides = []
        for key in keys:
            try:
                sides.append(Side(self.context.workspace, key, self.context.reviewer))
            except OPENING_ERRORS as error:
                self.tell(f"{key}: {error}", trouble=True)
        if sides:
            screen = ReviewScreen(self.context, sides, landing)
            self.app.push_screen(screen, partial(self._returned, screen))

    def _returned(self, screen: ReviewScreen, words: str | None) -> None:
        if words:
            self.say(words, trouble=True)
        from tui.loading import summary_of

        names = self.context.workspace.reviewers
        self.context.shelf.put(
            summary_of(side.review, side.to_check, names(side.key)) for side in screen.visited.values()
        )
        self.returned()

    def returned(self) -> None:
        """Back from a letter, whose row in the library says what has changed."""
        self.show()
