"""Every kind of terminal that people sit at: what tells categories apart, and sizes that change while one works."""

from __future__ import annotations

import fcntl
import os
import random
import re
import signal
import struct
import termios
from pathlib import Path

import pytest

from tests.tui.conftest import Open, rest
from tests.tui.emulator import Emulator
from tests.tui.letters import pane, rows
from tests.tui.terminal import Terminal, recto

KINDS = {
    "linux": {"TERM": "linux", "LANG": "C.UTF-8"},
    "screen": {"TERM": "screen", "STY": "1.x", "LANG": "C.UTF-8"},
    "xterm": {"TERM": "xterm", "LANG": "C.UTF-8"},
    "C locale": {"TERM": "xterm-256color", "LANG": "C"},
    "no colour": {"TERM": "xterm-256color", "NO_COLOR": "1", "LANG": "C.UTF-8"},
    "no locale": {"TERM": "vt100"},
}
SGR = re.compile(rb"\x1b\[([0-9;]*)m")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    xdg = {f"XDG_{name}_HOME": str(tmp_path / "xdg" / name.lower()) for name in ("CONFIG", "STATE", "CACHE")}
    return {"PATH": os.environ["PATH"], **xdg}


def looks(sent: bytes, tag: bytes) -> set[bytes]:
    """In which styles a tag was drawn."""
    return {found[1] for found in re.finditer(rb"\x1b\[([0-9;]*)m *" + tag + rb"\b", sent)}


@pytest.mark.parametrize(("kind", "options"), [*((kind, ()) for kind in KINDS), ("linux", ("--ascii",))], ids=str)
def test_categories_are_told_apart_by_tag_and_style(
    letters: Path, environ: dict[str, str], kind: str, options: tuple[str, ...]
) -> None:
    terminal = Terminal(recto(str(letters), "--reviewer", "ab", *options), environ | KINDS[kind], 80, 24)
    try:
        terminal.wait_for(b"Waveney")
        terminal.settle(0.3)
        os.write(terminal.master, b"\x1b[F\r")
        terminal.wait_for(b"merge")
        terminal.settle(0.2)
        sent = bytes(terminal.output)
    finally:
        terminal.close()
    text = SGR.sub(b" ", sent).decode("utf-8")
    assert {"ST", "AD", "PA"} <= set(re.findall(r"\b[A-Z]{2}\b", text))
    if options:
        assert SGR.sub(b"", sent).isascii()
    if kind == "no colour":
        assert {code for found in SGR.findall(sent) for code in found.split(b";")} <= {
            b"", b"0", b"1", b"2", b"3", b"4", b"7", b"39", b"49"
        }  # fmt: skip
    else:
        styles = [frozenset(looks(sent, tag)) for tag in (b"ST", b"AD", b"PA")]
        assert all(styles)
        assert len(set(styles)) == len(styles)


@pytest.mark.parametrize("kind", ["no colour", "xterm", "linux"])
@pytest.mark.parametrize("key", [b"f", b"/", b":"])
def test_a_text_field_shows_its_caret_without_colours_too(
    letters: Path, environ: dict[str, str], kind: str, key: bytes
) -> None:
    terminal = Terminal(recto(str(letters), "--reviewer", "ab"), environ | KINDS[kind], 80, 24)
    screen = Emulator(80, 24)
    try:
        terminal.wait_for(b"Waveney")
        terminal.settle(0.3)
        terminal.press(key)
        terminal.press(b"zq")
        screen.feed(bytes(terminal.output))
    finally:
        terminal.close()
    row = next(row for row, line in zip(screen.cells, screen.lines(), strict=True) if "zq" in line)
    carets = [n for n, cell in enumerate(row) if cell.look.reverse]
    assert carets == ["".join(cell.char for cell in row).index("zq") + 2]


@pytest.mark.parametrize("keys", [("enter",), ("d",), ("Q",), ("t",), ("f",), ("/",), ("=",), ()], ids=str)
@pytest.mark.parametrize("size", [(60, 20), (40, 12), (200, 50)])
async def test_nothing_is_wider_than_the_screen_or_runs_over_its_frame(
    letters: Path, open_app: Open, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with open_app(letters, size=size) as pilot:
        await pilot.press(*keys)
        await rest(pilot)
        painted = rows(pilot)
        assert len(painted) == size[1]
        framed = [row for row in painted if row.startswith("┌")]
        assert all(row.rstrip().endswith("┐") for row in framed)
        assert any(row.strip() for row in painted)


@pytest.mark.parametrize("key", ["d", "Q"])
async def test_the_smallest_screen_still_shows_the_place(letters: Path, open_app: Open, key: str) -> None:
    async with open_app(letters, size=(40, 12)) as pilot:
        await pilot.press(key)
        await rest(pilot)
        assert pane(pilot, "place").page >= 3
        assert pane(pilot, "queue").page >= 1


async def test_a_screen_that_is_too_small_says_what_it_needs(letters: Path, open_app: Open) -> None:
    async with open_app(letters, size=(39, 11)) as pilot:
        for key in ("d", "q", "Q", "q", "enter"):
            assert "Recto needs 40x12." in rows(pilot)[0]
            await pilot.press(key)
            await rest(pilot)


@pytest.mark.parametrize("keys", [("end", "d", "end"), ("end", "enter", "n", "n"), ("end",)], ids=str)
async def test_a_storm_of_sizes_keeps_the_place(letters: Path, open_app: Open, keys: tuple[str, ...]) -> None:
    async with open_app(letters) as pilot:
        await pilot.press(*keys)
        await rest(pilot)
        name = next(name for name in ("queue", "findings-0", "letters") if pilot.app.screen.query(f"#{name}"))
        before = pane(pilot, name).item
        assert before is not None
        chance = random.Random(1)
        for _ in range(25):
            await pilot.resize_terminal(chance.randint(20, 200), chance.randint(5, 60))
        await pilot.resize_terminal(100, 30)
        await rest(pilot)
        after = pane(pilot, name)
        assert after.item is not None
        assert after.item.key == before.key
        assert after.top <= after.item.first < after.top + after.page, "and it is in view"


def test_a_storm_of_sizes_in_a_terminal_ends_nothing(letters: Path, environ: dict[str, str]) -> None:
    terminal = Terminal(recto(str(letters), "--reviewer", "ab"), environ | KINDS["xterm"], 120, 40)
    try:
        terminal.wait_for(b"Waveney")
        for number in range(60):
            size = struct.pack("HHHH", 4 + number % 50, 10 + 3 * number % 170, 0, 0)
            fcntl.ioctl(terminal.master, termios.TIOCSWINSZ, size)
            os.kill(terminal.pid, signal.SIGWINCH)
            terminal.read(0.01)
        fcntl.ioctl(terminal.master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        terminal.settle(0.5)
        os.write(terminal.master, b"d")
        terminal.wait_for(b"left in")
    finally:
        terminal.close()
