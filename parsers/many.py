"""Many letters, one after another or on several processes, in memory that doesn't grow with their number."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

from parsers.letter import Letter
from parsers.parse import parse_file
from parsers.profile import Profile, load
from parsers.reading import UnreadableLetterError

CHUNK = 16
"""Letters a process is given at a time: enough that passing them on costs little, few enough that a bar moves."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[_T]):
    """What became of one path: a value, or the one line that says why it could not be read."""

    path: Path
    value: _T | None
    error: str = ""


def parse_many(
    paths: Iterable[Path],
    make: Callable[[Letter], _T],
    *,
    jobs: int = 1,
    profile: str | None = None,
) -> Iterator[Outcome[_T]]:
    """Parse letters and give what `make` makes of each, in the order of `paths`.

    Args:
        paths: files; taken as they are needed, so an endless or slow walk is no harm.
        make: turns a letter into the value wanted, in the process that parsed it; a module's function if `jobs` > 1.
        jobs: processes; 1 parses in this one.
        profile: id or file of the letter family, None to choose by each letter's words.

    Raises:
        parsers.profile.ProfileError: at the first letter, if the profile can't be used.
    """
    if jobs <= 1:
        for path in paths:
            yield from _parse_chunk([path], make, profile)
        return
    waiting: deque[Future[list[Outcome[_T]]]] = deque()
    remaining = iter(paths)
    with ProcessPoolExecutor(jobs) as pool:
        while chunk := list(islice(remaining, CHUNK)):
            waiting.append(pool.submit(_parse_chunk, chunk, make, profile))
            # Two chunks a process keep all of them busy; more would only fill memory with results nobody took.
            if len(waiting) >= 2 * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _parse_chunk(paths: list[Path], make: Callable[[Letter], _T], profile: str | None) -> list[Outcome[_T]]:
    chosen: Profile | None = load(profile) if profile else None
    outcomes: list[Outcome[_T]] = []
    for path in paths:
        try:
            outcomes.append(Outcome(path, make(parse_file(path, profile=chosen))))
        except UnreadableLetterError as error:
            outcomes.append(Outcome(path, None, str(error)))
    return outcomes
