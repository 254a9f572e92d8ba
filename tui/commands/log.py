"""`recto log`: what was decided on a letter, in order, with what was undone."""

from __future__ import annotations

import argparse

from curation.log import Entry
from tui.commands import EXIT_DONE, EXIT_REFUSED
from tui.commands.ending import ending
from tui.commands.reviewing import add_letter, add_reviewer, letter_of, needed_reviewer
from tui.output import complain, emit

NAME = "log"


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="what was decided on a letter, in order",
        description="List every operation of one reviewer on one letter: number, local time, reviewer, what was done.",
        epilog="example:\n  recto log eastmarch --reviewer ab",
    )
    add_letter(parser)
    add_reviewer(parser)
    parser.set_defaults(run=run)


@ending
def run(args: argparse.Namespace) -> int:
    """Print a line for each operation; the status is 1 if the journal is damaged or the letter unknown."""
    reviewer = needed_reviewer(args)
    workspace, key = letter_of(args)
    found = workspace.log(key, reviewer)
    for entry in found.entries:
        emit(_line(entry))
    if found.trouble:
        complain(found.trouble)
    return EXIT_REFUSED if found.trouble else EXIT_DONE


def _line(entry: Entry) -> str:
    batch = f"  [batch {entry.batch}]" if entry.batch else ""
    undone = "" if entry.counts else "  [undone]"
    return f"{entry.n:>5}  {entry.at.astimezone():%Y-%m-%d %H:%M:%S}  {entry.by}  {entry.what}{batch}{undone}"
