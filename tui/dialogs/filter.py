"""The filter of the library: typed with completion; what is wrong is pointed at, how many letters fit is said."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from curation.query_completing import Offers, complete
from curation.query_fields import Vocabulary
from curation.querying import Query, QueryError, parse
from parsers.display import visible
from tui.actions import Place, bindings, footer
from tui.choosing import Choice, paint_choices
from tui.dialogs.typing import TypingScreen
from tui.paint import ItemKind, Line, Run
from tui.paint_info import keys
from tui.palette import CARET, DIM, DOUBT, STRONG, TEXT, Palette
from tui.shelf import Shelf
from tui.widgets.info_lines import InfoLines
from tui.widgets.line_pane import LinePane
from tui.wording import counted
from tui.wrap import clip, wrapped

_EXAMPLES = "state:open check:>0 theme:supervision year:2009..2011"


class FilterScreen(TypingScreen[str | None]):
    """Gives back a filter that can be read, "" for none, None if it was left."""

    BINDINGS = bindings(Place.FILTER, priority=True)

    def __init__(self, palette: Palette, shelf: Shelf, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.palette = palette
        self._shelf = shelf
        self._vocabulary = vocabulary
        self._offers = Offers(0, 0)

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = Content("Letters with")
            field = Input(self._shelf.query.text, placeholder=_EXAMPLES, id="field", select_on_focus=False)
            field.cursor_blink = False
            yield field
            yield LinePane(self.palette, id="choices", framed=False)
            yield InfoLines(self.palette, id="detail")
            yield InfoLines(self.palette, id="box-keys")

    def on_mount(self) -> None:
        self._field.cursor_position = len(self._field.value)
        self._offer()
        self.call_after_refresh(self._show_lines)

    def on_resize(self) -> None:
        """The lines below fit their new width."""
        self.call_after_refresh(self._show_lines)

    @property
    def _field(self) -> Input:
        return self.query_one("#field", Input)

    @property
    def _list(self) -> LinePane:
        return self.query_one("#choices", LinePane)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._offer()
        self._show_lines()

    def _offer(self) -> None:
        """What could stand where the caret is."""
        self._offers = complete(self._field.value, self._field.cursor_position, self._vocabulary)
        choices = [Choice(str(n), visible(o.word), aside=visible(o.about)) for n, o in enumerate(self._offers.offers)]
        self._list.show(partial(paint_choices, choices), at=(ItemKind.TEXT, "0"))

    def _show_lines(self) -> None:
        detail, line = self.query_one("#detail", InfoLines), self.query_one("#box-keys", InfoLines)
        detail.show(self._judged(detail.size.width))
        line.show([keys(footer(Place.FILTER), line.size.width)])

    def _judged(self, width: int) -> list[Line]:
        """How many letters fit; or the place that can't be read, and why."""
        found = self._read()
        if isinstance(found, Query):
            count, all_ = self._shelf.count(found), len(self._shelf.rows)
            return [(Run(f" {count} of {counted(all_, 'letter')}", STRONG),)]
        why = visible(str(found))
        pieces = wrapped(why, max(width - 4, 8), 2)
        lines = [(Run("   " if n else " ! ", DOUBT), Run(piece, TEXT)) for n, piece in enumerate(pieces)]
        return [pointed(self._field.value, found, width), *lines]

    def _read(self) -> Query | QueryError:
        try:
            return parse(self._field.value, self._vocabulary)
        except QueryError as error:
            return error

    def action_list_down(self) -> None:
        self._list.step(1)

    def action_list_up(self) -> None:
        self._list.step(-1)

    def action_list_page_down(self) -> None:
        self._list.turn(1)

    def action_list_page_up(self) -> None:
        self._list.turn(-1)

    def action_complete(self) -> None:
        """Take the word under the list's cursor."""
        field, place = self._field, self._list.cursor
        # What was typed last counts, even if the list has not followed yet.
        now = complete(field.value, field.cursor_position, self._vocabulary)
        if now != self._offers:
            self._offers, place = now, 0
        if place < len(self._offers.offers):
            field.value, field.cursor_position = self._offers.taken(field.value, place)
            self._typed()

    def action_keep(self) -> None:
        self.entered()

    def entered(self) -> None:
        """Give the filter back if it can be read; else go to the place that can't."""
        found = self._read()
        if isinstance(found, Query):
            self.dismiss(found.text)
        else:
            self._field.cursor_position = found.end
            self._offer()

    def action_leave(self) -> None:
        self.dismiss(None)


def pointed(text: str, error: QueryError, width: int) -> Line:
    """What was typed with the place that can't be read marked, in the middle where it doesn't fit. Pure."""
    shown = visible(text)
    start, end = error.start, max(error.end, error.start + 1)
    skipped = max(min(start - width // 2, len(shown) - width + 2), 0)
    before = shown[skipped:start]
    lead = "…" if skipped else " "
    wrong = shown[start:end] or " "
    return (
        Run(lead, DIM),
        Run(before, DIM),
        Run(clip(wrong, max(width - len(before) - 2, 2)), CARET),
        Run(shown[end:], DIM),
    )
