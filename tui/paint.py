"""A review as rows of styled text: what the findings pane shows. Pure, so that it is tested without an app.

Every text that is not the program's own enters through `parsers.display.visible` (in `tui.wrap`), and what comes out is
runs of text with inks, never markup. A row keeps which code point of the letter each character stands for, so that a
caret and the preview of a split land where they should at any width.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, partial
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from parsers.display import visible
from tui.kept import Kept
from tui.palette import DIM, DOUBT, QUESTION, TEXT, CategoryStyle, Ink, unknown_category
from tui.wording import metadata_rows, unknown_metadata
from tui.wrap import Flow, Stretch, clip, flow, wrap

if TYPE_CHECKING:
    from curation.review import Review, ReviewedFinding

GUTTER = 5
"""Cells between the cursor's sign and the text: tag, space, sign, bar."""
SEEN, TO_CHECK, ASKED = "√", "?", "!"
BAR, SPLIT_SIGN = "│", "+"


class Run(NamedTuple):
    """A stretch of text in one ink."""

    text: str
    ink: Ink


Line = tuple[Run, ...]


class ItemKind(StrEnum):
    """What the cursor can stand on."""

    METADATA = "metadata"
    UNPLACED = "unplaced"
    FINDING = "finding"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the cursor can stand on: rows `first` to `last` (half-open). `key` is its field or finding id."""

    kind: ItemKind
    key: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the gutter (`GUTTER` cells, or none where the body begins there) and the text beside it.

    `offsets` gives for each character of the body the code point of the letter that it stands for; it is empty for rows
    that are no text of the letter.
    """

    gutter: tuple[Run, ...]
    body: tuple[Run, ...]
    offsets: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The body without inks."""
        return "".join(run.text for run in self.body)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of a pane, and what the cursor can stand on, in order.

    `index` gives the number of an item by its key, where there are too many to look through.
    """

    rows: Sequence[Row] = ()
    items: Sequence[Item] = ()
    index: Mapping[str, int] | None = None

    def place(self, kind: ItemKind, key: str) -> int | None:
        """The number of the first item of that kind and key, or None."""
        if self.index is not None:
            return self.index.get(key)
        return next((n for n, item in enumerate(self.items) if item.kind is kind and item.key == key), None)

    def place_at(self, offset: int) -> int | None:
        """The number of the item that holds a code point of the letter, or the first one after it, or None."""
        row = next((n for n, row in enumerate(self.rows) if row.offsets and row.offsets[-1] >= offset), None)
        return None if row is None else next((n for n, item in enumerate(self.items) if item.last > row), None)


class Title(NamedTuple):
    """What stands in the frame of a pane: a name, and what is said of it."""

    name: str
    rest: str = ""
    shorter: str = ""

    def fitted(self, width: int) -> str:
        """In at most `width` cells: the shorter name where the name has no room, cut as far as half of `width`."""
        whole = self.name + self.rest
        if self.shorter and cell_len(whole) > width:
            room = width - cell_len(self.rest)
            whole = (clip(self.shorter, room) if room >= width // 2 else self.shorter) + self.rest
        return clip(whole, width)


@dataclass(frozen=True, slots=True)
class Preview:
    """A change that is only shown.

    Attributes:
        finding: the one that is changed, or made.
        at: for a split, the code point at which its second part begins.
        sign: for anything else, what stands in its gutter.
        review: the review as it would be; None for a split, which is shown as a cut in the review as it is.
    """

    finding: str
    at: int | None = None
    sign: str = SPLIT_SIGN
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a pane is to show.

    Attributes:
        review: the state.
        styles: the categories of its letter family.
        doubtful: ids of findings with something to check.
        preview: the change being previewed, if any.
    """

    review: Review
    styles: Mapping[str, CategoryStyle]
    doubtful: frozenset[str] = frozenset()
    preview: Preview | None = None

    def cut(self, finding: str) -> int | None:
        """Where a finding would be split, as the preview says."""
        return self.preview.at if self.preview is not None and self.preview.finding == finding else None

    def style(self, category: str) -> CategoryStyle:
        """How a category looks; one that no profile knows is shown all the same."""
        return self.styles.get(category) or unknown_category(category)


BLANK_GUTTER = (Run(" " * GUTTER, TEXT),)
NOTE_GUTTER = (Run("    ", TEXT), Run(BAR, DIM))


@dataclass
class Page:
    """Rows and items while a sheet is being painted."""

    rows: list[Row] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    def add(self, kind: ItemKind, key: str, rows: Iterable[Row]) -> None:
        """Append rows that the cursor can stand on."""
        first = len(self.rows)
        self.rows.extend(rows)
        self.items.append(Item(kind, key, first, len(self.rows)))

    def sheet(self) -> Sheet:
        """What was painted."""
        return Sheet(tuple(self.rows), tuple(self.items))


def paint_findings(subject: Subject, width: int, kept: Kept[tuple[Row, ...]] | None = None) -> Sheet:
    """The letter's metadata, then its findings under the headings of their categories, in the order of the text.

    `width` is the cells for the body; the gutter is beside it. `kept` holds the findings that were painted before.
    """
    return findings_page(subject, width, kept).sheet()


def findings_page(subject: Subject, width: int, kept: Kept[tuple[Row, ...]] | None = None) -> Page:
    """`paint_findings`, for whoever adds more below."""
    page, kept = Page(), kept or Kept()
    for name, label, value in metadata_rows(subject.review.metadata):
        page.add(ItemKind.METADATA, name, _labelled(label, value, width))
    unknown = ", ".join(unknown_metadata(subject.review.metadata))
    page.add(
        ItemKind.METADATA, MORE, _labelled("add", f"unknown: {unknown}" if unknown else "another copy", width, DIM)
    )
    for category, group in groupby(subject.review.findings, key=lambda f: f.category):
        findings = tuple(group)
        page.rows.extend(_heading(subject.style(category), len(findings), width, blank=bool(page.rows)))
        for finding in findings:
            sign, cut = sign_of(subject, finding), subject.cut(finding.id)
            source = subject.review.text, finding, sign, cut, subject.style(category), width
            rows = kept.get(finding.id, source, partial(_finding, subject, finding, width))
            page.add(ItemKind.FINDING, finding.id, rows)
    kept.turn()
    if not subject.review.findings:
        page.rows.append(Row(BLANK_GUTTER, (Run(clip("no findings", width), DIM),)))
    return page


LABEL = 11
"""Cells of the column of labels in the rows of metadata."""


MORE = "+"
"""The key of the row under the metadata that adds what is not there."""


def _labelled(label: str, value: str, width: int, ink: Ink = TEXT) -> Iterator[Row]:
    """`label      value`, the value wrapped beside its label."""
    column = min(LABEL, max(width // 3, 4), max(width - 2, 0))
    shown = visible(value)
    for number, (start, end) in enumerate(wrap(shown, width - column)):
        head = clip(label, max(column - 1, 0)) if number == 0 else ""
        yield Row(BLANK_GUTTER, (Run(head.ljust(column), DIM), Run(shown[start:end], ink)))


def _heading(style: CategoryStyle, count: int, width: int, *, blank: bool) -> Iterator[Row]:
    """The category in capitals over its findings, with their number at the right; it begins in the gutter."""
    if blank:
        yield Row(BLANK_GUTTER, ())
    number = f" {count} "
    room = width + GUTTER - len(number)
    label = clip(visible(style.label).upper(), max(room, 1))
    gap = " " * max(room - cell_len(label), 0)
    yield Row((), (Run(label, Ink(style.colour, "bold")), Run(gap + number, DIM)))


def sign_of(subject: Subject, finding: ReviewedFinding) -> Run:
    """One sign for a finding's state: a change before a question, that before a doubt, a doubt before seen."""
    preview = subject.preview
    if preview is not None and preview.finding == finding.id and preview.at is None:
        return Run(preview.sign, DOUBT)
    if finding.question:
        return Run(ASKED, QUESTION)
    if finding.id in subject.doubtful:
        return Run(TO_CHECK, DOUBT)
    return Run(SEEN, Ink("green", "bold")) if finding.seen else Run(" ", TEXT)


def gutters(subject: Subject, finding: ReviewedFinding) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The gutter of a finding's first row, and of its other rows."""
    style = subject.style(finding.category)
    first = (Run(style.tag, style.sign), Run(" ", TEXT), sign_of(subject, finding), Run(BAR, style.bar))
    return first, (Run("    ", TEXT), Run(BAR, style.bar))


def _finding(subject: Subject, finding: ReviewedFinding, width: int) -> tuple[Row, ...]:
    """The finding's words, then what a reviewer wrote beside them."""
    return tuple(_rows(subject, finding, width))


def _rows(subject: Subject, finding: ReviewedFinding, width: int) -> Iterator[Row]:
    words = flow(subject.review.text, finding.spans)
    at = subject.cut(finding.id)
    cut = None if at is None else words.index(at)
    first, other = gutters(subject, finding)
    body = subject.style(finding.category).body
    for number, line in enumerate(wrap(words.shown[:cut], width)):
        yield Row(first if number == 0 else other, *inked(words, line, body))
    if cut is not None:
        yield from _second_part(subject, finding, words, cut, width)
    for label, note in (("note", finding.note), ("question", finding.question)):
        if note:
            yield from _remark(f"{label}: {note}", width)


def _second_part(subject: Subject, finding: ReviewedFinding, words: Flow, cut: int, width: int) -> Iterator[Row]:
    """The part that a split would make, below a rule: its gutter has a plus instead of a sign."""
    style = subject.style(finding.category)
    head = (Run(style.tag, style.sign), Run(" ", TEXT), Run(SPLIT_SIGN, DOUBT), Run(BAR, style.bar))
    rest = (Run("    ", TEXT), Run(BAR, style.bar))
    yield Row((Run("----+", DOUBT),), (Run("-" * width, DOUBT),))
    for number, (start, end) in enumerate(wrap(words.shown[cut:], width)):
        yield Row(head if number == 0 else rest, *inked(words, Stretch(start + cut, end + cut), style.body))


def _remark(text: str, width: int) -> Iterator[Row]:
    for paragraph in text.splitlines():
        shown = visible(paragraph)
        for start, end in wrap(shown, width):
            yield Row(NOTE_GUTTER, (Run(shown[start:end], DIM),))


def inked(words: Flow, line: Stretch, ink: Ink) -> tuple[tuple[Run, ...], tuple[int, ...]]:
    """The runs of one line of a flow with the offsets of its characters; signs for joined pages stand out."""
    runs: list[Run] = []
    start = line.start
    for seam in sorted(s for s in words.seams if line.start <= s < line.end):
        runs += (Run(words.shown[start:seam], ink), Run(words.shown[seam], DOUBT))
        start = seam + 1
    runs.append(Run(words.shown[start : line.end], ink))
    return tuple(run for run in runs if run.text), words.offsets[line.start : line.end]


def fitted(line: Line, width: int) -> Line:
    """A line of at most `width` cells; where it had to be cut, even between two runs, it ends in a sign."""
    if line_width(line) <= width:
        return tuple(line)
    runs: list[Run] = []
    room = width - 1
    for run in line:
        used = cell_len(run.text)
        if used > room:
            # The space stands for what follows: a run that would just fit is cut as well.
            runs.append(Run(clip(f"{run.text} ", room + 1), run.ink))
            break
        runs.append(run)
        room -= used
    return tuple(runs)


_SHOWN_ON_SPACES = ("reverse", "underline", "italic")


def joined(line: Line) -> Line:
    """The same line in as few runs as it can be told in: each costs a colour and a reset on the way to the terminal.

    Spaces take the ink of what stands beside them where it would not show.
    """
    runs: list[Run] = []
    for run in filter(itemgetter(0), line):
        if runs and (ink := _common_ink(runs[-1], run)) is not None:
            runs[-1] = Run(runs[-1].text + run.text, ink)
        else:
            runs.append(run)
    return tuple(runs)


def _common_ink(first: Run, second: Run) -> Ink | None:
    """One ink in which both runs look as they do, None if there is none."""
    if first.ink == second.ink:
        return first.ink
    if _shows_on_spaces(first.ink) or _shows_on_spaces(second.ink):
        return None
    if second.text.isspace():
        return first.ink
    return second.ink if first.text.isspace() else None


@cache
def _shows_on_spaces(ink: Ink) -> bool:
    return any(word in ink.style for word in _SHOWN_ON_SPACES)


def line_width(line: Line) -> int:
    """Cells of a line."""
    return sum(cell_len(run.text) for run in line)
