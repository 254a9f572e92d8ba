"""The program's words for what a review holds: names of letters, dates, labels of metadata. Pure.

What comes out still carries the letter's own characters: it is made safe where it is painted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from curation.about import authority, council, letter_date

if TYPE_CHECKING:
    from curation.review import MetadataEntry, MetadataValue, Review
    from curation.summary import Summary

__all__ = [
    "authority",
    "clock",
    "council",
    "day",
    "field_words",
    "letter_date",
    "letter_title",
    "metadata_rows",
    "row_title",
    "value_words",
    "when",
]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LABELS = {
    "date": "date",
    "addressee": "to",
    "salutation": "dear",
    "subject": "subject",
    "authority": "authority",
    "council": "council",
    "inspection_dates": "inspected",
    "legal_basis": "legal",
    "previous_inspection": "previous",
    "signatory": "signed",
    "copies": "copy",
    "contact": "contact",
}


MOMENT = "One moment: the letters are still looked for."
"""Said where it is not known yet which letters there are."""

STATE_WORDS = {
    "new": "nobody has begun",
    "open": "begun, not handed in",
    "handed-in": "handed in",
    "agreed": "there is an agreed review",
    "changed": "the letter has changed since it was reviewed",
    "unreadable": "can't be read",
}
"""States of a letter in words."""


def counted(number: int, noun: str) -> str:
    """`1 letter`, `2 letters`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def day(value: dt.date) -> str:
    """`1 Dec 2010`, in every locale."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def clock(moment: dt.datetime | None) -> str:
    """The local time of day of an aware moment, `09:14:31`; "" for None."""
    return f"{moment.astimezone():%H:%M:%S}" if moment else ""


def when(moment: dt.datetime | None) -> str:
    """The local date and time of an aware moment, `20 Nov 09:14`; "" for None."""
    if moment is None:
        return ""
    local = moment.astimezone()
    return f"{local.day} {_MONTHS[local.month - 1]} {local:%H:%M}"


def value_words(value: MetadataValue) -> str:
    """One value of a metadata table in words."""
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(day(v) if isinstance(v, dt.date) else v for v in value)
    return value


def label_of(name: str) -> str:
    """What a row of metadata is called on the screen."""
    return _LABELS.get(name.partition(".")[0], name)


def field_words(name: str) -> str:
    """What a value of the metadata is called on the screen: `to, name` for `addressee.name`, `copy 2, role`."""
    table, *others = name.split(".")
    number = f" {others.pop(0)}" if others and others[0].isdigit() else ""
    return ", ".join((f"{_LABELS.get(table, table)}{number}", *others))


def metadata_rows(metadata: Mapping[str, MetadataEntry]) -> Iterator[tuple[str, str, str]]:
    """For each entry its name in the review, its label and its values in words; those without a value are left out."""
    for name, entry in metadata.items():
        values = [value_words(v) for v in entry.values.values() if v]
        if values:
            yield name, label_of(name), ", ".join(values)


def unknown_metadata(metadata: Mapping[str, MetadataEntry]) -> Iterator[str]:
    """The labels of what a letter usually says and this one's metadata does not, in the order of the rows."""
    known = {name.partition(".")[0] for name, _, _ in metadata_rows(metadata)}
    return (label for stem, label in _LABELS.items() if stem not in known)


def row_title(row: Summary, *, short: bool = False) -> str:
    """What `letter_title` gives, from what a list knows of the letter."""
    name = row.name if short else row.council or row.name
    return f"{name} · {day(row.date)}" if row.date else name


def letter_title(review: Review, *, short: bool = False) -> str:
    """`Eastmarch County Council · 1 Dec 2010`; short: `Eastmarch · 1 Dec 2010`."""
    name, date = authority(review) if short else council(review), letter_date(review)
    return f"{name} · {day(date)}" if date else name


def sentence(words: str) -> str:
    """Words as a sentence: a capital first, a full stop last."""
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '!', '?', '…')) else '.'}"


_ID = re.compile(r"\bf-[0-9a-z]{4,}")
_FIRST_WORDS = 3


def spoken(words: str, review: Review, it: str = "") -> str:
    """A message with each finding that it names by id named by its first words instead, in quotation marks.

    `it` is the id of the one that is spoken of anyway.
    """

    def named(found: re.Match[str]) -> str:
        if found[0] == it:
            return "it"
        gone = (removed.finding for removed in review.removed if removed.finding.id == found[0])
        finding = review.find(found[0]) or next(gone, None)
        if finding is None:
            return found[0]
        first = finding.text.split()
        return f'"{" ".join(first[:_FIRST_WORDS])}{"…" if len(first) > _FIRST_WORDS else ""}"'

    return _ID.sub(named, words)
