"""Furniture known by what it says, where no blank line shows it: counted running heads, footnotes, addresses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from parsers.profile import Profile, folded_line
from parsers.raw_line import RawLine
from parsers.sentences import is_complete

LONGEST_HEAD = 120
"""Code points of a running head; a longer line that comes back is text."""
LONGEST_NOTE = 400
MOST_BLOCK_LINES = 4
LONGEST_BLOCK = 300
"""Lines and code points of what is printed on every page."""
_PAGE_LENGTH = 8000
"""Code points of the longest page."""
_BEFORE_SIGN = frozenset(")]'\u2019\".,;")
MOST_NOTE_LINES = 15
"""Lines of notes at the foot of a page."""

# A page's number, at the end of a line behind a distance, a bar or the word "page", or at its start before a bar.
_COUNTED = re.compile(
    r"[A-Z\d(].*?(?:\s{3,}|\s?\|\s?|\b[Pp]age\s|\b[Pp]\.\s?)(\d{1,3})(?:\s?(?:of|/)\s?\d{1,3})?[.)]?|(\d{1,3})\s?\|\s?[A-Z].*"
)
_DIGITS = re.compile(r"\d+")
_NOTE = re.compile(
    r"(\d{1,2}|\[\d{1,2}\]|\(\d{1,2}\)|[*\u2020\u2021]{1,3}|[\u00b9\u00b2\u00b3\u2070-\u2079]{1,2})\s*(?=[A-Z\"'\u2018\u201c]|https?:|www\.)"
)
_CONTACT = re.compile(
    r"\bwww\.\w|https?://|\w@\w|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\b(?:T|F|Tel|Telephone|Fax)[.:]?\s{0,3}\+?\(?0\d{2}"
)
_STOPS = ".;:!?,"


def page_traces(
    text: str, lines: Sequence[RawLine], short: Sequence[int], found: Set[int], profile: Profile
) -> Iterator[int]:
    """The places in `lines` of running heads that count pages, of footnotes, and of addresses at a page's foot.

    Args:
        text: the letter.
        lines: the lines of the body that are not blank, in order.
        short: the places of those that may be running heads.
        found: the places of those that are known to be furniture.
        profile: the family's wording.
    """
    yield from _counted_heads(text, lines, short, found, profile)
    yield from _blocks_again(text, lines, short, found, profile)
    yield from _heads_in_sentences(text, lines, short, found, profile)
    yield from _footnotes(text, lines, found)
    yield from _addresses(text, lines, short, found)


def _counted_heads(
    text: str, lines: Sequence[RawLine], short: Sequence[int], found: Set[int], profile: Profile
) -> Iterator[int]:
    """Lines that come back with a page's number that goes up, and the lines that come back before or behind each."""
    numbers: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place in short:
        line = lines[place]
        if place in found or not (
            text[line.end - 1].isdecimal() or text[line.end - 2].isdecimal() or text[line.start].isdecimal()
        ):
            continue
        if counted := _COUNTED.fullmatch(text, line.start, line.end):
            words = _DIGITS.sub("#", folded_line(text[line.start : line.end]))
            numbers[words].append((place, int(counted[1] or counted[2])))
    for seen in numbers.values():
        if len(seen) < 2 or any(later <= earlier for (_, earlier), (_, later) in pairwise(seen)):
            continue
        places = [place for place, _ in seen]
        yield from places
        for step in (-1, 1):
            beside = [place + step for place in places if 0 <= place + step < len(lines)]
            said = {folded_line(text[lines[place].start : lines[place].end]) for place in beside}
            if (
                len(beside) == len(places)
                and len(said) == 1
                and not any(profile.heading.is_one(text, lines[place].start, lines[place].end) for place in beside[:1])
            ):
                yield from beside


def _blocks_again(
    text: str, lines: Sequence[RawLine], short: Sequence[int], found: Set[int], profile: Profile
) -> Iterator[int]:
    """Two or more lines between blank lines that come back together: what is printed on every page."""
    blocks: dict[str, list[range]] = defaultdict(list)
    for place in short:
        line = lines[place]
        begins = text[line.start].isupper() or text.startswith(("http", "www."), line.start)
        if not begins or not _is_apart(lines, place) or text[line.end - 1] in ".;:!?":
            continue
        end = place + 1
        while end < len(lines) and end - place <= MOST_BLOCK_LINES and not _is_apart(lines, end):
            end += 1
        if 2 <= end - place <= MOST_BLOCK_LINES and lines[end - 1].end - line.start <= LONGEST_BLOCK:
            words = text[line.start : lines[end - 1].end]
            if words[-1] not in _STOPS:
                blocks[_DIGITS.sub("#", folded_line(words))].append(range(place, end))
    for same in blocks.values():
        if len(same) > 1 and not any(profile.heading.is_one(text, *lines[place][:2]) for place in same[0]):
            yield from (place for block in same for place in block if place not in found)


def _is_apart(lines: Sequence[RawLine], place: int) -> bool:
    return bool(lines[place].blank_before) or lines[place].feed_before


def _heads_in_sentences(
    text: str, lines: Sequence[RawLine], short: Sequence[int], found: Set[int], profile: Profile
) -> Iterator[int]:
    """Lines that come back with the same words and without which the lines around read on, each time."""
    places: dict[str, list[int]] = defaultdict(list)
    last = len(lines) - 1
    for place in short:
        line = lines[place]
        if not (line.blank_before or line.feed_before) or not 0 < place < last or place in found:
            continue
        if text[line.start].isupper() and text[line.end - 1] not in _STOPS:
            places[text[line.start : line.end]].append(place)
    for same in places.values():
        if len(same) < 2 or profile.heading.is_one(text, lines[same[0]].start, lines[same[0]].end):
            continue
        if all(_reads_on(text, lines, place) for place in same) and any(_parts(text, lines, place) for place in same):
            yield from same


def _reads_on(text: str, lines: Sequence[RawLine], place: int) -> bool:
    """Whether what stands before and behind a line goes together: two halves of a sentence, or two sentences."""
    return is_complete(text, lines[place - 1].end) != text[lines[place + 1].start].islower()


def _parts(text: str, lines: Sequence[RawLine], place: int) -> bool:
    return text[lines[place + 1].start].islower() and not is_complete(text, lines[place - 1].end)


def _footnotes(text: str, lines: Sequence[RawLine], found: Set[int]) -> Iterator[int]:
    """Notes at a page's foot: each begins with a sign that stands behind a word before it, and the page turns below."""
    references = _References(text, lines)
    for turn in range(len(lines) - 1, 0, -1):
        line = lines[turn]
        if (line.feed_before or line.blank_before > 1 or turn in found) and turn - 1 not in found:
            yield from _notes_above(text, lines, turn, found, references)


def _notes_above(
    text: str, lines: Sequence[RawLine], turn: int, found: Set[int], references: _References
) -> Iterator[int]:
    """The notes that end right before the line at `turn`, where a page turns."""
    notes: list[int] = []
    for place in range(turn - 1, max(-1, turn - 1 - MOST_NOTE_LINES), -1):
        line = lines[place]
        if place in found or line.end - line.start > LONGEST_NOTE:
            return
        notes.append(place)
        if (note := _NOTE.match(text, line.start, line.end)) and references.stand_before(line, note[1]):
            yield from notes
            notes = []
        elif not text[line.start].isalpha() or text[line.start + 1 : line.start + 2].isspace():
            return
        if line.blank_before or line.feed_before:
            return


class _References:
    """Where the signs of notes stand behind words of the body; each sign is looked for once."""

    def __init__(self, text: str, lines: Sequence[RawLine]) -> None:
        self._text = text
        self._start = lines[0].start if lines else 0
        self._end = lines[-1].end if lines else 0
        self._places: dict[str, list[int]] = {}
        self._marks: dict[str, int] = {}

    def stand_before(self, line: RawLine, sign: str) -> bool:
        """Whether the sign stands behind a word on the page that the line ends, where no number of a list would."""
        if self._text.startswith(sign, line.end - len(sign)):
            return False  # words between signs, set in bold type: `**Strengths**`
        if sign not in self._places:
            self._places[sign] = list(self._find(sign))
        if sign[0] == "*" and self._is_mark(sign, line.start):
            return False
        places = self._places[sign]
        number = bisect_left(places, line.start) - 1
        return number >= 0 and places[number] > line.start - _PAGE_LENGTH

    def _is_mark(self, sign: str, end: int) -> bool:
        """Whether the sign begins a line before: then it is the mark of a list."""
        if sign not in self._marks:
            found = re.search(rf"\n[ \t]*{re.escape(sign)}\s", self._text[max(0, self._start - 1) : self._end])
            self._marks[sign] = found.start() + self._start if found else self._end
        return self._marks[sign] < end

    def _find(self, sign: str) -> Iterator[int]:
        text, place = self._text, self._text.find(sign, self._start, self._end)
        while place >= 0:
            if self._is_reference(place, place + len(sign), apart=sign[0] == "["):
                yield place
            place = text.find(sign, place + 1, self._end)

    def _is_reference(self, start: int, end: int, *, apart: bool) -> bool:
        """Whether a word ends where the sign begins, or one blank before it, and nothing is glued to the sign."""
        text = self._text
        if apart and text[start - 1 : start] == " ":
            start -= 1
        before, after = text[max(self._start, start - 2) : start], text[end : end + 1]
        glued = before[-1:].islower() or before[-1:] in _BEFORE_SIGN or (len(before) == 2 and before.isupper())
        return glued and before != "" and not after.isalnum() and (after == "" or after not in "%*")


def _addresses(text: str, lines: Sequence[RawLine], short: Sequence[int], found: Set[int]) -> Iterator[int]:
    """The inspectorate's address at a page's foot or head: lines by furniture that say how to reach it."""
    for place in short:
        line = lines[place]
        if text[line.end - 1] in _STOPS or place in found:
            continue
        if text[line.start].islower() and not text.startswith(("www.", "http"), line.start):
            continue
        if not (_is_apart(lines, place) or place - 1 in found or _is_contact(text, lines, place - 1)):
            continue
        if not _is_contact(text, lines, place):
            continue
        first = last = place
        while first > 0 and last - first < MOST_NOTE_LINES and _is_contact(text, lines, first - 1):
            first -= 1
        while last + 1 < len(lines) and last - first < MOST_NOTE_LINES and _is_contact(text, lines, last + 1):
            last += 1
        after = lines[last + 1] if last + 1 < len(lines) else None
        turns = first - 1 in found or lines[first].feed_before
        if after is not None and not turns:
            turns = last + 1 in found or after.feed_before or after.blank_before > 1
            halves = first > 0 and text[after.start].islower() and not is_complete(text, lines[first - 1].end)
            turns = turns or bool(halves and after.blank_before)
        if turns:
            yield from range(first, last + 1)


def _is_contact(text: str, lines: Sequence[RawLine], place: int) -> bool:
    if not 0 <= place < len(lines) or lines[place].end - lines[place].start > LONGEST_HEAD:
        return False
    return (
        text[lines[place].end - 1] not in _STOPS
        and _CONTACT.search(text, lines[place].start, lines[place].end) is not None
    )
