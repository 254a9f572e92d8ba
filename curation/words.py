"""Words as both engines compare them: normalised, no function words, stemmed, repaired where a corpus knows better.

A letter's text keeps its hyphens over line ends, soft hyphens, ligatures and curly quotes; only here are they folded.
"not" and "no" stay, since they turn a sentence round, and all of them become the one word `NEGATION`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from threading import Lock
from typing import NewType, Protocol, cast

from rapidfuzz import fuzz, process

NEGATION = "not"
"""What every negating word becomes: "no agreed thresholds" and "thresholds are not agreed" have it in common."""

_NEGATIONS = frozenset({"not", "no", "never", "nor", "none", "neither"})

_FUNCTION_WORDS = """
a about above after again against all also although am among amongst an and any are as at be because been before
being below between both but by can could did do does doing down during each either few for from further had has
have having he her here hers herself him himself his how however i if in into is it its itself just may me might
more most must my myself now of off on once only or other our ours ourselves out over own same shall she should
since so some such than that the their theirs them themselves then there therefore these they this those though
through thus to too under until up upon us very was we were what when where whether which while whilst who whom
whose why will with within would yet you your yours yourself yourselves
"""
_STOP_WORDS = frozenset(_FUNCTION_WORDS.split())

_STRAIGHT = str.maketrans("‘’‛ʼ`‐‑", "'''''--")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_CONTRACTED_NOT = re.compile(r"\b(?:cannot|can't|won't|shan't)\b|n't\b")
_POSSESSIVE = re.compile(r"'s\b")
# A word cut by a line end keeps its hyphen, for a `Vocabulary` to judge; "short- and long-term" is no such word.
_CUT_BY_LINE_END = re.compile(r"(?<=[^\W\d_])-\s+(?!(?:and|or|to)\b)(?=[^\W\d_])")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PART = re.compile(r"[^\W_]+")

LONGEST = 1_000
"""Of a text with more words than this the first ones count. A finding has 10-80."""

_REPAIR_CUTOFF = 80.0
_SHORTEST_REPAIRED = 5


Normalised = NewType("Normalised", str)
"""Text that went through `normalise`."""


@lru_cache(maxsize=4_096)
def normalise(text: str) -> Normalised:
    """Fold what extraction and typesetting vary: case, quotes, ligatures, soft hyphens, hyphens at line ends, spaces.

    Any text is taken; the length is not kept. Contracted negations are written out (`isn't` becomes `is not`).
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_STRAIGHT)
    folded = _CUT_BY_LINE_END.sub("-", _INVISIBLE.sub("", folded))
    folded = _POSSESSIVE.sub("", _CONTRACTED_NOT.sub(" not", folded))
    return Normalised(" ".join(folded.split()))


def tokens(text: Normalised) -> list[str]:
    """The words of `text` in order, unstemmed; function words left out, negations as `NEGATION`.

    A word with hyphens counts as its parts.
    """
    return [part for word in _WORD.findall(text)[:LONGEST] for part in _parts(word)]


@lru_cache(maxsize=65_536)
def _parts(word: str) -> tuple[str, ...]:
    return tuple(NEGATION if part in _NEGATIONS else part for part in word.split("-") if part not in _STOP_WORDS)


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


_stemming = Lock()


@lru_cache(maxsize=1)
def _stemmer() -> _Stemmer:
    # Imported at the first word: the package loads the stemmers of thirty languages, which takes 60 ms.
    from snowballstemmer.english_stemmer import EnglishStemmer

    return cast("_Stemmer", EnglishStemmer())


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a lower-case English word (Snowball's English algorithm, Porter2); others come back as they are."""
    if not word.isascii() or not word.isalpha():
        return word
    with _stemming:  # the stemmer keeps the word in itself while it works, and screens ask from threads
        return _stemmer().stemWord(word)


def stemmed(text: Normalised) -> str:
    """Every word of `text` as its stem, function words too, in one string with a space before each."""
    return "".join(f" {stem(word)}" for word in _PART.findall(text)[:LONGEST])


class Vocabulary:
    """The words that a corpus knows, and the way from a text to keys that can be compared with it.

    Args:
        words: words as `tokens` gives them, in any order, each learnt once however often it comes.
        key: what a word is compared by; its stem, unless an engine has a better one.
    """

    def __init__(self, words: Iterable[str] = (), key: Callable[[str], str] = stem) -> None:
        self._key = key
        self._learnt: Counter[str] = Counter()
        self._known: Counter[str] = Counter()
        self._stems: Counter[str] = Counter()
        self._by_initial: dict[str, list[str]] = {}
        self._keys_of = lru_cache(maxsize=16_384)(self._find_keys)
        self.learn(words)

    def learn(self, words: Iterable[str]) -> set[str]:
        """Know these words, until each was forgotten as often as it was learnt. Returns the stems that are new."""
        words = set(words)
        new = {word for word in words if not self._learnt[word]}
        self._learnt.update(words)
        if new:
            self._keys_of.cache_clear()
            for word in filter(_can_be_meant, new):
                self._by_initial.setdefault(word[0], []).append(word)
            for initial in {word[0] for word in filter(_can_be_meant, new)}:
                self._by_initial[initial].sort()
        return self._count(new, 1)

    def forget(self, words: Iterable[str]) -> set[str]:
        """Take back one `learn` of these words. Returns the stems that it doesn't know any more."""
        words = set(words)
        self._learnt.subtract(words)
        gone = {word for word in words if not self._learnt[word]}
        for word in gone:
            del self._learnt[word]
            if _can_be_meant(word):
                alike = self._by_initial[word[0]]
                del alike[bisect_left(alike, word)]
        if gone:
            self._keys_of.cache_clear()
        return self._count(gone, -1)

    def _count(self, words: Iterable[str], by: int) -> set[str]:
        """Count the keys and stems of words that came or went. Returns the stems that came or went with them."""
        changed = set()
        for word in words:
            for counted, what in ((self._known, self._key(word)), (self._stems, stem(word))):
                before = counted[what]
                counted[what] = before + by
                if not counted[what]:
                    del counted[what]
                if counted is self._stems and not (before and before + by):
                    changed.add(what)
        return changed

    def joined(self, text: Normalised) -> set[str]:
        """The stems that the hyphenated words of `text` would have if they were written as one."""
        return {stem(word.replace("-", "")) for word in _WORD.findall(text)[:LONGEST] if "-" in word}

    def keys(self, text: Normalised) -> list[str]:
        """The key of each word of `text` in order, repeated words repeated; see `tokens` for what is left out.

        A word with hyphens is taken as one where the corpus writes it as one (`front-line`, or `safe- guarding` over a
        line end), else as its parts. A word that the corpus doesn't know is taken for the nearest one that it does know
        (rapidfuzz's ratio, 80 or more); else it keeps its own key. Only words of five letters and more are repaired,
        since one letter makes another word of a short one, and only to a word with the same first letter: few
        misspellings touch it (Pollock and Zamora 1984), and what does is often the point, as in `inappropriate`.
        """
        return [key for word in _WORD.findall(text)[:LONGEST] for key in self._keys_of(word)]

    def _find_keys(self, word: str) -> tuple[str, ...]:
        if "-" in word:
            joined = word.replace("-", "")
            if self._stems[stem(joined)]:
                return (self._key(joined),)
        return tuple(self._key(self._repaired(part)) for part in _parts(word))

    def _repaired(self, word: str) -> str:
        if self._known[self._key(word)] or not _can_be_meant(word):
            return word
        alike = self._by_initial.get(word[0], ())
        best = process.extractOne(word, alike, scorer=fuzz.ratio, score_cutoff=_REPAIR_CUTOFF)
        return word if best is None else best[0]


def _can_be_meant(word: str) -> bool:
    """Whether a word is long enough, and made of letters alone, to be repaired, or to repair another."""
    return len(word) >= _SHORTEST_REPAIRED and word.isalpha()
