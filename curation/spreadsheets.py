"""Text for cells of a spreadsheet: a council's name must not become a formula that runs (OWASP, CSV injection)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from parsers.display import visible

_ACTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe_cell(value: str | int | float) -> str | int | float:
    """A value as a spreadsheet may have it: text that would be a formula gets an apostrophe before it.

    What can't be seen in a text is made visible first: white space or a control must not hide the beginning of a
    formula. Numbers stay numbers.
    """
    if not isinstance(value, str):
        return value
    shown = visible(value)
    return f"'{shown}" if shown.lstrip().startswith(_ACTS) or value[:1] in ("\t", "\r", "\n") else shown


def csv_lines(rows: Iterable[Sequence[str | int | float]]) -> str:
    """Rows as CSV (RFC 4180, but with LF), each cell made safe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue()
