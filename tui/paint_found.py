"""Places where words were found, as rows: each letter's name, and below it a row a place. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rich.cells import cell_len

from curation.searching import Hit
from parsers.display import visible
from tui.on_demand import OnDemand
from tui.paint import GUTTER, Item, ItemKind, Row, Run, Sheet, fitted
from tui.palette import CURSOR as HIT
from tui.palette import DIM, QUESTION, STRONG, TEXT, CategoryStyle, unknown_category
from tui.wrap import clip

_SIGNS: Final = {"note": "no", "question": "! ", "letter's note": "no", "letter": "  "}
_BEFORE: Final = 0.35
"""The share of a row that what stands before the words may take."""


def paint_found(
    hits: Sequence[Hit], names: Mapping[str, str], styles: Mapping[str, CategoryStyle], width: int
) -> Sheet:
    """The hits of each letter below its name, in the order given. The cursor stands on hits, `key` is their number."""
    rows: list[int] = []
    items: list[int] = []
    counts: dict[str, int] = {}
    for number, hit in enumerate(hits):
        if hit.letter not in counts:
            # A letter's name is written as the number of its first hit, turned round.
            rows.append(~number)
        counts[hit.letter] = counts.get(hit.letter, 0) + 1
        items.append(len(rows))
        rows.append(number)

    def row(place: int) -> Row:
        number = rows[place]
        if number >= 0:
            return Row((), fitted(_hit_runs(hits[number], styles, width + GUTTER), width + GUTTER))
        key = hits[~number].letter
        times = counts[key]
        name = Run(visible(names.get(key, key)), STRONG)
        line = (name, Run(f"  {visible(key)} · {times} place{'' if times == 1 else 's'}", DIM))
        return Row((), fitted(line, width + GUTTER))

    def item(number: int) -> Item:
        return Item(ItemKind.TEXT, str(number), items[number], items[number] + 1)

    index = {str(number): number for number in range(len(hits))}
    return Sheet(OnDemand(len(rows), row), OnDemand(len(hits), item), index)


def _hit_runs(hit: Hit, styles: Mapping[str, CategoryStyle], width: int) -> tuple[Run, ...]:
    before, found, after = visible(hit.before), visible(hit.found), visible(hit.after)
    room = max(int(width * _BEFORE), 8)
    if cell_len(before) > room:
        before = "…" + before[-(room - 1) :].partition(" ")[2]
    sign = _sign(hit, styles)
    words = (
        Run(before, DIM),
        Run(clip(found, max(width // 2, 8)), HIT),
        Run(after, TEXT),
    )
    return (Run("  ", TEXT), sign, Run("  ", TEXT), *words)


def _sign(hit: Hit, styles: Mapping[str, CategoryStyle]) -> Run:
    """The tag of the finding's category; for what a reviewer wrote, a sign of its own."""
    if hit.where == "finding":
        style = styles.get(hit.category) or unknown_category(hit.category)
        return Run(style.tag, style.sign)
    return Run(_SIGNS[hit.where], QUESTION)
