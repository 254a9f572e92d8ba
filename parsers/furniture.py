"""Page furniture: what a page leaves between the lines of a letter. Page numbers, footers, running heads, rules.

A reader knows furniture by five things: set wording of the family, the form of a page number, lines that come back at
the turn of every page or repeat the letter's head, short lines at a page's turn that part a sentence, and such that say
no more than the head does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set

from parsers.letter import Span
from parsers.page_traces import page_traces
from parsers.profile import Profile, folded_line
from parsers.raw_line import RawLine
from parsers.sentences import is_complete

LONGEST_RUNNING_HEAD = 120
"""Code points; a longer line that comes back is text."""
LONGEST_LIKE_HEAD = 80
LONGEST_MARK = 3
MOST_BETWEEN = 6
MOST_ABOVE = 100
"""Lines before a heading in which it is looked for, if it may be a running head."""
_MOSTLY = 0.6
_FULL_LINE = 0.8
SHORTEST_FULL = 40
_SMALL_WORDS = frozenset(("", *"a and at by for from in is of on or the to was with".split()))
_LETTER_WORDS = frozenset("annual unannounced inspection visit letter report findings ofsted page confidential".split())

# A page number with words or signs around it, one by itself, a rule. A letter has few pages: a larger number alone on a
# line was cut out of a sentence.
_PAGE_NUMBER_OR_RULE = re.compile(
    r"[-\u2013\u2014|\[(\s]*(?:page|p\.|pg\.?)\s*\|?\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[-\u2013\u2014|\])\s.]*"
    r"|[-\u2013\u2014|\[(\s]*\d{1,3}\s*(?:of|/)\s*\d{1,3}[-\u2013\u2014|\])\s]*"
    r"|[-\u2013\u2014|\[(]\s*\d{1,3}\s*[-\u2013\u2014|\])]"
    r"|1?\d"
    r"|[-_=*~\u2013\u2014\u2500\u2501.]{3,}|[-_=*~](?:\s{1,3}[-_=*~]){2,}",
    re.IGNORECASE,
)
_FIRST_OF_NUMBER_OR_RULE = frozenset("pP-\u2013\u2014|[(_=*~\u2500\u2501.")
# A running head with its page's number: a bar parts the two, where neither distance nor the word "page" does.
_WITH_NUMBER = re.compile(
    r"[A-Z0-9].*(?:(?:\s{3}|\s?\|\s?)\d{1,3}|\b[Pp]age\s?\d{1,3}(?:\sof\s\d{1,3})?)|(?:[Pp]age\s)?\d{1,3}\s?\|\s?[A-Z].*"
)
_DIGITS = re.compile(r"\d+")


def find_furniture(text: str, lines: Sequence[RawLine], head: Span, profile: Profile) -> frozenset[int]:
    """Which of `lines` are furniture, as their places in `lines`.

    Args:
        text: the letter.
        lines: the lines of the body that are not blank, in order.
        head: the letter's head; a line of the body that repeats one of its lines at a page's turn is a running head.
        profile: gives the family's own wording.
    """
    short = [n for n, line in enumerate(lines) if line.end - line.start <= LONGEST_RUNNING_HEAD]
    longest = max((line.end - line.start for line in lines), default=0)
    full = max(SHORTEST_FULL, _FULL_LINE * longest) if longest <= LONGEST_RUNNING_HEAD else LONGEST_RUNNING_HEAD
    found = {place for place in short if _is_set_furniture(text, lines[place], profile)}
    found.update(
        place
        for place in _running_heads(text, lines, short, head)
        if not _is_part(text, lines, place, full) and not _begins_next(text, lines, place, found)
        if not profile.heading.is_one(text, lines[place].start, lines[place].end)
    )
    found.update(place for place in short if _wears_number(text, lines, place))
    for place in page_traces(text, lines, short, found, profile):
        found.add(place)  # what is found here helps to find the next
    shorter = [place for place in short if lines[place].end - lines[place].start <= full]
    found.update(_between_halves(text, lines, shorter, found, profile))
    found.update(_like_head(text, lines, short, found, head, profile))
    return frozenset(found)


def _wears_number(text: str, lines: Sequence[RawLine], place: int) -> bool:
    """Whether a line of its own ends or begins with its page's number: `Reference no: 12   Page 2`, `2 | Letter`."""
    line = lines[place]
    after = lines[place + 1] if place + 1 < len(lines) else None
    numbered = text[line.end - 1].isdecimal() or (
        text[line.end - 1] not in ".;:," and "|" in text[line.start : line.end]
    )
    if not numbered or not (line.blank_before or line.feed_before):
        return False
    apart = after is None or after.blank_before or after.feed_before
    return bool(apart) and _WITH_NUMBER.fullmatch(text, line.start, line.end) is not None


def _is_part(text: str, lines: Sequence[RawLine], place: int, full: float) -> bool:
    """Whether a line as long as wrapped lines are stands between two halves of a sentence: then it is one of them."""
    line = lines[place]
    if line.end - line.start <= full or not 0 < place < len(lines) - 1:
        return False
    return not is_complete(text, lines[place - 1].end) and text[lines[place + 1].start].islower()


def _like_head(
    text: str, lines: Sequence[RawLine], short: Sequence[int], found: Set[int], head: Span, profile: Profile
) -> Iterator[int]:
    """Short lines at a page's turn, or in a sentence, that say no more than the letter's head: who and what this is."""
    known: frozenset[str] = frozenset()
    for place in short:
        if not 0 < place < len(lines) - 1:
            continue
        line, after = lines[place], lines[place + 1]
        if not (line.blank_before or line.feed_before) or line.end - line.start > LONGEST_LIKE_HEAD:
            continue
        if place in found or not (after.blank_before or after.feed_before or place + 1 in found):
            continue
        turns = line.feed_before or line.blank_before > 1 or place - 1 in found or after.feed_before
        parts = text[after.start].islower() and not is_complete(text, lines[place - 1].end)
        if not (turns or after.blank_before > 1 or place + 1 in found or parts):
            continue
        content = text[line.start : line.end]
        if (
            not (content[0].isupper() or content[0].isdigit())
            or content[-1] in ".;:,"
            or _is_lone_mark(text, lines[place - 1])
        ):
            continue
        known = known or _words_of(text[head.start : head.end]) | _LETTER_WORDS
        words = _words_of(content)
        open_ended = content.rsplit(None, 1)[-1] in _SMALL_WORDS
        share = 1 if content[0].isdigit() else _MOSTLY
        mostly = len(words) > 1 and not open_ended and len(words & known) >= share * len(words)
        if mostly and text[after.start].islower() and _is_heading_above(text, lines, place, profile):
            continue
        if mostly and not profile.heading.is_one(text, line.start, line.end):
            yield place


def _begins_next(text: str, lines: Sequence[RawLine], place: int, found: Set[int]) -> bool:
    """Whether what follows begins in small letters, after words that are complete: then this line is its start."""
    first, last = place - 1, place + 1
    # A page leaves few lines: to go over any number of them for each line would take quadratic time.
    while first in found and place - first < MOST_BETWEEN:
        first -= 1
    while last in found and last - place < MOST_BETWEEN:
        last += 1
    if first < 0 or last >= len(lines) or not text[lines[last].start].islower():
        return False
    return is_complete(text, lines[first].end) or _is_lone_mark(text, lines[first])


def _is_heading_above(text: str, lines: Sequence[RawLine], place: int, profile: Profile) -> bool:
    """Whether a heading, of one line or two, stands before the line at `place`: then this is the start of a finding."""
    starts = [lines[n].start for n in (place - 1, place - 2) if n >= 0]
    return any(profile.heading.is_one(text, start, lines[place - 1].end) for start in starts)


def _words_of(text: str) -> frozenset[str]:
    words = (word.strip(".,:()'\u2019-\u2013").removesuffix("'s") for word in text.casefold().split())
    return frozenset(words) - _SMALL_WORDS


def _is_lone_mark(text: str, line: RawLine) -> bool:
    return line.end - line.start <= LONGEST_MARK and not any(c.isalnum() for c in text[line.start : line.end])


def _is_set_furniture(text: str, line: RawLine, profile: Profile) -> bool:
    """A page number, a rule, or a line that the profile names."""
    first = text[line.start]
    if first in _FIRST_OF_NUMBER_OR_RULE or first.isdecimal():
        if _PAGE_NUMBER_OR_RULE.fullmatch(text, line.start, line.end):
            return True
    elif first.isalpha() and first.casefold()[:1] not in profile.furniture_starts:
        return False
    return folded_line(text[line.start : line.end]) in profile.furniture


def _between_halves(
    text: str, lines: Sequence[RawLine], short: Sequence[int], found: Set[int], profile: Profile
) -> Iterator[int]:
    """Short lines of their own between two halves of a sentence, by one page's turn: a running head that comes once.

    The page turns on one side of such a line only; where it turns on both, the line is a page's worth of a finding.
    """
    for place in short:
        line = lines[place]
        if text[line.end - 1] in ".;:,":
            continue
        if place in found or not 0 < place < len(lines) - 1:
            continue
        after = lines[place + 1]
        if not ((line.blank_before or line.feed_before) and (after.blank_before or after.feed_before)):
            continue
        turned_before = line.feed_before or line.blank_before > 1 or place - 1 in found
        turned_after = after.feed_before or after.blank_before > 1 or place + 1 in found
        if turned_before == turned_after or not text[line.start].isupper():
            continue
        first, last = place - 1, place + 1
        while first in found:
            first -= 1
        while last in found:
            last += 1
        if first < 0 or last >= len(lines) or is_complete(text, lines[first].end) or _is_lone_mark(text, lines[first]):
            continue
        # After a heading, a line like this is the first half itself.
        heading = _is_heading_above(text, lines, first + 1, profile)
        if profile.heading.is_one(text, line.start, line.end):
            heading = not _stands_above(text, lines, place)
        if not heading and text[lines[last].start].islower():
            yield place


def _stands_above(text: str, lines: Sequence[RawLine], place: int) -> bool:
    """Whether the same words stand on a line before this one: the heading of a list, on each of its pages."""
    words = folded_line(text[lines[place].start : lines[place].end])
    above = lines[max(0, place - MOST_ABOVE) : place]
    return any(
        line.end - line.start < 2 * len(words) and folded_line(text[line.start : line.end]) == words for line in above
    )


def _at_page_turn(lines: Sequence[RawLine], place: int) -> bool:
    """The body's edge, a form feed or two blank lines on one side, or a blank line on both."""
    line = lines[place]
    after = lines[place + 1] if place + 1 < len(lines) else None
    if place == 0 or line.feed_before or line.blank_before > 1:
        return True
    return after is None or after.feed_before or after.blank_before > (0 if line.blank_before else 1)


def _is_prose(text: str, lines: Sequence[RawLine], place: int) -> bool:
    """A sentence goes through this line: it begins in small letters, or the next line does and follows at once."""
    after = lines[place + 1] if place + 1 < len(lines) else None
    goes_on = after is not None and not after.blank_before and not after.feed_before and text[after.start].islower()
    return goes_on or text[lines[place].start].islower()


def _running_heads(text: str, lines: Sequence[RawLine], short: Sequence[int], head: Span) -> Iterator[int]:
    """The lines at a page's turn that come more than once, or once more than in the head; numbers may differ."""
    at_turns = [place for place in short if _at_page_turn(lines, place) and not _is_prose(text, lines, place)]
    counts = Counter(
        _masked(text, lines[place])
        for place in at_turns
        if text[lines[place].end - 1] not in ".;:" and text[lines[place].start].isalnum()
    )
    in_head = _masked_lines(text[head.start : head.end], counts)
    running = {words for words, times in counts.items() if len(words) > 2 and (times > 1 or words in in_head)}
    if running:
        yield from (place for place in at_turns if _masked(text, lines[place]) in running)


def _masked(text: str, line: RawLine) -> str:
    return _DIGITS.sub("#", folded_line(text[line.start : line.end]))


def _masked_lines(head: str, wanted: Iterable[str]) -> frozenset[str]:
    """The lines of a head with more than one word, folded and masked; none where no wanted one can be among them."""
    whole = _DIGITS.sub("#", folded_line(head))
    if not any(words in whole for words in wanted):
        return frozenset()
    return frozenset(_DIGITS.sub("#", folded_line(line)) for line in head.split("\n") if len(line.split()) > 1)
