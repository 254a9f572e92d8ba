"""A review whose file was changed by hand, or merged by git: what was changed is taken in, asked where both did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from curation import store
from curation.adopting import answered
from curation.journal import NotWritten
from curation.operations import Refused
from curation.review_writer import Done
from curation.session import Session
from parsers.display import visible
from tui.actions import key_of
from tui.choosing import Choice
from tui.screens.placing import PlacingScreen
from tui.side import Side
from tui.wording import counted

if TYPE_CHECKING:
    from tui.screens.adopting import Answer


class TakingInScreen(PlacingScreen):
    """Where somebody has to choose, that is offered when the letter is opened."""

    def warn(self, side: Side) -> None:
        """Say what a person should know about the files of a review, and offer what can be done."""
        super().warn(side)
        self.call_after_refresh(self._offer_file)

    def _offer_file(self) -> None:
        """Where the review under the cursor and its file were both changed: ask whether to choose now."""
        session = self.side.session
        if session is None or session.edited is None or session.changed or not self.is_active:
            return
        try:
            conflicts = session.conflicts()
        except Refused:
            # Said with the other warnings: the file is kept aside before it is written over.
            return
        if not conflicts:
            return
        file = session.place.toml.name
        choices = [
            Choice("choose", "choose what is taken", aside=counted(len(conflicts), "place")),
            Choice(
                "later", "later", detail=f"The review counts until then. {self._how()} A decision keeps {file} aside."
            ),
        ]
        title = f"{file} was changed by hand, and so was the review"
        self.choose(title, choices, partial(self._offered_file, session))

    def _how(self) -> str:
        return f"{key_of('adopt')} asks again."

    def _offered_file(self, session: Session, answer: str) -> None:
        if answer == "choose":
            self._take_in(session, None)
        else:
            self.tell(f"The review counts. {self._how()}")

    def action_adopt(self) -> None:
        """Take in what was changed by hand: in the review's file, else in a copy of it that was kept aside."""
        self.with_session(self._choose_file)

    def _choose_file(self, session: Session) -> None:
        toml = session.place.toml
        kept = store.originals(toml)
        if session.edited is not None or (toml.exists() and not session.place.journal.exists()):
            self._take_in(session, None)
        elif kept:
            choices = [Choice(path.name, visible(path.name)) for path in kept]
            self.choose("Take in what was changed in", choices, partial(self._take_in, session))
        else:
            self.tell(f"Nothing was changed by hand in {toml.name}, and no copy of it was kept aside.")

    def _take_in(self, session: Session, name: str | None, known: Iterable[Answer] = (), trouble: str = "") -> None:
        """Take in a file, by default the review's own; where both sides changed something, ask first.

        `known` are answers that were given before, and `trouble` says why they could not be taken in.
        """
        try:
            file = _read(session, name) if name is not None else None
            asked = file is not None or session.edited is not None
            conflicts = session.conflicts(file) if asked else ()
        except (Refused, store.Unreadable) as error:
            self.tell(self.in_words(str(error)), trouble=True)
            return
        if not conflicts:
            self._attempt(lambda: session.adopt(None, file))
            self._moved()
            return
        # Comparing two texts word by word is wanted by few.
        from tui.screens.adopting import AdoptingScreen

        shown = name or session.place.toml.name
        screen = AdoptingScreen(self.context, session.review, shown, conflicts, known=known, trouble=trouble)

        def left(_: str | None) -> None:
            if screen.answers is None:
                self.tell(f"Nothing was taken in: the review counts. {self._how()}")
            else:
                self._adopt(session, name, file, screen.answers)

        self.app.push_screen(screen, left)

    def _adopt(self, session: Session, name: str | None, file: store.Stored | None, answers: Sequence[Answer]) -> None:
        trouble = ""

        def adopt() -> Done:
            nonlocal trouble
            try:
                return session.adopt(answered(answers), file)
            except (Refused, NotWritten) as error:
                trouble = self.in_words(str(error))
                raise

        done = self._attempt(adopt)
        self._moved()
        if not done:
            # One answer of many may have stood in the way: the others are not to be given again.
            self._take_in(session, name, answers, trouble)


def _read(session: Session, name: str) -> store.Stored:
    """A file beside the review's. Raises Refused if it is gone, store.Unreadable."""
    letter = session.letter
    found = store.read(session.place.toml.with_name(name), letter.text, letter.source.text_sha256)
    if found is None:
        raise Refused(f"{name} is not there any more")
    return found
