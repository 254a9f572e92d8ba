"""Where a sentence ends."""

from __future__ import annotations

_TERMINAL = ".!?:;"
_CLOSERS = "'\"\u2019\u201d)]*_"


def is_complete(text: str, end: int) -> bool:
    """Whether the text before `end` ends a sentence (or a clause that a list may end with)."""
    place = end - 1
    while place >= 0 and text[place] in _CLOSERS:
        place -= 1
    return place >= 0 and text[place] in _TERMINAL
