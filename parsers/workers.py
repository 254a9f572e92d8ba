"""Processes that do one task after another; the death of one costs its task and nothing else.

`concurrent.futures` gives up all tasks when a process dies, and can't say which of them killed it.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Generic, NamedTuple, TypeVar

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

# Forking a process that has threads (a progress bar's, an app's) can lock it up for ever.
_CONTEXT = multiprocessing.get_context("spawn")
_AHEAD = 4
"""Tasks a process that are under way, or done and not yet taken: one slow task must not stop the other processes, but
what nobody took fills memory."""


@dataclass(frozen=True, slots=True)
class Died:
    """Instead of a result: the process ended before it gave one; `how` says how it ended."""

    how: str


class _Worker(NamedTuple):
    process: SpawnProcess
    pipe: Connection


def run(
    work: Callable[[_Task], _Result], tasks: Iterable[_Task], processes: int
) -> Iterator[tuple[_Task, _Result | Died]]:
    """Do each task in one of some processes, and give it back with its result in the order of `tasks`.

    Args:
        work: a module's function or a partial of one; it may not raise.
        tasks: taken as they are needed.
        processes: how many; started as they are needed, and ended with the iterator, whatever ends it.
    """
    crew: _Crew[_Task, _Result] = _Crew(work, processes)
    waiting = enumerate(tasks)
    done: dict[int, tuple[_Task, _Result | Died]] = {}
    following = 0
    try:
        while True:
            while crew.has_room and crew.under_way + len(done) < _AHEAD * processes:
                given = next(waiting, None)
                if given is None:
                    break
                crew.give(*given)
            if not crew.under_way:
                return
            done.update(crew.take())
            while following in done:
                yield done.pop(following)
                following += 1
    finally:
        crew.end()


class _Crew(Generic[_Task, _Result]):
    """The processes, and which task each of them has."""

    def __init__(self, work: Callable[[_Task], _Result], processes: int) -> None:
        self._work, self._processes = work, processes
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, tuple[_Worker, int, _Task]] = {}

    @property
    def under_way(self) -> int:
        """How many tasks are being done."""
        return len(self._busy)

    @property
    def has_room(self) -> bool:
        """Whether a process is free, or may be started."""
        return len(self._busy) < self._processes

    def give(self, number: int, task: _Task) -> None:
        """Have a task done."""
        worker = self._idle.pop() if self._idle else _start(self._work)
        self._busy[worker.pipe] = (worker, number, task)
        # A process may have died since its last task; that is seen when its answer is waited for.
        with suppress(BrokenPipeError, ConnectionResetError):
            worker.pipe.send(task)

    def take(self) -> Iterator[tuple[int, tuple[_Task, _Result | Died]]]:
        """Wait until a task at least is done or lost: number, task and result of each that is."""
        for pipe in wait(list(self._busy)):
            worker, number, task = self._busy[pipe]  # type: ignore[index]  # only our pipes were waited for
            result: _Result | Died
            try:
                result = worker.pipe.recv()
                self._idle.append(worker)
            except (EOFError, ConnectionResetError):
                worker.process.join()
                worker.pipe.close()
                result = Died(_how(worker.process.exitcode))
            del self._busy[worker.pipe]
            yield number, (task, result)

    def end(self) -> None:
        """End every process at once, whatever it is doing."""
        workers = [*self._idle, *(worker for worker, _, _ in self._busy.values())]
        for worker in workers:
            worker.process.terminate()
        for worker in workers:
            worker.process.join()
            worker.pipe.close()


def _start(work: Callable[[_Task], _Result]) -> _Worker:
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_serve, args=(work, theirs), daemon=True)
    with _interrupts_held():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl+C reaches every process of a terminal; what is started here never hears it. It is ended by this process."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(work: Callable[[_Task], _Result], pipe: Connection) -> None:
    # The other end is closed when nobody is left to work for.
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            task: _Task = pipe.recv()
            pipe.send(work(task))


def _how(status: int | None) -> str:
    if status is not None and status < 0:
        return f"was ended by {signal.Signals(-status).name}"
    return f"ended with status {status}"
