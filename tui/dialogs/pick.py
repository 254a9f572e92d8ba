"""A list to choose from, narrowed while one types: themes, commands, letters, reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from parsers.display import visible
from tui.actions import Place, bindings, footer
from tui.choosing import Choice, narrowed, paint_choices, said_below, says_below
from tui.dialogs.typing import TypingScreen
from tui.paint import ItemKind, Run
from tui.paint_info import keys
from tui.palette import DIM, Palette
from tui.widgets.info_lines import InfoLines
from tui.widgets.line_pane import LinePane
from tui.wrap import wrapped

Search = Callable[[str], Sequence[Choice]]
_DETAIL_ROWS = 3
_AROUND = 4
"""Rows of the box besides list and detail: its frame, the field, the keys."""


class PickScreen(TypingScreen[str | None]):
    """Gives back the key of the choice, None if it was left."""

    BINDINGS = bindings(Place.LIST, priority=True)

    def __init__(
        self, palette: Palette, title: str, choices: Sequence[Choice], *, search: Search | None = None, hint: str = ""
    ) -> None:
        """`search` finds choices for what was typed; without it the given ones are narrowed."""
        super().__init__()
        self.palette = palette
        self._title = title
        self._choices = tuple(choices)
        self._shown = self._choices
        self._search = search or partial(narrowed, self._choices)
        self._hint = hint or "type to narrow the list"

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            # Content, never a plain text: that would be read as markup.
            box.border_title = Content(visible(self._title))
            # What was typed ahead is in it when it takes the focus: selected, the next key would replace it.
            field = Input(placeholder=self._hint, id="field", select_on_focus=False)
            field.cursor_blink = False
            yield field
            yield LinePane(self.palette, id="choices", framed=False)
            yield InfoLines(self.palette, id="detail")
            yield InfoLines(self.palette, id="box-keys")

    def on_mount(self) -> None:
        self._show(self._choices)

    def on_resize(self) -> None:
        """The line of keys and the detail fit their new width."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """A box as high as what there is to choose and to say of it: what it covers is what the choice is about."""
        pane, detail = self.query_one("#choices", LinePane), self.query_one("#detail", InfoLines)
        detail.display = says_below(self._choices, pane.body_width)
        rows = _AROUND + len(self._choices) + (_DETAIL_ROWS if detail.display else 0)
        self.query_one("#box").styles.max_height = rows
        self._show_detail()

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._show(self._found(event.value))

    def _found(self, query: str) -> tuple[Choice, ...]:
        return tuple(self._search(query)) if query.strip() else self._choices

    def _show(self, choices: tuple[Choice, ...]) -> None:
        self._shown = choices
        pane = self.query_one("#choices", LinePane)
        # The best one, not the one that the cursor stood on before.
        best = (ItemKind.TEXT, choices[0].key) if choices else None
        pane.show(partial(paint_choices, choices), at=best)
        self.call_after_refresh(self._show_detail)

    def _show_detail(self) -> None:
        pane, detail = self.query_one("#choices", LinePane), self.query_one("#detail", InfoLines)
        here = self._shown[pane.cursor] if pane.cursor < len(self._shown) else None
        text = visible(said_below(here, self._shown, pane.body_width)) if here is not None else ""
        detail.show([(Run(f" {line}", DIM),) for line in wrapped(text, detail.size.width - 2, _DETAIL_ROWS)])
        line = self.query_one("#box-keys", InfoLines)
        line.show([keys(footer(Place.LIST), line.size.width)])

    def _moved(self, by: int, *, half_page: bool = False) -> None:
        pane = self.query_one("#choices", LinePane)
        (pane.turn if half_page else pane.step)(by)
        self._show_detail()

    def action_list_down(self) -> None:
        self._moved(1)

    def action_list_up(self) -> None:
        self._moved(-1)

    def action_list_page_down(self) -> None:
        self._moved(1, half_page=True)

    def action_list_page_up(self) -> None:
        self._moved(-1, half_page=True)

    def action_choose(self) -> None:
        self.entered()

    def entered(self) -> None:
        """Take the row under the cursor; what was typed last counts, even if the list has not followed yet."""
        place = self.query_one("#choices", LinePane).cursor
        found = self._found(self.query_one("#field", Input).value)
        if found != self._shown:
            self._shown, place = found, 0
        if place < len(self._shown):
            self.dismiss(self._shown[place].key)

    def action_leave(self) -> None:
        self.dismiss(None)
