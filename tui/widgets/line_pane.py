"""A framed pane of rows with a cursor, painted line by line.

Moving the cursor sends two cells: only the gutter shows where it stands, and only the lines that changed are painted
again. A cursor that leaves the view scrolls by half a page, because the terminal is sent the whole pane whenever it
scrolls. The frame and the place in the text (the thick part of the right edge) belong to the same lines: a separate
scroll bar would be sent cell by cell. Over a slow line this is 0.1 to 0.4 kB a key where a list widget sends 12 kB.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.geometry import Offset, Region
from textual.strip import Strip

from tui.paint import GUTTER, Item, ItemKind, Row, Run, Sheet, Title, fitted
from tui.palette import CARET, CARET_IN_MARK, CURSOR, FRAME, MARKED, STRONG, TEXT, Palette
from tui.scrolling import clamped, revealed, stepped, thumb, turned
from tui.widgets.painted import PaintedLines
from tui.widgets.strips import strip
from tui.wrap import Stretch

if TYPE_CHECKING:
    from parsers.letter import Span

Painter = Callable[[int], Sheet]
Spot = tuple[ItemKind, str]

_CURSOR_CELLS = 1


class LinePane(PaintedLines):
    """Rows in a frame. It keeps where the cursor and the view stand; what it shows is given to it."""

    DEFAULT_CSS = """
    LinePane { width: 1fr; height: 1fr; }
    """

    def __init__(self, palette: Palette, *, id: str | None = None, framed: bool = True) -> None:
        """Without a frame only the thick part of the right edge is drawn, in boxes that have one of their own."""
        super().__init__(id=id)
        self.palette = palette
        self._rim = 1 if framed else 0
        self.sheet = Sheet()
        self.top = 0
        self.cursor = 0
        self.active = True
        self.caret: int | None = None
        self.marked: tuple[Span, ...] = ()
        self.title = Title("")
        self._painter: Painter | None = None
        self._wanted: Spot | None = None
        self._lead: int | None = None
        self._once_painted: list[Callable[[], object]] = []
        self._caret_row: int | None = None

    # what it shows

    @property
    def body_width(self) -> int:
        """Cells for the text of a row."""
        return max(self.outer_size.width - self._rim - 1 - _CURSOR_CELLS - GUTTER, 2)

    @property
    def page(self) -> int:
        """Rows in view."""
        return max(self.outer_size.height - 2 * self._rim, 1)

    @property
    def item(self) -> Item | None:
        """What the cursor stands on."""
        return self.sheet.items[self.cursor] if self.cursor < len(self.sheet.items) else None

    def show(
        self, painter: Painter, *, title: Title | str = "", at: Spot | None = None, lead: int | None = None
    ) -> None:
        """Show what `painter` gives for a width, the cursor on the item `at`, else on the one it stands on now.

        An item that is gone leaves the cursor at the same number. With `lead` the item comes to the top of the view,
        under as many rows as that.
        """
        self._lead = lead if lead is not None else self._lead
        self._painter = painter
        self._wanted = at or self._wanted
        title = title if isinstance(title, Title) else Title(title)
        if title != self.title:
            self.title = title
            self.refresh(Region(0, 0, self.size.width, 1))
        if self.size:
            self._repaint()

    def once_painted(self, then: Callable[[], object]) -> None:
        """Go on when there is something to see: at once, or when a pane that comes into view has its size."""
        if self.sheet.items:
            then()
        else:
            self._once_painted.append(then)

    def forget(self) -> None:
        """Let go of what was shown: something else comes in its place."""
        self.sheet, self.top, self.cursor = Sheet(), 0, 0
        self.caret, self._caret_row, self.marked = None, None, ()
        self.refresh()

    def on_resize(self) -> None:
        """Paint again for the new width; the item under the cursor stays in view."""
        if self._painter is not None:
            self._repaint()
            self.refresh()
            if self._once_painted and self.sheet.items:
                waiting, self._once_painted = self._once_painted, []
                for then in waiting:
                    then()

    def _repaint(self) -> None:
        assert self._painter is not None
        before, old_top, old_mark, item = self._view(), self.top, self._mark(), self.item
        wanted = self._wanted or (item and (item.kind, item.key))
        self._wanted = None
        self.sheet = self._painter(self.body_width)
        place = self.place_of(wanted) if wanted else None
        self.cursor = min(self.cursor if place is None else place, max(len(self.sheet.items) - 1, 0))
        self._find_caret()
        if self._lead is not None and self.item is not None:
            self.top, self._lead = self.item.first - self._lead, None
        self._reveal(gently=True)
        if self.top != old_top:
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._view(), strict=True), start=self._rim):
            if old != new:
                self._refresh_line(y)
        self._refresh_marks(old_mark)

    def _view(self) -> list[tuple[Row | None, str]]:
        """What each line in view shows: its row, and its right edge, which a longer text moves beside the same row."""
        thick = self._thick
        return [(self._row_at(y), self._edge(y, thick)) for y in range(self._rim, self.page + self._rim)]

    # moving

    def move_to(self, place: int, *, scroll: bool = True) -> bool:
        """Put the cursor on item `place` (kept inside the list), in view if `scroll`. True if it moved."""
        place = min(max(place, 0), len(self.sheet.items) - 1)
        if place < 0 or place == self.cursor:
            return False
        old_top, old_mark = self.top, self._mark()
        self.cursor = place
        if scroll:
            self._reveal()
        if self.top == old_top:
            self._refresh_marks(old_mark)
        else:
            self.refresh()
        return True

    def place_of(self, spot: Spot) -> int | None:
        """The number of the item with that name, None if it is not shown here."""
        return self.sheet.place(*spot)

    def aim(self, spot: Spot, *, scroll: bool = True) -> None:
        """Put the cursor on an item by name; a pane that has not been seen yet begins there."""
        place = self.place_of(spot)
        if place is not None:
            self.move_to(place, scroll=scroll)
        elif not self.size:
            self._wanted = spot

    def move_to_offset(self, offset: int) -> None:
        """Put the cursor on the item with a code point of the letter, or on the last one before it."""
        place = None
        for number, item in enumerate(self.sheet.items):
            offsets = [o for row in self.sheet.rows[item.first : item.last] for o in row.offsets[:1]]
            if offsets and offsets[0] > offset:
                break
            place = number if offsets else place
        if place is not None:
            self.move_to(place)

    def step(self, by: int) -> None:
        """One item up or down; through an item that is longer than the view, half a page."""
        if self.item is None:
            return
        top = stepped(self.item, self.top, self.page, by)
        if top is not None:
            self.scroll_rows(top)
        elif not self.move_to(self.cursor + by) and by < 0:
            self.scroll_rows(0)

    def turn(self, by: int) -> None:
        """Half a page down (1) or up (-1), the cursor with it."""
        if self.item is not None:
            self.move_to(turned(self.sheet.items, self.cursor, self.page, by))

    def scroll_rows(self, top: int) -> None:
        """Show the rows from `top` on, kept inside the text."""
        top = clamped(top, self.page, len(self.sheet.rows))
        if top != self.top:
            self.top = top
            self.refresh()

    def _reveal(self, *, gently: bool = False) -> None:
        self.top = revealed(self.item, self.top, self.page, len(self.sheet.rows), gently=gently)

    def set_active(self, active: bool) -> None:
        """Say whether keys go to this pane: its title and its cursor's sign show it."""
        if active != self.active:
            self.active = active
            self.refresh(Region(0, 0, self.size.width, 1))
            self._refresh_marks(None)

    def set_caret(self, offset: int | None) -> None:
        """Show the caret at a code point of the letter, or take it away; it is scrolled into view."""
        old = self._caret_row
        self.caret = offset
        self._find_caret()
        new = self._caret_row
        if new is not None and not self.top <= new < self.top + self.page:
            self.scroll_rows(new - self.page // 2)
        for row in {old, new}:
            if row is not None and self.top <= row < self.top + self.page:
                self._refresh_line(row - self.top + self._rim)

    def mark(self, span: Span) -> None:
        """Show a stretch of the letter as the place spoken of, in view; an empty one for none."""
        self.set_marked((span,) if span.end > span.start else ())
        row = next((n for n, row in enumerate(self.sheet.rows) if row.offsets and row.offsets[-1] >= span.start), None)
        if row is not None and not self.top <= row < self.top + self.page - 1:
            self.scroll_rows(row - self.page // 2)

    def _find_caret(self) -> None:
        """The row that the caret stands in, if it is shown at all."""
        caret, rows = self.caret, self.sheet.rows
        self._caret_row = None
        if caret is not None:
            self._caret_row = next((n for n, row in enumerate(rows) if _stands_in(caret, row)), None)

    def set_marked(self, spans: Sequence[Span]) -> None:
        """Show these stretches of the letter, sorted code points, as marked; nothing is scrolled."""
        old, self.marked = self.marked, tuple(spans)
        if self.marked == old:
            return
        for y in range(self._rim, self.page + self._rim):
            row = self._row_at(y)
            if row is not None and marks_in(row, old) != marks_in(row, self.marked):
                self._refresh_line(y)

    def line_beside(self, offset: int, by: int) -> int | None:
        """The code point that stands one row of the letter below (1) or above (-1) a place; None at an end."""
        here = next((n for n, row in enumerate(self.sheet.rows) if _stands_in(offset, row)), None)
        if here is None:
            return None
        column = self.sheet.rows[here].offsets.index(offset)
        ahead = range(here + 1, len(self.sheet.rows)) if by > 0 else range(here - 1, -1, -1)
        found = next((self.sheet.rows[n] for n in ahead if self.sheet.rows[n].offsets), None)
        return None if found is None else found.offsets[min(column, len(found.offsets) - 1)]

    def line_ends(self, offset: int) -> Stretch | None:
        """The code points, half-open, of the row that a place stands in; None where it is not shown."""
        row = next((row for row in self.sheet.rows if _stands_in(offset, row)), None)
        return None if row is None else Stretch(row.offsets[0], row.offsets[-1] + 1)

    @property
    def spot(self) -> Offset:
        """Where the terminal's own cursor belongs, for magnifiers and screen readers: on the line that is worked on."""
        row, column = self._caret_row, 0
        if row is not None and self.caret is not None:
            shown = self.sheet.rows[row]
            column = _CURSOR_CELLS + GUTTER + cell_len(shown.text[: shown.offsets.index(self.caret)])
        elif self.item is not None:
            row = max(self.item.first, self.top)
        y = min(max((row or 0) - self.top, 0), self.page - 1) + self._rim
        return self.content_region.offset + Offset(self._rim + column, y)

    # painting

    def _refresh_line(self, y: int) -> None:
        self.refresh(Region(0, y, self.outer_size.width, 1))

    def _refresh_marks(self, old: int | None) -> None:
        """The gutter where the cursor's sign was, and where it is."""
        cells = self._rim + _CURSOR_CELLS
        starts = {y: strip(self._start(y), self.palette, cells) for y in (old, self._mark()) if y is not None}
        if starts:
            self.begin_lines(starts)

    def _mark(self) -> int | None:
        """The line of the pane with the cursor's sign: the item's first row in view."""
        item = self.item
        if item is None or item.last <= self.top or item.first >= self.top + self.page:
            return None
        return max(item.first - self.top, 0) + self._rim

    def _row_at(self, y: int) -> Row | None:
        place = self.top + y - self._rim
        return self.sheet.rows[place] if 0 <= place < len(self.sheet.rows) else None

    def render_line(self, y: int) -> Strip:
        """One line of the pane, frame and all."""
        width, height = self.outer_size
        if self._rim and y == 0:
            return strip(self._title_runs(width), self.palette, width)
        if self._rim and y == height - 1:
            return strip((Run("└" + "─" * max(width - 2, 0) + "┘", FRAME),), self.palette, width)
        return strip(self._line_runs(y, width), self.palette, width)

    def _title_runs(self, width: int) -> tuple[Run, ...]:
        title = self.title.fitted(max(width - 6, 0))
        left = "┌ " if title else "┌"
        right = " " if title else ""
        fill = max(width - len(left) - cell_len(title) - len(right) - 1, 0)
        ink = STRONG if self.active else TEXT
        return Run(left, FRAME), Run(title, ink), Run(right + "─" * fill + "┐", FRAME)

    def _start(self, y: int) -> tuple[Run, ...]:
        """The left edge, and the cursor's sign where it stands."""
        sign = Run(" ", TEXT)
        if y == self._mark():
            sign = Run(">", CURSOR) if self.active else Run(">", FRAME)
        return (Run("│", FRAME), sign) if self._rim else (sign,)

    def _line_runs(self, y: int, width: int) -> tuple[Run, ...]:
        row = self._row_at(y)
        runs: tuple[Run, ...] = () if row is None else (*row.gutter, *self._body(row, self.top + y - self._rim))
        room = width - self._rim - 1 - _CURSOR_CELLS
        used = sum(cell_len(run.text) for run in runs)
        if used > room:
            # Whoever painted the row did not see to it: the strip would be cut without a sign.
            runs, used = fitted(runs, room), room
        pad = Run(" " * max(room - used, 0), TEXT)
        return *self._start(y), *runs, pad, Run(self._edge(y, self._thick), FRAME)

    @property
    def _thick(self) -> range:
        return thumb(self.top, self.page, len(self.sheet.rows))

    def _edge(self, y: int, thick: range) -> str:
        """The right edge: thick where the view stands in the whole."""
        if y - self._rim in thick:
            return "█"
        return "│" if self._rim else " "

    def _body(self, row: Row, place: int) -> tuple[Run, ...]:
        """The row's text: what is marked in reverse, and the character where the caret stands."""
        marks = marks_in(row, self.marked)
        caret = row.offsets.index(self.caret) if self.caret is not None and self._caret_row == place else -1
        if not marks and caret < 0:
            return row.body
        edges = sorted({edge for span in (*marks, (caret, caret + 1)) for edge in span})
        runs: list[Run] = []
        at = 0
        for text, ink in row.body:
            for start, end in pairwise((at, *(e for e in edges if at < e < at + len(text)), at + len(text))):
                marked = any(first <= start < last for first, last in marks)
                shown = MARKED if marked else ink
                if start == caret:
                    # Beside a mark the caret is what is not in reverse.
                    shown = CARET_IN_MARK if marks else CARET
                runs.append(Run(text[start - at : end - at], shown))
            at += len(text)
        return tuple(run for run in runs if run.text)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel, where the mouse was asked for."""
        event.stop()
        self.scroll_rows(self.top + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel, where the mouse was asked for."""
        event.stop()
        self.scroll_rows(self.top - 3)


def marks_in(row: Row, spans: Sequence[Span]) -> tuple[Stretch, ...]:
    """The characters of a row, counted from 0, whose code points lie in one of these spans."""
    if not spans or not row.offsets:
        return ()
    found = (Stretch(bisect_left(row.offsets, start), bisect_left(row.offsets, end)) for start, end in spans)
    return tuple(mark for mark in found if mark.start < mark.end)


def _stands_in(offset: int, row: Row) -> bool:
    """Whether a row shows a code point of the letter; most rows are told by their ends."""
    offsets = row.offsets
    return bool(offsets) and offsets[0] <= offset <= offsets[-1] and offset in offsets
