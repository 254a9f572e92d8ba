"""`recto themes worklist`: the findings that a change of the codebook concerns."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from curation.codebook.worklist import Affected
from curation.operations import Refused
from curation.store import Unreadable
from curation.workspace import Workspace
from parsers.jsonl import dumps
from tui.commands import EXIT_DONE, EXIT_FOUND, EXIT_REFUSED
from tui.commands.arguments import action, add_format, add_path
from tui.commands.browsing import Problems
from tui.commands.reviewing import UNOPENED, add_reviewer, reviewer_of
from tui.output import emit

if TYPE_CHECKING:
    from tui.commands.arguments import Actions
from tui.progress import progress

_WIDTH = 100


def add(actions: Actions) -> None:
    """Add this action to the command."""
    parser = action(
        actions,
        "worklist",
        "the findings that a change of the codebook concerns; status 3 if there are any",
        "recto themes worklist letters/ --reviewer ab",
        do=print_worklist,
        description=(
            "List the findings whose themes were merged, archived or defined anew since they were set, or are not in "
            "the codebook. Setting a finding's themes again, the same or others, takes it off the list. With "
            "--reviewer, RECTO_REVIEWER or a reviewer in the settings: that reviewer's; else everybody's."
        ),
    )
    add_path(parser)
    add_reviewer(parser)
    add_format(parser)


def print_worklist(args: argparse.Namespace) -> int:
    """Print what is to be looked at again. Raises CodebookError, NoReviewer."""
    workspace, reviewer, problems = Workspace.find(args.path), reviewer_of(args), Problems()
    workspace.codebook()
    found: list[Affected] = []
    keys = workspace.keys_with_reviews()
    for key in progress(keys, len(keys), "Reading reviews"):
        try:
            found += workspace.affected(key, (reviewer,) if reviewer else ())
        except (*UNOPENED, Unreadable, Refused, OSError) as error:
            problems.say(str(error))
    if args.format == "jsonl":
        for item in found:
            emit(dumps(asdict(item)))
    else:
        emit("\n".join(_listed(found)))
    return EXIT_REFUSED if problems.any else EXIT_FOUND if found else EXIT_DONE


def _listed(found: list[Affected]) -> Iterator[str]:
    last = ("", "")
    for item in found:
        if (item.letter, item.reviewer) != last:
            last = (item.letter, item.reviewer)
            yield f"{item.letter}  {item.reviewer or 'agreed'}"
        yield f"  {item.finding}  {item.theme}: {item.why}"
        yield from textwrap.wrap(item.text, _WIDTH, initial_indent=" " * 12, subsequent_indent=" " * 12)
    letters = len({item.letter for item in found})
    yield f"{len(found)} findings in {letters} letters to look at again" if found else "nothing to look at again"
