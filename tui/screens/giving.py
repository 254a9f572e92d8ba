"""Steps over several letters at once, done in a thread: a theme for all of a group, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual.message import Message

from curation.codebook import CodebookError
from curation.giving import GroupThemes, Outcome
from curation.journal import NotWritten
from curation.matrix import facts_of
from curation.operations import Refused
from curation.review import Review
from curation.summary import Summary
from tui.context import Context
from tui.grouping import changed_letters, words_of
from tui.screens.naming import with_reviewer
from tui.screens.opening import OpeningScreen


class Stepped(Message):
    """A step over several letters was done, or not: then `outcome` is None. `changed` are its letters now."""

    def __init__(
        self, outcome: Outcome | None, words: str, changed: Sequence[tuple[Summary, Review | None]] = ()
    ) -> None:
        super().__init__()
        self.outcome, self.words, self.changed = outcome, words, changed


class GivingScreen(OpeningScreen):
    """What is decided is kept in the order it was done in, so that it can be taken back.

    Attributes:
        undo_steps: what takes back each thing that was done here, for whoever reviews.
        interrupted: words for a step of an earlier run that was not ended, "" if there is none.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.undo_steps: list[Callable[[str], object]] = []
        self.interrupted = ""

    def look(self) -> None:
        """Show what there is now: something was decided."""
        raise NotImplementedError

    def action_finish(self) -> None:
        """Go on with what was interrupted."""
        self.step(lambda giving: giving.finish(_first_interrupted(giving)))

    def action_undo(self) -> None:
        """The last thing done here; nothing done: the theme that was given last, before a restart too."""

        def undo(reviewer: str) -> None:
            if self.undo_steps and not self.interrupted:
                self.undo_steps.pop()(reviewer)
            else:
                self.step(lambda giving: giving.undo(), undoing=True)

        with_reviewer(self, undo)

    def step(self, step: Callable[[GroupThemes], Outcome], *, undoing: bool = False) -> None:
        """Do a step over several letters in a thread, once somebody has said who decides."""

        def work(reviewer: str) -> None:
            try:
                outcome = step(GroupThemes(self.context.workspace, reviewer))
            except (Refused, NotWritten, CodebookError, OSError) as error:
                self.post_message(Stepped(None, str(error)))
                return
            if not undoing:
                name = outcome.batch.name
                self.undo_steps.append(lambda by: self.step(lambda giving: giving.undo(name), undoing=True))
            changed = changed_letters(self.context, outcome.letters, reviewer)
            self.post_message(Stepped(outcome, words_of(outcome), changed))

        def begin(reviewer: str) -> None:
            self.run_worker(partial(work, reviewer), thread=True, group="giving")

        with_reviewer(self, begin)

    def on_stepped(self, event: Stepped) -> None:
        trouble = event.outcome is None or bool(event.outcome.left)
        self.tell(event.words, trouble=trouble)
        if event.outcome is not None:
            self._count_anew(event.changed)
            self.look()

    def _count_anew(self, changed: Sequence[tuple[Summary, Review | None]]) -> None:
        """The library, and what counts themes, have these letters as they are now."""
        self.context.shelf.put(summary for summary, _ in changed)
        for summary, review in changed:
            if review is not None and summary.key in self.context.facts:
                self.context.facts[summary.key] = facts_of(review)


def _first_interrupted(giving: GroupThemes) -> str:
    """Raises Refused."""
    for batch in giving.interrupted():
        return batch.name
    raise Refused("nothing was interrupted: there is nothing to finish")
