"""Which files under a folder are letters."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

SUFFIXES = frozenset({".txt", ".md", ".pdf"})
OUR_FOLDERS = frozenset({"reviews", "curated", "pairs"})
"""Folders of a workspace that hold what reviewers wrote; text in them is no letter."""

OnProblem = Callable[[Path, str], None]
_Identity = tuple[int, int]


class _Folder(NamedTuple):
    """A folder that is being walked: which one it is, and the names in it that are still to come."""

    path: Path
    identity: _Identity
    names: Iterator[str]
    folders: frozenset[str]


def letter_paths(root: Path, on_problem: OnProblem | None = None) -> Iterator[Path]:
    """Every letter under a folder, in the order of the names, or `root` itself if it is no folder.

    Left out: README files, `reviews/`, `curated/`, `pairs/`, hidden files and folders. A folder is read once, however
    many links lead to it; one inside `root` under its own name. `on_problem(path, why)` hears of folders that can't be
    read and of those that lead back to themselves. Links that lead nowhere are yielded if they have a letter's name, so
    that the reader says what is wrong with them. What is held grows with the letters of one folder, not of all.
    """
    try:
        is_folder = stat.S_ISDIR(root.stat().st_mode)
    except OSError:
        # Missing, or out of reach: opening it will say why.
        is_folder = False
    if is_folder:
        yield from _walk(root, on_problem or (lambda path, why: None))
    else:
        yield root


def _walk(root: Path, on_problem: OnProblem) -> Iterator[Path]:
    # A stack of our own: folders may be nested deeper than Python's calls.
    open_folders: list[_Folder] = []
    entered: set[_Identity] = set()
    inside = os.path.realpath(root)

    def enter(path: Path) -> None:
        try:
            target = _target(path) if open_folders else None
            leads_back = target is not None and Path(os.path.realpath(path.parent)).is_relative_to(target)
            if target is not None and not leads_back and _is_walked(target, inside):
                return
            folder = _read_folder(path, on_problem)
        except OSError as error:
            on_problem(path, error.strerror or "can't be read")
            return
        if leads_back or any(above.identity == folder.identity for above in open_folders):
            on_problem(path, "a folder that leads back to itself; left out")
        elif folder.identity not in entered:
            entered.add(folder.identity)
            open_folders.append(folder)

    enter(root)
    while open_folders:
        folder = open_folders[-1]
        name = next(folder.names, None)
        if name is None:
            open_folders.pop()
        elif name in folder.folders:
            enter(folder.path / name)
        else:
            yield folder.path / name


def _read_folder(path: Path, on_problem: OnProblem) -> _Folder:
    """The names in a folder that are walked, sorted. Raises OSError."""
    status = path.stat()
    names, folders = [], set()
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            try:
                is_folder = entry.is_dir()
            except OSError as error:
                if not _is_letter_name(entry.name):
                    on_problem(path / entry.name, error.strerror or "can't be read")
                    continue
                is_folder = False
            if is_folder and entry.name not in OUR_FOLDERS:
                folders.add(entry.name)
            elif is_folder or not _is_letter_name(entry.name):
                continue
            names.append(entry.name)
    return _Folder(path, (status.st_dev, status.st_ino), iter(sorted(names)), frozenset(folders))


def _target(path: Path) -> Path | None:
    """Where a link leads; None if it is no link."""
    return Path(os.path.realpath(path)) if path.is_symlink() else None


def _is_walked(target: Path, inside: str) -> bool:
    """Whether the walk of `inside` comes to this folder under its own name."""
    if not target.is_relative_to(inside):
        return False
    return not any(part.startswith(".") or part in OUR_FOLDERS for part in target.relative_to(inside).parts)


def _is_letter_name(name: str) -> bool:
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - called once an entry; a Path would cost more than the check
    return suffix.lower() in SUFFIXES and stem.upper() != "README"
