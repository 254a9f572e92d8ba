"""The lock on a file that is replaced as a whole: who had to wait looks whether it still is the one of that name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from curation import files, locks

SECONDS: Final = 5.0
"""How long another program is waited for."""


class Busy(OSError):
    """Another program holds the file. `str()` says for how long it was waited."""


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold the lock on whichever file has that name, alone. Yields False where the folder has no locks.

    Raises FileNotFoundError if there is none, Busy, OSError.
    """
    while True:
        descriptor = files.open_regular(path, os.O_RDWR)
        try:
            has_locks = True
            try:
                locks.acquire(descriptor, locks.ALONE, SECONDS)
            except locks.NoLocks:
                has_locks = False
            except TimeoutError as error:
                raise Busy(f"another program holds {path.name} for {SECONDS:.0f} seconds; try again") from error
            if is_that(descriptor, path):
                yield has_locks
                return
        finally:
            os.close(descriptor)


def is_that(descriptor: int, path: Path) -> bool:
    """Whether an open file is the one that has that name now. Raises OSError."""
    found = os.fstat(descriptor)
    with suppress(FileNotFoundError):
        there = path.lstat()
        return (found.st_dev, found.st_ino) == (there.st_dev, there.st_ino)
    return False
