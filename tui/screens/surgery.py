"""The extent of a finding: its boundaries moved, or a new one made of text that is in none; previewed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from curation import operations as op
from parsers.letter import Span
from tui import paint_surgery
from tui.actions import Place, key_of
from tui.caret import Stops
from tui.context import Context, Landing
from tui.paint import ItemKind, Line, Preview
from tui.screens.caret import CaretScreen
from tui.side import Side
from tui.surgery import Boundary, Selection, Trial, category_near, passed_over, stops_of, tried
from tui.wording import spoken

_SIGNS = {"start": "[", "end": "]"}


class SurgeryScreen(CaretScreen):
    """Boundaries by `[` and `]`, findings from a selection by `a`."""

    def __init__(self, context: Context, sides: Sequence[Side], landing: Landing | None = None) -> None:
        super().__init__(context, sides, landing)
        self._boundary: Boundary | None = None
        self._anchor: Span | None = None
        self.selection: Selection | None = None
        self._ends = Stops((), ())
        self._without: tuple[Span, ...] = ()
        self._trial: Trial | None = None

    def end_moment(self) -> None:
        """Out of whatever was begun, everything shown as it is."""
        self._boundary = self._anchor = self.selection = self._trial = None
        super().end_moment()

    def _stops_in_letter(self, *, ends: bool = False) -> Stops:
        side = self.side
        return stops_of(side.review, self._without, side.regions, ends=ends)

    def caret_at(self) -> int:
        """The place that the arrows move."""
        return self._boundary.at if self._boundary is not None else super().caret_at()

    def put_caret(self, at: int) -> None:
        """The caret, and what depends on it, at a place."""
        if self._boundary is not None:
            self._boundary = self._boundary.moved(at)
            self._show_boundary()
        elif self.place is Place.SELECT:
            self._show_selection(at)
        else:
            super().put_caret(at)

    # boundaries

    def action_boundary_start(self) -> None:
        self._move_boundary("start")

    def action_boundary_end(self) -> None:
        self._move_boundary("end")

    def _move_boundary(self, side: str) -> None:
        """Pick a side; the other one stays where it was moved to."""
        if self._boundary is not None:
            self._boundary = replace(self._boundary, side=side)
        elif finding := self.needs_finding():
            self.end_moment()
            self._without = passed_over(self.side.regions, self.side.review)
            self._boundary = Boundary.of(finding, side, self._without)
        else:
            return
        self.begin_moment(Place.BOUNDARY, self._stops_in_letter(ends=side == "end"))
        self._show_boundary()

    def _show_boundary(self) -> None:
        """In text and list, as it would be; where that can't be, as it is, with the reason below."""
        boundary = self._boundary
        assert boundary is not None
        self._trial = tried(self.side.review, boundary.operations(), boundary.finding.id)
        self.preview = Preview(boundary.finding.id, sign=_SIGNS[boundary.side], review=self._trial.review)
        self.show_side(self.side)
        for pane in self.panes_of(self.side):
            pane.set_marked(boundary.changed(self.side.review.text))
            pane.set_caret(boundary.caret)
        self.settle()

    def action_do_boundary(self) -> None:
        boundary, trial = self._boundary, self._trial
        assert boundary is not None
        assert trial is not None
        if trial.refused:
            self.tell(self._refusal(), trouble=True)
            return
        operations = boundary.operations()
        self.end_moment()
        if operations:
            self.settle()
            self.decide(*operations)
        else:
            self.tell("The boundary is where it was: nothing was changed.")

    def _refusal(self) -> str:
        """Why what was tried can't be, "" if it can. "It" is the finding that would change; any other is named."""
        trial = self._trial
        return spoken(trial.refused, self.side.review, trial.finding) if trial else ""

    # a selection

    def action_enter(self) -> None:
        """Into the finding under the cursor; in the letter's text, where there is none, into the letter."""
        if self.active_name.of_text and not self.on_finding:
            self.caret_in_letter()
        else:
            super().action_enter()

    def action_select(self) -> None:
        """Begin a selection at the caret; without one, at the cursor's line of the letter's text."""
        if self.place is Place.REVIEW and not self.active_name.of_text:
            self.go_to_text()
            self.active.once_painted(self._begin_selection)
        else:
            self._begin_selection()

    def _begin_selection(self) -> None:
        caret = self.active.caret
        if self.place is not Place.SELECT:
            self.caret_in_letter(caret)
        if self.place is Place.SELECT and self.active.caret is not None:
            self._anchor = self.word_at(self.active.caret)
            self.put_caret(self._anchor.start)

    def caret_in_letter(self, at: int | None = None) -> None:
        """A caret that goes through the whole letter, at `at`, else where the cursor stands."""
        item = self.active.item
        self.end_moment()
        self._without = passed_over(self.side.regions, self.side.review)
        starts, self._ends = self._stops_in_letter(), self._stops_in_letter(ends=True)
        if item is None or not starts.words:
            self.tell("There are no words in this letter.")
            return
        self.begin_moment(Place.SELECT, starts)
        rows = self.active.sheet.rows[item.first : item.last]
        first = next((row.offsets[0] for row in rows if row.offsets), 0)
        self.put_caret(self.word_at(first if at is None else at, onwards=at is None).start)

    def word_at(self, offset: int, *, onwards: bool = False) -> Span:
        """The word that a place stands in, else the one before it; `onwards`: else the one after it."""
        number = max(bisect_right(self.stops.words, offset) - 1, 0)
        if onwards and self._ends.words[number] <= offset and number + 1 < len(self.stops.words):
            number += 1
        return Span(self.stops.words[number], self._ends.words[number])

    def _show_selection(self, at: int) -> None:
        """The words from the anchor to the caret, and what would come of them."""
        if self._anchor is not None:
            self.selection = Selection(self._anchor, self.word_at(at), self._without)
            self.try_selection(self.selection)
        for pane in self.panes_of(self.side):
            pane.set_marked(self.selection.spans() if self.selection else ())
        self.active.set_caret(at)
        self.settle()

    def try_selection(self, selection: Selection) -> None:
        """Show the finding that the selection would make."""
        review = self.side.review
        near = category_near(review, selection.extent.start) or next(iter(self.side.styles))
        self._trial = tried(review, [selection.operation(near)])
        self.preview = Preview(self._trial.finding, review=self._trial.review)
        self.show_side(self.side)
        for pane in self.panes_of(self.side):
            if pane is not self.active and self._trial.finding:
                pane.aim((ItemKind.FINDING, self._trial.finding))

    def action_line_down(self) -> None:
        self._to_line(1)

    def action_line_up(self) -> None:
        self._to_line(-1)

    def _to_line(self, by: int) -> None:
        at = self.active.line_beside(self.caret_at(), by)
        if at is not None:
            self.put_caret(self.word_at(at, onwards=by > 0).start)

    def action_line_start(self) -> None:
        ends = self.active.line_ends(self.caret_at())
        if ends is not None:
            self.put_caret(self.word_at(ends.start, onwards=True).start)

    def action_line_end(self) -> None:
        ends = self.active.line_ends(self.caret_at())
        if ends is not None:
            self.put_caret(self.word_at(ends.end - 1).start)

    def action_do_select(self) -> None:
        """Ask for the category; what can't be made a finding says why."""
        if self.selection is None or self._trial is None:
            self.tell(f"{key_of('select')} begins a selection here.")
        elif self._trial.refused:
            self.tell(self._refusal(), trouble=True)
        else:
            self.place = Place.CATEGORY
            self.settle()

    # categories

    def action_choose_category(self) -> None:
        if self.needs_finding():
            self.place = Place.CATEGORY
            self.settle()

    def action_set_category(self, digit: str) -> None:
        """Give the finding that category, or make the selection one of it."""
        style = next((s for s in self.side.styles.values() if s.number == int(digit)), None)
        if style is None:
            self.tell(f"There is no category {digit}; {key_of('leave')} leaves.")
            return
        selection = self.selection
        self.end_moment()
        if selection is not None:
            self.decide(selection.operation(style.id))
        elif (finding := self.needs_finding()) is not None:
            if finding.category == style.id:
                self.tell(f"It is {style.label} already.")
            else:
                self.decide(op.Recategorise(finding.id, style.id))

    def last_line(self) -> Line:
        """What is to check, or what is about to be done."""
        refused = self._refusal()
        text = self.side.review.text
        if self._boundary is not None:
            return paint_surgery.boundary(self._boundary, text, refused)
        if self.selection is not None:
            return paint_surgery.selection(self.selection, text, refused)
        return super().last_line()
