"""Pictures of the screens, compared byte for byte; `pytest --snapshot-update` makes them anew, to be looked at."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from curation.workspace import Workspace
from tests.tui.conftest import rest
from tests.tui.letters import give_themes
from tui.app import RectoApp

Compare = Callable[..., bool]
SAMPLES = Path(__file__).parents[2] / "sample_letters"


def app_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> RectoApp:
    """An app whose picture is the same every day: nothing on it tells the time."""
    monkeypatch.setattr("tui.screens.browsing.clock", lambda _: "09:14:31")
    monkeypatch.setattr("tui.paint_library.when", lambda moment: "20 Nov 09:14" if moment else "")
    return RectoApp(Workspace(folder), "ab", name="letters")


def walk(*keys: str) -> Callable[[Pilot[str]], Any]:
    """Press keys, waiting for the threads before and after each."""

    async def run(pilot: Pilot[str]) -> None:
        await rest(pilot)
        for key in keys:
            await pilot.press(key)
            await rest(pilot)

    return run


@pytest.mark.parametrize(
    ("keys", "size"),
    [
        pytest.param((), (120, 30), id="library"),
        pytest.param(("down", "enter", "n", "n", "n"), (120, 36), id="text-and-findings"),
        pytest.param(
            ("down", "enter", "space", "o", "end", "enter", "n", "tab", "n", "s"), (120, 36), id="side-by-side"
        ),
        pytest.param(("down", "enter", "c"), (80, 24), id="narrow-category"),
        pytest.param(("down", "enter", "t", "r", "e", "c"), (80, 24), id="themes"),
        pytest.param(("f1",), (80, 24), id="help"),
        pytest.param(("end", "enter", "end", "=", "down"), (80, 24), id="alike"),
        pytest.param(("=", "f", *"from 35", "enter", "down"), (120, 30), id="groups"),
    ],
)
def test_screen(
    keys: tuple[str, ...],
    size: tuple[int, int],
    letters: Path,
    monkeypatch: pytest.MonkeyPatch,
    snap_compare: Compare,
) -> None:
    assert snap_compare(app_on(letters, monkeypatch), run_before=walk(*keys), terminal_size=size)


@pytest.mark.parametrize(
    ("keys", "size"),
    [
        pytest.param(("t", "slash", *"supervision", "enter"), (120, 36), id="codebook"),
        pytest.param(("t", "slash", *"supervision", "enter", "v", "down"), (80, 24), id="heat-map"),
        pytest.param(("t", "slash", *"supervision", "enter", "enter", "end"), (80, 24), id="from-theme-to-findings"),
    ],
)
def test_screen_of_themes(
    keys: tuple[str, ...],
    size: tuple[int, int],
    letters: Path,
    monkeypatch: pytest.MonkeyPatch,
    snap_compare: Compare,
) -> None:
    give_themes(letters)
    assert snap_compare(app_on(letters, monkeypatch), run_before=walk(*keys), terminal_size=size)


def test_screen_of_followup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snap_compare: Compare) -> None:
    folder = tmp_path / "eastmarch"
    folder.mkdir()
    for year in (2010, 2011):
        shutil.copy(SAMPLES / f"eastmarch-{year}.txt", folder)
    walked = walk("down", "enter", "b", "1", "4")
    assert snap_compare(app_on(folder, monkeypatch), run_before=walked, terminal_size=(80, 24))


def test_screen_without_colours(letters: Path, monkeypatch: pytest.MonkeyPatch, snap_compare: Compare) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_on(letters, monkeypatch)
    assert snap_compare(app, run_before=walk("end", "enter", "n", "n"), terminal_size=(80, 24))
