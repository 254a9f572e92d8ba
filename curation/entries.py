"""From a review to its findings as they stand in a corpus."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from sys import intern

from curation.about import authority, letter_date
from curation.entry import Entry
from curation.review import Review


def entries(review: Review) -> Iterator[Entry]:
    """The living findings of a review as they stand in a corpus. Names that many share are kept once."""
    name, date = intern(authority(review)), letter_date(review)
    for finding in review.findings:
        yield Entry(review.letter, name, finding.id, intern(finding.category), finding.text, date.year if date else 0)


def packed(found: Iterable[Entry]) -> bytes:
    """Entries for keeping until somebody asks: of ten thousand letters they take 10 MB, a fifth of what they are."""
    # Escaped as ASCII: a letter may hold half a character, which UTF-8 can't.
    return zlib.compress(json.dumps([astuple(entry) for entry in found]).encode("ascii"), 1)


def unpacked(data: bytes) -> tuple[Entry, ...]:
    """What `packed` was given."""
    return tuple(Entry(*values) for values in json.loads(zlib.decompress(data)))
