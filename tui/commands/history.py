"""`recto undo` and `recto redo`: back and forth through what was decided on one letter, without limit."""

from __future__ import annotations

import argparse

from curation.review_writer import Done
from curation.session import Session
from tui.commands import EXIT_DONE
from tui.commands.ending import ending
from tui.commands.reviewing import add_letter, add_reviewer, may_follow, session_of
from tui.output import emit

UNDO, REDO = "undo", "redo"
_EXAMPLES = {UNDO: "3\n  recto undo eastmarch --reviewer ab --finding f-3k9qz2", REDO: "3"}
_HELP = {UNDO: "take the last operations back", REDO: "do again what was undone"}


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands to the command line."""
    for name, words in _HELP.items():
        parser = subparsers.add_parser(
            name,
            help=words,
            description=f"{words[0].upper()}{words[1:]}, for one letter and reviewer. Those of one batch go together.",
            epilog=f"example:\n  recto {name} eastmarch --reviewer ab {_EXAMPLES[name]}",
        )
        add_letter(parser)
        add_reviewer(parser)
        may_follow(parser.add_argument("times", type=_times, default=1, metavar="[N]", help="how many (default: 1)"))
        parser.set_defaults(run=run, command=name, finding=None)
        if name == UNDO:
            parser.add_argument(
                "--finding", metavar="ID", help="the last thing done to this finding, whatever was done to others since"
            )


@ending
def run(args: argparse.Namespace) -> int:
    """Undo or redo, each said on a line; the status is 1 if there were not as many."""
    with session_of(args) as session:
        for _ in range(args.times):
            emit(_go(session, args.command, args.finding).said)
    return EXIT_DONE


def _go(session: Session, command: str, finding: str | None) -> Done:
    if finding is not None:
        return session.undo_finding(finding)
    return session.undo() if command == UNDO else session.redo()


def _times(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 1_000_000):
        raise argparse.ArgumentTypeError(f"how many times? {value!r} is no number from 1 up")
    return int(value)
