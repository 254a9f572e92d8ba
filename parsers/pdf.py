"""Text from a PDF, in a child process with limits: PDFium aborts its whole process on a memory bomb.

Needs the extra `pdf` (pypdfium2), which keeps a list mark on the line of its text.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from parsers.reading import UnreadableLetterError

SECONDS = 20
"""Wall time for one PDF at most; the child's own limit on CPU time is lower."""

NO_TEXT, NOT_A_PDF = 3, 4


def extract(path: Path) -> str:
    """The text of a PDF, pages parted by form feeds, as the PDF has it.

    Raises UnreadableLetterError: the extra isn't installed, the PDF is damaged, locked, scanned, or over the limits.
    """
    if find_spec("pypdfium2") is None:
        raise UnreadableLetterError(path, "reading a PDF needs an extra: pip install 'recto[pdf]'")
    worker = Path(__file__).with_name("pdf_worker.py")
    # -I: nothing of the caller's folder or environment is imported by the child.
    command = [sys.executable, "-I", str(worker), str(path.resolve())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, start_new_session=True)
    except subprocess.TimeoutExpired as error:
        raise UnreadableLetterError(path, f"this PDF took more than {SECONDS} s and was given up") from error
    if done.returncode == NO_TEXT:
        raise UnreadableLetterError(path, "no text in this PDF (a scan?); run text recognition on it first")
    if done.returncode == NOT_A_PDF:
        raise UnreadableLetterError(path, "not a PDF that can be read (damaged or locked with a password)")
    if done.returncode != 0:
        raise UnreadableLetterError(path, "this PDF went over the limits on memory or time and was given up")
    return done.stdout.decode("utf-8", "replace")
