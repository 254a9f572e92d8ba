"""Whether Recto is open on a workspace already, under this account and on this machine: said, and nothing is forbidden.

Each run holds a lock on a small file of its own in the state folder. The lock ends with the process, however that ends,
so a file that nobody holds is what a killed run left. Another process may hold the same journal all the same: who may
write is decided there.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
import platformdirs

from curation import files, locks
from curation.held_file import is_that

_LARGEST: Final = 1_000
_PATIENCE: Final = 1.0
"""Seconds for which another run may look at the file of this one: longer than it takes by far."""


class _Note(msgspec.Struct):
    pid: int
    since: dt.datetime
    terminal: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """Another run on the same workspace: its process, when it began (UTC), and its terminal, "" if unknown."""

    pid: int
    since: dt.datetime
    terminal: str


def announce(root: Path) -> tuple[Other, ...]:
    """Say that this process works on the workspace `root`, until it ends; and who else does.

    Where the state folder can't be written, nobody is told and nobody is known: a hint is not worth an error.
    """
    others: tuple[Other, ...] = ()
    with suppress(OSError):
        folder = _folder(root)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        others = tuple(_others(folder))
        _hold(folder)
    return others


def _folder(root: Path) -> Path:
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:32]
    return platformdirs.user_state_path("recto", appauthor=False) / "running" / name


def _hold(folder: Path) -> None:
    path = folder / str(os.getpid())
    while True:
        descriptor = files.open_regular(path, os.O_RDWR | os.O_CREAT)
        os.fchmod(descriptor, 0o600)
        # Held as long as the process lives: the descriptor is never closed.
        locks.acquire(descriptor, locks.ALONE, _PATIENCE)
        if is_that(descriptor, path):
            break
        # Another run that has just begun took the file for one that a killed run left.
        os.close(descriptor)
    os.ftruncate(descriptor, 0)
    files.write_all(descriptor, msgspec.json.encode(_Note(os.getpid(), dt.datetime.now(dt.UTC), _terminal())))


def _terminal() -> str:
    with suppress(OSError):
        return os.ttyname(2)
    return ""


def _others(folder: Path) -> Iterator[Other]:
    for path in sorted(folder.iterdir()):
        with suppress(OSError, msgspec.MsgspecError):
            descriptor = files.open_regular(path, os.O_RDWR)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                note = msgspec.json.decode(files.read_from(descriptor, 0, _LARGEST), type=_Note)
                yield Other(note.pid, note.since, note.terminal)
            else:
                path.unlink()
            finally:
                os.close(descriptor)
