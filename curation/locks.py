"""A lock on an open file that is waited for, but not for ever."""

from __future__ import annotations

import errno
import fcntl
import os
from threading import Event, Thread
from typing import Final

SHARED: Final = fcntl.LOCK_SH
ALONE: Final = fcntl.LOCK_EX

_NO_LOCKS: Final = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EINVAL}


class NoLocks(OSError):
    """The file system has no locks."""


def acquire(descriptor: int, kind: int, seconds: float) -> None:
    """Lock an open file (`flock`, so until the descriptor is closed), `SHARED` or `ALONE`.

    Raises TimeoutError if another process still holds it after `seconds`, NoLocks, OSError.
    """
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        _wait(descriptor, kind, seconds)
    except OSError as error:
        raise _named(error) from error


def _wait(descriptor: int, kind: int, seconds: float) -> None:
    """Wait in the queue of the kernel, in a thread: whoever asks again and again is overtaken by those who wait.

    The thread waits on a duplicate, which stands for the same lock. If it is given up, closing both ends the lock.
    """
    duplicate = os.dup(descriptor)
    done = Event()
    failed: list[OSError] = []

    def work() -> None:
        try:
            fcntl.flock(duplicate, kind)
        except OSError as error:
            failed.append(error)
        finally:
            os.close(duplicate)
            done.set()

    Thread(target=work, name="recto-lock", daemon=True).start()
    if not done.wait(seconds):
        raise TimeoutError(errno.ETIMEDOUT, "another program holds the lock")
    if failed:
        raise _named(failed[0])


def _named(error: OSError) -> OSError:
    return NoLocks(error.errno, error.strerror) if error.errno in _NO_LOCKS else error
