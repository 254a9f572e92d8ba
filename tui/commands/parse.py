"""`recto parse`: letters read into findings, metadata and doubts."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from parsers.jsonl import dumps, letter_json
from parsers.letter import Letter
from parsers.many import Outcome, parse_many
from parsers.profile import ProfileError
from parsers.walk import letter_paths
from tui.commands import EXIT_DONE, EXIT_REFUSED, EXIT_USAGE
from tui.output import OutputError, complain, emit, output_to
from tui.plain import letter_lines
from tui.progress import progress

NAME = "parse"
_ENOUGH_FOR_A_POOL = 200


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="read letters into findings, metadata and doubts",
        description="Read letters into findings, metadata and doubts. Folders are walked for .txt, .md and .pdf.",
        epilog="example:\n  recto parse letters/ --format jsonl --output parsed.jsonl",
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="letters, or folders of letters")
    parser.add_argument("--format", choices=("text", "json", "jsonl"), default="text", help="default: text")
    parser.add_argument("--profile", metavar="FILE", help="a letter family: a TOML file, or the id of a shipped one")
    parser.add_argument(
        "--jobs", type=_jobs, default=0, metavar="N", help="processes (default: all cores for many letters)"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="write here instead of standard output")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print each letter in the order given; name what can't be read on standard error and go on."""
    walk = _Walk(args.paths)
    paths = iter(walk)
    first = list(islice(paths, _ENOUGH_FOR_A_POOL))
    jobs = args.jobs or (os.cpu_count() or 1 if len(first) == _ENOUGH_FOR_A_POOL else 1)
    make = {"text": _as_text, "json": _as_json, "jsonl": _as_line}[args.format]
    outcomes = parse_many(chain(first, paths), make, jobs=jobs, profile=args.profile)
    try:
        with closing(outcomes), output_to(args.output, args.paths) as stream:
            shown = outcomes if stream.isatty() else progress(outcomes, lambda: _count(args.paths), "Reading letters")
            unread = _print(shown, stream, as_list=args.format == "json")
    except (ProfileError, OutputError) as error:
        complain(str(error))
        return EXIT_USAGE
    return EXIT_REFUSED if unread or walk.problems else EXIT_DONE


def _print(outcomes: Iterable[Outcome[str]], stream: TextIO, *, as_list: bool) -> int:
    """Print what was made of the letters, or what is wrong with them; how many could not be read."""
    unread = printed = 0
    for outcome in outcomes:
        if outcome.value is None:
            complain(outcome.error)
            unread += 1
            continue
        if as_list:
            print("," if printed else "[", file=stream)
        emit(outcome.value, stream)
        printed += 1
    if as_list:
        print("]" if printed else "[]", file=stream)
    return unread


class _Walk:
    """The letters under the paths given; counts and names what could not be walked."""

    def __init__(self, paths: list[Path]) -> None:
        self._paths, self.problems = paths, 0

    def __iter__(self) -> Iterator[Path]:
        for path in self._paths:
            before, found = self.problems, False
            for letter in letter_paths(path, self._complain):
                found = True
                yield letter
            if not found and self.problems == before:
                # Nothing is wrong with it, but whoever gave it meant another one.
                complain(f"{path}: there are no letters in this folder (.txt, .md or .pdf)")

    def _complain(self, path: Path, why: str) -> None:
        self.problems += 1
        complain(f"{path}: {why}")


def _count(paths: list[Path]) -> int:
    """How many letters there are. A walk of its own: a list of them would grow with their number."""
    return sum(1 for path in paths for _ in letter_paths(path))


def _jobs(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is no number of processes; at least 1")
    return int(value)


def _as_text(letter: Letter) -> str:
    return "\n".join(letter_lines(letter)) + "\n"


def _as_json(letter: Letter) -> str:
    return dumps(letter_json(letter), indent=1)


def _as_line(letter: Letter) -> str:
    return dumps(letter_json(letter))
