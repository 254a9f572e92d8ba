"""How good suggestions and similar findings are: one authority left out, with all its letters; learn from the others.

`python -m tests.bench.themes` prints the table for each set of labelled letters at hand. A finding often has two right
themes, so the first suggestion is right if it is any of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from types import MappingProxyType

from rapidfuzz import fuzz, process

from curation.codebook import OTHER, Codebook, shipped
from curation.entry import CLOSE, RELATED
from curation.similar import Corpus
from curation.suggest import Suggester
from tests.bench.labelled import REAL, Labelled, examples, real_letters, sample_letters

Ranking = tuple[list[str], bool]
"""Theme ids, best first, and whether the first is sure."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """Shares of all findings, between 0 and 1; `sure_right` of those that were sure."""

    first: float
    one_of_three: float
    recall_of_three: float
    reciprocal_rank: float
    sure: float
    sure_right: float


@dataclass(frozen=True, slots=True)
class Found:
    """Shares of all findings whose nearest, or one of the three nearest, in another authority shares a theme."""

    nearest: float
    one_of_three: float
    close: tuple[float, int]
    related: tuple[float, int]


def evaluate_suggestions(labelled: Labelled, codebook: Codebook, *, learn: bool = True) -> Suggested:
    """Rank each finding's themes with the findings of all other authorities accepted, or with none."""

    def ranker(taught: Labelled) -> Callable[[str], Ranking]:
        return _ranker(Suggester(codebook, examples(taught) if learn else ()), codebook)

    return _judge(labelled, ranker)


def _ranker(suggester: Suggester, codebook: Codebook) -> Callable[[str], Ranking]:
    def rank(text: str) -> Ranking:
        suggestions = suggester.suggest(text, top=len(codebook.themes))
        return [s.theme for s in suggestions], bool(suggestions) and suggestions[0].sure

    return rank


def evaluate_plain(labelled: Labelled, codebook: Codebook) -> Suggested:
    """What the method is measured against: rapidfuzz's WRatio of the text against each phrase."""
    phrases = [(phrase, theme.id) for theme in codebook.living for phrase in theme.phrases]

    def rank(text: str) -> Ranking:
        found = process.extract(text, [phrase for phrase, _ in phrases], scorer=fuzz.WRatio, limit=None)
        return list(dict.fromkeys(phrases[place][1] for _, _, place in found)), False

    return _judge(labelled, lambda _: rank)


def _judge(labelled: Labelled, ranker: Callable[[Labelled], Callable[[str], Ranking]]) -> Suggested:
    # What no theme fits has no right suggestion.
    labelled = {entry: themes for entry, themes in labelled.items() if themes != (OTHER,)}
    rows: list[tuple[Ranking, tuple[str, ...]]] = []
    for authority in dict.fromkeys(entry.authority for entry in labelled):
        rank = ranker({entry: themes for entry, themes in labelled.items() if entry.authority != authority})
        rows += [(rank(entry.text), themes) for entry, themes in labelled.items() if entry.authority == authority]
    return _summed(rows)


def _summed(rows: Sequence[tuple[Ranking, tuple[str, ...]]]) -> Suggested:
    sure = [right for (ranking, is_sure), right in rows if is_sure]
    sure_right = [ranking[0] in right for (ranking, is_sure), right in rows if is_sure]
    return Suggested(
        first=fmean(bool(ranking) and ranking[0] in right for (ranking, _), right in rows),
        one_of_three=fmean(not set(right).isdisjoint(ranking[:3]) for (ranking, _), right in rows),
        recall_of_three=fmean(len(set(right) & set(ranking[:3])) / len(right) for (ranking, _), right in rows),
        reciprocal_rank=fmean(_reciprocal(ranking, right) for (ranking, _), right in rows),
        sure=len(sure) / len(rows),
        sure_right=fmean(sure_right) if sure_right else 0.0,
    )


def _reciprocal(ranking: Sequence[str], right: Sequence[str]) -> float:
    return next((1 / place for place, theme in enumerate(ranking, 1) if theme in right), 0.0)


def evaluate_similar(labelled: Labelled) -> Found:
    """Find each finding's nearest in other authorities."""
    corpus = Corpus(labelled)
    rows: list[list[tuple[float, bool]]] = []
    for entry, themes in labelled.items():
        matches = corpus.similar(entry.text, leave_out_authority=entry.authority, top=3)
        rows.append([(m.score, not set(themes).isdisjoint(labelled[m.entry])) for m in matches])

    def band(low: float, high: float) -> tuple[float, int]:
        inside = [row[0][1] for row in rows if row and low <= row[0][0] < high]
        return (fmean(inside) if inside else 0.0, len(inside))

    return Found(
        nearest=fmean(bool(row) and row[0][1] for row in rows),
        one_of_three=fmean(any(shared for _, shared in row) for row in rows),
        close=band(CLOSE, 101.0),
        related=band(RELATED, CLOSE),
    )


def labels_only(codebook: Codebook) -> Codebook:
    """The codebook as if nobody had written more than the themes' names."""
    themes = {t.id: replace(t, definition="", phrases=()) for t in codebook.themes.values()}
    return replace(codebook, themes=MappingProxyType(themes))


def without_phrases(codebook: Codebook) -> Codebook:
    """The codebook without the phrases: they are what could have been fitted to letters at hand."""
    themes = {t.id: replace(t, phrases=()) for t in codebook.themes.values()}
    return replace(codebook, themes=MappingProxyType(themes))


def evaluate_elsewhere(asked: Labelled, taught: Labelled, codebook: Codebook) -> Suggested:
    """Rank the findings of one set with another set accepted: letters by other hands, of other years and wording."""
    suggester = Suggester(codebook, examples(taught))
    return _judge(asked, lambda _: _ranker(suggester, codebook))


def evaluate_in_use(labelled: Labelled, codebook: Codebook) -> Suggested:
    """Rank each finding as the app does: taught by other authorities, and by the letter's own findings before it."""
    rows: list[tuple[Ranking, tuple[str, ...]]] = []
    for letter in dict.fromkeys(entry.letter for entry in labelled):
        own = {entry: themes for entry, themes in labelled.items() if entry.letter == letter}
        authority = next(iter(own)).authority
        others = {entry: themes for entry, themes in labelled.items() if entry.authority != authority}
        for number, (entry, themes) in enumerate(own.items()):
            taught = others | dict(list(own.items())[:number])
            if themes != (OTHER,):
                rows.append((_ranker(Suggester(codebook, examples(taught)), codebook)(entry.text), themes))
    return _summed(rows)


def report(name: str, labelled: Labelled, elsewhere: Labelled | None = None) -> None:
    """Print the table for one set of labelled letters; `elsewhere` are letters that teach in the last row."""
    codebook = shipped()
    bare, unphrased = labels_only(codebook), without_phrases(codebook)
    authorities = len({entry.authority for entry in labelled})
    unfit = sum(themes == (OTHER,) for themes in labelled.values())
    print(f"\n{name}: {len(labelled)} findings of {authorities} authorities, one authority left out")
    print(f"({unfit} that no theme fits count for similar findings only)")
    print(f"{'suggestions':<44} first  of 3   recall mrr    sure   of which right")
    rows = [
        ("plain WRatio against the phrases", evaluate_plain(labelled, codebook)),
        ("labels only", evaluate_suggestions(labelled, bare, learn=False)),
        ("labels and exemplars", evaluate_suggestions(labelled, bare)),
        ("labels, definitions: no phrase at all", evaluate_suggestions(labelled, unphrased, learn=False)),
        ("labels, definitions, exemplars", evaluate_suggestions(labelled, unphrased)),
        ("labels, definitions, phrases", evaluate_suggestions(labelled, codebook, learn=False)),
        ("labels, definitions, phrases, exemplars", evaluate_suggestions(labelled, codebook)),
        ("the same, taught by the letter's own too", evaluate_in_use(labelled, codebook)),
    ]
    if elsewhere is not None:
        rows.append(("the same, taught by the other set alone", evaluate_elsewhere(labelled, elsewhere, codebook)))
    for row, s in rows:
        figures = (s.first, s.one_of_three, s.recall_of_three, s.reciprocal_rank, s.sure, s.sure_right)
        print(f"{row:<44} " + "  ".join(f"{figure:.3f}" for figure in figures))
    found = evaluate_similar(labelled)
    print(
        f"similar: nearest shares a theme {found.nearest:.3f}, one of the first three {found.one_of_three:.3f};",
        end=" ",
    )
    print(f"close {found.close[0]:.2f} of {found.close[1]}, related {found.related[0]:.2f} of {found.related[1]}")


def report_speed(labelled: Labelled) -> None:
    """Print what building and asking cost, in milliseconds, the best of five."""
    taught = (examples(labelled) * (500 // len(labelled) + 1))[:500]
    taught = [replace(example, finding=str(number)) for number, example in enumerate(taught)]
    codebook = shipped()
    build = min(_timed(lambda: Suggester(codebook, taught)) for _ in range(5))
    suggester = Suggester(codebook, taught)
    ask = min(_timed(lambda: [suggester.suggest(entry.text) for entry in labelled]) for _ in range(5)) / len(labelled)
    print(f"\nbuilding with {len(taught)} examples {build:.0f} ms; suggesting {ask:.2f} ms a finding")


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1_000


def main() -> None:
    """Print all tables."""
    samples, real = sample_letters(), real_letters()
    report("sample letters", samples, real)
    if real is None:
        print(f"\n{REAL} is not set: no real letters")
    else:
        report("real letters", real, samples)
        report("together", samples | real)
    report_speed(samples)


if __name__ == "__main__":
    main()
