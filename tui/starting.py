"""From the command line's words to an open workspace. What it loads, the first frame does without."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from curation import presence, settings
from curation import reviewer as reviewers
from curation.operations import Refused
from curation.workspace import UnknownLetter, Workspace
from tui.advice import Adviser
from tui.context import Landing, Opening
from tui.wording import when

USAGE_ERRORS = (Refused, UnknownLetter)
"""What `open_paths` raises; the message of each is a clear line."""


def open_paths(paths: Sequence[Path], reviewer: str | None) -> Opening:
    """The workspace of the first path; letters among the paths are opened at once.

    The reviewer is `reviewer`, else `RECTO_REVIEWER`, else who the settings say, else "". Raises one of `USAGE_ERRORS`.
    """
    workspace = Workspace.find(paths[0])
    asked = reviewer or os.environ.get("RECTO_REVIEWER", "")
    name = reviewers.check(asked) if asked else settings.reviewer()
    opening = opened(workspace, name, [workspace.key_of(path) for path in paths if not path.is_dir()])
    return replace(opening, notice=_others(presence.announce(workspace.root)))


def _others(others: Sequence[presence.Other]) -> str:
    """What is said where another run is open on the same folder: a laptop that sleeps, a line that dropped."""
    if not others:
        return ""
    first = others[0]
    where = f", {first.terminal}" if first.terminal else ""
    return (
        f"Recto is still open here elsewhere (process {first.pid}{where}, since {when(first.since)}):"
        " both work on the same reviews."
    )


def opened(workspace: Workspace, reviewer: str, start: Sequence[str] = ()) -> Opening:
    """An open workspace; without letters to start with, on the letter that was left last."""
    adviser = Adviser(workspace)
    if start:
        return Opening(workspace, adviser, reviewer, tuple(start))
    place = settings.last_place(workspace.root)
    if place is None:
        return Opening(workspace, adviser, reviewer, first=settings.is_first_run())
    keys = tuple(key for key in (place.letter, place.beside, place.third) if key)
    return Opening(workspace, adviser, reviewer, keys, Landing(place.finding, place.side))
