"""Keys that come faster than they are done: each waits until the one before has had its effect.

On a slow line keys arrive in bursts: `t`, the words, enter, and what is to be done then, in one packet. The framework
sends a key to the screen that is on top when it arrives; what it means is found out later, when it comes back from
there. So the keys of a burst would all go to a screen that the first of them has long covered or closed.
"""

from __future__ import annotations

import asyncio
from collections import deque
from time import monotonic
from typing import Final, Generic, TypeVar

from textual import events
from textual.app import App

from tui.dialogs.typing import TypingScreen

Result = TypeVar("Result")

LONGEST: Final = 1.0
"""Seconds that a key is waited for at the most: one that never comes back must not hold up all others."""


class TakingTurns(App[Result], Generic[Result]):
    """An app that does one key at a time. A key without others behind it is neither copied nor kept waiting."""

    def __init__(self, *, ansi_color: bool) -> None:
        super().__init__(ansi_color=ansi_color)
        self._waiting: deque[events.Event] = deque()
        self._under_way: events.Event | None = None
        self._since = 0.0
        self._landings: set[asyncio.Task[None]] = set()

    @property
    def has_keys_to_do(self) -> bool:
        """Whether a key is under way, or waits for its turn."""
        return self._under_way is not None or bool(self._waiting)

    async def on_event(self, event: events.Event) -> None:
        """As ever, but for a key (or pasted text) before which another is still under way."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            self._waiting.append(event)
            await self._go_on()
            return
        await super().on_event(event)
        if event is self._under_way:
            self._done()

    async def _go_on(self) -> None:
        """Begin with the next key, unless one is under way, or the dialog that it is meant for is still being built."""
        if not self._waiting:
            return
        left = LONGEST - (monotonic() - self._since)
        if self._under_way is not None and left > 0:
            self.set_timer(left, self._next_turn)
            return
        dialog = self.screen if isinstance(self.screen, TypingScreen) else None
        if dialog is not None and not dialog.built:
            dialog.once_built(self._next_turn)
            return
        self._under_way, self._since = self._waiting.popleft(), monotonic()
        event = self._under_way
        await super().on_event(event)
        if not event.is_forwarded:
            self._done()
        elif dialog is not None:
            # A field keeps to itself most of the keys that it is given.
            landing = asyncio.create_task(self._land(dialog, event))
            self._landings.add(landing)
            landing.add_done_callback(self._landings.discard)

    async def _land(self, dialog: TypingScreen[object], event: events.Event) -> None:
        await dialog.caught_up()
        if event is self._under_way:
            self._done()

    def _done(self) -> None:
        self._under_way = None
        if self._waiting:
            self._next_turn()

    def _next_turn(self) -> None:
        """After whatever the last key has put in the app's hands, such as the answer of the dialog that it closed."""
        self.call_next(self._go_on)
