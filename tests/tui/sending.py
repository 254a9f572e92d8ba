"""What an app would send to a terminal: a headless one sends nothing by itself."""

from __future__ import annotations

import pytest
from rich.console import Console
from textual._compositor import CompositorUpdate
from textual.pilot import Pilot

from tests.tui.letters import app_of


def sent_from_now_on(pilot: Pilot[str], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows by the bytes of each update of the screen, in truecolor."""
    console = Console(color_system="truecolor", force_terminal=True)
    sent: list[int] = []

    def display(screen: object, renderable: object) -> None:
        del screen
        if isinstance(renderable, CompositorUpdate):
            sent.append(len(renderable.render_segments(console).encode()))

    monkeypatch.setattr(app_of(pilot), "_display", display)
    return sent
