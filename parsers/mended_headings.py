"""Headings that are not spelt as the profile spells them: torn by a page, misread by a scanner, mistyped, dressed up.

They are looked for among the short lines that are left over, and written into a copy of the letter as the profile has
them. The copy is then read like any letter, so that what makes a heading of words is decided in one place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsers.carriers import Change
from parsers.heading_likeness import HYPHENS, LONGEST_SAID, RULES, bare
from parsers.letter import Doubt, Span
from parsers.lines import Line, LineKind
from parsers.profile import Profile
from parsers.sentences import is_complete

LONGEST = 100
"""Code points of a line that may be a heading; the longest of a profile has some eighty."""
MOST_LOOKED_AT = 500
"""Lines of a letter that are looked at; a letter has some ten such lines."""

_TEXT, _ITEM, _HEADING, _FURNITURE = LineKind.TEXT, LineKind.ITEM, LineKind.HEADING, LineKind.FURNITURE
_MOST_PIECES = 4
_MOST_FURNITURE = 6
_DIGIT_MISREAD = re.compile(r"(?<=\d)[OlI](?=\d)")
_ONE_MISREAD = re.compile(r"(?<=\n)[lI](?=[.)] (?:[^\n]*\n){1,12}[ \t]*2[.)] )")
_DIGITS = {"O": "0", "l": "1", "I": "1"}
_MISREAD = re.compile(r"(?<=[A-Za-z])\d(?=[A-Za-z]|\b)")
_CELL_END = re.compile(r"[ \t]*\t[ \t]*|[ ]{3,}")


class Mended(NamedTuple):
    """What is to be read instead in a letter, in order, and the doubts about it."""

    changes: tuple[Change, ...]
    doubts: tuple[Doubt, ...]


_Found = tuple[Change | None, Span, str]
"""A change, or None where nothing can be mended; its place; and what is said about it, "" for nothing."""


def mended_headings(text: str, lines: Sequence[Line], profile: Profile) -> Mended | None:
    """Headings among `lines` that are to be read otherwise than they stand; None where there are none.

    Args:
        text: the letter.
        lines: of its body, as they were read.
        profile: the family's wording.
    """
    found = list(_found(text, lines, profile))
    if not found:
        return None
    doubts = tuple(Doubt("unknown-heading", message, span) for _, span, message in found if message)
    changes = [change for change, _, _ in found if change is not None]
    if any(_MISREAD.search(text, change.start, change.end) for change in changes):
        changes = sorted([*changes, *_misread_digits(text, changes)])
    return Mended(tuple(changes), doubts)


def _misread_digits(text: str, changes: Sequence[Change]) -> Iterator[Change]:
    """Letters inside numbers, where a scanner misread headings too: they make days and years unreadable."""
    for found in (*_DIGIT_MISREAD.finditer(text), *_ONE_MISREAD.finditer(text)):
        before = bisect_right(changes, found.start(), key=_start) - 1
        if before < 0 or changes[before].end <= found.start():
            yield Change(*found.span(), _DIGITS[found.group()])


def _start(change: Change) -> int:
    return change.start


def _found(text: str, lines: Sequence[Line], profile: Profile) -> Iterator[_Found]:
    likeness = profile.heading.likeness
    free = looked_at = 0
    for place, start, end in _candidates(text, lines, profile):
        line = lines[place]
        if start < free:
            continue
        first = text[start]
        small = first.islower() or (first not in likeness.firsts and end - start > LONGEST_SAID)
        if small or end - start > LONGEST or not _is_left_alone(text, lines, place):
            if line.kind is _TEXT and first in likeness.firsts:
                yield from _row(text, line, profile)
            continue
        if looked_at == MOST_LOOKED_AT:
            return
        looked_at += 1
        words = bare(text[start:end])
        if not words or words[0].islower():
            continue
        torn = _torn(text, lines, place, words + text[end - 1] if text[end - 1] in HYPHENS else words, profile)
        if torn is not None:
            free, wording = torn
            message = f"put together over a page break or a line's end; read as {wording!r}"
            yield Change(start, free, wording), Span(start, free), message
        elif line.kind in (_TEXT, _ITEM) and not profile.heading.is_one(text, start, end):
            alike = likeness.same(words) or likeness.near(words) or likeness.saying(words)
            if alike:
                free = end
                message = f"not spelt like a heading of this family; read as {alike!r}"
                yield Change(start, end, alike), Span(start, end), message
            else:
                yield from _row(text, line, profile)


def _candidates(text: str, lines: Sequence[Line], profile: Profile) -> Iterator[tuple[int, int, int]]:
    """The lines that may be a heading or part of one: place in `lines`, and where their words begin and end.

    Of marked lines those that end with the sign they begin with, as in `- Strengths -`, and headings with a number such
    as `1.0`; of headings and furniture those behind which plain text comes next, which may be their second half.
    """
    beyond = 0
    for place, line in enumerate(lines):
        kind, (start, end) = line.kind, line.span
        if kind is _TEXT:
            yield place, (line.mark.start if line.mark else start), end
        elif kind is _ITEM and line.mark is not None:
            if line.style != "1.1":
                end = _ruled_end(text, line.mark, end) if text[line.mark.start] in RULES else 0
            elif end - start > LONGEST or not profile.heading.is_one(text, start, end):
                end = 0
            if end:
                yield place, line.mark.start, end
        elif kind is _HEADING or kind is _FURNITURE:
            if beyond <= place:
                beyond = place + 1
                while beyond < len(lines) and lines[beyond].kind is _FURNITURE:
                    beyond += 1
            if beyond == len(lines) or beyond - place > _MOST_FURNITURE + 1:
                continue
            if lines[beyond].kind is _TEXT and lines[beyond].mark is None:
                yield place, start, end


def _ruled_end(text: str, mark: Span, end: int) -> int:
    """Where a marked line ends that has the sign of its mark at its end too; 0 if it has not."""
    while text[end : end + 1] == " ":
        end += 1
    while text[end : end + 1] in RULES:
        end += 1
    return end if text[end - 1] == text[mark.start] else 0


def _is_left_alone(text: str, lines: Sequence[Line], place: int) -> bool:
    """Whether no sentence goes through a line: the one above is apart or ended, the one below does not go on."""
    line = lines[place]
    if place and not line.gap and not line.page:
        before = lines[place - 1]
        if before.kind in (_TEXT, _ITEM) and not is_complete(text, before.span.end):
            return False
    if place + 1 == len(lines):
        return False
    after = lines[place + 1]
    follows = after.kind is _TEXT and not after.gap and not after.page
    return not (follows and text[after.span.start].islower()) or text[line.span.end - 1] in HYPHENS


def _row(text: str, line: Line, profile: Profile) -> Iterator[_Found]:
    """A row of a table whose first cell is a heading: its finding is a paragraph of its own.

    Two headings side by side head two columns; what stands below cannot be told apart.
    """
    start, end = line.span
    first = text[start : min(end, start + LONGEST)]
    if "\t" not in first and "   " not in first:
        return
    found = _CELL_END.search(text, start, start + len(first))
    if not found or found.end() == end or not profile.heading.is_one(text, start, found.start()):
        return
    if profile.heading.is_one(text, found.end(), end):
        yield None, line.span, "two headings side by side; what stands below was not read"
    else:
        yield Change(*found.span(), "\n\n"), Span(*found.span()), ""


def _torn(text: str, lines: Sequence[Line], place: int, words: str, profile: Profile) -> tuple[int, str] | None:
    """Where a heading ends that begins with these words and goes on behind a gap, and its wording.

    Of two headings, one of which goes on with the next line, it is the longer.
    """
    likeness = profile.heading.likeness
    apart, ended = False, None
    for _ in range(_MOST_PIECES):
        if not likeness.begins(words):
            break
        parted, place = _next_piece(text, lines, place, words, profile)
        if place < 0:
            break
        line = lines[place]
        apart = apart or parted or bool(line.gap) or line.page or words[-1] in HYPHENS
        words = f"{words} {text[line.span.start : line.span.end]}"
        if (wording := likeness.same(words)) and apart:
            ended = line.span.end, wording
    return ended


def _next_piece(text: str, lines: Sequence[Line], place: int, words: str, profile: Profile) -> tuple[bool, int]:
    """Whether furniture stands before the next piece of a heading, and its place; -1 where none can follow.

    What seems to be furniture may itself be the next piece: two torn headings have a half in common.
    """
    likeness = profile.heading.likeness
    parted = False
    for number in range(place + 1, min(len(lines), place + 2 + _MOST_FURNITURE)):
        line = lines[number]
        if line.mark is not None or line.span.end - line.span.start > LONGEST:
            break
        piece = text[line.span.start : line.span.end]
        longer = bare(f"{words} {piece}")
        if any(map(str.isalpha, piece)) and (likeness.same(longer) or likeness.begins(longer)):
            return parted, number
        if line.kind is not _FURNITURE:
            break
        parted = True
    return parted, -1
