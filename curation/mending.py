"""The operations of Recto that turn one reading of a letter into another: what a parse costs its reviewer.

The count is of a way that works, the one a reviewer would take; now and then there is a shorter one.

- Two findings belong together if either shares more text with the other than with any third.
- A read finding to which nothing belongs is removed; an agreed one to which nothing belongs is added.
- A read finding that belongs to several agreed ones is split before each but the first.
- Each end of a part that is not where it should be is moved. A slipped boundary between two findings is two moves, or
  one if only one of the ends is wrong.
- Parts that belong to one agreed finding are merged, one operation for each but the first.
- One in a category that is not the agreed one is recategorised.
- Where moving ends is not enough, because something inside has to go (a page number) or to come (what stands behind
  one), the parts are removed and the finding is added anew.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from curation.alignment import Finding, Pair, nearest_agreed, nearest_read, shares
from curation.spans import text_of, tidy
from parsers.letter import Span

OPERATIONS: Final = ("split", "remove", "move-boundary", "merge", "recategorise", "add")
"""The operations counted, in the order in which they can be done."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One operation, told by places of the text instead of ids.

    Attributes:
        operation: one of `OPERATIONS`.
        place: a code point of the finding concerned: where a split cuts, where the second one of a merge begins.
        side: `start` or `end` of a boundary that is moved, else "".
        to: where it is moved to, -1 for what moves nothing.
        grows: the finding becomes longer by it; the neighbour may have to make room first.
    """

    operation: str
    place: int
    side: str = ""
    to: int = -1
    grows: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A finding, or what a split leaves of one; its spans begin and end with a character that is not white space."""

    category: str
    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end


def edits(text: str, read: Sequence[Finding], agreed: Sequence[Finding]) -> tuple[Edit, ...]:
    """The operations that turn `read` into `agreed`, in an order in which they can be done.

    Args:
        text: the letter, in which the spans count.
        read: the findings as they are. Each is one stretch of the letter: none overlaps or lies around another. Where
            that doesn't hold there is a count too, but not of a way that works.
        agreed: the findings as they should be, likewise.

    Returns:
        The operations; none where category and folded text of all findings are the same. n log n in the text's length.
    """
    ours, theirs = _in_order(text, read), _in_order(text, agreed)
    pairs = _belonging(ours, theirs)
    belonging = {pair.read for pair in pairs}
    found = [Edit("remove", part.start) for i, part in enumerate(ours) if i not in belonging]
    parts: dict[int, list[_Part]] = {}
    for i, group in groupby(pairs, key=lambda pair: pair.read):
        places = [pair.agreed for pair in group]
        cuts = [theirs[j].start for j in places[1:]]
        found += [Edit("split", cut) for cut in cuts]
        for j, (start, end) in zip(places, pairwise((0, *cuts, len(text))), strict=True):
            parts.setdefault(j, []).extend(_cut(text, ours[i], start, end))
    for j, wanted in enumerate(theirs):
        found += _mended(text, parts.get(j, []), wanted)
    return tuple(sorted(found, key=lambda edit: (OPERATIONS.index(edit.operation), edit.grows, edit.place)))


def _in_order(text: str, findings: Sequence[Finding]) -> list[_Part]:
    parts = [_Part(f.category, tidy(text, f.spans)) for f in findings]
    return sorted((part for part in parts if part.spans), key=lambda part: part.spans)


def _belonging(read: Sequence[_Part], agreed: Sequence[_Part]) -> list[Pair]:
    shared = shares(read, agreed)
    of_read, of_agreed = nearest_agreed(shared), nearest_read(shared)
    return sorted(p for p in shared if of_read[p.read] == p.agreed or of_agreed[p.agreed] == p.read)


def _cut(text: str, part: _Part, start: int, end: int) -> Iterator[_Part]:
    spans = tidy(text, _clipped(part.spans, start, end))
    if spans:
        yield _Part(part.category, spans)


def _mended(text: str, parts: Sequence[_Part], wanted: _Part) -> Iterator[Edit]:
    """What makes `wanted` of its parts, in no order."""
    targets = _targets(text, parts, wanted)
    moved = [span for part, target in zip(parts, targets, strict=True) for span in _stretched(part.spans, target)]
    if text_of(text, tidy(text, moved)) != text_of(text, wanted.spans):
        yield from (Edit("remove", part.start) for part in parts)
        yield Edit("add", wanted.start)
        return
    for part, target in zip(parts, targets, strict=True):
        inside = max(part.start, target.start)
        if part.start != target.start:
            yield Edit("move-boundary", inside, "start", target.start, target.start < part.start)
        if part.end != target.end:
            yield Edit("move-boundary", inside, "end", target.end, target.end > part.end)
    yield from (Edit("merge", target.start) for target in targets[1:])
    if parts[0].category != wanted.category:
        yield Edit("recategorise", wanted.start)


def _targets(text: str, parts: Sequence[_Part], wanted: _Part) -> list[Span]:
    """From where to where each part should go, so that one goes on where the one before ends."""
    if not parts:
        return []
    later = [_first_from(wanted.spans, part.start) for part in parts[1:]]
    ends = [*(_last_before(text, wanted.spans, start) for start in later), wanted.end]
    return [Span(start, end) for start, end in zip((wanted.start, *later), ends, strict=True)]


def _first_from(spans: tuple[Span, ...], place: int) -> int:
    """The first code point of `spans` at or after `place`."""
    found = min(bisect_right(spans, place, key=lambda span: span.end), len(spans) - 1)
    return max(place, spans[found].start)


def _last_before(text: str, spans: tuple[Span, ...], place: int) -> int:
    """The end of what `spans` hold before `place`, without white space."""
    found = max(bisect_left(spans, place, key=lambda span: span.start) - 1, 0)
    end = min(place, spans[found].end)
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _clipped(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """`curation.spans.clipped` in the time of what it gives: a finding of many spans may be cut many times."""
    first = bisect_right(spans, start, key=lambda span: span.end)
    last = bisect_left(spans, end, key=lambda span: span.start)
    return tuple(Span(max(s.start, start), min(s.end, end)) for s in spans[first:last])


def _stretched(spans: tuple[Span, ...], to: Span) -> tuple[Span, ...]:
    """`spans` with both ends moved, as the operation does it: outwards over everything, inwards by cutting off."""
    first, last = spans[0], spans[-1]
    if to.start < first.start:
        spans = (Span(to.start, first.end), *spans[1:])
    if to.end > last.end:
        spans = (*spans[:-1], Span(spans[-1].start, to.end))
    return _clipped(spans, to.start, to.end)
