"""Findings from all letters that have a theme, or that a change of the codebook concerns; enter opens the letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from curation.codebook import CodebookError
from curation.codebook.worklist import Affected
from curation.facts import Fact
from curation.journal import NotWritten
from curation.operations import Refused, SetThemes
from curation.session import Session
from curation.store import NotSaved
from curation.workspace import LETTER_ERRORS
from tui import paint_info
from tui.actions import Place, bindings, key_of
from tui.context import Context, Landing
from tui.paint_listed import Listed, paint_listed, whole
from tui.palette import CategoryStyle, category_styles
from tui.screens.opening import OpeningScreen
from tui.widgets.info_lines import InfoLines
from tui.widgets.line_pane import LinePane
from tui.wording import counted

_INFO_ROWS = 3


class ListedScreen(OpeningScreen):
    """A list of findings, with the whole words of the one under the cursor below it."""

    list_id = "listed"
    title_words = ""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.found: tuple[Listed, ...] = ()

    def compose(self) -> ComposeResult:
        palette = self.context.palette
        yield InfoLines(palette, id="status")
        yield LinePane(palette, id="listed")
        yield InfoLines(palette, id="info")
        yield InfoLines(palette, id="keys")
        yield InfoLines(palette, id="small")

    @property
    def categories(self) -> Mapping[str, CategoryStyle]:
        """The categories of the letters here."""
        return category_styles(next((row.profile for row in self.context.shelf.rows.values() if row.profile), ""))

    @property
    def current(self) -> Listed | None:
        """The finding under the cursor."""
        item = self.list.item
        return self.found[int(item.key)] if item is not None and int(item.key) < len(self.found) else None

    def paint(self) -> None:
        """The findings under their headings."""
        painter = partial(paint_listed, self.found, self.categories)
        self.list.show(painter if self.found else partial(paint_info.no_rows, self.none()), title=self.title_text())

    def none(self) -> tuple[str, ...]:
        """Why there are no findings to show."""
        return ("No finding stands here.",)

    def title_text(self) -> str:
        """What the list is of, and how many there are."""
        letters = len({one.letter for one in self.found})
        return f"{self.title_words} · {counted(len(self.found), 'finding')} in {counted(letters, 'letter')}"

    def settle(self) -> None:
        """Show what has changed."""
        super().settle()
        status, info = self.query_one("#status", InfoLines), self.query_one("#info", InfoLines)
        status.show([paint_info.status(self.home.label, (self.context.reviewer,), status.size.width)])
        info.show(whole(self.current, info.size.width, _INFO_ROWS))

    def action_open(self) -> None:
        one = self.current
        if one is None:
            self.tell(f"There is nothing in this list; {key_of('back')} goes back.")
        else:
            self.open_letters([one.letter], Landing(one.finding))


class CellScreen(ListedScreen):
    """The findings behind a figure: by category, so that a strength here stands over a weakness there."""

    BINDINGS = bindings(Place.CELL)
    home = Place.CELL

    def __init__(self, context: Context, title: str, facts: Sequence[Fact]) -> None:
        super().__init__(context)
        self.title_words = title
        styles = self.categories
        order = {category: number for number, category in enumerate(styles)}
        ordered = sorted(facts, key=lambda fact: order.get(fact.category, len(order)))
        self.found = tuple(
            Listed(
                styles[fact.category].label if fact.category in styles else fact.category,
                fact.letter,
                fact.finding,
                fact.category,
                fact.authority,
                fact.year,
                fact.text,
            )
            for fact in ordered
        )

    def on_mount(self) -> None:
        self.show()


class Gathered(Message):
    """What is to be looked at again, in all letters."""

    def __init__(self, found: Sequence[Affected], troubles: Sequence[str]) -> None:
        super().__init__()
        self.found, self.troubles = tuple(found), tuple(troubles)


class WorklistScreen(ListedScreen):
    """The reviewer's findings whose themes were merged, archived or defined anew since they were set."""

    BINDINGS = bindings(Place.WORKLIST)
    home = Place.WORKLIST
    title_words = "To look at again"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._affected: tuple[Affected, ...] = ()
        self._reading = True

    def on_mount(self) -> None:
        self.show()
        self._gather()

    def _gather(self) -> None:
        self._reading = True
        self.run_worker(self._look, thread=True, group="worklist", exclusive=True)

    def _look(self) -> None:
        """In the thread."""
        worker, workspace, reviewer = get_current_worker(), self.context.workspace, self.context.reviewer
        found: list[Affected] = []
        troubles: list[str] = []
        for key in workspace.keys_with_reviews() if reviewer else ():
            if worker.is_cancelled:
                return
            try:
                found += workspace.affected(key, (reviewer,))
            except (*LETTER_ERRORS, CodebookError) as error:
                troubles.append(str(error))
        self.post_message(Gathered(found, troubles))

    def on_gathered(self, event: Gathered) -> None:
        self._affected, self._reading = event.found, False
        names = {row.key: row.name for row in self.context.shelf.rows.values()}
        years = {row.key: str(row.date.year) if row.date else "" for row in self.context.shelf.rows.values()}
        self.found = tuple(
            Listed(
                f"{one.theme}: {one.why}",
                one.letter,
                one.finding,
                one.category,
                names.get(one.letter, one.letter),
                years.get(one.letter, ""),
                one.text,
            )
            for one in sorted(event.found, key=lambda one: (one.theme, one.why))
        )
        self._affected = tuple(sorted(event.found, key=lambda one: (one.theme, one.why)))
        if event.troubles:
            self.say(event.troubles[0], trouble=True)
        self.show()

    def none(self) -> tuple[str, ...]:
        """Why there is nothing to look at again."""
        if self._reading:
            return ()
        return ("Nothing is to be looked at again." if self.context.reviewer else "Nobody reviews here yet.",)

    def title_text(self) -> str:
        """What the list is of, and how many there are."""
        return f"{self.title_words} · reading" if self._reading else super().title_text()

    def returned(self) -> None:
        """Back from a letter, where something may have been settled."""
        super().returned()
        self._gather()

    def check_codebook(self) -> None:
        """The list follows from the codebook."""

    def action_still_right(self) -> None:
        """Set the finding's themes again, as they count now: it was looked at under this codebook."""
        item = self.list.item
        if item is None or int(item.key) >= len(self._affected):
            self.tell(f"There is nothing in this list; {key_of('back')} goes back.")
            return
        one = self._affected[int(item.key)]
        try:
            session = Session.open(self.context.workspace, one.letter, self.context.reviewer)
            finding = session.review.find(one.finding)
            # As they are now: somebody may have set others since the list was made.
            themes = self.context.workspace.codebook().resolve_all(finding.themes) if finding else one.now
            session.do(SetThemes(one.finding, themes))
            session.close()
        except (CodebookError, *LETTER_ERRORS, Refused, NotWritten, NotSaved) as error:
            self.tell(str(error), trouble=True)
            return
        self.say(f"Still right: {', '.join(one.now)}. Undo it in the letter.")
        self._gather()
        self.settle()
