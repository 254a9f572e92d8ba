"""What the commands on one review share: which letter, which reviewer, and what can be wrong with either."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from curation import settings
from curation.operations import Refused
from curation.reviewer import check
from curation.session import Session
from curation.store import NotSaved
from curation.workspace import UnknownLetter, Workspace
from parsers.unreadable import UnreadableLetterError
from tui.commands.ending import UsageError
from tui.output import complain

UNOPENED = (UnknownLetter, UnreadableLetterError)
"""What is raised for a letter that is not there, not one, or not readable."""


class NoReviewer(UsageError):
    """Nobody said who reviews, or the name can't be one: an error of usage. `str()` says what to do."""


def add_letter(parser: argparse.ArgumentParser) -> None:
    """The argument that names one letter."""
    parser.add_argument("letter", metavar="LETTER", help="a file, or a letter's name in the workspace of this folder")


def add_reviewer(parser: argparse.ArgumentParser) -> None:
    """The option that says who reviews."""
    parser.add_argument(
        "--reviewer", metavar="R", help="who reviews (default: RECTO_REVIEWER, then the one in the settings)"
    )


def may_follow(argument: argparse.Action) -> None:
    """Let a last positional argument be left out, and stand behind the options too: `undo LETTER --reviewer R 3`.

    With `nargs="?"` argparse takes it for absent as soon as an option follows the one before.
    """
    argument.required = False


def reviewer_of(args: argparse.Namespace) -> str:
    """Who reviews: the option, else `RECTO_REVIEWER`, else the settings, else "". Raises NoReviewer for a bad name."""
    named = args.reviewer if args.reviewer is not None else os.environ.get("RECTO_REVIEWER")
    try:
        return check(named) if named is not None else settings.reviewer()
    except Refused as error:
        raise NoReviewer(str(error)) from error


def needed_reviewer(args: argparse.Namespace) -> str:
    """Like `reviewer_of`, where there has to be one. Raises NoReviewer."""
    name = reviewer_of(args)
    if not name:
        raise NoReviewer("who reviews? Give --reviewer NAME, or set RECTO_REVIEWER")
    return name


def letter_of(args: argparse.Namespace) -> tuple[Workspace, str]:
    """The workspace and key of the letter named. Raises UnknownLetter."""
    return Workspace.locate(args.letter, Path.cwd())


@contextmanager
def session_of(args: argparse.Namespace) -> Iterator[Session]:
    """The session that a command works in, with its warnings said; saved at the end, however that comes.

    Raises UNOPENED, NoReviewer, and NotSaved at the end.
    """
    reviewer = needed_reviewer(args)
    workspace, key = letter_of(args)
    session = Session.open(workspace, key, reviewer)
    said = session.warnings
    for warning in said:
        complain(warning)
    try:
        yield session
    finally:
        try:
            session.close()
        finally:
            for warning in session.warnings:
                if warning not in said:
                    complain(warning)


__all__ = [
    "UNOPENED",
    "NoReviewer",
    "NotSaved",
    "add_letter",
    "add_reviewer",
    "letter_of",
    "needed_reviewer",
    "reviewer_of",
    "session_of",
]
