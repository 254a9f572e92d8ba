"""Names for findings: short, stable, and the same for the same text."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_SHORTEST = 6


def fold(text: str) -> str:
    """White space folded: the form in which a finding's text is stored, compared and hashed."""
    return " ".join(text.split())


def finding_id(text: str, ordinal: int = 0, taken: Container[str] = ()) -> str:
    """Name a finding from its text: `f-` and six or more characters of Crockford's base32, in lower case.

    Args:
        text: the finding's text; white space is folded first.
        ordinal: how many findings of the letter with the same folded text stand before it.
        taken: ids that must not be given again, such as all that a journal ever held; the id grows until it is new.

    Returns:
        The id. The same arguments give the same id in every process.
    """
    folded = fold(text).encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(folded + b"\0" + str(ordinal).encode()).digest()
    name = "f-"
    for length, character in enumerate(_characters(digest), start=1):
        name += character
        if length >= _SHORTEST and name not in taken:
            return name
    return finding_id(text, ordinal + 1, taken)


def _characters(digest: bytes) -> Iterator[str]:
    """Base32 of a digest, five bytes at a time: nearly always the first six characters are all that is needed."""
    for start in range(0, len(digest) - 4, 5):
        number = int.from_bytes(digest[start : start + 5], "big")
        for shift in range(35, -1, -5):
            yield _CROCKFORD[(number >> shift) & 31]
