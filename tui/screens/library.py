"""The library: one row a letter, filled in while the letters are read behind it; filtered, sorted, searched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from textual.app import ComposeResult
from textual.worker import get_current_worker

from tui import paint_info
from tui.actions import Place, bindings, key_of
from tui.context import Context, Opening
from tui.filling import Filled, Listed, WorkspaceReady, fill
from tui.paint import ItemKind
from tui.paint_library import FALLING, RISING, library_heading, paint_library
from tui.palette import CategoryStyle, category_styles
from tui.screens.opening import OpeningScreen
from tui.shelf import CATEGORY, COLUMNS, Order
from tui.widgets.info_lines import InfoLines
from tui.widgets.line_pane import LinePane
from tui.wording import MOMENT, counted


class LibraryScreen(OpeningScreen):
    """Usable at once; rows fill in."""

    BINDINGS = bindings(Place.LIBRARY)
    home = Place.LIBRARY
    list_id = "letters"

    def __init__(self, context: Context, begin: Callable[[], Opening]) -> None:
        """`begin` opens the workspace; it is called in a thread, after the first frame."""
        super().__init__(context)
        self._begin = begin
        self._read = 0
        self._read_as = ""
        self._welcome = False

    def compose(self) -> ComposeResult:
        palette = self.context.palette
        yield InfoLines(palette, id="status")
        yield InfoLines(palette, id="columns")
        yield LinePane(palette, id="letters")
        yield InfoLines(palette, id="keys")
        yield InfoLines(palette, id="small")

    def on_mount(self) -> None:
        self.show()
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
        if not event.opening.start and (notice := self.context.take_notice()):
            self.tell(notice, trouble=True)
        self._welcome = event.opening.first
        self.show()
        if event.opening.start:
            self.open_letters(event.opening.start, event.opening.landing)

    def list_letters(self, event: Listed) -> None:
        """These letters are there."""
        self.context.shelf.keep(event.rows)
        if event.problems:
            self.say(event.problems[0], trouble=True)
        elif self._welcome and event.rows:
            # Until the first key, and never again once a letter was looked at.
            opened, helped = key_of("open"), key_of("help")
            self.say(f"New here? {opened} opens a letter, {helped} has the keys. Nothing has to be saved.")
        self._welcome = False
        self.show()

    def fill_in(self, event: Filled) -> None:
        """Some of them were read."""
        self._read = event.read
        self.context.shelf.put(event.rows)
        self.show()

    # showing

    @property
    def _styles(self) -> Mapping[str, CategoryStyle]:
        """Of the first letter that was read, none before: a family's wording takes longer to read than a frame."""
        profile = next((row.profile for row in self.context.shelf.rows.values() if row.profile), None)
        return {} if profile is None else category_styles(profile)

    def _title(self) -> str:
        shelf = self.context.shelf
        if not shelf.listed:
            return f"{self.context.name} · looking for letters"
        if shelf.query:
            shown = f"{len(shelf.shown)} of {counted(len(shelf.rows), 'letter')} with {shelf.query.text}"
        else:
            shown = counted(len(shelf.rows), "letter")
        if shelf.order != Order():
            shown += f" · by {self._column_name(shelf.order.column)} {FALLING if shelf.order.falling else RISING}"
        return f"{self.context.name} · {shown}"

    def paint(self) -> None:
        """The rows, with the filter and the order said in the title."""
        shelf = self.context.shelf
        painter = partial(paint_library, shelf.shown, self._styles, places=shelf.places)
        self.list.show(painter if shelf.shown else partial(paint_info.no_rows, self._none()), title=self._title())

    def _none(self) -> tuple[str, ...]:
        """Why there are no letters to show, and what can be done."""
        shelf = self.context.shelf
        if not shelf.listed:
            return ()
        if shelf.query:
            out = f"{key_of('filter')} changes the filter, {key_of('back')} shows all letters again."
            return f"No letter fits {shelf.query.text}.", out
        return (
            "There is no letter in this folder: text files (.txt, .md) and PDF are read, in the folders below it too.",
            f"Put letters here and start again, or give another folder: recto FOLDER. {key_of('back')} leaves.",
        )

    def settle(self) -> None:
        """Show what has changed."""
        super().settle()
        status, columns = self.query_one("#status", InfoLines), self.query_one("#columns", InfoLines)
        status.show([paint_info.status("Library", self._status(status.size.width), status.size.width)])
        if columns.size:
            columns.show([library_heading(self._styles, max(columns.size.width - 3, 0), self.context.shelf.order)])

    def _status(self, width: int) -> tuple[str, ...]:
        """Who; how far the letters are read; over all of them, what was seen and what is to check."""
        shelf = self.context.shelf
        totals = shelf.totals
        parsed = f"parsed {self._read}/{len(shelf.rows)}" if self._read < len(shelf.rows) else ""
        if not totals.read:
            return self.context.reviewer, parsed
        seen = f"seen {totals.seen}/{totals.findings}"
        if width >= paint_info.ROOM_FOR_BARS:
            seen += f" {paint_info.bar(totals.seen, totals.findings)}"
        asked = counted(totals.questions, "question") if totals.questions else ""
        return self.context.reviewer, parsed, seen, asked, f"to check {totals.to_check}"

    # letters

    def action_open(self) -> None:
        item = self.list.item
        if item is not None:
            self.open_letters([item.key])
        elif self.context.shelf.query and self.context.shelf.listed:
            self.tell(f"No letter fits the filter; {key_of('back')} shows all again.")
        else:
            self.tell("There is no letter to open." if self.context.shelf.listed else MOMENT)

    def returned(self) -> None:
        """Back from letters: their rows say what has changed."""
        super().returned()
        if self.context.reviewer != self._read_as:
            # Somebody has said who they are: the rows are to show their reviews.
            self._begin = self.context.again
            self._start_filling()

    def _is_open(self) -> bool:
        """Whether it is known which letters there are; where it is not yet, that is said."""
        if not self.context.shelf.listed:
            self.tell(MOMENT)
        return self.context.shelf.listed

    def action_to_check(self) -> None:
        from tui.screens.to_check import ToCheckScreen

        if self._is_open():
            self.app.push_screen(ToCheckScreen(self.context), self._back_from_queue)

    def action_questions(self) -> None:
        from tui.screens.questions import QuestionsScreen

        if self._is_open():
            self.app.push_screen(QuestionsScreen(self.context), self._back_from_queue)

    def action_groups(self) -> None:
        from tui.screens.groups import GroupsScreen

        if self._is_open():
            self.app.push_screen(GroupsScreen(self.context), self._back_from_queue)

    def _back_from_queue(self, words: str | None) -> None:
        if words:
            self.say(words, trouble=True)
        self.returned()

    # narrowing, sorting, looking for words

    def action_filter(self) -> None:
        from tui.dialogs.filter import FilterScreen
        from tui.filtering import vocabulary

        if not self._is_open():
            return

        def narrow(text: str | None) -> None:
            from curation.querying import parse

            if text is not None:
                self.context.shelf.narrow(parse(text, words))
                self.show()

        words = vocabulary(self.context)
        self.app.push_screen(FilterScreen(self.context.palette, self.context.shelf, words), narrow)

    def action_sort(self) -> None:
        from tui.choosing import Choice
        from tui.paint import Run
        from tui.palette import KEY

        order = self.context.shelf.order
        sign = FALLING if order.falling else RISING
        names = [*COLUMNS, *(CATEGORY + style for style in self._styles)]
        choices = [
            Choice(name, self._column_name(name), Run(sign if name == order.column else " ", KEY)) for name in names
        ]
        self.choose("Sort by; the same again turns it round", choices, self._sort)

    def _column_name(self, column: str) -> str:
        category = column.removeprefix(CATEGORY)
        if category == column:
            return COLUMNS[column].name
        style = self._styles.get(category)
        return f"{style.tag} {style.label}" if style else category

    def _sort(self, column: str) -> None:
        order = self.context.shelf.order
        self._sorted(Order(column, not order.falling) if order.column == column else Order.by(column))

    def _sorted(self, order: Order) -> None:
        self.context.shelf.sort(order)
        self.say(f"Sorted by {self._column_name(order.column)}, {'falling' if order.falling else 'rising'}.")
        self.show()

    def action_sort_reverse(self) -> None:
        order = self.context.shelf.order
        self._sorted(Order(order.column, not order.falling))

    def action_find(self) -> None:
        from tui.dialogs.ask import AskScreen

        if not self._is_open():
            return

        def look(typed: str | None) -> None:
            from curation.searching import Words
            from tui.screens.found import FoundScreen

            if typed is not None and (words := Words(typed)):
                self.app.push_screen(FoundScreen(self.context, words), lambda _: self.show())

        why = f"one after another, in text, findings and notes of {counted(len(self.context.shelf.shown), 'letter')}"
        self.app.push_screen(AskScreen(self.context.palette, "Words to find", why=why, does="find"), look)

    def action_themes(self) -> None:
        from tui.screens.themes import ThemesScreen

        if self._is_open():
            self.app.push_screen(ThemesScreen(self.context), self._back_from_themes)

    def _back_from_themes(self, words: str | None) -> None:
        """A filter by theme is read again: a theme may count as another one now."""
        from curation.querying import QueryError, parse
        from tui.filtering import vocabulary

        shelf = self.context.shelf
        if shelf.query:
            try:
                shelf.narrow(parse(shelf.query.text, vocabulary(self.context)))
            except QueryError as error:
                words = str(error)
        self._back_from_queue(words)

    def action_back(self) -> None:
        shelf = self.context.shelf
        if shelf.query:
            from curation.querying import Query

            shelf.narrow(Query())
            self.show()
        elif self.asked_once(f"{key_of('back')} again leaves Recto; all is saved"):
            self.leave_app()

    def land_on(self, key: str) -> None:
        """Put the cursor on a letter's row."""
        place = self.list.sheet.place(ItemKind.TEXT, key)
        if place is not None:
            self.list.move_to(place)
            self.settle()
