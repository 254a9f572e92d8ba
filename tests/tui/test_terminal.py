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


# ---- out of the full screen and back ----


def review(run: Run, **more: str) -> Terminal:
    """An app with the first letter open."""
    terminal = run.start(KEYS_OF_LIBRARY, **more)
    os.write(terminal.master, b"\r")
    terminal.wait_for(KEYS_OF_REVIEW)
    terminal.settle(0.3)
    return terminal


def decisions(folder: Path) -> list[Path]:
    return sorted((folder / "reviews").rglob("*.jsonl"))


def test_a_quotation_is_printed_unbroken_outside_the_full_screen(run: Run) -> None:
    terminal = review(run)
    os.write(terminal.master, b"y")
    seen = terminal.wait_for(b"then Enter")
    outside = seen[seen.rindex(FULL_SCREEN_OFF) :]
    (quoted,) = [row for row in outside.split(b"\r\n") if row.startswith(b'"')]
    assert quoted.startswith(b'"Supervision is regular')
    assert quoted.endswith(b")"), "one line, however long"
    assert len(quoted) > 120
    os.write(terminal.master, b"x and what was pasted with it\rxm")
    terminal.wait_for(b"Not copied by itself")
    terminal.settle(0.5)
    assert decisions(run.folder) == [], "none of it ran as keys"
    os.write(terminal.master, b"?")
    terminal.wait_for(b"Help: Review")


def test_an_editor_has_the_terminal_and_gives_it_back(run: Run, tmp_path: Path) -> None:
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nprintf "the editor is here\\n"\nread line\nprintf "%s" "$line" > "$1"\n')
    script.chmod(0o755)
    terminal = review(run, EDITOR=str(script))
    os.write(terminal.master, b"E")
    seen = terminal.wait_for(b"the editor is here")
    assert FULL_SCREEN_OFF in seen
    os.write(terminal.master, b"from the editor\r")
    terminal.wait_for(b"Note written.")
    terminal.wait_for(b"from the editor")
    os.write(terminal.master, b"n")
    assert terminal.settle(0.3) > 0, "the keys are the app's again"
    (journal,) = decisions(run.folder)
    assert "from the editor" in journal.read_text(encoding="utf-8")


@pytest.mark.parametrize("dialog", [b"", b"e", b"t", b"i"], ids=["review", "note", "themes", "why"])
def test_pasted_text_never_runs_as_keys(dialog: bytes, run: Run) -> None:
    terminal = review(run)
    os.write(terminal.master, dialog)
    terminal.settle(0.3)
    os.write(terminal.master, b"\x1b[200~xm\r1\rqq " + b"c3" * 40 + b"\x1b[201~")
    terminal.settle(0.5)
    if dialog in (b"", b"i"):
        assert b"Pasted text does nothing here" in terminal.output
    assert decisions(run.folder) == []
    os.write(terminal.master, b"\x1b")
    terminal.settle(0.5)
    assert decisions(run.folder) == []
