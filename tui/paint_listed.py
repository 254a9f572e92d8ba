"""Findings from many letters as rows, one a line, under headings. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from parsers.display import visible
from tui.headed import headed
from tui.paint import Line, Run, Sheet
from tui.palette import DIM, STRONG, TEXT, CategoryStyle, unknown_category
from tui.wrap import clip, wrap

_WHO = 18


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding in a list: under which heading, where it stands, and what is said of it."""

    heading: str
    letter: str
    finding: str
    category: str
    who: str
    when: str
    text: str
    remark: str = ""


def paint_listed(found: Sequence[Listed], styles: Mapping[str, CategoryStyle], width: int) -> Sheet:
    """The findings under their headings, in the order given. `key` is their number."""

    def heading(number: int, count: int) -> Line:
        return Run(visible(found[number].heading).upper(), STRONG), Run(f"  {count}", DIM)

    return headed([one.heading for one in found], lambda number: _line(found[number], styles), heading, width)


def _line(one: Listed, styles: Mapping[str, CategoryStyle]) -> Line:
    style = styles.get(one.category) or unknown_category(one.category)
    who = clip(visible(one.who), _WHO - 1)
    return (
        Run(style.tag, style.sign),
        Run(f" {who}{' ' * (_WHO - cell_len(who))}", TEXT),
        Run(f"{visible(one.when):<5}", DIM),
        Run(visible(f"{one.remark}: " if one.remark else ""), DIM),
        Run(visible(" ".join(one.text.split())), TEXT),
    )


def whole(one: Listed | None, width: int, most: int) -> list[Line]:
    """The words of the finding under the cursor, `most` lines of them."""
    if one is None:
        return []
    text = visible(" ".join(f"{one.remark}: {one.text}".split() if one.remark else one.text.split()))
    lines: list[Line] = [(Run(f" {text[start:end]}", TEXT),) for start, end in wrap(text, max(width - 2, 8))]
    if len(lines) > most:
        last = "".join(run.text for run in lines[most - 1])
        lines = [*lines[: most - 1], (Run(clip(f"{last} …", max(width - 2, 8)), TEXT),)]
    return lines
