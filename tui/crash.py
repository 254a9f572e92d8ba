"""Our own crash report: Textual's prints local variables, and those are the letter's text."""

from __future__ import annotations

import datetime as dt
import os
import traceback
from pathlib import Path

from platformdirs import user_state_path


def write_report(error: BaseException, folder: Path | None = None) -> Path | None:
    """Write the bare trace of an error, without any value, to a file that only its owner can read.

    Returns where it is; None if it could not be written, since a crash has nobody left to handle a second one.
    """
    folder = user_state_path("recto") if folder is None else folder
    path = folder / f"crash-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}-{os.getpid()}.log"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(_trace(error))
    except OSError:
        return None
    return path


def _trace(error: BaseException) -> str:
    """Files, lines, functions and types of errors. Messages are left out too: they may quote the letter."""
    lines = []
    link: BaseException | None = error
    while link is not None:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines += [f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(link.__traceback__)]
        link = link.__cause__ or link.__context__
    return "\n".join(lines) + "\n"


def words(error: BaseException, report: Path | None) -> str:
    """What the person at the terminal is told, in short lines: a terminal that was just left may not wrap them."""
    kind = type(error).__name__
    where = f"Details are in\n{report}" if report else "Details could not be written."
    return f"Recto stopped on an error it did not expect ({kind}).\nAll decisions are saved. {where}"
