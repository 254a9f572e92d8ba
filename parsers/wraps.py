"""Lines of a head or foot that an extractor wrapped: joined again, offset for offset.

A letter's lines are wrapped where none is long and some go on with a small letter. A line break is soft where the next
word would not have fitted on the line before it: nobody ended that line on purpose.
"""

from __future__ import annotations

from itertools import pairwise

LONGEST_WRAPPED = 110
"""Code points; a letter with a longer line than this is not wrapped."""
SHORTEST_WRAPPED = 40
"""Code points of the narrowest wrapping."""
SAMPLE = 12_000
"""Code points from the start of the letter that show how wide it is wrapped."""
_SLACK = 8


def wrap_width(words: str) -> int:
    """The width to which a letter is wrapped, in code points; 0 where it is not. `words` is plain text.

    It is the length of the longest line that certainly goes on: with a small letter, on the line after.
    """
    sample = words[:SAMPLE]
    if _has_longer_line(sample, LONGEST_WRAPPED):
        return 0
    lines = sample.split("\n")
    width = max((len(line) for line, after in pairwise(lines) if after[:1].islower()), default=0)
    return width if width >= SHORTEST_WRAPPED else 0


def _has_longer_line(text: str, length: int) -> bool:
    """Whether a line of `text` has more than `length` code points; to see that takes a look at a few places of most."""
    start = 0
    while len(text) - start > length:
        last = text.rfind("\n", start, start + length + 1)
        if last < 0:
            return True
        start = last + 1
    return False


def unwrapped(words: str, start: int, end: int, width: int) -> str:
    """`words` with a space for each soft line break in `words[start:end]`: same length, same offsets."""
    if not width:
        return words
    start = words.rfind("\n", 0, start) + 1
    lines = words[start:end].split("\n")
    joined = [lines[0]]
    for line, after in pairwise(lines):
        joined.append((" " if _is_soft(line, after, width) else "\n") + after)
    return words[:start] + "".join(joined) + words[end:]


def _is_soft(line: str, after: str, width: int) -> bool:
    if not line.strip() or not after.strip() or len(line) > width + _SLACK:
        return False
    return len(line) + 1 + len(after.split(None, 1)[0]) > width
