"""Steps over several letters at once, done in a thread one after another: a theme for a group, and taking it back."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial

from textual.message import Message

from curation.codebook import CodebookError
from curation.facts import facts_of
from curation.giving import GroupThemes
from curation.group_batches import Batch
from curation.journal import NotWritten
from curation.operations import Refused
from curation.review import Review
from curation.summary import Summary
from parsers.display import visible
from tui.actions import key_of
from tui.choosing import Choice
from tui.context import Context
from tui.grouping import Did, Step, finishing, giving, taking_back
from tui.screens.naming import with_reviewer
from tui.screens.opening import OpeningScreen
from tui.wording import counted


class Going(Message):
    """A step goes on: it was done in so many letters."""

    def __init__(self, done: int, of: int) -> None:
        super().__init__()
        self.done, self.of = done, of


class Stepped(Message):
    """A step came to its end; `taken_back` is the name of what it was to take back, "" if it did something new."""

    def __init__(self, did: Did, taken_back: str = "") -> None:
        super().__init__()
        self.did, self.taken_back = did, taken_back


class GivingScreen(OpeningScreen):
    """What is decided is kept in the order it was done in, so that it can be taken back.

    Attributes:
        going: how far the step is that is being done, "" if none is.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.going = ""
        self._at_work = False
        self._waiting: deque[tuple[str, Step | None]] = deque()
        self._undo: dict[str, Step] = {}

    def look(self) -> None:
        """Show what there is now: something was decided."""
        raise NotImplementedError

    # deciding

    def give_theme(self, theme: str, refs: Sequence[str]) -> None:
        """A theme for these findings (`LETTER#ID`). Where that would begin reviews, ask before anything is done."""
        with_reviewer(self, lambda reviewer: self._give(theme, refs, reviewer))

    def _give(self, theme: str, refs: Sequence[str], reviewer: str) -> None:
        letters = {ref.rpartition("#")[0] for ref in refs}
        try:
            new = GroupThemes(self.context.workspace, reviewer).beginning(theme, refs)
        except (Refused, CodebookError, OSError) as error:
            self.tell(str(error), trouble=True)
            return
        if not new or self.context.begins_reviews:
            self.do(giving(theme, refs))
            return
        names = f"They would begin in {', '.join(map(visible, new))}."
        reviews = counted(len(new), "review")
        choices = [
            Choice("begin", f"begin {reviews} by {reviewer}, from the parse", detail=names),
            Choice("always", "begin, and don't ask again", aside="until Recto ends", detail=names),
        ]
        if known := len(letters) - len(new):
            there = f"only where {reviewer} has a review"
            choices.insert(1, Choice("leave", there, aside=counted(known, "letter"), detail=names))
        title = f"{theme}: no review by {reviewer} yet in {len(new)} of {counted(len(letters), 'letter')}"
        self.choose(
            title, choices, partial(self._begin, theme, refs, new), hint=f"{key_of('leave')} gives it to none of them"
        )

    def _begin(self, theme: str, refs: Sequence[str], new: Sequence[str], answer: str) -> None:
        if answer == "always":
            self.context.begins_reviews = True
        self.do(giving(theme, refs, leave_out=new if answer == "leave" else ()))

    def action_finish(self) -> None:
        """Go on with what was interrupted."""
        self.do(finishing())

    def action_undo(self) -> None:
        """The last thing done here; nothing done: the theme that was given last, before a restart too.

        What could not be taken back, or not in all letters, stays the next to be taken back.
        """
        with_reviewer(self, lambda reviewer: self._queue(reviewer, None))

    def do(self, step: Step) -> None:
        """Do a step in a thread, after those that were begun before it, once somebody has said who decides."""
        with_reviewer(self, lambda reviewer: self._queue(reviewer, step))

    def interrupted(self, batch: Batch) -> None:
        """A step was begun, in this run or in an earlier one, and not ended: say what can be done with it."""
        # What is known already has its place among the things done here.
        self._undo.setdefault(batch.name, taking_back(batch.name))
        words = f"{batch.theme} in {counted(len(batch.letters), 'letter')} was interrupted: {key_of('finish')} goes on"
        if next(reversed(self._undo)) == batch.name:
            words += f", {key_of('undo')} takes it back"
        self.tell(words, trouble=True)

    @property
    def undo_depth(self) -> int:
        """How many things that were done here can be taken back."""
        return len(self._undo)

    # one step after another

    def _queue(self, reviewer: str, step: Step | None) -> None:
        """`None` takes back what was done last when its turn comes: keys come faster than letters are written."""
        self._waiting.append((reviewer, step))
        self._next()

    def _next(self) -> None:
        if self._at_work or not self._waiting:
            return
        self._at_work = True
        reviewer, step = self._waiting.popleft()
        name = ""
        if step is None:
            name = next(reversed(self._undo), "")
            step = self._undo[name] if name else taking_back()
        self.run_worker(partial(self._work, reviewer, step, name), thread=True, group="giving")

    def _work(self, reviewer: str, step: Step, taken_back: str) -> None:
        """In the thread."""

        def watch(done: int, of: int) -> None:
            self.post_message(Going(done, of))

        try:
            did = step(self.context, reviewer, watch)
        except (Refused, NotWritten, CodebookError, OSError) as error:
            did = Did(str(error), whole=False)
        self.post_message(Stepped(did, taken_back))

    def on_going(self, event: Going) -> None:
        self.going = f"letter {event.done + 1}/{event.of}"
        self.settle()

    def on_stepped(self, event: Stepped) -> None:
        did, self.going, self._at_work = event.did, "", False
        words = did.words
        if did.whole:
            self._undo.pop(event.taken_back, None)
        elif event.taken_back:
            words += f"; {key_of('undo')} tries again"
        for name, step in did.undo.items():
            self._undo.pop(name, None)
            self._undo[name] = step
        self.tell(words, trouble=not did.whole)
        self._count_anew(did.changed)
        if did.looks:
            self.look()
        self._next()

    def action_back(self) -> None:
        """Back, once all is written: the screen below is to show it."""
        if self._at_work:
            self.tell("One moment: the last step is still being written.")
        else:
            super().action_back()

    def _count_anew(self, changed: Sequence[tuple[Summary, Review | None]]) -> None:
        """The library, and what counts themes, have these letters as they are now."""
        self.context.shelf.put(summary for summary, _ in changed)
        for summary, review in changed:
            if review is not None and summary.key in self.context.facts:
                self.context.facts[summary.key] = facts_of(review)
