"""Groups as rows: what a group has in common and whose it is, and below it a row a finding. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from curation.entry import Entry
from curation.groups import Group
from parsers.display import visible
from tui.paint import GUTTER, ItemKind, Page, Row, Run, Sheet, fitted
from tui.palette import DIM, STRONG, TEXT, CategoryStyle, unknown_category
from tui.wording import counted
from tui.wrap import clip

_FEWEST = 12
"""Cells that the words in common have at least."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """A group, and the themes that its findings have now, by `LETTER#ID`."""

    group: Group
    themes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def paint_groups(groups: Sequence[Grouped], styles: Mapping[str, CategoryStyle], width: int) -> Sheet:
    """Items are the groups, by their ids, and their findings, by `GROUP LETTER#ID`."""
    page = Page()
    for one in groups:
        if page.rows:
            page.rows.append(Row((), ()))
        page.add(ItemKind.TEXT, one.group.id, [_heading(one, width + GUTTER)])
        for entry in one.group.entries:
            themes = one.themes.get(entry.ref, ())
            page.add(ItemKind.TEXT, f"{one.group.id} {entry.ref}", [_row(entry, themes, styles, width + GUTTER)])
    if not groups:
        page.rows.append(Row((), (Run("no findings of several councils are alike enough", DIM),)))
    return page.sheet()


def _heading(one: Grouped, width: int) -> Row:
    """How alike, the words in common, of which some give way to how many councils there are, and themes if they fit."""
    group = one.group
    given = Counter(theme for themes in one.themes.values() for theme in themes)
    has = "  ".join(f"{theme} {number}/{len(group.entries)}" for theme, number in _most(given))
    score, councils = f"{group.score:3.0f} ", f"  {counted(len(group.authorities), 'council')}"
    words = visible(", ".join(group.words[:8])) or "alike"
    # One cell more: for the sign that what follows is cut.
    room = width - len(score) - len(councils) - 1
    line = (
        Run(score, STRONG),
        Run(clip(words, max(room, _FEWEST)), STRONG),
        Run(councils, TEXT),
        Run(f"  {visible(has)}" if has else "  no theme yet", DIM),
    )
    return Row((), fitted(line, width))


def _most(given: Counter[str]) -> Iterator[tuple[str, int]]:
    yield from sorted(given.items(), key=lambda one: (-one[1], one[0]))[:3]


def _row(entry: Entry, themes: Sequence[str], styles: Mapping[str, CategoryStyle], width: int) -> Row:
    style = styles.get(entry.category) or unknown_category(entry.category)
    year = f" {entry.year}" if entry.year else ""
    has = f" [{', '.join(themes)}]" if themes else ""
    line = (
        Run("    ", TEXT),
        Run(style.tag, style.sign),
        Run(f" {visible(entry.authority)}{year}", TEXT),
        Run(visible(has), STRONG),
        Run(f"  {visible(entry.text)}", DIM),
    )
    return Row((), fitted(line, width))
