"""`recto themes`: the codebook of a workspace, read and changed, and what it says of all letters."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.commands.ending import ending
from tui.commands.themes import editing, matrix, reading, worklist

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
    )
    parser.set_defaults(run=run, do=reading.print_list, path=Path(), format="text")
    actions = parser.add_subparsers(title="actions", metavar="ACTION")
    for module in (reading, editing, worklist, matrix):
        module.add(actions)


@ending
def run(args: argparse.Namespace) -> int:
    """Do what was asked; the status is 1 if the codebook can't be used or doesn't take it."""
    return int(args.do(args))
