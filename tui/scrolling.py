"""Which rows of a pane are in view. Pure: rows are counted from 0, `top` is the first in view, `page` how many are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from parsers.letter import Span
from tui.paint import Item, ItemKind, Sheet


def clamped(top: int, page: int, rows: int) -> int:
    """`top`, kept inside the text."""
    return min(max(top, 0), max(rows - page, 0))


def revealed(item: Item | None, top: int, page: int, rows: int, *, gently: bool = False) -> int:
    """The top that shows an item: scrolled by half a page, or more if need be, where it is not in view.

    `gently` leaves an item that is longer than the view where it is, as long as some of it is seen.
    """
    if item is None:
        return clamped(top, page, rows)
    half, long = max(page // 2, 1), item.last - item.first > page
    whole = top <= item.first and item.last <= top + page
    partly = item.first < top + page and item.last > top
    if whole or (gently and long and partly):
        return clamped(top, page, rows)
    if item.first < top:
        top = min(item.first, max(top - half, 0 if long else item.last - page, 0))
    else:
        top = min(item.first, max(top + half, item.last - page))
    return clamped(top, page, rows)


def stepped(item: Item, top: int, page: int, by: int) -> int | None:
    """The top half a page on (1) or back (-1) through an item longer than the view; None where its end is in view."""
    half = max(page // 2, 1)
    if by > 0 and item.last > top + page:
        return min(top + half, item.last - page)
    if by < 0 and item.first < top:
        return max(top - half, item.first)
    return None


def turned(items: Sequence[Item], cursor: int, page: int, by: int) -> int:
    """The item half a page below (1) or above (-1) the one under the cursor; always another one, if there is one."""
    target = items[cursor].first + by * max(page // 2, 1)
    place = min(range(len(items)), key=lambda n: (abs(items[n].first - target), n))
    return cursor + by if place == cursor else place


def thumb(top: int, page: int, rows: int) -> range:
    """The lines of a pane, counted from 0, beside which its edge is thick: where the view stands in the whole."""
    if rows <= page:
        return range(0)
    size = max(page * page // rows, 1)
    start = round((page - size) * top / (rows - page))
    return range(start, start + size)


_FINDINGS = (ItemKind.FINDING, ItemKind.UNPLACED)


def next_finding(items: Sequence[Item], cursor: int, step: int, wanted: Iterable[str]) -> int | None:
    """The next item (or, with step -1, the one before) of one of these findings, not of the one under the cursor."""
    ids = frozenset(wanted)
    here = items[cursor].key if cursor < len(items) and items[cursor].kind in _FINDINGS else None
    ahead = range(cursor + 1, len(items)) if step > 0 else range(cursor - 1, -1, -1)
    for place in ahead:
        item = items[place]
        if item.kind in _FINDINGS and item.key in ids and item.key != here:
            return place
    return None


def next_with_words(sheet: Sheet, cursor: int, words: str) -> int | None:
    """The next item that holds these words in any case, from the top again after the last one; the same one at last."""
    wanted = words.casefold()
    count = len(sheet.items)
    for place in chain(range(cursor + 1, count), range(min(cursor + 1, count))):
        item = sheet.items[place]
        text = " ".join(row.text for row in sheet.rows[item.first : item.last])
        if wanted in text.casefold():
            return place
    return None


def place_of_words(sheet: Sheet, item: Item, words: str) -> Span | None:
    """The place in the letter of the first such words of an item; None where they are not the letter's own."""
    text, offsets = "", []
    for row in sheet.rows[item.first : item.last]:
        text += f"{row.text} "
        offsets += [*(row.offsets or [None] * len(row.text)), None]
    found = re.search(re.escape(words), text, re.IGNORECASE)
    own = [offset for offset in offsets[found.start() : found.end()] if offset is not None] if found else []
    return Span(own[0], own[-1] + 1) if own else None
