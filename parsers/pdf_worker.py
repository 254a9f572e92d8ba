"""The child that reads one PDF: bytes on standard input, text on standard output.

    python -I pdf_worker.py ALIVE < letter.pdf

ALIVE is the number of a file descriptor at which nothing ever comes. Its other end is the parent's: when that is gone,
so is the reason to go on, and the child ends.

Exit status: 0 done, else one of those below, else a limit was met or PDFium broke.
"""

from __future__ import annotations

import os
import resource
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

NO_TEXT, DAMAGED, LOCKED, TOO_LONG = 3, 4, 5, 6
"""Exit statuses."""

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 10
MOST_PAGES = 500
MOST_TEXT = 5_000_000
"""Limits: bytes of address space, seconds of processor time, pages, code points."""

_HYPHENS = ("\x02", "\ufffe")
"""What PDFium puts for a hyphen at a line's end together with the line's end."""
_PARAGRAPH = 1.3
"""A step to the next line that is longer than so many usual ones parts paragraphs."""
_USUAL_STEP = 0.1
"""The usual step is not among the shortest tenth: those are indices and lines of a table."""


class _Line(NamedTuple):
    """A line of a page, and the height of its base line over the foot of the page, in points."""

    text: str
    base: float


def main(alive: int) -> int:
    """Print the text of the PDF on standard input and return the exit status."""
    _limit()
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()
    data = sys.stdin.buffer.read()
    import pypdfium2  # Only after the limits: what it allocates counts.
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > MOST_PAGES:
            return TOO_LONG
        pages: list[list[_Line]] = []
        size = 0
        for page in document:
            text_page = page.get_textpage()
            size += text_page.count_chars()
            if size > MOST_TEXT:
                return TOO_LONG
            pages.append(list(_lines(text_page)))
            text_page.close()
            page.close()
    except pypdfium2.PdfiumError as error:
        return LOCKED if error.err_code == FPDF_ERR_PASSWORD else DAMAGED
    text = _joined(pages)
    if not text.strip():
        return NO_TEXT
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


def _limit() -> None:
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        allowed = resource.getrlimit(limit)[1]
        value = value if allowed == resource.RLIM_INFINITY else min(value, allowed)
        resource.setrlimit(limit, (value, value))


def _end_with(alive: int) -> None:
    os.read(alive, 1)
    os._exit(1)


def _lines(page: PdfTextPage) -> Iterator[_Line]:
    """The lines of a page as PDFium finds them, in its order."""
    from ctypes import byref, c_double

    from pypdfium2.raw import FPDFText_GetCharOrigin, FPDFText_GetUnicode

    across, base = c_double(), c_double()
    characters: list[str] = []
    for place in range(page.count_chars()):
        character = chr(min(FPDFText_GetUnicode(page, place), sys.maxunicode))
        if character == "\r":
            continue
        if not characters:
            FPDFText_GetCharOrigin(page, place, byref(across), byref(base))
        if character == "\n" or character in _HYPHENS:
            yield _Line("".join(characters) + ("-" if character in _HYPHENS else ""), base.value)
            characters = []
        elif character != "\0":
            characters.append(character)
    if characters:
        yield _Line("".join(characters), base.value)


def _joined(pages: Sequence[Sequence[_Line]]) -> str:
    """The text: a blank line where the page leaves room for one, pages parted by form feeds."""
    steps = sorted(step for page in pages for step in map(_step, page, page[1:]) if step > 1)
    longest = _PARAGRAPH * steps[int(_USUAL_STEP * len(steps))] if steps else 0.0
    return "\f".join("\n".join(_parted(page, longest)) for page in pages)


def _parted(page: Sequence[_Line], longest: float) -> Iterator[str]:
    for number, line in enumerate(page):
        if number and not -1 <= _step(page[number - 1], line) <= longest:
            yield ""
        yield line.text


def _step(before: _Line, line: _Line) -> float:
    """How far down the page the next line is, in points."""
    return before.base - line.base


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
