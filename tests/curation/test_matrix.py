"""Counts of letters and findings by theme, with their denominators."""

from __future__ import annotations

import random
from collections.abc import Sequence
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.codebook import Codebook, Theme
from curation.facts import Fact, LetterFacts
from curation.matrix import By, matrix
from curation.spreadsheets import csv_lines, safe_cell


def book(*themes: Theme) -> Codebook:
    return Codebook(1, (), MappingProxyType({theme.id: theme for theme in themes}))


BOOK = book(Theme("a", "Alpha"), Theme("b", "Beta"), Theme("gone", "Gone", archived=True))
ST, AD = "strength", "area_for_development"


def letter(key: str, authority: str, year: str, *findings: tuple[str, Sequence[str]]) -> LetterFacts:
    facts = tuple(
        Fact(key, authority, year, f"f-{n}", f"f-{n}", category, tuple(themes), f"text {n}")
        for n, (category, themes) in enumerate(findings)
    )
    return LetterFacts(key, authority, year, facts)


LETTERS = (
    letter("e10", "Elmbury", "2010", (ST, ["a", "b"]), (AD, ["a"]), (AD, [])),
    letter("e11", "Elmbury", "2011", (AD, ["b"])),
    letter("w10", "Waveney", "2010", (ST, ["a"]), (ST, ["b", "a"])),
)


def test_cells_count_letters_and_findings_beside_their_denominators() -> None:
    counted = matrix(LETTERS, BOOK)
    assert [column.theme for column in counted.columns] == ["a", "b"]
    elmbury, waveney = counted.rows
    assert (elmbury.key, elmbury.letters, elmbury.findings, elmbury.themed) == ("Elmbury", 2, 4, 3)
    assert [str(elmbury.cell(theme)) for theme in ("a", "b", "c")] == ["1 (2)", "2 (2)", ""]
    assert [str(waveney.cell(theme)) for theme in ("a", "b")] == ["1 (2)", "1 (1)"]
    assert (counted.total.letters, counted.total.findings, str(counted.total.cell("a"))) == (3, 6, "2 (4)")
    assert [fact.finding for fact in elmbury.cell("a").facts] == ["f-0", "f-1"]


def test_the_primary_theme_alone_counts_when_asked() -> None:
    counted = matrix(LETTERS, BOOK, primary=True)
    assert [str(counted.total.cell(theme)) for theme in ("a", "b")] == ["2 (3)", "2 (2)"]


def test_rows_by_category_and_year_and_filters() -> None:
    by_category = matrix(LETTERS, BOOK, by=By.CATEGORY)
    assert [(row.key, row.letters, row.findings) for row in by_category.rows] == [(ST, 2, 3), (AD, 2, 3)]
    assert by_category.total.letters == 3
    by_year = matrix(LETTERS, BOOK, by=By.YEAR, category=AD)
    assert [(row.key, row.letters, row.findings) for row in by_year.rows] == [("2010", 2, 2), ("2011", 1, 1)]
    assert [row.key for row in matrix(LETTERS, BOOK, year="2011").rows] == ["Elmbury"]


def test_a_letter_without_a_finding_of_the_category_stays_in_the_denominator() -> None:
    (waveney,) = (row for row in matrix(LETTERS, BOOK, category=AD).rows if row.key == "Waveney")
    assert (waveney.letters, waveney.findings) == (1, 0)


def test_a_merged_theme_counts_as_its_target_once() -> None:
    merged = book(Theme("a", "Alpha", merged_into="b"), Theme("b", "Beta"))
    counted = matrix(LETTERS, merged)
    assert [column.theme for column in counted.columns] == ["b"]
    assert str(counted.total.cell("b")) == "3 (5)"


def test_archived_and_unknown_themes_have_a_column_while_somebody_has_them() -> None:
    used = (*LETTERS, letter("x", "Xanthe", "2010", (ST, ["gone", "typed-freely"])))
    columns = matrix(used, BOOK).columns
    assert [(column.theme, column.known) for column in columns] == [
        ("a", True),
        ("b", True),
        ("gone", True),
        ("typed-freely", False),
    ]


def test_the_parts_of_a_bullet_that_was_split_for_meaning_count_as_one() -> None:
    parts = tuple(
        Fact("e", "Elmbury", "2010", f"f-{n}", bullet, ST, ("a",), "") for n, bullet in enumerate(["f-9", "f-9", "f-2"])
    )
    row = matrix([LetterFacts("e", "Elmbury", "2010", parts)], BOOK).rows[0]
    assert (row.findings, str(row.cell("a"))) == (2, "1 (2)")


def test_nothing_gives_an_empty_matrix() -> None:
    counted = matrix((), BOOK)
    assert (counted.rows, counted.total.letters, str(counted.total.cell("a"))) == ((), 0, "")


themes = st.lists(st.sampled_from(["a", "b", "gone", "free"]), max_size=3, unique=True)
made = st.builds(
    letter,
    st.sampled_from(["k1", "k2", "k3", "k4"]),
    st.sampled_from(["Elmbury", "Waveney"]),
    st.sampled_from(["2009", "2010"]),
    st.tuples(st.sampled_from([ST, AD]), themes),
    st.tuples(st.sampled_from([ST, AD]), themes),
)


@given(st.lists(made, max_size=4, unique_by=lambda one: one.letter), st.sampled_from(By), st.booleans(), st.randoms())
def test_no_order_changes_a_count_and_rows_add_up(
    letters: list[LetterFacts], by: By, primary: bool, rng: random.Random
) -> None:
    counted = matrix(letters, BOOK, by=by, primary=primary)
    assert counted == matrix(rng.sample(letters, len(letters)), BOOK, by=by, primary=primary)
    assert sum(row.findings for row in counted.rows) == counted.total.findings == 2 * len(letters)
    for column in counted.columns:
        cells = [row.cell(column.theme) for row in counted.rows]
        assert sum(cell.findings for cell in cells) == counted.total.cell(column.theme).findings
        assert all(0 <= cell.letters <= row.letters for cell, row in zip(cells, counted.rows, strict=True))


def test_no_cell_of_a_spreadsheet_is_a_formula() -> None:
    for text in ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "\uff1d1", "\u200b=1", "\ufeff=cmd|' /C calc'!A0"):
        made = safe_cell(text)
        assert isinstance(made, str)
        assert made[0] == "'" or not made.strip().startswith(("=", "+", "-", "@")), text
        assert "\u200b" not in made
        assert "\ufeff" not in made
    assert safe_cell("=1") == "'=1"
    assert safe_cell("Elmbury-on-Sea") == "Elmbury-on-Sea"
    assert safe_cell(-1) == -1
    assert csv_lines([("a,b", 1), ('say "x"', 2)]) == '"a,b",1\n"say ""x""",2\n'


def test_counting_says_how_far_it_is_and_can_be_ended() -> None:
    told: list[tuple[int, int]] = []
    matrix(LETTERS, BOOK, on_progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 3), (1, 3), (2, 3)]

    def end(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        matrix(LETTERS, BOOK, on_progress=end)
