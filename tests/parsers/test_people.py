"""Words of plain text: each where it stands, with what parts it from the word before, however the text is cut."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.people import Token, tokens_in

PIECES = [
    "Ann",
    "Roe,",
    "CBE",
    "Chair",
    "of",
    "cc:",
    "-",
    "--",
    ":",
    ",",
    ";(",
    ")",
    "[b]",
    "a,b",
    "O'Hara;",
    "\n",
    " ",
    "",
]
LETTERS = st.lists(st.sampled_from(PIECES), max_size=12).flatmap(
    lambda pieces: st.sampled_from([" ", "", "\n", "  "]).map(lambda gap: gap.join(pieces))
)


def parted(text: str) -> list[tuple[str, bool, str]]:
    return [(token.word, token.line, token.parted) for token in tokens_in(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann Roe, Chair", [("Ann", True, ""), ("Roe", False, ""), ("Chair", False, ",")]),
        ("Ann Roe -- Chair", [("Ann", True, ""), ("Roe", False, ""), ("Chair", False, "-")]),
        ("Ann Roe\nChair", [("Ann", True, ""), ("Roe", False, ""), ("Chair", True, "")]),
        ("Roe,\n- (Chair", [("Roe", True, ""), ("Chair", True, ",")]),
        ("- Ann Roe", [("Ann", True, "-"), ("Roe", False, "")]),
        ("cc: Ann", [("cc:", True, ""), ("Ann", False, ",")]),
        ("Ann , , ,", [("Ann", True, "")]),
        (", ; -", []),
    ],
)
def test_a_word_says_what_stands_before_it(text: str, words: list[tuple[str, bool, str]]) -> None:
    assert parted(text) == words


@given(LETTERS, LETTERS)
def test_a_word_is_where_it_says_and_between_words_is_nothing_else(before: str, text: str) -> None:
    whole = f"{before}\n{text}"
    start = len(whole) - len(text)
    tokens = tokens_in(whole, start, len(whole))
    assert all(whole[token.start : token.end] == token.word for token in tokens)
    ends = [start, *(token.end for token in tokens)]
    starts = [*(token.start for token in tokens), len(whole)]
    gaps = [whole[end:begin] for end, begin in zip(ends, starts, strict=True)]
    assert all(re.fullmatch(r"[\s,;()\[\]|:-]*", gap) for gap in gaps)


@given(LETTERS)
def test_a_word_begins_a_line_where_a_break_stands_before_it(text: str) -> None:
    def broken(token: Token, before: int) -> bool:
        return before == 0 or "\n" in text[before : token.start]

    tokens = tokens_in(text, 0, len(text))
    ends = [0, *(token.end for token in tokens)]
    assert [token.line for token in tokens] == [broken(*pair) for pair in zip(tokens, ends, strict=False)]
