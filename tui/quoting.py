"""A finding as a quotation with its source, and the two ways out of the app that it can take."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import termios

from curation.review import Review, ReviewedFinding
from parsers.display import visible
from tui import signals
from tui.paint_letter import line_of
from tui.palette import CategoryStyle
from tui.wording import letter_title

_AFTER = "  (select it with the mouse, then Enter)"


def quotation(review: Review, finding: ReviewedFinding, style: CategoryStyle) -> str:
    """`"Words." (Eastmarch County Council, 1 Dec 2010, strengths; eastmarch-2010.txt, line 41)`, one safe line."""
    title = letter_title(review).replace(" · ", ", ")
    source = f"{title}, {style.label.lower()}; {review.source.path}, line {line_of(review, finding.spans[0].start)}"
    return visible(f'"{" ".join(finding.text.split())}" ({source})')


def print_and_wait(words: str) -> None:
    """Print words on the terminal as one line that nothing breaks, and wait for Enter or Ctrl+C.

    The app has to be suspended. What else was typed, or pasted, is thrown away. Raises OSError.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    terminal = sys.stdin.fileno()
    try:
        sys.stdout.write(f"\n{words}\n\n{_AFTER}\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt), signals.interrupts_as_usual():
            while (typed := os.read(terminal, 4096)) and b"\n" not in typed:
                pass
        with contextlib.suppress(termios.error):
            termios.tcflush(terminal, termios.TCIFLUSH)
    finally:
        signal.signal(signal.SIGINT, before)
