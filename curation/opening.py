"""A review from its two files: what the journal says, what the TOML says, and what is to be done if they differ."""

from __future__ import annotations

import tomllib
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from curation import adopting, changed_letter, checks, files, replaying, schema, snapshots, store
from curation.beginning import begin
from curation.contexts import Contexts
from curation.history import History
from curation.journal import Journal, News
from curation.operations import Refused, describe
from curation.review import Review
from curation.tables import SchemaError, storable
from parsers.letter import Letter

if TYPE_CHECKING:
    from curation.rebasing import Plan


@dataclass(frozen=True, slots=True)
class Place:
    """Whose review of which letter, and where its files are. `root` is the workspace."""

    key: str
    reviewer: str
    journal: Path
    toml: Path
    root: Path

    def planned(self, review: Review, letter: Letter, taken: AbstractSet[str]) -> Plan:
        """What becomes of `review` on the letter as it is now. Raises Refused if it can't be put there."""
        return changed_letter.planned(review, letter, journal=self.journal, toml=self.toml, root=self.root, taken=taken)

    def contexts(self) -> Contexts:
        """What stood around the findings, as the files know it."""
        return changed_letter.contexts(journal=self.journal, toml=self.toml, root=self.root)


@dataclass(frozen=True, slots=True)
class Opened:
    """A review as its files give it.

    Attributes:
        history: the state and how it came about.
        journal: the journal, read as far as `history` goes.
        shown: the state to look at; where `read_only` or `changed` is set it may differ from that of `history`.
        warnings: what a person should know, one line each.
        read_only: "" or why nothing may be written, with the way out.
        changed: "" or what became of the letter's text since the review, with the way out. `shown` is then what the
            review would be on the letter as it is now.
        exists: True if there is a journal or a TOML.
        written: the bytes of the TOML if it follows from the journal, so that it may be written over.
        edited: the TOML if it holds what the journal doesn't, so that it may be adopted.
        ahead: the part of `read_only` that an adoption would settle, "" if there is none.
    """

    history: History
    journal: Journal
    shown: Review
    warnings: tuple[str, ...]
    read_only: str
    exists: bool
    changed: str = ""
    written: bytes | None = None
    edited: store.Stored | None = None
    ahead: str = ""


class Standing(Enum):
    """What a TOML is to the journal: `FOLLOWS` from it, is `AHEAD` of it, or was changed by other hands."""

    FOLLOWS = "follows"
    AHEAD = "ahead"
    REWORDED = "reworded"
    CHANGED = "changed"


def standing(data: bytes, history: History) -> Standing:
    """How a TOML's bytes stand to the journal. `REWORDED`: the same state with comments or another layout."""
    try:
        review = store.loads(data, history.review.text)
    except SchemaError:
        return Standing.CHANGED
    if review.operations > history.n:
        return Standing.AHEAD
    then = history.state_at(review.operations)
    if then is None:
        return Standing.CHANGED
    if _as_written(then, history, data) == data:
        return Standing.FOLLOWS
    return Standing.REWORDED if store.dumps(review) == store.dumps(then) else Standing.CHANGED


def _as_written(then: Review, history: History, data: bytes) -> bytes:
    """The TOML of a state. One of before the letter changed gets its contexts from the file: only that knows them."""
    if then.source.text_sha256 == history.review.source.text_sha256:
        return store.dumps(then)
    known = Contexts([tomllib.loads(data.decode("utf-8"))])
    return store.render(known.put_into(schema.to_dict(then)))


def open_review(place: Place, letter: Letter, codebook_revision: int) -> Opened:
    """Read a review's files. Writes nothing and never raises for what is in them: `read_only` and `warnings` say it."""
    return _Opening(place, letter, codebook_revision).opened()


class _Opening:
    """The two files beside each other, and what is said about them."""

    def __init__(self, place: Place, letter: Letter, codebook_revision: int) -> None:
        self._place = place
        self._letter = letter
        self._base = begin(letter, place.key, place.reviewer, codebook_revision)
        self._journal = Journal(place.journal, place.root)
        self._warnings: list[str] = []
        self._obstacles: list[str] = []
        self._written: bytes | None = None
        self._changed = ""
        self._edited: store.Stored | None = None
        self._ahead = ""
        self._is_noted = False

    def opened(self) -> Opened:
        news = self._read_journal()
        has_journal = self._journal.exists or bool(self._obstacles)
        stored = self._read_toml(has_journal)
        from_journal = self._replayed(news, stored)
        exists = has_journal or stored is not None or bool(self._obstacles)
        if from_journal is not None:
            history = from_journal
        elif stored is not None:
            history = History(stored.review)
            if not has_journal:
                self._warnings.append(
                    f"{self._journal.shown} is missing: what was done before can't be undone any more"
                )
        else:
            history = History(self._base)
        shown = self._compared(history, stored)
        if stored is not None and self._written is not None:
            self._note(stored, news)
        self._check_owner(history.review)
        return Opened(
            history=history,
            journal=self._journal,
            shown=self._on_this_text(shown, history.ids),
            warnings=(*self._warnings, *self._journal.warnings),
            read_only="; ".join(self._obstacles),
            exists=exists,
            changed=self._changed,
            written=self._written,
            edited=self._edited,
            ahead=self._ahead,
        )

    def _read_journal(self) -> News:
        try:
            return self._journal.read()
        except OSError as error:
            self._obstacles.append(f"{self._journal.shown} can't be read: {files.reason(error)}")
            return News()

    def _replayed(self, news: News, stored: store.Stored | None) -> History | None:
        resumed = self._resumed(news, stored)
        self._is_noted = resumed is not None
        history, wrong = resumed or replaying.replay(news.lines, self._letter.text)
        wrong = wrong or news.damage
        if wrong:
            held = f"operations up to {history.n} are shown" if history else "nothing of it can be shown"
            self._obstacles.append(
                f"{self._journal.shown}: {wrong}; {held}, what follows is kept in the file but not read."
                " Bring the file back from a copy"
            )
        if news.torn:
            self._warnings.append(
                f"the last line of {self._journal.shown} was not finished ({news.torn} bytes, never said to be saved);"
                " the next change keeps them in a file beside it"
            )
        return history

    def _resumed(self, news: News, stored: store.Stored | None) -> tuple[History, str] | None:
        if stored is None or len(news.lines) < snapshots.WORTHWHILE:
            return None
        noted = snapshots.recall(self._place.toml)
        return replaying.resume(news.lines, self._letter.text, stored, noted) if noted else None

    def _note(self, stored: store.Stored, news: News) -> None:
        """Spare the next opening this replay."""
        place = stored.review.operations - news.lines[0].n if news.lines else 0
        if not self._is_noted and len(news.lines) >= snapshots.WORTHWHILE and 0 < place < len(news.lines):
            line = news.lines[place]
            snapshots.remember(self._place.toml, snapshots.of(stored.data, line.n, line.sum))

    def _read_toml(self, has_journal: bool) -> store.Stored | None:
        try:
            return store.read(self._place.toml, self._letter.text, self._letter.source.text_sha256)
        except store.Unreadable as error:
            found = "; ".join(error.problems)
            if error.newer:
                self._obstacles.append(f"{found}. Use that version")
            elif has_journal:
                self._warnings.append(f"{found}. {self._kept_aside()}")
            else:
                self._obstacles.append(f"{found}. Mend the file, or move it away to begin again")
            return None

    def _compared(self, history: History, stored: store.Stored | None) -> Review:
        """The state to show: that of the journal, unless the TOML holds more than can be read of the journal."""
        if stored is None or history.review is stored.review or not changed_letter.is_of(history.review, self._letter):
            return history.review
        name = self._place.toml.name
        # The history began from this very file, or it has to be compared.
        resumed = history.state_at(stored.review.operations) is stored.review
        match Standing.FOLLOWS if resumed else standing(stored.data, history):
            case Standing.AHEAD:
                self._edited = stored
                self._ahead = (
                    f"{name} holds {stored.review.operations} operations and is shown; its journal has {history.n}."
                    f" Bring {self._journal.shown} back from a copy, or take {name} in: {self._command()}"
                )
                self._obstacles.append(self._ahead)
                return stored.review
            case Standing.REWORDED:
                self._warnings.append(f"{name} has comments or a layout of its own. {self._kept_aside()}")
            case Standing.CHANGED:
                self._edited = stored
                self._warnings.append(self._what_was_changed(history, stored.review))
            case Standing.FOLLOWS:
                self._written = stored.data
        return history.review

    def _what_was_changed(self, history: History, theirs: Review) -> str:
        name = self._place.toml.name
        try:
            found = adopting.examine(history, theirs)
        except Refused as error:
            return f"{name} was changed by hand: {error}. {self._kept_aside()}"
        if found.conflicts:
            places = ", ".join(adopting.named(conflict) for conflict, _ in found.conflicts)
            return f"{name} was changed by hand, and so was the review: {places}. {self._command()} asks which to take"
        if found.operation is None:
            return f"{name} was changed by hand, in nothing that the journal doesn't have. {self._kept_aside()}"
        what = describe(found.operation)
        return f"{name} was changed by hand. The next decision, or {self._command()}, will {what}"

    def _command(self) -> str:
        return f"`recto adopt {self._place.key} --reviewer {self._place.reviewer}`"

    def _kept_aside(self) -> str:
        name = self._place.toml.name
        return f"The journal counts; the file is kept as {name}.orig before the next change writes it anew"

    def _check_owner(self, review: Review) -> None:
        if storable(review.letter) != storable(self._place.key):
            self._obstacles.append(f"these files are the review of another letter, {review.letter}: move them there")
        if review.reviewer not in ("", self._place.reviewer):
            self._obstacles.append(f"these files are the review of {review.reviewer}: give them that name")

    def _on_this_text(self, review: Review, ids: AbstractSet[str]) -> Review:
        if changed_letter.is_of(review, self._letter):
            self._obstacles += [f"{self._place.toml.stem}: {problem}" for problem in checks.problems(review)]
            return review
        try:
            plan = self._place.planned(review, self._letter, ids)
        except Refused as error:
            self._obstacles.append(str(error))
            return replace(review, findings=(), removed=())
        self._changed = changed_letter.words(plan, self._place.key)
        return plan.after
