"""Where a sentence ends."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.letter import Span

_TERMINAL = ".!?:;"
_LONGEST_LINK = 8
_CLOSERS = "'\"\u2019\u201d)]*_"


def sentences_in(text: str, start: int, end: int) -> Iterator[Span]:
    """What stands between full stops, question and exclamation marks in `text[start:end]`, each with the one behind it.

    A full stop inside a sentence, as in `e.g.`, parts it too.
    """
    for words in text[start:end].replace("!", ".").replace("?", ".").split("."):
        stop = start + len(words)
        if words:
            yield Span(start, min(stop + 1, end))
        start = stop + 1


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
