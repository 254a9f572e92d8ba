"""What one letter at the limit of 5 MB costs, for the kinds of text that are worst for the parser.

    python -m tests.bench.long_letters [KIND ...]

Each is parsed in a process of its own, of which the peak is given; and so is a quarter of it. Four times the text takes
about four times the time, and less where only so many lines of a letter are read.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from parsers.reading import LARGEST_LETTER
from tests.parsers.test_linear_time import KINDS

ROOT = Path(__file__).parents[2]
WORST = (
    "bullets on lines", "marks on lines", "marks", "mixed marks", "items", "items on one line", "headings",
    "headings on one line", "lettered", "capitals", "words", "one word", "short lines", "hyphens",
    "soft hyphens in words", "tags", "tags on lines", "colons",
)  # fmt: skip
"""Kinds of `tests.parsers.test_linear_time`: those that cost most, and those that a reader would think of."""

_PARSE_AND_WEIGH = """
import resource, sys, time
from parsers.parse import parse
from tests.parsers.test_linear_time import FRAMES, text_of

def text(length):
    return FRAMES["in a list"](text_of(sys.argv[1], length))

parse(text(1000))
letter = text(int(sys.argv[2]))
begun = time.perf_counter()
parse(letter)
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def parse_one(kind: str, length: int) -> tuple[float, float]:
    """Seconds to parse a letter of one kind with so many code points, and the peak of the process in MB."""
    command = [sys.executable, "-c", _PARSE_AND_WEIGH, kind, str(length)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    seconds, peak = map(float, done.stdout.split())
    return seconds, peak


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of: {', '.join(KINDS)}")
    kinds = parser.parse_args().kinds or WORST
    length = LARGEST_LETTER
    print(f"{f'{length:,} code points':<24}{'s':>8}{'MB':>8}{'s for a quarter':>18}")
    for kind in kinds:
        quarter, _ = parse_one(kind, length // 4)
        seconds, peak = parse_one(kind, length)
        print(f"  {kind:<22}{seconds:>8.2f}{peak:>8.0f}{quarter:>18.2f}")


if __name__ == "__main__":
    main()
