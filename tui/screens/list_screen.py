"""What the screens with one list share: moving in it, and finding words."""

from __future__ import annotations

from typing import ClassVar

from tui.screens.commanding import CommandScreen
from tui.scrolling import next_with_words
from tui.widgets.line_pane import LinePane


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
        if not self.children:
            # Left again before it was put together: keys come in bursts on a slow line.
            return
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

        self.app.push_screen(AskScreen(self.context.palette, "Find in this list", self._query, does="find"), find)
