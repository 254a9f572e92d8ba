"""Choosing from a list by typing a few letters: what `Codebook.search` ranks with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from rapidfuzz import fuzz

from curation.words import normalise

_WORD = re.compile(r"[^\W_]+")
_CUE = 0.9
_CUTOFF = 70.0


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to choose: the names it goes by, and other words that may be typed for it."""

    names: tuple[str, ...]
    cues: tuple[str, ...] = ()


def ranked(query: str, offers: Sequence[Offer]) -> list[int]:
    """The places of the offers that `query` may mean, best first; all of them, in order, for an empty query.

    A typed word fits one of the offer's that it begins, or of which it is a misspelling (rapidfuzz's ratio against the
    word or as much of it as was typed, 70 or more); most typed words have to fit. Names count for more than cues, and a
    name that begins with the whole query comes first. Equal ones keep their order.
    """
    typed = _words(query)
    if not typed:
        return [] if query.strip() else list(range(len(offers)))
    scored = [(_score(typed, offer), place) for place, offer in enumerate(offers)]
    return [place for score, place in sorted(scored, key=lambda pair: (-pair[0], pair[1])) if score >= _CUTOFF * _CUE]


def _score(typed: list[str], offer: Offer) -> float:
    whole = " ".join(typed)
    if any(" ".join(_words(name)).startswith(whole) for name in offer.names):
        return 101.0
    names = {word for name in offer.names for word in _words(name)}
    cues = {word for cue in offer.cues for word in _words(cue)}
    return fmean(max(_best(word, names), _CUE * _best(word, cues)) for word in typed)


def _best(word: str, among: set[str]) -> float:
    return max((_alike(word, other) for other in among), default=0.0)


def _alike(word: str, other: str) -> float:
    if other.startswith(word):
        return 100.0
    score = max(fuzz.ratio(word, other), fuzz.ratio(word, other[: len(word)]))
    return score if score >= _CUTOFF else 0.0


def _words(text: str) -> list[str]:
    return _WORD.findall(normalise(text))
