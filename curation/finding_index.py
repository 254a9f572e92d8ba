"""The findings of a corpus in the form they are compared in, kept letter by letter.

A letter that comes, goes or changes does its own part anew. Beyond it reach only the weights (a stem that has become
frequent, or has ceased to be: `curation.alphabet`) and words with a hyphen, which are one word or two as other letters
write them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from curation.alphabet import Alphabet
from curation.entry import Entry
from curation.postings import Postings
from curation.words import NEGATION, Normalised, Vocabulary, normalise, tokens


@dataclass(frozen=True, slots=True)
class Forms:
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


class FindingIndex:
    """All findings in one row, by letter and finding, each with its forms beside it. Not for several threads at once.

    What is read of the row (`entries`, `stems`, `words` and the rest) holds after `settle`, until the next `put_all`.

    Attributes:
        vocabulary: the words of all findings.
        alphabet: their stems as characters.
        entries: the row.
        stems: for each place in the row, the finding's stems as characters.
        words: for each place, its words in alphabetical order.
        postings: which findings have a stem; None in a corpus that is scanned whole.
        positions: for each number of `postings` the place in the row.
    """

    def __init__(self, postings_from: int) -> None:
        """`postings_from` is the number of findings above which postings are kept."""
        self.vocabulary = Vocabulary()
        self.alphabet = Alphabet()
        self.entries: list[Entry] = []
        self.stems: list[str] = []
        self.words: list[str] = []
        self.postings: Postings | None = None
        self.positions = array("i")
        self._postings_from = postings_from
        self._parts: dict[str, _Part] = {}
        self._joined: dict[str, set[str]] = {}
        self._settled = True
        self._order: list[str] = []
        self._starts: list[int] = []

    def __len__(self) -> int:
        return sum(len(part.entries) for part in self._parts.values())

    def put_all(self, letters: Mapping[str, Iterable[Entry]]) -> None:
        """Let letters have these findings and no others; none takes a letter out."""
        wanted = {letter: tuple(sorted(set(entries), key=_place)) for letter, entries in letters.items()}
        changed = {k: e for k, e in wanted.items() if e != (self._parts[k].entries if k in self._parts else ())}
        words_changed: set[str] = set()
        for letter, entries in changed.items():
            if letter in self._parts:
                words_changed |= self._take_out(letter)
            words_changed |= self.vocabulary.learn(w for e in entries for w in tokens(normalise(e.text)))
        for letter, entries in changed.items():
            if entries:
                self._put_in(letter, entries)
        # A word with a hyphen is one word or two as the others write it.
        again = {letter for stem in words_changed for letter in self._joined.get(stem, ())}
        for letter in again.difference(changed):
            self._write_again(letter)
        self._settled = self._settled and not changed

    # the row

    def places_of(self, letter: str) -> range:
        """Where the findings of a letter stand; nowhere if it is not there."""
        if letter not in self._parts:
            return range(0)
        start = self._starts[bisect_left(self._order, letter)]
        return range(start, start + len(self._parts[letter].entries))

    def at(self, place: int) -> Forms:
        """What the finding at a place is compared by."""
        return Forms(self.stems[place], self.words[place], self.negates(place))

    def negates(self, place: int) -> bool:
        """Whether the finding at a place negates."""
        negation = self.alphabet.char(NEGATION)
        return bool(negation) and negation in self.stems[place]

    # letters in and out

    def forms(self, text: Normalised) -> Forms:
        """What a text is compared by, whether a finding says it or not. Holds after `settle`."""
        keys = self._keys(text)
        return Forms(self.alphabet.write(keys), _words(text), NEGATION in keys)

    def _keys(self, text: Normalised) -> list[str]:
        return sorted(set(self.vocabulary.keys(text)))

    def _put_in(self, letter: str, entries: tuple[Entry, ...]) -> None:
        texts = [normalise(entry.text) for entry in entries]
        joined = set().union(*(self.vocabulary.joined(text) for text in texts))
        stems = [self.alphabet.add(self._keys(text)) for text in texts]
        part = self._parts[letter] = _Part(entries, stems, [_words(text) for text in texts], joined)
        for stem in joined:
            self._joined.setdefault(stem, set()).add(letter)
        if self.postings is not None:
            part.numbers = self.postings.add(stems)

    def _take_out(self, letter: str) -> set[str]:
        """Returns the stems that nobody has any more."""
        part = self._parts.pop(letter)
        for stem in part.joined:
            self._joined[stem].discard(letter)
            if not self._joined[stem]:
                del self._joined[stem]
        for stems in part.stems:
            self.alphabet.drop(stems)
        if self.postings is not None:
            self.postings.drop(part.numbers)
        return self.vocabulary.forget(word for words in part.words for word in words.split())

    def _write_again(self, letter: str) -> None:
        part = self._parts[letter]
        for stems in part.stems:
            self.alphabet.drop(stems)
        part.stems = [self.alphabet.add(self._keys(normalise(entry.text))) for entry in part.entries]
        if self.postings is not None:
            self.postings.drop(part.numbers)
            part.numbers = self.postings.add(part.stems)

    def settle(self) -> None:
        """Before a question: weights as they are now, and the row of all findings."""
        if self._settled:
            return
        changed = self.alphabet.settle()
        self._order = sorted(self._parts)
        parts = [self._parts[letter] for letter in self._order]
        if changed:
            for part in parts:
                part.stems = [self.alphabet.reweighed(stems, changed) for stems in part.stems]
        self._starts = [0, *accumulate(len(part.entries) for part in parts)][:-1]
        self.entries = [entry for part in parts for entry in part.entries]
        self.stems = [stems for part in parts for stems in part.stems]
        self.words = [words for part in parts for words in part.words]
        self._settle_postings(parts)
        self._settled = True

    def _settle_postings(self, parts: Sequence[_Part]) -> None:
        if len(self.stems) <= self._postings_from:
            self.postings, self.positions = None, array("i")
            return
        if self.postings is None or self.postings.wasteful:
            self.postings = Postings()
            for part in parts:
                part.numbers = self.postings.add(part.stems)
        positions = array("i", [-1]) * len(self.postings)
        for start, part in zip(self._starts, parts, strict=True):
            there = array("i", range(start, start + len(part.numbers)))
            positions[part.numbers.start : part.numbers.stop] = there
        self.positions = positions


def _place(entry: Entry) -> tuple[str, str, str, str, int]:
    return (entry.finding, entry.authority, entry.category, entry.text, entry.year)


def _words(text: Normalised) -> str:
    return " ".join(sorted(tokens(text)))
