"""What holds for the whole app, whatever is on its screens."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from curation.store import NotSaved
from tests.tui.conftest import Open, rest
from tests.tui.letters import app_of, line, rows

SECRET = "a child's name"


async def test_with_ascii_asked_for_nothing_else_is_drawn(letters: Path, open_app: Open) -> None:
    async with open_app(letters, ascii_only=True) as pilot:
        await pilot.press("down", "enter", "space")
        await rest(pilot)
        painted = rows(pilot)
        assert all(row.isascii() for row in painted)
        assert any("ST v|" in row for row in painted)


async def test_a_crash_says_where_its_report_is_and_shows_no_word_of_a_letter(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        app = app_of(pilot)
        app._exception = ValueError(SECRET)
        app._fatal_error()
        said = "".join(segment.text for shown in app._exit_renderables for segment in shown.segments)  # type: ignore[union-attr]
        assert "All decisions are saved" in said
        assert SECRET not in said
        # What was only pretended must not fail this test.
        app._exception = None
        app._exit_renderables.clear()


async def test_no_socket_is_opened(letters: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[str] = []

    def note(name: str) -> Callable[..., None]:
        return lambda *_: used.append(name)

    async with open_app(letters) as pilot:
        for name in ("connect", "connect_ex", "bind", "listen", "sendto"):
            monkeypatch.setattr(socket.socket, name, note(name))
        await pilot.press("down", "enter", "space", "t", "enter", "o", "enter", "f1", "q", "q")
        await rest(pilot)
    # Noted and not raised: a worker could swallow an error, but not this list.
    assert used == []


async def test_ctrl_q_asks_once_and_saves(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "space", "ctrl+q")
        assert "ctrl+q again" in line(pilot, "keys")
        assert pilot.app.is_running
        await pilot.press("ctrl+q")
    assert (letters / "reviews/elmbury-2010/ab.toml").exists()


@pytest.mark.parametrize("key", ["=", "b"], ids=["alike", "followup"])
async def test_leaving_from_a_screen_over_a_letter_saves_the_letter(
    letters: Path, open_app: Open, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.deciding.SAVE_AFTER", 3600.0)
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "space", key)
        await rest(pilot)
        assert not (letters / "reviews/elmbury-2010/ab.toml").exists()
        await pilot.press("ctrl+q", "ctrl+q")
    assert pilot.app.return_code == 0
    assert (letters / "reviews/elmbury-2010/ab.toml").exists()


async def test_what_a_letter_below_could_not_save_is_the_last_word(
    letters: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "space", "=")
        await rest(pilot)

        def full(*_: object) -> None:
            raise NotSaved("elmbury-2010: no space left")

        monkeypatch.setattr("tui.side.Side.close", full)
        await pilot.press("ctrl+q", "ctrl+q")
    assert (pilot.app.return_code, pilot.app.return_value) == (1, "elmbury-2010: no space left")


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (200, 50)])
async def test_every_size_shows_a_finding_and_the_way_out(letters: Path, open_app: Open, size: tuple[int, int]) -> None:
    async with open_app(letters, size=size) as pilot:
        await pilot.press("down", "enter")
        await rest(pilot)
        assert any("Supervision is" in row for row in rows(pilot))
        assert line(pilot, "keys").endswith("q back ")
        assert len(line(pilot, "keys")) <= size[0]
