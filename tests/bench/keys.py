"""How long a key takes, from the press to the last byte that it sends: beside a bare line-API widget, in a letter of
500 findings beside one of 20, and from one letter to the next among 300.

    python -m tests.bench.keys [--presses N] [--columns N] [--rows N]

The apps run in a pseudo-terminal of their own and take turns. All letters are made up.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from curation.operations import SetSeen
from curation.session import Session
from curation.workspace import Workspace
from tests.bench.screen import COLOURS, Setting
from tests.tui.letters import letter
from tests.tui.terminal import Terminal

LETTERS = 300
MANY, FEW = 500, 20
PEER = """
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

TAG, PLAIN, MARKED = Style.parse("bold green"), Style.parse("green"), Style.parse("reverse")

class Lines(ScrollView, inherit_bindings=False):
    BINDINGS = [("n", "move(1)", ""), ("p", "move(-1)", "")]
    can_focus = True
    cursor = 0
    def on_mount(self):
        self.virtual_size = Size(self.size.width, 60)
    def action_move(self, by):
        old, self.cursor = self.cursor, min(max(self.cursor + by, 0), 59)
        self.refresh_line(old)
        self.refresh_line(self.cursor)
    def render_line(self, y):
        y += self.scroll_offset.y
        words = f"the words of line {y} of a bare widget, which fill a row as a finding's do ".ljust(self.size.width)
        return Strip([Segment("ST  ", TAG), Segment(words[4:], MARKED if y == self.cursor else PLAIN)])

class Bare(App):
    ENABLE_COMMAND_PALETTE = False
    def compose(self):
        yield Lines()
    def on_mount(self):
        self.animation_level = "none"
        self.query_one(Lines).focus()

Bare().run(mouse=False)
"""
"""One widget of styled rows with a cursor, which sends the two rows that changed; nothing beside it."""


def write_letters(folder: Path) -> None:
    """A letter of many findings, one of few, and the others."""
    for name, count in (("a-many", MANY), ("b-few", FEW), *((f"c-{n:03}", 16) for n in range(LETTERS - 2))):
        items = [
            f"Team {n} of {name} reads its files with care, and notes what it saw on page {n * 7}."
            for n in range(count)
        ]
        sections = {"Strengths": tuple(items[::2]), "Areas for development": tuple(items[1::2])}
        text = letter(f"Elm{name} County Council", "1 December 2010", sections)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    review(folder)


def review(folder: Path) -> None:
    """A review with a decision for every other letter of those that are turned over."""
    workspace = Workspace(folder)
    for ref in workspace.letters()[2::2]:
        session = Session.open(workspace, ref.key, "bench")
        session.do(SetSeen(session.review.findings[0].id, True))
        session.close()


def opened(setting: Setting, downs: int) -> Terminal:
    """Recto in one of the letters, following off."""
    terminal = setting.recto()
    terminal.wait_for(b"letters")
    terminal.settle(4.0)
    for key in (b"\x1b[B" * downs, b"\r"):
        os.write(terminal.master, key)
        terminal.settle(1.0)
    os.write(terminal.master, b"w")
    terminal.settle(0.5)
    return terminal


def median(seconds: Sequence[float]) -> float:
    """In milliseconds, of the presses that brought something."""
    return 1000 * statistics.median(s for s in seconds if not math.isnan(s))


def presses(terminals: Sequence[Terminal], keys: Sequence[bytes], count: int) -> list[float]:
    """Milliseconds for one of so many presses, the keys in turn; the terminals take turns with each of them."""
    taken = [[terminal.answered(keys[n % len(keys)]) for terminal in terminals] for n in range(count)]
    return [median(one) for one in zip(*taken, strict=True)]


def beside(label: str, one: float, other: float) -> str:
    """One line of the table."""
    return f"{label:<44}{one:>8.1f}{other:>8.1f}{other / one:>8.2f}"


def measure(setting: Setting, count: int) -> None:
    """Print the table."""
    peer = Terminal([sys.executable, "-c", PEER], setting.environ, setting.columns, setting.rows)
    peer.wait_for(b"bare widget")
    peer.settle(1.0)
    few = opened(setting, 1)
    print(f"{'milliseconds, medians':<44}{'peer':>8}{'Recto':>8}{'ratio':>8}")
    there_and_back = b"n", b"n", b"p", b"p"
    print(beside("n, p beside a bare line-API widget", *presses((peer, few), there_and_back, count)))
    peer.close()
    steps = {"n, p": there_and_back, "space, u": (b" ", b"u"), "] then left, right": (b"\x1b[D", b"\x1b[C")}
    many = opened(setting, 0)
    print(f"{f'{MANY} findings beside {FEW}':<44}{FEW:>8}{MANY:>8}{'ratio':>8}")
    for label, keys in steps.items():
        for terminal in (few, many):
            if label.startswith("]"):
                terminal.answered(b"]")
        print(beside(label, *presses((few, many), keys, count)))
    few.close()
    many.close()
    turn_over(setting)


def turn_over(setting: Setting) -> None:
    """From letter to letter through all of them and back, with following on, in an app that was just started."""
    terminal = setting.recto()
    terminal.wait_for(b"letters")
    terminal.settle(1.0)
    os.write(terminal.master, b"\x1b[B\r")
    terminal.wait_for(b"Elmb-few")
    terminal.settle(0.5)
    print(f"{f'each of {LETTERS} letters, half of them reviewed':<44}{'median':>8}{'worst':>8}{'> 50':>8}")
    there = range(LETTERS - 2)
    for label, key, numbers in (
        ("> forwards, each for the first time", b">", there),
        ("< backwards", b"<", there[-2::-1]),
    ):
        turns = []
        for number in numbers:
            turns.append(terminal.showed(key, f"Elmc-{number:03}".encode()))
            terminal.settle(0.3)
        slow = sum(turn > 0.05 for turn in turns)
        print(f"{label:<44}{median(turns):>8.1f}{1000 * max(turns):>8.1f}{slow:>8}")
    terminal.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--presses", type=int, default=40)
    parser.add_argument("--columns", type=int, default=120)
    parser.add_argument("--rows", type=int, default=40)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "letters"
        workspace.mkdir()
        write_letters(workspace)
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environ = kept | COLOURS["true"]
        for name in ("CONFIG", "STATE", "CACHE"):
            environ[f"XDG_{name}_HOME"] = str(Path(folder) / name.lower())
        measure(Setting(environ, args.columns, args.rows, workspace), args.presses)


if __name__ == "__main__":
    main()
