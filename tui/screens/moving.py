"""Moving the cursor by key, and finding words in a pane."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parsers.letter import Span
from tui.actions import Place
from tui.context import Context, Landing
from tui.dialogs.ask import AskScreen
from tui.screens.arranging import ArrangingScreen
from tui.scrolling import next_finding, next_with_words, place_of_words
from tui.side import Side
from tui.widgets.line_pane import LinePane, Spot


class MovingScreen(ArrangingScreen):
    """Where the cursor of the active pane goes; the others follow it."""

    def __init__(self, context: Context, sides: Sequence[Side], landing: Landing | None = None) -> None:
        super().__init__(context, sides, landing)
        self._query = ""
        self._hit: tuple[LinePane, Spot, Span] | None = None

    def action_down(self) -> None:
        self.active.step(1)
        self._moved()

    def action_up(self) -> None:
        self.active.step(-1)
        self._moved()

    def action_page_down(self) -> None:
        self.active.turn(1)
        self._moved()

    def action_page_up(self) -> None:
        self.active.turn(-1)
        self._moved()

    def action_first(self) -> None:
        self.active.move_to(0)
        self._moved()

    def action_last(self) -> None:
        self.active.move_to(len(self.active.sheet.items) - 1)
        self._moved()

    def action_next_finding(self) -> None:
        self._to_finding(1, self._ids(), "This is the last finding.")

    def action_previous_finding(self) -> None:
        self._to_finding(-1, self._ids(), "This is the first finding.")

    def _ids(self) -> list[str]:
        return [finding.id for finding in self.side.review.findings]

    def _to_finding(self, step: int, wanted: Iterable[str], none: str) -> None:
        place = next_finding(self.active.sheet.items, self.active.cursor, step, wanted)
        if place is None:
            self.say(none)
        else:
            self.active.move_to(place)
        self._moved()

    # finding words

    def action_find(self) -> None:
        """Ask for words; enter on the same words again goes to the next place."""

        def find(words: str | None) -> None:
            if words:
                self._query = words
                self._find(words)
            self._moved()

        self.app.push_screen(AskScreen(self.context.palette, "Find in this pane", self._query, does="find"), find)

    def _find(self, words: str) -> None:
        here = self.active.cursor
        place = next_with_words(self.active.sheet, here, words)
        self._forget_hit()
        if place is None:
            self.say(f"Not in this pane: {words}")
            return
        if place <= here:
            self.say("Found from the top." if place < here else "Only here.")
        self.active.move_to(place)
        item = self.active.sheet.items[place]
        span = place_of_words(self.active.sheet, item, words)
        self._hit = (self.active, (item.kind, item.key), span) if span is not None else None

    def follow(self) -> None:
        """As ever; the words that were found are marked while the cursor stands on what holds them."""
        super().follow()
        if self._hit is None or self.place is not Place.REVIEW:
            return
        pane, spot, span = self._hit
        item = pane.item
        if pane is self.active and item is not None and (item.kind, item.key) == spot:
            pane.mark(span)
        else:
            self._forget_hit()
            super().follow()

    def _forget_hit(self) -> None:
        if self._hit is not None:
            pane, _, _ = self._hit
            self._hit = None
            pane.set_marked(())
