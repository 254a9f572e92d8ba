"""The findings of a workspace as a corpus to search, kept in step with its files letter by letter."""

from __future__ import annotations

from curation.entries import entries
from curation.letters import LetterRef, Version
from curation.operations import Refused
from curation.similar import Corpus
from curation.store import Unreadable
from curation.workspace import UnknownLetter, Workspace
from parsers.unreadable import UnreadableLetterError

LETTER_ERRORS = (UnknownLetter, UnreadableLetterError, Unreadable, Refused, OSError)
"""What reading a letter or its review can raise; the message of each is a clear line."""


class WorkspaceCorpus:
    """As one reviewer sees it: their own reviews, else the agreed ones, else the parses.

    Attributes:
        corpus: the findings; safe to ask while letters are read.
    """

    def __init__(self, workspace: Workspace, reviewer: str = "") -> None:
        self.corpus = Corpus()
        self._workspace = workspace
        self._reviewer = reviewer
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
            review = self._workspace.review(key, self._reviewer or None)
        except LETTER_ERRORS:
            self.corpus.put(key, ())
            self._versions[key] = now
            raise
        self.corpus.put(key, entries(review))
        self._versions[key] = now

    def _now(self, key: str) -> tuple[Version, ...]:
        return self._workspace.versions(key, self._reviewer)
