"""What a review says its letter is about: whose it is, and of when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curation.review import MetadataValue, Review


def single(review: Review, name: str) -> MetadataValue | None:
    """The first value of a metadata table, None if there is no such table."""
    entry = review.metadata.get(name)
    return None if entry is None else next(iter(entry.values.values()), None)


def authority(review: Review) -> str:
    """The council's short name; where the letter does not say, the letter's own name in the workspace."""
    for name in ("authority", "council"):
        value = single(review, name)
        if isinstance(value, str) and value:
            return value
    return review.letter.rpartition("/")[2] or review.letter


def council(review: Review) -> str:
    """The council's full name, or what `authority` gives."""
    value = single(review, "council")
    return value if isinstance(value, str) and value else authority(review)


def letter_date(review: Review) -> dt.date | None:
    """The date of the letter, None where it is unknown."""
    value = single(review, "date")
    return value if isinstance(value, dt.date) else None


def inspection_days(review: Review) -> tuple[dt.date, ...]:
    """The days of the inspection, in order; empty where they are unknown."""
    entry = review.metadata.get("inspection_dates")
    values = entry.values.get("value", ()) if entry else ()
    return tuple(sorted(day for day in values if isinstance(day, dt.date))) if isinstance(values, tuple) else ()
