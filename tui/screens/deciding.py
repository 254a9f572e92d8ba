"""Where decisions go to the session: who decides, doing, undoing, saving."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from functools import partial

from curation import settings
from curation.journal import NotWritten
from curation.operations import Operation, Refused
from curation.review_writer import Done
from curation.session import Session
from curation.store import NotSaved
from curation.summarising import why_not
from curation.workspace import LETTER_ERRORS
from tui.actions import key_of
from tui.context import Context, Landing
from tui.paint import ItemKind
from tui.screens.advising import AdvisingScreen
from tui.screens.naming import with_reviewer
from tui.side import Side
from tui.wording import sentence, spoken

SAVE_AFTER = 2.0
"""Seconds without a key until the review file and the place are written."""


class DecidingScreen(AdvisingScreen):
    """The one kind of screen that calls `session.do`."""

    def __init__(self, context: Context, sides: Sequence[Side], landing: Landing | None = None) -> None:
        super().__init__(context, sides, landing)
        self._timer: asyncio.TimerHandle | None = None
        self._save_at = 0.0

    def on_mount(self) -> None:
        for side in self.sides:
            self.warn(side)
        if notice := self.context.take_notice():
            self.tell(notice, trouble=True)
        self.context.remember_place = self._remember_place
        self.call_after_refresh(self._remember_place)

    def warn(self, side: Side) -> None:
        """Say what a person should know about the files of a review."""
        if side.session is None:
            words = side.agreed.changed if side.agreed else ""
        else:
            words = side.session.read_only or next(iter(side.session.warnings), "")
        if words:
            self.tell(spoken(words, side.review), trouble=True)

    # who

    def with_session(self, then: Callable[[Session], None]) -> None:
        """Go on with the session of the letter under the cursor; at the first decision ask who decides."""
        if self.side.session is not None:
            then(self.side.session)
        else:
            with_reviewer(self, lambda reviewer: self._begin(reviewer, then))

    def _begin(self, reviewer: str, then: Callable[[Session], None]) -> None:
        """Open the sessions of all letters on the desk; one that has a review already shows it."""
        before = self.current
        for side in self.sides:
            if side.session is None:
                try:
                    side.begin(reviewer)
                except LETTER_ERRORS as error:
                    self.tell(f"{side.key}: {why_not(error)}", trouble=True)
                    return
                self.show_side(side)
        session = self.side.session
        if session is None or self.current != before:
            begun = session is not None and session.review.operations > 0
            whose = (
                f"This is {reviewer}'s review as it was left"
                if begun
                else "Your own review begins here, from the parse"
            )
            self.tell(f"{whose}; look again before you decide.")
            return
        then(session)

    # doing

    def decide(self, *operations: Operation, then: Callable[[], object] | None = None) -> None:
        """Do these operations as one step on the letter under the cursor, then what follows; a refusal is said."""

        def do(session: Session) -> None:
            batch = secrets.token_hex(4) if len(operations) > 1 else None
            if self._attempt(lambda: session.do_all(operations, batch=batch)) and then:
                then()
            self._moved()

        self.with_session(do)

    def _attempt(self, step: Callable[[], Done]) -> bool:
        """Do a step, show the new state and say what was done, or why it was not. True if it was done."""
        done: Done | None = None
        try:
            done = step()
        except (Refused, NotWritten) as error:
            self.say(self.in_words(str(error)), trouble=True)
        else:
            self.say(sentence(done.said))
        # Refused or not: the session may have taken in what another program did, and its state is what is shown.
        self.show_side(self.side, (ItemKind.FINDING, done.created[0]) if done and done.created else None)
        self.call_after_refresh(self.advise, self.side)
        self.call_after_refresh(self._remember_place)
        return done is not None

    def in_words(self, reason: str) -> str:
        """A reason with each finding named by its first words: nobody knows findings by their ids."""
        finding = self.current
        return spoken(reason, self.side.review, finding.id if finding else "")

    def action_undo(self) -> None:
        self.with_session(lambda session: self._history(session.undo))

    def action_undo_finding(self) -> None:
        if finding := self.current:
            self.with_session(lambda session: self._history(partial(session.undo_finding, finding.id)))
        else:
            self.tell(f"There is no finding under the cursor; {key_of('undo')} takes back the last change.")

    def action_redo(self) -> None:
        self.with_session(lambda session: self._history(session.redo))

    def _history(self, step: Callable[[], Done]) -> None:
        self._attempt(step)
        self._moved()

    # saving

    def save_soon(self) -> None:
        """Write the review file and the place two seconds after the last key."""
        # The framework's own timers are a task each, which is dear for something that is begun with each key.
        loop = asyncio.get_running_loop()
        self._save_at = loop.time() + SAVE_AFTER
        if self._timer is None:
            self._timer = loop.call_at(self._save_at, self._time_to_save)

    def _time_to_save(self) -> None:
        """Save, or wait on where a key came since."""
        loop = asyncio.get_running_loop()
        if loop.time() < self._save_at:
            self._timer = loop.call_at(self._save_at, self._time_to_save)
        else:
            self._timer = None
            self.call_later(self._save)

    def settle(self) -> None:
        """Show what has changed, and remember the place soon."""
        super().settle()
        self.save_soon()

    def _save(self) -> None:
        self._remember_place()
        left, self.left_behind = self.left_behind, []
        for side in (*self.sides, *left):
            if side.session is None:
                continue
            try:
                # Not under somebody's hands: what is previewed was tried on the state that is shown.
                if side in self.sides and self.place is self.home and side.session.refresh():
                    self.show_side(side)
                    self.tell("Taken in: what another program did to this review.")
                side.session.save()
            except (NotSaved, NotWritten) as error:
                self.tell(str(error), trouble=True)

    def _remember_place(self) -> None:
        finding = self.current
        first, *others = (side.key for side in self.sides)
        place = settings.Place(
            letter=first,
            beside=others[0] if others else "",
            third=others[1] if len(others) > 1 else "",
            side=self.sides.index(self.side),
            finding=finding.id if finding else "",
        )
        settings.save_place(self.context.workspace.root, place)

    def close_letters(self) -> str:
        """Save and release all letters; what went wrong in words, "" if nothing did."""
        if self._timer is not None:
            self._timer.cancel()
        self._remember_place()
        self.context.remember_place = lambda: None
        troubles = []
        for side in self.visited.values():
            try:
                side.close()
            except NotSaved as error:
                troubles.append(str(error))
        self.context.adviser.teacher.forget()
        return " ".join(troubles)
