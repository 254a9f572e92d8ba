"""What the queues share: things in many letters, decided from one list; the one under the cursor stands whole below."""

from __future__ import annotations

from textual import events

from tui.context import Context
from tui.decisions import Decisions
from tui.screens.opening import OpeningScreen

_LOW, _TINY = 20, 16
"""Rows of a screen below which the list takes less of it."""


class QueueScreen(OpeningScreen):
    """Letters are opened as they are decided on, and saved when the screen is left."""

    list_id = "queue"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.decisions = Decisions(context.workspace)

    def on_resize(self, event: events.Resize) -> None:
        """On a low screen the thing itself has the most of it."""
        self.set_class(event.size.height < _LOW, "-low")
        self.set_class(event.size.height < _TINY, "-tiny")

    def show_current(self) -> None:
        """Show what stands under the cursor, whole."""
        raise NotImplementedError

    def moved(self) -> None:
        """Another one, whole."""
        self.show_current()
        super().moved()

    def close_letters(self) -> str:
        """Save all letters that are open here; what went wrong in words, "" if nothing did."""
        self.decisions.save()
        return " ".join(self.decisions.troubles)
