"""`recto show`: the state of a review, for people or for other programs."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator

from curation.codebook import Codebook, CodebookError
from curation.review import Review, ReviewedFinding
from curation.schema import for_show
from parsers.jsonl import dumps
from parsers.profile import category_table
from tui.commands import EXIT_DONE, EXIT_REFUSED
from tui.commands.ending import ending
from tui.commands.reviewing import add_letter, add_reviewer, letter_of, reviewer_of
from tui.output import complain, emit
from tui.wording import counted, metadata_rows, when

NAME = "show"
_WIDTH = 100


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="the state of a review",
        description="Show a review. Nobody named: yours by the settings, else the agreed one, else the parse.",
        epilog="example:\n  recto show eastmarch --reviewer ab --format json",
    )
    add_letter(parser)
    add_reviewer(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.set_defaults(run=run)


@ending
def run(args: argparse.Namespace) -> int:
    """Print the review; the status is 1 if the letter or the review can't be read."""
    review, trouble = _review(args)
    if args.format == "json":
        emit(dumps(for_show(review), indent=1))
    else:
        emit("\n".join(_lines(review, _codebook(args))))
    if trouble:
        complain(trouble)
    return EXIT_REFUSED if trouble else EXIT_DONE


def _review(args: argparse.Namespace) -> tuple[Review, str]:
    """The review to show, and what keeps it from being written."""
    reviewer = reviewer_of(args)
    workspace, key = letter_of(args)
    opened = workspace.open(key, reviewer) if reviewer else None
    if opened is None or (not opened.exists and args.reviewer is None):
        agreed = workspace.agreed(key)
        return (agreed.review, agreed.changed) if agreed else (workspace.review(key), "")
    for warning in opened.warnings:
        complain(warning)
    return opened.shown, opened.read_only or opened.changed


def _codebook(args: argparse.Namespace) -> Codebook:
    """The workspace's codebook, an empty one where it can't be read: then themes are shown as they were written."""
    try:
        return letter_of(args)[0].codebook()
    except CodebookError:
        return Codebook(0, (), {})


def _lines(review: Review, codebook: Codebook) -> Iterator[str]:
    who = f"reviewed by {review.reviewer}" if review.reviewer else "not reviewed"
    done = counted(review.operations, "operation")
    saved = f", {done}, saved {when(review.updated)}" if review.updated else ""
    yield f"{review.letter}: {who}, {review.state}{saved}"
    if review.note:
        yield from _wrapped("  note      ", review.note)
    for _, label, words in metadata_rows(review.metadata):
        yield from _wrapped(f"  {label:<12}", words)
    yield from _findings(review, codebook)
    tray = review.tray()
    if tray:
        yield f"  COULDN'T BE PLACED ({len(tray)})"
    for unplaced in tray:
        place = f"perhaps at {unplaced.proposed[0].start}" if unplaced.proposed else "nothing like it in the letter"
        yield from _wrapped(f"    {unplaced.finding.id}  ", f"{unplaced.finding.text} ({place})")
    if review.removed:
        yield f"  REMOVED ({len(review.removed)})"
    for removed in review.removed:
        yield from _wrapped(f"    {removed.reason} {removed.finding.id}  ", removed.finding.text)


def _findings(review: Review, codebook: Codebook) -> Iterator[str]:
    table = category_table(review.source.profile or None)
    before = None
    for finding in review.findings:
        category = table.get(finding.category)
        if finding.category != before:
            before = finding.category
            number = sum(f.category == before for f in review.findings)
            yield f"  {(category.label if category else before).upper()} ({number})"
        tag = category.tag if category else "??"
        yield from _finding(tag, finding, codebook)


def _finding(tag: str, finding: ReviewedFinding, codebook: Codebook) -> Iterator[str]:
    seen = "+" if finding.seen else " "
    lead = f"    {tag} {seen} {finding.id}  "
    yield from _wrapped(lead, finding.text)
    for label, words in (
        ("themes", ", ".join(codebook.resolve_all(finding.themes))),
        ("note", finding.note),
        ("question", finding.question),
    ):
        if words:
            yield from _wrapped(" " * len(lead) + f"{label}: ", words)


def _wrapped(lead: str, words: str) -> Iterator[str]:
    folded = " ".join(words.split())
    yield from textwrap.wrap(folded, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead)) or [lead]
