"""Every screen, dialog and step on a small terminal: all of it can be read, and what can be done there is said.

The same tours are drawn for people to look at: `python -m scripts.contact_sheets`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from curation.workspace import Workspace
from scripts.tours import TOURS, Tour, prepare
from tests.tui.conftest import rest
from tests.tui.letters import rows
from tui.app import RectoApp
from tui.dialogs.typing import TypingScreen
from tui.paint import Line, line_width
from tui.widgets import info_lines, line_pane
from tui.widgets.info_lines import InfoLines
from tui.widgets.line_pane import LinePane

SIZE = (60, 20)
BESIDE = {"place", "asked", "theme"}
"""Panes that show what stands under the cursor of another one: empty where that is."""
NAMED = {
    "enter", "escape", "space", "tab", "backspace", "f1", "up", "down", "right", "left", "home", "end", "pageup",
    "pagedown",
}  # fmt: skip
COLOURS = ("--colours", "--ascii")


def app_of_tour(tour: Tour, folder: Path, empty: Path) -> RectoApp:
    """The app as the tour's command line begins it."""
    place, *rest_ = tour.arguments
    start = [Path(word).stem for word in tour.arguments if word.endswith(".txt")]
    root = empty if place == "{empty}" else folder
    return RectoApp(Workspace(root), "ab" if "--reviewer" in rest_ else "", start=start, name=root.name)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lines that a widget would have cut without a sign."""
    cut: list[str] = []

    for module in (line_pane, info_lines):
        drawn = module.strip

        def looked_at(line: Line, palette: object, width: int, drawn: object = drawn) -> object:
            if line_width(line) > width:
                cut.append("".join(run.text for run in line))
            return drawn(line, palette, width)  # type: ignore[operator]  # what it stands for

        monkeypatch.setattr(module, "strip", looked_at)
    return cut


def check(pilot: Pilot[str], stop: str) -> None:
    """What has to be true wherever one is."""
    screen, painted = pilot.app.screen, rows(pilot)
    assert len(painted) == SIZE[1]
    keys = screen.query_one("#box-keys" if isinstance(screen, TypingScreen) else "#keys", InfoLines)
    assert keys.region.bottom <= SIZE[1], f"{stop}: what can be done is in view"
    assert keys.plain[0].strip() in painted[keys.region.y], stop
    if isinstance(screen, TypingScreen):
        assert "esc leave" in keys.plain[0], stop
        assert screen.query_one("#field").has_focus, stop
        assert any(row.lstrip("│ ").startswith("┌") for row in painted), f"{stop}: the frame is in view"
    for field in screen.query(Input):
        assert len(field.placeholder) <= field.content_region.width, stop
    for area in screen.query(TextArea):
        assert area.styles.scrollbar_color != Color.parse("ansi_blue"), f"{stop}: it can't be seen on black"
    for pane in screen.query(LinePane):
        if pane.size and pane.id not in BESIDE:
            assert pane.sheet.rows, f"{stop}: {pane.id} says nothing"


@pytest.mark.parametrize("tour", [tour for tour in TOURS if tour.screen and not set(COLOURS) & set(tour.arguments)])
async def test_all_can_be_read_on_a_small_terminal(tour: Tour, tmp_path: Path, told: list[str]) -> None:
    folder, empty = prepare(tmp_path)
    async with app_of_tour(tour, folder, empty).run_test(size=SIZE) as pilot:
        await rest(pilot)
        for name, *keys in tour.stops:
            for key in keys:
                await pilot.press(*([key] if key in NAMED else [{" ": "space"}.get(char, char) for char in key]))
                await rest(pilot)
            if name != "copy":
                check(pilot, f"{tour.name}-{name}")
            assert not told, name
