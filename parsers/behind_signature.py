"""Sections behind the signature: an extractor that reads boxes of a page out of order puts it between them."""

from __future__ import annotations

from parsers.frame import COPY_MARK, Frame
from parsers.letter import Span
from parsers.plain import lines_in
from parsers.profile import Profile

LONGEST_HEADING = 120
"""Code points of a line that may be a heading."""
MOST_LINES = 2000
"""Lines of a foot that are looked at; a letter has some ten."""


def find_behind_signature(text: str, frame: Frame, profile: Profile) -> Span | None:
    """Where sections stand in the letter's foot: from the first heading on its own line to the copy list, or the end.

    None where there are none. A heading has something below it: the last line of a letter is none.

    Args:
        text: the letter.
        frame: its parts.
        profile: the family's wording.
    """
    lines = lines_in(text, frame.foot.start, frame.foot.end)[:MOST_LINES]
    for number, line in enumerate(lines[:-1]):
        if line.end - line.start > LONGEST_HEADING or not profile.heading.is_one(text, line.start, line.end):
            continue
        copies = COPY_MARK.search(text, line.end, frame.foot.end)
        end = copies.start() if copies else frame.foot.end
        if lines[number + 1].start < end:
            return Span(line.start, end)
    return None
