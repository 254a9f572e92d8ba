"""The three parts of a letter: head, body, foot, told from each other by how letters are built, whatever their family.

The head goes from the letterhead to the subject line, the body from the first paragraph of prose to the valediction,
the foot from `Yours sincerely` to the end. Where a letter has lost its line breaks, the words with which a body begins
(`This letter ...`, `I am writing ...`) part head and body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers.dates import find_dates
from parsers.letter import Span
from parsers.people import name_at, role_at, tokens_in
from parsers.plain import Line, blocks_in, lines_in, plain
from parsers.wraps import unwrapped, wrap_width

HEAD_LIMIT = 12_000
"""Code points; the body begins within them, or the text has no head."""
TAIL_LIMIT = 6_000
"""Code points; how far from the end a copy list or signature without a valediction is looked for."""

_VALEDICTION_WORDS = ("Yours", "YOURS", "yours")
_VALEDICTION = re.compile(r"(?i:yours\s{1,6}(?:very\s{1,3})?(?:sincerely|faithfully|truly))\b,?")
_REGARDS = re.compile(r"(?im)^[ ]{0,20}(?:with )?(?:kind|best|warm) (?:regards|wishes)\b,?[ ]{0,20}$")
_COPY_WORD = r"(?:[Cc]op(?:y|ies|ied)|COP(?:Y|IES|IED))"
COPY_MARK = re.compile(
    rf"(?:(?<=\n)|\A)[ >*-]{{0,20}}(?:{_COPY_WORD}(?:\s{{0,3}}(?:to|TO)\b\s{{0,3}}:?|\s{{0,3}}[:-])"
    r"|(?:cc|CC|Cc|c\.c\.?)(?:\s{0,3}[:-]|(?=\s)))"
    rf"|(?<!\S)(?:{_COPY_WORD}(?:\s?:|\s(?:to|TO)\s?(?::|(?=\s(?:[A-Z•▪●■]|[-*]\s|1[.)]))))"
    r"|(?:cc|CC|Cc|c\.c\.)(?:\s?:|(?=\s[A-Z•▪●■])))"
)
"""What introduces a copy list, at the start of a line or, with a colon, anywhere."""

_DEAR = re.compile(r"[Dd](?<![^\s*_>].)(?:ear|EAR)\b[:,]?\s{1,6}(?=[^\W\d_])")
# The first letter stands before the look-behind, so that the engine can skip to it.
_OPENING = re.compile(
    r"[TIWF](?<![\w'-].)(?:his letter| (?:am writing|write|am pleased|wish to|wrote)|hank you for"
    r"|e (?:are writing|write|wrote)|urther to|ollowing (?:the|our|my|a))\b"
)
_LINE_OPENING = re.compile(
    r"(?:Following|I|We|You|Your|Our|It|This|These|Inspectors|On|In|From|At|During|As|Between"
    r"|The (?:inspection|visit|inspectors|findings|purpose|following)),? [a-z0-9]"
)
_SENTENCE_END = re.compile(r"[a-z)][.!?]['\"]?\s+[A-Z]")
_LISTED = re.compile(r"[-*•▪●■·\uF0B7]\s|<[uo]l|<li")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? {0,2}\d[A-Z]{2}\b")
_SHORT_LINE = 60
_LONGEST_SUBJECT = 45
_PROSE_WORDS = 12
_MOST_SUBJECTS = 4
_SIGNATURE_LINES = 4
_COPIES_LINES = 8


class Frame(NamedTuple):
    """Head, body and foot: three spans that cover the text without gap or overlap; a part that is missing is empty."""

    head: Span
    body: Span
    foot: Span


def find_frame(text: str) -> Frame:
    """Part `text` into head, body and foot. Any text will do; without a head or foot those spans are empty."""
    words = plain(text)
    foot = _foot_start(words)
    words = unwrapped(words, 0, min(foot, HEAD_LIMIT), wrap_width(words))
    body = _body_start(words, min(foot, HEAD_LIMIT), foot)
    return Frame(Span(0, body), Span(body, foot), Span(foot, len(text)))


def find_dear(words: str, start: int, end: int) -> Span | None:
    """The `Dear` of the salutation in the plain text `words[start:end]`, with the space after it; None if none is.

    `dear` in small letters counts at the start of a line only.
    """
    for match in _DEAR.finditer(words, start, end):
        before = words[match.start() - 1 : match.start()]
        if match.group()[0] == "D" or before in ("", "\n"):
            return Span(*match.span())
    return None


def find_valediction(words: str, start: int, end: int) -> Span | None:
    """The last `Yours sincerely` in the plain text `words[start:end]`, with its comma; None if there is none."""
    found = None
    for word in _VALEDICTION_WORDS:
        place = words.rfind(word, start, end)
        while place >= 0:
            match = _VALEDICTION.match(words, place, end)
            if match and _stands_free(words, place):
                if found is None or place > found.start:
                    found = Span(*match.span())
                break
            place = words.rfind(word, start, place)
    if found is None:
        for match in _REGARDS.finditer(words, max(start, end - TAIL_LIMIT), end):
            found = Span(match.start() + len(match.group()) - len(match.group().lstrip()), match.end())
    return found


def _stands_free(words: str, place: int) -> bool:
    """At the start of a line, after a sentence, or with a capital."""
    before = words[max(0, place - 40) : place].rstrip(" ")
    return before == "" or before[-1] in "\n.!?:" or (words[place] == "Y" and not words[place - 1].isalnum())


def _foot_start(words: str) -> int:
    valediction = find_valediction(words, 0, len(words))
    if valediction:
        return _copies_before(words, valediction.start)
    tail = max(0, len(words) - TAIL_LIMIT)
    lines = lines_in(words, tail, len(words))
    if tail and lines:
        lines = lines[1:]
    copies = next(
        (m for line in lines if (m := COPY_MARK.match(words, line.start, line.end)) and m.end() - m.start() > 1), None
    )
    above = [line for line in lines if copies is None or line.end <= copies.start()]
    signature = _signature_start(words, above)
    if signature is not None:
        return signature
    return copies.start() if copies else len(words)


def _copies_before(words: str, valediction: int) -> int:
    """Where the copy list begins that stands right before the valediction; else `valediction`."""
    place = valediction
    for _ in range(_COPIES_LINES):
        place = words.rfind("\n", 0, max(0, place - 1)) + 1
        line = words[place : words.find("\n", place) + 1].strip()
        if len(line) > _SHORT_LINE * 2 or line.endswith(".") or _LISTED.match(line):
            break
        if line[:1] in "Cc" and COPY_MARK.match(words, place, valediction):
            return place
        if place == 0:
            break
    return valediction


def _signature_start(words: str, lines: Sequence[Line]) -> int | None:
    """Where a name with an office stands as the last of `lines`; None where it doesn't."""
    for first in range(len(lines) - 1, max(-1, len(lines) - 1 - _SIGNATURE_LINES), -1):
        line = lines[first]
        if line.end - line.start > _SHORT_LINE * 2 or words[line.end - 1] in ".:;" or _LISTED.match(words, line.start):
            return None
        tokens = tokens_in(words, line.start, line.end)
        name = name_at(tokens, 0)
        office = tokens[name.end :] if name else []
        if name and line.gap and role_at(office or tokens_in(words, line.end, lines[-1].end), 0):
            return line.start
    return None


def _body_start(words: str, limit: int, foot: int) -> int:
    dear = find_dear(words, 0, limit)
    cue = _OPENING.search(words, 0, limit)
    if dear and cue and cue.start() < dear.start and not _is_head(words, cue.start()):
        dear = None
    if dear:
        return _after_salutation(words, dear, limit, foot)
    start = _first_prose(words, 0, limit, subjects=0)
    if start is None:
        return min(foot, len(words)) if len(words) <= HEAD_LIMIT and _is_head(words, foot) else 0
    trusted = _OPENING.match(words, start) is not None
    return start if _is_head(words, start) or (trusted and words[:start].strip() and start < _SHORT_LINE * 10) else 0


def _is_head(words: str, end: int) -> bool:
    """Whether there is before `end` what only a letter's head has: a date, a postcode, an address, a greeting."""
    return bool(
        _POSTCODE.search(words, 0, end)
        or "@" in words[:end]
        or find_dear(words, 0, end)
        or next(find_dates(words, 0, end), None)
    )


def _after_salutation(words: str, dear: Span, limit: int, foot: int) -> int:
    """The body's start after `Dear`: behind the salutation, and behind the subject if there is one."""
    stop = words.find("\n", dear.end, limit)
    stop = limit if stop < 0 else stop
    cue = _OPENING.search(words, dear.end, stop)
    if cue:
        return cue.start()
    if stop - dear.end > _SHORT_LINE or (stop == limit and limit == HEAD_LIMIT):
        sentence = _SENTENCE_END.search(words, dear.end, stop)
        if sentence:
            return _after_words(words, dear, stop)
        start = _first_prose(words, stop, limit, subjects=_MOST_SUBJECTS - 1)
        return start if start is not None else min(foot, stop)
    start = _first_prose(words, stop, limit, subjects=_MOST_SUBJECTS)
    if start is not None:
        return start
    lines = lines_in(words, stop, limit)
    if limit == HEAD_LIMIT < foot:
        return stop
    return foot if len(lines) <= _MOST_SUBJECTS else lines[0].start


def _after_words(words: str, dear: Span, stop: int) -> int:
    """Behind title and surname, where nothing else says where the salutation ends."""
    tokens = tokens_in(words, dear.end, min(stop, dear.end + _SHORT_LINE))
    place = tokens[min(2, len(tokens)) - 1].end
    while place < stop and not words[place].isalnum():
        place += 1
    return place


def _first_prose(words: str, start: int, limit: int, *, subjects: int) -> int | None:
    """Where the first paragraph of prose, or a list, begins.

    Args:
        words: the plain text.
        start: where to begin to look.
        limit: where to stop.
        subjects: how many short paragraphs may stand before it; 0 for any number.
    """
    blocks = blocks_in(lines_in(words, start, limit))
    for number, block in enumerate(blocks):
        cue = _OPENING.search(words, block[0].start, block[-1].end)
        if cue:
            return cue.start()
        if _LISTED.match(words, block[0].start):
            return block[0].start
        listed = number + 1 < len(blocks) and _LISTED.match(words, blocks[number + 1][0].start)
        if subjects and listed and words[block[-1].end - 1] != ".":
            return block[-1].start
        inside = _line_of_prose(words, block, with_subject=subjects > 0)
        if inside is not None:
            return inside
        if subjects and (number >= subjects or (number and words[block[-1].end - 1] in ".:")):
            return block[0].start
    return None


def _line_of_prose(words: str, block: Sequence[Line], *, with_subject: bool) -> int | None:
    """The line of `block` at which prose or a list begins; None for the lines of a head or subject."""
    for place, line in enumerate(block):
        if place and _LISTED.match(words, line.start):
            return block[place - 1].start
        if _begins_prose(words, line, block[-1].end) and (place == 0 or words[block[place - 1].end - 1] != ","):
            return line.start
        sentence = words[line.start].isupper() and words[line.end - 1] == "." and words[block[place - 1].end - 1] != "."
        if place and with_subject and sentence and len(words[line.start : line.end].split()) >= _PROSE_WORDS // 2:
            return line.start
    whole = words[block[0].start : block[-1].end]
    pieces = whole.split()
    small = sum(piece[0].islower() for piece in pieces)
    if len(pieces) < _PROSE_WORDS or small * 2 <= len(pieces):
        return None
    return block[0].start if len(pieces) > _LONGEST_SUBJECT or _SENTENCE_END.search(whole) else None


def _begins_prose(words: str, line: Line, end: int) -> bool:
    """Whether a line begins with the first words of a sentence, and there are some more of them up to `end`."""
    if not _LINE_OPENING.match(words, line.start):
        return False
    rest = words[line.start : end].rstrip()
    return rest.endswith((".", ":")) and len(rest.split()) >= _PROSE_WORDS // 2
