"""Which rows are in view: the item under the cursor always, and a view that moves by half pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.paint import Item, ItemKind, Row, Run, Sheet
from tui.palette import TEXT
from tui.scrolling import next_finding, next_with_words, revealed, stepped, thumb, turned


def items_of(lengths: list[int]) -> list[Item]:
    made, row = [], 0
    for number, length in enumerate(lengths):
        made.append(Item(ItemKind.FINDING, f"f-{number}", row, row + length))
        row += length
    return made


LENGTHS = st.lists(st.integers(1, 12), min_size=1, max_size=20)


@given(LENGTHS, st.integers(1, 10), st.integers(0, 100), st.booleans(), st.data())
def test_what_is_revealed_is_seen(lengths: list[int], page: int, top: int, gently: bool, data: st.DataObject) -> None:
    items = items_of(lengths)
    rows = items[-1].last
    item = data.draw(st.sampled_from(items))
    new = revealed(item, top, page, rows, gently=gently)
    assert 0 <= new <= max(rows - page, 0)
    seen = range(new, new + page)
    if item.last - item.first <= page:
        assert item.first in seen
        assert item.last - 1 in seen
    else:
        assert item.first in seen or (gently and any(row in seen for row in range(item.first, item.last)))


@given(LENGTHS, st.integers(1, 10))
def test_stepping_down_shows_every_row_of_every_item(lengths: list[int], page: int) -> None:
    items = items_of(lengths)
    rows, top, cursor = items[-1].last, 0, 0
    seen = set(range(min(page, rows)))
    for _ in range(rows + len(items)):
        scrolled = stepped(items[cursor], top, page, 1)
        if scrolled is not None:
            top = scrolled
        elif cursor + 1 < len(items):
            cursor += 1
            top = revealed(items[cursor], top, page, rows)
        seen |= set(range(top, min(top + page, rows)))
    assert seen == set(range(rows))


@given(LENGTHS, st.integers(1, 10), st.data())
def test_a_page_key_always_moves(lengths: list[int], page: int, data: st.DataObject) -> None:
    items = items_of(lengths)
    cursor = data.draw(st.integers(0, len(items) - 1))
    assert turned(items, cursor, page, 1) > cursor
    assert turned(items, cursor, page, -1) < cursor


def test_the_thick_edge_goes_from_the_top_to_the_bottom() -> None:
    assert not thumb(0, 10, 10)
    assert thumb(0, 10, 100) == range(0, 1)
    assert thumb(90, 10, 100) == range(9, 10)


def test_the_next_finding_is_another_one() -> None:
    items = [
        Item(ItemKind.TEXT, "0", 0, 1),
        Item(ItemKind.FINDING, "a", 1, 2),
        Item(ItemKind.TEXT, "5", 2, 3),
        Item(ItemKind.FINDING, "a", 3, 4),
        Item(ItemKind.FINDING, "b", 4, 5),
    ]
    assert next_finding(items, 0, 1, ["a", "b"]) == 1
    assert next_finding(items, 1, 1, ["a", "b"]) == 4
    assert next_finding(items, 4, -1, ["a", "b"]) == 3
    assert next_finding(items, 1, 1, ["a"]) is None


def test_words_are_found_over_a_line_end_and_from_the_top_again() -> None:
    rows = tuple(Row((), (Run(text, TEXT),)) for text in ("Slow", "system", "Files are lost"))
    sheet = Sheet(rows, (Item(ItemKind.TEXT, "0", 0, 2), Item(ItemKind.TEXT, "1", 2, 3)))
    assert next_with_words(sheet, 1, "slow SYSTEM") == 0
    assert next_with_words(sheet, 0, "lost") == 1
    assert next_with_words(sheet, 0, "slow") == 0
    assert next_with_words(sheet, 0, "zzz") is None
