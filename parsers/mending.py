"""What is to be read otherwise than it stands, as the lines of a letter show once they are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from parsers.carriers import Change, in_order
from parsers.labels import labels
from parsers.letter import Doubt
from parsers.lines import Line
from parsers.mended_headings import mended_headings
from parsers.profile import Profile


class Mending(NamedTuple):
    """Changes of a letter's text, in order and none over another, and the doubts about them."""

    changes: tuple[Change, ...]
    doubts: tuple[Doubt, ...]


def mend(text: str, lines: Sequence[Line], profile: Profile) -> Mending | None:
    """Headings that are not spelt as the profile has them, and labels instead of marks; None where there are none.

    Args:
        text: the letter.
        lines: of its body, as they were read.
        profile: the family's wording.
    """
    headings, marks = mended_headings(text, lines, profile), labels(text, lines)
    if headings is None and not marks:
        return None
    changes = in_order([*(headings.changes if headings else ()), *marks])
    return Mending(tuple(changes), headings.doubts if headings else ())
