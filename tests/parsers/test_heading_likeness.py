"""Which words are nearly a heading, and which only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import profile
from parsers.heading_likeness import bare, is_near

PROFILE = profile.load("unannounced-cra")
HEADINGS = PROFILE.heading.likeness


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("Areas for deve1opment", "Areas for development"),
        ("AREAS F0R DEVELOPMENT", "Areas for development"),
        ("STRENGTH5", "Strengths"),
        ("Strenqths", "Strengths"),
        ("S T R E N G T H S", "Strengths"),
        ("Satisfactory pract ice", "Satisfactory practice"),
        ("Area(s) for priority action", "Areas for priority action"),
        ("3. Area for development [2]", "Areas for development"),
        ("2.0 Satisfactory practice", "Satisfactory practice"),
    ],
)
def test_misread_and_dressed_up(words: str, heading: str) -> None:
    assert HEADINGS.same(words) == heading


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("Strenghts", "Strengths"),
        ("Areas for developement", "Areas for development"),
        ("Satisfactory practise", "Satisfactory practice"),
        ("Aeras for devlopment", "Areas for development"),
    ],
)
def test_mistyped(words: str, heading: str) -> None:
    assert HEADINGS.same(words) is None
    assert HEADINGS.near(words) == heading


@pytest.mark.parametrize(
    "words", ["Strange things", "Arenas for employment", "Areas of practice", "Length", "Practice"]
)
def test_other_words_are_not_near(words: str) -> None:
    assert HEADINGS.same(words) is None
    assert HEADINGS.near(words) is None


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("Areas which require further development", "area_for_development"),
        ("Areas identified for priority action", "priority_action"),
        ("Practice which is satisfactory", "satisfactory"),
        ("Areas of emerging practice", None),
        ("Areas for development of", None),
        ("Strengths and needs are", None),
        ("Areas for development.", None),
    ],
)
def test_the_same_in_other_small_words(words: str, category: str | None) -> None:
    said = HEADINGS.saying(words)
    assert [c.id for c in PROFILE.categories if said in c.headings] == ([category] if category else [])


@pytest.mark.parametrize(
    ("words", "begins"),
    [("Areas for", True), ("The service meets the", True), ("Areas for develop-", True), ("Areas for Monday", False)],
)
def test_what_a_heading_begins_with(words: str, begins: bool) -> None:
    assert HEADINGS.begins(words) == begins


def test_what_a_heading_wears_is_left_out() -> None:
    assert bare("**3. Strengths (2):**") == "Strengths"


@given(st.text("abc", min_size=1, max_size=6), st.text("abc", min_size=1, max_size=6))
def test_the_distance_is_the_same_from_both_sides(one: str, other: str) -> None:
    for most in (1, 2):
        assert is_near(one, other, most) == is_near(other, one, most)


@given(st.text("abcd", min_size=2, max_size=8), st.integers(0, 6))
def test_two_letters_swapped_are_one_mistake(word: str, place: int) -> None:
    place %= len(word) - 1
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    assert is_near(word, swapped, 1)
