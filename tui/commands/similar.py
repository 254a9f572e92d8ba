"""`recto similar`: the findings of other letters that say much the same."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from curation.nearest import nearest
from curation.operations import Refused
from curation.similar import CANDIDATES, Corpus, Entry, Match
from curation.store import Unreadable
from curation.workspace import UnknownLetter, Workspace
from parsers.jsonl import dumps
from parsers.profile import shipped
from tui.commands import EXIT_REFUSED, EXIT_USAGE
from tui.commands.browsing import Problems, positive, reviews_of
from tui.commands.reviewing import UNOPENED, NoReviewer, add_reviewer, reviewer_of
from tui.output import complain, emit
from tui.wording import authority

NAME = "similar"
_WIDTH = 100


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="findings that say much the same",
        description=(
            "List the findings of a workspace that are most like a text, or like a finding of another letter. The "
            "score is 0-100: from 45 on a pair is close, below 35 it hardly is alike. Look at the category: the same "
            "may be a strength here and a weakness there."
        ),
        epilog='example:\n  recto similar --text "Case records are not kept up to date." letters/',
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--text", metavar="T", help="like this text")
    asked.add_argument("--finding", metavar="LETTER#ID", help="like this finding, in other letters")
    parser.add_argument("path", nargs="?", type=Path, default=Path(), metavar="PATH", help="the workspace (default: .)")
    parser.add_argument("--top", type=_top, default=10, metavar="N", help=f"at most {CANDIDATES} (default: 10)")
    parser.add_argument("--category", metavar="C", help="findings of this category alone, such as area_for_development")
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="default: text")
    add_reviewer(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the most alike findings; the status is 1 if the finding is unknown or a letter could not be read."""
    problems = Problems()
    try:
        reviewer = reviewer_of(args)
        workspace = Workspace.find(args.path)
        text, letter = _asked(args, workspace, reviewer)
        entries = list(_entries(workspace, reviewer, problems))
        if complaint := _unknown_category(args.category, entries):
            complain(complaint)
            return EXIT_USAGE
    except NoReviewer as error:
        complain(str(error))
        return EXIT_USAGE
    except (*UNOPENED, Unreadable, Refused, OSError) as error:
        complain(str(error))
        return EXIT_REFUSED
    for match in Corpus(entries).similar(text, leave_out_letter=letter, category=args.category, top=args.top):
        emit(_as_line(match) if args.format == "jsonl" else "\n".join(_as_text(match)))
    return problems.status


def _asked(args: argparse.Namespace, workspace: Workspace, reviewer: str) -> tuple[str, str | None]:
    """The text that is asked for, and the letter it stands in. Raises UnknownLetter for a finding that isn't there."""
    if args.finding is None:
        return args.text, None
    name, _, finding_id = args.finding.rpartition("#")
    if not name:
        raise UnknownLetter(f"{args.finding}: write LETTER#ID, such as 2010/eastmarch#f-3k9qz2")
    review = workspace.review(workspace.resolve(name), reviewer or None)
    finding = review.find(finding_id)
    if finding is None:
        near = nearest(finding_id, (f.id for f in review.findings))
        raise UnknownLetter(
            f"no finding {finding_id} in {review.letter}" + (f"; the nearest id is {near}" if near else "")
        )
    return finding.text, review.letter


def _entries(workspace: Workspace, reviewer: str, problems: Problems) -> Iterator[Entry]:
    refs = workspace.letters()
    for _, review in reviews_of([(workspace, ref.key) for ref in refs], reviewer, problems):
        for finding in review.findings:
            yield Entry(review.letter, authority(review), finding.id, finding.category, finding.text)


def _unknown_category(category: str | None, entries: Iterable[Entry]) -> str:
    """What is wrong with the category asked for, "" if nothing is."""
    known = {c.id for profile in shipped() for c in profile.categories} | {entry.category for entry in entries}
    if category is None or category in known:
        return ""
    return f"no category {category}; there are {', '.join(sorted(known))}"


def _as_line(match: Match) -> str:
    entry = match.entry
    return dumps(
        {
            "letter": entry.letter,
            "authority": entry.authority,
            "finding": entry.finding,
            "category": entry.category,
            "score": round(match.score, 1),
            "text": entry.text,
        }
    )


def _as_text(match: Match) -> Iterator[str]:
    entry = match.entry
    yield f"{match.score:>3.0f} {entry.authority}: {entry.category} ({entry.letter}#{entry.finding})"
    yield from textwrap.wrap(entry.text, _WIDTH, initial_indent="    ", subsequent_indent="    ")


def _top(value: str) -> int:
    number = positive(value)
    if number > CANDIDATES:
        raise argparse.ArgumentTypeError(f"at most {CANDIDATES}")
    return number
