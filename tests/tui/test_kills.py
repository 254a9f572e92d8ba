"""The app killed with no warning, at random moments of somebody deciding things in it."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from curation import store
from curation.journal import Journal
from curation.workspace import Workspace
from tests.tui.terminal import Terminal, recto

PATIENCE = 30.0
"""Seconds after which something that should have come has not."""


def journals(folder: Path) -> list[Path]:
    return sorted(folder.glob("reviews/*/ab.jsonl"))


def decided(folder: Path) -> int:
    """How many operations all journals hold, each whole and in order."""
    count = 0
    for path in journals(folder):
        news = Journal(path, folder).read()
        assert news.damage == ""
        count += max(0, len(news.lines) - 1)
    return count


def wait_until(terminal: Terminal, condition: Callable[[], bool]) -> None:
    end = time.perf_counter() + PATIENCE
    while not condition():
        assert time.perf_counter() < end, terminal.output[-500:]
        terminal.output += terminal.read(0.01)


def kill_while_deciding(folder: Path, environ: dict[str, str], chance: random.Random) -> None:
    terminal = Terminal(recto(str(folder), "--reviewer", "ab"), environ, 120, 40)
    try:
        wait_until(terminal, lambda: b"Waveney" in terminal.output or b"merge" in terminal.output)
        terminal.settle(0.3)
        # The first run begins in the library, a later one where the last one was.
        if b"merge" not in terminal.output:
            os.write(terminal.master, b"\r")
            terminal.wait_for(b"merge")
            terminal.settle(0.3)
        before = decided(folder)
        # A finding that was seen already is not decided again; taking something back always is a decision.
        os.write(terminal.master, b" u")
        wait_until(terminal, lambda: decided(folder) > before)
        held = decided(folder)
        os.write(terminal.master, b" u U " * chance.randrange(1, 20))
        until = time.perf_counter() + chance.random() * 0.6
        while time.perf_counter() < until:
            terminal.read(0.005)
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.ended()
    finally:
        terminal.close()
    assert decided(folder) >= held
    for path in journals(folder):
        check(folder, path)


def check(folder: Path, journal: Path) -> None:
    """The review opens, to all that its journal holds; its TOML, if there is one, is a state that it had."""
    opened = Workspace(folder).open(journal.parent.name, "ab")
    assert opened.read_only == ""
    assert opened.history.n == len(Journal(journal, folder).read().lines) - 1
    toml = journal.with_suffix(".toml")
    if toml.exists():
        written = store.loads(toml.read_bytes(), opened.shown.text)
        then = opened.history.state_at(written.operations)
        assert then is not None
        assert toml.read_bytes() == store.dumps(then)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    xdg = {f"XDG_{name}_HOME": str(tmp_path / "xdg" / name.lower()) for name in ("CONFIG", "STATE", "CACHE")}
    return {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", **xdg}


def test_what_was_decided_in_the_app_survives_a_kill(letters: Path, environ: dict[str, str]) -> None:
    chance = random.Random(5)
    for _ in range(2):
        kill_while_deciding(letters, environ, chance)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(10))
def test_what_was_decided_in_the_app_survives_many_kills(letters: Path, environ: dict[str, str], seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(10):
        kill_while_deciding(letters, environ, chance)
