"""The codebook as rows: its themes by group, and all that it says of one. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from rich.cells import cell_len

from curation.codebook import Codebook, Theme
from curation.matrix import Cell
from curation.matrix import Row as Counts
from parsers.display import visible
from tui.paint import GUTTER, ItemKind, Line, Page, Row, Run, Sheet, fitted
from tui.palette import DIM, DOUBT, STRONG, TEXT, CategoryStyle, unknown_category
from tui.wording import counted
from tui.wrap import clip, wrap

_COUNT = 10
"""Cells for `letters (findings)`."""
_LABEL = 12


def paint_codebook(codebook: Codebook, total: Counts | None, width: int) -> Sheet:
    """The themes of each group, those that are not offered last; the cursor stands on themes, `key` is the id.

    Without a `total`, which is not counted yet, no figures stand beside them.
    """
    width += GUTTER
    cells = total.cells if total else {}
    page = Page()
    for group in dict.fromkeys(theme.group for theme in codebook.themes.values()):
        page.rows.append(Row((), (Run(clip(visible(group or "no group").upper(), width), STRONG),)))
        members = [theme for theme in codebook.themes.values() if theme.group == group]
        for theme in sorted(members, key=lambda theme: bool(theme.merged_into or theme.archived)):
            page.add(ItemKind.TEXT, theme.id, (Row((), _theme(theme, cells.get(theme.id, Cell()), width)),))
    if strange := [theme for theme in cells if theme not in codebook.themes]:
        page.rows.append(Row((), (Run(clip("NOT IN THE CODEBOOK", width), DOUBT),)))
        for theme_id in sorted(strange):
            unknown = Theme(theme_id, theme_id)
            page.add(ItemKind.TEXT, theme_id, (Row((), _theme(unknown, cells[theme_id], width)),))
    return page.sheet()


def _theme(theme: Theme, cell: Cell, width: int) -> Line:
    gone = state(theme)
    count = str(cell) or ("" if gone else "·")
    room = max(width - _COUNT - 2, 4)
    name = clip(f"{visible(theme.label)}{gone}", room)
    ink = DIM if gone else TEXT
    pad = " " * max(room - cell_len(name), 0)
    return Run(f"  {name}{pad}", ink), Run(count.rjust(_COUNT), TEXT if cell.facts else DIM)


def state(theme: Theme) -> str:
    """What a theme is that is not offered any more, in brackets; "" for one that is."""
    if theme.merged_into:
        return f" (merged into {visible(theme.merged_into)})"
    return " (archived)" if theme.archived else ""


def paint_theme(
    codebook: Codebook, theme: Theme | None, total: Counts | None, styles: Mapping[str, CategoryStyle], width: int
) -> Sheet:
    """All that the codebook says of a theme, and how often letters speak of it, once they are counted."""
    page = Page()
    if theme is None:
        return page.sheet()
    for number, (label, words) in enumerate(_facts(codebook, theme, total)):
        if words:
            page.add(ItemKind.TEXT, str(number), _labelled(label, words, width + GUTTER))
    cell = total.cell(theme.id) if total else Cell()
    page.add(ItemKind.TEXT, "counts", (Row((), fitted(_by_category(cell, styles), width + GUTTER)),))
    return page.sheet()


def _facts(codebook: Codebook, theme: Theme, total: Counts | None) -> Iterator[tuple[str, str]]:
    yield "theme", f"{theme.label}{state(theme)}"
    yield "id", theme.id
    yield "definition", theme.definition
    yield "use when", theme.use_when
    yield "avoid when", theme.avoid_when
    yield "example", theme.example
    yield "not", theme.not_example
    yield "phrases", ", ".join(theme.phrases)
    yield "merged here", ", ".join(old.id for old in codebook.merged(theme.id))
    if total is None:
        yield "spoken of", "the letters are being counted"
        return
    cell = total.cell(theme.id)
    letters, findings = counted(total.letters, "letter"), counted(total.findings, "finding")
    yield "spoken of", f"{cell.letters} of {letters}, {cell.findings} of {findings}"


def _labelled(label: str, words: str, width: int) -> Iterator[Row]:
    shown = visible(words)
    for number, (start, end) in enumerate(wrap(shown, max(width - _LABEL, 8))):
        head = label if number == 0 else ""
        yield Row((), (Run(head.ljust(_LABEL), DIM), Run(shown[start:end], TEXT)))


def _by_category(cell: Cell, styles: Mapping[str, CategoryStyle]) -> Line:
    """`ST 4  AD 9`: a strength here, a weakness there."""
    counts = Counter(fact.category for fact in cell.facts)
    runs = [Run(" " * _LABEL, TEXT)]
    for category in (*styles, *(c for c in counts if c not in styles)):
        if counts[category]:
            style = styles.get(category) or unknown_category(category)
            runs += (Run(style.tag, style.sign), Run(f" {counts[category]}  ", TEXT))
    return tuple(runs)
