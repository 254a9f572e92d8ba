"""What the tests of the screens stand on: letters written for them, an app on a folder of them, and no waiting."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual import _wait
from textual.pilot import Pilot

from curation.workspace import Workspace
from tests.tui.letters import write_letters
from tui.app import RectoApp

# Each key waits until the process is idle, in steps of 20 ms; these tests press a thousand keys.
_wait.SLEEP_GRANULARITY = 0.002
_wait.SLEEP_IDLE = 0.001
_wait.wait_for_idle.__defaults__ = (0.002, 1)

Open = Callable[..., AbstractAsyncContextManager[Pilot[str]]]


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A folder of three letters."""
    folder = tmp_path / "letters"
    folder.mkdir()
    write_letters(folder)
    return folder


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same terminal for everybody."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TZ", "UTC")


@asynccontextmanager
async def _opened(
    folder: Path, reviewer: str = "ab", *, size: tuple[int, int] = (120, 40), **options: object
) -> AsyncIterator[Pilot[str]]:
    app = RectoApp(Workspace(folder), reviewer, **options)  # type: ignore[arg-type]  # as the caller gave them
    async with app.run_test(size=size) as pilot:
        press = pilot.press

        async def press_and_wait(*keys: str) -> None:
            """A busy machine may be idle for a moment while a key waits for the dialog that it is meant for."""
            await press(*keys)
            while app.is_running and app.has_keys_to_do:
                await pilot.pause(0.002)

        pilot.press = press_and_wait  # type: ignore[method-assign]  # for this app alone
        await rest(pilot)
        yield pilot


async def rest(pilot: Pilot[str]) -> None:
    """Let the threads finish and what they said be shown."""
    for _ in range(4):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


@pytest.fixture
def open_app() -> Open:
    """`async with open_app(folder) as pilot`: the app on a folder, all letters read."""
    return _opened
