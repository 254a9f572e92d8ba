"""The caret in a finding, and the split that it shows before it is done."""

from __future__ import annotations

from collections.abc import Sequence

from curation import operations as op
from curation.review import ReviewedFinding
from tui import paint_surgery
from tui.actions import Place
from tui.caret import Stops, stops
from tui.context import Context, Landing
from tui.paint import ItemKind, Line, Preview
from tui.screens.comparing import ComparingScreen
from tui.side import Side


class CaretScreen(ComparingScreen):
    """A moment begins with a key, moves by arrows, and ends by doing something (enter) or nothing (esc)."""

    def __init__(self, context: Context, sides: Sequence[Side], landing: Landing | None = None) -> None:
        super().__init__(context, sides, landing)
        self.stops = Stops((), ())
        self._reason = op.SPLIT_REASONS[0]

    # moments

    def begin_moment(self, place: Place, stops: Stops) -> None:
        """From now on the keys are those of `place`, and arrows go by `stops`."""
        self.place, self.stops = place, stops

    def end_moment(self) -> None:
        """Out of whatever was begun, everything shown as it is."""
        previewed, self.preview = self.preview is not None, None
        self.place = Place.REVIEW
        for pane in self.panes_of(self.side):
            pane.set_caret(None)
            pane.set_marked(())
        if previewed:
            self.show_side(self.side)
        self.follow()

    def action_leave(self) -> None:
        self.end_moment()
        self.say("Nothing was changed.")
        self.settle()

    # the caret

    def action_enter(self) -> None:
        """Into the finding under the cursor."""
        if finding := self.needs_finding():
            self.begin_moment(Place.CARET, self._stops_in(finding))
            self.put_caret(self.stops.words[0])

    def _stops_in(self, finding: ReviewedFinding) -> Stops:
        return stops(self.side.review.text, finding.spans)

    def caret_at(self) -> int:
        """The place that the arrows move: a code point of the letter."""
        return self.active.caret if self.active.caret is not None else self.stops.words[0]

    def put_caret(self, at: int) -> None:
        """The caret, and what depends on it, at a place."""
        if self.preview is not None:
            at = max(at, self.stops.words[1])
            self.preview = Preview(self.preview.finding, at)
            self.show_side(self.side)
        self.active.set_caret(at)
        self.settle()

    def action_word_right(self) -> None:
        self.put_caret(self.stops.word(self.caret_at(), 1))

    def action_word_left(self) -> None:
        self.put_caret(self.stops.word(self.caret_at(), -1))

    def action_sentence_down(self) -> None:
        self.put_caret(self.stops.sentence(self.caret_at(), 1))

    def action_sentence_up(self) -> None:
        self.put_caret(self.stops.sentence(self.caret_at(), -1))

    def action_text_start(self) -> None:
        self.put_caret(self.stops.words[0])

    def action_text_end(self) -> None:
        self.put_caret(self.stops.words[-1])

    # split

    def action_split(self) -> None:
        """Preview a split at the caret, else where two bullets were probably joined."""
        finding = self.needs_finding()
        if finding is None:
            return
        caret = self.active.caret
        self.begin_moment(Place.SPLIT, self._stops_in(finding))
        words = self.stops.words
        if len(words) < 2:
            self.end_moment()
            self.tell("A finding of one word can't be split.")
            return
        guess = op.best_split(self.side.review, finding.id) if caret is None else caret
        at = words[len(words) // 2] if guess is None else guess
        self._reason = op.SPLIT_REASONS[0]
        self.preview = Preview(finding.id, at)
        self.put_caret(at)
        if guess is None:
            self.tell("No likely place was found: choose one with the arrows.")

    def action_split_reason(self) -> None:
        reasons = op.SPLIT_REASONS
        self._reason = reasons[(reasons.index(self._reason) + 1) % len(reasons)]
        self.settle()

    def action_do_split(self) -> None:
        preview = self.preview
        assert preview is not None
        assert preview.at is not None
        self.end_moment()
        self.settle()
        self.decide(op.Split(preview.finding, preview.at, self._reason))

    def footer(self) -> tuple[tuple[str, str], ...]:
        """Key and label of what can be done here; of a split the reason that it would get."""
        if self.place is Place.SPLIT and self._reason != op.SPLIT_REASONS[0]:
            return self.footer_with("split-reason", "two bullets")
        return super().footer()

    def last_line(self) -> Line:
        """What is to check; while a split is previewed, what it is for and the rule for units."""
        return paint_surgery.split(self._reason) if self.place is Place.SPLIT else super().last_line()

    @property
    def on_finding(self) -> bool:
        """Whether the cursor stands on a finding."""
        item = self.active.item
        return item is not None and item.kind is ItemKind.FINDING
