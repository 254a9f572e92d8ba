"""Errands: one at a time, the last one first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tui.errands import Errands


class Thread:
    """Runs what it is given when it is told to."""

    def __init__(self) -> None:
        self.given: list[Callable[[], object]] = []

    def run(self) -> None:
        while self.given:
            self.given.pop(0)()


def test_what_was_asked_last_is_done_first_and_by_one_thread() -> None:
    thread, done = Thread(), list[str]()
    errands = Errands(thread.given.append)
    for name in "abc":
        errands.put(partial(done.append, name))
    assert len(thread.given) == 1
    thread.run()
    assert done == ["c", "b", "a"]


def test_what_is_asked_meanwhile_comes_next() -> None:
    thread, done = Thread(), list[str]()
    errands = Errands(thread.given.append)
    errands.put(partial(done.append, "old"))

    def first() -> None:
        done.append("first")
        errands.put(partial(done.append, "new"))

    errands.put(first)
    thread.run()
    assert done == ["first", "new", "old"]
    assert not thread.given


def test_after_all_is_done_a_new_thread_is_begun() -> None:
    thread, done = Thread(), list[str]()
    errands = Errands(thread.given.append)
    for name in "ab":
        errands.put(partial(done.append, name))
        thread.run()
    assert done == ["a", "b"]


def test_what_was_dropped_is_not_done() -> None:
    thread, done = Thread(), list[str]()
    errands = Errands(thread.given.append)
    errands.put(partial(done.append, "a"))
    errands.drop()
    thread.run()
    assert not done
