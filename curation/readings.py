"""What lists, counts and searches know of each letter, as one reviewer sees it: read once, then again when it changed.

A letter counts as unchanged while the files that its reading was made of are the same ones: the letter, its agreed
review, and all files beside the reviewer's review, each by name, size, inode and both times. A file that was changed
within the last seconds may be changed once more at the same time of its clock: what is read of it is not kept. With
another parser, other rules of reviews or another `recto.toml` nothing is kept.
"""

from __future__ import annotations

import importlib.util
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from sys import intern
from typing import Final

import msgspec
import platformdirs

from curation import project
from curation.facts import LetterFacts, facts_of, packed, unpacked
from curation.reading_cache import ReadingCache, digest
from curation.summarising import seen_by
from curation.summary import Summary
from curation.workspace import Workspace

SETTLED: Final = 2_000_000_000
"""Nanoseconds after which a file is changed at another time of its clock: the coarsest clocks have two seconds."""
_PROGRAM: Final = ("parsers", "curation")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a letter.

    Attributes:
        summary: its row in a list of letters.
        shown: its facts, packed, as opening it would show them: the reviewer's own review, begun or not.
        counted: its facts, packed, as they count: the reviewer's own review, else the agreed one, else the parse.
    """

    summary: Summary
    shown: bytes
    counted: bytes


class Readings:
    """The letters of a workspace as a reviewer ("" for nobody) sees them. Not for several threads at once."""

    def __init__(self, workspace: Workspace, reviewer: str = "") -> None:
        """Nothing is written before `keep`."""
        self._workspace = workspace
        self._reviewer = reviewer
        self._stamp = _stamp(workspace.root)
        _first_stamps.setdefault(workspace.root, self._stamp)
        name = digest(os.fsencode(workspace.root), reviewer.encode()).hex()
        path = platformdirs.user_cache_path("recto", appauthor=False) / "readings" / name
        self._cache = ReadingCache(path, self._stamp)

    def of(self, key: str) -> Reading:
        """What is known of a letter. Raises one of `workspace.LETTER_ERRORS` if it or its review can't be read."""
        identity, _ = self._identity(key)
        known = self._cache.get(key, identity)
        if known is not None:
            with suppress(msgspec.MsgspecError, ValueError, zlib.error):
                return _decoded(known)
        reading = self._read(key)
        again, changed = self._identity(key)
        if again == identity and time.time_ns() - changed > SETTLED:
            # Half a character can't be written in UTF-8: such a letter is read each time.
            with suppress(UnicodeEncodeError):
                self._cache.put(key, identity, _encoded(reading))
        return reading

    def facts(self, key: str) -> LetterFacts:
        """The facts of a letter as they count. Raises as `of` does."""
        return unpacked(self.of(key).counted)

    def keep(self, *, all_read: bool = False) -> None:
        """Keep what was read for the next time; `all_read`: all letters were asked for. Never fails: it is a cache."""
        if _stamp(self._workspace.root) == self._stamp == _first_stamps[self._workspace.root]:
            self._cache.write(all_asked=all_read)

    def close(self) -> None:
        """Let go of the file of the cache."""
        self._cache.close()

    def _read(self, key: str) -> Reading:
        summary, review = seen_by(self._workspace, key, self._reviewer)
        shown = counted = packed(facts_of(review))
        if self._reviewer and summary.state == "agreed":
            counted = packed(facts_of(self._workspace.review(key, self._reviewer)))
        return Reading(summary, shown, counted)

    def _identity(self, key: str) -> tuple[bytes, int]:
        """What tells the files of a letter from others, and when the last of them was changed (ns). Raises as `of`."""
        path = self._workspace.path(key)
        files = [_file(path), _file(self._workspace.curated_path(key)), *_files(self._workspace.reviews_path(key))]
        found = [one for one in files if one is not None]
        changed = max(max(mtime, ctime) for _, _, _, mtime, ctime in found)
        return digest(repr(found).encode("utf-8", "surrogatepass")), changed


_File = tuple[str, int, int, int, int]
"""Name, size, inode, time of the last change of its content and of anything about it (ns)."""


def _file(path: Path) -> _File | None:
    try:
        return _told(path.name, path.stat())
    except OSError:
        return None


def _files(folder: Path) -> Iterator[_File]:
    """All files of a folder, by name; none where it is not there."""
    with suppress(OSError), os.scandir(folder) as found:
        yield from sorted(_told(one.name, one.stat()) for one in found)


def _told(name: str, stat: os.stat_result) -> _File:
    return name, stat.st_size, stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns


_first_stamps: Final[dict[Path, bytes]] = {}
"""The stamp of each workspace when this program first looked. A profile is read once in a run (`parsers.profile.load`):
once its file has changed, what is read is not what the next run would read, and none of it is kept."""


def _stamp(root: Path) -> bytes:
    return digest(_program(), *project.sources(root))


@cache
def _program() -> bytes:
    """What tells this program from one that would read a letter otherwise: its own files."""
    told = []
    for package in (*_PROGRAM, "pypdfium2"):
        found = importlib.util.find_spec(package)
        for folder in (found.submodule_search_locations or ()) if found else ():
            paths = Path(folder).rglob("*") if package in _PROGRAM else Path(folder).glob("*")
            told += [(str(p), *_told("", p.stat())) for p in paths if p.suffix in (".py", ".toml", ".json")]
    return repr(sorted(told)).encode("utf-8", "surrogatepass")


_DECODER: Final = msgspec.msgpack.Decoder(tuple[Summary, bytes, bytes])


def _encoded(reading: Reading) -> bytes:
    other = reading.counted if reading.counted != reading.shown else b""
    return msgspec.msgpack.encode((reading.summary, reading.shown, other))


def _decoded(data: bytes) -> Reading:
    """Raises msgspec.MsgspecError, ValueError or zlib.error for what `_encoded` did not make."""
    summary, shown, counted = _DECODER.decode(data)
    return Reading(_shared(summary), shown, counted or shown)


def _shared(summary: Summary) -> Summary:
    """With the names that many letters share kept once: of ten thousand rows that is most of what they take."""
    return replace(
        summary,
        profile=intern(summary.profile),
        state=intern(summary.state),
        counts={intern(category): number for category, number in summary.counts.items()},
        checks=tuple(map(intern, summary.checks)),
        themes=tuple(map(intern, summary.themes)),
    )
