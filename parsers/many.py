"""Many letters, one after another or on several processes, in memory that doesn't grow with their number."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from parsers.letter import Letter
from parsers.parse import parse_file
from parsers.profile import load
from parsers.unreadable import UnreadableLetterError
from parsers.workers import Died, run

MOST_IN_CHUNK = 16
LARGEST_CHUNK = 500_000
"""Letters, and bytes, that a process is given at a time: enough that passing them on costs little, few enough that a
bar moves and that results which nobody took yet stay small."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[_T]):
    """What became of one path: a value, or the one line that says why there is none."""

    path: Path
    value: _T | None
    error: str = ""


def parse_many(
    paths: Iterable[Path],
    make: Callable[[Letter], _T],
    *,
    jobs: int = 1,
    profile: str | None = None,
) -> Generator[Outcome[_T], None, None]:
    """Parse letters and give what `make` makes of each, in the order of `paths`.

    A letter that can't be read, that meets a fault of Recto's own, or whose process dies costs no other letter: its
    outcome says what happened.

    Args:
        paths: files; taken as they are needed, so an endless or slow walk is no harm.
        make: turns a letter into the value wanted, in the process that parsed it; a module's function if `jobs` > 1.
        jobs: processes; 1 parses in this one.
        profile: id or file of the letter family, None to choose by each letter's words.

    Raises:
        parsers.profile.ProfileError: at the first letter, if the profile can't be used.
    """
    if profile:
        load(profile)
    work: Callable[[Sequence[Path]], list[Outcome[_T]]] = partial(_parse_chunk, make=make, profile=profile)
    if jobs <= 1:
        for path in paths:
            yield from work([path])
        return
    for chunk, outcomes in run(work, _chunks(paths), jobs):
        yield from _one_by_one(work, chunk) if isinstance(outcomes, Died) else outcomes


def _chunks(paths: Iterable[Path]) -> Iterator[list[Path]]:
    chunk: list[Path] = []
    size = 0
    for path in paths:
        chunk.append(path)
        size += _size(path)
        if len(chunk) == MOST_IN_CHUNK or size > LARGEST_CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        # The reader will say what is wrong with it.
        return 0


def _one_by_one(work: Callable[[Sequence[Path]], list[Outcome[_T]]], chunk: Sequence[Path]) -> Iterator[Outcome[_T]]:
    """Parse the letters of a process that died each alone: one of them may have killed it."""
    for (path,), outcomes in run(work, [[path] for path in chunk], 1):
        if isinstance(outcomes, Died):
            why = f"the process that parsed it {outcomes.how}; the letter is left out"
            yield Outcome(path, None, str(UnreadableLetterError(path, why)))
        else:
            yield from outcomes


def _parse_chunk(paths: Sequence[Path], make: Callable[[Letter], _T], profile: str | None) -> list[Outcome[_T]]:
    chosen = load(profile) if profile else None
    outcomes: list[Outcome[_T]] = []
    for path in paths:
        try:
            outcomes.append(Outcome(path, make(parse_file(path, profile=chosen))))
        except UnreadableLetterError as error:
            outcomes.append(Outcome(path, None, str(error)))
        except Exception as error:  # noqa: BLE001 - a fault of ours in one letter is told, and costs no other letter
            outcomes.append(Outcome(path, None, str(UnreadableLetterError(path, _fault(error)))))
    return outcomes


def _fault(error: Exception) -> str:
    """The kind and place of an error, without its message: that may hold a letter's words."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"a fault in Recto ({type(error).__name__}, {Path(place.filename).name} line {place.lineno}); please report it"
    )
