"""A line of a letter before anything is known of it."""

from __future__ import annotations

from typing import NamedTuple


class RawLine(NamedTuple):
    """A line that is not blank: its trimmed span, blank lines before it, and whether a form feed stands before it."""

    start: int
    end: int
    blank_before: int
    feed_before: bool
