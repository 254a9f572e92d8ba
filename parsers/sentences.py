"""Where a sentence ends."""

from __future__ import annotations

_TERMINAL = ".!?:;"
_LONGEST_LINK = 8
_CLOSERS = "'\"\u2019\u201d)]*_"


def is_complete(text: str, end: int) -> bool:
    """Whether the text before `end` ends a sentence (or a clause that a list may end with)."""
    place = end - 1
    while place >= 0 and text[place] in _CLOSERS:
        place -= 1
    return place >= 0 and text[place] in _TERMINAL


def ends_item(text: str, end: int) -> bool:
    """Whether the text before `end` may end an item: a sentence, a clause, or `; and` before the last of a list."""
    if is_complete(text, end):
        return True
    last = text[max(0, end - _LONGEST_LINK) : end]
    for link in ("and", "or"):
        if last.endswith(link):
            return last[: -len(link)].rstrip()[-1:] in (";", ",")
    return False
