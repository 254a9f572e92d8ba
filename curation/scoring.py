"""How well findings were read: a parse of a letter beside the findings that people agreed on.

What is counted adds up over letters; shares are made of the sums, never averaged. Position by position no agreement is
told: three wrong merges leave almost every position as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

from curation import boundary_similarity
from curation.alignment import Finding, nearest_read, shares
from curation.boundary_similarity import Boundaries
from curation.mending import OPERATIONS, edits
from curation.review import Review, ReviewedFinding
from curation.spans import text_of
from parsers.ids import fold
from parsers.letter import Letter

NONE = ""
"""Stands in a confusion for no finding."""

_K = TypeVar("_K")


@dataclass(frozen=True, slots=True)
class Exact:
    """How many findings are exactly right: the category, and the text with white space folded.

    Attributes:
        right: pairs of category and text that are on both sides, each as often as on the side that has it less often.
        read: findings of the parse.
        agreed: findings as they should be.
    """

    right: int = 0
    read: int = 0
    agreed: int = 0

    def __add__(self, other: Exact) -> Exact:
        return Exact(self.right + other.right, self.read + other.read, self.agreed + other.agreed)

    @property
    def precision(self) -> float | None:
        """Share of what was read that is right, 0-1; None if nothing was read."""
        return self.right / self.read if self.read else None

    @property
    def recall(self) -> float | None:
        """Share of what should be read that was, 0-1; None if there is nothing to read."""
        return self.right / self.agreed if self.agreed else None

    @property
    def f1(self) -> float:
        """The harmonic mean of both, 0-1; 1 where there is nothing to read and nothing was."""
        return 2 * self.right / (self.read + self.agreed) if self.read + self.agreed else 1.0


def _no_counts() -> Mapping[_K, int]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one or more letters, as counts that add up.

    Attributes:
        letters: how many.
        exact: findings that are exactly right.
        boundaries: where findings begin, in words.
        operations: of each of `curation.mending.OPERATIONS`, how many would make the parse right; those with any.
        confusion: number of findings by agreed category and read category. Each agreed finding counts once, under the
            read one that shares most of its text; `NONE` stands for the lack of any on either side.
    """

    letters: int = 0
    exact: Exact = Exact()
    boundaries: Boundaries = Boundaries()
    operations: Mapping[str, int] = field(default_factory=_no_counts)
    confusion: Mapping[tuple[str, str], int] = field(default_factory=_no_counts)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.letters + other.letters,
            self.exact + other.exact,
            self.boundaries + other.boundaries,
            _summed(self.operations, other.operations),
            _summed(self.confusion, other.confusion),
        )

    @property
    def edits(self) -> int:
        """How many operations would make the parse right."""
        return sum(self.operations.values())

    @property
    def edits_per_letter(self) -> float:
        """Operations by letter; 0 without letters."""
        return self.edits / self.letters if self.letters else 0.0


def score(text: str, read: Sequence[Finding], agreed: Sequence[Finding]) -> Score:
    """Score one letter.

    Args:
        text: the letter, in which the spans of both count (code points, half-open).
        read: the findings to be judged.
        agreed: the findings as they should be.

    Returns:
        The score of a single letter. Never raises if the spans lie inside the text; n log n in its length.
    """
    needed = Counter(edit.operation for edit in edits(text, read, agreed))
    return Score(
        letters=1,
        exact=_exact(read, agreed),
        boundaries=boundary_similarity.compare(_starts(text, read), _starts(text, agreed)),
        operations=MappingProxyType({name: needed[name] for name in OPERATIONS if needed[name]}),
        confusion=MappingProxyType(_confusion(read, agreed)),
    )


def total(scores: Iterable[Score]) -> Score:
    """The score of all letters together."""
    return sum(scores, Score())


def layout(letter: Letter) -> tuple[str, ...]:
    """What kind of letter it is to a parser: the codes of its doubts, in alphabetical order, each once."""
    return tuple(sorted({doubt.code for doubt in letter.doubts}))


def by_layout(letters: Iterable[tuple[tuple[str, ...], Score]]) -> dict[str, Score]:
    """The score of the letters with each code, by code; those with none under "", first. A letter is in several."""
    scores: dict[str, Score] = {}
    for codes, one in letters:
        for code in codes or ("",):
            scores[code] = scores.get(code, Score()) + one
    return dict(sorted(scores.items()))


def bullets(review: Review) -> tuple[ReviewedFinding, ...]:
    """The living findings as the letter has them: what was split for its meaning is one again.

    A reviewer may split one bullet that makes two points; no parser is wrong for not having done so.
    """
    joined: list[ReviewedFinding] = []
    for finding in review.findings:
        before = joined[-1] if joined else None
        if before and finding.reason == "meaning" == before.reason and finding.parents == before.parents:
            spans = (*before.spans, *finding.spans)
            joined[-1] = replace(before, spans=spans, text=text_of(review.text, spans))
        else:
            joined.append(finding)
    return tuple(joined)


def _exact(read: Sequence[Finding], agreed: Sequence[Finding]) -> Exact:
    ours, theirs = (Counter((f.category, fold(f.text)) for f in findings) for findings in (read, agreed))
    return Exact((ours & theirs).total(), ours.total(), theirs.total())


def _starts(text: str, findings: Sequence[Finding]) -> frozenset[int]:
    return boundary_similarity.boundaries(text, (f.spans[0].start for f in findings if f.spans))


def _confusion(read: Sequence[Finding], agreed: Sequence[Finding]) -> dict[tuple[str, str], int]:
    shared = shares(read, agreed)
    nearest = nearest_read(shared)
    sharing = {pair.read for pair in shared}
    cells = Counter(
        (finding.category, read[nearest[place]].category if place in nearest else NONE)
        for place, finding in enumerate(agreed)
    )
    cells.update((NONE, finding.category) for place, finding in enumerate(read) if place not in sharing)
    return dict(sorted(cells.items()))


def _summed(some: Mapping[_K, int], others: Mapping[_K, int]) -> Mapping[_K, int]:
    return MappingProxyType(dict(Counter(some) + Counter(others)))
