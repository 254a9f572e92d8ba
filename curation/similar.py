"""Findings that say much the same, wherever they stand.

Whole-text scorers are slow here, and some are wrong: a shared word or a subset can score 100. So each distinct stem
becomes one character and a finding a sorted string of some twenty, and rapidfuzz compares those; the best fifty are
ranked again together with the texts themselves. Function words are left out, but a negation is a word like any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, groupby

from rapidfuzz import fuzz, process

from curation.words import NEGATION, Normalised, Vocabulary, normalise, tokens

CLOSE = 45.0
"""A score from here on is called close."""

RELATED = 35.0
"""From here on a pair is worth a look; below, it is shown dimmed."""

OPPOSED = 75.0
"""The most that two findings score where one of them negates and the other doesn't, however alike their words are."""

CANDIDATES = 50
"""How many are ranked twice, and so the most that come back."""

_RARE = 0.05
_FIRST_CODE = 0x21
_SURROGATES = range(0xD800, 0xE000)
_CODES = 0x110000 - _FIRST_CODE - len(_SURROGATES)


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as it stands in a corpus.

    Attributes:
        letter: the letter's key in its workspace.
        authority: the council that the letter is about; "" if the letter does not say.
        finding: the finding's id.
        category: a category id of the letter's profile.
        text: the finding's text, white space folded.
    """

    letter: str
    authority: str
    finding: str
    category: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that is like what was asked for. `score` is 0-100; `CLOSE` and `RELATED` say how to read it."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class _Forms:
    """What a text is compared by: its stems as characters, its words in alphabetical order, and whether it negates."""

    stems: str
    words: str
    negates: bool


class Corpus:
    """Findings to be searched for like ones. Immutable; the order that entries are given in makes no difference."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = sorted(set(entries), key=_place)
        texts = [normalise(entry.text) for entry in self._entries]
        self._vocabulary = Vocabulary(word for text in texts for word in tokens(text))
        keys = [self._keys(text) for text in texts]
        found_in = Counter(key for of_one in keys for key in of_one)
        self._frequent = {key for key, findings in found_in.items() if findings > _RARE * len(keys)}
        self._codes = {key: _code(number) for number, key in enumerate(sorted(found_in))}
        self._forms = [self._write(text, of_one) for text, of_one in zip(texts, keys, strict=True)]
        self._stems = [forms.stems for forms in self._forms]
        self._letters = _runs(self._entries, lambda entry: entry.letter)
        self._authorities = _runs(self._entries, lambda entry: entry.authority)

    def similar(
        self,
        text: str,
        *,
        leave_out_letter: str | None = None,
        leave_out_authority: str | None = None,
        authority: str | None = None,
        category: str | None = None,
        top: int = 10,
    ) -> tuple[Match, ...]:
        """The entries most like `text`, best first, at most `top` and never more than `CANDIDATES`.

        Entries of `leave_out_letter` and `leave_out_authority` are not looked at; with `authority` or `category`, no
        others are. One that shares no word with `text` never comes back. Equal scores stand by authority, letter and
        finding. Of a text of more than 1,000 words the first 1,000 count.
        """
        choices = self._choices(authority, category)
        for left_out in (*_of(self._letters, leave_out_letter), *_of(self._authorities, leave_out_authority)):
            choices[left_out] = [None] * (left_out.stop - left_out.start)
        normalised = normalise(text)
        asked = self._write(normalised, self._keys(normalised))
        nearest = process.extract(asked.stems, choices, scorer=fuzz.ratio, limit=CANDIDATES)
        ranked = [(_score(asked, self._forms[place], ratio), place) for _, ratio, place in nearest if ratio > 0]
        ranked.sort(key=lambda pair: (-pair[0], pair[1]))
        return tuple(Match(self._entries[place], score) for score, place in ranked[: max(top, 0)])

    def _choices(self, authority: str | None, category: str | None) -> list[str | None]:
        """The stems of each entry, None (which rapidfuzz passes over) for those that are not asked for."""
        choices: list[str | None] = list(self._stems)
        if authority is not None:
            choices = [None] * len(self._stems)
            for asked_for in _of(self._authorities, authority):
                choices[asked_for] = self._stems[asked_for]
        if category is not None:
            choices = [
                stems if entry.category == category else None
                for stems, entry in zip(choices, self._entries, strict=True)
            ]
        return choices

    def _keys(self, text: Normalised) -> list[str]:
        return sorted(set(self._vocabulary.keys(text)))

    def _write(self, text: Normalised, keys: Sequence[str]) -> _Forms:
        unknown = count(len(self._codes))
        # What few findings say tells more than what many say.
        stems = ((self._codes.get(key) or _code(next(unknown))) * (1 if key in self._frequent else 2) for key in keys)
        return _Forms("".join(sorted(stems)), " ".join(sorted(tokens(text))), NEGATION in keys)


def _place(entry: Entry) -> tuple[str, ...]:
    return (entry.authority, entry.letter, entry.finding, entry.category, entry.text)


def _runs(entries: Sequence[Entry], name: Callable[[Entry], str]) -> dict[str, list[slice]]:
    """Where the entries of each letter, or authority, stand next to one another."""
    runs: dict[str, list[slice]] = {}
    start = 0
    for key, group in groupby(entries, key=name):
        end = start + sum(1 for _ in group)
        runs.setdefault(key, []).append(slice(start, end))
        start = end
    return runs


def _of(runs: Mapping[str, Sequence[slice]], name: str | None) -> Sequence[slice]:
    return () if name is None else runs.get(name, ())


def _code(number: int) -> str:
    """The character that stands for a stem. Surrogates are passed over; past a million stems some share one."""
    code = _FIRST_CODE + number % _CODES
    return chr(code if code < _SURROGATES.start else code + len(_SURROGATES))


def _score(asked: _Forms, other: _Forms, ratio: float) -> float:
    # Both hold their words sorted, so this is rapidfuzz's token_sort_ratio without sorting them again.
    score = (ratio + fuzz.ratio(asked.words, other.words)) / 2
    return score if asked.negates == other.negates else min(score, OPPOSED)
