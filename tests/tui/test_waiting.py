"""What Python does by itself is done when nobody waits for a key."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from tui.waiting import QUIET, Tidying


class Circle:
    """Holds itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    now = [1000.0]
    monkeypatch.setattr("tui.waiting.time.monotonic", lambda: now[0])
    yield now
    gc.unfreeze()


def test_what_is_there_is_not_looked_through_again(clock: list[float]) -> None:
    tidying = Tidying()
    before = gc.get_freeze_count()
    kept = [Circle() for _ in range(1000)]
    clock[0] += 1
    tidying.pass_by()
    assert gc.get_freeze_count() >= before + len(kept)


def test_what_holds_itself_goes_once_nobody_has_pressed_a_key_for_a_while(clock: list[float]) -> None:
    tidying, circle = Tidying(), Circle()
    tidying.pass_by()
    gone = weakref.ref(circle)
    del circle
    gc.collect()
    assert gone() is not None, "it was set aside"
    clock[0] += QUIET
    tidying.touch()
    tidying.pass_by()
    assert gone() is not None, "a key was pressed just now"
    clock[0] += QUIET
    tidying.pass_by()
    assert gone() is None


def test_a_quiet_moment_is_used_once(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    collected = list[int]()
    monkeypatch.setattr(gc, "collect", lambda: collected.append(1))
    tidying = Tidying()
    for _ in range(5):
        clock[0] += QUIET
        tidying.pass_by()
    assert len(collected) == 1
    tidying.touch()
    clock[0] += QUIET
    tidying.pass_by()
    assert len(collected) == 2
