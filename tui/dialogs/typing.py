"""Dialogs that are typed into, one key after another, however fast they come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from textual import events
from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class TypingScreen(ModalScreen[Answer], inherit_bindings=False):
    """A dialog with one text field, `#field`. It is given no key before it is `built` (`tui.taking_turns`)."""

    AUTO_FOCUS = ""
    # What is left of the screen beside a box of 76 columns at 80 are scraps of words.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (84, "-beside")]  # noqa: RUF012  (Textual's own form)

    def __init__(self) -> None:
        super().__init__()
        self.built = False
        self._once_built: list[Callable[[], object]] = []

    def on_mount(self) -> None:
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """The field is there. It has the focus at once: Textual's own `focus` would let the next key come before it."""
        self.set_focus(self.query_one("#field"))
        self.built = True
        for callback in self._once_built:
            callback()

    def once_built(self, callback: Callable[[], object]) -> None:
        """Call this when the field takes keys."""
        self._once_built.append(callback)

    async def caught_up(self) -> None:
        """Wait until the field, and all that its keys go on to, have done what they were sent."""
        field = self.focused
        for widget in field.ancestors_with_self if field is not None else ():
            done = asyncio.Event()
            if widget is self.app or not widget.post_message(events.Callback(callback=done.set)):
                break
            await done.wait()

    def entered(self) -> None:
        """What enter does."""
        raise NotImplementedError

    def left(self) -> None:
        """What escape does."""
        self.dismiss(None)
