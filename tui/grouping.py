"""What the groups screen asks of threads: the groups with their themes, and steps that change several letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from curation.codebook import CodebookError
from curation.giving import Batch, GroupThemes, Outcome, State
from curation.groups import groups
from curation.letters import LetterRef
from curation.pairs import NOTHING
from curation.summary import Summary
from tui.context import Context
from tui.loading import summarise
from tui.paint_groups import Grouped
from tui.side import OPENING_ERRORS
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
    except OPENING_ERRORS:
        return None


def interrupted(context: Context) -> Batch | None:
    """The first theme whose giving or taking back was interrupted. Raises OSError."""
    if not context.reviewer:
        return None
    return next(iter(GroupThemes(context.workspace, context.reviewer).interrupted()), None)


def changed_letters(context: Context, letters: Sequence[str], reviewer: str) -> list[tuple[Summary, Review | None]]:
    """Letters that were changed, as the library's rows and as they are now; what gives advice hears of it too."""
    changed = []
    for key in letters:
        context.adviser.teacher.taught(key)
        summary, review = summarise(context.workspace, LetterRef(key, context.workspace.path(key)), reviewer)
        if review is not None:
            context.adviser.take(review)
        changed.append((summary, review))
    return changed


def words_of(outcome: Outcome) -> str:
    """What came of a step, for the status line."""
    batch = outcome.batch
    done = "given in" if batch.state is State.GIVEN else "taken back in"
    words = f"{batch.theme} {done} {counted(len(outcome.letters), 'letter')}"
    if outcome.begun:
        words += f"; your own review begins in {len(outcome.begun)} of them, from the parse"
    if outcome.left:
        letter, why = outcome.left[0]
        more = f", and {len(outcome.left) - 1} more" if len(outcome.left) > 1 else ""
        words += f"; left as it is: {letter} ({why}){more}"
        if batch.state is State.TAKEN_BACK:
            words += f"; `recto groups undo --batch {batch.name}` tries again"
    return " ".join((words, *outcome.warnings))
