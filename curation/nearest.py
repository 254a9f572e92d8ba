"""For a name that nobody knows: the one that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` with the fewest edits from `name` (optimal string alignment), None if there are none.

    Of equally near ones the first in alphabetical order, so that the answer does not depend on the order given.
    """
    ordered = sorted(names)
    return str(process.extractOne(name, ordered, scorer=OSA.distance)[0]) if ordered else None
