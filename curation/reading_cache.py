"""A file of what was read of letters before, in the cache folder of this account, so that it need not be read again.

    16 bytes that say what kind of file it is, 16 of a stamp: with another one nothing in the file counts
    then a record a letter: its lengths, a digest of what follows, the identity of its files, its key, what was read

Records are appended under a lock; the last one of a key counts. A cache is never trusted and never in the way: from the
first record on that does not fit its digest all is read anew, and what can't be written is left out.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from io import BufferedReader
from pathlib import Path
from typing import Final, NamedTuple

from curation import files
from curation.held_file import held

DIGEST: Final = 16
"""Bytes of a stamp, of an identity, of a digest."""
_KIND: Final = b"recto-readings-1"
_LENGTHS: Final = struct.Struct(">IH")
_HEAD: Final = _LENGTHS.size + 2 * DIGEST
_LARGEST: Final = 1_000_000_000


class _Place(NamedTuple):
    """Where the record of a letter lies, in bytes, and the identity of the files that it was read from."""

    identity: bytes
    start: int
    size: int
    key_size: int


def digest(*parts: bytes) -> bytes:
    """`DIGEST` bytes that stand for these, each with its length."""
    whole = hashlib.blake2b(digest_size=DIGEST)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.digest()


class ReadingCache:
    """What was read before, by key. Not for several threads at once; several programs may share the file."""

    def __init__(self, path: Path, stamp: bytes) -> None:
        """Look at what is there. `stamp` (`DIGEST` bytes) stands for all that a reading depends on but the letter."""
        self._path = path
        self._head = _KIND + stamp
        self._file: BufferedReader | None = None
        self._places: dict[str, _Place] = {}
        self._end = 0
        self._new: dict[str, bytes] = {}
        self._asked: set[str] = set()
        with suppress(OSError):
            self._open()

    def get(self, key: str, identity: bytes) -> bytes | None:
        """What was read of a letter from files with this identity (`DIGEST` bytes); None if that is not known."""
        self._asked.add(key)
        place = self._places.get(key)
        if place is None or place.identity != identity or self._file is None:
            return None
        with suppress(OSError):
            record = os.pread(self._file.fileno(), place.size, place.start)
            if len(record) == place.size:
                return record[_HEAD + place.key_size :]
        return None

    def put(self, key: str, identity: bytes, reading: bytes) -> None:
        """Keep what was read with the next `write`."""
        name = key.encode("utf-8", "surrogatepass")
        if len(name) < 1 << 16:
            body = identity + name + reading
            self._new[key] = _LENGTHS.pack(len(reading), len(name)) + digest(body) + body

    def write(self, *, all_asked: bool = False) -> None:
        """Append what is new. `all_asked`: what was never asked for in this run is of no letter that is still there."""
        new, self._new = self._new, {}
        with suppress(OSError):
            if self._file is None:
                if new:
                    self._replace(b"".join(new.values()))
            elif new or all_asked:
                self._append(new, all_asked=all_asked)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self) -> None:
        """Raises OSError."""
        # Open until `close`: what another program puts in its place meanwhile has other offsets.
        found = open(files.open_regular(self._path, os.O_RDONLY), "rb")  # noqa: PTH123, SIM115 - a descriptor
        if os.fstat(found.fileno()).st_size <= _LARGEST and found.read(len(self._head)) == self._head:
            self._file, self._end = found, len(self._head)
            self._scan()
        else:
            found.close()

    def _scan(self) -> None:
        """Take in the records from `_end` on, as far as they are whole."""
        assert self._file is not None
        self._file.seek(self._end)
        for key, place in _records(self._file, self._end):
            self._places[key] = place
            self._end = place.start + place.size

    def _append(self, new: dict[str, bytes], *, all_asked: bool) -> None:
        """Raises OSError."""
        assert self._file is not None
        with held(self._path):
            there, mine = self._path.lstat(), os.fstat(self._file.fileno())
            if (there.st_dev, there.st_ino) != (mine.st_dev, mine.st_ino):
                return  # another program has written it anew: what is new here is read once more
            self._scan()
            descriptor = files.open_regular(self._path, os.O_WRONLY)
            try:
                # What follows the last whole record was never finished.
                os.ftruncate(descriptor, self._end)
                os.lseek(descriptor, self._end, os.SEEK_SET)
                files.write_all(descriptor, b"".join(new.values()))
            finally:
                os.close(descriptor)
            self._scan()
            if all_asked:
                self._compact()

    def _compact(self) -> None:
        """Write anew what still counts, if that is less than half of the file. Raises OSError."""
        assert self._file is not None
        counting = [place for key, place in self._places.items() if key in self._asked]
        if 2 * sum(place.size for place in counting) < self._end - len(self._head):
            records = [os.pread(self._file.fileno(), place.size, place.start) for place in counting]
            self._replace(b"".join(records))

    def _replace(self, records: bytes) -> None:
        """Raises OSError."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.replace_file(self._path, self._head + records, private=True)
        self.close()
        self._places = {}
        self._open()


def _records(file: BufferedReader, start: int) -> Iterator[tuple[str, _Place]]:
    """The records from a place on, up to the first one that is not whole."""
    while True:
        head = file.read(_HEAD)
        if len(head) < _HEAD:
            return
        size, key_size = _LENGTHS.unpack_from(head)
        rest = file.read(key_size + size) if size <= _LARGEST else b""
        identity = head[-DIGEST:]
        if len(rest) < key_size + size or digest(identity + rest) != head[_LENGTHS.size : -DIGEST]:
            return
        try:
            key = rest[:key_size].decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return
        yield key, _Place(identity, start, _HEAD + len(rest), key_size)
        start += _HEAD + len(rest)
