"""What a pane of rows keeps on the screen while the text that it shows changes."""

from __future__ import annotations

from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from tui.paint import BLANK_GUTTER, Item, ItemKind, Row, Run, Sheet
from tui.palette import TEXT, detect
from tui.widgets.line_pane import LinePane

ROWS = tuple(Row(BLANK_GUTTER, (Run(f"row {number}", TEXT),)) for number in range(60))


def first(rows: int, _width: int) -> Sheet:
    """The first so many of the same rows, each an item."""
    return Sheet(ROWS[:rows], [Item(ItemKind.TEXT, str(n), n, n + 1) for n in range(rows)])


class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield LinePane(detect({}))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, len(ROWS)), min_size=2, max_size=4))
async def test_the_edge_tells_how_much_there_is_while_a_text_grows_and_shrinks(lengths: list[int]) -> None:
    async with Bare().run_test(size=(30, 12)) as pilot:
        pane = pilot.app.query_one(LinePane)
        for rows in lengths:
            pane.show(partial(first, rows))
            kept = [line.text for line in pane.render_lines(pane.outer_size.region)]
            pane.refresh()
            anew = [line.text for line in pane.render_lines(pane.outer_size.region)]
            assert kept == anew
            assert ("█" in "".join(kept)) == (rows > pane.page)
