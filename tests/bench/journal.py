"""What keeping a decision costs: an operation beside a bare append and fsync on the same disk, with a short and a long
journal; opening a review by the length of its journal; opening a workspace of many reviewed letters.

    python -m tests.bench.journal [--operations N] [--rounds N] [--letters N] [--folder FOLDER]

The two that are compared take turns in one run, in a temporary folder made in FOLDER (default: the present one).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest.mock import patch

from curation import snapshots
from curation.operations import Operation, SetNote, SetSeen, SetThemes
from curation.session import Session
from curation.workspace import Workspace
from tests.bench.parse import write_letters
from tests.made.reviews import eastmarch, session_in


def taken(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def filled(root: Path, operations: int) -> Session:
    """A saved session with so many operations in its journal."""
    session = session_in(root, eastmarch())
    finding = session.review.findings[0].id
    if operations:
        session.do_all([SetNote(finding, f"a note of some length, number {n}") for n in range(operations)])
        session.save()
    return session


def print_acknowledged(folder: Path, operations: int, rounds: int) -> None:
    """Each kind of step beside an append of as many bytes and an fsync, in turns."""
    print(f"{f'acknowledged, after {operations:,} operations':<40}{'ms':>8}{'fsync, ms':>12}{'ratio':>8}")
    with tempfile.TemporaryDirectory(dir=folder) as name:
        root = Path(name)
        filled(root, operations)
        session = session_in(root, eastmarch())
        finding = session.review.findings[0].id

        def kinds(turn: int) -> list[Operation]:
            return [
                SetNote(finding, f"n{turn}"),
                SetThemes(finding, ("thresholds",), turn + 1),
                SetSeen(finding, turn % 2 == 0),
            ]

        steps: dict[str, Callable[[int], object]] = {
            "set-note": lambda turn: session.do(kinds(turn)[0]),
            "set-themes": lambda turn: session.do(kinds(turn)[1]),
            "set-seen": lambda turn: session.do(kinds(turn)[2]),
            "undo": lambda turn: session.undo(),
            "redo": lambda turn: session.redo(),
        }
        times: dict[str, list[float]] = {name: [] for name in steps}
        bare: list[float] = []
        peer = os.open(root / "peer", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        line = json.dumps({"n": operations, "op": "set-note", "now": "x" * 180}).encode() + b"\n"

        def append() -> None:
            os.write(peer, line)
            os.fsync(peer)

        first_undo = taken(session.undo)
        for turn in range(rounds):
            for name, step in steps.items():
                times[name].append(taken(partial(step, turn)))
                bare.append(taken(append))
        os.close(peer)
    fsync = statistics.median(bare)
    for name, seconds in times.items():
        middle = statistics.median(seconds)
        print(f"  {name:<38}{middle * 1000:>8.3f}{fsync * 1000:>12.3f}{middle / fsync:>8.2f}")
    print(f"  {'first undo after opening':<38}{first_undo * 1000:>8.3f}{fsync * 1000:>12.3f}{first_undo / fsync:>8.2f}")


def print_opening(folder: Path, lengths: tuple[int, ...], rounds: int) -> None:
    """Open one review again and again: resumed at its TOML, and replayed as if nothing was noted."""
    print(f"{'open a review':<40}{'ms':>8}{'replayed whole':>16}")
    for operations in lengths:
        with tempfile.TemporaryDirectory(dir=folder) as name:
            root = Path(name)
            filled(root, operations).close()
            middle = {}
            for worthwhile in (snapshots.WORTHWHILE, operations + 2):
                with patch.object(snapshots, "WORTHWHILE", worthwhile):
                    opened(root)
                    middle[worthwhile] = statistics.median(opened(root) for _ in range(rounds))
            resumed, replayed = middle.values()
            print(f"  {f'{operations:,} operations':<38}{resumed * 1000:>8.2f}{replayed * 1000:>16.2f}")


def opened(root: Path) -> float:
    """Seconds of one opening."""
    return taken(lambda: session_in(root, eastmarch()))


def print_workspace(folder: Path, letters: int) -> None:
    """A workspace of reviewed letters: until they are listed, and until the first one is open."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        root = Path(name)
        write_letters(root, 0, letters)
        workspace = Workspace(root)
        for ref in workspace.letters():
            with_notes = Session.open(workspace, ref.key, "ab")
            with_notes.do_all([SetNote(f.id, "a note") for f in with_notes.review.findings])
            with_notes.close()
        fresh = Workspace(root)
        listing = taken(fresh.letters)
        opening = taken(lambda: Session.open(fresh, fresh.letters()[0].key, "ab"))
        every = taken(lambda: [fresh.open(ref.key, "ab") for ref in fresh.letters()])
    print(f"{f'{letters} reviewed letters':<40}{'ms':>8}")
    print(f"  {'listed':<38}{listing * 1000:>8.1f}")
    print(f"  {'the first one opened':<38}{opening * 1000:>8.1f}")
    print(f"  {'all opened, as behind the library':<38}{every * 1000:>8.1f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--operations", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=101)
    parser.add_argument("--letters", type=int, default=300)
    parser.add_argument("--folder", type=Path, default=Path())
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        for operations in (10, args.operations):
            print_acknowledged(args.folder, operations, args.rounds)
        print_opening(args.folder, (10, 100, 1_000, args.operations), args.rounds // 5)
        print_workspace(args.folder, args.letters)


if __name__ == "__main__":
    main()
