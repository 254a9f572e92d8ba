"""Stems as characters: each distinct stem of a corpus is one, and a finding a short sorted string of them.

Because every string is sorted by the same order, rapidfuzz's `ratio` of two of them (2 x longest common subsequence /
sum of the lengths) is the Dice coefficient of their stems as multisets, whatever characters they happen to have. So a
corpus that grew letter by letter gives the same scores as one made at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Final

RARE: Final = 0.05
"""A stem that at most this share of the findings has is written twice: it tells more than what many say."""

_FIRST_CODE: Final = 0x21
_SURROGATES: Final = range(0xD800, 0xE000)
_CODES: Final = 0x110000 - _FIRST_CODE - len(_SURROGATES)


def code(number: int) -> str:
    """The character that stands for a stem. Surrogates are passed over; past a million stems some share one."""
    point = _FIRST_CODE + number % _CODES
    return chr(point if point < _SURROGATES.start else point + len(_SURROGATES))


class Alphabet:
    """Which character stands for a stem, and how many findings of the corpus have it.

    A string that was written stays right until `settle` names characters whose weight has changed.
    """

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        self._found_in: dict[str, int] = {}
        self._free: list[str] = []
        self._next = 0
        self._findings = 0
        self._frequent: set[str] = set()

    def add(self, stems: Iterable[str]) -> str:
        """Count one more finding with these stems, each given once, and write it."""
        chars = [self._codes.get(one) or self._new(one) for one in stems]
        self._findings += 1
        for char in chars:
            self._found_in[char] = self._found_in.get(char, 0) + 1
        return self._written(chars)

    def drop(self, string: str) -> None:
        """Count a finding that was written as `string` no more; stems that no finding has are forgotten."""
        self._findings -= 1
        for char in set(string):
            left = self._found_in[char] - 1
            if left:
                self._found_in[char] = left
                continue
            del self._found_in[char], self._codes[self._stems.pop(char)]
            self._frequent.discard(char)
            self._free.append(char)

    def settle(self) -> frozenset[str]:
        """Weigh all stems by how many findings have them now. Returns the characters whose weight has changed."""
        limit = RARE * self._findings
        frequent = {char for char, findings in self._found_in.items() if findings > limit}
        changed = frozenset(frequent ^ self._frequent)
        self._frequent = frequent
        return changed

    def reweighed(self, string: str, changed: frozenset[str]) -> str:
        """A string from before `settle` as it is written now, `changed` being what that gave."""
        for char in changed.intersection(string):
            twice = char + char
            string = string.replace(twice, char) if char in self._frequent else string.replace(char, twice)
        return string

    def write(self, stems: Iterable[str]) -> str:
        """Write a text that is not counted: a stem that no finding has gets a character that nothing else has."""
        unknown = count(self._next)
        return self._written([self._codes.get(one) or code(next(unknown)) for one in stems])

    def char(self, stem: str) -> str:
        """The character of a stem, "" if no finding has it."""
        return self._codes.get(stem, "")

    def by_rarity(self, string: str) -> dict[str, int]:
        """In how many findings each character of a string is, the rarest first; frequent ones are left out."""
        known = set(string).intersection(self._found_in) - self._frequent
        ordered = sorted(known, key=lambda char: (self._found_in[char], self._stems[char]))
        return {char: self._found_in[char] for char in ordered}

    def _written(self, chars: Iterable[str]) -> str:
        return "".join(sorted(char if char in self._frequent else char + char for char in chars))

    def _new(self, stem: str) -> str:
        if self._free:
            char = self._free.pop()
        else:
            char = code(self._next)
            self._next += 1
        self._codes[stem] = char
        self._stems[char] = stem
        return char
