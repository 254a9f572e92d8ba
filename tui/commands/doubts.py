"""`recto doubts`: the places where the parser is not sure, as a list that serves as a check."""

from __future__ import annotations

import argparse
from pathlib import Path

from parsers.jsonl import dumps
from parsers.letter import Doubt, Letter
from parsers.many import parse_many
from parsers.walk import letter_paths
from tui.commands import EXIT_DONE, EXIT_FOUND, EXIT_REFUSED
from tui.output import complain, emit
from tui.progress import progress

NAME = "doubts"
_AROUND = 30
"""Code points of the letter shown on each side of the place."""


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="where the parser is not sure",
        description="List the places where the parser is not sure. Exit status 3 if there are any.",
        epilog="example:\n  recto doubts letters/ || echo 'look at these first'",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="letters, or folders of letters")
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="default: text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print each doubt on a line; the status says whether there were any."""
    failed: list[str] = []

    def problem(path: Path, why: str) -> None:
        failed.append(str(path))
        complain(f"{path}: {why}")

    paths = [found for path in args.paths for found in letter_paths(path, problem)]
    any_doubt = False
    for outcome in progress(parse_many(paths, _identity), len(paths), "Reading letters"):
        if outcome.value is None:
            failed.append(str(outcome.path))
            complain(outcome.error)
            continue
        for doubt in outcome.value.doubts:
            any_doubt = True
            emit(_as_line(outcome.value, doubt) if args.format == "jsonl" else _as_text(outcome.value, doubt))
    if any_doubt:
        return EXIT_FOUND
    return EXIT_REFUSED if failed else EXIT_DONE


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
