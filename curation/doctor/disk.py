"""What the disk under a workspace can do: locks between two processes, and the order in which files are saved.

A network share may have neither. Everything is tried with files of our own, which are gone afterwards.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from curation import files
from curation.doctor.remarks import Checkup, Remark

TRIAL: Final = ".recto-doctor-"
"""How the name of the folder begins in which all is tried."""
_SECONDS: Final = 20
_ASK_FOR_THE_LOCK: Final = """
import fcntl, sys
with open(sys.argv[1], "rb+") as file:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(3)
"""
"""For a process of its own: status 3 if another one holds the lock."""
_GOT_IT, _HELD = 0, 3


def examine(checkup: Checkup) -> Iterator[Remark]:
    """Try it out, in the workspace's own folder."""
    root = checkup.workspace.root
    here = root / "reviews" if (root / "reviews").is_dir() else root
    shown = checkup.shown(here) if here != root else str(root)
    trial = here / f"{TRIAL}{secrets.token_hex(8)}"
    before = here.stat()
    try:
        trial.mkdir(mode=0o700)
    except OSError as error:
        what = f"nothing can be written here: {files.reason(error)}"
        way_out = "reviews can be read; to review, ask who looks after the folder, or copy it to where you may write"
        yield Remark("read-only", shown, what, way_out)
        return
    try:
        yield from _tried(_locks, trial, shown)
        yield from _tried(_saving, trial, shown)
    finally:
        for path in sorted(trial.iterdir()):
            with suppress(OSError):
                path.unlink()
        with suppress(OSError):
            trial.rmdir()
            os.utime(here, ns=(before.st_atime_ns, before.st_mtime_ns))


def _tried(trial: Callable[[Path], Remark], folder: Path, shown: str) -> Iterator[Remark]:
    try:
        found = trial(folder)
    except OSError as error:
        way_out = "work on a copy on another disk until it is known why"
        yield Remark("disk-error", shown, files.reason(error), way_out)
    else:
        yield Remark(found.kind, shown, found.what, found.way_out)


def _locks(folder: Path) -> Remark:
    """Two processes must not hold one lock, and one must get it when the other lets go."""
    path = folder / "lock"
    no_two = "do not work on one review in two places at once"
    with path.open("wb+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return Remark("no-locks", "", f"there are no locks here ({error.strerror})", no_two)
        if _asked(path) != _HELD:
            return Remark("no-locks", "", "a lock does not keep a second process out", no_two)
    if _asked(path) != _GOT_IT:
        return Remark("no-locks", "", "a lock that was let go is still held", f"{no_two}; mount the folder with locks")
    return Remark("locks", "", "locks keep two processes apart (on this machine; another one was not tried)")


def _asked(path: Path) -> int:
    command = [sys.executable, "-I", "-S", "-c", _ASK_FOR_THE_LOCK, str(path)]
    try:
        return subprocess.run(command, check=False, timeout=_SECONDS, stderr=subprocess.DEVNULL).returncode
    except subprocess.TimeoutExpired:
        return _HELD


def _saving(folder: Path) -> Remark:
    """Append and fsync; a new file, fsync, rename over the old one, fsync of the folder; read what was written.

    Whether the disk keeps its word after a power cut can't be tried from here.
    """
    whole = "use another disk for reviews, or make a copy of them often"
    journal, target = folder / "journal", folder / "file"
    descriptor = os.open(journal, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        for line in (b"one\n", b"two\n"):
            files.write_all(descriptor, line)
            os.fsync(descriptor)
        if files.read_from(descriptor, 0, 100) != b"one\ntwo\n":
            return Remark("bad-append", "", "lines that were appended are not there in their order", whole)
    finally:
        os.close(descriptor)
    for data in (b"old", b"new"):
        files.replace_file(target, data, folder, private=True)
        if files.read_regular(target, 100) != data:
            return Remark(
                "bad-replace", "", "a file that took the place of another does not hold what it should", whole
            )
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError:
        what = "names of files can't be brought to the disk at once: a power cut may take a new file with it"
        return Remark("no-folder-sync", "", what, "keep the journals (.jsonl) in your backups: they give the TOML")
    return Remark("saving", "", "files are appended to, synchronised and replaced as they should be")
