"""Lines of a terminal: never too wide, nothing lost, every character knows where it comes from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from parsers.display import visible
from parsers.letter import Span
from tui.wrap import BASE, Flow, clip, flow, line_flow, wrap

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(" \t\n-\u0301\u4e2d\u200d\x1b\u202e")), max_size=80)
WIDTHS = st.integers(2, 40)


@given(TEXTS, WIDTHS)
def test_no_line_is_too_wide_and_no_word_is_lost(text: str, width: int) -> None:
    shown = line_flow(text, 0, len(text)).shown
    lines = [shown[start:end] for start, end in wrap(shown, width)]
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == shown.replace(" ", "")


@given(TEXTS, WIDTHS)
def test_no_line_begins_with_a_mark_that_would_join_what_stands_before_it(text: str, width: int) -> None:
    shown = line_flow(text, 0, len(text)).shown
    assert all(cell_len(shown[start]) > 0 for start, end in wrap(shown, width) if start < end)


@given(TEXTS)
def test_a_flow_shows_the_folded_words_and_knows_where_each_character_stands(text: str) -> None:
    shown = flow(text, [Span(0, len(text))])
    assert shown.shown.replace(BASE, "") == " ".join(visible(w) for w in text.split()).replace(BASE, "")
    assert list(shown.offsets) == sorted(shown.offsets)
    for char, offset in zip(shown.shown, shown.offsets, strict=True):
        assert char in (visible(text[offset]), BASE) or (char == " " and text[offset].isspace())


def test_words_are_kept_whole_where_there_is_room() -> None:
    assert [(s.start, s.end) for s in wrap("one two  three", 7)] == [(0, 7), (9, 14)]


def test_a_word_wider_than_the_line_is_cut_between_characters() -> None:
    assert list(wrap("\u4e2d\u6587\u5b57", 5)) == [(0, 2), (2, 3)]


def test_a_joined_page_is_shown_by_a_sign_that_no_caret_stops_at() -> None:
    shown = flow("slow, and\n\nwork", [Span(0, 9), Span(11, 15)])
    assert shown.shown == "slow, and | work"
    assert shown.seams == {10}
    assert shown.shown[shown.index(11) :] == "work"


def test_a_combining_mark_without_a_base_gets_one() -> None:
    assert flow("\u0301a", [Span(0, 2)]) == Flow(f"{BASE}\u0301a", (0, 0, 1))


@pytest.mark.parametrize(
    ("text", "width", "clipped"),
    [("short", 9, "short"), ("too long", 5, "too…"), ("\u4e2d\u6587\u5b57", 4, "\u4e2d…"), ("any", 0, "")],
)
def test_a_text_is_clipped_with_a_sign(text: str, width: int, clipped: str) -> None:
    assert clip(text, width) == clipped
