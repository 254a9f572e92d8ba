"""What couldn't be placed in a letter that has changed: rows below its findings, lines about one of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from curation import rebase_report
from curation.rebasing import Plan
from curation.review import Unplaced
from curation.spans import text_of
from parsers.display import visible
from tui.actions import key_of
from tui.kept import Kept
from tui.paint import (
    BAR,
    BLANK_GUTTER,
    GUTTER,
    NOTE_GUTTER,
    ItemKind,
    Line,
    Page,
    Row,
    Run,
    Sheet,
    Subject,
    findings_page,
)
from tui.paint_info import label
from tui.palette import DIM, DOUBT, KEY, TEXT, CategoryStyle
from tui.wrap import clip, wrap

PERHAPS, NOWHERE = "?", "x"
_HEADING = "COULDN'T BE PLACED"
_WORDS = {
    "moved": "placed, words changed",
    "asked": "perhaps here",
    "unplaced": "couldn't be placed",
    "changed": "read otherwise; nobody had touched it",
    "added": "new; nobody had touched it",
    "dropped": "gone; nobody had touched it",
}


def paint_all(subject: Subject, width: int, kept: Kept[tuple[Row, ...]] | None = None) -> Sheet:
    """The findings pane: metadata, findings, and below them what couldn't be placed."""
    page = findings_page(subject, width, kept)
    tray = subject.review.tray()
    if tray:
        number = f" {len(tray)} "
        gap = " " * max(width + GUTTER - cell_len(_HEADING) - len(number), 0)
        page.rows.append(Row(BLANK_GUTTER, ()))
        page.rows.append(Row((), (Run(clip(_HEADING, width), DOUBT), Run(gap + number, DIM))))
    for unplaced in tray:
        _add(page, subject, unplaced, width)
    return page.sheet()


def _add(page: Page, subject: Subject, unplaced: Unplaced, width: int) -> None:
    style = subject.style(unplaced.finding.category)
    page.add(ItemKind.UNPLACED, unplaced.finding.id, _rows(subject, unplaced, style, width))


def _rows(subject: Subject, unplaced: Unplaced, style: CategoryStyle, width: int) -> Iterator[Row]:
    sign = Run(PERHAPS if unplaced.proposed else NOWHERE, DOUBT)
    first = (Run(style.tag, style.sign), Run(" ", TEXT), sign, Run(BAR, style.bar))
    other = (Run("    ", TEXT), Run(BAR, style.bar))
    shown = visible(unplaced.finding.text)
    for number, (start, end) in enumerate(wrap(shown, width)):
        yield Row(first if number == 0 else other, (Run(shown[start:end], style.body),))
    finding = unplaced.finding
    there = f"perhaps here: {text_of(subject.review.text, unplaced.proposed)}" if unplaced.proposed else ""
    note = f"note: {finding.note}" if finding.note else ""
    question = f"question: {finding.question}" if finding.question else ""
    for words in filter(None, (there, note, question)):
        line = visible(" ".join(words.split()))
        for start, end in wrap(line, width):
            yield Row(NOTE_GUTTER, (Run(line[start:end], DIM),))


def about(unplaced: Unplaced) -> Line:
    """What can be done with one of them."""
    keys = [("select", "select it"), ("remove", "remove"), ("enter", "more")]
    where = "nothing in the letter is like it"
    if unplaced.proposed:
        where = f"a place is proposed ({unplaced.score * 100:.0f})"
        keys.insert(0, ("seen", "it is there"))
    runs = [label("place"), Run(f"{where}  ", DOUBT)]
    for action, words in keys:
        runs += [Run(f"{key_of(action)} ", KEY), Run(f"{words}  ", TEXT)]
    return tuple(runs)


def selecting(words: str) -> Line:
    """While its place is being selected in the letter."""
    return label("place"), Run("select where it stands: ", TEXT), Run(visible(" ".join(words.split())), DIM)


def report(plan: Plan) -> Sequence[Line]:
    """What putting a review on its letter does, finding by finding, as a text to read."""
    lines: list[Line] = [_paragraph("", rebase_report.summary(plan))]
    kind = ""
    for item in rebase_report.items(plan):
        if item.kind != kind:
            kind = item.kind
            lines += [(), (Run(_WORDS[kind].upper(), DOUBT),)]
        lines.append(_paragraph("", item.was or item.now))
        if item.was and item.now and item.was != item.now:
            lines.append(_paragraph("  now: ", item.now))
    return lines


def _paragraph(lead: str, words: str) -> Line:
    return Run(lead, DIM), Run(visible(" ".join(words.split())), TEXT)
