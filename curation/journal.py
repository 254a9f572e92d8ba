r"""The journal: every operation of one reviewer on one letter, one line of JSON each, appended and never rewritten.

    {"n":15,"at":"2026-11-20T09:14:31Z","by":"ab","login":"abrown","op":"reopen","batch":null,"sum":"9c41d2e07ab3"}

Line 1 is `open` and holds the state that the operations begin from. `n` counts up by one from line to line, and `sum`
chains each to the one before (`curation.journal_lines`).

To append: lock the journal itself (`flock`; it is never replaced), read what others appended, check against the state
which that gives, write once, fsync, unlock. Only then is an operation done.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from curation import files, locks
from curation.journal_lines import Line, Position, decode, encode, ended, scan

SCHEMA: Final = "recto.journal/1"
LARGEST: Final = 500_000_000
"""Bytes of a journal at most; one with 100,000 operations has some 50 million."""
LOCK_SECONDS: Final = 5.0


class NotWritten(Exception):
    """An operation that did not reach the disk. `str()` says why, what is safe and where, and what can be done."""


@dataclass(frozen=True, slots=True)
class News:
    """What was read since the last time.

    Attributes:
        lines: whole lines, in order.
        anew: True if the file is another than before: `lines` are then all of it.
        torn: bytes at the end that are no whole line; they were never acknowledged.
        damage: "" or what is wrong in the middle; nothing after it was read.
    """

    lines: tuple[Line, ...] = ()
    anew: bool = False
    torn: int = 0
    damage: str = ""


class Journal:
    """One journal file: how far it was read, and the way to append to it. Not for several threads at once."""

    def __init__(self, path: Path, root: Path) -> None:
        """`path` is the file, which need not exist; `root` the workspace, whose mode and group new folders take."""
        self.path = path
        self.shown = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
        self.warnings: tuple[str, ...] = ()
        self._root = root
        self._position = Position()
        self._identity: tuple[int, int] | None = None

    @property
    def n(self) -> int:
        """The number of the last line read, -1 before the first."""
        return self._position.n

    @property
    def sum(self) -> str:
        """The sum of the last line read, "" before the first."""
        return self._position.sum

    @property
    def lines(self) -> int:
        """How many lines were read."""
        return self._position.lines

    @property
    def exists(self) -> bool:
        """True if the journal held a line when it was last read."""
        return self._position.lines > 0

    def read(self) -> News:
        """Read what is new; writes nothing and waits for nobody for long. Raises OSError."""
        try:
            descriptor = files.open_regular(self.path, os.O_RDONLY)
        except FileNotFoundError:
            return News()
        try:
            news = self._take_in(descriptor)
            if news.torn:
                # Perhaps another process is in the middle of a line: look again when nobody is.
                with suppress(NotWritten, OSError):
                    self._lock(descriptor, locks.SHARED)
                again = self._take_in(descriptor)
                news = News(news.lines + again.lines, news.anew, again.torn, again.damage)
            return news
        finally:
            os.close(descriptor)

    @contextmanager
    def writing(self) -> Iterator[Pen]:
        """Hold the lock, with what is new taken in. Raises NotWritten if the journal can't be opened, locked or used.

        Makes the folders and the file if they are not there; if then nothing is written, there is no file again.
        """
        descriptor = self._open_locked()
        try:
            yield self._pen(descriptor)
        finally:
            if os.fstat(descriptor).st_size == 0:
                with suppress(OSError):
                    self.path.unlink()
            os.close(descriptor)

    def not_written(self, why: str) -> NotWritten:
        """The error for a change that could not be kept."""
        safe = f"all {self.n} operations before it are" if self.n > 0 else "nothing else is lost: there is no other"
        where = f" safe in {self.shown}" if self.n > 0 else ""
        return NotWritten(f"not kept: {why}. {safe[0].upper()}{safe[1:]}{where}")

    def _open_locked(self) -> int:
        gone = self.exists and not self.path.exists()
        if gone:
            raise self.not_written(f"{self.shown} is not there any more; bring it back, or open the letter again")
        try:
            refused = files.make_folders(self.path.parent, self._root)
            if refused:
                self.warn(files.not_like_the_workspace(str(Path(self.shown).parent), refused))
            while True:
                descriptor = self._open()
                try:
                    self._lock(descriptor, locks.ALONE)
                    if _identity(os.fstat(descriptor)) == _identity(self.path.lstat()):
                        return descriptor
                except FileNotFoundError:
                    pass
                except BaseException:
                    os.close(descriptor)
                    raise
                os.close(descriptor)
        except OSError as error:
            raise self.not_written(f"{self.shown}: {files.reason(error)}") from error

    def _open(self) -> int:
        like = self._root.stat()
        try:
            return files.open_regular(self.path, os.O_RDWR | os.O_APPEND)
        except FileNotFoundError:
            descriptor = files.open_regular(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
            refused = files.take_after(descriptor, like, files.file_mode(like))
            if refused:
                self.warn(files.not_like_the_workspace(self.shown, refused))
            return descriptor

    def _lock(self, descriptor: int, kind: int) -> None:
        try:
            locks.acquire(descriptor, kind, LOCK_SECONDS)
        except locks.NoLocks:
            self.warn("this folder has no locks: do not work on one review in two places at once")
        except TimeoutError as error:
            held = f"another program holds {self.shown} for {LOCK_SECONDS:.0f} seconds or more; try again"
            raise self.not_written(held) from error

    def warn(self, message: str) -> None:
        """Have something said about the files, once."""
        if message not in self.warnings:
            self.warnings = (*self.warnings, message)

    def _take_in(self, descriptor: int) -> News:
        status = os.fstat(descriptor)
        known = self._identity
        anew = known is not None and (known != _identity(status) or status.st_size < self._position.end)
        if anew:
            self._position = Position()
        self._identity = _identity(status)
        data = files.read_from(descriptor, self._position.end, LARGEST)
        if self._position.unended and data[:1] == b"\n":
            data = data[1:]
            self._position = ended(self._position)
        found = scan(data, self._position)
        self._position = found.position
        return News(tuple(found.lines), anew, found.torn, found.damage)

    def _pen(self, descriptor: int) -> Pen:
        try:
            news = self._take_in(descriptor)
            if news.damage:
                raise self.not_written(f"{self.shown}: {news.damage}; bring the file back from a copy")
            if news.torn:
                self._set_aside(descriptor)
            if self._position.unended:
                files.write_all(descriptor, b"\n")
                self._position = ended(self._position)
        except OSError as error:
            raise self.not_written(f"{self.shown}: {files.reason(error)}") from error
        return Pen(self, descriptor, news)

    def _set_aside(self, descriptor: int) -> None:
        """Bytes of a line that was never finished go to a file beside, then the journal ends where it was whole."""
        torn = files.read_from(descriptor, self._position.end, LARGEST)
        like = os.fstat(descriptor)
        number = self._position.n + 1
        aside = files.write_beside(self.path, f"torn-{number}", torn, like)
        os.ftruncate(descriptor, self._position.end)
        os.fsync(descriptor)
        self.warn(f"the last line of {self.shown} was not finished; its {len(torn)} bytes were kept in {aside.name}")

    def append(self, descriptor: int, records: Sequence[Mapping[str, Any]]) -> tuple[Line, ...]:
        """Write lines and bring them to the disk; all of them or none. For `Pen` only. Raises NotWritten."""
        here = self._position
        data = b""
        lines = []
        for values in records:
            encoded, digest = encode(values, here.sum)
            line = decode(encoded[:-1], here.sum)
            here = Position(here.end + len(encoded), here.lines + 1, values["n"], digest)
            data += encoded
            lines.append(line)
        first = self._position.end == 0
        try:
            files.write_all(descriptor, data)
            os.fsync(descriptor)
            if first:
                files.fsync_folder(self.path.parent)
        except OSError as error:
            # Half a line must not stay: whoever comes next would append to it.
            with suppress(OSError):
                os.ftruncate(descriptor, self._position.end)
                os.fsync(descriptor)
            raise self.not_written(f"{self.shown}: {files.reason(error)}") from error
        self._position = here
        return tuple(lines)


class Pen:
    """The right to append, while the lock is held. `news` is what others had written."""

    def __init__(self, journal: Journal, descriptor: int, news: News) -> None:
        self.news = news
        self._journal = journal
        self._descriptor = descriptor

    def write(self, records: Sequence[Mapping[str, Any]]) -> tuple[Line, ...]:
        """Append lines (all fields but `sum`) with one write and one fsync; all of them or none. Raises NotWritten."""
        return self._journal.append(self._descriptor, records)


def _identity(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino
