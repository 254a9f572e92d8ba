"""The library: one row a letter, filled in while the letters are read behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.worker import get_current_worker

from tui import paint_info
from tui.actions import Place, bindings
from tui.context import Context, Landing, Opening
from tui.filling import Filled, Listed, WorkspaceReady, fill
from tui.paint import ItemKind
from tui.paint_library import library_heading, paint_library
from tui.palette import CategoryStyle, category_styles
from tui.screens.commanding import CommandScreen
from curation.summary import Summary
from tui.widgets.info_lines import InfoLines
from tui.widgets.line_pane import LinePane

if TYPE_CHECKING:
    from tui.screens.review import ReviewScreen


class LibraryScreen(CommandScreen):
    """Usable at once; rows fill in."""

    BINDINGS = bindings(Place.LIBRARY)
    home = Place.LIBRARY

    def __init__(self, context: Context, begin: Callable[[], Opening]) -> None:
        """`begin` opens the workspace; it is called in a thread, after the first frame."""
        super().__init__(context)
        self._begin = begin
        self._read = 0
        self._read_as = ""
        self._totals: tuple[str, ...] = ()
        self._listed = False
        self._filter = ""
        self._stale = False

    def compose(self) -> ComposeResult:
        palette = self.context.palette
        yield InfoLines(palette, id="status")
        yield InfoLines(palette, id="columns")
        yield LinePane(palette, id="letters")
        yield InfoLines(palette, id="keys")
        yield InfoLines(palette, id="small")

    def on_mount(self) -> None:
        self._show()
        self.call_after_refresh(self._start_filling)

    def _start_filling(self) -> None:
        self.run_worker(self._fill, thread=True, group="library", exclusive=True)

    def _fill(self) -> None:
        """In the thread."""
        worker = get_current_worker()
        fill(self._begin, self.app.post_message, lambda: worker.is_cancelled)

    # what the thread says, by way of the app: a message to a screen that stands behind another would make the
    # framework send the one in front again

    def begin(self, event: WorkspaceReady) -> None:
        """The workspace is open."""
        self.context.begin(event.opening)
        self._read_as = event.opening.reviewer
        self._show()
        if event.opening.start:
            self.open_letters(event.opening.start, event.opening.landing)

    def list_letters(self, event: Listed) -> None:
        """These letters are there."""
        self._listed = True
        known = dict(self._rows)
        self._rows.clear()
        self._rows.update({row.key: known.get(row.key, row) for row in event.rows})
        if event.problems:
            self.say(event.problems[0], trouble=True)
        self._show()

    def fill_in(self, event: Filled) -> None:
        """Some of them were read."""
        self._read = event.read
        self._rows.update({row.key: row for row in event.rows})
        self._show()

    # showing

    @property
    def _rows(self) -> dict[str, Summary]:
        return self.context.rows

    @property
    def _pane(self) -> LinePane:
        return self.query_one("#letters", LinePane)

    @property
    def _styles(self) -> Mapping[str, CategoryStyle]:
        """Of the first letter that was read, none before: a family's wording takes longer to read than a frame."""
        profile = next((row.profile for row in self._rows.values() if row.profile), None)
        return {} if profile is None else category_styles(profile)

    def _visible_rows(self) -> tuple[Summary, ...]:
        wanted = self._filter.casefold()
        return tuple(row for row in self._rows.values() if wanted in f"{row.name} {row.key} {row.state}".casefold())

    def on_screen_resume(self) -> None:
        """What came while another screen was in front."""
        if self._stale:
            self._show()

    def _show(self) -> None:
        # What changes behind another screen makes the framework send that one again.
        self._stale = not self.is_active
        if self._stale:
            return
        rows, known = self._visible_rows(), self._rows.values()
        seen, findings = sum(row.seen for row in known), sum(row.findings for row in known)
        self._totals = (f"seen {seen}/{findings}", f"to check {sum(row.to_check for row in known)}") if known else ()
        if not self._listed:
            shown = "looking for letters"
        elif self._filter:
            shown = f"{len(rows)} of {len(self._rows)} letters with “{self._filter}”"
        else:
            shown = f"{len(rows)} letter{'' if len(rows) == 1 else 's'}"
        self._pane.show(partial(paint_library, rows, self._styles), title=f"{self.context.name} · {shown}")
        self.settle()

    def settle(self) -> None:
        """Show what has changed."""
        super().settle()
        status, columns = self.query_one("#status", InfoLines), self.query_one("#columns", InfoLines)
        progress = f"parsed {self._read}/{len(self._rows)}" if self._read < len(self._rows) else ""
        right = (self.context.reviewer, progress, *self._totals)
        status.show([paint_info.status("Library", right, status.size.width)])
        columns.show([library_heading(self._styles, max(columns.size.width - 3, 0))])
        if self.is_active:
            self.app.cursor_position = self._pane.spot

    # moving

    def action_down(self) -> None:
        self._pane.step(1)
        self.settle()

    def action_up(self) -> None:
        self._pane.step(-1)
        self.settle()

    def action_page_down(self) -> None:
        self._pane.turn(1)
        self.settle()

    def action_page_up(self) -> None:
        self._pane.turn(-1)
        self.settle()

    def action_first(self) -> None:
        self._pane.move_to(0)
        self.settle()

    def action_last(self) -> None:
        self._pane.move_to(len(self._rows) - 1)
        self.settle()

    # doing

    def action_open(self) -> None:
        item = self._pane.item
        if item is None:
            none = "No letter here: text files (.txt, .md) and PDF are read." if self._listed else "One moment."
            self.tell(none)
        else:
            self.open_letters([item.key])

    def action_find(self) -> None:
        from tui.dialogs.ask import AskScreen

        def narrow(words: str | None) -> None:
            if words is not None:
                self._filter = words.strip()
                self._show()

        question = AskScreen(
            self.context.palette, "Letters with", self._filter, why="council, file name or state; empty for all"
        )
        self.app.push_screen(question, narrow)

    def action_back(self) -> None:
        if self._filter:
            self._filter = ""
            self._show()
        elif self.asked_once("q again leaves Recto; all is saved"):
            self.leave_app()

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
        """Back from letters: their rows say what has changed."""
        if words:
            self.say(words, trouble=True)
        from tui.loading import summary_of

        for side in screen.visited.values():
            self._rows[side.key] = summary_of(side.review, side.to_check.count)
        self._show()
        if self.context.reviewer != self._read_as:
            # Somebody has said who they are: the rows are to show their reviews.
            self._begin = self.context.again
            self._start_filling()

    def land_on(self, key: str) -> None:
        """Put the cursor on a letter's row."""
        place = self._pane.sheet.place(ItemKind.TEXT, key)
        if place is not None:
            self._pane.move_to(place)
            self.settle()
