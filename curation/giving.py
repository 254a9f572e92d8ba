"""Give a theme to findings of several letters at once, and take it back at once.

Every letter has a journal of its own, so the operations carry one batch name, and `pairs/<reviewer>.groups.jsonl` says
what is being done before the first of them and that it is done after the last (`curation.group_batches`). A letter that
can't be changed is left as it is and named; the others are done.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from typing import Any

from curation import reviewer
from curation.append_file import AppendFile
from curation.codebook import Codebook
from curation.group_batches import Batch, Left, State, at_state, batches_of
from curation.journal import NotWritten
from curation.nearest import nearest
from curation.operations import Refused, SetThemes
from curation.pairs import FOLDER
from curation.review import ReviewedFinding
from curation.session import Session
from curation.store import NotSaved
from curation.workspace import LETTER_ERRORS, Workspace

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a step.

    Attributes:
        batch: as it is now.
        letters: those in which it was done.
        left: those in which it was not, and why.
        begun: those of `letters` that the reviewer had no review of before: it begins there, from the parse.
        warnings: what else is to be said.
    """

    batch: Batch
    letters: tuple[str, ...]
    left: tuple[Left, ...]
    begun: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class GroupThemes:
    """The batches of one reviewer in a workspace."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        """Nothing is written before the first theme is given. Raises Refused for a bad name."""
        self._workspace = workspace
        self._reviewer = reviewer.check(name)
        self._file = AppendFile(workspace.root / FOLDER / f"{name}.groups.jsonl", workspace.root)

    def batches(self) -> tuple[Batch, ...]:
        """All of them, oldest first; damaged lines are passed over. Raises OSError."""
        return batches_of(self._file.read())

    def interrupted(self) -> tuple[Batch, ...]:
        """Those that were begun and not ended. Raises OSError."""
        return tuple(batch for batch in self.batches() if batch.interrupted)

    def beginning(self, theme: str, findings: Iterable[str]) -> tuple[str, ...]:
        """The letters of these findings (`LETTER#ID`), by key, in which giving them the theme would begin a review.

        A new review begins from the parse: a letter whose parse has none of the findings, because they are the agreed
        review's own, is none of them. Neither is one that can't be read; that is said when the theme is given.
        Raises Refused if there is no such theme, CodebookError.
        """
        _usable(self._workspace.codebook(), theme)
        wanted: dict[str, set[str]] = {}
        for ref in findings:
            letter, _, finding = ref.rpartition("#")
            wanted.setdefault(letter, set()).add(finding)
        return tuple(sorted(letter for letter, ids in wanted.items() if self._would_begin(letter, ids)))

    def _would_begin(self, letter: str, ids: Set[str]) -> bool:
        try:
            if self._reviewer in self._workspace.reviewers(letter):
                return False
            if not self._workspace.curated_path(letter).is_file():
                return True
            return any(finding.id in ids for finding in self._workspace.open(letter, self._reviewer).shown.findings)
        except LETTER_ERRORS:
            return False

    def give(
        self,
        theme: str,
        findings: Iterable[str],
        on_progress: Progress | None = None,
        *,
        leave_out: Collection[str] = (),
    ) -> Outcome:
        """Give a theme to all these findings (`LETTER#ID`) that don't have it yet, as their last theme.

        Those in the letters `leave_out` are no part of it; `beginning` says which letters somebody may want left out.
        Raises Refused if there is no such theme or all have it, CodebookError, journal.NotWritten if nothing could be
        begun; then nothing is changed. `on_progress(done, all)` counts letters.
        """
        codebook = self._workspace.codebook()
        theme = _usable(codebook, theme)
        refs = {ref for ref in findings if ref.rpartition("#")[0] not in leave_out}
        batch = Batch(secrets.token_hex(4), theme, tuple(sorted(refs)), State.GIVE)
        if not any(self._lacking(codebook, batch, letter) for letter in batch.letters):
            raise Refused(f"all of them have the theme {theme}, or are not there any more")
        self._note(batch, theme=theme, findings=batch.findings)
        return self._give(batch, on_progress)

    def finish(self, name: str, on_progress: Progress | None = None) -> Outcome:
        """Go on with a batch that was interrupted. Raises Refused if there is none, CodebookError, NotWritten."""
        batch = self._find(name)
        if batch.state is State.GIVE:
            return self._give(batch, on_progress)
        if batch.state is State.TAKE_BACK:
            return self._take_back(batch, on_progress)
        raise Refused(f"{name} was not interrupted: there is nothing to finish")

    def undo(self, name: str | None = None, on_progress: Progress | None = None) -> Outcome:
        """Take the last theme that was given back, or the batch called `name`, in all its letters.

        Where something later in a letter stands on it, it stays there, and the outcome says so; that batch is then
        still the last one. Raises Refused if there is nothing to take back, journal.NotWritten.
        """
        batch = self._find(name)
        if batch.is_gone:
            raise Refused(f"{batch.name} was taken back already")
        self._note(at_state(batch, State.TAKE_BACK))
        return self._take_back(batch, on_progress)

    def _find(self, name: str | None) -> Batch:
        """The batch called `name`, or the last one of which something is left. Raises Refused."""
        if name is None:
            found = [one for one in self.batches() if not one.is_gone]
            if not found:
                raise Refused("no theme was given to a group that could be taken back")
            return found[-1]
        known = {one.name: one for one in self.batches()}
        if name not in known:
            near = nearest(name, known)
            raise Refused(f"no theme was given under {name}" + (f"; the nearest is {near}" if near else ""))
        return known[name]

    # each letter

    def _give(self, batch: Batch, on_progress: Progress | None) -> Outcome:
        codebook = self._workspace.codebook()
        missing: list[str] = []

        def step(session: Session) -> bool:
            if session.holds(batch.name, undone_too=True):
                return True
            letter, there = session.place.key, session.review.findings
            living = {f"{letter}#{finding.id}" for finding in there}
            missing.extend(ref for ref in batch.findings if ref.startswith(f"{letter}#") and ref not in living)
            operations = [
                SetThemes(finding.id, (*finding.themes, batch.theme))
                for finding in _wanted(there, batch, letter)
                if batch.theme not in codebook.resolve_all(finding.themes)
            ]
            if operations:
                session.do_all(operations, batch=batch.name)
            return bool(operations)

        outcome = self._through(batch, State.GIVEN, step, on_progress)
        not_there = tuple(
            f"{ref} is not in the review by {self._reviewer}: it did not get the theme" for ref in missing
        )
        return replace(outcome, warnings=(*outcome.warnings, *not_there))

    def _take_back(self, batch: Batch, on_progress: Progress | None) -> Outcome:
        def step(session: Session) -> bool:
            if not session.holds(batch.name):
                return False
            session.undo_batch(batch.name)
            return True

        return self._through(batch, State.TAKEN_BACK, step, on_progress)

    def _through(
        self, batch: Batch, end: State, step: Callable[[Session], bool], on_progress: Progress | None
    ) -> Outcome:
        """Do a step in each letter, then note the end."""
        done: list[str] = []
        begun: list[str] = []
        left: list[Left] = []
        warnings: list[str] = []
        for number, letter in enumerate(batch.letters):
            if on_progress is not None:
                on_progress(number, len(batch.letters))
            try:
                session = Session.open(self._workspace, letter, self._reviewer)
                new = not session.review.operations
                if step(session):
                    done.append(letter)
                    begun += [letter] * new
                session.close()
            except NotSaved as error:
                warnings.append(str(error))
            except (*LETTER_ERRORS, NotWritten) as error:
                left.append((letter, str(error)))
        ended = at_state(batch, end, tuple(left))
        self._note(ended, left=left)
        return Outcome(ended, tuple(done), tuple(left), tuple(begun), (*self._file.warnings, *warnings))

    def _lacking(self, codebook: Codebook, batch: Batch, letter: str) -> bool:
        """Whether a finding of the batch in this letter lacks the theme; False too where the letter can't be read."""
        try:
            review = self._workspace.open(letter, self._reviewer).shown
        except LETTER_ERRORS:
            return False
        wanted = _wanted(review.findings, batch, letter)
        return any(batch.theme not in codebook.resolve_all(finding.themes) for finding in wanted)

    def _note(self, batch: Batch, **more: Any) -> None:
        at = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        line = {"batch": batch.name, "at": at, "do": batch.state.value, **more}
        self._file.append(lambda there: [line])


def _wanted(findings: Iterable[ReviewedFinding], batch: Batch, letter: str) -> Iterator[ReviewedFinding]:
    refs = set(batch.findings)
    return (finding for finding in findings if f"{letter}#{finding.id}" in refs)


def _usable(codebook: Codebook, theme: str) -> str:
    """The theme that a name stands for now. Raises Refused."""
    resolved = codebook.resolve(theme)
    found = codebook.themes.get(resolved)
    if found is None or found.archived:
        near = nearest(theme, (one.id for one in codebook.living))
        why = "is archived" if found else "is not in the codebook"
        raise Refused(f"{theme} {why}" + (f"; the nearest is {near}" if near else ""))
    return resolved
