"""Alike findings on made corpora: speed, recall, memory and precision, beside what others would take for it.

    python -m tests.bench.similar [SIZE ...]        or RECTO_BENCH_SIZES="3000 20000"

Every way is measured in a process of its own, one after another in one run, on the same findings and the same
questions: the ten findings most like one, its own letter left out. "fast" is how many times as fast as
`process.extract(scorer=token_set_ratio)`. "recall" is against a scan of everything with the very score that ranks.
"right" is how many of the ten tell the same finding in other words. MB is the whole process with the index built. Times
are the processor's: other programs on the machine make less of a difference to them.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from rapidfuzz import fuzz, process

from curation.entry import Filter
from curation.groups import GROUPED, groups
from curation.similar import Corpus
from tests.bench.made_findings import Made, asked, corpus

SIZES: Final = (3_000, 20_000, 100_000)
HELD: Final = {3_000: (15, 0.99, 60), 20_000: (20, 0.99, 100), 100_000: (20, 0.99, 200)}
"""Size -> at least so many times as fast, recall at least, at most so many MB."""
TOP: Final = 10

Answers = list[list[str]]
"""For each question the findings found, best first, by `LETTER#ID`."""
Ask = Callable[[Sequence[Made]], Answers]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one way came to. `wanting` names what is not installed."""

    name: str
    build: float = 0.0
    ask: float = 0.0
    right: float = 0.0
    recall: float | None = None
    megabytes: float = 0.0
    wanting: str = ""


# ---- the ways: each builds from the findings, and gives what answers ----


def _recto(made: Sequence[Made]) -> Ask:
    findings = Corpus(one.entry for one in made)
    findings.similar("")

    def ask(questions: Sequence[Made]) -> Answers:
        return [
            [m.entry.ref for m in findings.similar(q.entry.text, leave_out_letter=q.entry.letter, top=TOP)]
            for q in questions
        ]

    return ask


def _scan(made: Sequence[Made]) -> Ask:
    findings = Corpus(one.entry for one in made)

    def ask(questions: Sequence[Made]) -> Answers:
        return [
            [m.entry.ref for m in findings.find(q.entry.text, wanted, top=TOP, candidates=len(made))]
            for q in questions
            for wanted in [Filter(leave_out_letter=q.entry.letter)]
        ]

    return ask


def _extract(made: Sequence[Made]) -> Ask:
    texts = [one.entry.text for one in made]

    def ask(questions: Sequence[Made]) -> Answers:
        return [
            _others(made, q, (place for _, _, place in found))
            for q in questions
            for found in [process.extract(q.entry.text, texts, scorer=fuzz.token_set_ratio, limit=TOP + _OWN)]
        ]

    return ask


def _cdist(made: Sequence[Made]) -> Ask:
    numpy = importlib.import_module("numpy")
    texts = [one.entry.text for one in made]

    def ask(questions: Sequence[Made]) -> Answers:
        scores = process.cdist([q.entry.text for q in questions], texts, scorer=fuzz.token_set_ratio, workers=1)
        return [_others(made, q, _best(numpy, row)) for q, row in zip(questions, scores, strict=True)]

    return ask


def _tfidf(made: Sequence[Made]) -> Ask:
    numpy, text = importlib.import_module("numpy"), importlib.import_module("sklearn.feature_extraction.text")
    vectorizer = text.TfidfVectorizer(stop_words="english", sublinear_tf=True)
    matrix = vectorizer.fit_transform([one.entry.text for one in made])

    def ask(questions: Sequence[Made]) -> Answers:
        return [
            _others(made, q, _best(numpy, (matrix @ vectorizer.transform([q.entry.text]).T).toarray().ravel()))
            for q in questions
        ]

    return ask


def _bm25s(made: Sequence[Made]) -> Ask:
    bm25s = importlib.import_module("bm25s")
    index = bm25s.BM25()
    index.index(bm25s.tokenize([one.entry.text for one in made], show_progress=False), show_progress=False)

    def ask(questions: Sequence[Made]) -> Answers:
        found = []
        for q in questions:
            tokens = bm25s.tokenize([q.entry.text], show_progress=False)
            places, _ = index.retrieve(tokens, k=min(TOP + _OWN, len(made)), show_progress=False)
            found.append(_others(made, q, (int(place) for place in places[0])))
        return found

    return ask


WAYS: Final[dict[str, Callable[[Sequence[Made]], Ask]]] = {
    "recto": _recto,
    "process.extract(token_set_ratio)": _extract,
    "process.cdist(token_set_ratio)": _cdist,
    "scikit-learn TF-IDF": _tfidf,
    "bm25s": _bm25s,
}

_OWN: Final = 18
"""The others can only leave the finding's own letter out afterwards, and have to find so many more."""


def _best(numpy: Any, scores: Any) -> Iterator[int]:
    many = min(TOP + _OWN, len(scores))
    places = numpy.argpartition(-scores, many - 1)[:many]
    return (int(place) for place in places[numpy.argsort(-scores[places], kind="stable")])


def _others(made: Sequence[Made], question: Made, places: Iterator[int]) -> list[str]:
    entries = (made[place].entry for place in places)
    return [entry.ref for entry in entries if entry.letter != question.entry.letter][:TOP]


# ---- measuring ----


def measure(name: str, size: int, questions: int) -> tuple[Measured, Answers]:
    """Build, ask, weigh. For a process of its own."""
    made = corpus(size)
    gc.collect()
    start = time.process_time()
    try:
        ask = WAYS[name](made)
    except ImportError as error:
        return Measured(name, wanting=str(error.name)), []
    built = time.process_time()
    chosen = asked(made, questions)
    ask(chosen[:2])
    begun = time.process_time()
    answers = ask(chosen)
    done = time.process_time()
    gc.collect()
    took = Measured(name, built - start, (done - begun) / len(chosen), _right(made, chosen, answers))
    return replace(took, megabytes=_megabytes()), answers


def full_scan(size: int, questions: int) -> Answers:
    """The yardstick for recall. For a process of its own."""
    made = corpus(size)
    return _scan(made)(asked(made, questions))


def _right(made: Sequence[Made], questions: Sequence[Made], answers: Answers) -> float:
    """The share of the ten that tell the same finding, of those that there are in other letters."""
    origins = {one.entry.ref: one.origin for one in made}
    letters: dict[int, list[str]] = {}
    for one in made:
        letters.setdefault(one.origin, []).append(one.entry.letter)
    shares = []
    for question, found in zip(questions, answers, strict=True):
        there = sum(letter != question.entry.letter for letter in letters[question.origin])
        if there:
            shares.append(sum(origins[ref] == question.origin for ref in found) / min(there, TOP))
    return fmean(shares)


def _megabytes() -> float:
    """What this process holds now (Linux), or has held at most (elsewhere)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


def _alone(work: Callable[..., Any], *arguments: Any) -> Any:
    """In a process that has done nothing else."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def questions_for(size: int) -> int:
    """Fewer where each takes long."""
    return max(20, min(100, 2_000_000 // size))


def report(size: int) -> None:
    """Print the table for one size, and what is to be held."""
    number = questions_for(size)
    print(f"\n{size:,} findings, {number} questions")
    print(f"{'':<36}{'build s':>9}{'ask ms':>9}{'fast':>8}{'right':>8}{'recall':>8}{'MB':>7}")
    scanned = _alone(full_scan, size, number)
    rows = []
    for name in WAYS:
        row, answers = _alone(measure, name, size, number)
        if name == "recto":
            kept = [len(set(one) & set(best)) / max(len(best), 1) for one, best in zip(answers, scanned, strict=True)]
            row = replace(row, recall=fmean(kept))
        rows.append(row)
    yardstick = next(row for row in rows if row.name.startswith("process.extract"))
    for row in rows:
        if row.wanting:
            print(f"{row.name:<36}{row.wanting} is not installed: `make bench` installs it")
            continue
        recall = f"{row.recall:.3f}" if row.recall is not None else ""
        fast = yardstick.ask / row.ask
        print(
            f"{row.name:<36}{row.build:>9.2f}{row.ask * 1_000:>9.2f}{fast:>8.1f}{row.right:>8.3f}"
            f"{recall:>8}{row.megabytes:>7.0f}"
        )
    if size in HELD:
        ours = rows[0]
        times, least, most = HELD[size]
        held = yardstick.ask / ours.ask >= times and (ours.recall or 0) >= least and ours.megabytes <= most
        print(f"to hold: {times} times as fast, recall {least}, {most} MB: {'held' if held else 'NOT HELD'}")


def report_groups(size: int) -> None:
    """Print how long all pairs take, and whether what is grouped tells the same."""
    made = corpus(size)
    findings = Corpus(one.entry for one in made)
    start = time.process_time()
    _, pairs = findings.pairs(GROUPED)
    took = time.process_time() - start
    print(f"\nall pairs of {size:,} from {GROUPED:.0f} on: {took:.2f} s (at most 2 for 3,000), {len(pairs):,} pairs")
    origins = {one.entry.ref: one.origin for one in made}
    tellings = sum(n * (n - 1) // 2 for n in _counts(one.origin for one in made if one.origin >= 0))
    for threshold in (35.0, 40.0, 45.0, 50.0):
        found = groups(findings, threshold=threshold)
        inside = [origins[a.ref] == origins[b.ref] != -1 for group in found for a, b in combinations(group.entries, 2)]
        largest = max((len(group.entries) for group in found), default=0)
        right, there = fmean(inside) if inside else 0.0, sum(inside) / tellings
        print(f"groups from {threshold:.0f}: {len(found)}, the largest of {largest};", end=" ")
        print(f"of the pairs in them {right:.3f} tell the same, of all that do {there:.3f} are there")


def _counts(origins: Iterator[int]) -> list[int]:
    counts: dict[int, int] = {}
    for origin in origins:
        counts[origin] = counts.get(origin, 0) + 1
    return list(counts.values())


def main(arguments: Sequence[str]) -> None:
    """Print all tables."""
    wanted = arguments or os.environ.get("RECTO_BENCH_SIZES", "").split()
    sizes = [int(size) for size in wanted] or SIZES
    for size in sizes:
        report(size)
    report_groups(min(sizes))


if __name__ == "__main__":
    main(sys.argv[1:])
