"""A line about each letter for the library: takes time, so it is done in a thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from curation.review import Review
from curation.workspace import LetterRef, Workspace
from tui.doubting import to_check
from tui.side import OPENING_ERRORS
from tui.summary import Summary
from tui.wording import authority, letter_date


def summarise(workspace: Workspace, ref: LetterRef, reviewer: str) -> tuple[Summary, Review | None]:
    """A row for one letter, and the state that opening it would show: the reviewer's own, begun or not.

    Without a reviewer it is the agreed one, else the parse.
    """
    try:
        letter = workspace.read(ref.key)
        if not reviewer:
            review = workspace.review(ref.key)
            return summary_of(review, to_check(letter, review).count), review
        opened = workspace.open(ref.key, reviewer)
        summary = summary_of(opened.shown, to_check(letter, opened.shown).count)
        if not opened.exists and workspace.curated_path(ref.key).is_file():
            summary = replace(summary, state="agreed")
        return summary, opened.shown
    except OPENING_ERRORS as error:
        return Summary(ref.key, ref.key, trouble=str(error)), None


def summary_of(review: Review, doubts: int) -> Summary:
    """A row for a review as it is."""
    begun = bool(review.operations)
    return Summary(
        key=review.letter,
        name=authority(review),
        date=letter_date(review),
        profile=review.source.profile,
        counts=Counter(f.category for f in review.findings),
        seen=sum(f.seen for f in review.findings),
        to_check=doubts,
        state=review.state if begun or review.state != "open" else "",
        reviewer=review.reviewer if begun else "",
        updated=review.updated if begun else None,
    )


def first_words(refs: Iterable[LetterRef]) -> tuple[Summary, ...]:
    """Rows for letters that were not read yet: their names alone."""
    return tuple(Summary(ref.key, ref.key) for ref in refs)
