"""Groups: findings of several authorities that say the same.

Made of all pairs that are close, by average linkage (`curation.linkage`), so that everything in a group is like the
rest of it on average and not only like one neighbour. A pair of which only one negates doesn't count: it shares a theme
and says the opposite. What a reviewer judged counts: "the same" is as alike as can be, "not the same" is never in one
group.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from curation.entry import CLOSE, Entry
from curation.linkage import clusters
from curation.pairs import NOTHING, Judged
from curation.similar import Corpus

GROUPED = CLOSE
"""The score that a pair needs to count, and that two groups need on average to become one."""

_SAME = 100.0
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 6

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that say the same.

    Attributes:
        id: `g-` and six characters made of its findings: the same findings have the same id, others another one.
        score: how alike its findings are on average, 0-100.
        entries: the most typical one first, then by how alike they are to the rest.
        words: what most of them have in common, in the words of the first.
    """

    id: str
    score: float
    entries: tuple[Entry, ...]
    words: tuple[str, ...]

    @property
    def authorities(self) -> tuple[str, ...]:
        """The councils, by name; a letter that doesn't say whose it is counts as one."""
        return tuple(sorted({entry.authority or entry.letter for entry in self.entries}))


def groups(
    corpus: Corpus,
    judged: Judged = NOTHING,
    *,
    threshold: float = GROUPED,
    category: str | None = None,
    on_progress: Progress | None = None,
) -> tuple[Group, ...]:
    """The groups of a corpus that span two authorities or more: most authorities first, then the most alike.

    With `category`, of its findings alone. `on_progress(done, all)` is called now and then; what it raises ends the
    work. The order in which letters came into the corpus makes no difference.
    """
    entries, pairs = corpus.pairs(threshold, opposed=False, on_progress=on_progress)
    alike = {(a, b): score for a, b, score in pairs}
    places = {entry.ref: place for place, entry in enumerate(entries)}
    same, apart = _judged(judged, places)
    alike.update(dict.fromkeys(same, _SAME))
    for one in apart:
        alike.pop(one, None)
    if category is not None:
        wanted = {place for place, entry in enumerate(entries) if entry.category == category}
        alike = {(a, b): score for (a, b), score in alike.items() if a in wanted and b in wanted}
    found = clusters(((a, b, score) for (a, b), score in alike.items()), threshold, apart)
    made = [_group(corpus, entries, members, alike) for members in found]
    spanning = [group for group in made if len(group.authorities) > 1]
    return tuple(sorted(spanning, key=lambda g: (-len(g.authorities), -len(g.entries), -g.score, g.entries[0].ref)))


def _judged(judged: Judged, places: Mapping[str, int]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The pairs that a reviewer judged and that are both there, by their places: the same, and not the same."""
    same: list[tuple[int, int]] = []
    apart: list[tuple[int, int]] = []
    for (a, b), is_same in judged.same.items():
        if a in places and b in places:
            low, high = sorted((places[a], places[b]))
            (same if is_same else apart).append((low, high))
    return same, apart


def _group(
    corpus: Corpus, entries: Sequence[Entry], members: Collection[int], alike: Mapping[tuple[int, int], float]
) -> Group:
    mean = {
        one: sum(alike.get((min(one, other), max(one, other)), 0.0) for other in members if other != one)
        / (len(members) - 1)
        for one in members
    }
    ordered = [entries[one] for one in sorted(members, key=lambda one: (-mean[one], one))]
    return Group(
        id=_id(ordered),
        score=sum(mean.values()) / len(mean),
        entries=tuple(ordered),
        words=corpus.words_of_most([entry.text for entry in ordered]),
    )


def _id(entries: Sequence[Entry]) -> str:
    digest = hashlib.sha256("\n".join(sorted(entry.ref for entry in entries)).encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest[:8], "big")
    return "g-" + "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_ID_LENGTH))
