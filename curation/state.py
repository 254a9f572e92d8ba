"""How an open review stands: what its journal led to, what other programs added, and whether anything may be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation import changed_letter, files, replaying
from curation.journal import Journal, News, NotWritten
from curation.opening import Opened, Place
from curation.operations import Refused
from curation.review import Review
from parsers.letter import Letter

if TYPE_CHECKING:
    from curation.rebasing import Plan


class State:
    """The state of one review, which goes on as lines of its journal are taken in. It writes nothing.

    Attributes:
        history: what the journal led to.
        begun: True once the journal has a first line.
        read_only: "" or why nothing may be done, with the way out.
        changed: "" or what became of the letter's text since the review.
        warnings: what a person should know, one line each.
    """

    def __init__(self, letter: Letter, place: Place, opened: Opened) -> None:
        """As it was found when the review was opened."""
        self.history = opened.history
        self.begun = opened.journal.exists
        self.read_only = opened.read_only
        self.changed = opened.changed
        self.warnings = opened.warnings
        self._letter = letter
        self._place = place
        self._journal: Journal = opened.journal
        self._shown = opened.shown

    @property
    def review(self) -> Review:
        """What is to be shown: in a changed letter, what of the review could be placed in it."""
        return self._shown if self.read_only or self.changed else self.history.review

    def check_open(self, but: str = "") -> None:
        """Raises Refused if nothing may be done, for another reason than `but`."""
        if self.read_only not in ("", but):
            raise Refused(self.read_only)

    def check_text(self) -> None:
        """Raises Refused if the letter's text is another one than the review's."""
        if self.changed:
            raise Refused(self.changed)

    def plan(self) -> Plan:
        """What putting the review on the letter as it is parsed now would lead to. Raises Refused if it can't be."""
        return self._place.planned(self.history.review, self._letter, self.history.ids)

    def refresh(self) -> None:
        """Read on in the journal. Raises nothing: trouble is in `read_only`."""
        try:
            self._take(self._journal.read())
        except OSError as error:
            self._stop(f"{self._journal.shown} can't be read: {files.reason(error)}")

    def take_before_writing(self, news: News, but: str = "") -> None:
        """Take in what others wrote. Raises NotWritten if nothing may be done then, for another reason than `but`."""
        self._take(news)
        if self.read_only not in ("", but):
            raise NotWritten(f"not kept: {self.read_only}")

    def settle_on_text(self) -> None:
        """After a rebase, or one undone or done again: say how the review stands to the letter's text."""
        self.changed = ""
        if not changed_letter.is_of(self.history.review, self._letter):
            plan = self.plan()
            self._shown, self.changed = plan.after, changed_letter.words(plan, self._place.key)

    def warn(self, message: str) -> None:
        """Say something more."""
        self.warnings = (*self.warnings, message)

    def _take(self, news: News) -> None:
        """Go on by what others wrote. What can't be replayed nothing may follow: the review is read-only then."""
        if news.damage:
            self._stop(f"{self._journal.shown}: {news.damage}; bring the file back from a copy")
        if not news.lines:
            return
        if news.anew or not self.begun:
            self._take_all(news)
            return
        try:
            for line in news.lines:
                self.history.take(line.values)
        except ValueError as error:
            self._stop(f"{self._journal.shown}: a line that another program wrote can't be replayed: {error}")
            return
        if not self.changed and not changed_letter.is_of(self.history.review, self._letter):
            self._stop("another program put this review on another text of the letter: go back, and open it again")
        elif self.changed:
            self.settle_on_text()

    def _take_all(self, news: News) -> None:
        """The journal is another file than before, or has come into being."""
        found, wrong = replaying.replay(news.lines, self._letter.text)
        if found is None or wrong:
            self._stop(f"{self._journal.shown} was replaced: {wrong}")
        elif found.review.source.text_sha256 != self._letter.source.text_sha256:
            self._stop(f"{self._journal.shown} was replaced by one of another text; open the letter again")
        else:
            self.history = found
            if self.begun:
                self.warn(f"{self._journal.shown} was replaced by other hands; it was read anew")
            self.begun = True

    def _stop(self, why: str) -> None:
        self._shown = self.history.review
        self.read_only = why
