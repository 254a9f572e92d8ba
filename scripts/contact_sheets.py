"""Draw every screen of the app at every size, with all colours, with sixteen and with none: to be looked at.

    python -m scripts.contact_sheets FOLDER [--tour NAME...] [--size 80x24...] [--mode no-color...]

FOLDER gets a PNG and the bare text of each stop of `scripts.tours` (`80x24/no-color/review-split.png`) and sheets of
several (`80x24/no-color/sheet-review-1.png`). The app runs in a pseudo-terminal, started at each size, and the pictures
are drawn from the bytes that it sends (`tests.tui.emulator`). A screenshot by the framework would not do: it shows the
colours that were meant, whatever the terminal has. Drawing wants DejaVu Sans Mono (Debian's fonts-dejavu-core).
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from scripts.drawn_cells import PUTTY, XTERM, Colours, sheet
from scripts.pictures import draw
from scripts.tours import TOURS, Tour, prepare
from tests.tui.emulator import Emulator
from tests.tui.terminal import Terminal, recto

SIZES = ("120x40", "200x50", "80x24", "60x20")
ON_A_SHEET = {"120x40": 2, "200x50": 1, "80x24": 2, "60x20": 3}
"""Screens side by side on a sheet, and as many rows, so that their words can be read."""


@dataclass(frozen=True, slots=True)
class Mode:
    """What the terminal says of itself, and how it draws."""

    environ: Mapping[str, str]
    colours: Colours


MODES = {
    "truecolor": Mode({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, XTERM),
    "16-colours": Mode({"TERM": "xterm"}, PUTTY),
    "no-color": Mode({"TERM": "xterm-256color", "NO_COLOR": "1"}, XTERM),
}
KEYS = {
    "enter": b"\r", "escape": b"\x1b", "space": b" ", "tab": b"\t", "backspace": b"\x7f", "f1": b"\x1bOP",
    "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D", "home": b"\x1b[H", "end": b"\x1b[F",
    "pageup": b"\x1b[5~", "pagedown": b"\x1b[6~",
}  # fmt: skip
_QUIET = 0.4
"""Seconds of silence after which a picture is taken: threads look for advice meanwhile."""
_AWAITED = re.compile(
    r"looking for (letters|suggestions)|reading the (other letters|earlier letters|letters|reviews)"
    r"|(compared|read) \d+/\d+|\d+ not read yet|still being read"
)
"""What a screen says while a thread is at work: on a busy machine that is longer than the silence."""
_PATIENCE = 15.0
"""Seconds after which the picture is taken all the same."""


def walk(tour: Tour, size: tuple[int, int], mode: Mode) -> Iterator[tuple[str, Emulator]]:
    """Each stop of a tour, and what the terminal shows there."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, empty = prepare(Path(scratch))
        arguments = [word.format(folder=folder, empty=empty) for word in tour.arguments]
        terminal = Terminal(recto(*arguments), _environ(Path(scratch), mode), *size)
        screen = Emulator(*size)
        try:
            if tour.screen:
                terminal.wait_for(b"Recto")
                # The letters are looked for and read behind the first screen.
                _rest(terminal, screen, 3 * _QUIET)
            for name, *keys in tour.stops:
                for key, same in groupby(keys):
                    terminal.press((KEYS.get(key) or key.encode()) * len(list(same)))
                if tour.screen:
                    _rest(terminal, screen, _QUIET)
                    if terminal.is_over():
                        raise RuntimeError(f"the app ended before {tour.name}-{name}: {screen.lines()}")
                else:
                    terminal.ended()
                    _show(terminal, screen)
                yield f"{tour.name}-{name}", deepcopy(screen)
        finally:
            terminal.close()


def _rest(terminal: Terminal, screen: Emulator, quiet: float) -> None:
    """Wait until it is quiet, and nothing that the screen shows is still awaited."""
    end = time.perf_counter() + _PATIENCE
    while True:
        terminal.settle(quiet)
        _show(terminal, screen)
        if not _AWAITED.search("\n".join(screen.lines())) or time.perf_counter() > end:
            return


def _show(terminal: Terminal, screen: Emulator) -> None:
    screen.feed(bytes(terminal.output))
    terminal.output.clear()


def _environ(scratch: Path, mode: Mode) -> dict[str, str]:
    places = {f"XDG_{name}_HOME": str(scratch / name.lower()) for name in ("CONFIG", "STATE", "CACHE", "DATA")}
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "UTC", "HOME": str(scratch), **places, **mode.environ}


def make(folder: Path, tour: Tour, size: str, mode: str) -> Path:
    """Draw one tour at one size in one mode; the folder that got the pictures."""
    place = folder / size / mode
    place.mkdir(parents=True, exist_ok=True)
    columns, _, rows = size.partition("x")
    colours = MODES[mode].colours
    screens = list(walk(tour, (int(columns), int(rows)), MODES[mode]))
    for name, screen in screens:
        (place / f"{name}.png").write_bytes(draw(sheet([(f"{name} {size} {mode}", screen)], colours, 1)))
        (place / f"{name}.txt").write_text("\n".join(screen.lines()) + "\n", encoding="utf-8")
    side = ON_A_SHEET[size]
    for number, first in enumerate(range(0, len(screens), side * side), start=1):
        some = [(f"{name} {size} {mode}", screen) for name, screen in screens[first : first + side * side]]
        (place / f"sheet-{tour.name}-{number}.png").write_bytes(draw(sheet(some, colours, side)))
    return place / tour.name


def main(arguments: list[str]) -> int:
    """Draw what was asked for."""
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="contact_sheets", description=about)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tour", nargs="*", default=[tour.name for tour in TOURS])
    parser.add_argument("--size", nargs="*", default=SIZES, choices=SIZES)
    parser.add_argument("--mode", nargs="*", default=[*MODES], choices=[*MODES])
    parser.add_argument("--jobs", type=int, default=4, help="how many apps at a time (default 4)")
    given = parser.parse_args(arguments)
    wanted = [
        (given.folder, tour, size, mode)
        for size in given.size
        for mode in given.mode
        for tour in TOURS
        if tour.name in given.tour
    ]
    # Most of the time is waiting for a screen to come to rest. Threads would not do: each forks.
    with ProcessPoolExecutor(given.jobs) as pool:
        for done in as_completed([pool.submit(make, *one) for one in wanted]):
            print(done.result(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
