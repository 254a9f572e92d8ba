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
    group = one.group
    given = Counter(theme for themes in one.themes.values() for theme in themes)
    has = "  ".join(f"{theme} {number}/{len(group.entries)}" for theme, number in _most(given))
    line = (
        Run(f"{group.score:3.0f} ", STRONG),
        Run(visible(", ".join(group.words[:8])) or "alike", STRONG),
        Run(f"  {counted(len(group.authorities), 'council')}", TEXT),
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
