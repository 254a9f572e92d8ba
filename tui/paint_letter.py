"""The letter itself as rows of styled text, its findings highlighted where they stand. Pure, like `tui.paint`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from curation.review import Review, ReviewedFinding
from parsers.letter import Region, RegionKind
from tui.kept import Kept
from tui.paint import (
    BLANK_GUTTER,
    SPLIT_SIGN,
    Item,
    ItemKind,
    Row,
    Run,
    Sheet,
    Subject,
    gutters,
    sign_of,
)
from tui.palette import DIM, DOUBT, STRONG, TEXT, Ink
from tui.wrap import SEAM, Flow, line_flow, wrap

_INKS = {
    RegionKind.HEADING: STRONG,
    RegionKind.FURNITURE: DIM,
    RegionKind.MARK: DIM,
    RegionKind.LETTERHEAD: DIM,
    RegionKind.CLOSING: DIM,
    RegionKind.COPIES: DIM,
}


@dataclass(frozen=True, slots=True)
class _Cover:
    """What covers the letter: for each of the sorted `starts` an ink and the finding that stands there, if any."""

    starts: tuple[int, ...]
    inks: tuple[Ink, ...]
    findings: tuple[ReviewedFinding | None, ...]

    def at(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def between(self, start: int, end: int) -> tuple[object, ...]:
        """All that covers a stretch: two that are equal are painted alike."""
        first, last = self.at(start), bisect_left(self.starts, end)
        return self.starts[first + 1 : last], self.inks[first:last], self.findings[first:last]

    def finding(self, offset: int) -> ReviewedFinding | None:
        return self.findings[self.at(offset)]


def paint_letter(
    subject: Subject, regions: Sequence[Region], width: int, kept: Kept[tuple[Row, ...]] | None = None
) -> Sheet:
    """The letter's text, line by line as it stands, runs of blank lines shown as one.

    `regions` are the parser's, empty where they are not known; where the findings stand is the review's word. A finding
    that begins in the middle of a line begins a new row, so that its tag stands beside it. `kept` holds the pieces of
    lines that were painted before.
    """
    review, kept = subject.review, kept or Kept()
    cover = _cover(subject, regions)
    cuts = sorted(_cuts(subject, regions))
    rows: list[Row] = []
    items: list[Item] = []
    blank = True
    for start, end in _lines(review.text):
        if not review.text[start:end].strip(" \t\r\u00a0"):
            if not blank:
                rows.append(Row(BLANK_GUTTER, ()))
            blank = True
            continue
        blank = False
        for piece in _pieces(cuts, start, end):
            first, finding = len(rows), _finding_in(cover, piece)
            beside = (sign_of(subject, finding), subject.cut(finding.id)) if finding is not None else ()
            source = review.text, piece, cover.between(*piece), beside, width
            rows.extend(kept.get(piece, source, partial(_rows, subject, cover, piece, width)))
            _add_item(items, finding, str(piece[0]), first, len(rows))
    kept.turn()
    return Sheet(tuple(rows), tuple(items))


def _add_item(items: list[Item], finding: ReviewedFinding | None, key: str, first: int, last: int) -> None:
    """Lines of one finding that follow each other are one item."""
    if finding is None:
        items.append(Item(ItemKind.TEXT, key, first, last))
    elif items and items[-1].kind is ItemKind.FINDING and items[-1].key == finding.id:
        items[-1] = Item(ItemKind.FINDING, finding.id, items[-1].first, last)
    else:
        items.append(Item(ItemKind.FINDING, finding.id, first, last))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _cover(subject: Subject, regions: Sequence[Region]) -> _Cover:
    """Merge the regions with the review's findings; a finding's words take its category's ink."""
    spans = sorted(((span, f) for f in subject.review.findings for span in f.spans), key=lambda pair: pair[0])
    edges = {0, *(r.span.start for r in regions)}
    for (start, end), _ in spans:
        edges |= {start, end}
    starts = tuple(sorted(edges))
    region_starts = [r.span.start for r in regions]
    span_starts = [span.start for span, _ in spans]
    inks: list[Ink] = []
    findings: list[ReviewedFinding | None] = []
    for start in starts:
        number = bisect_right(span_starts, start) - 1
        covered = number >= 0 and spans[number][0].end > start
        finding = spans[number][1] if covered else None
        findings.append(finding)
        if finding is not None:
            inks.append(subject.style(finding.category).body)
        else:
            place = bisect_right(region_starts, start) - 1
            inks.append(_INKS.get(regions[place].kind, TEXT) if place >= 0 else TEXT)
    return _Cover(starts, tuple(inks), tuple(findings))


def _cuts(subject: Subject, regions: Iterable[Region]) -> Iterator[int]:
    """Where a new row begins inside a line: at a mark, at a finding that has none before it, at a split."""
    marks = {r.span.start for r in regions if r.kind is RegionKind.MARK}
    yield from marks
    ends = {r.span.end for r in regions if r.kind is RegionKind.MARK}
    text = subject.review.text
    for finding in subject.review.findings:
        start = finding.spans[0].start
        before = start
        while before > 0 and text[before - 1] in " \t\u00a0":
            before -= 1
        if not ends & {start, before}:
            yield start
    if subject.preview is not None and subject.preview.at is not None:
        yield subject.preview.at


def _pieces(cuts: Sequence[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    """A line cut at each of the sorted places that lie inside it."""
    inside = cuts[bisect_right(cuts, start) : bisect_right(cuts, end - 1)]
    yield from pairwise((start, *inside, end))


def _finding_in(cover: _Cover, piece: tuple[int, int]) -> ReviewedFinding | None:
    """The finding that stands in a piece of a line, None if there is none."""
    for place in range(cover.at(piece[0]), len(cover.starts)):
        if cover.starts[place] >= piece[1]:
            break
        if cover.findings[place] is not None:
            return cover.findings[place]
    return None


def _rows(subject: Subject, cover: _Cover, piece: tuple[int, int], width: int) -> tuple[Row, ...]:
    shown, rows = line_flow(subject.review.text, *piece), []
    finding = _finding_in(cover, piece)
    for start, end in wrap(shown.shown, width):
        offsets = shown.offsets[start:end]
        gutter = BLANK_GUTTER if finding is None else _gutter(subject, finding, offsets)
        rows.append(Row(gutter, tuple(_runs(cover, shown, start, end)), offsets))
    return tuple(rows)


def _gutter(subject: Subject, finding: ReviewedFinding, offsets: Sequence[int]) -> tuple[Run, ...]:
    """Tag and sign where the finding begins, the seam's sign where it goes on after a page, a plus at a split."""
    first, other = gutters(subject, finding)
    tag, gap, _, bar = first
    cut = subject.cut(finding.id)
    if offsets and cut is not None and offsets[0] <= cut <= offsets[-1]:
        return tag, gap, Run(SPLIT_SIGN, DOUBT), bar
    for number, (start, _end) in enumerate(finding.spans):
        if offsets and offsets[0] <= start <= offsets[-1]:
            return first if number == 0 else (tag, gap, Run(SEAM, DOUBT), bar)
    return other


def _runs(cover: _Cover, shown: Flow, start: int, end: int) -> Iterator[Run]:
    """One line of a flow in runs of one ink each."""
    while start < end:
        place = cover.at(shown.offsets[start])
        limit = cover.starts[place + 1] if place + 1 < len(cover.starts) else shown.offsets[end - 1] + 1
        stop = start + 1
        while stop < end and shown.offsets[stop] < limit:
            stop += 1
        yield Run(shown.shown[start:stop], cover.inks[place])
        start = stop


def line_of(review: Review, offset: int) -> int:
    """The number of the line of the letter that a code point stands in, counted from 1."""
    return review.text.count("\n", 0, offset) + 1
