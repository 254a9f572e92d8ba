"""What couldn't be placed in a letter that has changed: given its place, or removed, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from curation import operations as op
from curation.review import ReviewedFinding, Unplaced
from curation.spans import overlap
from parsers.letter import Span
from tui import paint_tray
from tui.actions import Place, key_of
from tui.choosing import Choice
from tui.context import Context, Landing
from tui.paint import ItemKind, Line
from tui.paint_info import Advice
from tui.screens.changed_letter import ChangedLetterScreen
from tui.side import Side
from tui.surgery import Selection
from tui.widgets.letter_pane import LetterPane

REASONS = {
    "page-furniture": "a header, footer or page number",
    "duplicate": "the same finding stands elsewhere",
    "not-a-finding": "a sentence that finds nothing",
    "metadata": "belongs to the letter's head or foot",
}


def _gives_way(finding: ReviewedFinding, spans: tuple[Span, ...]) -> bool:
    """Whether a finding is only what the parser read there, so that one that a person worked on takes its place."""
    untouched = finding.origin == "parser" and not (
        finding.seen or finding.themes or finding.refused or finding.note or finding.question
    )
    return untouched and overlap(finding.spans, spans)


class PlacingScreen(ChangedLetterScreen):
    """What couldn't be placed in a letter that has changed is a row below the findings."""

    def __init__(self, context: Context, sides: Sequence[Side], landing: Landing | None = None) -> None:
        super().__init__(context, sides, landing)
        self._to_place = ""

    @property
    def unplaced(self) -> Unplaced | None:
        """What the cursor stands on, if it couldn't be placed."""
        item = self.active.item
        if item is None or item.kind is not ItemKind.UNPLACED:
            return None
        return next((u for u in self.side.review.tray() if u.finding.id == item.key), None)

    # what couldn't be placed

    def action_enter(self) -> None:
        """Into the finding; for one that couldn't be placed, what is to be done with it."""
        unplaced = self.unplaced
        if unplaced is None:
            super().action_enter()
            return
        choices = [
            Choice("select", "it stands elsewhere: select its words in the letter"),
            Choice("remove", "remove it, with a reason"),
        ]
        if unplaced.proposed:
            there = "it stands where it was proposed"
            choices.insert(0, Choice("there", there, aside=f"{unplaced.score * 100:.0f} of 100"))
            choices.insert(2, Choice("nowhere", "it does not stand there", detail="It stays among these rows."))
        self.choose("Couldn't be placed", choices, partial(self._done_with, unplaced))

    def _done_with(self, unplaced: Unplaced, answer: str) -> None:
        name = unplaced.finding.id
        match answer:
            case "there":
                self.decide(op.Place(name), then=lambda: self.to_finding(name))
            case "nowhere":
                self.decide(op.DeclinePlace(name))
            case "remove":
                self._remove(name)
            case _:
                self._select_place(unplaced)

    def take_proposed(self, unplaced: Unplaced) -> None:
        """It stands where it was proposed."""
        if unplaced.proposed:
            self._done_with(unplaced, "there")
        else:
            self.tell(
                f"Nothing in the letter is like it: {key_of('select')} selects where it stands, "
                f"{key_of('remove')} removes it."
            )

    def action_remove(self) -> None:
        """Remove the finding, with a reason; one that couldn't be placed too."""
        found = self.unplaced.finding if self.unplaced else self.needs_finding()
        if found is not None:
            self._remove(found.id)

    def _remove(self, finding: str) -> None:
        choices = [Choice(reason, reason, aside=words) for reason, words in REASONS.items()]
        self.choose("Remove: why?", choices, lambda reason: self.decide(op.Remove(finding, reason)))

    # selecting its place

    def action_select(self) -> None:
        """Begin a selection; on one that couldn't be placed, to say where it stands."""
        if self.place is Place.REVIEW and self.unplaced is not None:
            self._select_place(self.unplaced)
        else:
            super().action_select()

    def _select_place(self, unplaced: Unplaced) -> None:
        at = unplaced.proposed[0].start if unplaced.proposed else 0
        self.go_to_text()
        self.active.once_painted(partial(self._begin_selecting, unplaced.finding.id, at))

    def _begin_selecting(self, finding: str, at: int) -> None:
        self.caret_in_letter(at)
        if self.place is Place.SELECT:
            self._to_place = finding
            self.settle()

    def end_moment(self) -> None:
        """Out of whatever was begun, everything shown as it is."""
        self._to_place = ""
        super().end_moment()

    def try_selection(self, selection: Selection) -> None:
        """What is selected for a finding that couldn't be placed makes no other one."""
        if not self._to_place:
            super().try_selection(selection)

    def action_do_select(self) -> None:
        """Take what is selected as the place of the finding that has none."""
        if not self._to_place:
            super().action_do_select()
            return
        finding, selection = self._to_place, self.selection
        spans: tuple[Span, ...] = selection.spans() if selection is not None else ()
        if not spans:
            self.tell(f"Select its words first: {key_of('select')} begins at the caret, the arrows extend it.")
            return
        self.end_moment()
        self.settle()
        read_anew = [op.Remove(f.id, "duplicate") for f in self.side.review.findings if _gives_way(f, spans)]
        self.decide(*read_anew, op.Place(finding, spans), then=lambda: self.to_finding(finding))

    # showing

    def follow(self) -> None:
        """The text goes to the place that was proposed."""
        super().follow()
        unplaced = self.unplaced
        if unplaced is None or not unplaced.proposed or self.place is not Place.REVIEW:
            return
        for pane in self.panes_of(self.side):
            if isinstance(pane, LetterPane):
                pane.set_marked(unplaced.proposed)
                if pane is not self.active and self._follow_text:
                    pane.move_to_offset(unplaced.proposed[0].start)

    def first_line(self, finding: object, advice: Advice, width: int) -> Line:
        """What can be done with a finding that couldn't be placed; else as ever."""
        unplaced = self.unplaced
        return paint_tray.about(unplaced) if unplaced is not None else super().first_line(self.current, advice, width)

    def last_line(self) -> Line:
        """What is to check, or what is about to be done."""
        if self._to_place:
            held = next((u for u in self.side.review.tray() if u.finding.id == self._to_place), None)
            return paint_tray.selecting(held.finding.text if held else "")
        return super().last_line()

    def _status_words(self) -> tuple[str, ...]:
        left = len(self.side.review.tray())
        known = self.side.session or self.side.agreed
        changed = "letter has changed" if known is not None and known.changed else ""
        who, *rest = super()._status_words()
        return (who, changed or (f"couldn't be placed {left}" if left else ""), *rest)
