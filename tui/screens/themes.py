"""The themes screen: the codebook with what it says of each theme, and the heat map of who was told about what."""

from __future__ import annotations

from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from curation.codebook import Theme
from curation.codebook.history import depths
from curation.matrix import By, Cell, Column, Matrix
from curation.matrix import Row as Counts
from parsers.display import visible
from tui import paint_info
from tui.actions import Place, bindings
from tui.context import Context
from tui.paint import GUTTER
from tui.paint_matrix import TOTAL, cell_lines, first_column, heading, paint_matrix, row_name, span_words
from tui.paint_themes import paint_codebook, paint_theme
from tui.panes import WIDE
from tui.screens.codebook_editing import CodebookScreen
from tui.screens.surveying import View
from tui.widgets.heat_pane import HeatPane
from tui.widgets.info_lines import InfoLines
from tui.widgets.line_pane import LinePane
from tui.wording import counted


class ThemesScreen(CodebookScreen):
    """Two views of one count; `v` goes from one to the other, and enter to the findings behind a figure."""

    BINDINGS = bindings(Place.THEMES, Place.HEAT)
    home = Place.THEMES

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._on_about = False
        self._by, self._category, self._year, self._primary = By.AUTHORITY, "", "", False
        self._column = self._first = 0

    def compose(self) -> ComposeResult:
        palette = self.context.palette
        yield InfoLines(palette, id="status")
        yield InfoLines(palette, id="columns")
        with Container(id="codebook"):
            yield LinePane(palette, id="theme-list")
            yield LinePane(palette, id="about")
        yield HeatPane(palette, id="heat")
        yield InfoLines(palette, id="info")
        yield InfoLines(palette, id="keys")
        yield InfoLines(palette, id="small")

    def on_mount(self) -> None:
        self.set_class(True, "-codebook")

    def on_resize(self, event: events.Resize) -> None:
        """The theme beside the list where there is room, else below it."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self.call_after_refresh(self.show)

    @property
    def list(self) -> LinePane:
        """The pane that keys go to."""
        if self.place is Place.HEAT:
            return self._heat
        return self._about if self._on_about else self._themes

    @property
    def _themes(self) -> LinePane:
        return self.query_one("#theme-list", LinePane)

    @property
    def _about(self) -> LinePane:
        return self.query_one("#about", LinePane)

    @property
    def _heat(self) -> HeatPane:
        return self.query_one("#heat", HeatPane)

    @property
    def theme(self) -> Theme | None:
        """The theme under the cursor; in the heat map, that of the column."""
        item = self._themes.item
        return self.codebook.themes.get(item.key) if item else None

    # showing

    def paint(self) -> None:
        """What is in view, of the codebook or of the heat map."""
        if self.place is Place.HEAT:
            self._paint_heat()
            return
        total = self._total
        offered = len(self.codebook.living)
        title = f"Codebook · {counted(offered, 'theme')} · revision {self.codebook.revision}"
        self._themes.show(partial(paint_codebook, self.codebook, total), title=title)
        self._themes.set_active(not self._on_about)
        self._about.set_active(self._on_about)
        self._paint_about()
        if self.trouble:
            self.say(self.trouble, trouble=True)

    @property
    def _total(self) -> Counts | None:
        """All letters together, None while they are not counted yet."""
        found = self.count()
        return found.total if found else None

    def _paint_about(self) -> None:
        theme = self.theme
        painter = partial(paint_theme, self.codebook, theme, self._total, self.categories)
        self._about.show(painter, title=visible(theme.id) if theme else "")

    def moved(self) -> None:
        """The cursor stands on another row: what is said of it follows."""
        if self.place is Place.THEMES and not self._on_about:
            self._paint_about()
        self.settle()

    def settle(self) -> None:
        """Show what has changed."""
        super().settle()
        status = self.query_one("#status", InfoLines)
        undo, redo = depths(self.codebook)
        right = (
            self.context.reviewer,
            f"undo {undo}" if undo else "",
            f"redo {redo}" if redo else "",
            f"{self.unreadable} can't be read" if self.unreadable else "",
            self.progress(),
        )
        status.show([paint_info.status("Themes", right, status.size.width)])
        if self.place is Place.HEAT:
            self._settle_heat()

    # the heat map

    @property
    def _matrix(self) -> Matrix | None:
        """What the heat map shows, None while it is not counted yet."""
        return self.count(View(self._by, self._category, self._year, self._primary))

    def _paint_heat(self) -> None:
        found = self._matrix
        if found is None:
            self._heat.show(partial(paint_info.no_rows, ("counting the letters",)), title=self._title())
            return
        self._column = max(min(self._column, len(found.columns) - 1), 0)
        self._first = first_column(self._column, self._first, len(found.columns), self._heat.body_width + GUTTER)
        self._heat.column = self._column - self._first
        self._heat.show(partial(paint_matrix, found, self.categories, self._first), title=self._title())

    def _title(self) -> str:
        style, found = self.categories.get(self._category), self._matrix
        parts = (
            (span_words(found, self._first, self._heat.body_width + GUTTER) if found else "") or "letters (findings)",
            f"{style.tag} {style.label} alone" if style else self._category or "all categories",
            self._year or "all years",
            "first theme alone" if self._primary else "any theme",
        )
        return visible(" · ".join(filter(None, parts)))

    def _settle_heat(self) -> None:
        columns, info = self.query_one("#columns", InfoLines), self.query_one("#info", InfoLines)
        found, row = self._matrix, self._row
        width = self._heat.body_width + GUTTER
        if found is None:
            columns.show([])
            info.show([])
            return
        columns.show([heading(found, self._first, self._column, width)])
        if row is not None and (column := self._theme_column) is not None:
            name = "all" if row is found.total else row_name(found.by, row.key, self.categories)
            info.show(cell_lines(found, row, name, column, self.categories))
        else:
            info.show([])

    @property
    def _row(self) -> Counts | None:
        item = self._heat.item
        found = self._matrix
        if item is None or found is None:
            return None
        return found.total if item.key == TOTAL else next((row for row in found.rows if row.key == item.key), None)

    @property
    def _theme_column(self) -> Column | None:
        columns = self._columns
        return columns[self._column] if self._column < len(columns) else None

    @property
    def _columns(self) -> tuple[Column, ...]:
        """The themes that the heat map shows; none while it is not counted yet."""
        found = self._matrix
        return found.columns if found else ()

    def action_column_right(self) -> None:
        self._to_column(self._column + 1)

    def action_column_left(self) -> None:
        self._to_column(self._column - 1)

    def _to_column(self, column: int) -> None:
        columns = self._columns
        self._column = max(min(column, len(columns) - 1), 0)
        first = first_column(self._column, self._first, len(columns), self._heat.body_width + GUTTER)
        if first != self._first:
            self._paint_heat()
        else:
            self._heat.set_column(self._column - self._first)
        self.settle()

    def action_rows_by(self) -> None:
        """The next kind of rows; the column stays."""
        kinds = tuple(By)
        self._by = kinds[(kinds.index(self._by) + 1) % len(kinds)]
        self.say(f"Rows by {self._by.value}.")
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

    # views

    def action_heat_map(self) -> None:
        """The other view; the theme under the cursor stays."""
        to_heat = self.place is Place.THEMES
        # The columns are the codebook's themes, before they are counted too.
        themes = [column.theme for column in self._columns] or [theme.id for theme in self.codebook.living]
        item = self._themes.item
        if to_heat and item and item.key in themes:
            self._column = themes.index(item.key)
        self.place = Place.HEAT if to_heat else Place.THEMES
        self.set_class(not to_heat, "-codebook")
        self.set_class(to_heat, "-heat")
        if not to_heat and self._column < len(themes):
            self.land_on(themes[self._column])
        self.call_after_refresh(self.show)

    def action_other_pane(self) -> None:
        self._on_about = not self._on_about
        self._themes.set_active(not self._on_about)
        self._about.set_active(self._on_about)
        self.settle()

    def action_back(self) -> None:
        if self.place is Place.HEAT:
            self.action_heat_map()
        else:
            self.dismiss("")

    # findings

    def action_theme_findings(self) -> None:
        """The findings behind the figure under the cursor."""
        from tui.screens.theme_findings import CellScreen

        if self.place is Place.HEAT:
            row, column = self._row, self._theme_column
            if row is None or column is None:
                return
            found = self._matrix
            of_all = found is not None and row is found.total
            name = "" if of_all else f" · {row_name(self._by, row.key, self.categories)}"
            theme, cell = column.theme, row.cell(column.theme)
        else:
            item = self._themes.item
            if item is None:
                return
            theme, name, total = item.key, "", self._total
            cell = total.cell(self.codebook.resolve(item.key)) if total else Cell()
        if cell.facts:
            self.app.push_screen(CellScreen(self.context, visible(f"{theme}{name}"), cell.facts), self._came_back)
        else:
            self.tell("No finding has it." if not self.progress() else "None so far: the letters are still read.")

    def _came_back(self, words: str | None) -> None:
        """Something may have been decided: count the letters again."""
        self.count_anew()
        if words:
            self.say(words, trouble=True)
        self.show()
        self.survey()

    def action_worklist(self) -> None:
        from tui.screens.theme_findings import WorklistScreen

        self.app.push_screen(WorklistScreen(self.context), self._came_back)

    def action_groups(self) -> None:
        from tui.screens.groups import GroupsScreen

        self.app.push_screen(GroupsScreen(self.context), self._came_back)


def _next(value: str, values: list[str]) -> str:
    """The value after this one; "" stands for all of them, after the last."""
    order = ["", *values]
    return order[(order.index(value) + 1) % len(order)] if value in order else ""
