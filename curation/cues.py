"""A theme's phrases as cues: whether a finding holds one, and words that a phrase gives the beginning of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from curation.words import Normalised, normalise, stem, stemmed, tokens

_SHORTEST_BEGINNING = 6


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of the codebook.

    Attributes:
        phrase: as the codebook has it.
        keys: what its words are compared by, function words left out, each once.
        idiom: the stems of all its words (`words.stemmed`), where function words leave a single one. Such a phrase is
            itself only as it stands: "in line with" has nothing to do with the front line. "" for any other.
    """

    phrase: str
    keys: tuple[str, ...]
    idiom: str

    def held(self, keys: Collection[str], joined: str, stems: str) -> float:
        """How much of it a finding holds, between 0 and 1: rapidfuzz's token_set_ratio, where they share a word.

        `keys` are the finding's, `joined` the same in one string, `stems` all its words as `words.stemmed` gives them.
        """
        if self.idiom:
            return 1.0 if self.idiom in stems else 0.0
        if not any(key in keys for key in self.keys):
            return 0.0
        return fuzz.token_set_ratio(" ".join(self.keys), joined) / 100


def idiom(phrase: Normalised) -> str:
    """The stems of a phrase of several words of which function words leave a single one; "" for any other phrase."""
    return stemmed(phrase) if " " in phrase and len(tokens(phrase)) == 1 else ""


def key_for(phrases: Iterable[str]) -> Callable[[str], str]:
    """What words are compared by: the stem; the phrase's, for a word that begins with the last word of a phrase.

    Phrases may end in the beginning of a word (`religio`), which a stemmer takes for a word of its own. Beginnings of
    fewer than six letters don't count so: `child` is not the beginning of `childcare`.
    """
    beginnings = {words[-1]: stem(words[-1]) for phrase in phrases if (words := tokens(normalise(phrase)))}

    @lru_cache(maxsize=16_384)
    def key(word: str) -> str:
        for length in range(len(word), _SHORTEST_BEGINNING - 1, -1):
            if (found := beginnings.get(word[:length])) is not None:
                return found
        return stem(word)

    return key
