"""The findings of a workspace as a corpus to search, kept in step with its files letter by letter."""

from __future__ import annotations

from curation.entries import entries_of
from curation.letters import LetterRef, Version
from curation.readings import Readings
from curation.similar import Corpus
from curation.workspace import LETTER_ERRORS, Workspace


class WorkspaceCorpus:
    """As one reviewer sees it: their own reviews, else the agreed ones, else the parses.

    Attributes:
        corpus: the findings; safe to ask while letters are read.
    """

    def __init__(self, workspace: Workspace, reviewer: str = "") -> None:
        self.corpus = Corpus()
        self._workspace = workspace
        self._reviewer = reviewer
        self._readings = Readings(workspace, reviewer)
        self._versions: dict[str, tuple[Version, ...]] = {}

    def stale(self) -> tuple[LetterRef, ...]:
        """The letters whose files are others than when they were read; those that are gone are taken out at once."""
        refs = self._workspace.letters()
        for key in self._versions.keys() - {ref.key for ref in refs}:
            del self._versions[key]
            self.corpus.put(key, ())
        return tuple(ref for ref in refs if self._versions.get(ref.key) != self._now(ref.key))

    def read(self, key: str) -> None:
        """Read a letter and its review anew. Raises `LETTER_ERRORS`; what can't be read has no findings here."""
        now = self._now(key)
        try:
            facts = self._readings.facts(key)
        except LETTER_ERRORS:
            self.corpus.put(key, ())
            self._versions[key] = now
            raise
        self.corpus.put(key, entries_of(facts))
        self._versions[key] = now

    def keep(self) -> None:
        """Keep what was read of the letters for the next run, once all were; letters that change later are not kept."""
        self._readings.keep(all_read=True)
        self._readings.close()

    def _now(self, key: str) -> tuple[Version, ...]:
        return self._workspace.versions(key, self._reviewer)
