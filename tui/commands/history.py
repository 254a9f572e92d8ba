"""`recto undo` and `recto redo`: back and forth through what was decided on one letter, without limit."""

from __future__ import annotations

import argparse

from curation.journal import NotWritten
from curation.operations import Refused
from curation.store import NotSaved
from tui.commands import EXIT_DONE, EXIT_REFUSED, EXIT_USAGE
from tui.commands.reviewing import UNOPENED, NoReviewer, add_letter, add_reviewer, may_follow, session_of
from tui.output import complain, emit

UNDO, REDO = "undo", "redo"
_HELP = {UNDO: "take the last operations back", REDO: "do again what was undone"}


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands to the command line."""
    for name, words in _HELP.items():
        parser = subparsers.add_parser(
            name,
            help=words,
            description=f"{words[0].upper()}{words[1:]}, for one letter and reviewer. Those of one batch go together.",
            epilog=f"example:\n  recto {name} eastmarch --reviewer ab 3",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        add_letter(parser)
        add_reviewer(parser)
        may_follow(parser.add_argument("times", type=_times, default=1, metavar="[N]", help="how many (default: 1)"))
        parser.set_defaults(run=run, command=name)


def run(args: argparse.Namespace) -> int:
    """Undo or redo, each said on a line; the status is 1 if there were not as many."""
    try:
        with session_of(args) as session:
            for _ in range(args.times):
                done = session.undo() if args.command == UNDO else session.redo()
                emit(done.said)
    except NoReviewer as error:
        complain(str(error))
        return EXIT_USAGE
    except (*UNOPENED, Refused, NotWritten, NotSaved) as error:
        complain(str(error))
        return EXIT_REFUSED
    return EXIT_DONE


def _times(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 1_000_000):
        raise argparse.ArgumentTypeError(f"how many times? {value!r} is no number from 1 up")
    return int(value)
