"""Findings that say much the same, wherever they stand.

Whole-text scorers are slow here, and some are wrong: a shared word or a subset can score 100. So each distinct stem
becomes one character and a finding a sorted string of some twenty (`curation.alphabet`), and rapidfuzz compares those;
the best hundred are ranked again together with the texts themselves. Function words are left out, but a negation is a
word like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import RLock

from rapidfuzz import fuzz, process

from curation.entry import CANDIDATES, OPPOSED, Entry, Filter, Match
from curation.finding_index import FindingIndex, Forms
from curation.words import normalise

POSTINGS_FROM = 50_000
"""In a corpus of more findings than that, a postings index picks those that are ranked."""


NOTHING_JUDGED: Mapping[str, bool] = {}


class Corpus:
    """Findings to be searched for like ones. Safe to use from several threads.

    A letter is put in, put in anew or taken out by itself, and what it had changed in the weights and the vocabulary
    changes with it: the answers are those of a corpus made at once, in any order.
    """

    def __init__(self, entries: Iterable[Entry] = (), *, postings_from: int = POSTINGS_FROM) -> None:
        """`postings_from` is the number of findings above which postings are kept."""
        self._index = FindingIndex(postings_from)
        self._lock = RLock()
        by_letter: dict[str, list[Entry]] = {}
        for entry in entries:
            by_letter.setdefault(entry.letter, []).append(entry)
        self.put_all(by_letter)

    def __len__(self) -> int:
        return len(self._index)

    def entries(self) -> tuple[Entry, ...]:
        """All findings, by letter and finding."""
        with self._lock:
            return tuple(self._settled().entries)

    def put(self, letter: str, entries: Iterable[Entry]) -> None:
        """Let a letter have these findings and no others; none takes it out. Only what it changes is done again."""
        self.put_all({letter: entries})

    def put_all(self, letters: Mapping[str, Iterable[Entry]]) -> None:
        """`put` for several letters."""
        with self._lock:
            self._index.put_all(letters)

    def _settled(self) -> FindingIndex:
        self._index.settle()
        return self._index

    def similar(
        self,
        text: str,
        *,
        leave_out_letter: str | None = None,
        leave_out_authority: str | None = None,
        authority: str | None = None,
        category: str | None = None,
        year: int | None = None,
        judged: Mapping[str, bool] = NOTHING_JUDGED,
        top: int = 10,
    ) -> tuple[Match, ...]:
        """The entries most like `text`, best first, at most `top` and never more than `CANDIDATES`.

        Entries of `leave_out_letter` and `leave_out_authority` are not looked at; with `authority`, `category` or
        `year`, no others are. `judged` gives for `LETTER#ID` what a person said: False is not looked at, True comes
        before all others. Else one that shares no word with `text` never comes back. Equal scores stand by letter and
        finding. Of a text of more than 1,000 words the first 1,000 count.
        """
        wanted = Filter(leave_out_letter, leave_out_authority, authority, category, year)
        return self.find(text, wanted, judged=judged, top=top)

    def find(
        self,
        text: str,
        wanted: Filter,
        *,
        judged: Mapping[str, bool] = NOTHING_JUDGED,
        top: int = 10,
        candidates: int = CANDIDATES,
    ) -> tuple[Match, ...]:
        """Like `similar`, with what is looked at as one value. `candidates` is how many are ranked twice."""
        with self._lock:
            index = self._settled()
            asked = index.forms(normalise(text))
            choices = _choices(index, wanted)
            same = []
            for ref, is_same in judged.items():
                for place in _places(index, ref):
                    same += [place] * (is_same and choices[place] is not None)
                    choices[place] = None
            near = _nearest(index, asked, choices, candidates)
            ranked = [(p, s, True) for p, s in _ranked(index, asked, same)]
            ranked += [(p, s, False) for p, s in _ranked(index, asked, near)]
            return tuple(
                Match(index.entries[place], score, is_same, asked.negates != index.negates(place))
                for place, score, is_same in ranked[: min(max(top, 0), candidates)]
            )

    def common(self, text: str, other: str) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
        """The words that two texts have in common, as half-open spans of code points in each."""
        from curation.common_words import common

        with self._lock:
            return common(self._index.vocabulary, text, other)

    def words_of_most(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The words of the first text that more than half of the texts have, in its order and lower case."""
        from curation.common_words import of_most

        with self._lock:
            return of_most(self._index.vocabulary, texts)

    def pairs(
        self, threshold: float, *, opposed: bool = True, on_progress: Callable[[int, int], None] | None = None
    ) -> tuple[tuple[Entry, ...], list[tuple[int, int, float]]]:
        """All findings, and all pairs of them that score `threshold` (0-100) or more, as places, the lower one first.

        A pair is looked at if its stems alone come to within twenty of the threshold; without `opposed`, not if only
        one of the two negates. `on_progress(done, all)` is called now and then; what it raises ends the work.
        """
        with self._lock:
            index = self._settled()
            entries, stems = tuple(index.entries), list(index.stems)
            forms = [index.at(place) for place in range(len(stems))]
        found = []
        for place, asked in enumerate(forms):
            if on_progress is not None and place % _PROGRESS_EVERY == 0:
                on_progress(place, len(forms))
            least = max(threshold - _SLACK, 1)
            near = process.extract(asked.stems, stems[place + 1 :], scorer=fuzz.ratio, limit=None, score_cutoff=least)
            for _, ratio, after in near:
                other = forms[place + 1 + after]
                # Both hold their words sorted, so this is rapidfuzz's token_sort_ratio without sorting them again.
                score = _score(ratio, fuzz.ratio(asked.words, other.words), opposed=asked.negates != other.negates)
                if score >= threshold and (opposed or asked.negates == other.negates):
                    found.append((place, place + 1 + after, score))
        return entries, sorted(found)


_PROGRESS_EVERY = 200
_SLACK = 20.0
"""How far below the threshold the stems of a pair may be for its words to be looked at as well."""


def _choices(index: FindingIndex, wanted: Filter) -> list[str | None]:
    """The stems of each entry, None (which rapidfuzz passes over) for those that are not asked for."""
    if not wanted.by_letter_alone:
        return [s if wanted.takes(e) else None for s, e in zip(index.stems, index.entries, strict=True)]
    choices: list[str | None] = list(index.stems)
    if wanted.leave_out_letter is not None:
        own = index.places_of(wanted.leave_out_letter)
        choices[own.start : own.stop] = [None] * len(own)
    return choices


def _places(index: FindingIndex, ref: str) -> list[int]:
    """Where the finding `LETTER#ID` stands; nowhere if it isn't there (any more), as after a split."""
    letter, _, finding = ref.rpartition("#")
    return [place for place in index.places_of(letter) if index.entries[place].finding == finding]


def _nearest(index: FindingIndex, asked: Forms, choices: Sequence[str | None], number: int) -> list[int]:
    """The places of the entries whose stems come nearest, at most `number`, each with one in common."""
    places = _likely(index, asked, choices)
    looked_at = choices if places is None else [choices[place] for place in places]
    found = process.extract(asked.stems, looked_at, scorer=fuzz.ratio, limit=number)
    return [place if places is None else places[place] for _, ratio, place in found if ratio > 0]


def _likely(index: FindingIndex, asked: Forms, choices: Sequence[str | None]) -> list[int] | None:
    """The places of the entries that the postings name, None where all have to be looked at.

    So it is in a small corpus, and for a text that shares its rare words with too few.
    """
    if index.postings is None:
        return None
    positions = index.positions
    places = index.postings.candidates(
        index.alphabet.by_rarity(asked.stems),
        len(set(asked.stems)),
        lambda number: -1 if choices[positions[number]] is None else positions[number],
    )
    return None if len(places) < CANDIDATES else places


def _ranked(index: FindingIndex, asked: Forms, places: Sequence[int]) -> list[tuple[int, float]]:
    """Entries by their whole score, best first, with that score; equal ones as they stand in the row."""
    scored = []
    # All at once: a call for each would take longer than what it does.
    by_stems = _ratios(asked.stems, [index.stems[place] for place in places])
    by_words = _ratios(asked.words, [index.words[place] for place in places])
    for place, stems, words in zip(places, by_stems, by_words, strict=True):
        scored.append((place, _score(stems, words, opposed=asked.negates != index.negates(place))))
    return sorted(scored, key=lambda one: (-one[1], one[0]))


def _ratios(asked: str, others: Sequence[str]) -> list[float]:
    """Rapidfuzz's ratio of one string with each of the others, 0-100."""
    ratios = [0.0] * len(others)
    for _, ratio, place in process.extract_iter(asked, others, scorer=fuzz.ratio):
        ratios[place] = ratio
    return ratios


def _score(stems: float, words: float, *, opposed: bool) -> float:
    """The mean of both ratios; `opposed` says that one of the two negates and the other doesn't."""
    score = (stems + words) / 2
    return min(score, OPPOSED) if opposed else score
