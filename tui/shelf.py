"""The letters of the library as they stand on the screen: filtered, sorted, counted. Pure.

Ten thousand rows come in by and by, some hundred at a time, so that what can be kept from before is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from curation.querying import Query, state_of
from curation.summary import Summary

_LONG_AGO: Final = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Column:
    """A column to sort by: its name in words, what it sorts by, and whether the greatest stand first at first."""

    name: str
    key: Callable[[Summary], Any]
    falling: bool = False


COLUMNS: Final[Mapping[str, Column]] = {
    "file": Column("file name", lambda row: row.key),
    "letter": Column("council", lambda row: (row.name.casefold(), row.date or dt.date.min)),
    "date": Column("date", lambda row: row.date or dt.date.min, falling=True),
    "findings": Column("number of findings", lambda row: row.findings, falling=True),
    "check": Column("what is to check", lambda row: row.to_check, falling=True),
    "seen": Column("findings not seen yet", lambda row: row.findings - row.seen, falling=True),
    "state": Column("state", lambda row: state_of(row)),
    "who": Column("reviewer", lambda row: row.reviewer or "~"),
    "saved": Column("saved when", lambda row: row.updated or _LONG_AGO, falling=True),
}
CATEGORY: Final = "category:"
"""Before the id of a category that is sorted by: the letters with the most findings of it first."""


@dataclass(frozen=True, slots=True)
class Order:
    """By which column the rows stand, and whether the greatest come first."""

    column: str = "file"
    falling: bool = False

    @classmethod
    def by(cls, column: str) -> Order:
        """A column in the direction that it is asked for first."""
        return cls(column, column.startswith(CATEGORY) or COLUMNS[column].falling)

    def key(self) -> Callable[[Summary], Any]:
        """What rows are compared by."""
        category = self.column.removeprefix(CATEGORY)
        if category != self.column:
            return lambda row: row.counts.get(category, 0)
        return COLUMNS[self.column].key


@dataclass(frozen=True, slots=True)
class Totals:
    """Over all letters that were read."""

    seen: int = 0
    findings: int = 0
    to_check: int = 0
    questions: int = 0
    read: int = 0


class Shelf:
    """All letters by key, and those that are shown, in order."""

    def __init__(self) -> None:
        self._rows: dict[str, Summary] = {}
        self._query = Query()
        self._order = Order()
        self._shown: tuple[Summary, ...] | None = ()
        self._places: dict[str, int] | None = None
        self._totals = Totals()
        self.listed = False
        """Whether it is known which letters there are."""

    # what there is

    @property
    def rows(self) -> Mapping[str, Summary]:
        """Every letter by its key, in the order of the folder."""
        return self._rows

    @property
    def totals(self) -> Totals:
        """Counts over all of them."""
        return self._totals

    @property
    def complete(self) -> bool:
        """Whether all letters were read, so that what is not here is nowhere."""
        return self.listed and self._totals.read >= len(self._rows)

    def put(self, rows: Iterable[Summary]) -> None:
        """Rows that are new, or have changed."""
        for row in rows:
            self._count(self._rows.get(row.key), -1)
            self._rows[row.key] = row
            self._count(row, 1)
        self._stale()

    def keep(self, rows: Iterable[Summary]) -> None:
        """These letters are there, and no others; what is known of them stays."""
        self.listed = True
        known, self._rows, self._totals = self._rows, {}, Totals()
        self.put(known.get(row.key, row) for row in rows)

    def _count(self, row: Summary | None, sign: int) -> None:
        if row is None or not row.read:
            return
        was = self._totals
        self._totals = Totals(
            was.seen + sign * row.seen,
            was.findings + sign * row.findings,
            was.to_check + sign * row.to_check,
            was.questions + sign * row.questions,
            was.read + sign,
        )

    # what is shown of it

    @property
    def query(self) -> Query:
        """The filter."""
        return self._query

    def narrow(self, query: Query) -> None:
        """Show only what the filter lets through."""
        self._query = query
        self._stale()

    @property
    def order(self) -> Order:
        """How they stand."""
        return self._order

    def sort(self, order: Order) -> None:
        """Show them in that order; equal ones stay in the order of the folder."""
        self._order = order
        self._stale()

    @property
    def shown(self) -> tuple[Summary, ...]:
        """The rows that the filter lets through, in order."""
        if self._shown is None:
            rows = tuple(filter(self._query.matches, self._rows.values())) if self._query else self._rows.values()
            if self._order == Order():
                self._shown = tuple(rows)
            else:
                self._shown = tuple(sorted(rows, key=self._order.key(), reverse=self._order.falling))
        return self._shown

    @property
    def places(self) -> Mapping[str, int]:
        """The number of each letter among those shown."""
        if self._places is None:
            self._places = {row.key: number for number, row in enumerate(self.shown)}
        return self._places

    def count(self, query: Query) -> int:
        """How many letters a filter would let through."""
        return sum(map(query.matches, self._rows.values()))

    def _stale(self) -> None:
        self._shown, self._places = None, None
