"""How deep a TOML text nests, found before a parser goes that way: 40 kB of dotted key take tomllib 7 seconds."""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(r"""["'#.,=\[\]{}\n]""")
_IN_BASIC: Final = re.compile(r'["\\\n]')
_DEEPER: Final = "[{"
_HIGHER: Final = "]}"


def depth(text: str) -> int:
    """The deepest nesting: open brackets, or the dots of one key. In time linear in the text.

    For text that is no TOML the answer may be anything; the parser will say what is wrong.
    """
    deepest = brackets = dots = at = 0
    while found := _TOKEN.search(text, at):
        char = found.group()
        at = found.end()
        if char in "\"'":
            at = _end_of_string(text, found.start())
        elif char == "#":
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
        elif char == ".":
            dots += 1
        elif char in _DEEPER:
            brackets += 1
        elif char in _HIGHER:
            brackets = max(0, brackets - 1)
        else:
            dots = 0
        deepest = max(deepest, brackets, dots)
    return deepest


def _end_of_string(text: str, start: int) -> int:
    quote = text[start]
    long = quote * 3
    if text.startswith(long, start):
        end = _find_unescaped(text, long, start + 3) if quote == '"' else text.find(long, start + 3)
        return len(text) if end < 0 else end + 3
    if quote == "'":
        ends = [end for end in (text.find("'", start + 1), text.find("\n", start + 1)) if end >= 0]
        return min(ends) + 1 if ends else len(text)
    at = start + 1
    while found := _IN_BASIC.search(text, at):
        if found.group() != "\\":
            return found.end()
        at = found.end() + 1
    return len(text)


def _find_unescaped(text: str, long: str, at: int) -> int:
    while True:
        end, escape = text.find(long, at), text.find("\\", at)
        if escape < 0 or end < 0 or end < escape:
            return end
        at = escape + 2
