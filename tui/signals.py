"""SIGHUP and SIGTERM end the app at once, whatever the event loop is waiting for, and leave the terminal usable.

When a line stalls, the queue to the terminal fills and the event loop blocks, so that handlers of asyncio and of
`signal.signal` never run. A thread in `sigwait` does. Nothing needs saving here: each operation is in the journal,
fsynced, before the screen shows it.
"""

from __future__ import annotations

import os
import signal
import termios
import threading
from typing import Final

_ENDING: Final = frozenset({signal.SIGHUP, signal.SIGTERM})
# Mouse, focus and paste reports off, keyboard protocol and pointer back, line wrap and cursor on, out of the full
# screen.
_RESET: Final = (
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1004l\x1b[?2004l"
    b"\x1b[<u\x1b[?2048l\x1b[?7h\x1b[0m\x1b[?1049l\x1b[?25h"
)


def end_on_hangup(terminal: int) -> None:
    """Block the ending signals in this thread and all it starts, and wait for them in a thread of their own.

    To be called before any other thread is started. `terminal` is the file descriptor that the app draws on; its
    settings are taken now and put back at the end.
    """
    try:
        settings = termios.tcgetattr(terminal)
    except termios.error:
        settings = None
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    os.register_at_fork(after_in_child=_unblock)
    threading.Thread(target=_wait, args=(terminal, settings), name="recto-signals", daemon=True).start()


def _unblock() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


def _wait(terminal: int, settings: list[object] | None) -> None:
    number = signal.sigwait(_ENDING)
    try:
        # The line may be full or gone: what can't be written now is not waited for.
        os.set_blocking(terminal, False)
        os.write(terminal, _RESET)
        os.set_blocking(terminal, True)
        if settings is not None:
            termios.tcsetattr(terminal, termios.TCSANOW, settings)  # type: ignore[arg-type]  # as tcgetattr gave it
    except (OSError, termios.error):
        # The terminal has gone away: there is nothing left to put in order.
        os._exit(128 + number)
    os._exit(128 + number)
