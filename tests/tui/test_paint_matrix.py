"""The heat map as rows: its shades follow the figures, with colours and without."""

from __future__ import annotations

from curation.facts import Fact
from curation.matrix import By, Cell, Column, Matrix, Row
from tui.paint_matrix import HEAD_RUNS, paint_matrix


def counts(key: str, letters: int) -> Row:
    """A row of four letters, so many of which have the theme `a`."""
    facts = tuple(Fact(str(n), key, "2010", "f", "f", "strength", ("a",), "text") for n in range(letters))
    return Row(key, 4, 4, letters, {"a": Cell(facts)} if letters else {})


def test_without_colours_a_warmer_cell_is_never_plainer() -> None:
    rows = tuple(counts(f"council {letters}", letters) for letters in range(1, 5))
    shown = paint_matrix(Matrix(By.AUTHORITY, (Column("a", "Alpha"),), rows, counts("all", 4)), {}, 0, 78)
    inks = [row.body[HEAD_RUNS].ink for row in shown.rows[1:]]
    bold = ["bold" in ink.style for ink in inks]
    assert bold == sorted(bold)
    assert len(set(inks)) == 3, "a quarter, half, and three quarters or more"
