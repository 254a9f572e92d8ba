"""A letter that has changed: the review put on it, and what couldn't be placed, one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from curation import operations as op
from curation import rebase_report
from curation.agreed_review import Agreed
from curation.operations import Operation, Refused
from curation.review import ReviewedFinding, Unplaced
from curation.session import Session
from curation.spans import overlap
from curation.store import NotSaved
from curation.workspace import LETTER_ERRORS
from parsers.letter import Span
from tui import paint_tray
from tui.actions import Place, key_of
from tui.choosing import Choice
from tui.context import Context, Landing
from tui.paint import ItemKind, Line
from tui.paint_info import Advice
from tui.screens.metadata import MetadataScreen
from tui.screens.reading import TextScreen
from tui.side import Side
from tui.surgery import Selection
from tui.widgets.letter_pane import LetterPane

if TYPE_CHECKING:
    from curation.rebasing import Plan

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


class Offer(NamedTuple):
    """Putting something on a letter that has changed.

    Attributes:
        plan: what becomes of it.
        put: doing it, in words.
        back: how it comes back, in words.
        do: does it.
        more: what else there is to be known about the new text, after the summary of the plan.
        obstacle: "" or why it can't be done, with the way out.
    """

    plan: Plan
    put: str
    back: str
    do: Callable[[], None]
    more: str = ""
    obstacle: str = ""


class PlacingScreen(MetadataScreen):
    """Offers to put the review on a letter that changed. What couldn't be placed is a row below the findings."""

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

    # the letter has changed

    def warn(self, side: Side) -> None:
        """Say what a person should know about the files of a review, and offer what can be done."""
        super().warn(side)
        self.call_after_refresh(self.offer)

    def offer(self) -> None:
        """Where the letter under the cursor has changed: ask whether what is shown is to be put on it."""
        session = self.side.session
        if not self.is_active:
            return
        if session is None:
            if self.side.agreed is not None:
                self._offer_agreed(self.side.agreed)
        elif session.changed and not session.read_only:
            try:
                plan = session.plan()
            except Refused as error:
                self.tell(str(error), trouble=True)
                return
            self._ask(Offer(plan, "put my review on it", "It can be undone.", partial(self._put_on_letter, session)))

    def _offer_agreed(self, agreed: Agreed) -> None:
        if agreed.plan is None:
            return
        put = partial(self._put_agreed, self.side)
        beyond = f"; {len(agreed.beyond)} in the new text that nobody agreed on" if agreed.beyond else ""
        back = "The file as it was is kept beside it."
        self._ask(Offer(agreed.plan, "put what was agreed on it", back, put, beyond, agreed.obstacle))

    def _ask(self, offer: Offer) -> None:
        plan, summary = offer.plan, rebase_report.summary(offer.plan) + offer.more
        nothing = "Nothing can be decided on this letter until the review stands on it."
        tell, look = "first say what becomes of each finding", "only look"
        if offer.obstacle:
            choices = [Choice("look", look, aside=summary, detail=offer.obstacle), Choice("tell", tell)]
        else:
            put = Choice("put", offer.put, aside=summary, detail=f"{summary}. {offer.back}")
            choices = [put, Choice("tell", tell), Choice("look", look, detail=nothing)]

        def answered(answer: str) -> None:
            match answer:
                case "put":
                    offer.do()
                case "tell":
                    text = TextScreen(self.context, "The letter has changed", paint_tray.report(plan))
                    self.app.push_screen(text, lambda _: self.offer())
                case _:
                    self.tell(f"Only looking. {key_of('rebase')} asks again whether it is to be put on the letter.")

        self.choose("The letter has changed", choices, answered)

    def _put_on_letter(self, session: Session) -> None:
        if self._attempt(session.rebase) and (left := len(session.review.tray())):
            self.say(f"Your review stands on the letter; {left} couldn't be placed: they stand below the findings.")
        self._moved()

    def _put_agreed(self, side: Side) -> None:
        try:
            warnings = side.workspace.rebase_agreed(side.key)
            if side.session is None:
                side.look_again()
        except (*LETTER_ERRORS, NotSaved) as error:
            self.tell(str(error), trouble=True)
            return
        self.show_side(side)
        self.advise(side)
        self.say("; ".join(("what was agreed stands on the letter", *warnings)))
        self._moved()

    def action_rebase(self) -> None:
        """Put the review on the letter as it is now, or as the parser reads it now; else what was agreed."""
        session = self.side.session
        if session is None or not session.review.operations:
            try:
                agreed = self.side.workspace.agreed(self.side.key)
            except LETTER_ERRORS as error:
                self.tell(str(error), trouble=True)
                return
            if agreed is not None and agreed.plan is not None:
                self._offer_agreed(agreed)
                return

        def put(session: Session) -> None:
            if session.changed:
                self.offer()
            else:
                self._put_on_letter(session)

        self.with_session(put)

    def decide(self, *operations: Operation, then: Callable[[], None] | None = None) -> None:
        """Do these operations, once the review stands on the letter."""
        session = self.side.session
        if session is not None and session.changed and not session.read_only:
            self.offer()
        else:
            super().decide(*operations, then=then)

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

    def first_line(self, finding: object, advice: Advice) -> Line:
        """What can be done with a finding that couldn't be placed; else as ever."""
        unplaced = self.unplaced
        return paint_tray.about(unplaced) if unplaced is not None else super().first_line(self.current, advice)

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
