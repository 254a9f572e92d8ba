"""Letters' text folded for comparing: what an extraction changes is left out, and each character knows its place.

White space, line ends, hyphens and dashes, marks, quotation marks, accents and characters that can't be seen are left
out; ligatures are taken apart; capitals become small letters. So a finding reads the same however it was torn out of
its PDF.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from parsers.letter import Span

_LEFT_OUT: Final = frozenset("'\"`´‘’‚‛“”„‟′″«»‹›*•‣▪▫●○■□◦∙·◆◇►‧⁃−\ufffd")
_CATEGORIES: Final = ("Z", "C", "M", "Pd")


class Folded(NamedTuple):
    """Folded text: `places[i]` is the code point of the text that `key[i]` comes from."""

    key: str
    places: Sequence[int]


def folded(text: str) -> str:
    """`text` in the form in which it is compared."""
    return "".join(map(_folded, text))


def folded_with_places(text: str, left_out: Sequence[Span] = ()) -> Folded:
    """`text` folded, without what lies in `left_out` (in order, not overlapping)."""
    key: list[str] = []
    places = array("Q")
    start = 0
    for gap in (*left_out, Span(len(text), len(text))):
        for place in range(start, gap.start):
            piece = _folded(text[place])
            if piece:
                key.append(piece)
                places.extend([place] * len(piece))
        start = gap.end
    return Folded("".join(key), places)


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    plain = unicodedata.normalize("NFKD", char).casefold()
    return "".join(c for c in plain if c not in _LEFT_OUT and not unicodedata.category(c).startswith(_CATEGORIES))
