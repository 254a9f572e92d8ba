"""Clusters by average linkage over a list of pairs; no chain of neighbours makes a cluster.

Clusters grow from single things: the two whose members are most alike on average become one, until no two come to the
threshold (UPGMA; Sokal and Michener 1958). A pair that is not in the list counts as 0, so a cluster can't be held
together by a few of its pairs, and the work grows with the pairs that there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from heapq import heapify, heappop, heappush


def clusters(
    pairs: Iterable[tuple[int, int, float]], threshold: float, apart: Collection[tuple[int, int]] = ()
) -> list[tuple[int, ...]]:
    """Clusters of two and more, each in rising order, by their first member.

    `pairs` gives each pair once, with how alike it is; of two pairs of clusters that are equally alike the one with the
    lower numbers is joined first, so the order of `pairs` makes no difference. Those in `apart` never come into one
    cluster, whatever else they are like.
    """
    return _Clustering(pairs, threshold, apart).run()


class _Clustering:
    """A cluster is named by its first member; `_links` holds the sum of the pairs between two clusters."""

    def __init__(
        self, pairs: Iterable[tuple[int, int, float]], threshold: float, apart: Collection[tuple[int, int]]
    ) -> None:
        self._threshold = threshold
        self._links: dict[int, dict[int, float]] = {}
        self._members: dict[int, list[int]] = {}
        self._apart: dict[int, set[int]] = {}
        for a, b, alike in pairs:
            self._links.setdefault(a, {})[b] = alike
            self._links.setdefault(b, {})[a] = alike
        self._members = {one: [one] for one in self._links}
        for a, b in apart:
            if a in self._members and b in self._members:
                self._apart.setdefault(a, set()).add(b)
                self._apart.setdefault(b, set()).add(a)
        self._heap = [self._offer(a, b) for a, others in self._links.items() for b in others if a < b]
        heapify(self._heap)

    def run(self) -> list[tuple[int, ...]]:
        while self._heap:
            offer = heappop(self._heap)
            _, a, b = offer
            if b in self._links.get(a, ()) and offer == self._offer(a, b):
                self._join(a, b)
        return sorted(tuple(sorted(members)) for members in self._members.values() if len(members) > 1)

    def _offer(self, a: int, b: int) -> tuple[float, int, int]:
        """The most alike come out first. An offer that is no longer what it would be now has been overtaken."""
        return -self._links[a][b] / (len(self._members[a]) * len(self._members[b])), a, b

    def _join(self, a: int, b: int) -> None:
        """Make one cluster of two, if they may be one."""
        if -self._offer(a, b)[0] < self._threshold or not self._may(a, b):
            del self._links[a][b], self._links[b][a]
            return
        self._members[a] += self._members.pop(b)
        self._apart[a] = self._apart.get(a, set()) | self._apart.pop(b, set())
        others = self._links.pop(b)
        for other, alike in others.items():
            del self._links[other][b]
            if other != a:
                self._links[a][other] = self._links[other][a] = self._links[a].get(other, 0.0) + alike
        for other in self._links[a]:
            heappush(self._heap, self._offer(*sorted((a, other))))

    def _may(self, a: int, b: int) -> bool:
        return self._apart.get(a, set()).isdisjoint(self._members[b]) and self._apart.get(b, set()).isdisjoint(
            self._members[a]
        )
