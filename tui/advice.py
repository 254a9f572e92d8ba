"""Theme suggestions and alike findings for the findings of a letter, made in a thread.

What it stands on (rapidfuzz, the word tables, all letters of the workspace) is loaded at the first call, after the
first frame is on the screen.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from curation.review import Review, ReviewedFinding
from curation.workspace import Workspace
from tui.paint_info import Alike, Hint
from tui.wording import authority

if TYPE_CHECKING:
    from curation.similar import Corpus
    from curation.suggest import Suggester

ALIKE = 10
HINTS = 3
_PATIENCE = 0.2
"""Seconds between two looks whether somebody still waits for an answer."""


class Adviser:
    """Answers from any thread.

    The library's thread gives it each review that it reads (`take`); alike findings are looked for once all are read.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = threading.Lock()
        self._findings: list[tuple[str, str, str, str, str]] = []
        self._all_read = threading.Event()
        self._corpus: Corpus | None = None
        self._suggesters: dict[str, Suggester] = {}

    def take(self, review: Review) -> None:
        """One more letter was read. Only the words of its findings are kept."""
        if not self._all_read.is_set():
            name = authority(review)
            self._findings += [(review.letter, name, f.id, f.category, f.text) for f in review.findings]

    def all_taken(self) -> None:
        """There are no more letters to come."""
        self._all_read.set()

    def hints(self, letter: str, findings: Iterable[ReviewedFinding]) -> Mapping[str, tuple[Hint, ...]]:
        """For each finding of a letter the themes that come nearest; its own themes and refused ones left out.

        What was accepted in the letter itself doesn't count: a suggestion would only repeat it. Raises CodebookError.
        """
        with self._lock:
            suggester = self._suggester(letter)
        return {
            finding.id: tuple(
                Hint(s.theme, s.score, s.sure, s.because)
                for s in suggester.suggest(finding.text, refused=(*finding.refused, *finding.themes), top=HINTS)
            )
            for finding in findings
        }

    def alike(
        self, letter: str, findings: Iterable[ReviewedFinding], stop: Callable[[], bool]
    ) -> Mapping[str, tuple[Alike, ...]]:
        """For each finding of a letter the most alike ones in other letters. Waits until all letters are read.

        `stop` is asked now and then; once it says so, what was found so far is returned.
        """
        while not self._all_read.wait(_PATIENCE):
            if stop():
                return {}
        with self._lock:
            corpus = self._corpus = self._corpus or self._compared()
        return {
            finding.id: tuple(
                Alike(m.entry.letter, m.entry.authority, m.entry.finding, m.entry.category, m.entry.text, m.score)
                for m in corpus.similar(finding.text, leave_out_letter=letter, top=ALIKE)
            )
            for finding in findings
            if not stop()
        }

    def forget(self) -> None:
        """A letter is left: suggestions for others learn from what was accepted in it."""
        with self._lock:
            self._suggesters.clear()

    def _suggester(self, letter: str) -> Suggester:
        from curation.suggest import Suggester

        known = self._suggesters.get(letter)
        if known is None:
            known = Suggester(self._workspace.codebook(), self._workspace.accepted(leave_out=letter))
            self._suggesters[letter] = known
        return known

    def _compared(self) -> Corpus:
        """The findings of all letters, to be searched."""
        from curation.similar import Corpus, Entry

        findings, self._findings = self._findings, []
        return Corpus(Entry(*finding) for finding in findings)
