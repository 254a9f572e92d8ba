"""The queue of doubts through many letters: one row a doubt, by letter or by code. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from curation.summary import Summary
from parsers.display import visible
from tui.on_demand import OnDemand
from tui.paint import GUTTER, Item, ItemKind, Row, Run, Sheet, fitted, line_width
from tui.palette import DIM, DOUBT, STRONG
from tui.wording import row_title

_CODE_CELLS = 18


class Waiting(NamedTuple):
    """A doubt that waits: its letter, its number among the open doubts of that letter (from 0), and its code."""

    letter: str
    number: int
    code: str


def waiting(letters: Iterable[Summary], *, code: str = "", by_code: bool = False) -> tuple[Waiting, ...]:
    """The open doubts of letters, in their order and in that of the text; only those of `code` if one is given.

    `by_code` puts those of one code together, the most frequent code first.
    """
    found = [
        Waiting(letter.key, number, own)
        for letter in letters
        for number, own in enumerate(letter.checks)
        if code in ("", own)
    ]
    if by_code:
        counts = Counter(one.code for one in found)
        found.sort(key=lambda one: (-counts[one.code], one.code))
    return tuple(found)


def after(queue: Sequence[Waiting], place: int) -> Waiting | None:
    """What follows the doubt at `place`, as it is called once that is settled; of the last one, what precedes it."""
    found = queue[place + 1 : place + 2] or queue[max(place - 1, 0) : place]
    if not found:
        return None
    gone, one = queue[place], found[0]
    moves_up = one.letter == gone.letter and one.number > gone.number
    return one._replace(number=one.number - 1) if moves_up else one


def paint_queue(queue: Sequence[Waiting], rows: Mapping[str, Summary], width: int) -> Sheet:
    """A row a doubt, from the gutter on: its code, its letter, which of the letter's it is."""
    keys = [f"{one.letter}#{one.number}" for one in queue]

    def row(place: int) -> Row:
        one = queue[place]
        letter = rows[one.letter]
        code = Run(f"{visible(one.code):<{_CODE_CELLS}}", DOUBT)
        which = Run(f"  {one.number + 1} of {letter.to_check}", DIM)
        title = Run(visible(row_title(letter)), STRONG)
        if line_width((code, title, which)) > width + GUTTER:
            title = Run(visible(row_title(letter, short=True)), STRONG)
        return Row((), fitted((code, title, which, Run(f"  {visible(one.letter)}", DIM)), width + GUTTER))

    items = OnDemand(len(queue), lambda n: Item(ItemKind.TEXT, keys[n], n, n + 1))
    return Sheet(OnDemand(len(queue), row), items, {key: number for number, key in enumerate(keys)})
