"""Sparse word vectors of unit length, and the few sums that comparing texts by TF-IDF needs (Salton and Buckley 1988).

A vector maps keys to weights. Every sum runs in a fixed order: the same texts give the same bits in any process.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

Vector = Mapping[str, float]


def inverse_frequencies(documents: Collection[Iterable[str]]) -> dict[str, float]:
    """How much each key of N documents says: `ln((1 + N) / (1 + df)) + 1`. A document is given as its distinct keys."""
    found_in = Counter(key for document in documents for key in document)
    return {key: math.log((1 + len(documents)) / (1 + df)) + 1 for key, df in found_in.items()}


def tfidf(counts: Mapping[str, int], inverse: Mapping[str, float]) -> Vector:
    """The unit vector of a text from how often it has each key; keys that `inverse` doesn't know are left out."""
    return unit({key: (1 + math.log(n)) * inverse[key] for key, n in counts.items() if key in inverse})


def unit(vector: Vector) -> Vector:
    """The vector at length 1; an empty one stays empty."""
    length = math.sqrt(math.fsum(weight * weight for weight in vector.values()))
    return scaled(vector, 1 / length) if length else {}


def scaled(vector: Vector, factor: float) -> Vector:
    """The vector times a number."""
    return {key: weight * factor for key, weight in vector.items()}


def added(vectors: Iterable[Vector]) -> Vector:
    """The sum of vectors."""
    total: dict[str, float] = {}
    for vector in vectors:
        for key, weight in vector.items():
            total[key] = total.get(key, 0.0) + weight
    return total


def dot(a: Vector, b: Vector) -> float:
    """The inner product: the cosine, for unit vectors."""
    if len(a) > len(b):
        a, b = b, a
    return math.fsum(weight * b[key] for key, weight in a.items() if key in b)


class Index:
    """Vectors by key, for the cosine with all of them at once."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        self._size = len(vectors)
        self._by_key: dict[str, list[tuple[int, float]]] = {}
        for place, vector in enumerate(vectors):
            for key, weight in vector.items():
                self._by_key.setdefault(key, []).append((place, weight))

    def cosines(self, vector: Vector) -> list[float]:
        """The inner product of a unit vector with each of the index's, in their order."""
        totals = [0.0] * self._size
        for key, weight in vector.items():
            for place, other in self._by_key.get(key, ()):
                totals[place] += weight * other
        return totals
