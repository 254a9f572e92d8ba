"""`recto themes matrix`: who was told about what, counted by letters and findings."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from curation.facts import LetterFacts
from curation.matrix import By, Matrix, Row, matrix
from curation.nearest import nearest
from curation.operations import Refused
from curation.readings import Readings
from curation.spreadsheets import csv_lines
from curation.workspace import LETTER_ERRORS, Workspace
from parsers.jsonl import dumps
from tui.commands import EXIT_REFUSED
from tui.commands.arguments import action, add_format, add_path
from tui.commands.browsing import Problems
from tui.commands.reviewing import add_reviewer, reviewer_of
from tui.output import emit
from tui.progress import progress

if TYPE_CHECKING:
    from tui.commands.arguments import Actions

_NAME, _CELL = 24, 9


def add(actions: Actions) -> None:
    """Add this action to the command."""
    parser = action(
        actions,
        "matrix",
        "authority by theme, by category or by year",
        "recto themes matrix letters/ --category area_for_development --format csv",
        do=print_matrix,
        description=(
            "Count how many letters, and in brackets how many findings, speak of each theme. Beside each row stand all "
            "its letters and findings, which the counts are shares of. A letter's agreed review counts where no "
            "reviewer is named or the reviewer has none."
        ),
    )
    add_path(parser)
    parser.add_argument("--by", choices=[by.value for by in By], default=By.AUTHORITY.value, help="default: authority")
    parser.add_argument("--category", default="", metavar="C", help="findings of this category alone")
    parser.add_argument("--year", default="", metavar="Y", help="letters of this year alone")
    parser.add_argument("--primary", action="store_true", help="count a finding under its first theme alone")
    add_reviewer(parser)
    add_format(parser, ("text", "csv", "json"))


def print_matrix(args: argparse.Namespace) -> int:
    """Print the matrix of a workspace. Raises CodebookError, NoReviewer, Refused for a category or year of none."""
    workspace, reviewer, problems = Workspace.find(args.path), reviewer_of(args), Problems()
    codebook = workspace.codebook()
    facts = list(_facts(workspace, reviewer, problems))
    _check("category", args.category, {fact.category for one in facts for fact in one.findings})
    _check("year", args.year, {one.year for one in facts})
    counted = matrix(facts, codebook, by=By(args.by), category=args.category, year=args.year, primary=args.primary)
    if args.format == "json":
        emit(dumps(_as_json(counted, args)))
    elif args.format == "csv":
        emit(csv_lines(_as_table(counted)), end="")
    else:
        emit("\n".join(_as_text(counted)))
    return EXIT_REFUSED if problems.any else 0


def _facts(workspace: Workspace, reviewer: str, problems: Problems) -> Iterator[LetterFacts]:
    """What there is to count, with a bar; what can't be read is said and left out."""
    refs = workspace.letters()
    with closing(Readings(workspace, reviewer)) as readings:
        for ref in progress(refs, len(refs), "Reading letters"):
            try:
                yield readings.facts(ref.key)
            except LETTER_ERRORS as error:
                problems.say(str(error))
        readings.keep(all_read=True)


def _check(what: str, value: str, there: set[str]) -> None:
    if value and value not in there:
        likely = nearest(value, there)
        raise Refused(f"no {what} {value[:60]}" + (f"; there are {', '.join(sorted(there))}" if likely else ""))


def _rows(counted: Matrix) -> Iterable[Row]:
    return (*counted.rows, counted.total)


def _as_table(counted: Matrix) -> Iterator[tuple[str | int, ...]]:
    yield (counted.by.value, "letters", "findings", "with a theme", *(column.theme for column in counted.columns))
    for row in _rows(counted):
        cells = (str(row.cell(column.theme)) for column in counted.columns)
        yield (row.key, row.letters, row.findings, row.themed, *cells)


def _as_json(counted: Matrix, args: argparse.Namespace) -> dict[str, Any]:
    return {
        "by": counted.by.value,
        "category": args.category,
        "year": args.year,
        "primary": args.primary,
        "themes": [{"theme": c.theme, "label": c.label, "known": c.known} for c in counted.columns],
        "rows": [_row_json(row) for row in counted.rows],
        "total": _row_json(counted.total),
    }


def _row_json(row: Row) -> dict[str, Any]:
    cells = {theme: {"letters": c.letters, "findings": c.findings} for theme, c in sorted(row.cells.items())}
    return {"key": row.key, "letters": row.letters, "findings": row.findings, "themed": row.themed, "cells": cells}


def _as_text(counted: Matrix) -> Iterator[str]:
    """Themes down the page, since there may be more of them than fit across; the rows of the matrix across it."""
    yield f"letters (findings) by theme and {counted.by.value}"
    for start in range(0, len(counted.rows), _PAGE):
        rows = (*counted.rows[start : start + _PAGE], counted.total)
        yield ""
        yield " " * _NAME + "".join(f"{_short(row.key, _CELL - 1):>{_CELL}}" for row in rows)
        yield f"{'all':<{_NAME}}" + "".join(f"{f'{row.letters} ({row.findings})':>{_CELL}}" for row in rows)
        yield f"{'with a theme':<{_NAME}}" + "".join(f"{f'({row.themed})':>{_CELL}}" for row in rows)
        for column in counted.columns:
            cells = (str(row.cell(column.theme)) or "·" for row in rows)
            yield f"{_short(column.theme, _NAME - 1):<{_NAME}}" + "".join(f"{cell:>{_CELL}}" for cell in cells)
    if not counted.rows:
        yield "no letter has a finding"


_PAGE = 7
"""Rows of the matrix beside one another, so that a line has at most 100 cells."""


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
