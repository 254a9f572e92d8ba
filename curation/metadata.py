"""The metadata of a review: which tables and keys there are, how a value is written, and how one is edited.

A table is named by its path: `date`, `addressee`, `copies.1`. A value is named by table and key, `addressee.name`,
or by the table alone where it holds one value. Numbers count from 1.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from types import MappingProxyType
from typing import Final, NamedTuple

from curation.review import MetadataEntry, MetadataValue
from parsers.letter import Letter, Metadata, Person, Span

VALUE = "value"
OUTCOMES = ("addressed", "partly", "continuing")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BETWEEN_DATES = re.compile(r"[,;\s]+")


class Kind(Enum):
    """What a metadata value is made of; the words are for people."""

    TEXT = "text"
    TEXTS = "several texts"
    DATE = "a date, written 2010-12-01"
    DATES = "dates, each written 2010-12-01"
    MONTH = "a month, written 2010-12"
    OUTCOME = "addressed, partly or continuing"


_PERSON: Final = {"name": Kind.TEXT, "role": Kind.TEXT}
TABLES: Final[Mapping[str, Mapping[str, Kind]]] = MappingProxyType(
    {
        "date": {VALUE: Kind.DATE},
        "addressee": _PERSON | {"organisation": Kind.TEXT, "address": Kind.TEXTS, "postcode": Kind.TEXT},
        "salutation": {VALUE: Kind.TEXT},
        "subject": {VALUE: Kind.TEXT},
        "authority": {VALUE: Kind.TEXT},
        "council": {VALUE: Kind.TEXT},
        "inspection_dates": {VALUE: Kind.DATES},
        "legal_basis": {VALUE: Kind.TEXT},
        "previous_inspection": {"month": Kind.MONTH, "outcome": Kind.OUTCOME, "statements": Kind.TEXTS},
        "signatory": _PERSON,
        "copies": _PERSON,
        "contact": {"email": Kind.TEXT, "telephone": Kind.TEXTS, "website": Kind.TEXT},
    }
)
"""Each table by name, in the order of the file, with its keys in theirs. Those in `NUMBERED` hold tables 1, 2, ..."""

NUMBERED: Final = frozenset({"previous_inspection", "copies"})
_ORDER = {name: place for place, name in enumerate(TABLES)}


class BadValue(ValueError):
    """A metadata field that does not exist or a value that does not fit it. `str()` is the reason, one line."""


class Place(NamedTuple):
    """A value's table (`copies.1`) and key (`role`); the key is "" where a field names a whole record."""

    table: str
    key: str


def kinds(table: str) -> Mapping[str, Kind] | None:
    """The keys of a table such as `date` or `copies.1`, None if there is no such table."""
    name, dot, number = table.partition(".")
    if name not in TABLES or (name in NUMBERED) != bool(dot):
        return None
    if dot and not (number.isascii() and number.isdigit() and number[0] != "0" and len(number) < 4):
        return None
    return TABLES[name]


def fields() -> tuple[str, ...]:
    """All fields that can be edited, with 1 for every number."""
    names = []
    for table, keys in TABLES.items():
        stem = f"{table}.1" if table in NUMBERED else table
        names += [stem if key == VALUE else f"{stem}.{key}" for key in keys]
    return tuple(names)


def locate(field: str) -> Place | None:
    """Where the value of a field stands, None if there is no such field."""
    keys = kinds(field)
    if keys is not None:
        return Place(field, VALUE if VALUE in keys else "")
    table, _, key = field.rpartition(".")
    keys = kinds(table)
    return Place(table, key) if keys is not None and key in keys and key != VALUE else None


def parsed(place: Place, value: object) -> MetadataValue:
    """A value as it is stored: "" or () for unknown. Takes stored values too. Raises BadValue with what would fit."""
    kind = TABLES[place.table.partition(".")[0]][place.key]
    try:
        return _parsed(kind, value)
    except (TypeError, ValueError) as error:
        raise BadValue(f"it has to be {kind.value}") from error


def ordered(entries: Mapping[str, MetadataEntry]) -> Mapping[str, MetadataEntry]:
    """The tables in the order of the file."""
    return MappingProxyType({name: entries[name] for name in sorted(entries, key=_rank)})


def edited(
    entries: Mapping[str, MetadataEntry], field: str, value: object, span: Span | None = None
) -> Mapping[str, MetadataEntry]:
    """The tables with one value set, its table's origin `edited`; a table that holds nothing any more is gone.

    `span` is where the letter says the value, None if that is not told: a table keeps the place that it had. A record
    reaches over all its values.

    Raises BadValue if there is no such field, the value does not fit, or a number leaves a gap.
    """
    place = locate(field)
    if place is None:
        raise BadValue("there is no such field")
    rest = {name: entry for name, entry in entries.items() if name != place.table}
    if place.key == "":
        if value not in (None, ""):
            keys = ", ".join(f"{field}.{key}" for key in kinds(field) or ())
            raise BadValue(f"it is a record, which can only be cleared: set one of {keys}")
        return ordered(rest)
    entry = entries.get(place.table) or _blank(place.table, entries)
    values = {**entry.values, place.key: parsed(place, value)}
    if not any(values.values()):
        return ordered(rest)
    where = entry.span if span is None else span
    if span is not None and entry.span is not None and place.key != VALUE:
        where = Span(min(span.start, entry.span.start), max(span.end, entry.span.end))
    changed = replace(entry, values=MappingProxyType(values), span=where, origin="edited")
    return ordered(rest | {place.table: changed})


def value_at(entries: Mapping[str, MetadataEntry], field: str) -> MetadataValue | None:
    """The value of a field, None where it is unknown or is a whole record."""
    place = locate(field)
    entry = entries.get(place.table) if place else None
    return (entry.values.get(place.key) or None) if entry and place else None


def entries_of(letter: Letter) -> Mapping[str, MetadataEntry]:
    """The tables that a parse gives, each with the span of all its values."""
    found: dict[str, MetadataEntry] = {}
    for table, values in _values_of(letter.metadata).items():
        if any(values.values()):
            found[table] = MetadataEntry(MappingProxyType(values), _span_of(table, letter.metadata_spans))
    return ordered(found)


def _parsed(kind: Kind, value: object) -> MetadataValue:
    if kind is Kind.TEXT:
        return _text(value)
    if kind is Kind.TEXTS:
        items = value.splitlines() if isinstance(value, str) else _items(value)
        return tuple(text for text in map(_text, items) if text)
    if kind is Kind.DATE:
        return _date(value) if value not in (None, "") else ""
    if kind is Kind.DATES:
        days = [d for d in _BETWEEN_DATES.split(value) if d] if isinstance(value, str) else _items(value)
        return tuple(_date(day) for day in days)
    text = _text(value)
    if text and not (_MONTH.fullmatch(text) if kind is Kind.MONTH else text in OUTCOMES):
        raise ValueError(text)
    return text


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(value)
    return value.strip()


def _items(value: object) -> tuple[object, ...]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise TypeError(value)
    return tuple(value)


def _date(value: object) -> dt.date:
    if type(value) is dt.date:
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value.strip()):
        raise TypeError(value)
    return dt.date.fromisoformat(value.strip())


def _rank(table: str) -> tuple[int, int]:
    name, _, number = table.partition(".")
    return _ORDER[name], int(number or 0)


def _blank(table: str, entries: Mapping[str, MetadataEntry]) -> MetadataEntry:
    name, dot, number = table.partition(".")
    if dot:
        following = 1 + max((_rank(other)[1] for other in entries if other.partition(".")[0] == name), default=0)
        if int(number) > following:
            raise BadValue(f"the next free one is {name}.{following}")
    keys = TABLES[name]
    return MetadataEntry({key: () if kind in (Kind.TEXTS, Kind.DATES) else "" for key, kind in keys.items()}, None)


def _values_of(metadata: Metadata) -> dict[str, dict[str, MetadataValue]]:
    addressee, contact = metadata.addressee, metadata.contact
    tables: dict[str, dict[str, MetadataValue]] = {
        "addressee": _person(Person(addressee.name, addressee.role))
        | {
            "organisation": addressee.organisation or "",
            "address": addressee.address,
            "postcode": addressee.postcode or "",
        },
        "signatory": _person(metadata.signatory),
        "contact": {"email": contact.email or "", "telephone": contact.telephone, "website": contact.website or ""},
    }
    for name, keys in TABLES.items():
        if VALUE in keys:
            tables[name] = {VALUE: getattr(metadata, name) or ""}
    for number, earlier in enumerate(metadata.previous_inspection, 1):
        tables[f"previous_inspection.{number}"] = {
            "month": earlier.month,
            "outcome": earlier.outcome or "",
            "statements": earlier.statements,
        }
    for number, person in enumerate(metadata.copies, 1):
        tables[f"copies.{number}"] = _person(person)
    return tables


def _person(person: Person) -> dict[str, MetadataValue]:
    return {"name": person.name or "", "role": person.role or ""}


def _span_of(table: str, spans: Mapping[str, Span]) -> Span | None:
    of_table = [span for path, span in spans.items() if path == table or path.startswith(f"{table}.")]
    if not of_table:
        return None
    return Span(min(span.start for span in of_table), max(span.end for span in of_table))
