"""Set wording of a letter family as phrases with slots, matched without regard to how a letter spells them.

A profile holds phrases such as `This visit has identified the following {number} area for priority action`, never
regular expressions. A phrase matches whatever the case, the quotes, the line breaks, `(s)` and the plural `s` are.
Slots: `{number}` is one number in words or digits (or `a number of`, `some`), `{...}` is any words or none.

Matching looks for the literal parts one after another, so it takes time linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from parsers.letter import Span

NUMBER_WORDS = {
    "no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
}  # fmt: skip
"""Numbers as letters write them; `no` counts as none."""

VAGUE_NUMBERS = ("a number of", "a small number of", "a range of", "some", "several", "a few", "many", "a")
_SLOT = re.compile(r"\{([^{}]*)\}")
_LETTERS = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W_]+(?:['\u2018\u2019][^\W_]+)*")
GAP = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*|[^\S\n]*[,/&\u2010-\u2015-][^\S\n]*\n?[^\S\n]*)"
_NUMBER_WORDS = "|".join(
    r"\s+".join(map(re.escape, word.split())) for word in sorted((*NUMBER_WORDS, *VAGUE_NUMBERS), key=len, reverse=True)
)
_NUMBER = rf"(?:{_NUMBER_WORDS}|\d{{1,3}})"


class BadPhraseError(ValueError):
    """A phrase of a profile that has no words, or an unknown slot. The message names what is wrong."""


def words_pattern(words: str) -> str:
    """A regular expression for literal words, indifferent to case, quotes, `(s)`, plural `s` and single line breaks."""
    return GAP.join(_word_pattern(word) for word in _WORD.findall(words.replace("(s)", "s")))


def first_word(words: str) -> tuple[str, str]:
    """The first of the words that `words_pattern` finds, and the text behind it; "" where there are no words."""
    words = words.replace("(s)", "s")
    found = _WORD.search(words)
    return (found.group(), words[found.end() :]) if found else ("", "")


def _word_pattern(word: str) -> str:
    letters = re.sub(r"['\u2018\u2019]", "\0", word)
    stem = letters[:-1] if len(letters) > 3 and letters.endswith("s") else letters
    quote = "['\u2018\u2019]?"
    return re.escape(stem.rstrip("\0")).replace("\0", quote) + rf"{quote}(?:\(s\)|s)?{quote}"


class Passage(NamedTuple):
    """A stretch of a text that phrases are matched against; `lowered` is it in small letters.

    Looking for a word's stem in `lowered` is many times faster than a pattern, and most phrases fail there.
    """

    text: str
    start: int
    end: int
    lowered: str

    @classmethod
    def of(cls, text: str, start: int = 0, end: int | None = None) -> Passage:
        """The passage `text[start:end]`."""
        stop = len(text) if end is None else end
        return cls(text, start, stop, text[start:stop].lower())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a profile, ready to match. Made by `Phrase.read`. `stems`: all must occur for it to match."""

    wording: str
    parts: tuple[re.Pattern[str], ...]
    stems: tuple[str, ...]
    open_start: bool
    open_end: bool

    @classmethod
    def read(cls, wording: str) -> Phrase:
        """Compile a phrase. Raises BadPhraseError for a phrase without words or with a slot that does not exist."""
        parts: list[str] = [""]
        place = 0
        for slot in [*_SLOT.finditer(wording), None]:
            literal = words_pattern(wording[place : slot.start() if slot else len(wording)])
            if literal:
                parts[-1] += (GAP if parts[-1] else "") + literal
            if slot is None:
                break
            place = slot.end()
            if slot.group(1) == "...":
                parts.append("")
            elif slot.group(1) == "number":
                parts[-1] += (GAP if parts[-1] else "") + _NUMBER
            else:
                raise BadPhraseError(f"unknown slot {{{slot.group(1)}}}; there are {{...}} and {{number}}")
        if not any(parts):
            raise BadPhraseError("a phrase needs at least one word")
        compiled = tuple(re.compile(rf"(?<!\w){part}(?!\w)", re.IGNORECASE) for part in parts if part)
        return cls(wording, compiled, _stems(wording), open_start=parts[0] == "", open_end=parts[-1] == "")

    def match(self, passage: Passage) -> bool:
        """Whether the passage, apart from white space and punctuation at its ends, is this phrase."""
        ends = self._find(passage)
        if ends is None:
            return False
        before, after = passage.text[passage.start : ends.start], passage.text[ends.end : passage.end]
        return (self.open_start or is_filler(before)) and (self.open_end or is_filler(after))

    def occurs(self, passage: Passage) -> bool:
        """Whether this phrase stands somewhere in the passage."""
        return self._find(passage) is not None

    def _find(self, passage: Passage) -> Span | None:
        """Where it stands, each part at its first place after the part before."""
        for stem in self.stems:
            if stem not in passage.lowered:
                return None
        start, place = -1, passage.start
        for part in self.parts:
            found = part.search(passage.text, place, passage.end)
            if found is None:
                return None
            start = found.start() if start < 0 else start
            place = found.end()
        return Span(start, place)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Several phrases, of which only those are tried that may be there.

    `by_stem`: all of them, by the longest stem of each, which has to occur. `by_start`: those that begin with a word of
    their own, by its stem; `open`: the others, by the longest stem.
    """

    by_stem: Mapping[str, tuple[Phrase, ...]]
    by_start: Mapping[str, tuple[Phrase, ...]]
    open: Mapping[str, tuple[Phrase, ...]]

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> Phrases:
        """The phrases together."""
        longest = [(phrase.stems[0] if phrase.stems else "", phrase) for phrase in phrases]
        starts = {phrase: _start_stem(phrase.wording) for _, phrase in longest}
        return cls(
            _grouped(longest),
            _grouped((start, phrase) for phrase, start in starts.items() if start),
            _grouped((stem, phrase) for stem, phrase in longest if not starts[phrase]),
        )

    def match(self, passage: Passage) -> bool:
        """Whether the passage, apart from white space and punctuation at its ends, is one of them."""
        text, start, end, lowered = passage
        first = _LETTERS.search(text, start, end)
        if first is not None:
            for phrase in self.by_start.get(first.group().lower().removesuffix("s"), ()):
                if phrase.match(passage):
                    return True
        for stem, phrases in self.open.items():
            if stem in lowered:
                for phrase in phrases:
                    if phrase.match(passage):
                        return True
        return False

    def occur(self, passage: Passage) -> bool:
        """Whether one of them stands somewhere in the passage."""
        for stem, phrases in self.by_stem.items():
            if stem in passage.lowered and any(phrase.occurs(passage) for phrase in phrases):
                return True
        return False

    def may_stand_in(self, passage: Passage) -> bool:
        """Whether one of them may stand in the passage; if not, none does in any part of it."""
        return any(map(passage.lowered.__contains__, self.by_stem))


@dataclass(frozen=True, slots=True)
class Name:
    """Literal words that may stand anywhere in a text, such as the name of a category."""

    pattern: re.Pattern[str]
    stems: tuple[str, ...]

    @classmethod
    def read(cls, wording: str) -> Name:
        """Compile a name. Raises BadPhraseError if it has no words."""
        if not _WORD.search(wording):
            raise BadPhraseError("a name needs at least one word")
        return cls(re.compile(rf"(?<!\w){words_pattern(wording)}(?!\w)", re.IGNORECASE), _stems(wording))

    def search(self, passage: Passage) -> Span | None:
        """The first place in the passage where it stands."""
        for stem in self.stems:
            if stem not in passage.lowered:
                return None
        found = self.pattern.search(passage.text, passage.start, passage.end)
        return Span(*found.span()) if found else None


@dataclass(frozen=True, slots=True)
class Names:
    """Several names for one thing; `rarest` holds the longest stem of each, of which one must occur."""

    names: tuple[Name, ...]
    rarest: frozenset[str]

    @classmethod
    def read(cls, wordings: Iterable[str]) -> Names:
        """Compile names. Raises BadPhraseError if one has no words."""
        names = tuple(map(Name.read, wordings))
        return cls(names, frozenset(name.stems[0] for name in names))

    def may_stand_in(self, lowered: str) -> bool:
        """Whether one of them may stand in a text in small letters; if not, none does."""
        return any(map(lowered.__contains__, self.rarest))

    def search(self, passage: Passage) -> Span | None:
        """Where one of them stands in the passage: the first place of the first that does."""
        lowered = passage.lowered
        if any(map(lowered.__contains__, self.rarest)):
            for name in self.names:
                if name.stems[0] in lowered and (found := name.search(passage)):
                    return found
        return None


def _grouped(phrases: Iterable[tuple[str, Phrase]]) -> dict[str, tuple[Phrase, ...]]:
    groups: dict[str, tuple[Phrase, ...]] = {}
    for key, phrase in phrases:
        groups[key] = (*groups.get(key, ()), phrase)
    return groups


def _start_stem(wording: str) -> str:
    """The stem of the word that whatever is this phrase begins with; "" where that may be any or is spelt in two."""
    word = _WORD.search(wording)
    if word is None or "{" in wording[: word.start()] or not _LETTERS.fullmatch(word.group()):
        return ""
    return word.group().lower().removesuffix("s")


def _stems(wording: str) -> tuple[str, ...]:
    """The literal words as any spelling has them: small letters, up to a quote or a plural s; the longest first."""
    words = [re.split(r"['\u2018\u2019]", word.lower())[0] for word in _WORD.findall(_SLOT.sub(" ", wording))]
    return tuple(sorted({word.removesuffix("s") for word in words}, key=lambda word: (-len(word), word)))


def is_filler(text: str) -> bool:
    """Whether there is nothing to read in `text`: white space and punctuation."""
    return not any(char.isalnum() for char in text)
