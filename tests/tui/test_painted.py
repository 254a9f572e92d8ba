"""Lines that were painted stay until they are refreshed, and what is on the screen is what would be painted anew."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip

from tui.paint import Run
from tui.palette import TEXT, detect
from tui.widgets.painted import PaintedLines
from tui.widgets.strips import strip


class Counted(PaintedLines):
    """Lines that say which painting they are."""

    words = "old"

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.asked.append(y)
        return line(f"{self.words} {y}", self.outer_size.width)


def line(words: str, width: int) -> Strip:
    return strip((Run(words, TEXT),), detect({}), width)


class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield Counted()


def shown(widget: Counted, crop: Region | None = None) -> list[str]:
    return [painted.text.rstrip() for painted in widget.render_lines(crop or widget.outer_size.region)]


async def test_only_what_was_refreshed_is_painted_again() -> None:
    async with Bare().run_test(size=(20, 4)) as pilot:
        widget = pilot.app.query_one(Counted)
        assert shown(widget) == ["old 0", "old 1", "old 2", "old 3"]
        widget.asked.clear()
        widget.words = "new"
        widget.refresh(Region(0, 1, 20, 2))
        assert shown(widget) == ["old 0", "new 1", "new 2", "old 3"]
        assert sorted(widget.asked) == [1, 2]
        widget.refresh()
        assert shown(widget) == ["new 0", "new 1", "new 2", "new 3"]


async def test_a_line_begins_with_other_cells_and_goes_on_as_it_was() -> None:
    async with Bare().run_test(size=(20, 4)) as pilot:
        widget = pilot.app.query_one(Counted)
        shown(widget)
        widget.asked.clear()
        widget.begin_lines({2: line(">", 1)})
        assert shown(widget)[1:3] == ["old 1", ">ld 2"]
        assert not widget.asked


async def test_a_line_that_is_to_be_painted_anyway_is_painted_whole() -> None:
    async with Bare().run_test(size=(20, 4)) as pilot:
        widget = pilot.app.query_one(Counted)
        shown(widget)
        widget.words = "new"
        widget.refresh(Region(0, 2, 20, 1))
        widget.begin_lines({2: line(">", 1), 3: line(">", 1)})
        assert shown(widget) == ["old 0", "old 1", "new 2", "new 3"]


async def test_another_size_and_a_part_in_view_are_painted_as_they_are() -> None:
    async with Bare().run_test(size=(20, 4)) as pilot:
        widget = pilot.app.query_one(Counted)
        shown(widget)
        widget.words = "new"
        widget.styles.width, widget.styles.height = 10, 3
        await pilot.pause()
        assert shown(widget) == ["new 0", "new 1", "new 2"]
        assert shown(widget, Region(1, 1, 3, 2)) == ["ew", "ew"]
