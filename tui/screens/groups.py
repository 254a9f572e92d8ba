"""Findings of several councils that say the same, group by group: a theme for all of one, and one undo for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from curation.codebook import CodebookError
from curation.entry import Entry
from curation.group_batches import Batch
from curation.groups import GROUPED
from parsers.display import visible
from tui import paint_info
from tui.actions import Place, bindings, key_of
from tui.choosing import Choice
from tui.context import Context, Landing
from tui.grouping import Ended, gathered, interrupted, leaving_out
from tui.paint import Line, Run
from tui.paint_alike import marked_lines
from tui.paint_groups import Grouped, paint_groups
from tui.palette import DIM, TEXT, CategoryStyle, category_styles
from tui.screens.giving import GivingScreen
from tui.widgets.info_lines import InfoLines
from tui.widgets.line_pane import LinePane
from tui.wording import counted

THRESHOLDS = (35, 40, 45, 50, 60, 75)
"""How alike findings of a group have to be on average, to choose from."""
_TEXT_ROWS = 4


class Compared(Message):
    """Work goes on: so many findings were compared with the others."""

    def __init__(self, done: int, of: int) -> None:
        super().__init__()
        self.done, self.of = done, of


class Gathered(Message):
    """These are the groups; `interrupted` is a step that was not ended, `trouble` why there are none."""

    def __init__(self, found: Sequence[Grouped], *, interrupted: Batch | None = None, trouble: str = "") -> None:
        super().__init__()
        self.found, self.interrupted, self.trouble = tuple(found), interrupted, trouble


class GroupsScreen(GivingScreen):
    """The groups come once all letters are read and compared; what is decided here is done in a thread."""

    BINDINGS = bindings(Place.GROUPS)
    home = Place.GROUPS
    list_id = "groups"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._threshold = GROUPED
        self._category: str | None = None
        self._found: tuple[Grouped, ...] | None = None
        self._progress = "reading the letters"

    def compose(self) -> ComposeResult:
        palette = self.context.palette
        yield InfoLines(palette, id="status")
        yield LinePane(palette, id="groups")
        yield InfoLines(palette, id="asked")
        yield InfoLines(palette, id="keys")
        yield InfoLines(palette, id="small")

    def on_mount(self) -> None:
        self.show()
        self.look()

    def look(self) -> None:
        self.run_worker(self._gather, thread=True, group="groups", exclusive=True)

    def _gather(self) -> None:
        """In the thread."""
        worker = get_current_worker()

        def watch(done: int, of: int) -> None:
            self.post_message(Compared(done, of))

        try:
            found = gathered(
                self.context,
                self._threshold,
                self._category,
                lambda: worker.is_cancelled,
                watch,
            )
            begun = interrupted(self.context)
        except Ended:
            return
        except OSError as error:
            self.post_message(Gathered((), trouble=str(error)))
            return
        if not worker.is_cancelled:
            self.post_message(Gathered(found, interrupted=begun))

    def on_compared(self, event: Compared) -> None:
        self._progress = f"compared {event.done}/{event.of}"
        self.settle()

    def on_gathered(self, event: Gathered) -> None:
        self._found, self._progress = event.found, ""
        self.show()
        # While a step is being done, its batch looks as one that was interrupted does.
        if event.interrupted is not None and not self.going:
            self.interrupted(event.interrupted)
        elif event.trouble:
            self.tell(event.trouble, trouble=True)

    # showing

    @property
    def _styles(self) -> Mapping[str, CategoryStyle]:
        return category_styles(next((row.profile for row in self.context.shelf.rows.values() if row.profile), ""))

    @property
    def _group(self) -> Grouped | None:
        """The group that the cursor stands on, or in."""
        item = self.list.item
        name = item.key.partition(" ")[0] if item else ""
        return next((one for one in self._found or () if one.group.id == name), None)

    @property
    def _entry(self) -> Entry | None:
        """The finding that the cursor stands on; None on the line of a group."""
        item, one = self.list.item, self._group
        ref = item.key.partition(" ")[2] if item else ""
        return next((entry for entry in one.group.entries if entry.ref == ref), None) if one else None

    def paint(self) -> None:
        """The groups, under how they were chosen."""
        if self._found is None:
            self.list.show(partial(paint_info.no_rows, ("comparing all findings",)), title="groups")
            return
        style = self._styles.get(self._category or "")
        only = f" · {visible(style.label)}" if style else ""
        title = f"{counted(len(self._found), 'group')} from {self._threshold:.0f} on{only}"
        self.list.show(partial(paint_groups, self._found, self._styles), title=title)

    def settle(self) -> None:
        """Show what has changed."""
        super().settle()
        status, text = self.query_one("#status", InfoLines), self.query_one("#asked", InfoLines)
        undo = f"undo {self.undo_depth}" if self.undo_depth else ""
        right = (self.context.reviewer, undo, self.going or self._progress)
        status.show([paint_info.status("Groups", right, status.size.width)])
        text.show(self._text_lines(text.size.width))

    def _text_lines(self, width: int) -> list[Line]:
        """The finding under the cursor, or the most typical one, in full; words that the group shares are marked."""
        one = self._group
        if one is None:
            return []
        entry = self._entry or one.group.entries[0]
        other = next((e for e in one.group.entries if e is not entry), entry)
        spans, _ = self.context.adviser.common(entry.text, other.text)
        lines = [(Run(" ", TEXT), *line) for line in marked_lines(entry.text, spans, TEXT, width - 2)]
        if len(lines) > _TEXT_ROWS:
            lines[_TEXT_ROWS - 1] = (*lines[_TEXT_ROWS - 1], Run("…", DIM))
        return list(lines[:_TEXT_ROWS])

    # deciding

    def action_theme(self) -> None:
        """Choose a theme for all of the group."""
        one = self._group
        if one is None:
            self.tell("There is no group under the cursor.")
            return
        try:
            codebook = self.context.workspace.codebook()
        except (CodebookError, OSError) as error:
            self.tell(str(error), trouble=True)
            return
        choices = [
            Choice(
                theme.id, visible(theme.label), aside=visible(f"{theme.id} · {theme.group}"), detail=theme.definition
            )
            for theme in codebook.living
        ]
        refs = [entry.ref for entry in one.group.entries]
        title = f"A theme for all {len(refs)} findings of this group"
        self.choose(title, choices, lambda theme: self.give_theme(theme, refs))

    def action_leave_out(self) -> None:
        """This finding does not say the same as the others of its group."""
        one, entry = self._group, self._entry
        if one is None or entry is None:
            self.tell("Put the cursor on the finding that doesn't belong.")
            return
        pairs = [(entry.ref, other.ref) for other in one.group.entries if other is not entry]
        self.do(leaving_out(pairs, key_of("undo")))

    # narrowing

    def action_narrow(self) -> None:
        """Choose one category, or how alike."""
        choices = [Choice("all", "all categories")]
        choices += (
            Choice(f"category {style.id}", style.label, Run(style.tag, style.sign)) for style in self._styles.values()
        )
        choices += (Choice(f"from {score}", f"from {score} on", aside="how alike on average") for score in THRESHOLDS)
        self.choose("Only", choices, self._narrow, hint="category, or how alike")

    def _narrow(self, chosen: str) -> None:
        kind, _, value = chosen.partition(" ")
        if kind == "from":
            self._threshold = float(value)
        else:
            self._category = value or None
        self.look()
        self.settle()

    # to a letter

    def action_open(self) -> None:
        """The letter of the finding; on the line of a group, its first two letters side by side."""
        one, entry = self._group, self._entry
        if one is None:
            self.tell(f"There is no group here; {key_of('back')} goes back.")
        elif entry is not None:
            self.open_letters([entry.letter], Landing(entry.finding))
        else:
            first = one.group.entries[0]
            letters = dict.fromkeys(e.letter for e in one.group.entries)
            self.open_letters(list(letters)[:2], Landing(first.finding))

    def returned(self) -> None:
        """Back from a letter: what was decided there may have changed the groups."""
        super().returned()
        self.look()
