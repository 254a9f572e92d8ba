"""What is to check in all letters, one doubt after another, with the text around it and the keys that settle it."""

from __future__ import annotations

from collections import Counter
from functools import partial

from textual.app import ComposeResult
from textual.timer import Timer

from curation.journal import NotWritten
from curation.operations import Refused, SettleDoubt
from curation.summarising import why_not
from curation.workspace import LETTER_ERRORS
from parsers.letter import Doubt
from tui import paint_info
from tui.actions import Place, bindings, key_of
from tui.choosing import Choice
from tui.context import Context, Landing
from tui.paint import Run
from tui.palette import DOUBT
from tui.queue import Waiting, after, paint_queue, waiting
from tui.screens.naming import with_reviewer
from tui.screens.queue_screen import QueueScreen
from tui.side import Side
from tui.widgets.info_lines import InfoLines
from tui.widgets.letter_pane import LetterPane
from tui.widgets.line_pane import LinePane
from tui.wording import counted

SAVE_AFTER = 2.0
"""Seconds after the last decision until review files are written."""


class ToCheckScreen(QueueScreen):
    """The doubts of the letters that the library shows. What is settled leaves the queue, and the next one comes up."""

    BINDINGS = bindings(Place.TO_CHECK)
    home = Place.TO_CHECK

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._code = ""
        self._by_code = False
        self._queue: tuple[Waiting, ...] = ()
        self._shown_letter = ""
        self._timer: Timer | None = None
        self._letters = tuple(row.key for row in context.shelf.shown)

    def compose(self) -> ComposeResult:
        palette = self.context.palette
        yield InfoLines(palette, id="status")
        yield LinePane(palette, id="queue")
        place = LetterPane(palette, id="place")
        place.active = False
        yield place
        yield InfoLines(palette, id="info")
        yield InfoLines(palette, id="keys")
        yield InfoLines(palette, id="small")

    def on_mount(self) -> None:
        # Now for keys that were typed ahead, and once more when the panes have their sizes.
        self.show()
        self.call_after_refresh(self.show)

    # showing

    def paint(self) -> None:
        """The queue, and the place of the doubt under the cursor."""
        rows = self.context.shelf.rows
        letters = [rows[key] for key in self._letters if key in rows]
        self._queue = waiting(letters, code=self._code, by_code=self._by_code)
        order = "by code" if self._by_code else "by letter"
        kind = f"{self._code} · " if self._code else ""
        painter = partial(paint_queue, self._queue, rows) if self._queue else partial(paint_info.no_rows, self._none())
        self.list.show(painter, title=f"{kind}{order}")
        self.show_current()

    @property
    def _current(self) -> Waiting | None:
        place = self.list.cursor
        return self._queue[place] if place < len(self._queue) else None

    def _side(self) -> tuple[Side, Doubt] | None:
        """The letter of the doubt under the cursor, and the doubt. None if there is none, or it can't be opened."""
        one = self._current
        if one is None:
            return None
        try:
            side = self.decisions.side(one.letter, self.context.reviewer)
        except LETTER_ERRORS as error:
            self.say(f"{one.letter}: {why_not(error)}", trouble=True)
            return None
        doubts = side.to_check.doubts
        if tuple(doubt.code for doubt in doubts) != self.context.shelf.rows[one.letter].checks:
            # Somebody else was there: the row is of yesterday.
            self._refresh_row(side)
            self.say("This letter was changed elsewhere; the queue shows it as it is now.")
            self.call_after_refresh(self.show)
            return None
        return side, doubts[one.number]

    def show_current(self) -> None:
        """The place of the doubt in its letter, and the doubt."""
        pane, info = self.query_one("#place", LetterPane), self.query_one("#info", InfoLines)
        found = self._side()
        if found is None:
            pane.forget()
            self._shown_letter = ""
            info.show([()])
            return
        side, doubt = found
        if self._shown_letter != side.key:
            pane.forget()
            self._shown_letter = side.key
        pane.show_side(side)
        pane.move_to_offset(doubt.span.start)
        pane.mark(doubt.span)
        info.show(paint_info.doubt(side.review, doubt, side.styles, info.size.width))

    def settle(self) -> None:
        """Show what has changed."""
        super().settle()
        status = self.query_one("#status", InfoLines)
        status.show([paint_info.status("To check", self._status(), status.size.width)])

    def _status(self) -> tuple[str, ...]:
        """Who; what is left, in how many letters, and how many letters are still to be read."""
        shelf = self.context.shelf
        unread = len(shelf.rows) - shelf.totals.read
        left = f"{len(self._queue)} left in {counted(len({one.letter for one in self._queue}), 'letter')}"
        filtered = f"with {shelf.query.text}" if shelf.query else ""
        settled = f"undo {self.decisions.count}" if self.decisions.count else ""
        return self.context.reviewer, filtered, f"{unread} not read yet" if unread else "", settled, left

    # settling

    def action_doubt_right(self) -> None:
        self._settle("right")

    def action_doubt_wrong(self) -> None:
        self._settle("wrong")

    def _settle(self, settled: str) -> None:
        found = self._side()
        if found is None:
            self._nothing()
            return
        side, doubt = found

        def decide(reviewer: str) -> None:
            try:
                self.decisions.do(side.key, reviewer, SettleDoubt(doubt.key, settled))
            except (Refused, NotWritten, *LETTER_ERRORS) as error:
                self.say(str(error), trouble=True)
                self.show()
                return
            self.say(f"{doubt.code} settled as {settled}; {key_of('undo')} takes it back.")
            follows = after(self._queue, self.list.cursor)
            self._changed(side.key)
            if follows in self._queue:
                self.list.move_to(self._queue.index(follows))
                self.moved()

        with_reviewer(self, decide)

    def action_undo(self) -> None:
        try:
            key, _ = self.decisions.undo(self.context.reviewer)
        except (Refused, NotWritten, *LETTER_ERRORS) as error:
            self.tell(str(error), trouble=True)
            return
        self.say("Back in the queue.")
        self._changed(key)
        place = next((n for n, one in enumerate(self._queue) if one.letter == key), None)
        if place is not None:
            self.list.move_to(place)
            self.moved()

    def _changed(self, key: str) -> None:
        """A letter was decided on: its row, the queue, and soon its file."""
        self._refresh_row(self.decisions.side(key, self.context.reviewer))
        self.show()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SAVE_AFTER, self._save)

    def _refresh_row(self, side: Side) -> None:
        from curation.summarising import summary_of

        names = self.context.workspace.reviewers(side.key)
        self.context.shelf.put([summary_of(side.review, side.to_check, names)])

    def _nothing(self) -> None:
        if self._queue:
            self.settle()
        else:
            self.tell(self._none()[0])

    def _none(self) -> tuple[str, ...]:
        """Why there is nothing to check, and what can be done."""
        shelf = self.context.shelf
        if shelf.totals.read < len(shelf.rows):
            return ("Nothing so far; letters are still being read.",)
        if self._code:
            return f"Nothing of the kind {self._code} is left to check.", f"{key_of('filter')} shows other kinds."
        if shelf.query:
            return f"Nothing is left to check in the letters with {shelf.query.text}.", f"{key_of('back')} goes back."
        return "Nothing is left to check.", f"{key_of('back')} goes back to the library."

    # which and in what order

    def action_filter(self) -> None:
        rows = self.context.shelf.rows
        counts = Counter(code for key in self._letters if key in rows for code in rows[key].checks)
        choices = [
            Choice("", "all", aside=f"{counts.total()} to check"),
            *(Choice(code, code, Run(f"{number:>5}", DOUBT)) for code, number in counts.most_common()),
        ]
        self.choose("Show what kind", choices, self._narrow)

    def _narrow(self, code: str) -> None:
        self._code = code
        self.show()

    def action_sort(self) -> None:
        self._by_code = not self._by_code
        self.show()

    # in the letter

    def action_open(self) -> None:
        self._open_at("")

    def action_split(self) -> None:
        self._open_at("split")

    def action_merge_next(self) -> None:
        self._open_at("merge_next")

    def action_merge_previous(self) -> None:
        self._open_at("merge_previous")

    def action_choose_category(self) -> None:
        self._open_at("choose_category")

    def action_remove(self) -> None:
        self._open_at("remove")

    def _open_at(self, then: str) -> None:
        """Open the letter at the doubt, and begin there what the key does in a letter."""
        found = self._side()
        if found is None:
            self._nothing()
            return
        side, doubt = found
        if then and doubt.finding is None:
            self.tell(f"This is about the letter, not about a finding; {key_of('open')} opens it.")
            return
        self.decisions.forget()
        self._shown_letter = ""
        self.open_letters([side.key], Landing(doubt.finding or "", at=doubt.span.start, then=then))

    # leaving

    def _save(self) -> None:
        self.decisions.save()
        if words := " ".join(self.decisions.troubles):
            self.decisions.troubles.clear()
            self.tell(words, trouble=True)

    def close_letters(self) -> str:
        """Save all letters that are open here; what went wrong in words, "" if nothing did."""
        if self._timer is not None:
            self._timer.stop()
        self.context.adviser.teacher.forget()
        return super().close_letters()
