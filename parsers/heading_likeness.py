"""Words that are nearly a heading of a family: torn, misread by a scanner, mistyped, or in other small words."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property

# What a heading may wear before and behind its words: signs, `3.`, `1.0`, `(b)`; `[2]`, `(2)`, ` 2`.
_FRONT = re.compile(
    r"[\W_]*(?:(?:\d{1,2}\.){1,2}\d{1,2}\s|\(?(?:\d{1,2}|[A-Za-z])[.)]\s"
    r"|(?:(?:Section|Part|Annex) )?[A-Z\d]{1,2} ?[-\u2013\u2014:] )?[\W_]*"
)
_BEHIND = re.compile(r"[\W_]*(?:\[[^\[\]\n]{0,12}\]|\(\d{1,2}\)|\s\d{1,2})?[\W_]*\Z")
_WORD = re.compile(r"[a-z]+")
RULES = tuple("-\u2013\u2014=*~_+#|")
"""Signs that rules are made of, and that words in a line of their own may stand between."""
HYPHENS = frozenset("-\u00ad\u2010")
LONGEST_SAID = 60
"""Code points of a heading in other words."""
_STOPS = ".!?;,"
# Signs that scanners take for one another, each group as one letter.
_ALIKE = str.maketrans({"1": "i", "l": "i", "|": "i", "!": "i", "0": "o", "5": "s", "8": "b", "q": "g"})
_SHORTEST_MISTYPED = 8
_SHORTEST_TWICE_MISTYPED = 14
_SHORTEST_PLURAL = 4
# Words between those that tell one heading from another.
_SAYS_NOTHING = frozenset(
    "a an the of for in on to and or that which where these those this here are is was were be been some any key main"
    " further other also identified found noted seen require required requires requiring following by at with".split()
)


@dataclass(frozen=True)
class HeadingLikeness:
    """The headings of a family, to be found under other spellings.

    `wordings` are the headings as the profile has them, longer ones first; what is found is the shortest that fits.
    """

    wordings: tuple[str, ...]

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return {key_of(wording): wording for wording in self.wordings}

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        keys: dict[int, list[str]] = {}
        for key in self._by_key:
            keys.setdefault(len(key), []).append(key)
        return keys

    @cached_property
    def _said(self) -> dict[frozenset[str], str]:
        return {_said(wording): wording for wording in self.wordings}

    @cached_property
    def _beginnings(self) -> Set[str]:
        split = map(str.split, self.wordings)
        return frozenset(key_of(" ".join(words[:number])) for words in split for number in range(1, len(words)))

    @cached_property
    def firsts(self) -> Set[str]:
        """What a line begins with that may be one of them: a letter, what is misread for it, or a sign."""
        letters = {wording[0].upper() for wording in self.wordings}
        return frozenset({*letters, *RULES, *"([{'\"\u2018\u201c.:0123456789"})

    def same(self, words: str) -> str | None:
        """The heading that these words are, but for signs, blanks, plurals and letters that scanners confuse."""
        return self._by_key.get(key_of(bare(words)))

    def begins(self, words: str) -> bool:
        """Whether a heading begins with these words; the last one may be cut by a hyphen."""
        key = key_of(words)
        if key in self._beginnings:
            return True
        return words[-1:] in HYPHENS and any(heading.startswith(key) for heading in self._by_key)

    def near(self, words: str) -> str | None:
        """The heading that these words are with a mistake, or two in a long one."""
        key = key_of(words)
        most = 2 if len(key) >= _SHORTEST_TWICE_MISTYPED else 1 if len(key) >= _SHORTEST_MISTYPED else 0
        if not most or "." in words:
            return None
        for away in range(most + 1):
            for length in {len(key) - away, len(key) + away}:
                for heading in self._by_length.get(length, ()):
                    if _shares_a_third(key, heading) and is_near(key, heading, most):
                        return self._by_key[heading]
        return None

    def saying(self, words: str) -> str | None:
        """The heading of which these words say the same, in other small words."""
        if len(words) > LONGEST_SAID or words[-1:] in _STOPS or words.split()[-1].casefold() in _SAYS_NOTHING:
            return None
        return self._said.get(_said(words))


def bare(words: str) -> str:
    """Words without what a heading may wear before and behind them."""
    found = _BEHIND.search(words)
    rest = words[: found.start()] if found else words
    front = _FRONT.match(rest)
    return rest[front.end() :] if front else rest


def key_of(words: str) -> str:
    """The letters of words, those that are misread for one another as one, without the plural's s."""
    letters = []
    for word in words.casefold().replace("(s)", "s").translate(_ALIKE).split():
        plain = word if word.isalnum() else "".join(filter(str.isalnum, word))
        letters.append(plain.removesuffix("s") if len(plain) >= _SHORTEST_PLURAL else plain)
    return "".join(letters).replace("rn", "m").replace("vv", "w").removesuffix("s")


def is_near(one: str, other: str, most: int) -> bool:
    """Whether at most so many letters were left out, put in, exchanged or swapped between two words.

    The restricted Damerau-Levenshtein distance, row by row.
    """
    before: Sequence[int] = ()
    row = list(range(len(other) + 1))
    for number, char in enumerate(one, 1):
        earlier, before, row = before, row, [number]
        for place, letter in enumerate(other, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (char != letter))
            swapped = number > 1 and place > 1 and char == other[place - 2] and one[number - 2] == letter
            row.append(min(cost, earlier[place - 2] + 1) if swapped else cost)
        if min(row) > most:
            return False
    return row[-1] <= most


def _shares_a_third(one: str, other: str) -> bool:
    """Whether a third of a word stands in the other: of three parts, two mistakes leave one as it was."""
    third = len(one) // 3
    return one[:third] == other[:third] or one[-third:] == other[-third:] or one[third:-third] in other


def _said(words: str) -> frozenset[str]:
    """The words that say something, without their plural."""
    found = _WORD.findall(words.casefold())
    return frozenset(
        word.removesuffix("s") if len(word) >= _SHORTEST_PLURAL else word for word in found if word not in _SAYS_NOTHING
    )
