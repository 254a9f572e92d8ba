"""The findings of other letters that are most like one finding: why, how much, and what a person says of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from curation.entry import Filter
from curation.journal import NotWritten
from curation.operations import Refused
from curation.pairs import Pairs
from parsers.display import visible
from tui import paint_info
from tui.actions import Place, bindings, key_of
from tui.choosing import Choice
from tui.context import Context
from tui.paint import Line, Run
from tui.paint_alike import Beside, marked_lines, paint_alike
from tui.palette import DIM, TEXT, CategoryStyle, unknown_category
from tui.screens.list_screen import ListScreen
from tui.screens.naming import with_reviewer
from tui.widgets.info_lines import InfoLines
from tui.widgets.line_pane import LinePane
from tui.wording import counted

_ASKED_ROWS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """The finding that others are compared with."""

    letter: str
    finding: str
    authority: str
    category: str
    text: str

    @property
    def ref(self) -> str:
        """`LETTER#ID`."""
        return f"{self.letter}#{self.finding}"


class Gathered(Message):
    """The alike findings were found, for the filter of that moment."""

    def __init__(self, found: Sequence[Beside], wanted: Filter) -> None:
        super().__init__()
        self.found, self.wanted = tuple(found), wanted


class Untold(Message):
    """They could not be found."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class AlikeScreen(ListScreen):
    """Gives back the `LETTER#ID` that is to be opened beside, "" if none is."""

    BINDINGS = bindings(Place.ALIKE)
    home = Place.ALIKE
    list_id = "alike"

    def __init__(self, context: Context, asked: Asked, styles: Mapping[str, CategoryStyle]) -> None:
        super().__init__(context)
        self._asked = asked
        self._styles = styles
        self._wanted = Filter(leave_out_letter=asked.letter)
        self._found: tuple[Beside, ...] | None = None
        self._judged: list[str] = []

    def compose(self) -> ComposeResult:
        palette = self.context.palette
        yield InfoLines(palette, id="status")
        yield InfoLines(palette, id="asked")
        yield LinePane(palette, id="alike")
        yield InfoLines(palette, id="keys")
        yield InfoLines(palette, id="small")

    def on_mount(self) -> None:
        self.show()
        self._look()

    def _look(self) -> None:
        self.run_worker(self._gather, thread=True, group="alike", exclusive=True)

    def _gather(self) -> None:
        """In the thread."""
        worker, wanted = get_current_worker(), self._wanted
        try:
            found = self.context.adviser.beside(
                self._asked.ref, self._asked.text, self.context.reviewer, wanted, lambda: worker.is_cancelled
            )
        except OSError as error:
            self.post_message(Untold(str(error)))
            return
        if not worker.is_cancelled:
            self.post_message(Gathered(found, wanted))

    def on_gathered(self, event: Gathered) -> None:
        if event.wanted == self._wanted:
            self._found = event.found
            self.show()

    def on_untold(self, event: Untold) -> None:
        self.tell(event.why, trouble=True)

    # showing

    @property
    def _here(self) -> Beside | None:
        item = self.list.item
        return next((one for one in self._found or () if item and one.alike.entry.ref == item.key), None)

    def paint(self) -> None:
        """The list, under what narrows it."""
        if self._found is None:
            self.list.show(partial(paint_info.no_rows, ("reading the other letters",)), title="alike")
            return
        title = f"alike in other letters · {counted(len(self._found), 'finding')}{self._narrowed()}"
        self.list.show(partial(paint_alike, self._found, self._styles), title=title)

    def _narrowed(self) -> str:
        words = (
            self._style(self._wanted.category).label if self._wanted.category else "",
            self._wanted.authority or "",
            str(self._wanted.year or ""),
        )
        return "".join(f" · {visible(word)}" for word in words if word)

    def _style(self, category: str) -> CategoryStyle:
        return self._styles.get(category) or unknown_category(category)

    def settle(self) -> None:
        """Show what has changed."""
        super().settle()
        status, asked = self.query_one("#status", InfoLines), self.query_one("#asked", InfoLines)
        said = f"undo {len(self._judged)}" if self._judged else ""
        status.show([paint_info.status("Alike findings", (self.context.reviewer, said), status.size.width)])
        asked.show(self._asked_lines(asked.size.width))

    def _asked_lines(self, width: int) -> list[Line]:
        """The finding that was asked for, with what it has in common with the one under the cursor."""
        style, here = self._style(self._asked.category), self._here
        lead = (Run(f" {style.tag}", style.sign), Run(f" {visible(self._asked.authority)} says: ", DIM))
        lines = list(marked_lines(self._asked.text, here.in_asked if here else (), TEXT, width - 2))
        shown: list[Line] = [lead, *((Run(" ", TEXT), *line) for line in lines[: _ASKED_ROWS - 1])]
        if len(lines) > _ASKED_ROWS - 1:
            shown[-1] = (*shown[-1], Run(" …", DIM))
        return shown

    # what a person says

    def action_not_same(self) -> None:
        self._judge(False)

    def action_same(self) -> None:
        self._judge(True)

    def _judge(self, same: bool) -> None:
        here = self._here
        if here is None:
            self.tell("There is no finding under the cursor.")
            return
        other, words = here.alike.entry.ref, "the same" if same else "not the same"

        def judge(pairs: Pairs) -> str:
            self._judged.append(pairs.judge([(self._asked.ref, other)], same))
            back = "comes first from now on" if same else "doesn't come back"
            return f"{words}: {back}; {key_of('undo-judgement')} takes it back"

        with_reviewer(self, lambda reviewer: self._tell_pairs(reviewer, judge))

    def action_undo_judgement(self) -> None:
        """What was said here is taken back one by one; what was said before, `recto pairs undo` takes back."""
        if not self._judged:
            self.tell("Nothing was said here that could be taken back.")
            return

        def undo(pairs: Pairs) -> str:
            # What could not be taken back stays the next to be.
            pairs.undo(self._judged[-1])
            self._judged.pop()
            return "taken back"

        with_reviewer(self, lambda reviewer: self._tell_pairs(reviewer, undo))

    def _tell_pairs(self, reviewer: str, step: Callable[[Pairs], str]) -> None:
        try:
            words = step(self.context.adviser.pairs(reviewer))
        except (Refused, NotWritten) as error:
            self.tell(str(error), trouble=True)
            return
        self.say(words)
        self._look()
        self.settle()

    # narrowing

    def action_narrow(self) -> None:
        """Choose a category, a council or a year; all of them again at the top."""
        entries = self.context.adviser.others(self._asked.letter)
        choices = [Choice("all", "all of them")]
        for style in self._styles.values():
            choices.append(Choice(f"category {style.id}", style.label, Run(style.tag, style.sign), aside="category"))
        years = sorted({entry.year for entry in entries if entry.year})
        choices += (Choice(f"year {year}", str(year), aside="year") for year in years)
        councils = sorted({entry.authority for entry in entries if entry.authority})
        choices += (Choice(f"authority {name}", visible(name), aside="council") for name in councils)
        self.choose("Only", choices, self._narrow, hint="category, council or year")

    def _narrow(self, chosen: str) -> None:
        kind, _, value = chosen.partition(" ")
        if kind == "all":
            self._wanted = Filter(leave_out_letter=self._asked.letter)
        elif kind == "year":
            self._wanted = replace(self._wanted, year=int(value))
        elif kind == "category":
            self._wanted = replace(self._wanted, category=value)
        else:
            self._wanted = replace(self._wanted, authority=value)
        self._look()
        self.settle()

    def action_open_found(self) -> None:
        here = self._here
        if here is None:
            self.tell(f"There is no finding under the cursor; {key_of('back')} goes back.")
        else:
            self.dismiss(here.alike.entry.ref)
