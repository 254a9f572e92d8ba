"""Words found in all letters, each with its place; enter opens the letter there."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from curation.searching import Hit, Words, hits
from curation.workspace import LETTER_ERRORS
from tui import paint_info
from tui.actions import Place, bindings, key_of
from tui.context import Context, Landing
from tui.paint_found import paint_found
from tui.palette import CategoryStyle, category_styles
from tui.screens.opening import OpeningScreen
from tui.widgets.info_lines import InfoLines
from tui.widgets.line_pane import LinePane
from tui.wording import counted, row_title

MOST = 5_000
"""Places that are shown at most: nobody walks through more, and each costs memory."""
_EVERY = 0.25
"""Seconds between two deliveries."""


class Searched(Message):
    """More letters were searched, `read` in all: these places were found, these letters can't be read."""

    def __init__(self, found: Sequence[Hit], read: int, unreadable: int) -> None:
        super().__init__()
        self.found, self.read, self.unreadable = tuple(found), read, unreadable


class FoundScreen(OpeningScreen):
    """The places come in while the letters are searched, in the order of the library."""

    BINDINGS = bindings(Place.FOUND)
    home = Place.FOUND
    list_id = "found"

    def __init__(self, context: Context, words: Words) -> None:
        super().__init__(context)
        self._words = words
        self._letters = tuple(row.key for row in context.shelf.shown)
        self._hits: list[Hit] = []
        self._searched = 0
        self._unreadable = 0

    def compose(self) -> ComposeResult:
        palette = self.context.palette
        yield InfoLines(palette, id="status")
        yield LinePane(palette, id="found")
        yield InfoLines(palette, id="keys")
        yield InfoLines(palette, id="small")

    def on_mount(self) -> None:
        self.show()
        self.run_worker(self._search, thread=True)

    def _search(self) -> None:
        """In the thread."""
        worker, workspace = get_current_worker(), self.context.workspace
        batch: list[Hit] = []
        unreadable = found = 0
        posted = time.monotonic()
        for number, key in enumerate(self._letters, start=1):
            if worker.is_cancelled:
                return
            try:
                if workspace.may_hold(key, self._words):
                    batch += hits(workspace.review(key, self.context.reviewer or None), self._words)
            except LETTER_ERRORS:
                unreadable += 1
            last = number == len(self._letters) or found + len(batch) >= MOST
            if last or time.monotonic() - posted > _EVERY:
                found += len(batch)
                self.post_message(Searched(batch, number, unreadable))
                batch, posted = [], time.monotonic()
            if last:
                return

    def on_searched(self, event: Searched) -> None:
        self._hits += event.found[: MOST - len(self._hits)]
        self._searched, self._unreadable = event.read, event.unreadable
        self.show()

    # showing

    @property
    def _styles(self) -> Mapping[str, CategoryStyle]:
        return category_styles(next((row.profile for row in self.context.shelf.rows.values() if row.profile), ""))

    def paint(self) -> None:
        """The places under the names of their letters."""
        if not self._hits:
            self.list.show(partial(paint_info.no_rows, tuple(self._none())), title=f"“{self._words.typed}”")
            return
        rows = self.context.shelf.rows
        names = {hit.letter: row_title(rows[hit.letter]) for hit in self._hits if hit.letter in rows}
        painter = partial(paint_found, tuple(self._hits), names, self._styles)
        self.list.show(painter, title=f"“{self._words.typed}”")

    def _none(self) -> Iterator[str]:
        """Why there are no places to show, and what can be done."""
        if self._searched < len(self._letters):
            yield "Nothing found yet."
            return
        yield f"These words stand in none of {counted(self._searched - self._unreadable, 'letter')}."
        yield "They are looked for as they were typed, one after another: fewer words are found in more places."
        if query := self.context.shelf.query:
            yield f"Only the letters with {query.text} were searched; {key_of('back')} in the library shows all again."
        yield f"{key_of('find')} looks for other words, {key_of('back')} goes back."

    def settle(self) -> None:
        """Show what has changed."""
        super().settle()
        status = self.query_one("#status", InfoLines)
        status.show([paint_info.status("Words found", self._status(), status.size.width)])

    def _status(self) -> tuple[str, ...]:
        all_ = len(self._letters)
        full = len(self._hits) >= MOST
        going_on = "" if self._searched >= all_ or full else f"searched {self._searched}/{all_}"
        letters = len({hit.letter for hit in self._hits})
        first = "the first " if full else ""
        where = f"{first}{counted(len(self._hits), 'place')} in {counted(letters, 'letter')}"
        unreadable = f"{self._unreadable} can't be read" if self._unreadable else ""
        return going_on, where, unreadable

    # doing

    def action_open(self) -> None:
        item = self.list.item
        if item is None:
            self.tell(next(self._none()))
            return
        hit = self._hits[int(item.key)]
        self.open_letters([hit.letter], Landing(hit.finding, at=hit.at))

    def action_find(self) -> None:
        from tui.dialogs.ask import AskScreen

        def look(typed: str | None) -> None:
            if typed is not None and (words := Words(typed)):
                self.workers.cancel_node(self)
                self._words, self._hits, self._searched, self._unreadable = words, [], 0, 0
                self.show()
                self.run_worker(self._search, thread=True)

        self.app.push_screen(AskScreen(self.context.palette, "Words to find", self._words.typed, does="find"), look)
