"""What becomes of findings when their letter comes back damaged, and how long placing them takes.

    python -m tests.bench.rebase [--seeds N]

On the sample letters, and on the real ones where RECTO_REAL_LETTERS is set. "Wrong" counts findings placed where they
are not: that has to be none. A finding that is gone from the letter has to be in the tray.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import ClassVar

from curation.anchoring import Certainty, place_all
from curation.beginning import begin
from parsers.parse import parse, parse_file
from tests.bench.labelled import REAL
from tests.made import damage
from tests.made.quotes import quotes_of

SAMPLES = Path(__file__).parents[2] / "sample_letters"


def real_letters() -> Path | None:
    """The folder of real letters, None where nobody says where it is."""
    return Path(os.environ[REAL]) if os.environ.get(REAL) else None


def texts_of(*folders: Path | None) -> dict[str, str]:
    """The letters of folders by name."""
    return {
        path.stem: parse_file(path).text for folder in folders if folder for path in sorted(folder.glob("*-2*.txt"))
    }


@dataclass(frozen=True)
class Tally:
    """How many findings there were that the damaged letter still has, what became of them, and each wrong one."""

    # Where single characters are changed, one beside an end belongs to neither side.
    BESIDE: ClassVar[int] = 2

    all: int
    placed: int
    asked: int
    wrong: tuple[str, ...]
    seconds: float


def tally(kind: str, texts: Mapping[str, str], seeds: Iterable[int]) -> Tally:
    """Damage each letter once for each seed, and place its findings."""
    counts = dict.fromkeys(Certainty, 0)
    wrong: list[str] = []
    total, seconds = 0, 0.0
    allowed = Tally.BESIDE if kind in ("1 % retyped", "all at once") else 0
    for name, text in texts.items():
        review = begin(parse(text), name)
        for seed in seeds:
            damaged = damage.KINDS[kind](damage.undamaged(text), review, Random(seed))
            letter = parse(damaged.text)
            begun = time.perf_counter()
            placements = place_all(quotes_of(review), letter)
            seconds += time.perf_counter() - begun
            for finding, placement in zip(review.findings, placements, strict=True):
                is_there = finding.id not in damaged.lost
                total += is_there
                counts[placement.certainty] += is_there
                if placement.certainty in (Certainty.SAME, Certainty.MOVED):
                    fault = damage.fault(damaged, finding, placement.spans)
                    if not is_there or max(fault.foreign, fault.missing) > allowed:
                        wrong.append(f"{name}, seed {seed}, {finding.id}: {fault}")
    return Tally(
        total, counts[Certainty.SAME] + counts[Certainty.MOVED], counts[Certainty.ASKED], tuple(wrong), seconds
    )


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seeds", type=int, default=20, help="how often each letter is damaged (default: 20)")
    seeds = arguments.parse_args().seeds
    texts = texts_of(SAMPLES, real_letters())
    print(f"{len(texts)} letters, {seeds} times each")
    print(f"{'':<16}{'findings':>9}{'placed':>9}{'asked':>8}{'tray':>7}{'wrong':>7}{'ms a letter':>13}")
    for kind in damage.KINDS:
        found = tally(kind, texts, range(seeds))
        lost = found.all - found.placed - found.asked
        cost = found.seconds * 1000 / (seeds * len(texts))
        share = f"{found.placed / found.all:.2%}"
        print(f"{kind:<16}{found.all:>9}{share:>9}{found.asked:>8}{lost:>7}{len(found.wrong):>7}{cost:>13.1f}")
        for line in found.wrong:
            print(f"  {line}")


if __name__ == "__main__":
    main()
