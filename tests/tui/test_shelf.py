"""The library's rows: counted, filtered, sorted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curation.query_fields import Vocabulary
from curation.querying import parse
from curation.summary import Summary
from tui.shelf import CATEGORY, COLUMNS, Order, Shelf, Totals

LETTERS = st.builds(
    Summary,
    key=st.sampled_from("abcdef"),
    name=st.sampled_from(["North", "South", ""]),
    counts=st.dictionaries(st.sampled_from(["strength", "area"]), st.integers(1, 9)),
    seen=st.integers(0, 3),
    checks=st.lists(st.just("hyphen"), max_size=3).map(tuple),
    read=st.booleans(),
)


@given(st.lists(LETTERS), st.lists(LETTERS))
def test_totals_are_those_of_the_letters_that_were_read(first: list[Summary], later: list[Summary]) -> None:
    shelf = Shelf()
    shelf.keep(first)
    shelf.put(later)
    read = [row for row in shelf.rows.values() if row.read]
    assert shelf.totals == Totals(
        sum(row.seen for row in read),
        sum(row.findings for row in read),
        sum(row.to_check for row in read),
        sum(row.questions for row in read),
        len(read),
    )


@given(st.lists(LETTERS), st.sampled_from([*COLUMNS, CATEGORY + "strength"]), st.booleans())
def test_what_is_shown_is_what_fits_in_order_and_every_row_knows_its_place(
    letters: list[Summary], column: str, falling: bool
) -> None:
    shelf = Shelf()
    shelf.put(letters)
    shelf.narrow(parse("check:>0", Vocabulary()))
    order = Order(column, falling)
    shelf.sort(order)
    keys = [order.key()(row) for row in shelf.shown]
    assert keys == sorted(keys, reverse=falling)
    assert {row.key for row in shelf.shown} == {row.key for row in shelf.rows.values() if row.read and row.checks}
    assert [shelf.places[row.key] for row in shelf.shown] == list(range(len(shelf.shown)))
    assert shelf.count(shelf.query) == len(shelf.shown)


def test_a_walk_keeps_what_is_known_and_forgets_letters_that_are_gone() -> None:
    shelf = Shelf()
    shelf.put([Summary("a", "North", seen=1, read=True), Summary("b", "South", seen=2, read=True)])
    shelf.keep([Summary("b", "b"), Summary("c", "c")])
    assert [row.name for row in shelf.rows.values()] == ["South", "c"]
    assert shelf.totals.seen == 2
