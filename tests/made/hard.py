"""Made letters damaged beyond what any rule can mend: marks, full stops and blank lines are gone here and there."""

from __future__ import annotations

from random import Random

from parsers.ids import fold
from parsers.letter import Span
from tests.made.letters import Made, Truth

_SHARE = 0.15
"""How many of the findings lose something."""


def harden(made: Made, rng: Random) -> Made:
    """The letter with some marks, full stops and blank lines cut out, and its findings where they now stand."""
    cuts: list[Span] = []
    for truth in made.findings:
        if rng.random() < _SHARE:
            cut = _cut(made.text, truth, rng)
            if cut.start < cut.end and not any(other.start < cut.end and cut.start < other.end for other in cuts):
                cuts.append(cut)
    cuts.sort()
    text = "".join(made.text[a:b] for a, b in _kept(cuts, len(made.text)))
    return Made(text, [_moved(truth, cuts, text) for truth in made.findings], made.defects | {"hard"})


def _cut(text: str, truth: Truth, rng: Random) -> Span:
    first, last = truth.spans[0], truth.spans[-1]
    kind = rng.choice(("mark", "stop", "blank line"))
    if kind == "mark":
        return Span(text.rfind("\n", 0, first.start) + 1, first.start)
    if kind == "stop":
        return Span(last.end - 1, last.end) if text[last.end - 1] == "." else Span(0, 0)
    return Span(last.end, last.end + 1) if text.startswith("\n\n", last.end) else Span(0, 0)


def _kept(cuts: list[Span], length: int) -> list[Span]:
    starts = [0, *(cut.end for cut in cuts)]
    ends = [*(cut.start for cut in cuts), length]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def _moved(truth: Truth, cuts: list[Span], text: str) -> Truth:
    def at(place: int) -> int:
        return place - sum(min(cut.end, place) - cut.start for cut in cuts if cut.start < place)

    spans = tuple(Span(at(span.start), at(span.end)) for span in truth.spans)
    return Truth(truth.category, spans, fold(" ".join(text[a:b] for a, b in spans)))
