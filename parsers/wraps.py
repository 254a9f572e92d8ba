"""Lines of a head or foot that an extractor wrapped: joined again, offset for offset.

A letter's lines are wrapped where none is long and some go on with a small letter. A line break is soft where the next
word would not have fitted on the line before it: nobody ended that line on purpose.
"""

from __future__ import annotations

from itertools import pairwise

LONGEST_WRAPPED = 110
"""Code points; a letter with a longer line than this is not wrapped."""
SHORTEST_WRAPPED = 50
SAMPLE = 12_000
"""Code points from the start of the letter that show how wide it is wrapped."""


def wrap_width(words: str) -> int:
    """The width to which a letter is wrapped, in code points; 0 where it is not. `words` is plain text."""
    lines = words[:SAMPLE].split("\n")
    width = max(map(len, lines))
    if not SHORTEST_WRAPPED <= width <= LONGEST_WRAPPED:
        return 0
    goes_on = any(line and after[:1].islower() for line, after in pairwise(lines))
    return width if goes_on else 0


def unwrapped(words: str, start: int, end: int, width: int) -> str:
    """`words` with a space for each soft line break in `words[start:end]`: same length, same offsets."""
    if not width:
        return words
    start = words.rfind("\n", 0, start) + 1
    lines = words[start:end].split("\n")
    joined = [lines[0]]
    for line, after in pairwise(lines):
        soft = line.strip() and after.strip() and len(line) + 1 + len(after.split(None, 1)[0]) > width
        joined.append((" " if soft else "\n") + after)
    return words[:start] + "".join(joined) + words[end:]
