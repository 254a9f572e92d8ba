"""Set wording of a letter family as phrases with slots, matched without regard to how a letter spells them.

A profile holds phrases such as `This visit has identified the following {number} area for priority action`, never
regular expressions. A phrase matches whatever the case, the quotes, the line breaks, `(s)` and the plural `s` are.
Slots: `{number}` is one number in words or digits (or `a number of`, `some`), `{...}` is any words or none.

Matching looks for the literal parts one after another, so it takes time linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.letter import Span

NUMBER_WORDS = {
    "no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
}  # fmt: skip
"""Numbers as letters write them; `no` counts as none."""

VAGUE_NUMBERS = ("a number of", "a small number of", "a range of", "some", "several", "a few", "many", "a")
_SLOT = re.compile(r"\{([^{}]*)\}")
_WORD = re.compile(r"[^\W_]+(?:['\u2018\u2019][^\W_]+)*")
_GAP = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*|[^\S\n]*[,/&\u2010-\u2015-][^\S\n]*\n?[^\S\n]*)"
_NUMBER_WORDS = "|".join(
    r"\s+".join(map(re.escape, word.split())) for word in sorted((*NUMBER_WORDS, *VAGUE_NUMBERS), key=len, reverse=True)
)
_NUMBER = rf"(?:{_NUMBER_WORDS}|\d{{1,3}})"


class BadPhraseError(ValueError):
    """A phrase of a profile that has no words, or an unknown slot. The message names what is wrong."""


def words_pattern(words: str) -> str:
    """A regular expression for literal words, indifferent to case, quotes, `(s)`, plural `s` and single line breaks."""
    return _GAP.join(_word_pattern(word) for word in _WORD.findall(words.replace("(s)", "s")))


def _word_pattern(word: str) -> str:
    letters = re.sub(r"['\u2018\u2019]", "\0", word)
    stem = letters[:-1] if len(letters) > 3 and letters.endswith("s") else letters
    quote = "['\u2018\u2019]?"
    return re.escape(stem.rstrip("\0")).replace("\0", quote) + rf"{quote}(?:\(s\)|s)?{quote}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a profile, ready to match. Made by `Phrase.read`."""

    wording: str
    parts: tuple[re.Pattern[str], ...]
    key: str
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
                parts[-1] += (_GAP if parts[-1] else "") + literal
            if slot is None:
                break
            place = slot.end()
            if slot.group(1) == "...":
                parts.append("")
            elif slot.group(1) == "number":
                parts[-1] += (_GAP if parts[-1] else "") + _NUMBER
            else:
                raise BadPhraseError(f"unknown slot {{{slot.group(1)}}}; there are {{...}} and {{number}}")
        if not any(parts):
            raise BadPhraseError("a phrase needs at least one word")
        compiled = tuple(re.compile(rf"(?<!\w){part}(?!\w)", re.IGNORECASE) for part in parts if part)
        return cls(wording, compiled, rarest_stem(wording), open_start=parts[0] == "", open_end=parts[-1] == "")

    def match(self, text: str, start: int, end: int) -> bool:
        """Whether `text[start:end]`, apart from white space and punctuation at its ends, is this phrase."""
        if self.key not in text[start:end].lower():
            return False
        place = start
        for number, part in enumerate(self.parts):
            found = part.search(text, place, end)
            if found is None:
                return False
            if number == 0 and not self.open_start and not is_filler(text[start : found.start()]):
                return False
            place = found.end()
        return self.open_end or is_filler(text[place:end])

    def occurs(self, text: str, start: int, end: int) -> bool:
        """Whether this phrase stands somewhere in `text[start:end]`."""
        place = start
        for part in self.parts:
            found = part.search(text, place, end)
            if found is None:
                return False
            place = found.end()
        return True


@dataclass(frozen=True, slots=True)
class Name:
    """Literal words that may stand anywhere in a text, such as the name of a category."""

    pattern: re.Pattern[str]
    key: str

    @classmethod
    def read(cls, wording: str) -> Name:
        """Compile a name. Raises BadPhraseError if it has no words."""
        if not _WORD.search(wording):
            raise BadPhraseError("a name needs at least one word")
        return cls(re.compile(rf"(?<!\w){words_pattern(wording)}(?!\w)", re.IGNORECASE), rarest_stem(wording))

    def search(self, text: str, start: int, end: int) -> Span | None:
        """The first place in `text[start:end]` where it stands."""
        # Looking for the stem is many times faster than the pattern, and most sentences don't hold it.
        if self.key not in text[start:end].lower():
            return None
        found = self.pattern.search(text, start, end)
        return Span(*found.span()) if found else None


def rarest_stem(wording: str) -> str:
    """The longest literal word of a wording as any spelling has it: lower case, up to a quote or a plural s."""
    words = [re.split(r"['\u2018\u2019]", word.lower())[0] for word in _WORD.findall(_SLOT.sub(" ", wording))]
    return max((word.removesuffix("s") for word in words), key=len, default="")


def is_filler(text: str) -> bool:
    """Whether there is nothing to read in `text`: white space and punctuation."""
    return not any(char.isalnum() for char in text)
