"""A few lines of runs that are sent again only as far as they changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from textual.geometry import Region
from textual.strip import Strip

from tui.paint import Line, fitted, line_width
from tui.palette import Palette
from tui.widgets.painted import PaintedLines
from tui.widgets.strips import strip


class InfoLines(PaintedLines):
    """Lines of text at the edge of a screen: status, themes of the finding, keys."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.palette = palette
        self._lines: tuple[Line, ...] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines; what is too wide is cut with a sign. Only the changed part of a line is sent."""
        before, self._lines = self._lines, tuple(lines)
        width = self.outer_size.width
        changed = [
            Region(0, y, min(max(line_width(old), line_width(new)), width), 1)
            for y, (old, new) in enumerate(zip_longest(before, self._lines, fillvalue=()))
            if old != new
        ]
        if changed:
            self.refresh(*changed)

    @property
    def plain(self) -> tuple[str, ...]:
        """What is shown, without inks."""
        return tuple("".join(run.text for run in line) for line in self._lines)

    def render_line(self, y: int) -> Strip:
        """One line."""
        width = self.outer_size.width
        line = self._lines[y] if y < len(self._lines) else ()
        return strip(fitted(line, width), self.palette, width)
