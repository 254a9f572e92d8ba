"""Where a caret can stand: at each word of a finding, or of a letter. Pure; places are code points of the letter."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
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


_WORD = re.compile(r"\S+")
_ENDS_SENTENCE = re.compile(r"[.!?;:][\"'’”)\]]*$")
_BLANK_LINE = re.compile(r"\n\s*\n")


def letter_stops(text: str, without: Iterable[Span], breaks: Iterable[int], *, ends: bool = False) -> Stops:
    """The caret's places in a whole letter: where its words begin or, with `ends`, where they end (exclusive).

    Words in `without` (page furniture, list marks) are passed over. A sentence begins after the end of another, at
    `breaks`, and after a blank line, if not with a small letter: a page may end in the middle of it. There is no place
    in a letter without words.
    """
    shown = text
    for start, end in without:
        shown = shown[:start] + " " * (end - start) + shown[end:]
    words = [Span(*found.span()) for found in _WORD.finditer(shown)]
    order = sorted(breaks)
    firsts = [n for n, word in enumerate(words) if n == 0 or _begins_sentence(text, words[n - 1], word, order)]
    if ends:
        lasts = [*(n - 1 for n in firsts if n), len(words) - 1] if words else []
        return Stops(tuple(word.end for word in words), tuple(words[n].end for n in lasts))
    return Stops(tuple(word.start for word in words), tuple(words[n].start for n in firsts))


def _begins_sentence(text: str, before: Span, word: Span, breaks: Sequence[int]) -> bool:
    broken = bisect_right(breaks, word.start) > bisect_right(breaks, before.start)
    if broken or _ENDS_SENTENCE.search(text[before.start : before.end]):
        return True
    return bool(_BLANK_LINE.search(text[before.end : word.start])) and not text[word.start].islower()


def _step(places: Sequence[int], at: int, step: int) -> int:
    if step > 0:
        after = bisect_right(places, at)
        return places[after] if after < len(places) else at
    before = bisect_left(places, at)
    return places[before - 1] if before > 0 else at
