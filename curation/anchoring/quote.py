"""A finding as it is known without the text that it was found in, and a place in a letter that may be its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.letter import Span


@dataclass(frozen=True, slots=True)
class Quote:
    """A finding as it is known without the text that it was found in.

    Attributes:
        id: its id.
        exact: its words.
        spans: where it stood; () if nobody knows, and then it has no place in the order either.
        prefix: what stood before it, "" if unknown.
        suffix: what stood after it, "" if unknown.
        heading: the heading it stood under, "" if it had none.
    """

    id: str
    exact: str
    spans: tuple[Span, ...] = ()
    prefix: str = ""
    suffix: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place for a finding.

    Attributes:
        spans: in code points, as a finding has them.
        likeness: of the words, between 0 and 1; 1 is the same folded words.
        signs: what speaks for the place, each between 0 and 1; a sign that can't be told is not there.
    """

    spans: tuple[Span, ...]
    likeness: float
    signs: tuple[float, ...] = field(default=())

    @property
    def start(self) -> int:
        """Its first code point."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """The code point after its last."""
        return self.spans[-1].end

    def overlaps(self, other: Candidate) -> bool:
        """Whether one lies in the other's stretch of the letter: findings have an order."""
        return self.start < other.end and other.start < self.end
