"""Which files under a folder are letters."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

SUFFIXES = frozenset({".txt", ".md", ".pdf"})
OUR_FOLDERS = frozenset({"reviews", "curated", "pairs"})
"""Folders of a workspace that hold what reviewers wrote; text in them is no letter."""


def letter_paths(root: Path, on_problem: Callable[[Path, str], None] | None = None) -> Iterator[Path]:
    """Every letter under a folder, in the order of the names, or `root` itself if it is a file.

    Left out: README files, `reviews/`, `curated/`, `pairs/`, hidden files and folders. A folder that leads back to one
    above it is entered once. `on_problem(path, why)` hears of folders that can't be read; links that lead nowhere are
    yielded, so that the reader says what is wrong with them.
    """
    if not root.is_dir():
        yield root
        return
    yield from _walk(root, frozenset(), on_problem or (lambda path, why: None))


def _walk(folder: Path, above: frozenset[tuple[int, int]], on_problem: Callable[[Path, str], None]) -> Iterator[Path]:
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        on_problem(folder, error.strerror or "can't be read")
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        on_problem(folder, "a folder that leads back to itself; left out")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if entry.name not in OUR_FOLDERS:
                yield from _walk(Path(entry.path), above | {here}, on_problem)
        elif _is_letter_name(entry.name):
            yield Path(entry.path)


def _is_letter_name(name: str) -> bool:
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - called once an entry; a Path would cost more than the check
    return suffix.lower() in SUFFIXES and stem.upper() != "README"
