"""A file of JSON lines that several programs append to and nobody rewrites: judgements on pairs, themes of groups.

To append: lock the file itself (`flock`; it is never replaced), read what others appended, write once, fsync, unlock.
Only then is a line kept. Unlike the journal's, its lines do not build on one another: one that is damaged is passed
over and named, and the rest counts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from curation import files, locks
from curation.journal import LOCK_SECONDS, NotWritten

LARGEST: Final = 50_000_000
"""Bytes at most; a judgement takes some 130."""


@dataclass(frozen=True, slots=True)
class Record:
    """A line: its number in the file, counted from 1, and its fields."""

    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: its lines that are JSON objects, and what is to be said about the others."""

    records: tuple[Record, ...] = ()
    problems: tuple[str, ...] = ()


class AppendFile:
    """One such file. Safe to use from several programs at once.

    Attributes:
        shown: the file, as it is called in messages.
        warnings: what a person should know about a file or folder that was made here, one line each.
    """

    def __init__(self, path: Path, root: Path) -> None:
        """`path` need not exist; new folders and the file take mode and group of the workspace `root`."""
        self.path = path
        self.shown = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
        self.warnings: tuple[str, ...] = ()
        self._root = root

    def read(self) -> Content:
        """What is there; nothing if there is no file. Writes nothing. Raises OSError, with file and reason."""
        try:
            data = files.read_regular(self.path, LARGEST)
        except FileNotFoundError:
            return Content()
        except OSError as error:
            raise OSError(f"{self.shown} can't be read: {files.reason(error)}") from error
        return self._scan(data)

    def append(self, make: Callable[[Content], Sequence[Mapping[str, Any]]]) -> Content:
        """Append the lines that `make` gives for what is there, all of them or none. Returns what is there then.

        `make` is called while nobody else can append; what it raises is passed on, and nothing is written.
        Raises NotWritten if a line could not be kept.
        """
        if not self.path.exists():
            make(self.read())  # what is refused must not leave a folder or a file behind
        try:
            self._warn(str(Path(self.shown).parent), files.make_folders(self.path.parent, self._root))
            descriptor = self._open()
        except OSError as error:
            raise self._not_written(error) from error
        try:
            return self._append(descriptor, make)
        except OSError as error:
            raise self._not_written(error) from error
        finally:
            os.close(descriptor)

    def _append(self, descriptor: int, make: Callable[[Content], Sequence[Mapping[str, Any]]]) -> Content:
        self._lock(descriptor)
        before = files.read_from(descriptor, 0, LARGEST)
        lines = make(self._scan(before))
        # A last line that was never finished was never said to be kept: it stays, as a line of its own.
        data = b"\n" if before and not before.endswith(b"\n") else b""
        data += b"".join(_encoded(line) for line in lines)
        if lines:
            try:
                files.write_all(descriptor, data)
                os.fsync(descriptor)
                if not before:
                    files.fsync_folder(self.path.parent)
            except OSError:
                os.ftruncate(descriptor, len(before))
                raise
        return self._scan(before + data)

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_APPEND
        try:
            return files.open_regular(self.path, flags)
        except FileNotFoundError:
            like = self._root.stat()
            descriptor = files.open_regular(self.path, flags | os.O_CREAT)
            self._warn(self.shown, files.take_after(descriptor, like, files.file_mode(like)))
            return descriptor

    def _warn(self, made: str, refused: Sequence[str]) -> None:
        if refused:
            self.warnings = (*self.warnings, files.not_like_the_workspace(made, refused))

    def _lock(self, descriptor: int) -> None:
        try:
            locks.acquire(descriptor, locks.ALONE, LOCK_SECONDS)
        except locks.NoLocks:
            # One write of less than a page in append mode stays whole on local file systems even so.
            return

    def _not_written(self, error: OSError) -> NotWritten:
        if isinstance(error, TimeoutError):
            return NotWritten(f"not kept: another program holds {self.shown}; try again")
        return NotWritten(f"not kept: {self.shown}: {files.reason(error)}. What was kept before is safe there")

    def _scan(self, data: bytes) -> Content:
        records: list[Record] = []
        problems: list[str] = []
        for number, line in enumerate(data.split(b"\n"), 1):
            if not line.strip():
                continue
            values = _decoded(line)
            if values is None:
                problems.append(f"{self.shown}: line {number} is damaged or was never finished; it is passed over")
            else:
                records.append(Record(number, values))
        return Content(tuple(records), tuple(problems))


def _encoded(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def _decoded(line: bytes) -> dict[str, Any] | None:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None
