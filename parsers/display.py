"""Text that nobody vouches for, made safe to show on a terminal without moving a single offset.

Escape sequences, C1 controls and bidirectional overrides in a letter could clear the screen, write the clipboard or
show other words than are stored (CWE-150, Trojan Source CVE-2021-42574). Each such character is replaced by one visible
character, so that spans stay right and the reader sees that something stands there. Data keeps the original.
"""

from __future__ import annotations

import unicodedata

HIDDEN = "\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
"""What a file of text must not hold raw, as a class of a regular expression: controls that JSON and TOML let through,
separators of lines, and format characters that hide or reorder what is read. `cat` has to be safe."""

_SPACES = {"\t": " ", "\u00a0": " ", "\u202f": " ", "\u2007": " "}
_PICTURE = 0x2400
_DELETE_PICTURE = "\u2421"
_REPLACEMENT = "\ufffd"
_DOT = "\u00b7"


class _Table(dict[int, str]):
    """A translation table that is filled as characters are met: 1.1 million code points need no table."""

    def __missing__(self, code: int) -> str:
        shown = _visible_character(chr(code))
        self[code] = shown
        return shown


def _visible_character(char: str) -> str:
    if char in _SPACES:
        return _SPACES[char]
    code = ord(char)
    if code < 0x20:
        return chr(_PICTURE + code)
    if code == 0x7F:
        return _DELETE_PICTURE
    category = unicodedata.category(char)
    if category in {"Cc", "Cs", "Co", "Cn"}:
        return _REPLACEMENT
    if category in {"Cf", "Zl", "Zp"} or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return _DOT
    return char


_TABLE = _Table()
_LINES = _Table({0x0A: "\n"})


def visible(text: str) -> str:
    """Return `text` with every character that could act on a terminal replaced by one that is only seen.

    The length is kept. C0 and DEL become control pictures, C1, surrogates, private use and unassigned code points
    U+FFFD, format and bidi controls and variation selectors a middle dot, tab and hard spaces a space.
    """
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_TABLE)


def visible_lines(text: str) -> str:
    """Like `visible`, but a line feed stays a line feed: for text that is printed as several lines."""
    return text.translate(_LINES)
