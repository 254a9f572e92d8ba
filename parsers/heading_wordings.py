"""The headings of a letter family as patterns: each wording with all that it may wear, found at a place of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from parsers.heading_likeness import HeadingLikeness
from parsers.phrases import GAP, first_word, words_pattern

# What a heading may wear: `## `, `**`, `3. `, `(b) `, a rule of dashes or an HTML tag in front; `:`, `.`, `**` behind.
_LINE_SPACE = r"[^\S\n\f]*"
_IN_FRONT = re.compile(
    rf"(?:<(?:h[1-6]|b|strong|u|p)\b[^<>\n]{{0,80}}>|[#*_=]{{1,6}}|\(?\d{{1,2}}[.):]|\(?[a-zA-Z][.)]){_LINE_SPACE}",
    re.IGNORECASE,
)
_STARTS_IN_FRONT = frozenset("<#*_=(0123456789")
AFTER_LETTER = (".", ")")
"""What may stand behind the letter that a heading wears in front."""
_MOST_IN_FRONT = 3
_AFTER = (
    r"(?:</(?:h[1-6]|b|strong|u|p)>|(?<=[\w:.?)])[#*_=]{1,6}|[#*_=]{1,6}(?=[^\S\n]*(?:\n|\Z))|\(\d{1,2}\)|[:.;?](?:-(?=[^\S\n]*(?:\n|\Z)))?"
    r"|\d{1,2}(?=[^\S\n]*(?:\n|\Z))|\(?cont(?:inued|'d|d|\.)\)?(?!\w))"
)


@dataclass(frozen=True)
class HeadingWordings:
    """The headings of a family; in a match, the last group, `hN` or `aN`, tells the category's place in the profile.

    `wordings` are place and heading, the longest of a category first. They are compiled when they are first looked for:
    a folder mostly holds letters of one family.
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
    def firsts(self) -> frozenset[str]:
        """What a heading begins with, or what it wears in front; a letter in front has one of `AFTER_LETTER` behind."""
        return _STARTS_IN_FRONT | frozenset(self._by_letter)

    @cached_property
    def likeness(self) -> HeadingLikeness:
        """The same headings, to be found under other spellings."""
        return HeadingLikeness(tuple(wording for _, wording in self.wordings))

    @cached_property
    def _by_letter(self) -> Mapping[str, tuple[re.Pattern[str], ...]]:
        """A pattern for each first word, by the letter that it begins with, in either case.

        Most lines of a letter begin with a letter that no heading begins with. One pattern of all headings, with all
        that may stand before them, takes three times the memory and the time to compile.
        """
        by_word: dict[str, list[tuple[int, str]]] = {}
        for number, heading in self.wordings:
            word, rest = first_word(heading)
            by_word.setdefault(word.lower(), []).append((number, rest))
        found: dict[str, tuple[re.Pattern[str], ...]] = {}
        for word, rests in by_word.items():
            for letter in {word[:1], word[:1].upper()}:
                found[letter] = (*found.get(letter, ()), _worn(_after_word(word, rests)))
        return found

    def match(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The heading that begins at `start`, up to `end` at most; the match is without what it wears in front."""
        for place in _places(text, start, end):
            for pattern in self._by_letter.get(text[place], ()):
                if found := pattern.match(text, place, end):
                    return found
        return None

    def is_one(self, text: str, start: int, end: int) -> bool:
        """Whether all of `text[start:end]` is a heading."""
        return any(
            pattern.fullmatch(text, place, end)
            for place in _places(text, start, end)
            for pattern in self._by_letter.get(text[place], ())
        )


def _places(text: str, start: int, end: int) -> Sequence[int]:
    """Where the words of a heading at `start` may begin: behind all that it may wear there first, at `start` last."""
    places = [start] if start < end else []
    if text[start : start + 1] in _STARTS_IN_FRONT or text[start + 1 : start + 2] in AFTER_LETTER:
        while len(places) <= _MOST_IN_FRONT and (worn := _IN_FRONT.match(text, places[-1], end)) and worn.end() < end:
            places.append(worn.end())
        places.reverse()
    return places


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
