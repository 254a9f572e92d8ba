"""Where two bullets were probably joined in one finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from curation.operations.data import Refused, Split
from curation.operations.extents import extents
from curation.review import Review, ReviewedFinding

_NEVER_IN_PROSE = re.compile("[▪•●■◦‣⁃∙\uf0b7\uf0a7]")
_MARK_AFTER_SENTENCE = re.compile(r"(?<=[.;:!?])\s+(?=[-–—*·o]\s)|\n\s*(?=[-–—*·]\s)")
_SENTENCE_END = re.compile(r"(?<=[.!?;])[\"'’”)]?\s+(?=[\"'‘“(]?[A-Z])")
_CAPITAL_ON_NEW_LINE = re.compile(r"(?<=[a-z,)])[^\S\n]*\n\s*(?=[A-Z][a-z])")


def best_split(review: Review, finding_id: str) -> int | None:
    """The code point at which to cut a finding, None if nothing in it looks like the beginning of another.

    In this order: a list mark inside; a page break after which a sentence begins; the end of a sentence, nearest the
    middle; a new line with a capital but no full stop before, nearest the middle; a page break.
    """
    finding = review.find(finding_id)
    if finding is None:
        return None
    for places in _guesses(review.text, finding):
        for place in places:
            if _can_split(review, finding_id, place):
                return place
    return None


def _guesses(text: str, finding: ReviewedFinding) -> Iterator[Iterable[int]]:
    start, end = finding.spans[0].start, finding.spans[-1].end
    middle = (start + end) / 2

    def nearest_the_middle(pattern: re.Pattern[str]) -> list[int]:
        places = [m.end() for span in finding.spans for m in pattern.finditer(text, *span)]
        return sorted(places, key=lambda place: (abs(place - middle), place))

    pages = [(text[before.end - 1], after.start) for before, after in pairwise(finding.spans)]
    yield (m.start() for span in finding.spans for m in _NEVER_IN_PROSE.finditer(text, *span))
    yield (m.end() for span in finding.spans for m in _MARK_AFTER_SENTENCE.finditer(text, *span))
    yield [place for last, place in pages if last in ".!?;" and text[place].isupper()]
    yield nearest_the_middle(_SENTENCE_END)
    yield nearest_the_middle(_CAPITAL_ON_NEW_LINE)
    yield [place for _, place in pages]


def _can_split(review: Review, finding_id: str, at: int) -> bool:
    try:
        extents(review, Split(finding_id, at))
    except Refused:
        return False
    return True
