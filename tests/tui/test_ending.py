"""How the app ends when it is told to, when its terminal goes away or it is killed, and where it begins again."""

from __future__ import annotations

import os
import re
import signal
import sys
import termios
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from shlex import quote

import pytest

from curation.journal import Journal
from curation.operations import SetSeen
from curation.replaying import replay
from curation.session import Session
from curation.workspace import Workspace
from tests.tui.terminal import PATIENCE, Terminal
from tests.tui.test_terminal import CURSOR_ON, FULL_SCREEN_OFF, KEYS_OF_LIBRARY, KEYS_OF_REVIEW, Run, decide

KEY = "elmbury-2009"
UNDO = re.compile(rb"undo (\d+)")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    xdg = {f"XDG_{name}_HOME": str(tmp_path / "xdg" / name.lower()) for name in ("CONFIG", "STATE", "CACHE")}
    return {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **xdg}


@pytest.fixture
def run(letters: Path, environ: dict[str, str]) -> Iterator[Run]:
    started = Run(letters, environ)
    yield started
    for terminal in started.terminals:
        terminal.close()


def _until(true: Callable[[], object], terminal: Terminal | None = None) -> None:
    """Wait until something is so; what the app sends is read meanwhile, so that it does not stall."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        if terminal is None:
            time.sleep(0.02)
        else:
            terminal.output += terminal.read(0.02)


def _stalled(run: Run) -> Terminal:
    """An app whose terminal takes no more bytes, while it has more to send than any queue holds."""
    terminal = run.start()
    os.write(terminal.master, b"\r")
    terminal.wait_for(KEYS_OF_REVIEW)
    os.write(terminal.master, b"v" * 300)
    terminal.stall()
    return terminal


# ---- signals, and a terminal that is gone ----


def test_an_interrupt_from_outside_ends_it_like_any_other_signal(run: Run) -> None:
    terminal = run.start()
    os.kill(terminal.pid, signal.SIGINT)
    assert terminal.ended() == 128 + signal.SIGINT
    assert FULL_SCREEN_OFF in terminal.output
    assert terminal.output.rstrip().endswith(CURSOR_ON)
    assert termios.tcgetattr(terminal.master)[3] & termios.ECHO


@pytest.mark.parametrize("ending", [signal.SIGHUP, signal.SIGINT])
def test_a_stalled_line_keeps_no_signal_back(run: Run, ending: signal.Signals) -> None:
    terminal = _stalled(run)
    os.kill(terminal.pid, ending)
    assert terminal.ended(reading=False) == 128 + ending


def test_a_line_that_had_stalled_gets_the_order_to_leave_the_full_screen(run: Run) -> None:
    terminal = _stalled(run)
    before = len(terminal.output)
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.ended(reading=False) == 128 + signal.SIGTERM
    assert terminal.output[before:].rstrip().endswith(CURSOR_ON)
    assert FULL_SCREEN_OFF in terminal.output[before:]


@pytest.mark.parametrize("stalled", [False, True], ids=["idle", "stalled"])
def test_a_terminal_that_is_closed_ends_it_even_where_the_hang_up_is_ignored(
    letters: Path, environ: dict[str, str], stalled: bool
) -> None:
    # As nohup does.
    command = ["/bin/sh", "-c", f"trap '' HUP; exec {quote(sys.executable)} -m tui {quote(str(letters))} --reviewer ab"]
    terminal = Terminal(command, environ, 120, 40)
    terminal.wait_for(b"Waveney")
    terminal.settle(0.5)
    if stalled:
        os.write(terminal.master, b"\r")
        terminal.wait_for(KEYS_OF_REVIEW)
        os.write(terminal.master, b"v" * 300)
        terminal.stall()
    assert terminal.hung_up() == 128 + signal.SIGHUP


def test_the_shell_that_comes_next_finds_the_terminal_as_it_was(letters: Path, environ: dict[str, str]) -> None:
    asked = "import os; print('BLOCKING', os.get_blocking(0), os.get_blocking(2))"
    python = quote(sys.executable)
    script = f'{python} -m tui {quote(str(letters))} --reviewer ab; {python} -c "{asked}"'
    terminal = Terminal(["/bin/sh", "-c", script], environ, 120, 40)
    try:
        terminal.wait_for(KEYS_OF_LIBRARY)
        children = Path(f"/proc/{terminal.pid}/task/{terminal.pid}/children").read_text(encoding="ascii").split()
        os.kill(int(children[0]), signal.SIGTERM)
        terminal.wait_for(b"BLOCKING True True")
    finally:
        terminal.close()


# ---- where it begins again ----


def test_the_next_run_lands_on_the_finding_where_a_signal_found_the_last_one(run: Run) -> None:
    ids = [f.id for f in Workspace(run.folder).review(KEY).findings]
    terminal = run.start()
    os.write(terminal.master, b"\r")
    terminal.wait_for(KEYS_OF_REVIEW)
    terminal.settle(0.3)
    os.write(terminal.master, b"n")
    terminal.settle(0.1)
    os.kill(terminal.pid, signal.SIGTERM)
    terminal.ended()
    places = tomllib.loads((Path(run.environ["XDG_STATE_HOME"]) / "recto" / "places.toml").read_text())["places"]
    (place,) = places.values()
    assert (place["letter"], place["finding"]) == (KEY, ids[1])


def test_a_note_that_was_half_written_is_offered_again_after_a_kill(run: Run) -> None:
    terminal = run.start()
    os.write(terminal.master, b"\r")
    terminal.wait_for(KEYS_OF_REVIEW)
    terminal.settle(0.3)
    os.write(terminal.master, b"e")
    terminal.wait_for(b"Note on this finding")
    terminal.settle(0.3)
    os.write(terminal.master, b"half of it")
    drafts = Path(run.environ["XDG_STATE_HOME"]) / "recto" / "drafts"
    _until(lambda: any("half of it" in p.read_text("utf-8") for p in drafts.glob("*.toml")), terminal)
    os.kill(terminal.pid, signal.SIGKILL)
    terminal.ended()
    again = run.start(marker=b"Half written: a note")
    os.write(again.master, b"e")
    again.wait_for(b"half of it")


def test_one_that_still_runs_is_named_and_both_work_on_the_same_journal(run: Run) -> None:
    first = run.start()
    decide(first)
    second = run.start(marker=b"still open here elsewhere")
    assert f"process {first.pid}".encode() in second.output
    os.write(second.master, b"n ")
    second.wait_for(b"undo 2")
    os.write(first.master, b"u")
    first.wait_for(b"redo 1")
    first.settle(0.3)
    review = Workspace(run.folder).review(KEY, "ab")
    assert (review.operations, [f.seen for f in review.findings]) == (3, [True, False])
    for terminal in (first, second):
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.ended()
    third = run.start(marker=b"seen 1/2")
    assert b"elsewhere" not in third.output


# ---- kill -9 at any moment ----


KEYS = (
    b" ",
    b" ",
    b"n",
    b"p",
    b"c1",
    b"c2",
    b"m",
    b"u",
    b"u",
    b"U",
    b"s\r",
    b"x\r",
    b"1",
    b"f?\r",
    b"N\x1b",
    b"v",
    b"\t",
)


def _depths(journal: Path, text: str) -> list[int]:
    """How many times undo could be done after each line of a journal."""
    news = Journal(journal, journal.parent).read()
    assert news.damage == ""
    history, wrong = replay(news.lines[:1], text)
    assert history is not None
    assert not wrong
    depths = [0]
    for line in news.lines[1:]:
        history.take(line.values)
        depths.append(history.undo_depth)
    return depths


def _killed_at_random(run: Run, rng: Random, kills: int) -> None:
    """Work, kill it in the middle, look at what is there, begin again where it was."""
    workspace = Workspace(run.folder)
    place, text = workspace.place(KEY, "ab"), workspace.read(KEY).text
    session = Session.open(workspace, KEY, "ab")
    session.do(SetSeen(session.review.findings[0].id, True))
    session.close()
    opened = False
    for _ in range(kills):
        depth = _depths(place.journal, text)[-1]
        again_there = f"undo {depth}" if depth else "seen"
        terminal = run.start(marker=again_there.encode() if opened else KEYS_OF_LIBRARY)
        if not opened:
            os.write(terminal.master, b"\r")
            terminal.wait_for(KEYS_OF_REVIEW)
        opened = True
        sent = 0
        for _ in range(rng.randint(1, 12)):
            os.write(terminal.master, rng.choice(KEYS))
            sent += 1
            terminal.output += terminal.read(rng.choice((0, 0.01, 0.05, 0.2)))
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.ended()
        shown = [int(number) for number in UNDO.findall(terminal.output)]
        depths = _depths(place.journal, text)
        # What was shown as done is there: the last depth shown is that of one of the last states.
        assert not shown or shown[-1] in depths[-2 * sent - 1 :], (shown, depths)
        again = Session.open(Workspace(run.folder), KEY, "ab")
        assert again.read_only == ""
        assert again.undo_depth == depths[-1]


def test_killed_at_random_moments_while_keys_are_sent_nothing_shown_is_lost(run: Run) -> None:
    _killed_at_random(run, Random(4), 3)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(10))
def test_killed_at_many_random_moments(run: Run, seed: int) -> None:
    _killed_at_random(run, Random(seed), 15)
