"""Who signed the letter: a name and an office after the valediction, on one line or several."""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.found import UNCERTAIN, Found
from parsers.ids import fold
from parsers.letter import Doubt, Person, Region, RegionKind, Span
from parsers.people import Token, is_particle, name_at, role_at, title_at, tokens_in
from parsers.plain import Line, Sheet, lines_in, span_of, trim

_FOR = re.compile(r"(?:pp|p\.p\.?|for and on behalf of)\s", re.IGNORECASE)
_OVER = re.compile(r"(?:enc(?:l|losure)?s?\b|email|e-mail|tel\b|telephone|date\b|dated\b|\d)", re.IGNORECASE)
_SEPARATORS = ",;:-/|.()"
_LONGEST_ROLE = 300
_LONGEST_NAME_LINE = 4
_MOST_LINES = 8


class SignatureReading(NamedTuple):
    """The signatory, and where all this stands."""

    signatory: Person = Person()
    found: Found = Found()


def read_signature(sheet: Sheet, zone: Span) -> SignatureReading:
    """Read the signatory from what stands between the valediction and the copy list."""
    lines = [line for line in lines_in(sheet.words, zone.start, zone.end) if _speaks(sheet.words, line)][:_MOST_LINES]
    if not lines:
        return SignatureReading()
    name, role, sure = _parts(sheet.words, lines)
    if name is None:
        return SignatureReading()
    spans = {"signatory.name": name}
    if role:
        spans["signatory.role"] = role
    region = Region(RegionKind.SIGNATORY, span_of((lines[0].start, max(name.end, role.end if role else 0))))
    doubts = () if sure else (Doubt(UNCERTAIN, "where the signatory's name ends is a guess", name),)
    person = Person(sheet.value(name), sheet.value(role) if role else None)
    return SignatureReading(person, Found(spans, (region,), doubts))


def _speaks(words: str, line: Line) -> bool:
    content = words[line.start : line.end]
    if content[0] in "[(" and content[-1] in "])":
        return False
    return content[0].isalpha() or any(char.isalpha() for char in content)


def _parts(words: str, lines: list[Line]) -> tuple[Span | None, Span | None, bool]:
    """Name, role, and whether the cut between them is sure."""
    first = lines[0]
    start = first.start
    if behalf := _FOR.match(words, start, first.end):
        start = behalf.end()
    tokens = _from_first_word(tokens_in(words, start, first.end))
    if not tokens or role_at(tokens, 0):
        return None, None, True
    end, sure = _name_end(tokens)
    name = trim(words, tokens[0].start, tokens[end - 1].end, ",;")
    role_start = tokens[end].start if end < len(tokens) else None
    others = _role_lines(words, lines[1:])
    if role_start is None and not others:
        return name, None, sure
    role_end = others[-1].end if others else tokens[-1].end
    role = trim(words, role_start if role_start is not None else others[0].start, role_end, ",;.")
    return name, role if role.start < role.end else None, sure


def _from_first_word(tokens: list[Token]) -> list[Token]:
    """Without page numbers and marks at either end."""
    while tokens and not any(char.isalpha() for char in tokens[0].word):
        tokens = tokens[1:]
    while tokens and not any(char.isalpha() for char in tokens[-1].word):
        tokens = tokens[:-1]
    return tokens


def _name_end(tokens: list[Token]) -> tuple[int, bool]:
    """How many tokens are the name; two people may have signed on one line."""
    first = name_at(tokens, 0)
    if first and first.end + 1 < len(tokens) and tokens[first.end].key in ("and", "&"):
        second = name_at(tokens, first.end + 1)
        if second:
            return second.end, False
    for number in range(1, len(tokens)):
        if role_at(tokens, number):
            return number, True
    capitals = all(token.word.isupper() for token in tokens)
    name = name_at(tokens, 0, capitals=capitals)
    small = sum(is_particle(tokens, number) for number in range(len(tokens)))
    if name and name.sure and name.surname - title_at(tokens, 0) - small < _LONGEST_NAME_LINE:
        return name.end, True
    if len(tokens) <= _LONGEST_NAME_LINE:
        return len(tokens), True
    return 2, False


def _role_lines(words: str, lines: list[Line]) -> list[Line]:
    """The lines of the office: up to a long one, or one that begins something else."""
    role: list[Line] = []
    for line in lines:
        content = fold(words[line.start : line.end])
        if _OVER.match(content) or "@" in content:
            break
        if line.gap and role and not role_at(tokens_in(words, line.start, line.end), 0):
            break
        if sum(other.end - other.start for other in (*role, line)) > _LONGEST_ROLE:
            break
        role.append(line)
    return role
