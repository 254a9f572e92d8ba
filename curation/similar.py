"""Findings that say much the same, wherever they stand.

Whole-text scorers are slow here, and some are wrong: a shared word or a subset can score 100. So each distinct stem
becomes one character and a finding a sorted string of some twenty (`curation.alphabet`), and rapidfuzz compares those;
the best hundred are ranked again together with the texts themselves. Function words are left out, but a negation is a
word like any other.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from threading import RLock

from rapidfuzz import fuzz, process

from curation.alphabet import Alphabet
from curation.entry import CANDIDATES, OPPOSED, Entry, Filter, Match
from curation.postings import Postings
from curation.words import NEGATION, Normalised, Vocabulary, normalise, tokens

POSTINGS_FROM = 50_000
"""In a corpus of more findings than that, a postings index picks those that are ranked."""


NOTHING_JUDGED: Mapping[str, bool] = {}


@dataclass(frozen=True, slots=True)
class _Forms:
    """What a text is compared by: its stems as characters, its words in alphabetical order, and whether it negates."""

    stems: str
    words: str
    negates: bool


@dataclass(slots=True)
class _Part:
    """A letter in the index: its entries in order, and their forms beside them."""

    entries: tuple[Entry, ...]
    stems: list[str]
    words: list[str]
    joined: set[str]
    numbers: range = range(0)


class Corpus:
    """Findings to be searched for like ones. Safe to use from several threads.

    A letter is put in, put in anew or taken out by itself, and what it had changed in the weights and the vocabulary
    changes with it: the answers are those of a corpus made at once, in any order.
    """

    def __init__(self, entries: Iterable[Entry] = (), *, postings_from: int = POSTINGS_FROM) -> None:
        """`postings_from` is the number of findings above which postings are kept."""
        self._postings_from = postings_from
        self._vocabulary = Vocabulary()
        self._alphabet = Alphabet()
        self._postings: Postings | None = None
        self._parts: dict[str, _Part] = {}
        self._joined: dict[str, set[str]] = {}
        self._settled = True
        self._order: list[str] = []
        self._starts: list[int] = []
        self._stems: list[str] = []
        self._positions = array("i")
        self._lock = RLock()
        by_letter: dict[str, list[Entry]] = {}
        for entry in entries:
            by_letter.setdefault(entry.letter, []).append(entry)
        self.put_all(by_letter)

    def __len__(self) -> int:
        return sum(len(part.entries) for part in self._parts.values())

    def entries(self) -> tuple[Entry, ...]:
        """All findings, by letter and finding."""
        with self._lock:
            self._settle()
            return tuple(entry for letter in self._order for entry in self._parts[letter].entries)

    def put(self, letter: str, entries: Iterable[Entry]) -> None:
        """Let a letter have these findings and no others; none takes it out. Only what it changes is done again."""
        self.put_all({letter: entries})

    def put_all(self, letters: Mapping[str, Iterable[Entry]]) -> None:
        """`put` for several letters."""
        with self._lock:
            wanted = {letter: tuple(sorted(set(entries), key=_place)) for letter, entries in letters.items()}
            changed = {k: e for k, e in wanted.items() if e != (self._parts[k].entries if k in self._parts else ())}
            words_changed: set[str] = set()
            for letter, entries in changed.items():
                if letter in self._parts:
                    words_changed |= self._take_out(letter)
                words_changed |= self._vocabulary.learn(w for e in entries for w in tokens(normalise(e.text)))
            for letter, entries in changed.items():
                if entries:
                    self._put_in(letter, entries)
            # A word with a hyphen is one word or two as the others write it.
            again = {letter for stem in words_changed for letter in self._joined.get(stem, ())}
            for letter in again.difference(changed):
                self._write_again(letter)
            self._settled = self._settled and not changed

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
            self._settle()
            asked = self._forms(normalise(text))
            choices = self._choices(wanted)
            same = [p for ref, is_same in judged.items() for p in self._judged(ref, choices) if is_same]
            for ref in judged:
                for position in self._judged(ref, choices):
                    choices[position] = None
            nearest = self._nearest(asked, choices, candidates)
            ranked = [(_score(asked, self._at(place), ratio), place) for ratio, place in nearest if ratio > 0]
            said = [(self._score_at(asked, place), place) for place in same]
            matches = [Match(self._entry(p), s, same=True) for s, p in sorted(said, key=_best_first)]
            matches += [Match(self._entry(p), s) for s, p in sorted(ranked, key=_best_first)]
            return tuple(matches[: min(max(top, 0), candidates)])

    def common(self, text: str, other: str) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
        """The words that two texts have in common, as half-open spans of code points in each."""
        from curation.common_words import common

        with self._lock:
            return common(self._vocabulary, text, other)

    def words_of_most(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The words of the first text that more than half of the texts have, in its order and lower case."""
        from curation.common_words import of_most

        with self._lock:
            return of_most(self._vocabulary, texts)

    def pairs(
        self, threshold: float, *, opposed: bool = True, on_progress: Callable[[int, int], None] | None = None
    ) -> tuple[tuple[Entry, ...], list[tuple[int, int, float]]]:
        """All findings, and all pairs of them that score `threshold` (0-100) or more, as places, the lower one first.

        A pair is looked at if its stems alone come to within twenty of the threshold; without `opposed`, not if only
        one of the two negates. `on_progress(done, all)` is called now and then; what it raises ends the work.
        """
        with self._lock:
            entries = self.entries()
            stems = list(self._stems)
            forms = [self._at(place) for place in range(len(stems))]
        found = []
        for place, asked in enumerate(forms):
            if on_progress is not None and place % _PROGRESS_EVERY == 0:
                on_progress(place, len(forms))
            stems_after = stems[place + 1 :]
            near = process.extract(
                asked.stems, stems_after, scorer=fuzz.ratio, limit=None, score_cutoff=max(threshold - _SLACK, 1)
            )
            for _, ratio, after in near:
                other = forms[place + 1 + after]
                score = _score(asked, other, ratio)
                if score >= threshold and (opposed or asked.negates == other.negates):
                    found.append((place, place + 1 + after, score))
        return entries, sorted(found)

    # what is looked at

    def _choices(self, wanted: Filter) -> list[str | None]:
        """The stems of each entry, None (which rapidfuzz passes over) for those that are not asked for."""
        choices: list[str | None] = list(self._stems)
        if wanted.by_letter_alone:
            if wanted.leave_out_letter in self._parts:
                own = self._slice(wanted.leave_out_letter)
                choices[own] = [None] * (own.stop - own.start)
            return choices
        start = 0
        for letter in self._order:
            for place, entry in enumerate(self._parts[letter].entries, start):
                if not wanted.takes(entry):
                    choices[place] = None
            start += len(self._parts[letter].entries)
        return choices

    def _judged(self, ref: str, choices: Sequence[str | None]) -> list[int]:
        """Where a finding stands that is looked at; nowhere if it isn't (any more), as after a split."""
        letter, _, finding = ref.rpartition("#")
        part = self._parts.get(letter)
        if part is None:
            return []
        start = self._slice(letter).start
        return [p for p, e in enumerate(part.entries, start) if e.finding == finding and choices[p] is not None]

    def _nearest(self, asked: _Forms, choices: list[str | None], number: int) -> list[tuple[float, int]]:
        """The entries whose stems come nearest, at most `number`: their ratio and where they stand."""
        places = self._likely(asked, choices)
        if places is not None:
            choices = [choices[place] for place in places]
        found = process.extract(asked.stems, choices, scorer=fuzz.ratio, limit=number)
        return [(ratio, place if places is None else places[place]) for _, ratio, place in found]

    def _likely(self, asked: _Forms, choices: Sequence[str | None]) -> list[int] | None:
        """Where the entries stand that the postings name, None where all have to be looked at.

        So it is in a small corpus, and for a text that shares its rare words with too few.
        """
        if self._postings is None:
            return None
        positions = self._positions
        places = self._postings.candidates(
            self._alphabet.by_rarity(asked.stems),
            len(set(asked.stems)),
            lambda number: -1 if choices[positions[number]] is None else positions[number],
        )
        return None if len(places) < CANDIDATES else places

    def _score_at(self, asked: _Forms, place: int) -> float:
        """The score of one entry, wherever it would have stood."""
        other = self._at(place)
        return _score(asked, other, fuzz.ratio(asked.stems, other.stems))

    # places: the findings of all letters in one row, letters in the order of their keys

    def _slice(self, letter: str) -> slice:
        start = self._starts[bisect_right(self._order, letter) - 1]
        return slice(start, start + len(self._parts[letter].entries))

    def _find(self, place: int) -> tuple[_Part, int]:
        number = bisect_right(self._starts, place) - 1
        return self._parts[self._order[number]], place - self._starts[number]

    def _entry(self, place: int) -> Entry:
        part, number = self._find(place)
        return part.entries[number]

    def _at(self, place: int) -> _Forms:
        part, number = self._find(place)
        stems = part.stems[number]
        return _Forms(stems, part.words[number], self._negates(stems))

    def _negates(self, stems: str) -> bool:
        negation = self._alphabet.char(NEGATION)
        return bool(negation) and negation in stems

    # letters in and out

    def _forms(self, text: Normalised) -> _Forms:
        keys = self._keys(text)
        return _Forms(self._alphabet.write(keys), _words(text), NEGATION in keys)

    def _keys(self, text: Normalised) -> list[str]:
        return sorted(set(self._vocabulary.keys(text)))

    def _put_in(self, letter: str, entries: tuple[Entry, ...]) -> None:
        texts = [normalise(entry.text) for entry in entries]
        joined = set().union(*(self._vocabulary.joined(text) for text in texts))
        stems = [self._alphabet.add(self._keys(text)) for text in texts]
        part = self._parts[letter] = _Part(entries, stems, [_words(text) for text in texts], joined)
        for stem in joined:
            self._joined.setdefault(stem, set()).add(letter)
        if self._postings is not None:
            part.numbers = self._postings.add(stems)

    def _take_out(self, letter: str) -> set[str]:
        """Returns the stems that nobody has any more."""
        part = self._parts.pop(letter)
        for stem in part.joined:
            self._joined[stem].discard(letter)
            if not self._joined[stem]:
                del self._joined[stem]
        for stems in part.stems:
            self._alphabet.drop(stems)
        if self._postings is not None:
            self._postings.drop(part.numbers)
        return self._vocabulary.forget(word for words in part.words for word in words.split())

    def _write_again(self, letter: str) -> None:
        part = self._parts[letter]
        for stems in part.stems:
            self._alphabet.drop(stems)
        part.stems = [self._alphabet.add(self._keys(normalise(entry.text))) for entry in part.entries]
        if self._postings is not None:
            self._postings.drop(part.numbers)
            part.numbers = self._postings.add(part.stems)

    def _settle(self) -> None:
        """Before a question: weights as they are now, and the row of all findings."""
        if self._settled:
            return
        changed = self._alphabet.settle()
        self._order = sorted(self._parts)
        parts = [self._parts[letter] for letter in self._order]
        if changed:
            for part in parts:
                part.stems = [self._alphabet.reweighed(stems, changed) for stems in part.stems]
        self._starts = [0, *accumulate(len(part.entries) for part in parts)][:-1]
        self._stems = [stems for part in parts for stems in part.stems]
        self._settle_postings(parts)
        self._settled = True

    def _settle_postings(self, parts: Sequence[_Part]) -> None:
        if len(self._stems) <= self._postings_from:
            self._postings, self._positions = None, array("i")
            return
        if self._postings is None or self._postings.wasteful:
            self._postings = Postings()
            for part in parts:
                part.numbers = self._postings.add(part.stems)
        positions = array("i", [-1]) * len(self._postings)
        for start, part in zip(self._starts, parts, strict=True):
            there = array("i", range(start, start + len(part.numbers)))
            positions[part.numbers.start : part.numbers.stop] = there
        self._positions = positions


_PROGRESS_EVERY = 200
_SLACK = 20.0
"""How far below the threshold the stems of a pair may be for its words to be looked at as well."""


def _place(entry: Entry) -> tuple[str, str, str, str, int]:
    return (entry.finding, entry.authority, entry.category, entry.text, entry.year)


def _best_first(scored: tuple[float, int]) -> tuple[float, int]:
    return (-scored[0], scored[1])


def _words(text: Normalised) -> str:
    return " ".join(sorted(tokens(text)))


def _score(asked: _Forms, other: _Forms, ratio: float) -> float:
    # Both hold their words sorted, so this is rapidfuzz's token_sort_ratio without sorting them again.
    score = (ratio + fuzz.ratio(asked.words, other.words)) / 2
    return score if asked.negates == other.negates else min(score, OPPOSED)
