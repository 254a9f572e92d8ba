"""The office of an addressee, and the department that may follow it, on lines of their own or all on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers.found import UNCERTAIN
from parsers.gazetteer import gazetteer
from parsers.letter import Doubt, Span
from parsers.people import Token, address_at, role_at, tokens_in
from parsers.plain import Line, Sheet, lines_in, span_of, trim

_GLUE = re.compile(r"(?:,|-|&|\b(?:and|of|for|the|to|in|with))$", re.IGNORECASE)
_LONGEST_GLUE = len("with")
_SEPARATORS = ",;:-/|"
_UNSURE = "the addressee's role may have a department's name at its end"
_GUESSED = "no organisation was found, so where the addressee's role ends is a guess"


class Office(NamedTuple):
    """Where role and departments stand, and what is doubted."""

    role: Span | None = None
    departments: tuple[Span, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def end(self, start: int) -> int:
        """Behind the last of them; `start` where there is none."""
        return max((span.end for span in (self.role, *self.departments) if span), default=start)


def read_office(sheet: Sheet, rest: Span, *, before_organisation: bool) -> Office:
    """Read role and departments from `rest`, which follows the addressee's name.

    `before_organisation` says that `rest` ends where the organisation begins; if not, it may go on with an address.
    """
    words = sheet.words
    lines = [line for line in lines_in(words, rest.start, rest.end) if _speaks(words, line)]
    if not lines:
        return Office()
    if len(lines) == 1 and not before_organisation:
        return _guess(words, lines[0])
    first, last = lines[0], 0
    commas = words[rest.start : first.start + 1].strip() == "," or words[first.end - 1] == ","
    while last + 1 < len(lines) and _goes_on(words, first.start, lines[last], lines[last + 1], commas=commas):
        last += 1
    role = trim(words, first.start, lines[last].end, _SEPARATORS)
    others = [trim(words, line.start, line.end, _SEPARATORS) for line in lines[last + 1 :]]
    tokens = tokens_in(words, role.start, role.end)
    start = _department_start(sheet.text, tokens, commas=commas)
    doubts: tuple[Doubt, ...] = ()
    if start:
        others.insert(0, span_of((tokens[start].start, role.end)))
        role = span_of((role.start, tokens[start - 1].end + (tokens[start].parted == ")")))
    elif len(lines) == 1 and tokens and tokens[-1].key in gazetteer().departments:
        doubts = (Doubt(UNCERTAIN, _UNSURE, role),)
    role = _without_glue(words, role)
    return Office(role if role.start < role.end else None, tuple(others) if before_organisation else (), doubts)


def _speaks(words: str, line: Line) -> bool:
    return any(char.isalnum() for char in words[line.start : line.end])


def _goes_on(words: str, start: int, line: Line, after: Line, *, commas: bool) -> bool:
    """Whether the office goes on from `line` to the line after."""
    if _glue_at(words, start, line.end) is not None and not (commas and words[line.end - 1] == ","):
        return True
    tokens = tokens_in(words, after.start, after.end)
    if not tokens or tokens[-1].key in gazetteer().departments or tokens[0].key in gazetteer().departments:
        return False
    if words[after.start].islower() or words[after.start] in "(&":
        return True
    bare = _is_bare(tokens_in(words, start, line.end))
    return (bare and not address_at(tokens, 0)) or role_at(tokens, 0)


def _is_bare(tokens: Sequence[Token]) -> bool:
    """Whether an office of these words is not complete: `Executive Director`, but not `Chief Executive`."""
    keys = [token.key for token in tokens]
    return all(key in gazetteer().bare_roles for key in keys) and keys[-2:] != ["chief", "executive"]


def _department_start(text: str, tokens: Sequence[Token], *, commas: bool) -> int | None:
    """Which of `tokens` begins a department: `Director of Children's Services | Children's Services Department`.

    With `commas`, the pieces of the line are parted by commas; without, a comma is part of a name.
    """
    for place in range(1, len(tokens) - 1):
        named = tokens[place].key in gazetteer().departments and tokens[place + 1].key in ("for", "of")
        if named and not _GLUE.search(tokens[place - 1].word):
            return place
    if len(tokens) < 3 or tokens[-1].key not in gazetteer().departments:
        return None
    begins = [
        place
        for place in range(1, len(tokens) - 1)
        if tokens[place].word[0].isupper() and tokens[place].key != "services" and not _is_bare(tokens[:place])
    ]
    for place in begins:
        # Where the letter breaks a line that was joined again, the break may have been meant.
        broken = "\n" in text[tokens[place - 1].end : tokens[place].start]
        if broken and not tokens[place].parted and tokens[place - 1].key in gazetteer().role_ends:
            return place
    return next((place for place in reversed(begins) if _is_joint(tokens, place, commas=commas)), None)


def _is_joint(tokens: Sequence[Token], place: int, *, commas: bool) -> bool:
    """Whether an office can end before `place` and a department begin there."""
    token, before = tokens[place], tokens[place - 1]
    if token.parted == ")":
        return True
    if commas:
        # "Schools" does not begin a department in "..., Children, Schools and Families Directorate".
        listed = tokens[place + 1].key in ("and", "&") and before.parted
        return token.parted == "," and not listed
    return not token.parted and before.key in gazetteer().role_ends


def _guess(words: str, line: Line) -> Office:
    """An office on one line with an address and no organisation: it ends where the address seems to begin."""
    tokens = tokens_in(words, line.start, line.end)
    if not tokens or not role_at(tokens, 0):
        return Office()
    end = next((n for n in range(1, len(tokens)) if address_at(tokens, n)), len(tokens))
    while 1 < end < len(tokens) and (
        tokens[end - 1].key == "the" or tokens[end - 1].key not in gazetteer().office_words
    ):
        end -= 1
    role = span_of((tokens[0].start, tokens[end - 1].end))
    return Office(role, (), (Doubt(UNCERTAIN, _GUESSED, role),))


def _without_glue(words: str, role: Span) -> Span:
    """`Director of Children's Services for` before an organisation is an office without the last word."""
    while (glue := _glue_at(words, role.start, role.end)) and glue > role.start:
        role = trim(words, role.start, glue, _SEPARATORS)
    return role


def _glue_at(words: str, start: int, end: int) -> int | None:
    """Where a comma or small word stands that ends `words[start:end]`, but no office; None if none does."""
    match = _GLUE.search(words, max(start, end - _LONGEST_GLUE), end)
    return match.start() if match else None
