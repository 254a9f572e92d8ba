"""The TOML beside a journal, from the side of the one who writes it: nothing that other hands put there is lost."""

from __future__ import annotations

from contextlib import suppress

from curation import adopting, files, opening, snapshots, store
from curation.history import History
from curation.journal import Journal
from curation.opening import Opened, Place, Standing
from curation.operations import Operation, Refused


class TomlBeside:
    """One review's TOML. Its methods that write are for whoever holds the lock of the journal.

    Attributes:
        warnings: what a person should know, one line each.
        decided: True once something was decided here; looking replaces nothing.
        edited: what other hands wrote into it and the journal does not have, None if there is nothing.
    """

    def __init__(self, place: Place, opened: Opened) -> None:
        """As it was found when the review was opened."""
        self.edited = opened.edited
        self.warnings: tuple[str, ...] = ()
        self.decided = False
        self._place = place
        self._written = opened.written

    def holds(self, history: History) -> bool:
        """True if it is the file of this state: written here last, or by anybody."""
        try:
            data = files.read_regular(self._place.toml, store.LARGEST)
        except OSError:
            return False
        return data == store.dumps(history.review)

    def write(self, history: History, journal: Journal) -> None:
        """Write the state, unless nothing was decided and other hands were here. Raises store.NotSaved."""
        if not self._may_write(history, journal):
            return
        self._written = store.write(self._place.toml, history.review, self._place.root, self._warn)
        if journal.lines >= snapshots.WORTHWHILE:
            snapshots.remember(self._place.toml, snapshots.of(self._written, journal.n, journal.sum))

    def to_adopt(self) -> store.Stored:
        """What other hands wrote into it. Raises Refused if that is nothing."""
        if self.edited is None:
            raise Refused(f"{self._place.toml.name} has nothing that the journal doesn't have")
        return self.edited

    def adopted_without_asking(self, history: History) -> tuple[Operation, ...]:
        """The operation that takes that in, if nobody has to choose and nothing speaks against it."""
        if self.edited is None:
            return ()
        try:
            adoption = adopting.examine(history, self.edited.review, adopting.refuse)
        except Refused:
            # It was said when the review was opened; the file is kept aside before it is written over.
            return ()
        return () if adoption.operation is None else (adoption.operation,)

    def settle(self, *, whole: bool) -> None:
        """That was taken in, so the file may be written over; `whole`: of its values nothing was left out.

        A copy is kept where it has more than was taken in. If none can be kept, the next save tries, and says so.
        """
        if self.edited is None:
            return
        data, review = self.edited.data, self.edited.review
        self.edited = None
        with suppress(store.NotSaved):
            if not whole or store.dumps(review) != data:
                self._keep(data, reworded=True)
            self._written = data

    def _may_write(self, history: History, journal: Journal) -> bool:
        """Raises store.NotSaved."""
        name = self._place.toml.name
        try:
            data = files.read_regular(self._place.toml, store.LARGEST)
        except FileNotFoundError:
            return True
        except OSError as error:
            raise store.NotSaved(f"{name} was not written: {files.reason(error)}. The journal has all") from error
        found = Standing.FOLLOWS if data == self._written else opening.standing(data, history)
        if found is Standing.AHEAD:
            raise store.NotSaved(f"{name} was not written: it holds more operations than {journal.shown}")
        if found is not Standing.FOLLOWS and self.decided:
            self._keep(data, reworded=found is Standing.REWORDED)
        return found is Standing.FOLLOWS or self.decided

    def _keep(self, data: bytes, *, reworded: bool) -> None:
        name = self._place.toml.name
        kept = store.keep_original(self._place.toml, data, self._place.root).name
        if reworded:
            warning = f"{name} had comments or a layout of its own; that text was kept as {kept}"
        else:
            command = f"`recto adopt {self._place.key} --reviewer {self._place.reviewer} {kept}`"
            warning = f"{name} was changed by hand; that text was kept as {kept}. {command} takes in what it changed"
        self._warn(warning)

    def _warn(self, warning: str) -> None:
        if warning not in self.warnings:
            self.warnings = (*self.warnings, warning)
