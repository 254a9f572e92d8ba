"""Theme suggestions and alike findings for the findings of a letter, made in a thread.

What it stands on (rapidfuzz, the word tables, all letters of the workspace) is loaded at the first call, after the
first frame is on the screen.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from curation.entries import entries_of
from curation.facts import facts_of, packed, unpacked
from curation.review import Review, ReviewedFinding
from curation.workspace import Workspace
from tui.paint_alike import Alike, Beside
from tui.paint_info import Hint

if TYPE_CHECKING:
    from curation.common_words import Spans
    from curation.entry import Entry, Filter
    from curation.pairs import Pairs
    from curation.similar import Corpus
    from tui.teaching import Teacher

ALIKE = 30
"""So many are kept for each finding, to be narrowed in the list of alike findings."""
HINTS = 3
_PATIENCE = 0.2
"""Seconds between two looks whether somebody still waits for an answer."""


class Adviser:
    """Answers from any thread.

    The library's thread gives it each review that it reads, a review screen each one that was changed (`take`); alike
    findings are looked for once all are read.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = threading.Lock()
        self._taken: dict[str, bytes] = {}
        self._known: set[str] = set()
        self._gone: set[str] = set()
        self._all_read = threading.Event()
        self._corpus: Corpus | None = None
        self._pairs: dict[str, Pairs] = {}
        self._teacher: Teacher | None = None

    def take(self, review: Review) -> None:
        """A letter was read, or is another than before: its findings count from now on."""
        self.take_packed(review.letter, packed(facts_of(review)))

    def take_packed(self, letter: str, facts: bytes) -> None:
        """`take` for what is known of a letter already, as `facts.packed` gives it."""
        with self._lock:
            self._taken[letter] = facts

    def all_taken(self, letters: Iterable[str]) -> None:
        """These are all letters: there are no more to come, and what is known of others is gone."""
        with self._lock:
            self._gone |= self._known.difference(letters)
        self._all_read.set()

    def hints(self, review: Review, findings: Iterable[ReviewedFinding]) -> Mapping[str, tuple[Hint, ...]]:
        """For each finding of a review the themes that come nearest; its own themes and refused ones left out.

        What was decided so far counts, here and in all other letters (`tui.teaching`). Raises CodebookError, OSError.
        """
        suggester = self.teacher.suggester(review)
        return {
            finding.id: tuple(
                Hint(s.theme, s.score, s.sure, s.because)
                for s in suggester.suggest(finding.text, refused=(*finding.refused, *finding.themes), top=HINTS)
            )
            for finding in findings
        }

    @property
    def teacher(self) -> Teacher:
        """What suggestions learn from."""
        from tui.teaching import Teacher

        with self._lock:
            if self._teacher is None:
                self._teacher = Teacher(self._workspace)
            return self._teacher

    def alike(
        self, letter: str, reviewer: str, findings: Iterable[ReviewedFinding], stop: Callable[[], bool]
    ) -> Mapping[str, tuple[Alike, ...]]:
        """For each finding of a letter the most alike ones in other letters, as `reviewer` judged the pairs.

        Waits until all letters are read. `stop` is asked now and then; once it says so, what was found so far is
        returned. Raises OSError if the judgements can't be read.
        """
        corpus = self.corpus(stop)
        if corpus is None:
            return {}
        judged = self.pairs(reviewer).judged() if reviewer else None
        found = {}
        for finding in findings:
            if stop():
                break
            said = judged.of(f"{letter}#{finding.id}") if judged else {}
            matches = corpus.similar(finding.text, leave_out_letter=letter, judged=said, top=ALIKE)
            found[finding.id] = tuple(Alike(m.entry, m.score, m.same, m.opposed) for m in matches)
        return found

    def beside(
        self, ref: str, text: str, reviewer: str, wanted: Filter, stop: Callable[[], bool]
    ) -> tuple[Beside, ...]:
        """The findings most like one (`LETTER#ID` and its text), with the words in common; waits as `alike` does.

        Raises OSError if the judgements can't be read.
        """
        corpus = self.corpus(stop)
        if corpus is None:
            return ()
        judged = self.pairs(reviewer).judged().of(ref) if reviewer else {}
        matches = corpus.find(text, wanted, judged=judged, top=ALIKE)
        return tuple(
            Beside(Alike(m.entry, m.score, m.same, m.opposed), *corpus.common(text, m.entry.text)) for m in matches
        )

    def common(self, text: str, other: str) -> tuple[Spans, Spans]:
        """The words that two texts have in common, as spans in each; none before all letters are read."""
        with self._lock:
            corpus = self._corpus
        return corpus.common(text, other) if corpus else ((), ())

    def others(self, letter: str) -> tuple[Entry, ...]:
        """The findings of all letters but one, as far as they were read."""
        with self._lock:
            corpus = self._corpus
        return tuple(entry for entry in corpus.entries() if entry.letter != letter) if corpus else ()

    def corpus(self, stop: Callable[[], bool]) -> Corpus | None:
        """The findings of all letters, once all are read; None if `stop` said so before."""
        from curation.similar import Corpus

        while not self._all_read.wait(_PATIENCE):
            if stop():
                return None
        with self._lock:
            taken, self._taken = self._taken, {}
            gone, self._gone = self._gone - taken.keys(), set()
            if self._corpus is None:
                self._corpus = Corpus()
            found = {key: tuple(entries_of(unpacked(data))) for key, data in taken.items()}
            self._corpus.put_all(found | dict.fromkeys(gone, ()))
            self._known = (self._known | taken.keys()) - gone
            return self._corpus

    def pairs(self, reviewer: str) -> Pairs:
        """What a reviewer said of pairs. Raises Refused for a bad name."""
        from curation.pairs import Pairs

        with self._lock:
            return self._pairs.setdefault(reviewer, Pairs(self._workspace.root, reviewer))
