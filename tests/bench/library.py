"""What the library costs with many letters: first frame and memory beside a bare Textual app, and keys while the rows
fill in.

    python -m tests.bench.library [--letters N] [--few N] [--rounds N]

Made letters, the same each time. Memory is what the process holds once all letters are read and all is quiet; `few` is
a workspace of the usual size, of which each letter has a review. Keys are timed from the press to the cursor's sign on
its new row; a bare app's key is one that changes one line of text.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from curation.operations import SetSeen
from curation.readings import Readings
from curation.session import Session
from curation.workspace import Workspace
from tests.bench.parse import write_letters
from tests.bench.screen import COLOURS, Setting, start, starts
from tests.tui.terminal import Terminal

KEYS = 40
"""Presses that are timed."""
QUIET = 3.0
"""Seconds of silence after which all letters count as read."""


def reviewed(folder: Path, count: int) -> None:
    """Letters of which each has a review with a decision."""
    write_letters(folder, 0, count)
    workspace = Workspace(folder)
    for ref in workspace.letters():
        session = Session.open(workspace, ref.key, "bench")
        session.do(SetSeen(session.review.findings[0].id, True))
        session.close()


def forget(setting: Setting) -> None:
    """Let the next start be a first one: nothing that was read of letters before is known."""
    shutil.rmtree(Path(setting.environ["XDG_CACHE_HOME"]) / "recto", ignore_errors=True)


def filled(terminal: Terminal) -> float:
    """Wait until all letters are read; resident memory then, in MB."""
    while terminal.settle(QUIET):
        pass
    found = terminal.megabytes()
    terminal.close()
    return found


def latencies(terminal: Terminal, presses: int) -> list[float]:
    """Seconds from a press of down to the cursor's sign on the next row."""
    taken = []
    for _ in range(presses):
        while terminal.read(0.0):
            pass
        begun = time.perf_counter()
        os.write(terminal.master, b"\x1b[B")
        terminal.wait_for(b">")
        taken.append(time.perf_counter() - begun)
    return taken


def row(label: str, left: float, right: float, unit: str) -> str:
    """One line of the table."""
    return f"{f'{label}, {unit}':<44}{left:>9.2f}{right:>9.2f}{right / left:>9.2f}"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of them lies."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def many(setting: Setting, count: int, rounds: int) -> None:
    """First frame with all of them in the folder, keys while they are read, memory after."""
    bare, recto = starts(setting, rounds)
    left, right = (statistics.median(s.seconds for s in found) for found in (bare, recto))
    print(row(f"first frame, {count:,} letters", left, right, "s"))
    weight = statistics.median(s.megabytes for s in bare)
    forget(setting)
    terminal = setting.recto()
    terminal.wait_for(b"parsed")
    while_filling = latencies(terminal, KEYS)
    print(row(f"memory, {count:,} letters read", weight, filled(terminal), "MB"))
    print(f"{'a key while rows fill in, ms':<44}", end="")
    for name, share in (("median", 0.5), ("p95", 0.95)):
        print(f"  {name} {percentile(while_filling, share) * 1000:.0f}", end="")
    print()


def again(workspace: Path) -> None:
    """All rows of a first run and of a second one, which reads only what has changed."""
    taken = []
    for _ in range(2):
        begun = time.perf_counter()
        with closing(Readings(Workspace(workspace), "bench")) as readings:
            for ref in Workspace(workspace).letters():
                readings.of(ref.key)
            readings.keep(all_read=True)
        taken.append(time.perf_counter() - begun)
    print(f"{'all rows, a first run and a second, s':<44}{taken[0]:>9.2f}{taken[1]:>9.2f}{taken[1] / taken[0]:>9.2f}")


def usual(setting: Setting, count: int, rounds: int) -> None:
    """Memory with a workspace of the usual size, all of it read."""
    bare: list[float] = []
    first: list[float] = []
    later: list[float] = []
    for _ in range(rounds):
        bare.append(start(setting.bare(), b"bare-is-ready").megabytes)
        forget(setting)
        for found in (first, later):
            terminal = setting.recto()
            terminal.wait_for(b"letters")
            found.append(filled(terminal))
    for label, found in (("", first), (", second start", later)):
        print(row(f"memory, {count} reviewed{label}", statistics.median(bare), statistics.median(found), "MB"))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=10_000)
    parser.add_argument("--few", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environ = kept | COLOURS["true"]
        for name in ("CONFIG", "STATE", "CACHE"):
            environ[f"XDG_{name}_HOME"] = str(Path(folder) / name.lower())
        workspace = Path(folder) / "letters"
        setting = Setting(environ, 120, 40, workspace)
        print(f"{f'{args.rounds} rounds, medians':<44}{'bare':>9}{'Recto':>9}{'ratio':>9}")
        workspace.mkdir()
        reviewed(workspace, args.few)
        usual(setting, args.few, args.rounds)
        shutil.rmtree(workspace)
        workspace.mkdir()
        write_letters(workspace, 0, args.letters)
        many(replace(setting), args.letters, args.rounds)
        os.environ["XDG_CACHE_HOME"] = str(Path(folder) / "again")
        again(workspace)


if __name__ == "__main__":
    main()
