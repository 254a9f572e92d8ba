"""`recto doubts`: the queue of what is to check, as a list that serves as a check."""

from __future__ import annotations

import argparse
from pathlib import Path

from curation.doubting import to_check
from curation.nearest import nearest
from curation.operations import Refused
from curation.store import Unreadable
from curation.workspace import UnknownLetter, Workspace
from parsers.doubts import CODES
from parsers.jsonl import dumps
from parsers.letter import Doubt, Letter
from parsers.many import parse_many
from parsers.walk import letter_paths
from tui.commands import EXIT_FOUND, EXIT_USAGE
from tui.commands.browsing import Problems
from tui.commands.ending import UsageError
from tui.commands.reviewing import UNOPENED, NoReviewer, add_reviewer, reviewer_of
from tui.output import complain, emit
from tui.progress import progress

NAME = "doubts"
_DESCRIPTION = """\
List the places where the parser is not sure: the queue of the screen "To check". What a reviewer settled, or mended, is
left out. Whose review counts: the reviewer's, else the agreed one; without either, the letter as it was parsed. Exit
status 3 if there is anything to check.
"""
_AROUND = 30
"""Code points of the letter shown on each side of the place."""


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="what is still to check",
        description=_DESCRIPTION,
        epilog="example:\n  recto doubts letters/ --code page-join || echo 'look at these first'",
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="letters, or folders of letters")
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="default: text")
    parser.add_argument("--code", action="append", metavar="CODE", help="only doubts of this code; may be repeated")
    add_reviewer(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print each doubt on a line; the status says whether there were any."""
    try:
        reviewer = reviewer_of(args)
        codes = frozenset(_known(code) for code in args.code or CODES)
    except (NoReviewer, UnknownCode) as error:
        complain(str(error))
        return EXIT_USAGE
    problems = Problems()
    reviews = _Reviews(reviewer)
    paths = [found for path in args.paths for found in letter_paths(path, lambda p, why: problems.say(f"{p}: {why}"))]
    any_doubt = False
    for outcome in progress(parse_many(paths, _identity), len(paths), "Reading letters"):
        letter = outcome.value
        if letter is None:
            problems.say(outcome.error)
            continue
        try:
            doubts = reviews.open_doubts(letter, outcome.path)
        except (*UNOPENED, Unreadable, Refused, OSError) as error:
            problems.say(str(error))
            continue
        for doubt in doubts:
            if doubt.code in codes:
                any_doubt = True
                emit(_as_line(letter, doubt) if args.format == "jsonl" else _as_text(letter, doubt))
    return EXIT_FOUND if any_doubt else problems.status


class UnknownCode(UsageError):
    """No doubt has that code. `str()` says which was probably meant."""


def _known(code: str) -> str:
    if code not in CODES:
        raise UnknownCode(f"no code of a doubt {code}: is it {nearest(code, CODES)}?")
    return code


class _Reviews:
    """What is open of a letter's doubts, in the workspace that it belongs to."""

    def __init__(self, reviewer: str) -> None:
        self._reviewer = reviewer
        self._workspaces: dict[Path, Workspace] = {}

    def open_doubts(self, letter: Letter, path: Path) -> tuple[Doubt, ...]:
        """Raises as `Workspace.review` does."""
        workspace = self._workspaces.setdefault(path.parent, Workspace.find(path))
        try:
            key = workspace.key_of(path)
        except UnknownLetter:
            # No workspace can hold it: it has no review.
            return letter.doubts
        if not workspace.has_files(key):
            return letter.doubts
        return to_check(letter, workspace.review(key, self._reviewer or None)).doubts


def _identity(letter: Letter) -> Letter:
    return letter


def _as_line(letter: Letter, doubt: Doubt) -> str:
    return dumps(
        {
            "letter": letter.source.path,
            "doubt": doubt.key,
            "code": doubt.code,
            "message": doubt.message,
            "span": list(doubt.span),
            "finding": doubt.finding,
        }
    )


def _as_text(letter: Letter, doubt: Doubt) -> str:
    start, end = doubt.span
    before = " ".join(letter.text[max(0, start - _AROUND) : start].split())
    after = " ".join(letter.text[end : end + _AROUND].split())
    place = " ".join(letter.text[start:end].split())
    if len(place) > 2 * _AROUND:
        place = f"{place[:_AROUND]} ... {place[-_AROUND:]}"
    return f"{letter.source.path}:{start}: {doubt.code}: {doubt.message}\n    {before}[{place}]{after}"
