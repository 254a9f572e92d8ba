"""Letters as they come back: wrapped anew, extracted by another tool, sections in another order, letters changed.

Each character of a damaged letter knows where it came from, so that the right place of each finding is known too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from curation.review import Review, ReviewedFinding
from parsers.letter import Letter, RegionKind, Span
from parsers.parse import parse
from tests.made.letters import MARKS, PAGE_TURNS

BY_DAMAGE: Final = -1
"""Origin of a character that damage put in."""
FURNITURE: Final = -2
"""Origin of a character that a new page brought along."""

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_LIGATURES: Final = {"ffi": "ﬃ", "fi": "ﬁ", "fl": "ﬂ"}
_QUOTES: Final = {"'": "’", "’": "'", '"': "”", "“": '"', "”": '"'}


@dataclass(frozen=True)
class Damaged:
    """A letter's text, the origin of each of its characters in the undamaged text, and the findings that it lost."""

    text: str
    origins: tuple[int, ...]
    lost: frozenset[str] = frozenset()

    def exchanged(self, changes: Iterable[tuple[Span, str, int | None]]) -> Damaged:
        """With stretches exchanged; a new character has the given origin, or that of the first that it replaces."""
        text: list[str] = []
        origins: list[int] = []
        at = 0
        for span, words, origin in sorted(changes, key=lambda change: change[0]):
            text.append(self.text[at : span.start] + words)
            origins += self.origins[at : span.start]
            origins += [self.origins[span.start] if origin is None else origin] * len(words)
            at = span.end
        return replace(self, text="".join(text) + self.text[at:], origins=(*origins, *self.origins[at:]))


@dataclass(frozen=True)
class Fault:
    """How far a placed finding is from its right place, in characters that are not white space."""

    foreign: int
    missing: int


Damage = Callable[[Damaged, Review, Random], Damaged]


def undamaged(text: str) -> Damaged:
    """A letter as it is."""
    return Damaged(text, tuple(range(len(text))))


def fault(damaged: Damaged, finding: ReviewedFinding, spans: Sequence[Span]) -> Fault:
    """What `spans` of the damaged text hold that is not of `finding`, and what of it they lack."""
    own = {place for start, end in finding.spans for place in range(start, end)}
    if finding.id in damaged.lost:
        own = set()
    held = {place for start, end in spans for place in range(start, end)}
    foreign = missing = 0
    for place, (char, origin) in enumerate(zip(damaged.text, damaged.origins, strict=True)):
        if char.isspace() or origin == BY_DAMAGE:
            continue
        foreign += place in held and origin not in own
        missing += place not in held and origin in own
    return Fault(foreign, missing)


# ---- the damages ----


def rewrap(damaged: Damaged, review: Review, rng: Random) -> Damaged:
    """The lines of each finding broken at another width."""
    width = rng.randint(50, 110)
    changes: list[tuple[Span, str, int | None]] = []
    spans = (span for f in review.findings if f.id not in damaged.lost for span in f.spans)
    for start, end in (_now(damaged, span) for span in spans):
        column = 0
        for gap in re.finditer(r"[^\S\f]+", damaged.text[start:end]):
            if gap.group().count("\n") > 1:
                continue
            column += 8
            new = "\n" if column > width else " "
            column = 0 if new == "\n" else column
            changes.append((Span(start + gap.start(), start + gap.end()), new, BY_DAMAGE))
    return damaged.exchanged(changes)


def reextract(damaged: Damaged, review: Review, rng: Random) -> Damaged:
    """Another tool: other marks, quotes and page breaks, ligatures, words cut at line ends."""
    for change in (_without_pages, _other_marks, _other_characters, _cut_words, _new_pages):
        damaged = change(damaged, review, rng)
    return damaged


def _without_pages(damaged: Damaged, review: Review, rng: Random) -> Damaged:
    del rng
    gaps = [Span(a.end, b.start) for f in review.findings for a, b in zip(f.spans, f.spans[1:], strict=False)]
    return damaged.exchanged((_now(damaged, gap), " ", BY_DAMAGE) for gap in gaps)


def _other_marks(damaged: Damaged, review: Review, rng: Random) -> Damaged:
    mark = rng.choice(MARKS)
    letter = parse(damaged.text)
    marks = [region.span for region in letter.regions if region.kind is RegionKind.MARK]
    inside = _places(damaged, review)
    free = [m for m in marks if not any(m.start < end and start < m.end for start, end in inside)]
    bare = [Span(s, s + len(damaged.text[s:e].rstrip())) for s, e in free]
    return damaged.exchanged((span, mark, BY_DAMAGE) for span in bare if span.start < span.end)


def _other_characters(damaged: Damaged, review: Review, rng: Random) -> Damaged:
    del review
    changes: list[tuple[Span, str, int | None]] = []
    for found in re.finditer(r"ffi|fi|fl|['’\"“”]|(?<=\w) (?=\w)", damaged.text):
        span, old = Span(*found.span()), found.group()
        if old == " ":
            changes += [(span, "\u00a0", None)] if rng.random() < 0.02 else []
        elif old in _QUOTES:
            changes.append((span, _QUOTES[old], None))
        elif rng.random() < 0.5:
            changes.append((span, _LIGATURES[old], None))
    return damaged.exchanged(changes)


def _cut_words(damaged: Damaged, review: Review, rng: Random) -> Damaged:
    cuts = [
        start + word.start() + rng.randint(3, 5)
        for start, end in _places(damaged, review)
        for word in re.finditer(r"[a-z]{9,}", damaged.text[start:end])
        if rng.random() < 0.05
    ]
    return damaged.exchanged((Span(at, at), rng.choice(("-\n", "\u00ad", "-\n  ")), BY_DAMAGE) for at in cuts)


def _new_pages(damaged: Damaged, review: Review, rng: Random) -> Damaged:
    spaces = [
        Span(start + space.start(), start + space.end())
        for start, end in rng.sample(_places(damaged, review), k=min(3, len(review.findings)))
        for space in rng.sample([*re.finditer(r"(?<=\w) (?=\w)", damaged.text[start:end])][:30] or [], k=1)
    ]
    return damaged.exchanged((space, rng.choice(PAGE_TURNS), FURNITURE) for space in spaces)


def reorder(damaged: Damaged, review: Review, rng: Random) -> Damaged:
    """The sections, each with its heading, in another order."""
    del review
    letter = parse(damaged.text)
    blocks = _sections(letter)
    shuffled = rng.sample(blocks, k=len(blocks))
    text: list[str] = []
    origins: list[int] = []
    at = 0
    for block, other in zip(blocks, shuffled, strict=True):
        for span in (Span(at, block.start), other):
            text.append(damaged.text[span.start : span.end])
            origins += damaged.origins[span.start : span.end]
        at = block.end
    return replace(damaged, text="".join(text) + damaged.text[at:], origins=(*origins, *damaged.origins[at:]))


def _sections(letter: Letter) -> list[Span]:
    """From a heading to the end of the last finding under it."""
    starts = [r.span.start for r in letter.regions if r.kind is RegionKind.HEADING]
    found = []
    for start, end in zip(starts, [*starts[1:], len(letter.text)], strict=True):
        ends = [f.spans[-1].end for f in letter.findings if start < f.spans[0].start and f.spans[-1].end <= end]
        if ends:
            found.append(Span(start, max(ends)))
    return found


def retype(damaged: Damaged, review: Review, rng: Random, rate: float = 0.01) -> Damaged:
    """Characters changed, lost and put in, `rate` of all that are not white space."""
    del review
    changes: list[tuple[Span, str, int | None]] = []
    for place, char in enumerate(damaged.text):
        if not char.isspace() and rng.random() < rate:
            kind = rng.choice(("change", "change", "change", "lose", "add"))
            other = rng.choice(_LETTERS)
            if kind == "change":
                changes.append((Span(place, place + 1), other, None))
            elif kind == "lose":
                changes.append((Span(place, place + 1), "", None))
            else:
                changes.append((Span(place + 1, place + 1), other, BY_DAMAGE))
    return damaged.exchanged(changes)


def drop(damaged: Damaged, review: Review, rng: Random) -> Damaged:
    """One to three findings are no longer in the letter."""
    gone = rng.sample(review.findings, k=min(rng.randint(1, 3), len(review.findings)))
    spans = [span for finding in gone for span in finding.spans]
    without = damaged.exchanged((_now(damaged, span), "", None) for span in spans)
    return replace(without, lost=damaged.lost | {finding.id for finding in gone})


def both(*damages: Damage) -> Damage:
    """Damages one after the other."""

    def all_of(damaged: Damaged, review: Review, rng: Random) -> Damaged:
        for damage in damages:
            damaged = damage(damaged, review, rng)
        return damaged

    return all_of


KINDS: Final[dict[str, Damage]] = {
    "rewrapped": rewrap,
    "re-extracted": reextract,
    "reordered": reorder,
    "1 % retyped": retype,
    "findings gone": drop,
    "all at once": both(drop, reorder, rewrap, reextract, retype),
}


def _now(damaged: Damaged, span: Span) -> Span:
    """Where a stretch of the undamaged text is now, from its first character that is left to its last."""
    here = [place for place, origin in enumerate(damaged.origins) if span.start <= origin < span.end]
    return Span(here[0], here[-1] + 1) if here else Span(0, 0)


def _places(damaged: Damaged, review: Review) -> list[Span]:
    stretches = (Span(f.spans[0].start, f.spans[-1].end) for f in review.findings if f.id not in damaged.lost)
    return [place for place in (_now(damaged, stretch) for stretch in stretches) if place.start < place.end]
