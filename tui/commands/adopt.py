"""`recto adopt`: take in what was changed in a review's TOML by hand or by git, as one operation."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from curation import store
from curation.adopting import answered, named
from curation.operations import Refused
from curation.session import Session
from curation.store import Stored, Unreadable
from curation.threeway import Chooser, Conflict, Side
from tui.commands import EXIT_DONE
from tui.commands.ending import ending
from tui.commands.reviewing import add_letter, add_reviewer, may_follow, session_of
from tui.output import emit

NAME = "adopt"
_UNANSWERED = "both sides changed this: give --take mine or --take theirs; nothing was taken in"
_LONGEST = 300
"""Characters of a value that are shown."""


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="take in what was changed in a review's TOML by hand",
        description="Take in what was changed in a review's TOML by hand or by git, compared with the journal finding"
        " by finding. It is one operation, and undo takes it back. What both sides changed is asked.",
        epilog="examples:\n  recto adopt eastmarch --reviewer ab\n"
        "  recto adopt eastmarch --reviewer ab ab.toml.orig --take theirs",
    )
    add_letter(parser)
    add_reviewer(parser)
    parser.add_argument(
        "--take",
        choices=[side.value for side in Side],
        help="where both changed something: what the journal says (mine) or what the file says (theirs)",
    )
    file = parser.add_argument(
        "file", type=Path, metavar="[FILE]", help="the file, also a name beside the review's TOML (default: the TOML)"
    )
    may_follow(file)
    parser.set_defaults(run=run)


@ending
def run(args: argparse.Namespace) -> int:
    """Adopt and say what; the status is 1 if nothing could be, or somebody has to choose."""
    with session_of(args) as session:
        file = _file(session, args.file) if args.file else None
        conflicts = session.conflicts(file) if file or session.edited else ()
        done = session.adopt(_chooser(conflicts, args.take), file)
        emit(f"{done.said} ({done.n})")
    return EXIT_DONE


def _file(session: Session, named_as: Path) -> Stored:
    """Raises Unreadable."""
    beside = session.place.toml.parent / named_as
    path = named_as if named_as.exists() or not beside.exists() else beside
    found = store.read(path, session.letter.text, session.letter.source.text_sha256)
    if found is None:
        raise Unreadable((f"{named_as}: there is no such file",))
    return found


def _chooser(conflicts: Sequence[Conflict], take: str | None) -> Chooser | None:
    """Raises Refused if somebody has to choose, and nobody is there to be asked."""
    if take is not None:
        return lambda _: Side(take)
    if not conflicts:
        return None
    answers = []
    for conflict in conflicts:
        emit(_lines(conflict))
        if sys.stdin.isatty():
            answers.append((conflict, _asked()))
    if len(answers) < len(conflicts):
        raise Refused(_UNANSWERED)
    return answered(answers)


def _asked() -> Side:
    """Raises Refused at the end of the input."""
    while True:
        emit("take [m]ine or [t]heirs? ", end="", flush=True)
        answer = sys.stdin.readline()
        if not answer:
            raise Refused(_UNANSWERED)
        for side in Side:
            if answer.strip() and side.value.startswith(answer.strip().lower()):
                return side


def _lines(conflict: Conflict) -> str:
    values = {"before": conflict.base, "mine": conflict.mine, "theirs": conflict.theirs}
    return "\n".join([named(conflict), *(f"  {who:<7} {_shown(value)}" for who, value in values.items())])


def _shown(value: object) -> str:
    words = " ".join(str(value).split()) or '""'
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
