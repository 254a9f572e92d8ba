"""A letter that has changed: the review, or what was agreed, is shown on it, and offered to be put on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from curation import rebase_report
from curation.agreed_review import Agreed
from curation.operations import Operation, Refused
from curation.session import Session
from curation.store import NotSaved
from curation.workspace import LETTER_ERRORS
from tui import paint_tray
from tui.actions import key_of
from tui.choosing import Choice
from tui.screens.metadata import MetadataScreen
from tui.screens.reading import TextScreen
from tui.side import Side

if TYPE_CHECKING:
    from curation.rebasing import Plan


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


class ChangedLetterScreen(MetadataScreen):
    """Nothing can be decided on the letter before the review stands on it."""

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

    def decide(self, *operations: Operation, then: Callable[[], object] | None = None) -> None:
        """Do these operations, once the review stands on the letter."""
        session = self.side.session
        if session is not None and session.changed and not session.read_only:
            self.offer()
        else:
            super().decide(*operations, then=then)
