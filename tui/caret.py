"""Where a caret can stand in a finding: at the start of each word. Pure; places are code points of the letter."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.letter import Span
from tui.wrap import flow

_SENTENCE_END = re.compile(r"[.!?;:][\"'’”)\]]*\s+(?:\|\s+)?")


@dataclass(frozen=True, slots=True)
class Stops:
    """Where a caret stops in a finding, as sorted code points: each word, and each sentence among them."""

    words: tuple[int, ...]
    sentences: tuple[int, ...]

    def word(self, at: int, step: int) -> int:
        """The word `step` words further (1 or -1), or the same place at an end."""
        return _step(self.words, at, step)

    def sentence(self, at: int, step: int) -> int:
        """The start of the next sentence; backwards, the start of this one, or of the one before if it stands there."""
        moved = _step(self.sentences, at, step)
        if moved == at:
            return self.words[0] if step < 0 else self.words[-1]
        return moved


def stops(text: str, spans: Sequence[Span]) -> Stops:
    """The caret's places in the finding that stands at `spans` of a letter's text. There is at least one word in it."""
    shown = flow(text, spans)
    words = tuple(
        offset
        for place, (char, offset) in enumerate(zip(shown.shown, shown.offsets, strict=True))
        if char != " " and place not in shown.seams and (place == 0 or shown.shown[place - 1] == " ")
    )
    ends = [shown.offsets[m.end()] for m in _SENTENCE_END.finditer(shown.shown) if m.end() < len(shown.shown)]
    known = set(words)
    return Stops(words, tuple(sorted({words[0], *(e for e in ends if e in known)})))


def _step(places: Sequence[int], at: int, step: int) -> int:
    if step > 0:
        after = bisect_right(places, at)
        return places[after] if after < len(places) else at
    before = bisect_left(places, at)
    return places[before - 1] if before > 0 else at
