"""A pane of counts with a cursor that stands on one cell: in it, a key press sends two lines and no more."""

from __future__ import annotations

from textual.geometry import Region

from tui.paint import Row, Run
from tui.paint_matrix import HEAD_RUNS
from tui.palette import Palette
from tui.widgets.line_pane import LinePane


class HeatPane(LinePane):
    """The rows scroll; which columns are painted, its owner says. `column` counts from the first one in view."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(palette, id=id)
        self.column = 0

    def set_column(self, column: int) -> None:
        """Put the cursor on another column in view."""
        if column != self.column:
            self.column = column
            self._refresh_marks(None)

    def _refresh_marks(self, old: int | None) -> None:
        """Whole lines: the cursor's cell is somewhere in them."""
        for y in {old, self._mark()}:
            if y is not None:
                self.refresh(Region(0, y, self.size.width, 1))

    def _body(self, row: Row, place: int) -> tuple[Run, ...]:
        """The row, the cell under the cursor in reverse."""
        item, at = self.item, HEAD_RUNS + self.column
        if item is None or item.first != place or at >= len(row.body):
            return row.body
        cell = row.body[at]
        marked = Run(cell.text, cell.ink._replace(style=f"{cell.ink.style} reverse".strip()))
        return (*row.body[:at], marked, *row.body[at + 1 :])
