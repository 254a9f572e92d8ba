"""Whether a theme that somebody is about to add is there already, under another name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from rapidfuzz import fuzz

from curation.codebook.data import OTHER, Codebook, Theme
from curation.words import normalise, stem, tokens

ALIKE = 72.0
"""A score from here on is worth a warning: see docs/codebook.md for how often it is right."""


@dataclass(frozen=True, slots=True)
class Double:
    """A living theme that much the same is meant by. `score` is 0-100; `because` says which words are alike."""

    theme: str
    score: float
    because: str


def near_duplicates(codebook: Codebook, new: Theme, *, least: float = ALIKE) -> tuple[Double, ...]:
    """The living themes that `new` may double, the nearest first; those scoring `least` or more.

    Names are compared with names and phrases, definitions with definitions.
    """
    found = [_double(theme, new) for theme in codebook.living if theme.id not in (OTHER, new.id)]
    return tuple(sorted((d for d in found if d.score >= least), key=lambda d: (-d.score, d.theme)))


def _double(theme: Theme, new: Theme) -> Double:
    name = _ratio(theme.label, new.label)
    cued = max((_ratio(phrase, new.label) for phrase in theme.phrases), default=0.0)
    cued = max(cued, max((_ratio(theme.label, phrase) for phrase in new.phrases), default=0.0))
    shared = _shared(theme.phrases, new.phrases)
    meant = _ratio(theme.definition, new.definition)
    scores = {"the name": name, "a phrase": cued, "the phrases": shared, "the definition": meant}
    because = max(scores, key=scores.__getitem__)
    return Double(theme.id, scores[because], because)


def _ratio(one: str, other: str) -> float:
    """How alike two texts are: token_sort_ratio over stems; words that all texts have are left out."""
    first, second = _stems(one), _stems(other)
    return fuzz.token_sort_ratio(" ".join(first), " ".join(second)) if first and second else 0.0


def _shared(phrases: Sequence[str], others: Sequence[str]) -> float:
    """How far the fewer of two lists of phrases are in the other one."""
    few, many = sorted((phrases, others), key=len)
    if not few:
        return 0.0
    return fmean(max(_ratio(phrase, other) for other in many) for phrase in few)


def _stems(text: str) -> list[str]:
    return [stem(word) for word in tokens(normalise(text))]
