"""Spans of a text without the white space around them."""

from __future__ import annotations

from parsers.letter import Span


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends; an empty one where there is nothing else."""
    content = text[start:end]
    left = len(content) - len(content.lstrip())
    return Span(start + left, start + max(left, len(content.rstrip())))


def skip_space(text: str, start: int, end: int) -> int:
    """The first place in `text[start:end]` that holds no white space; `end` where there is none."""
    while start < end and text[start].isspace():
        start += 1
    return start
