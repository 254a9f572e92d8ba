"""What the commands over many letters share: which letters, each one's review, and what could not be read."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from curation.operations import Refused
from curation.review import Review
from curation.store import Unreadable
from curation.workspace import UnknownLetter, Workspace
from parsers.walk import letter_paths
from tui.commands import EXIT_DONE, EXIT_REFUSED
from tui.commands.reviewing import UNOPENED
from tui.output import complain
from tui.progress import progress


class Problems:
    """Says each problem as it comes, so that the rest can be done, and remembers that there was one."""

    def __init__(self) -> None:
        self.any = False

    def say(self, message: str) -> None:
        """Complain, and let the command end with the status for it."""
        self.any = True
        complain(message)

    @property
    def status(self) -> int:
        """The exit status of a command that did the rest."""
        return EXIT_REFUSED if self.any else EXIT_DONE


def letters_at(paths: Iterable[Path], problems: Problems) -> list[tuple[Workspace, str]]:
    """The workspace and key of every letter at some paths, in order, each once; letters of one workspace share it.

    A path that is neither file nor folder is taken for a letter's name in the workspace of the current folder.
    """
    workspaces: dict[Path, Workspace] = {}
    found: dict[tuple[Path, str], Workspace] = {}

    def note(workspace: Workspace, key: str) -> None:
        found.setdefault((workspace.root, key), workspaces.setdefault(workspace.root, workspace))

    for path in paths:
        try:
            if path.is_dir():
                workspace = Workspace.find(path)
                for letter in letter_paths(path, lambda place, why: problems.say(f"{place}: {why}")):
                    note(workspace, workspace.key_of(letter))
            else:
                note(*Workspace.locate(str(path), Path.cwd()))
        except UnknownLetter as error:
            problems.say(str(error))
    return [(workspace, key) for (_, key), workspace in found.items()]


def reviews_of(
    letters: list[tuple[Workspace, str]], reviewer: str, problems: Problems
) -> Iterator[tuple[Workspace, Review]]:
    """The state of each letter: the reviewer's review, else the agreed one, else the parse."""
    for workspace, key in progress(letters, len(letters), "Reading letters"):
        try:
            yield workspace, workspace.review(key, reviewer or None)
        except (*UNOPENED, Unreadable, Refused, OSError) as error:
            problems.say(str(error))


def positive(value: str) -> int:
    """A whole number from 1 on, for argparse."""
    number = int(value)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number
