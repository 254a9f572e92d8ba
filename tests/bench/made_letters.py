"""How well made letters are read, by defect, and what the parser's doubts are worth there.

`python -m tests.bench.made_letters [N] [FIRST] [hard]` makes N letters (500) from the seeds FIRST (0) on. A letter with
several defects counts under each of them. `hard`: letters that lost marks, full stops and blank lines beyond mending,
so that there are mistakes to doubt.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from curation.alignment import Finding
from curation.scoring import Score, by_layout, score, total
from parsers.ids import fold
from parsers.letter import Doubt, Letter, Span
from parsers.parse import parse
from tests.made.hard import harden
from tests.made.letters import make

LETTERS = 500


@dataclass
class Doubted:
    """What doubts said of letters of which the truth is known.

    Attributes:
        wrong: findings that were read and are not in the truth, or are in the truth and were not read.
        carrying: those of them that a doubt names, or whose spans one lies in or touches.
        letters: letters with anything wrong.
        letters_carrying: those of them with any doubt at all.
        doubts: doubts that name or touch a finding, by code.
        justified: those of them that name or touch a wrong one.
    """

    wrong: int = 0
    carrying: int = 0
    letters: int = 0
    letters_carrying: int = 0
    doubts: Counter[str] = field(default_factory=Counter)
    justified: Counter[str] = field(default_factory=Counter)

    def add(self, letter: Letter, truth: Sequence[Finding]) -> None:
        """Count one letter."""
        lost = _left_over(truth, letter.findings)
        made_up = _left_over(letter.findings, truth)
        named = {f.id for f in letter.findings if any(f is other for other in made_up)}
        bad = [span for finding in (*lost, *made_up) for span in finding.spans]
        every = [span for finding in (*truth, *letter.findings) for span in finding.spans]
        self.wrong += len(lost) + len(made_up)
        self.carrying += sum(_carries(finding, letter.doubts) for finding in lost)
        self.carrying += sum(
            _carries(f, letter.doubts) or any(d.finding == f.id for d in letter.doubts)
            for f in letter.findings
            if f.id in named
        )
        self.letters += bool(bad)
        self.letters_carrying += bool(bad and letter.doubts)
        for doubt in letter.doubts:
            if doubt.finding or _touches(doubt, every):
                self.doubts[doubt.code] += 1
                self.justified[doubt.code] += doubt.finding in named or _touches(doubt, bad)


def _left_over(some: Sequence[Finding], others: Sequence[Finding]) -> list[Finding]:
    """The findings of `some` that have no equal in `others`; of equals the last ones are left over."""
    there = Counter((f.category, fold(f.text)) for f in others)
    left = []
    for finding in some:
        pair = (finding.category, fold(finding.text))
        if there[pair]:
            there[pair] -= 1
        else:
            left.append(finding)
    return left


def _carries(finding: Finding, doubts: Sequence[Doubt]) -> bool:
    return any(_touches(doubt, finding.spans) for doubt in doubts)


def _touches(doubt: Doubt, spans: Sequence[Span]) -> bool:
    return any(doubt.span.start <= span.end and span.start <= doubt.span.end for span in spans)


def report(letters: int = LETTERS, first: int = 0, *, hard: bool = False) -> None:
    """Print both tables."""
    scored: list[tuple[tuple[str, ...], Score]] = []
    doubted = Doubted()
    for seed in range(first, first + letters):
        made = harden(make(Random(seed)), Random(seed)) if hard else make(Random(seed))
        letter = parse(made.text)
        scored.append((tuple(sorted(made.defects)), score(made.text, letter.findings, made.findings)))
        doubted.add(letter, made.findings)
    print(f"{letters} made letters, seeds from {first}\n")
    print(f"{'defect':<20} letters  findings     F1      B  slips  splits  merges  edits a letter")
    for defect, one in by_layout(scored).items():
        print(_row(defect or "(none)", one))
    print(_row("all", total(one for _, one in scored)))
    print(f"\nwrong findings: {doubted.wrong}, with a doubt {_share(doubted.carrying, doubted.wrong)}")
    print(f"letters not perfect: {doubted.letters}, with a doubt {_share(doubted.letters_carrying, doubted.letters)}")
    print(f"\n{'doubts at findings':<20}  number   at a wrong place")
    for code, number in sorted(doubted.doubts.items()):
        print(f"{code:<20} {number:>7}   {_share(doubted.justified[code], number)}")
    everything = doubted.doubts.total()
    print(f"{'all':<20} {everything:>7}   {_share(doubted.justified.total(), everything)}")


def _row(name: str, one: Score) -> str:
    b = one.boundaries
    return (
        f"{name:<20} {one.letters:>7}  {one.exact.agreed:>8}  {one.exact.f1:.4f}  {b.similarity:.3f}"
        f"  {b.slips:>5}  {b.false_splits:>6}  {b.misses:>6}  {one.edits_per_letter:>14.3f}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part} of {whole})" if whole else "- (none)"


if __name__ == "__main__":
    report(*(int(word) for word in sys.argv[1:] if word != "hard"), hard="hard" in sys.argv)
