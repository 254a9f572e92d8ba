"""SIGHUP, SIGTERM, SIGINT and a terminal that is gone end the app at once, and leave the terminal usable.

When a line stalls, the queue to the terminal fills and the event loop blocks, so that handlers of asyncio and of
`signal.signal` never run. A thread in `sigwait` does. A terminal that is closed says so by SIGHUP, unless that goes to
another process: a second thread sleeps in `poll` until the terminal hangs up, because without one the framework would
read its end over and over, at 100 % of a processor. Nothing of the reviews needs saving here: each operation is in the
journal, fsynced, before the screen shows it.
"""

from __future__ import annotations

import os
import select
import signal
import termios
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

_WAKING: Final = signal.SIGUSR1
_ENDING: Final = frozenset({signal.SIGHUP, signal.SIGTERM, signal.SIGINT})
# Whatever sequence was cut off is ended first; then mouse, focus and paste reports off, keyboard protocol and pointer
# back, line wrap and cursor on, out of the full screen.
_RESET: Final = (
    b"\x18\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1004l\x1b[?2004l"
    b"\x1b[<u\x1b[?2048l\x1b[?7h\x1b[0m\x1b[?1049l\x1b[?25h"
)
_SECONDS_FOR_LAST_WORDS: Final = 0.5
"""What `last_words` may take: a disk that hangs must not keep the app alive."""
_TRIES: Final = 25
_BETWEEN_TRIES: Final = 0.02
"""Seconds: a thread that is still writing lets go of the terminal in between."""


def end_on_hangup(terminal: int, last_words: Callable[[], object] = lambda: None) -> None:
    """Block the ending signals in this thread and all it starts, and wait for them in a thread of their own.

    To be called before any other thread is started.

    Args:
        terminal: the file descriptor that the app draws on; its settings are taken now and put back at the end.
        last_words: called, in a thread, before the end; what it raises is nobody's any more.
    """
    end = _End(terminal, last_words)
    signal.signal(_WAKING, _wake)
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    os.register_at_fork(after_in_child=_unblock)
    for wait in (end.on_signal, end.on_hangup):
        threading.Thread(target=wait, name=f"recto-{wait.__name__}", daemon=True).start()


@contextmanager
def interrupts_as_usual() -> Iterator[None]:
    """Let Ctrl+C reach this thread's own handler: while the terminal is lent, it is not meant for the app."""
    before = signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _wake(*_: object) -> None:
    """A call that sleeps returns; there is nothing else to do."""


def _unblock() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


class _End:
    """How the app ends, from whichever thread learns of it first."""

    def __init__(self, terminal: int, last_words: Callable[[], object]) -> None:
        self._terminal = terminal
        self._last_words = last_words
        self._once = threading.Lock()
        try:
            self._settings: list[object] | None = termios.tcgetattr(terminal)
        except termios.error:
            self._settings = None

    def on_signal(self) -> None:
        self._now(signal.sigwait(_ENDING))

    def on_hangup(self) -> None:
        poller = select.poll()
        # No event is asked for: a hang-up is always told, and nothing else wakes this thread.
        poller.register(self._terminal, 0)
        while not any(found & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, found in poller.poll()):
            pass
        self._now(signal.SIGHUP)

    def _now(self, number: int) -> None:
        self._once.acquire()
        speaking = threading.Thread(target=self._speak, daemon=True)
        speaking.start()
        speaking.join(_SECONDS_FOR_LAST_WORDS)
        # A terminal that has gone away needs no order; one that is stalled gets it ahead of what it never showed.
        with suppress(OSError, termios.error):
            if self._settings is not None:
                termios.tcsetattr(self._terminal, termios.TCSANOW, self._settings)  # type: ignore[arg-type]  # as given
            self._reset()
        os._exit(128 + number)

    def _speak(self) -> None:
        with suppress(Exception):
            self._last_words()

    def _reset(self) -> None:
        """Raises OSError, termios.error."""
        # From here on the app draws into nothing. What it is in the middle of, on a line that takes no more, is thrown
        # away, so that the order to leave the full screen is what the line brings when it goes on.
        terminal = os.dup(self._terminal)
        os.dup2(os.open(os.devnull, os.O_WRONLY), self._terminal)
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and thread.ident is not None:
                # Whoever is in the middle of a write holds the terminal until it is woken.
                signal.pthread_kill(thread.ident, _WAKING)
        os.set_blocking(terminal, False)
        try:
            for _ in range(_TRIES):
                if _written(terminal):
                    return
                termios.tcflush(terminal, termios.TCOFLUSH)
                time.sleep(_BETWEEN_TRIES)
        finally:
            # The shell that comes next shares this with us.
            os.set_blocking(terminal, True)


def _written(terminal: int) -> bool:
    with suppress(BlockingIOError):
        return os.write(terminal, _RESET) == len(_RESET)
    return False
