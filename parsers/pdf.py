"""Text from a PDF, in a child process with limits: PDFium aborts its whole process on a memory bomb.

Needs the extra `pdf` (pypdfium2), which keeps a list mark on the line of its text.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from parsers import pdf_worker
from parsers.pdf_worker import DAMAGED, LOCKED, MOST_PAGES, MOST_TEXT, NO_TEXT, TOO_LONG
from parsers.unreadable import UnreadableLetterError

SECONDS = 20
"""Wall time for one PDF at most; the child's own limit on processor time is lower."""

_WHY: Mapping[int, str] = MappingProxyType(
    {
        NO_TEXT: "no text in this PDF (a scan?); run text recognition on it first",
        DAMAGED: "not a PDF that can be read (damaged?)",
        LOCKED: "this PDF is locked with a password; save a copy without it",
        TOO_LONG: f"too long for a letter: more than {MOST_PAGES} pages or {MOST_TEXT:,} characters",
        -signal.SIGXCPU: "this PDF took too long and was given up",
    }
)
"""Exit status of the child -> why there is no text."""


def extract(path: Path, data: bytes) -> str:
    """The text of a PDF, pages parted by form feeds, a blank line where the page leaves room for one.

    Args:
        path: names the PDF in errors.
        data: the PDF.

    Raises:
        UnreadableLetterError: the extra isn't installed, the PDF is damaged, locked, scanned, or over the limits.
    """
    if find_spec("pypdfium2") is None:
        raise UnreadableLetterError(path, "reading a PDF needs an extra: pip install 'recto[pdf]'")
    alive, ours = os.pipe()
    # -I: nothing of the caller's folder or environment is imported by the child.
    command = [sys.executable, "-I", pdf_worker.__file__, str(alive)]
    with (
        os.fdopen(ours, "wb"),
        os.fdopen(alive, "rb"),
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(alive,),
            start_new_session=True,
        ) as child,
    ):
        try:
            text, _ = child.communicate(data, timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            raise UnreadableLetterError(path, f"this PDF took more than {SECONDS} s and was given up") from error
        finally:
            if child.returncode is None:
                # Whatever ended the waiting, an interrupt too: nothing of the child is left.
                os.killpg(child.pid, signal.SIGKILL)
    if child.returncode:
        why = _WHY.get(child.returncode, "this PDF needs too much memory, or breaks the PDF reader; it was given up")
        raise UnreadableLetterError(path, why)
    return text.decode("utf-8", "replace")
