"""The list that is going on from line to line: its mark, and the number that comes next."""

from __future__ import annotations

import re
from collections.abc import Iterator

NUMBER = r"\(?(?:\d{1,2}|[a-z]|[ivx]{2,5})[.)]"
"""A number or letter of a list, as a pattern: `1.`, `(a)`, `iv)`."""
NUMBERED = re.compile(r"(\(?)(?:(\d{1,2})|([a-z])|([ivx]{2,5}))([.)])(?=\s)(?!\s*$)")
"""The same with words behind it, and with its parts as groups."""
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


class Running:
    """The list that is going on from line to line.

    Attributes:
        style: its weak mark or number, "" where it has none so far. Strong marks need no memory.
        flattened: a line of this letter held several items with a dash, each after the end of a sentence.
    """

    def __init__(self) -> None:
        self.style = ""
        self.flattened = False
        self._last: dict[str, int] = {}

    def accept(self, found: re.Match[str], *, inside: bool = False) -> str:
        """The style (`1.`, `(a)`) if a number comes next in a list or begins one, else "".

        So `2010. ` at the start of a wrapped line is no mark. `inside`: it stands inside a line, and can begin none.
        """
        for kind, value in _readings(found):
            style = f"{found[1]}{kind}{found[5]}"
            if self.comes_next(style, value, begins=not inside):
                return style
        return ""

    def comes_next(self, style: str, value: int, *, begins: bool = True) -> bool:
        """Whether this number is the next in a list of its style, or begins one if it may; if so it is remembered."""
        if value != self._last.get(style, -1) + 1 and not (begins and value <= 2):
            return False
        self._last[style] = value
        return True


def _readings(found: re.Match[str]) -> Iterator[tuple[str, int]]:
    if found[2]:
        yield "1", int(found[2])
    label = found[3] or found[4]
    if found[3]:
        yield "a", ord(found[3]) - ord("a") + 1
    if label in _ROMAN:
        yield "i", _ROMAN.index(label) + 1
