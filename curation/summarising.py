"""A line about each letter for lists of them: takes time, so screens do it in a thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from sys import intern

from curation.about import authority, council, letter_date
from curation.doubting import ToCheck, to_check
from curation.review import Review
from curation.summary import Summary
from curation.workspace import LETTER_ERRORS, LetterRef, Workspace
from parsers.unreadable import UnreadableLetterError


def summarise(workspace: Workspace, key: str, reviewer: str) -> tuple[Summary, Review | None]:
    """A row for one letter, and the state that opening it would show; the row says it where it can't be read."""
    try:
        return seen_by(workspace, key, reviewer)
    except LETTER_ERRORS as error:
        return unreadable(key, error), None


def unreadable(key: str, error: Exception) -> Summary:
    """The row of a letter that can't be read."""
    return Summary(key, key, trouble=why_not(error), read=True)


def why_not(error: Exception) -> str:
    """Why a letter can't be read, in words beside its name: they don't name its file once more."""
    return error.why if isinstance(error, UnreadableLetterError) else str(error)


def seen_by(workspace: Workspace, key: str, reviewer: str) -> tuple[Summary, Review]:
    """A row for one letter, and the state that opening it would show: the reviewer's own, begun or not.

    Without a reviewer it is the agreed one, else the parse. Raises one of `workspace.LETTER_ERRORS`.
    """
    letter = workspace.read(key)
    names = workspace.reviewers(key)
    if not reviewer:
        agreed = workspace.agreed(key)
        review = agreed.review if agreed else workspace.review(key)
        summary = summary_of(review, to_check(letter, review), names)
        return replace(summary, state="changed") if agreed and agreed.changed else summary, review
    opened = workspace.open(key, reviewer)
    summary = summary_of(opened.shown, to_check(letter, opened.shown), names)
    if not opened.exists and workspace.curated_path(key).is_file():
        summary = replace(summary, state="agreed")
    if opened.changed:
        summary = replace(summary, state="changed")
    return summary, opened.shown


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
