"""The heat map of who was told about what: rows by council, category or year, a column a theme."""

from __future__ import annotations

from functools import partial

from curation.matrix import By, Column, Matrix
from curation.matrix import Row as Counts
from parsers.display import visible
from tui import paint_info
from tui.context import Context
from tui.paint import GUTTER
from tui.paint_matrix import TOTAL, cell_lines, first_column, heading, paint_matrix, row_name, span_words
from tui.screens.codebook_editing import CodebookScreen
from tui.screens.surveying import View
from tui.widgets.heat_pane import HeatPane
from tui.widgets.info_lines import InfoLines


class HeatMapScreen(CodebookScreen):
    """One of the two views of the themes screen.

    Attributes:
        by: what the rows are.
        column: the number of the column under the cursor, counted from 0.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.by, self._category, self._year, self._primary = By.AUTHORITY, "", "", False
        self.column = self._first = 0

    @property
    def heat(self) -> HeatPane:
        """The pane of the heat map."""
        return self.query_one("#heat", HeatPane)

    @property
    def matrix(self) -> Matrix | None:
        """What the heat map shows, None while it is not counted yet."""
        return self.count(View(self.by, self._category, self._year, self._primary))

    def paint_heat(self) -> None:
        """Show the rows, and the columns that there is room for."""
        found = self.matrix
        if found is None:
            self.heat.show(partial(paint_info.no_rows, ("counting the letters",)), title=self._title())
            return
        self.column = max(min(self.column, len(found.columns) - 1), 0)
        self._first = first_column(self.column, self._first, len(found.columns), self.heat.body_width + GUTTER)
        self.heat.column = self.column - self._first
        self.heat.show(partial(paint_matrix, found, self.categories, self._first), title=self._title())

    def _title(self) -> str:
        style, found = self.categories.get(self._category), self.matrix
        parts = (
            (span_words(found, self._first, self.heat.body_width + GUTTER) if found else "") or "letters (findings)",
            f"{style.tag} {style.label} alone" if style else self._category or "all categories",
            self._year or "all years",
            "first theme alone" if self._primary else "any theme",
        )
        return visible(" · ".join(filter(None, parts)))

    def settle_heat(self) -> None:
        """Show the names of the columns, and what is said of the cell under the cursor."""
        columns, info = self.query_one("#columns", InfoLines), self.query_one("#info", InfoLines)
        found, row = self.matrix, self.row
        width = self.heat.body_width + GUTTER
        if found is None:
            columns.show([])
            info.show([])
            return
        columns.show([heading(found, self._first, self.column, width)])
        if row is not None and (column := self.theme_column) is not None:
            name = "all" if row is found.total else row_name(found.by, row.key, self.categories)
            info.show(cell_lines(found, row, name, column, self.categories))
        else:
            info.show([])

    @property
    def row(self) -> Counts | None:
        item = self.heat.item
        found = self.matrix
        if item is None or found is None:
            return None
        return found.total if item.key == TOTAL else next((row for row in found.rows if row.key == item.key), None)

    @property
    def theme_column(self) -> Column | None:
        columns = self.columns
        return columns[self.column] if self.column < len(columns) else None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The themes that the heat map shows; none while it is not counted yet."""
        found = self.matrix
        return found.columns if found else ()

    def action_column_right(self) -> None:
        self._to_column(self.column + 1)

    def action_column_left(self) -> None:
        self._to_column(self.column - 1)

    def _to_column(self, column: int) -> None:
        columns = self.columns
        self.column = max(min(column, len(columns) - 1), 0)
        first = first_column(self.column, self._first, len(columns), self.heat.body_width + GUTTER)
        if first != self._first:
            self.paint_heat()
        else:
            self.heat.set_column(self.column - self._first)
        self.settle()

    def action_rows_by(self) -> None:
        """The next kind of rows; the column stays."""
        kinds = tuple(By)
        self.by = kinds[(kinds.index(self.by) + 1) % len(kinds)]
        self.say(f"Rows by {self.by.value}.")
        self.show()

    def action_next_category(self) -> None:
        there = {fact.category for one in self.context.facts.values() for fact in one.findings}
        order = [*(c for c in self.categories if c in there), *sorted(there - set(self.categories))]
        self._category = _next(self._category, order)
        self.show()

    def action_next_year(self) -> None:
        self._year = _next(self._year, sorted({one.year for one in self.context.facts.values()}))
        self.show()

    def action_primary(self) -> None:
        self._primary = not self._primary
        self.show()


def _next(value: str, values: list[str]) -> str:
    """The value after this one; "" stands for all of them, after the last."""
    order = ["", *values]
    return order[(order.index(value) + 1) % len(order)] if value in order else ""
