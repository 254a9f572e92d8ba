"""What both a review and its hand-edited file changed: a row a place, and its two values beside each other. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from curation.adopting import REMOVED, named
from curation.review import Review
from curation.spans import text_of
from curation.threeway import ABSENT, Conflict, Side
from parsers.display import visible
from parsers.letter import Span
from tui.paint import GUTTER, Item, ItemKind, Line, Row, Run, Sheet, fitted
from tui.paint_alike import marked_lines
from tui.palette import DIM, DOUBT, KEY, STRONG, TEXT, CategoryStyle
from tui.wording import spoken
from tui.wrap import clip

SIGNS: Final = {None: "?", Side.MINE: "<", Side.THEIRS: ">"}
WORDS: Final = {None: "not answered", Side.MINE: "this review's", Side.THEIRS: "the file's"}
_CALLED: Final = {REMOVED: "removed", "spans": "words"}
_WORD: Final = re.compile(r"\S+")
_COMPARED: Final = 1_000
"""Words of a value that are compared with the other's at most: the time grows with the square."""

Spans = tuple[tuple[int, int], ...]
"""Stretches of a value, in code points, half-open."""


@dataclass(frozen=True, slots=True)
class Question:
    """A conflict and what was said of it so far, None if nothing was."""

    conflict: Conflict
    answer: Side | None = None


def title_of(conflict: Conflict, review: Review) -> str:
    """Where it is, in words: `note of "The recording system…"`. Not made safe yet."""
    return "the letter's note" if conflict.path == ("note",) else spoken(named(conflict), review)


def paint_questions(questions: Sequence[Question], review: Review, width: int) -> Sheet:
    """A row a conflict: what was answered, where it is."""
    rows = tuple(Row((), fitted(_question(one, review, width + GUTTER), width + GUTTER)) for one in questions)
    return Sheet(rows, tuple(Item(ItemKind.TEXT, str(n), n, n + 1) for n in range(len(rows))))


def _question(one: Question, review: Review, width: int) -> Line:
    answer = WORDS[one.answer]
    title = clip(visible(title_of(one.conflict, review)), max(width - len(answer) - 4, 8))
    open_ = one.answer is None
    return (
        Run(f"{SIGNS[one.answer]} ", DOUBT if open_ else KEY),
        Run(title, STRONG if open_ else TEXT),
        Run(f"  {answer}", DIM),
    )


def paint_value(text: str, marks: Spans, width: int) -> Sheet:
    """One of the two values, with the words marked that the other does not have."""
    rows, at = [], 0
    for line in text.split("\n"):
        end = at + len(line)
        inside = tuple((max(a, at) - at, min(b, end) - at) for a, b in marks if a < end and at < b)
        rows += [Row((), runs) for runs in marked_lines(line, inside, TEXT, width + GUTTER)]
        at += len(line) + 1
    return Sheet(tuple(rows))


def before(conflict: Conflict, review: Review, styles: Mapping[str, CategoryStyle], width: int) -> Line:
    """What stood there before either side changed it, as far as it fits in one line."""
    words = " ".join(in_words(conflict.base, conflict.path, review, styles).split())
    return Run(" before   ", DIM), Run(clip(visible(words), max(width - 11, 2)), TEXT)


def in_words(value: Any, path: Sequence[str], review: Review, styles: Mapping[str, CategoryStyle]) -> str:
    """A value of a review's file for people, in one line or several; not made safe yet.

    `path` are the keys that lead to it: spans are shown with the words that they hold, categories by their name.
    """
    key = path[-1]
    if value is ABSENT:
        return "not removed" if key == REMOVED else "(nothing)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "\n".join(_table(value, path, review, styles)) or "(nothing)"
    if isinstance(value, list):
        if not value:
            return "(none)"
        lines = "\n".join(str(one) for one in value)
        return f"{_held(review, value)}\n{lines}" if key == "spans" else lines
    if key == "category" and value in styles:
        return styles[value].label
    return str(value) or "(empty)"


def _table(
    table: Mapping[str, Any], path: Sequence[str], review: Review, styles: Mapping[str, CategoryStyle]
) -> Iterator[str]:
    """A whole table, such as a finding that one side took out: what is empty in it is left out."""
    for key, value in table.items():
        if value is not False and value != "" and value not in ([], {}):
            words = in_words(value, (*path, key), review, styles)
            yield f"{_CALLED.get(key, key)}: {words}"


def _held(review: Review, spans: Sequence[Any]) -> str:
    """The words at spans; none where they are no places of the text, which the review refuses by itself."""
    places = [Span(*one) for one in spans if isinstance(one, list) and [type(end) for end in one] == [int, int]]
    if len(places) < len(spans) or not all(0 <= a < b <= len(review.text) for a, b in places):
        return "(no place of the letter)"
    return text_of(review.text, places)


def only_in_one(mine: str, theirs: str) -> tuple[Spans, Spans]:
    """The words of each of two values that the other does not have, by their order; none where they are too long."""
    one, other = list(_WORD.finditer(mine)), list(_WORD.finditer(theirs))
    if max(len(one), len(other)) > _COMPARED:
        return (), ()
    matcher = SequenceMatcher(None, [m[0] for m in one], [m[0] for m in other], autojunk=False)
    changed = [(a, b, c, d) for what, a, b, c, d in matcher.get_opcodes() if what != "equal"]
    return (
        tuple((one[a].start(), one[b - 1].end()) for a, b, _, _ in changed if a < b),
        tuple((other[c].start(), other[d - 1].end()) for _, _, c, d in changed if c < d),
    )
