"""Names for findings: short, stable, and the same for the same text."""

from __future__ import annotations

from collections.abc import Container
from hashlib import sha256

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = tuple(first + second for first in _CROCKFORD for second in _CROCKFORD)
_SHORTEST = 6
_NONE_BEFORE = b"\0%d" % 0


def fold(text: str) -> str:
    """White space folded: the form in which a finding's text is stored, compared and hashed."""
    # Most texts are folded as they are, and to see that takes half the time.
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text
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
    return id_of_folded(fold(text), ordinal, taken)


def id_of_folded(folded: str, ordinal: int = 0, taken: Container[str] = ()) -> str:
    """`finding_id` of a text whose white space is folded already."""
    number_before = b"\0%d" % ordinal if ordinal else _NONE_BEFORE
    digest = sha256(folded.encode("utf-8", "surrogatepass") + number_before).digest()
    # Nearly always the first six characters are all that is needed: thirty bits.
    number = int.from_bytes(digest[:4], "big")
    name = f"f-{_PAIRS[number >> 22]}{_PAIRS[number >> 12 & 1023]}{_PAIRS[number >> 2 & 1023]}"
    if name not in taken:
        return name
    spelt = "".join(map(_base32, (digest[start : start + 5] for start in range(0, len(digest) - 4, 5))))
    longer = (f"f-{spelt[:length]}" for length in range(_SHORTEST + 1, len(spelt) + 1))
    return next((name for name in longer if name not in taken), None) or id_of_folded(folded, ordinal + 1, taken)


def _base32(five: bytes) -> str:
    """Five bytes as eight characters."""
    number = int.from_bytes(five, "big")
    return "".join(_PAIRS[number >> shift & 1023] for shift in (30, 20, 10, 0))
