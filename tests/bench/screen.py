"""What the screens cost: first frame and memory beside a bare Textual app, bytes sent for a key press, bytes while
idle.

    python -m tests.bench.screen [FOLDER] [--rounds N] [--columns N] [--rows N] [--colours true|256|16|none]

The apps run in a pseudo-terminal of their own. Byte counts are exact and repeatable; times and memory are medians of
rounds in which the two apps take turns. FOLDER is copied first: nothing is written into it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.tui.terminal import Terminal

ROOT = Path(__file__).parents[2]
BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    ENABLE_COMMAND_PALETTE = False
    def compose(self):
        yield Static("bare-is-ready")

Bare().run(mouse=False)
"""
COLOURS = {
    "true": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "256": {"TERM": "xterm-256color"},
    "16": {"TERM": "xterm"},
    "none": {"TERM": "xterm-256color", "NO_COLOR": "1"},
}


@dataclass(frozen=True, slots=True)
class Start:
    """One start of an app: seconds to the first frame that shows its text, and resident memory then, in MB."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the apps run."""

    environ: dict[str, str]
    columns: int
    rows: int
    workspace: Path

    def bare(self) -> Terminal:
        """A Textual app with one line of text."""
        return Terminal([sys.executable, "-c", BARE], self.environ, self.columns, self.rows)

    def recto(self) -> Terminal:
        """The workbench on the workspace, with no place remembered."""
        shutil.rmtree(self.environ["XDG_STATE_HOME"], ignore_errors=True)
        command = [sys.executable, "-m", "tui", str(self.workspace), "--reviewer", "bench"]
        return Terminal(command, self.environ, self.columns, self.rows)


def start(terminal: Terminal, marker: bytes) -> Start:
    """Time to the first frame, then memory once it is quiet."""
    terminal.wait_for(marker)
    seconds = time.perf_counter() - terminal.started
    terminal.settle(0.5)
    found = Start(seconds, terminal.megabytes())
    terminal.close()
    return found


def starts(setting: Setting, rounds: int) -> tuple[list[Start], list[Start]]:
    """Both apps started in turns."""
    bare, recto = [], []
    for _ in range(rounds):
        bare.append(start(setting.bare(), b"bare-is-ready"))
        recto.append(start(setting.recto(), b"letters"))
    return bare, recto


def walk(terminal: Terminal, forth: bytes, back: bytes, presses: int) -> list[int]:
    """Bytes of each of so many presses, down the letter and up again; a press at an end is left out of the count."""
    costs: list[int] = []
    key, other = forth, back
    for _ in range(presses * 3):
        cost = terminal.press(key)
        if cost == 0:
            key, other = other, key
            continue
        costs.append(cost)
        if len(costs) % 15 == 0:
            key, other = other, key
        if len(costs) == presses:
            break
    return costs


def row(label: str, costs: Sequence[int]) -> str:
    """One line of the table."""
    return f"{label:<34}{statistics.median(costs):>9,.0f}{statistics.mean(costs):>9,.0f}{max(costs):>9,}"


def screen_costs(setting: Setting, presses: int) -> None:
    """Bytes in the review screen."""
    terminal = setting.recto()
    terminal.wait_for(b"letters")
    terminal.settle(1.0)
    terminal.press(b"\r")
    terminal.settle(2.0)
    print(f"{'bytes for a key press':<34}{'median':>9}{'mean':>9}{'worst':>9}")
    print(row("n, p   (text | findings)", walk(terminal, b"n", b"p", presses)))
    print(row("down, up", walk(terminal, b"\x1b[B", b"\x1b[A", presses)))
    print(row("page down, page up", walk(terminal, b"\x1b[6~", b"\x1b[5~", 20)))
    terminal.press(b"w")
    print(row("n, p   following off", walk(terminal, b"n", b"p", presses)))
    terminal.press(b"w")
    terminal.press(b"o")
    terminal.press(b"\r")
    terminal.settle(1.0)
    print(row("n, p   (letter | letter)", walk(terminal, b"n", b"p", presses)))
    print(row("tab", [terminal.press(b"\t") for _ in range(10)]))
    terminal.press(b"\r")
    print(row("caret, by word", walk(terminal, b"\x1b[C", b"\x1b[D", 30)))
    print(row("split, previewed", [terminal.press(b"s")]))
    terminal.press(b"\x1b")
    terminal.settle(0.5)
    print(row("space (seen and right)", [terminal.press(b" ") for _ in range(10)]))
    print(row("u (undo)", [terminal.press(b"u") for _ in range(10)]))
    terminal.settle(3.0)
    print(f"{'idle for 10 s':<34}{terminal.idle(10):>9,}")
    terminal.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "sample_letters")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--presses", type=int, default=100)
    parser.add_argument("--columns", type=int, default=120)
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--colours", choices=COLOURS, default="true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "letters"
        shutil.copytree(args.folder, workspace)
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environ = kept | COLOURS[args.colours]
        for name in ("CONFIG", "STATE", "CACHE"):
            environ[f"XDG_{name}_HOME"] = str(Path(folder) / name.lower())
        setting = Setting(environ, args.columns, args.rows, workspace)
        bare, recto = starts(setting, args.rounds)
        print(f"{f'{args.rounds} rounds, medians':<34}{'bare':>9}{'Recto':>9}{'ratio':>9}")
        for label, unit in (("first frame", "seconds"), ("resident memory", "megabytes")):
            left, right = (statistics.median(getattr(s, unit) for s in found) for found in (bare, recto))
            print(f"{f'{label}, {unit}':<34}{left:>9.2f}{right:>9.2f}{right / left:>9.2f}")
        screen_costs(setting, args.presses)


if __name__ == "__main__":
    main()
