"""The themes screen: the codebook with what it says of each theme, and the heat map of who was told about what."""

from __future__ import annotations

from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from curation.codebook import Theme
from curation.codebook.history import depths
from curation.matrix import Cell
from curation.matrix import Row as Counts
from parsers.display import visible
from tui import paint_info
from tui.actions import Place, bindings, key_of
from tui.context import Context
from tui.paint_matrix import row_name
from tui.paint_themes import paint_codebook, paint_theme
from tui.panes import WIDE
from tui.screens.heat_map import HeatMapScreen
from tui.widgets.heat_pane import HeatPane
from tui.widgets.info_lines import InfoLines
from tui.widgets.line_pane import LinePane
from tui.wording import counted


class ThemesScreen(HeatMapScreen):
    """Two views of one count; `v` goes from one to the other, and enter to the findings behind a figure."""

    BINDINGS = bindings(Place.THEMES, Place.HEAT)
    home = Place.THEMES

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._on_about = False

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
            return self.heat
        return self._about if self._on_about else self._themes

    @property
    def _themes(self) -> LinePane:
        return self.query_one("#theme-list", LinePane)

    @property
    def _about(self) -> LinePane:
        return self.query_one("#about", LinePane)

    @property
    def theme(self) -> Theme | None:
        """The theme under the cursor; in the heat map, that of the column."""
        item = self._themes.item
        return self.codebook.themes.get(item.key) if item else None

    # showing

    def paint(self) -> None:
        """What is in view, of the codebook or of the heat map."""
        if self.place is Place.HEAT:
            self.paint_heat()
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
            self.settle_heat()

    # views

    def action_heat_map(self) -> None:
        """The other view; the theme under the cursor stays."""
        to_heat = self.place is Place.THEMES
        # The columns are the codebook's themes, before they are counted too.
        themes = [column.theme for column in self.columns] or [theme.id for theme in self.codebook.living]
        item = self._themes.item
        if to_heat and item and item.key in themes:
            self.column = themes.index(item.key)
        self.place = Place.HEAT if to_heat else Place.THEMES
        self.set_class(not to_heat, "-codebook")
        self.set_class(to_heat, "-heat")
        if not to_heat and self.column < len(themes):
            self.land_on(themes[self.column])
        self.call_after_refresh(self.show)

    def footer(self) -> tuple[tuple[str, str], ...]:
        """Key and label of what can be done here; the key that changes the view says which one comes."""
        others, change = super().footer(), key_of("heat-map")
        if self.place is not Place.HEAT:
            return others
        return tuple((key, "codebook" if key == change else label) for key, label in others)

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
            row, column = self.row, self.theme_column
            if row is None or column is None:
                return
            found = self.matrix
            of_all = found is not None and row is found.total
            name = "" if of_all else f" · {row_name(self.by, row.key, self.categories)}"
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
            self.tell(f"None so far: {progress}." if (progress := self.progress()) else "No finding has it.")

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
