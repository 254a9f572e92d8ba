"""What both a review and its file, edited by hand, changed: somebody says for each place which of the two is taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal

from curation.patching import same
from curation.review import Review
from curation.threeway import ABSENT, Conflict, Side
from parsers.display import visible
from tui import paint_info
from tui.actions import Place, bindings, key_of
from tui.context import Context
from tui.paint import Run
from tui.paint_adopting import Question, before, in_words, only_in_one, paint_questions, paint_value, title_of
from tui.palette import DIM, category_styles
from tui.screens.list_screen import ListScreen
from tui.widgets.info_lines import InfoLines
from tui.widgets.line_pane import LinePane
from tui.wording import counted

Answer = tuple[Conflict, Side]


class AdoptingScreen(ListScreen):
    """Nothing is decided here: the answers are taken in, all at once, when the screen was left with enter.

    Attributes:
        answers: for each conflict the side that is taken; None unless all were answered and enter said so.
    """

    BINDINGS = bindings(Place.ADOPT)
    home = Place.ADOPT
    list_id = "questions"

    def __init__(
        self,
        context: Context,
        review: Review,
        file: str,
        conflicts: Sequence[Conflict],
        *,
        known: Iterable[Answer] = (),
        trouble: str = "",
    ) -> None:
        """Ask about conflicts.

        Args:
            context: what the screens share.
            review: the review as it is.
            file: what the edited file is called.
            conflicts: all that is to be asked; at least one.
            known: what was answered before; it counts where the values are still the same.
            trouble: why those answers could not be taken in.
        """
        super().__init__(context)
        self.answers: tuple[Answer, ...] | None = None
        self._review = review
        self._file = file
        self._styles = category_styles(review.source.profile)
        self._given: list[int] = []
        self._questions = [Question(conflict, _known(conflict, known)) for conflict in conflicts]
        self._trouble = trouble

    def compose(self) -> ComposeResult:
        palette = self.context.palette
        yield InfoLines(palette, id="status")
        yield LinePane(palette, id="questions")
        with Horizontal(id="values"):
            yield LinePane(palette, id="mine")
            yield LinePane(palette, id="theirs")
        yield InfoLines(palette, id="before")
        yield InfoLines(palette, id="keys")
        yield InfoLines(palette, id="small")

    def on_mount(self) -> None:
        for name in ("mine", "theirs"):
            self.query_one(f"#{name}", LinePane).set_active(False)
        if self._trouble:
            self.say(self._trouble, trouble=True)
        self.show()
        self._show_values()

    # showing

    @property
    def _here(self) -> int:
        return min(self.list.cursor, len(self._questions) - 1)

    def paint(self) -> None:
        """The places, and what was said of each."""
        painter = partial(paint_questions, tuple(self._questions), self._review)
        self.list.show(painter, title=f"both changed · {counted(len(self._questions), 'place')}")

    def _show_values(self) -> None:
        conflict = self._questions[self._here].conflict
        both = (conflict.mine, conflict.theirs)
        said = [in_words(value, conflict.path, self._review, self._styles) for value in both]
        # Beside nothing, every word would be another.
        marks = ((), ()) if any(value is ABSENT for value in both) else only_in_one(*said)
        titles = (f"{key_of('take-mine')} this review's", f"{key_of('take-theirs')} {visible(self._file)}'s")
        for name, title, words, spans in zip(("mine", "theirs"), titles, said, marks, strict=True):
            pane = self.query_one(f"#{name}", LinePane)
            pane.scroll_rows(0)
            pane.show(partial(paint_value, words, spans), title=title)

    def moved(self) -> None:
        """Another place, with its values."""
        self._show_values()
        super().moved()

    def settle(self) -> None:
        """Show what has changed."""
        super().settle()
        status, line = self.query_one("#status", InfoLines), self.query_one("#before", InfoLines)
        done = sum(one.answer is not None for one in self._questions)
        right = (self.context.reviewer, f"{done} of {len(self._questions)} answered")
        status.show([paint_info.status("Changed by hand", right, status.size.width)])
        conflict = self._questions[self._here].conflict
        where = Run(f" {visible(title_of(conflict, self._review))}", DIM)
        line.show([(where,), before(conflict, self._review, self._styles, line.size.width)])

    def action_page_down(self) -> None:
        self._turn(1)

    def action_page_up(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        """Both values half a page on: they are the long ones."""
        for name in ("mine", "theirs"):
            pane = self.query_one(f"#{name}", LinePane)
            pane.scroll_rows(pane.top + by * max(pane.page // 2, 1))
        self.settle()

    # answering

    def action_take_mine(self) -> None:
        self._take(Side.MINE)

    def action_take_theirs(self) -> None:
        self._take(Side.THEIRS)

    def _take(self, side: Side) -> None:
        """Answer, and on to the next place that is not answered."""
        here = self._here
        self._questions[here] = Question(self._questions[here].conflict, side)
        self._given = [*(n for n in self._given if n != here), here]
        self.show()
        self._to_next_open(here)

    def _to_next_open(self, here: int) -> None:
        places = (*range(here, len(self._questions)), *range(here))
        following = next((n for n in places if self._questions[n].answer is None), None)
        if following is None:
            self.say(f"All are answered: {key_of('take-in')} takes them in, {key_of('undo-answer')} takes one back.")
        else:
            self.list.move_to(following)
        self.moved()

    def action_undo_answer(self) -> None:
        """Take the last answer back."""
        given = self._given or [n for n, one in enumerate(self._questions) if one.answer is not None]
        if not given:
            self.tell("Nothing is answered yet.")
            return
        last = given[-1]
        self._given = given[:-1]
        self._questions[last] = Question(self._questions[last].conflict)
        self.show()
        self.list.move_to(last)
        self.moved()

    def action_take_in(self) -> None:
        """Leave with the answers, if all are there."""
        answers = [(one.conflict, one.answer) for one in self._questions if one.answer is not None]
        if left := len(self._questions) - len(answers):
            self.say(f"{counted(left, 'place')} not answered yet: {key_of('take-mine')} or {key_of('take-theirs')}.")
            self._to_next_open(self._here)
            return
        self.answers = tuple(answers)
        self.dismiss("")

    def action_back(self) -> None:
        if not self._given or self.asked_once(f"{key_of('back')} again throws the answers away; nothing was changed"):
            self.dismiss("")


def _known(conflict: Conflict, answers: Iterable[Answer]) -> Side | None:
    for before_, side in answers:
        if before_.path == conflict.path:
            alike = same(before_.mine, conflict.mine) and same(before_.theirs, conflict.theirs)
            return side if alike else None
    return None
