"""The few calls to the system that a review's files are made with, and what their errors mean in plain words.

Nothing here follows a symbolic link: a link in place of a review's file could point anywhere.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final

_WORDS: Final = {
    errno.ENOSPC: "no space left on the disk; make room and try again",
    errno.EDQUOT: "the disk quota is used up; make room and try again",
    errno.EFBIG: "a limit on the size of files is reached; make room or raise the limit, and try again",
    errno.EROFS: "the file system is read-only; ask who looks after it",
    errno.EACCES: "you may not write there; ask who looks after the folder",
    errno.EPERM: "you may not write there; ask who looks after the folder",
    errno.EIO: "the disk reports an error; ask who looks after it before going on",
    errno.ENOENT: "the folder is not there (any more); bring it back and try again",
    errno.ELOOP: "a symbolic link stands in its place; take the link away and try again",
    errno.EISDIR: "a folder stands in its place; take it away and try again",
    errno.ENOTDIR: "a file stands where a folder should be; take it away and try again",
    errno.ENAMETOOLONG: "the name is too long for this file system; give the letter a shorter one",
    errno.ESTALE: "the network share has lost the file; try again",
}
_NO_FOLLOW: Final = os.O_NOFOLLOW | os.O_CLOEXEC
_NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_CHUNK: Final = 1 << 16


class TooLarge(OSError):
    """A file above the limit of its kind. `str()` says how large it may be."""


def reason(error: OSError) -> str:
    """Why a call failed and what can be done, in plain words."""
    if isinstance(error, TooLarge):
        return str(error)
    return _WORDS.get(error.errno or 0, error.strerror or str(error))


def open_regular(path: Path, flags: int, mode: int = 0o666) -> int:
    """Open a regular file and return its descriptor. A link, folder, pipe or device raises OSError; nothing blocks."""
    descriptor = os.open(path, flags | _NO_FOLLOW | os.O_NONBLOCK, mode)
    try:
        found = os.fstat(descriptor)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is no regular file; take it away and try again", str(path))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def read_regular(path: Path, limit: int) -> bytes:
    """The bytes of a regular file. Raises OSError, TooLarge above `limit` bytes."""
    descriptor = open_regular(path, os.O_RDONLY)
    try:
        return read_from(descriptor, 0, limit)
    finally:
        os.close(descriptor)


def read_from(descriptor: int, start: int, limit: int) -> bytes:
    """All bytes of an open file from `start`. Raises OSError, TooLarge if there are more than `limit`."""
    pieces: list[bytes] = []
    size = 0
    while piece := os.pread(descriptor, _CHUNK, start + size):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise TooLarge(errno.EFBIG, f"it is larger than {limit / 1_000_000:,.0f} MB, which no review is")
    return b"".join(pieces)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`, in one call unless the system takes less at a time. Raises OSError."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def make_folders(folder: Path, root: Path) -> tuple[str, ...]:
    """Make `folder` below `root`, with mode and group of `root`, each one on disk before the next. Raises OSError.

    Returns what of that the system refused the folders that were made: `group`, `mode`. A part of the way that is a
    symbolic link is refused (ELOOP): it could lead out of `root`.
    """
    like = root.stat()
    here = root
    refused: dict[str, None] = {}
    for part in folder.relative_to(root).parts:
        here = here / part
        try:
            found = here.lstat()
        except FileNotFoundError:
            refused |= dict.fromkeys(_make_folder(here, like))
            continue
        if stat.S_ISLNK(found.st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(here))
    return tuple(refused)


def _make_folder(folder: Path, like: os.stat_result) -> tuple[str, ...]:
    refused: tuple[str, ...] = ()
    with suppress(FileExistsError):
        folder.mkdir()
        descriptor = os.open(folder, _FOLDER)
        try:
            refused = take_after(descriptor, like, stat.S_IMODE(like.st_mode))
        finally:
            os.close(descriptor)
    fsync_folder(folder.parent)
    return refused


def take_after(descriptor: int, like: os.stat_result, mode: int) -> tuple[str, ...]:
    """Give an open file or folder a group and a mode. A courtesy to others: a refusal of the system is no failure.

    Returns what it has not after that, be it refused or passed over in silence: `group`, `mode`. Raises OSError if the
    descriptor is not open.
    """
    # What is right already is left alone: a chmod by somebody outside the group takes the setgid bit away in silence,
    # and with it the group of all that is made in the folder later.
    if "group" in _lacking(os.fstat(descriptor), like, mode):
        with suppress(OSError):
            os.fchown(descriptor, -1, like.st_gid)
    if "mode" in _lacking(os.fstat(descriptor), like, mode):
        with suppress(OSError):
            os.fchmod(descriptor, mode)
    return _lacking(os.fstat(descriptor), like, mode)


def _lacking(found: os.stat_result, like: os.stat_result, mode: int) -> tuple[str, ...]:
    has = {"group": found.st_gid == like.st_gid, "mode": stat.S_IMODE(found.st_mode) == mode}
    return tuple(name for name, kept in has.items() if not kept)


def not_like_the_workspace(made: str, refused: Sequence[str]) -> str:
    """The warning for something new that the system refused `group` or `mode`; `made` is what messages call it."""
    lacks = " and ".join(refused)
    return (
        f"{made} is new, and the system did not let it have the {lacks} of the folder of letters; look who may use it"
    )


def fsync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk. Raises OSError, but not where folders can't be synchronised at all."""
    descriptor = os.open(folder, _FOLDER)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS):
            raise
    finally:
        os.close(descriptor)


def write_new(path: Path, data: bytes, like: os.stat_result, mode: int) -> None:
    """Write a file that does not exist yet, to the disk. Raises OSError; then there is no such file."""
    descriptor = os.open(path, _NEW_FILE, 0o600)
    try:
        try:
            write_all(descriptor, data)
            take_after(descriptor, like, mode)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if read_regular(path, len(data)) != data:
            raise OSError(errno.EIO, "what was written can't be read back", str(path))
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


def write_beside(path: Path, ending: str, data: bytes, like: os.stat_result) -> Path:
    """Keep `data` in a new file beside `path`, named `PATH.ENDING`, or `PATH.ENDING-2` and so on. Raises OSError."""
    for number in count(1):
        beside = path.with_name(f"{path.name}.{ending}" + (f"-{number}" if number > 1 else ""))
        try:
            write_new(beside, data, like, file_mode(like))
        except FileExistsError:
            continue
        fsync_folder(path.parent)
        return beside
    raise AssertionError("numbers do not end")


def replace_file(path: Path, data: bytes, root: Path | None = None, *, private: bool = False) -> tuple[str, ...]:
    """Put `data` in place of a file, so that at any moment, after any crash, either the old or the new is there whole.

    The new file takes mode and group of the old one; where there is none, those of the folder `root` (by default its
    own). A `private` one has mode 0600 whatever was there. Returns what of that the system refused to carry over:
    `group`, `mode`, `access list`. Raises OSError; the old file is then whole. Method: a temporary file in the same
    folder, fsync, rename, fsync of the folder
    (https://www.usenix.org/conference/osdi14/technical-sessions/presentation/pillai).
    """
    like, mode = _model(path, root or path.parent)
    mode = 0o600 if private else mode
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    write_new(temporary, data, like, mode)
    try:
        refused = () if private else _copy_attributes(path, temporary)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
    fsync_folder(path.parent)
    return () if private else (*_lacking(path.lstat(), like, mode), *refused)


def file_mode(like: os.stat_result) -> int:
    """The mode of a new file in a folder: who may read and write the folder may read and write the file."""
    return stat.S_IMODE(like.st_mode) & 0o666


def _model(path: Path, root: Path) -> tuple[os.stat_result, int]:
    try:
        found = path.lstat()
    except FileNotFoundError:
        folder = root.stat()
        return folder, file_mode(folder)
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.ELOOP if stat.S_ISLNK(found.st_mode) else errno.EISDIR, "no regular file", str(path))
    return found, stat.S_IMODE(found.st_mode)


def _copy_attributes(source: Path, target: Path) -> tuple[str, ...]:
    """Extended attributes, of which access control lists are one. Like mode and group, a courtesy."""
    if not hasattr(os, "listxattr"):
        return ()
    try:
        for name in os.listxattr(source, follow_symlinks=False):
            os.setxattr(target, name, os.getxattr(source, name, follow_symlinks=False), follow_symlinks=False)
    except FileNotFoundError:
        return ()
    except OSError as error:
        return () if error.errno in (errno.ENOTSUP, errno.ENOSYS) else ("access list",)
    return ()
