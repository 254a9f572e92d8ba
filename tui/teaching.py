"""What the suggestions for a letter have learnt from, kept until somebody decides something else about themes.

Agreed reviews teach where there are any, else everybody's; of the letter at hand only the reviewer's own decisions,
taken as they are made. Other people's reviews of that very letter don't: two reviewers are to judge for themselves.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from curation.codebook import Codebook
from curation.example import Example
from curation.review import Review
from curation.suggest import Suggester
from curation.workspace import Workspace, examples_of

Examples = tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class _Lesson:
    codebook: Codebook
    examples: Examples
    suggester: Suggester


class Teacher:
    """Suggesters for the letters on the desk. Answers from any thread."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = threading.Lock()
        self._others: dict[str, Examples] = {}
        self._lessons: dict[str, _Lesson] = {}

    def suggester(self, review: Review) -> Suggester:
        """One that has learnt from all other letters, and from what the reviewer decided about this one so far.

        Raises CodebookError, OSError.
        """
        codebook = self._workspace.codebook()
        with self._lock:
            letter = review.letter
            if letter not in self._others:
                self._others[letter] = self._workspace.accepted(leave_out=letter)
            examples = (*self._others[letter], *(examples_of(review) if review.reviewer else ()))
            known = self._lessons.get(letter)
            if known is None or known.codebook is not codebook or known.examples != examples:
                known = self._lessons[letter] = _Lesson(codebook, examples, Suggester(codebook, examples))
            return known.suggester

    def taught(self, letter: str) -> None:
        """Something was decided about themes in that letter: the others learn from it."""
        with self._lock:
            self._others = {key: examples for key, examples in self._others.items() if key == letter}

    def forget(self) -> None:
        """Letters are left: what is suggested next learns anew from what is on the disk."""
        with self._lock:
            self._others.clear()
            self._lessons.clear()
