"""The headings of a letter family as patterns: each wording with all that it may wear, found at a place of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from parsers.phrases import GAP, first_word, words_pattern

# What a heading may wear: `## `, `**`, `3. `, `(b) `, a rule of dashes or an HTML tag in front; `:`, `.`, `**` behind.
_BEFORE = r"(?:<(?:h[1-6]|b|strong|u|p)\b[^<>\n]{0,80}>|[#*_=]{1,6}|\(?\d{1,2}[.):]|\(?[a-zA-Z][.)])"
_BEFORE_STARTS = frozenset("<#*_=(0123456789")
_AFTER_LETTER = (".", ")")
_AFTER = (
    r"(?:</(?:h[1-6]|b|strong|u|p)>|(?<=[\w:.?)])[#*_=]{1,6}|[#*_=]{1,6}(?=[^\S\n]*(?:\n|\Z))|\(\d{1,2}\)|[:.;?](?:-(?=[^\S\n]*(?:\n|\Z)))?"
    r"|\d{1,2}(?=[^\S\n]*(?:\n|\Z))|\(?cont(?:inued|'d|d|\.)\)?(?!\w))"
)
_LINE_SPACE = r"[^\S\n\f]*"


@dataclass(frozen=True)
class HeadingWordings:
    """The headings of a family; in a match, the last group `hN` tells the place of the category in the profile.

    `wordings` are place and heading, the longest of a category first. They are compiled when they are first looked for,
    which takes 3 MB: a folder mostly holds letters of one family.
    """

    wordings: tuple[tuple[int, str], ...]

    @classmethod
    def read(cls, headings: Sequence[Sequence[str]]) -> HeadingWordings:
        """The headings of each category, in the order of the profile."""
        wordings = [(number, wording) for number, own in enumerate(headings) for wording in own]
        # Longest wording first: "Areas for development identified" must not stop at "Areas for development".
        wordings.sort(key=lambda w: (len(w[1]), w), reverse=True)
        order = list(dict.fromkeys(number for number, _ in wordings))
        wordings.sort(key=lambda w: order.index(w[0]))
        return cls(tuple(wordings))

    @cached_property
    def anywhere(self) -> re.Pattern[str]:
        """Finds each of them with all that it may wear."""
        return _worn(f"(?:{_BEFORE}{_LINE_SPACE}){{0,3}}" + _either(self.wordings))

    @cached_property
    def bare(self) -> Mapping[str, tuple[re.Pattern[str], ...]]:
        """Those that begin with an ASCII letter, by that letter in either case, and with nothing before them.

        A pattern for each first word: most lines of a letter begin with a letter that no heading begins with.
        """
        by_word: dict[str, list[tuple[int, str]]] = {}
        for number, heading in self.wordings:
            word, rest = first_word(heading)
            by_word.setdefault(word.lower(), []).append((number, rest))
        bare: dict[str, tuple[re.Pattern[str], ...]] = {}
        for word, rests in by_word.items():
            for letter in {word[:1], word[:1].upper()}:
                bare[letter] = (*bare.get(letter, ()), _worn(_after_word(word, rests)))
        return bare

    def match(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The heading that begins at `start`, up to `end` at most."""
        first = text[start]
        if not first.isascii() or first in _BEFORE_STARTS or text[start + 1 : start + 2] in _AFTER_LETTER:
            return self.anywhere.match(text, start, end)
        for bare in self.bare.get(first, ()):
            if found := bare.match(text, start, end):
                return found
        return None

    def is_one(self, text: str, start: int, end: int) -> bool:
        """Whether all of `text[start:end]` is a heading."""
        return self.anywhere.fullmatch(text, start, end) is not None


def _either(wordings: Iterable[tuple[int, str]]) -> str:
    """Any of the wordings, in a group for each category."""
    by_category: dict[int, list[str]] = {}
    for number, wording in wordings:
        by_category.setdefault(number, []).append(words_pattern(wording))
    groups = (f"(?P<h{number}>{'|'.join(patterns)})" for number, patterns in by_category.items())
    return f"(?:{'|'.join(groups)})"


def _after_word(word: str, rests: Sequence[tuple[int, str]]) -> str:
    """The headings that begin with one word, which is then looked for once: `rests` is what follows it."""
    longer = [(number, rest) for number, rest in rests if first_word(rest)[0]]
    alone = [f"(?P<a{number}>)" for number, rest in rests if not first_word(rest)[0]]
    either = [GAP + _either(longer)] if longer else []
    return f"{words_pattern(word)}(?:{'|'.join([*either, *alone[:1]])})"


def _worn(heading: str) -> re.Pattern[str]:
    """A heading with all that may stand behind it."""
    after = f"(?:{_LINE_SPACE}{_AFTER}){{0,3}}"
    return re.compile(f"{heading}(?![^\\W_]){after}{_LINE_SPACE}", re.IGNORECASE)
