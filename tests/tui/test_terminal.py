"""The app in a real terminal: how it ends, what it leaves behind, and what bytes it sends."""

from __future__ import annotations

import os
import re
import signal
import termios
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from curation.workspace import Workspace
from tests.tui.letters import HOSTILE, letter
from tests.tui.terminal import Terminal, recto

FULL_SCREEN_OFF, CURSOR_ON = b"\x1b[?1049l", b"\x1b[?25h"
STYLES = re.compile(rb"\x1b\[([0-9;]*)m")
KEYS_OF_LIBRARY, KEYS_OF_REVIEW = b"q\x1b[0m back", b"merge"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    xdg = {f"XDG_{name}_HOME": str(tmp_path / "xdg" / name.lower()) for name in ("CONFIG", "STATE", "CACHE")}
    return {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **xdg}


class Run:
    """An app that is ended with the test."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self.folder, self.environ = folder, environ
        self.terminals: list[Terminal] = []

    def start(self, marker: bytes = KEYS_OF_LIBRARY, **more: str) -> Terminal:
        """A fresh app, waited for until `marker` is on its screen."""
        terminal = Terminal(recto(str(self.folder), "--reviewer", "ab"), {**self.environ, **more}, 120, 40)
        self.terminals.append(terminal)
        terminal.wait_for(marker)
        if b"Waveney" not in terminal.output and marker == KEYS_OF_LIBRARY:
            terminal.wait_for(b"Waveney")
        terminal.settle(0.3)
        return terminal


@pytest.fixture
def run(letters: Path, environ: dict[str, str]) -> Iterator[Run]:
    started = Run(letters, environ)
    yield started
    for terminal in started.terminals:
        terminal.close()


def decide(terminal: Terminal) -> None:
    """Open the first letter and find its first finding right."""
    os.write(terminal.master, b"\r")
    terminal.wait_for(KEYS_OF_REVIEW)
    terminal.settle(0.3)
    os.write(terminal.master, b" ")
    terminal.wait_for(b"undo 1")


def test_after_kill_9_right_after_a_change_the_change_is_there_and_so_is_the_place(run: Run) -> None:
    terminal = run.start()
    decide(terminal)
    os.kill(terminal.pid, signal.SIGKILL)
    terminal.ended()
    review = Workspace(run.folder).review("elmbury-2009", "ab")
    assert [finding.seen for finding in review.findings] == [True, False]
    again = run.start(marker=b"undo 1")
    assert b"seen 1/2" in again.output


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_at_once_and_leaves_the_terminal_usable(run: Run, ending: signal.Signals) -> None:
    terminal = run.start()
    os.kill(terminal.pid, ending)
    assert terminal.ended() == 128 + ending
    assert terminal.output.rstrip().endswith(CURSOR_ON)
    assert FULL_SCREEN_OFF in terminal.output
    local_modes = termios.tcgetattr(terminal.master)[3]
    assert local_modes & termios.ECHO
    assert local_modes & termios.ICANON


def test_a_signal_ends_it_even_when_the_line_has_stalled(run: Run) -> None:
    terminal = run.start()
    os.write(terminal.master, b"\r")
    terminal.wait_for(KEYS_OF_REVIEW)
    os.write(terminal.master, b"v" * 300)
    terminal.stall()
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.ended(reading=False) == 128 + signal.SIGTERM


def test_a_byte_that_is_no_utf_8_does_not_end_it(run: Run) -> None:
    terminal = run.start()
    os.write(terminal.master, b"\xff\xfe\x80")
    terminal.settle()
    os.write(terminal.master, b"q")
    terminal.wait_for(b"again leaves")
    os.write(terminal.master, b"q")
    assert terminal.ended() == 0
    assert FULL_SCREEN_OFF in terminal.output


def test_a_bad_name_of_a_reviewer_is_a_usage_error(letters: Path, environ: dict[str, str]) -> None:
    terminal = Terminal(recto(str(letters), "--reviewer", "A B"), environ, 120, 40)
    assert terminal.ended() == 2
    assert b"can't be a reviewer's name" in terminal.output.replace(b"\r\n", b" ")


def test_no_colour_is_sent_where_none_is_wanted(run: Run) -> None:
    terminal = run.start(NO_COLOR="1")
    os.write(terminal.master, b"\r")
    terminal.wait_for(KEYS_OF_REVIEW)
    codes = {int(code) for sent in STYLES.findall(terminal.output) for code in sent.split(b";") if code}
    assert codes <= {0, 1, 2, 3, 4, 7, 39, 49}
    assert codes >= {1, 2}


def test_nothing_of_a_hostile_letter_reaches_the_terminal(tmp_path: Path, environ: dict[str, str]) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / "a\x1b[2Jb.txt").write_text(letter("Waveney Council", "1 May 2010", HOSTILE), encoding="utf-8")
    run = Run(folder, environ)
    terminal = run.start()
    os.write(terminal.master, b"\r")
    terminal.wait_for(b"[sic] and [/x] and [bold]")
    for key in (b"i", b"q", b"x", b"\x1b", b"\r", b"s", b"\r", b"m"):
        os.write(terminal.master, key)
        terminal.settle(0.3)
    terminal.close()
    # The framework's own: it sets the shape of the mouse pointer.
    output = terminal.output.replace(b"\x1b]22;default\x07", b"")
    for raw in ("\x07", "\x1b]52", "\x1b[2J", "\u202e", "\u200b", "\ufeff", "\x9b"):
        assert raw.encode() not in output
