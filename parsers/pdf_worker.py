"""The child that reads one PDF: `python -I pdf_worker.py FILE` writes its text to standard output.

Exit status: 0 done, 3 no text, 4 not a readable PDF; anything else is a limit that was met.
"""

from __future__ import annotations

import resource
import sys

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 10
MOST_PAGES = 500
MOST_TEXT = 5_000_000


def main(path: str) -> int:
    """Print the text of the PDF at `path` and return the exit status."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    import pypdfium2  # Only after the limits: what it allocates counts.

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return 4
    pages: list[str] = []
    size = 0
    for number in range(min(len(document), MOST_PAGES)):
        text = document[number].get_textpage().get_text_bounded()
        size += len(text)
        if size > MOST_TEXT:
            break
        pages.append(text)
    joined = "\f".join(pages)
    if not joined.strip():
        return 3
    sys.stdout.buffer.write(joined.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
