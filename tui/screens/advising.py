"""What threads find out about findings while one looks at them: suggested themes, alike findings elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from textual.message import Message
from textual.worker import get_current_worker

from curation.codebook import CodebookError
from curation.review import Review, ReviewedFinding
from tui.context import Context, Landing
from tui.errands import Errands
from tui.paint_alike import Alike
from tui.paint_info import Advice, Hint
from tui.screens.checking import CheckingScreen
from tui.side import Side


class Hinted(Message):
    """Themes were suggested for findings of a letter, in answer to the question with that number."""

    def __init__(self, letter: str, found: Mapping[str, tuple[Hint, ...]], asked: int) -> None:
        super().__init__()
        self.letter, self.found, self.asked = letter, found, asked


class Compared(Message):
    """Alike findings were found for findings of a letter."""

    def __init__(self, letter: str, found: Mapping[str, tuple[Alike, ...]]) -> None:
        super().__init__()
        self.letter, self.found = letter, found


class Troubled(Message):
    """Something that is needed for advice can't be read."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class Lesson(NamedTuple):
    """What the suggestions learn from a finding."""

    finding: str
    text: str
    themes: tuple[str, ...]
    refused: tuple[str, ...]


class AdvisingScreen(CheckingScreen):
    """Asks for advice on what has changed, and shows it when it comes."""

    def __init__(self, context: Context, sides: Sequence[Side], landing: Landing | None = None) -> None:
        super().__init__(context, sides, landing)
        self._advised: dict[tuple[str, str], ReviewedFinding] = {}
        self._lessons: dict[str, frozenset[Lesson]] = {}
        self._asked = 0
        self._hinted: dict[tuple[str, str], int] = {}
        self._comparing = Errands(partial(self.run_worker, thread=True, group="advice"))
        self._hinting = Errands(partial(self.run_worker, thread=True, group="hints"))

    def on_mount(self) -> None:
        self.call_after_refresh(self._advise_all)

    def _advise_all(self) -> None:
        self.check_codebook()
        for side in self.sides:
            self.advise(side)

    def advise(self, side: Side) -> None:
        """Look for suggestions and alike findings for what has changed.

        What was decided about themes teaches: then all findings on the desk get their suggestions anew.
        """
        review = side.review
        stale = [f for f in review.findings if self._advised.get((side.key, f.id)) is not f]
        for finding in stale:
            self._advised[side.key, finding.id] = finding
        self.context.adviser.take(review)
        if stale:
            self._comparing.put(partial(self._compare, side.key, stale))
        lessons = frozenset(Lesson(f.id, f.text, f.themes, f.refused) for f in review.findings if f.themes or f.refused)
        if self._lessons.setdefault(side.key, lessons) == lessons:
            self._ask_for_hints(review, stale)
        else:
            self._lessons[side.key] = lessons
            self.context.adviser.teacher.taught(side.key)
            self._ask_anew()

    def compare_anew(self) -> None:
        """Alike findings for all findings on the desk: what was said of a pair may have changed them."""
        for side in self.sides:
            self._comparing.put(partial(self._compare, side.key, side.review.findings))

    def _ask_anew(self) -> None:
        """Suggestions for all findings on the desk."""
        for side in self.sides:
            self._ask_for_hints(side.review, side.review.findings)

    def _ask_for_hints(self, review: Review, findings: Sequence[ReviewedFinding]) -> None:
        if findings:
            self._asked += 1
            self._hinting.put(partial(self._hint, review, findings, self._asked))

    def check_codebook(self) -> None:
        """Where somebody changed the codebook, here or elsewhere: show themes and suggestions as they are now."""
        try:
            codebook = self.context.workspace.codebook()
        except (CodebookError, OSError):
            # Said with the suggestions, which can't be made either.
            return
        before, self.codebook = self.codebook, codebook
        if before is not None and before is not codebook:
            self._ask_anew()
            self.show_lines()

    def on_screen_resume(self) -> None:
        self.check_codebook()

    def on_unmount(self) -> None:
        self._comparing.drop()
        self._hinting.drop()

    def _hint(self, review: Review, findings: Sequence[ReviewedFinding], asked: int) -> None:
        """In the thread."""
        try:
            self.post_message(Hinted(review.letter, self.context.adviser.hints(review, findings), asked))
        except (CodebookError, OSError) as error:
            self.post_message(Hinted(review.letter, {finding.id: () for finding in findings}, asked))
            self.post_message(Troubled(str(error)))

    def _compare(self, letter: str, findings: Sequence[ReviewedFinding]) -> None:
        """In the thread."""
        worker, adviser, reviewer = get_current_worker(), self.context.adviser, self.context.reviewer
        try:
            found = adviser.alike(letter, reviewer, findings, lambda: worker.is_cancelled)
        except OSError as error:
            found = {finding.id: () for finding in findings}
            self.post_message(Troubled(str(error)))
        self.post_message(Compared(letter, found))

    def on_hinted(self, event: Hinted) -> None:
        for finding, hints in event.found.items():
            if self._hinted.get((event.letter, finding), 0) > event.asked:
                # The answer to a later question was faster.
                continue
            self._hinted[event.letter, finding] = event.asked
            known = self.advice.get((event.letter, finding), Advice())
            self.advice[event.letter, finding] = replace(known, hints=hints)
        self.show_lines()

    def on_compared(self, event: Compared) -> None:
        for finding, alike in event.found.items():
            known = self.advice.get((event.letter, finding), Advice())
            self.advice[event.letter, finding] = replace(known, alike=alike)
        self.show_lines()

    def on_troubled(self, event: Troubled) -> None:
        self.tell(event.why, trouble=True)
