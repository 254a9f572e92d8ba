"""A progress bar on standard error for long work, only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

_T = TypeVar("_T")
_WORTH_A_BAR = 20


def progress(things: Iterable[_T], total: int | Callable[[], int], doing: str) -> Iterator[_T]:
    """Pass `things` on, with a bar that says what is being done and how much is left.

    `total` is how many there are, or counts them; it is called only if there is a terminal to draw the bar on.
    """
    if not sys.stderr.isatty():
        yield from things
        return
    number = total if isinstance(total, int) else total()
    if number < _WORTH_A_BAR:
        yield from things
        return
    # Importing rich costs more than parsing a handful of letters.
    from rich.console import Console
    from rich.progress import track

    yield from track(things, description=doing, total=number, console=Console(stderr=True), transient=True)


@contextmanager
def counting(doing: str) -> Iterator[Callable[[int, int], None]]:
    """A bar for work that counts itself: gives a function to be called with how much is done, and of how much."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(doing, total=None)
        yield lambda done, of: shown.update(task, completed=done, total=of)
