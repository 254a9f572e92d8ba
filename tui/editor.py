"""The reviewer's own editor, where `VISUAL` or `EDITOR` names one."""

from __future__ import annotations

import os
import shlex
import signal
from collections.abc import Mapping
from pathlib import Path

from tui import signals


def command(environ: Mapping[str, str] | None = None) -> list[str]:
    """The editor and its arguments, from `VISUAL` or else `EDITOR`; empty where neither says one.

    Raises ValueError for quotes that do not close.
    """
    known = os.environ if environ is None else environ
    return shlex.split(known.get("VISUAL", "").strip() or known.get("EDITOR", "").strip())


def edit(editor: list[str], path: Path) -> int:
    """Run an editor on a file in this terminal until it ends; its exit status, or minus the signal that ended it.

    The app has to be suspended. Raises OSError if there is no such program.
    """
    # The app blocks the ending signals for a thread of its own; an editor has to get them, and `subprocess` can't
    # unblock them.
    # Ctrl+C in the editor goes to the whole group: it is the editor's.
    before = signal.signal(signal.SIGINT, _leave_to_the_editor)
    try:
        with signals.interrupts_as_usual():
            child = os.posix_spawnp(
                editor[0], [*editor, str(path)], os.environ, setsigmask=(), setsigdef=(signal.SIGINT, signal.SIGPIPE)
            )
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        signal.signal(signal.SIGINT, before)


def _leave_to_the_editor(*_: object) -> None:
    return
