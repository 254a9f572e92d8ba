"""What parsing costs: a letter beside a CommonMark parser and a bare loop over lines, and ten thousand letters.

    python -m tests.bench.parse [--rounds N] [--letters N] [--jobs N]

The first tables are measured in rounds in which the three readers take turns on the same letters, so that a busy
machine is busy for all of them. Of made letters there are many, so that none is remembered from the round before. The
last table is of `recto parse` on made letters, a tenth of them and then all: memory that does not grow from one row to
the next does not grow with the number of letters.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from markdown_it import MarkdownIt

from parsers.parse import parse
from parsers.reading import read
from tests.bench.labelled import REAL
from tests.made.letters import make

ROOT = Path(__file__).parents[2]
MADE = 300
"""Made letters that are compared."""
_A_ROUND = 60
"""How many letters, at the least, each reader reads in a round."""

_PARSE_AND_WEIGH = """
import resource, sys
from tui.__main__ import main
status = main(sys.argv[1:])
peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(status, *peaks, file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of `recto parse`: seconds, and the peak resident memory of the parent and of its largest child, in MB."""

    seconds: float
    parent: float
    child: float


def loop_over_lines(text: str) -> list[str]:
    """The least that a reader of lists can do: each line, without the white space around it, if anything is left."""
    return [stripped for line in text.split("\n") if (stripped := line.strip())]


def readers() -> Mapping[str, Callable[[str], object]]:
    """What is compared, each a function of a letter's text."""
    return {
        "Recto": parse,
        "markdown-it-py": MarkdownIt("commonmark").parse,
        "loop over lines": loop_over_lines,
    }


def side_by_side(texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Seconds a letter, for each reader: the median over rounds of the mean over the letters."""
    compared = readers()
    times = -(-_A_ROUND // len(texts))
    taken: dict[str, list[float]] = {name: [] for name in compared}
    for number in range(rounds + 1):
        for name, reader in compared.items():
            begun = time.perf_counter()
            for _ in range(times):
                for text in texts:
                    reader(text)
            # The first round compiles patterns and fills caches.
            if number:
                taken[name].append((time.perf_counter() - begun) / times / len(texts))
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def write_letters(folder: Path, first: int, last: int) -> None:
    """Made letters by number, the same each time."""
    for seed in range(first, last):
        (folder / f"{seed:05}.txt").write_text(make(Random(seed)).text, encoding="utf-8")


def parse_folder(folder: Path, jobs: int) -> Run:
    """Run `recto parse` on a folder, as JSON Lines to nowhere."""
    arguments = ["parse", str(folder), "--format", "jsonl", "--jobs", str(jobs)]
    command = [sys.executable, "-c", _PARSE_AND_WEIGH, *arguments]
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    seconds = time.perf_counter() - begun
    status, parent, child = map(int, done.stderr.split()[-3:])
    if status:
        raise SystemExit(f"recto parse ended with status {status}:\n{done.stderr}")
    return Run(seconds, parent / 1024, child / 1024)


def letters_at(folder: Path) -> list[str]:
    """The texts of the letters in a folder."""
    return [read(path).text for path in sorted(folder.glob("*.txt"))]


def print_side_by_side(name: str, texts: Sequence[str], rounds: int) -> None:
    """One table: each reader in milliseconds a letter, and as a share of the CommonMark parser."""
    seconds = side_by_side(texts, rounds)
    size = sum(map(len, texts)) / len(texts) / 1000
    print(f"{f'{name}: {len(texts)}, of {size:.1f} kB':<34}{'ms a letter':>12}{'ratio':>9}")
    for reader, taken in seconds.items():
        print(f"  {reader:<32}{taken * 1000:>12.3f}{taken / seconds['markdown-it-py']:>9.2f}")


def print_many(number: int, jobs: int) -> None:
    """The other: letters a second and peak memory, for a tenth of the letters and for all."""
    print(f"{f'recto parse --jobs {jobs}':<22}{'letters/s':>10}{'parent, MB':>12}{'child, MB':>12}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written = 0
        for count in (number // 10, number):
            write_letters(folder, written, count)
            written = count
            run = parse_folder(folder, jobs)
            print(f"  {f'{count:,} letters':<20}{count / run.seconds:>10,.0f}{run.parent:>12.1f}{run.child:>12.1f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--letters", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    print_side_by_side("sample letters", letters_at(ROOT / "sample_letters"), args.rounds)
    if real := os.environ.get(REAL):
        print_side_by_side("real letters", letters_at(Path(real)), args.rounds)
    print_side_by_side("made letters", [make(Random(seed)).text for seed in range(MADE)], args.rounds)
    print_many(args.letters, args.jobs)


if __name__ == "__main__":
    main()
