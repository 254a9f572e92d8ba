"""Letters side by side as plain text: what `recto` prints where there is no terminal for its screens."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, zip_longest
from pathlib import Path

from rich.cells import cell_len

from curation.doubting import to_check
from curation.review import Review
from curation.workspace import LETTER_ERRORS, UnknownLetter, Workspace
from parsers.display import visible
from tui.palette import category_styles, unknown_category
from tui.wording import letter_title
from tui.wrap import clip, flow, wrap

_BETWEEN = " | "
_NARROWEST = 24
"""Cells of a column; on less than two such columns the letters stand one under the other."""


def listing(workspace: Workspace, width: int, keys: Sequence[str] | None = None) -> Iterator[str]:
    """The letters of a workspace two by two, line by line, none wider than `width` cells; `keys` for some of them.

    Each with its title, its findings by category with their tags, and a count at the end. No control characters.
    """
    names = [ref.key for ref in workspace.letters()] if keys is None else list(keys)
    column = (width - len(_BETWEEN)) // 2
    across = 2 if column >= _NARROWEST and len(names) > 1 else 1
    room = column if across == 2 else max(width, _NARROWEST)
    totals = [0, 0, 0]
    remaining = iter(names)
    while group := list(islice(remaining, across)):
        columns = [_letter_lines(workspace, key, room, totals) for key in group]
        yield from _beside(columns, room)
        yield ""
    letters, findings, doubts = totals
    yield clip(f"{letters} letters, {findings} findings, {doubts} to check", width)


def _beside(columns: Sequence[Iterable[str]], room: int) -> Iterator[str]:
    for lines in zip_longest(*columns, fillvalue=""):
        padded = [line + " " * (room - cell_len(line)) for line in lines[:-1]]
        yield _BETWEEN.join([*padded, lines[-1]]).rstrip()


def _letter_lines(workspace: Workspace, key: str, width: int, totals: list[int]) -> Iterator[str]:
    """One letter; adds to the totals of letters, findings and doubts. One that can't be read says why."""
    try:
        letter, review = workspace.read(key), workspace.review(key)
    except LETTER_ERRORS as error:
        yield clip(visible(key), width)
        yield from _wrapped("", f"can't be read: {error}", width)
        return
    doubts = to_check(letter, review).count
    totals[:] = [old + new for old, new in zip(totals, (1, len(review.findings), doubts), strict=True)]
    yield from _wrapped("", letter_title(review), width)
    yield clip(visible(review.source.path), width)
    yield from _findings(review, width)
    yield ""
    yield clip(f"{len(review.findings)} findings, {doubts} to check", width)


def _findings(review: Review, width: int) -> Iterator[str]:
    styles = category_styles(review.source.profile)
    for category, group in groupby(review.findings, key=lambda finding: finding.category):
        style, findings = styles.get(category) or unknown_category(category), list(group)
        yield ""
        yield clip(f"{visible(style.label).upper()} ({len(findings)})", width)
        for finding in findings:
            yield from _wrapped(f" {style.tag}  ", flow(review.text, finding.spans).shown, width)


def _wrapped(lead: str, text: str, width: int) -> Iterator[str]:
    shown, indent = visible(text), " " * len(lead)
    for number, (start, end) in enumerate(wrap(shown, width - len(lead))):
        yield f"{indent if number else lead}{shown[start:end]}"


def print_listing(paths: Sequence[Path]) -> int:
    """Print the letters of folders, and letters given by path, as wide as the terminal or COLUMNS says, else 120.

    Returns the exit status: 0, or 1 if a path can't be a letter. What was left out is said on standard error.
    """
    width = shutil.get_terminal_size((120, 24)).columns
    try:
        for workspace, keys in grouped(paths):
            for line in listing(workspace, width, keys):
                sys.stdout.write(f"{line}\n")
            for problem in workspace.problems:
                sys.stderr.write(f"recto: {visible(problem)}\n")
    except UnknownLetter as error:
        sys.stderr.write(f"recto: {visible(str(error))}\n")
        return 1
    return 0


def grouped(paths: Sequence[Path]) -> Iterator[tuple[Workspace, Sequence[str] | None]]:
    """The workspaces of some paths: a folder means all its letters, letters of one workspace stand together.

    Raises UnknownLetter for a file that can't be a letter of its workspace.
    """
    letters: dict[Path, tuple[Workspace, list[str]]] = {}
    for path in paths:
        workspace = Workspace.find(path)
        if path.is_dir():
            yield workspace, None
        else:
            letters.setdefault(workspace.root, (workspace, []))[1].append(workspace.key_of(path))
    yield from letters.values()
