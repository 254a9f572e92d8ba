from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.spans import clipped, outside, overlap, overlap_each_other, page_lies_in, text_of, tidy
from parsers.letter import Span

texts = st.text(alphabet="ab \n\f\t\u00a0\u2028\r", max_size=40)


@pytest.mark.parametrize(
    ("gap", "page"),
    [(" ", False), ("\n\n", False), ("\n \n", False), ("\n\n\n", True), ("\n \n\t\n", True), ("\f", True)],
)
def test_a_page_is_a_form_feed_or_two_blank_lines(gap: str, page: bool) -> None:
    assert page_lies_in(gap) is page


@pytest.mark.parametrize(
    ("text", "spans", "tidied"),
    [
        ("  ab  ", [(0, 6)], [(2, 4)]),
        ("ab\ncd", [(0, 2), (3, 5)], [(0, 5)]),
        ("ab\n\ncd", [(0, 2), (4, 6)], [(0, 6)]),
        ("ab\n\n\ncd", [(0, 7)], [(0, 2), (5, 7)]),
        ("ab\fcd", [(0, 5)], [(0, 2), (3, 5)]),
        ("ab - cd", [(0, 2), (5, 7)], [(0, 2), (5, 7)]),
        ("abcd", [(0, 2), (2, 4)], [(0, 4)]),
        (" \n\f", [(0, 3)], []),
    ],
)
def test_spans_have_one_form(text: str, spans: list[tuple[int, int]], tidied: list[tuple[int, int]]) -> None:
    assert tidy(text, [Span(*span) for span in spans]) == tuple(tidied)


@given(texts, st.lists(st.integers(0, 40), min_size=2, max_size=8, unique=True))
def test_tidying_keeps_the_words_and_is_done_once(text: str, places: list[int]) -> None:
    edges = sorted(min(place, len(text)) for place in places)
    spans = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b]
    tidied = tidy(text, spans)
    assert tidy(text, tidied) == tidied
    inside = {place for span in spans for place in range(*span) if not text[place].isspace()}
    assert {place for span in tidied for place in range(*span) if not text[place].isspace()} == inside
    assert not overlap_each_other(tidied)
    for start, end in tidied:
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        assert "\f" not in text[start:end]


def test_the_words_of_spans_are_joined_by_a_space_with_white_space_folded() -> None:
    assert text_of("robust which\n\n\n\nleads  to\u00a0it", [Span(0, 12), Span(16, 28)]) == "robust which leads to it"


ordered = st.lists(st.integers(0, 12), max_size=8).map(
    lambda ends: [Span(a, b) for a, b in zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False)]
)


def _characters(spans: Iterable[Span]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


@given(ordered, ordered)
def test_spans_overlap_where_they_share_a_character(some: list[Span], others: list[Span]) -> None:
    some, others = ([span for span in spans if span.start < span.end] for spans in (some, others))
    assert overlap(some, others) == bool(_characters(some) & _characters(others))


@given(ordered, st.integers(0, 12), st.integers(0, 12))
def test_what_is_clipped_are_the_characters_between_and_no_empty_span(spans: list[Span], start: int, end: int) -> None:
    kept = clipped(spans, start, end)
    assert _characters(kept) == _characters(spans) & set(range(start, end))
    assert all(span.start < span.end for span in kept)


@given(st.integers(0, 12), st.integers(0, 12), ordered)
def test_what_lies_outside_are_the_other_characters_and_no_empty_span(start: int, end: int, others: list[Span]) -> None:
    left = outside(Span(start, end), others)
    assert _characters(left) == set(range(start, end)) - _characters(others)
    assert all(span.start < span.end for span in left)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 3)), max_size=4))
def test_spans_overlap_each_other_unless_each_begins_where_the_one_before_ended(places: list[tuple[int, int]]) -> None:
    spans = [Span(start, start + length) for start, length in places]
    ends = [0, *(span.end for span in spans)]
    assert overlap_each_other(spans) == any(span.start < end for span, end in zip(spans, ends, strict=False))
