"""A text to read: help, and why a finding is one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from tui import actions
from tui.actions import Place, bindings
from tui.context import Context
from tui.paint import Line
from tui.paint_info import keys, message
from tui.paint_text import paint_lines
from tui.widgets.info_lines import InfoLines
from tui.widgets.line_pane import LinePane


class TextScreen(Screen[None], inherit_bindings=False):
    """Lines in a pane; `q` goes back."""

    BINDINGS = bindings(Place.TEXT)
    AUTO_FOCUS = ""

    def __init__(self, context: Context, title: str, lines: Sequence[Line]) -> None:
        super().__init__()
        self.context = context
        self._title = title
        self._lines = tuple(lines)

    def compose(self) -> ComposeResult:
        yield LinePane(self.context.palette, id="text")
        yield InfoLines(self.context.palette, id="keys")

    def on_mount(self) -> None:
        self._pane.show(partial(paint_lines, self._lines), title=self._title)
        self.call_after_refresh(self._show_keys)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_keys)

    def _show_keys(self) -> None:
        line = self.query_one("#keys", InfoLines)
        line.show([keys(actions.footer(Place.TEXT), line.size.width)])
        self.app.cursor_position = self._pane.spot

    @property
    def _pane(self) -> LinePane:
        return self.query_one("#text", LinePane)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text never runs as keys."""
        event.stop()
        self.query_one("#keys", InfoLines).show([message("Pasted text does nothing here.")])

    def action_down(self) -> None:
        self._pane.step(1)
        self._show_keys()

    def action_up(self) -> None:
        self._pane.step(-1)
        self._show_keys()

    def action_page_down(self) -> None:
        self._pane.turn(1)
        self._show_keys()

    def action_page_up(self) -> None:
        self._pane.turn(-1)
        self._show_keys()

    def action_first(self) -> None:
        self._pane.move_to(0)
        self._show_keys()

    def action_last(self) -> None:
        self._pane.move_to(len(self._lines) - 1)
        self._show_keys()

    def action_back(self) -> None:
        self.dismiss(None)
