"""`recto themes`: the codebook of a workspace, read and changed, and what it says of all letters."""

from __future__ import annotations

import argparse
from pathlib import Path

from curation.codebook import CodebookError
from curation.codebook.writing import NotKept
from curation.operations import Refused
from tui.commands import EXIT_REFUSED, EXIT_USAGE
from tui.commands.reviewing import NoReviewer
from tui.commands.themes import editing, matrix, reading, worklist
from tui.output import complain

NAME = "themes"


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="the codebook: list, show, add, edit, rename, merge, archive, undo, worklist, matrix",
        description=(
            "The themes that findings can be about: the workspace's codebook.toml, else the shipped one, of which the "
            "first change makes a codebook.toml. A change touches that file alone; undo takes it back."
        ),
        epilog=(
            "example:\n  recto themes list letters/ --format jsonl\n  recto themes show supervision\n"
            "  recto themes merge chronologies case-recording letters/ --reviewer ab"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run, do=reading.print_list, path=Path(), format="text")
    actions = parser.add_subparsers(title="actions", metavar="ACTION")
    for module in (reading, editing, worklist, matrix):
        module.add(actions)


def run(args: argparse.Namespace) -> int:
    """Do what was asked; the status is 1 if the codebook can't be used or doesn't take it."""
    try:
        return int(args.do(args))
    except NoReviewer as error:
        complain(str(error))
        return EXIT_USAGE
    except CodebookError as error:
        for problem in error.problems:
            complain(problem)
    except (Refused, NotKept) as error:
        complain(str(error))
    return EXIT_REFUSED
