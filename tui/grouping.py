"""What the groups screen asks of threads: the groups with their themes, and steps that change several letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curation.codebook import CodebookError
from curation.giving import GroupThemes, Outcome, Progress
from curation.group_batches import Batch, State
from curation.groups import groups
from curation.operations import Refused
from curation.pairs import NOTHING
from curation.summarising import summarise
from curation.summary import Summary
from curation.workspace import LETTER_ERRORS
from tui.context import Context
from tui.paint_groups import Grouped
from tui.wording import counted

if TYPE_CHECKING:
    from curation.review import Review


class Ended(Exception):
    """Nobody waits for the answer any more."""


def gathered(
    context: Context,
    threshold: float,
    category: str | None,
    stop: Callable[[], bool],
    on_progress: Callable[[int, int], None],
) -> tuple[Grouped, ...]:
    """The groups of the workspace as the reviewer judged pairs, with the themes of their findings.

    Waits until all letters are read. Raises Ended once `stop` says so, OSError if the judgements can't be read.
    """
    corpus = context.adviser.corpus(stop)
    if corpus is None:
        raise Ended
    judged = context.adviser.pairs(context.reviewer).judged() if context.reviewer else NOTHING

    def watch(done: int, of: int) -> None:
        if stop():
            raise Ended
        on_progress(done, of)

    found = groups(corpus, judged, threshold=threshold, category=category, on_progress=watch)
    reviews: dict[str, Review | None] = {}
    made = []
    for group in found:
        themes = {}
        for entry in group.entries:
            if stop():
                raise Ended
            if entry.letter not in reviews:
                reviews[entry.letter] = _review(context, entry.letter)
            review = reviews[entry.letter]
            finding = review.find(entry.finding) if review else None
            themes[entry.ref] = _as_they_count(context, finding.themes) if finding else ()
        made.append(Grouped(group, themes))
    return tuple(made)


def _as_they_count(context: Context, themes: tuple[str, ...]) -> tuple[str, ...]:
    """Themes that were merged count as what they were merged into; without a codebook, as they were written."""
    try:
        return context.workspace.codebook().resolve_all(themes)
    except (CodebookError, OSError):
        return themes


def _review(context: Context, letter: str) -> Review | None:
    """None where it can't be read any more, which opening it says."""
    try:
        return context.workspace.review(letter, context.reviewer or None)
    except LETTER_ERRORS:
        return None


def interrupted(context: Context) -> Batch | None:
    """The first theme whose giving or taking back was interrupted. Raises OSError."""
    if not context.reviewer:
        return None
    return next(iter(GroupThemes(context.workspace, context.reviewer).interrupted()), None)


@dataclass(frozen=True, slots=True)
class Did:
    """What came of a step.

    Attributes:
        words: for the status line.
        whole: False if something of it was not done.
        looks: the groups may be others now.
        changed: the letters that it changed: the library's row of each, and its review as it is now.
        undo: what takes it back, by the name of what was done.
    """

    words: str
    whole: bool = True
    looks: bool = False
    changed: tuple[tuple[Summary, Review | None], ...] = ()
    undo: Mapping[str, Step] = field(default_factory=dict)


Step = Callable[[Context, str, Progress], Did]
"""Something a reviewer does to several letters or pairs, in a thread. Raises Refused, NotWritten, CodebookError."""


def giving(theme: str, refs: Sequence[str], *, leave_out: Sequence[str] = ()) -> Step:
    """Give a theme to findings (`LETTER#ID`), but to those in the letters `leave_out`."""
    return _over_letters(lambda themes, watch: themes.give(theme, refs, watch, leave_out=leave_out))


def finishing() -> Step:
    """Go on with the first step that was interrupted."""

    def finish(themes: GroupThemes, watch: Progress) -> Outcome:
        for batch in themes.interrupted():
            return themes.finish(batch.name, watch)
        raise Refused("nothing was interrupted: there is nothing to finish")

    return _over_letters(finish)


def taking_back(batch: str | None = None) -> Step:
    """Take back a theme that was given to a group, by the name of its batch; by default the last one."""
    return _over_letters(lambda themes, watch: themes.undo(batch, watch))


def _over_letters(change: Callable[[GroupThemes, Progress], Outcome]) -> Step:
    def step(context: Context, reviewer: str, watch: Progress) -> Did:
        outcome = change(GroupThemes(context.workspace, reviewer), watch)
        name = outcome.batch.name
        given = outcome.batch.state is State.GIVEN
        return Did(
            words_of(outcome),
            whole=not outcome.left,
            looks=True,
            changed=_changed(context, outcome.letters, reviewer),
            undo={name: taking_back(name)} if given else {},
        )

    return step


def leaving_out(pairs: Sequence[tuple[str, str]], back: str) -> Step:
    """Say of pairs of findings (`LETTER#ID`) that they are not the same; `back` is the key that takes it back."""

    def step(context: Context, reviewer: str, watch: Progress) -> Did:
        del watch
        batch = context.adviser.pairs(reviewer).judge(pairs, False)
        words = f"left out: not the same as the others; {back} takes it back"
        return Did(words, looks=True, undo={batch: _judging_no_more(batch)})

    return step


def _judging_no_more(batch: str) -> Step:
    def step(context: Context, reviewer: str, watch: Progress) -> Did:
        del watch
        context.adviser.pairs(reviewer).undo(batch)
        return Did("taken back: it may be in the group again", looks=True)

    return step


def _changed(context: Context, letters: Sequence[str], reviewer: str) -> tuple[tuple[Summary, Review | None], ...]:
    """Letters that were changed, as the library's rows and as they are now; what gives advice hears of it too."""
    changed = []
    for key in letters:
        context.adviser.teacher.taught(key)
        summary, review = summarise(context.workspace, key, reviewer)
        if review is not None:
            context.adviser.take(review)
        changed.append((summary, review))
    return tuple(changed)


def words_of(outcome: Outcome) -> str:
    """What came of a step, for the status line, which a narrow terminal cuts: what failed comes first."""
    batch = outcome.batch
    done = "given" if batch.state is State.GIVEN else "taken back"
    words = f"{batch.theme} {done} in {counted(len(outcome.letters), 'letter')}"
    if outcome.begun:
        words += f"; your own review begins in {len(outcome.begun)} of them, from the parse"
    if outcome.left:
        letter, why = outcome.left[0]
        more = f" and {len(outcome.left) - 1} more" if len(outcome.left) > 1 else ""
        words = f"not {done} in {letter}{more}: {why}; {words}"
    return " ".join((words, *outcome.warnings))
