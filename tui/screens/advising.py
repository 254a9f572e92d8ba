"""What threads find out about findings while one looks at them: suggested themes, alike findings elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from textual.message import Message
from textual.worker import get_current_worker

from curation.codebook import CodebookError
from curation.review import ReviewedFinding
from tui.context import Context, Landing
from tui.paint_info import Advice, Alike, Hint
from tui.screens.moving import MovingScreen
from tui.side import Side


class Hinted(Message):
    """Themes were suggested for findings of a letter."""

    def __init__(self, letter: str, found: Mapping[str, tuple[Hint, ...]]) -> None:
        super().__init__()
        self.letter, self.found = letter, found


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


class AdvisingScreen(MovingScreen):
    """Asks for advice on what has changed, and shows it when it comes."""

    def __init__(self, context: Context, sides: Sequence[Side], landing: Landing | None = None) -> None:
        super().__init__(context, sides, landing)
        self._advised: dict[tuple[str, str], ReviewedFinding] = {}

    def on_mount(self) -> None:
        self.call_after_refresh(self._advise_all)

    def _advise_all(self) -> None:
        for side in self.sides:
            self.advise(side)

    def advise(self, side: Side) -> None:
        """Look for suggestions and alike findings for what has changed."""
        stale = [f for f in side.review.findings if self._advised.get((side.key, f.id)) is not f]
        for finding in stale:
            self._advised[side.key, finding.id] = finding
        self.context.adviser.take(side.review)
        if stale:
            self.run_worker(partial(self._look, side.key, stale), thread=True, group="advice")

    def _look(self, letter: str, findings: Sequence[ReviewedFinding]) -> None:
        """In the thread."""
        worker, adviser, reviewer = get_current_worker(), self.context.adviser, self.context.reviewer
        try:
            self.post_message(Hinted(letter, adviser.hints(letter, findings)))
        except (CodebookError, OSError) as error:
            self.post_message(Hinted(letter, {finding.id: () for finding in findings}))
            self.post_message(Troubled(str(error)))
        self.post_message(Compared(letter, adviser.alike(letter, reviewer, findings, lambda: worker.is_cancelled)))

    def on_hinted(self, event: Hinted) -> None:
        for finding, hints in event.found.items():
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
