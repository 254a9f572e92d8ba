"""Words looked for in letters and in what reviewers wrote about them, with the place where they stand. Pure.

Words are found as they were typed, one after another, whatever the case, the line breaks and the kind of quotes and
dashes between them; also where a page parts a finding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from curation.review import Review, ReviewedFinding

BEFORE: Final = 80
AFTER: Final = 240
"""Code points of the text kept before and after a hit: what the widest screens show."""

_ALIKE: Final = {
    "'": "['’‘`]",
    "’": "['’‘`]",
    '"': '["“”„]',
    "“": '["“”„]',
    "”": '["“”„]',
    "-": "[-‐‑–—]",
    "–": "[-‐‑–—]",
}
_PLAIN: Final = str.maketrans(dict.fromkeys("’‘`", "'") | dict.fromkeys("“”„", '"') | dict.fromkeys("‐‑–—", "-"))


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words stand.

    Attributes:
        letter: its key.
        where: `finding`, `letter` (its text outside the findings), `note`, `question` or `letter's note`.
        finding: id of the living finding, "" where it is in none.
        at: code point of the letter's text where the words begin; for what a reviewer wrote, where its finding begins.
        before: what stands before them, white space folded.
        found: the words as they stand there, white space folded.
        after: what follows.
        category: of the finding, "" without one.
    """

    letter: str
    where: str
    finding: str
    at: int
    before: str
    found: str
    after: str
    category: str = ""


class Words:
    """What is looked for. False if there is nothing to look for."""

    def __init__(self, typed: str) -> None:
        self.typed = " ".join(typed.split())
        self._parts = tuple(_plain(part) for part in self.typed.split(" ") if part)
        between = r"\s+".join("".join(_ALIKE.get(char, re.escape(char)) for char in part) for part in typed.split())
        self._pattern = re.compile(between, re.IGNORECASE)

    def __bool__(self) -> bool:
        return bool(self._parts)

    def maybe_in(self, text: str) -> bool:
        """False only if they can't stand in a letter of that text. Much cheaper than parsing it."""
        plain = _plain(text)
        return all(part in plain for part in self._parts)

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where they stand, half-open."""
        return (match.span() for match in self._pattern.finditer(text)) if self else iter(())


def _plain(text: str) -> str:
    return text.translate(_PLAIN).lower()


def hits(review: Review, words: Words) -> Iterator[Hit]:
    """Every place in a letter and its review, in the order of the text; a remark stands at its finding."""
    found = [*_in_text(review, words), *_over_pages(review, words), *_written(review, words)]
    return iter(sorted(found, key=lambda hit: hit.at))


def _in_text(review: Review, words: Words) -> Iterator[Hit]:
    spans = sorted(((span, f) for f in review.findings for span in f.spans), key=lambda pair: pair[0])
    number = 0
    for start, end in words.places(review.text):
        while number < len(spans) and spans[number][0].end <= start:
            number += 1
        if number < len(spans) and spans[number][0].start < end:
            span, finding = spans[number]
            # What stands around the words is the finding's own: no mark before it, no page's foot, no next bullet.
            first, last = min(span.start, start), max(span.end, end)
            ahead = "".join(f"{review.text[s.start : s.end]} " for s in finding.spans if s.end <= first)
            rest = "".join(f" {review.text[s.start : s.end]}" for s in finding.spans if s.start >= last)
            at = len(ahead) - first
            yield _hit(review, "finding", finding, start, ahead + review.text[first:last] + rest, start + at, end + at)
        else:
            yield _hit(review, "letter", None, start, review.text, start, end)


def _over_pages(review: Review, words: Words) -> Iterator[Hit]:
    """What stands in a finding's words with more than white space between them in the text: a page's foot and head."""
    for finding in review.findings:
        if len(finding.spans) < 2:
            continue
        words_there, starts = "", []
        for span in finding.spans:
            starts.append(len(words_there))
            words_there += " ".join(review.text[span.start : span.end].split()) + " "
        gaps = [
            start
            for start, (before, after) in zip(starts[1:], pairwise(finding.spans), strict=True)
            if review.text[before.end : after.start].strip()
        ]
        for start, end in words.places(words_there):
            if any(start < gap < end for gap in gaps):
                number = bisect_right(starts, start) - 1
                yield _hit(review, "finding", finding, finding.spans[number].start, words_there, start, end)


def _written(review: Review, words: Words) -> Iterator[Hit]:
    for finding in review.findings:
        for where, text in (("note", finding.note), ("question", finding.question)):
            for start, end in words.places(text):
                yield _hit(review, where, finding, finding.spans[0].start if finding.spans else 0, text, start, end)
    for start, end in words.places(review.note):
        yield _hit(review, "letter's note", None, 0, review.note, start, end)


def _hit(review: Review, where: str, finding: ReviewedFinding | None, at: int, text: str, start: int, end: int) -> Hit:
    return Hit(
        review.letter,
        where,
        finding.id if finding else "",
        at,
        _folded(text[max(start - BEFORE, 0) : start]).lstrip(),
        _folded(text[start:end]).strip(),
        _folded(text[end : end + AFTER]).rstrip(),
        finding.category if finding else "",
    )


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)
