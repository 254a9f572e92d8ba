"""A line about each letter for the library: takes time, so it is done in a thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from sys import intern

from curation.about import authority, letter_date
from curation.doubting import ToCheck, to_check
from curation.review import Review
from curation.summary import Summary
from curation.workspace import LetterRef, Workspace
from tui.side import OPENING_ERRORS
from tui.wording import council


def summarise(workspace: Workspace, ref: LetterRef, reviewer: str) -> tuple[Summary, Review | None]:
    """A row for one letter, and the state that opening it would show: the reviewer's own, begun or not.

    Without a reviewer it is the agreed one, else the parse.
    """
    try:
        letter = workspace.read(ref.key)
        names = workspace.reviewers(ref.key)
        if not reviewer:
            agreed = workspace.agreed(ref.key)
            review = agreed.review if agreed else workspace.review(ref.key)
            summary = summary_of(review, to_check(letter, review), names)
            return replace(summary, state="changed") if agreed and agreed.changed else summary, review
        opened = workspace.open(ref.key, reviewer)
        summary = summary_of(opened.shown, to_check(letter, opened.shown), names)
        if not opened.exists and workspace.curated_path(ref.key).is_file():
            summary = replace(summary, state="agreed")
        if opened.changed:
            summary = replace(summary, state="changed")
        return summary, opened.shown
    except OPENING_ERRORS as error:
        return Summary(ref.key, ref.key, trouble=str(error), read=True), None


def summary_of(review: Review, open_doubts: ToCheck, reviewers: Iterable[str] = ()) -> Summary:
    """A row for a review as it is; `reviewers` are those who have one of the letter."""
    begun = bool(review.operations)
    own = review.reviewer if begun else ""
    return Summary(
        key=review.letter,
        name=authority(review),
        council=council(review),
        date=letter_date(review),
        profile=intern(review.source.profile),
        counts=dict(Counter(intern(f.category) for f in review.findings)),
        seen=sum(f.seen for f in review.findings),
        checks=tuple(intern(doubt.code) for doubt in open_doubts.doubts),
        themes=tuple(dict.fromkeys(intern(theme) for f in review.findings for theme in f.themes)),
        questions=sum(bool(f.question) for f in review.findings),
        state=review.state if begun or review.state != "open" else "",
        reviewer=own,
        reviewers=tuple(sorted({*reviewers, own} - {""})),
        updated=review.updated if begun else None,
        read=True,
    )


def first_words(refs: Iterable[LetterRef]) -> tuple[Summary, ...]:
    """Rows for letters that were not read yet: their names alone."""
    return tuple(Summary(ref.key, ref.key) for ref in refs)
