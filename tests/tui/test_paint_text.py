"""Texts to read at any width: nothing is lost, nothing is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.paint import GUTTER, Line, Run, line_width
from tui.paint_text import at_most, hanging, in_rows, paint_lines
from tui.palette import DIM, KEY, TEXT

WORDS = st.lists(st.text("abcxyz中", min_size=1, max_size=12), max_size=12).map(" ".join)
LINES = st.builds(
    lambda head, body: (Run(head, KEY), *(Run(words, TEXT) for words in body)),
    st.sampled_from(["", "  ", "  key          ", "  a label that is much too long "]),
    st.lists(WORDS, min_size=1, max_size=3),
)


def plain(line: Line) -> str:
    return "".join(run.text for run in line)


@given(LINES, st.integers(8, 90))
def test_no_word_is_lost_and_no_row_is_too_wide(line: Line, width: int) -> None:
    rows = list(hanging(line, width))
    assert "".join("".join(map(plain, rows)).split()) == "".join(plain(line).split())
    head = line_width(line[:1])
    assert all(line_width(row) <= max(width, head) for row in rows)


def test_words_go_on_below_the_words_not_below_the_label() -> None:
    line = (Run("  f        ", KEY), Run("Only some: letters of one kind alone.", TEXT))
    assert [plain(row) for row in hanging(line, 34)] == [
        "  f        Only some: letters of",
        "           one kind alone.",
    ]
    assert [plain(row) for row in hanging((Run("  Only some letters.", DIM),), 14)] == ["  Only some", "  letters."]
    assert [plain(row) for row in hanging((), 14)] == [""]


def test_a_key_is_not_parted_from_what_it_does() -> None:
    keys = (Run("space ", KEY), Run("right   ", TEXT), Run("d ", KEY), Run("next", TEXT))
    line = (Run(" check ", DIM), Run("it is long  ", TEXT), *keys)
    assert [plain(row) for row in hanging(line, 28)] == [" check it is long", "       space right   d next"]
    assert [plain(row) for row in in_rows(3, line, 28)] == [" check it is long", "       space right   d next"]
    assert in_rows(2, line, 60) == [line]


def test_a_line_is_one_item_however_many_rows_it_takes() -> None:
    sheet = paint_lines(((Run("one two three", TEXT),), (), (Run("four", TEXT),)), 8 - GUTTER)
    assert [row.text for row in sheet.rows] == ["one two", "three", "", "four"]
    assert [(item.first, item.last) for item in sheet.items] == [(0, 2), (2, 3), (3, 4)]


def test_of_too_many_rows_the_last_one_ends_in_a_sign() -> None:
    rows = [(Run(word, TEXT),) for word in ("one", "two", "three")]
    assert [plain(row) for row in at_most(3, rows, 8)] == ["one", "two", "three"]
    assert [plain(row) for row in at_most(2, rows, 8)] == ["one", "two…"]
