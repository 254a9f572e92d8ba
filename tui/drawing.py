"""Filters over everything that is drawn: ASCII alone where that is asked for, and as few bytes as will do."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_DRAWN = str.maketrans(
    {
        **dict.fromkeys("┌┐└┘├┤┬┴┼", "+"),
        **dict.fromkeys("─━", "-"),
        **dict.fromkeys("│┃", "|"),
        "█": "#",
        "√": "v",
        "▲": "^",
        "▼": "v",
        "░": ".",
        "·": ".",
        "…": "~",
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("“”", '"'),
        **dict.fromkeys("–—", "-"),
        **dict.fromkeys("▪•●■◦", "*"),
    }
)


class AsciiFilter(LineFilter):
    """Draws with ASCII alone (`--ascii`): frames and signs become what they look most like, other characters `?`."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments in ASCII, as wide as they were."""
        del background
        return [Segment(_ascii(text), style, control) for text, style, control in segments]


@lru_cache(maxsize=4096)
def _ascii(text: str) -> str:
    if text.isascii():
        return text
    return "".join(char if char.isascii() else "?" * cell_len(char) for char in text.translate(_DRAWN))


class DefaultColours(LineFilter):
    """Leaves out what a terminal does by itself.

    Textual names the default colours on every stretch of text, and a stretch that has any style also ends in a reset:
    12 bytes for nothing, a third of what a key press sends.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without default colours."""
        del background
        return [Segment(text, _told(style) if style else style, control) for text, style, control in segments]


@lru_cache(maxsize=1024)
def _told(style: Style) -> Style:
    """A style that names only the colours that differ from the terminal's own."""
    color, background = (c if c is not None and not c.is_default else None for c in (style.color, style.bgcolor))
    if style.color is color and style.bgcolor is background:
        return style
    return Style.from_color(color, background) + style.without_color
