"""Places where words were found, as rows: each letter's name, and below it a row a place. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rich.cells import cell_len

from curation.searching import Hit
from parsers.display import visible
from tui.headed import headed
from tui.paint import GUTTER, Line, Run, Sheet
from tui.palette import CURSOR as HIT
from tui.palette import DIM, QUESTION, STRONG, TEXT, CategoryStyle, unknown_category
from tui.wording import counted
from tui.wrap import clip

_SIGNS: Final = {"note": "no", "question": "! ", "letter's note": "no", "letter": "  "}
_BEFORE: Final = 0.35
"""The share of a row that what stands before the words may take."""


def paint_found(
    hits: Sequence[Hit], names: Mapping[str, str], styles: Mapping[str, CategoryStyle], width: int
) -> Sheet:
    """The hits of each letter below its name, in the order given. The cursor stands on hits, `key` is their number."""

    def name(number: int, count: int) -> Line:
        key = hits[number].letter
        return Run(visible(names.get(key, key)), STRONG), Run(f"  {visible(key)} · {counted(count, 'place')}", DIM)

    def line(number: int) -> Line:
        return _hit_runs(hits[number], styles, width + GUTTER)

    return headed([hit.letter for hit in hits], line, name, width)


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
