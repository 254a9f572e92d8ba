"""For a name that nobody knows: the one that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` with the fewest edits from `name` (optimal string alignment), None if there are none.

    Of equally near ones the first in alphabetical order, so that the answer does not depend on the order given.
    """
    # For errors alone, which the library waits for as little as the first frame does: 4 MB.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    ordered = sorted(names)
    return str(process.extractOne(name, ordered, scorer=OSA.distance)[0]) if ordered else None
