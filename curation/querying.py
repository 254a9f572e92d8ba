"""The filter of a list of letters: `state:open check:>0 theme:supervision -reviewer:ab council:"North Dale"`.

Terms stand side by side and all have to hold. A term is a field with values, or a word that the council's name or the
letter's file name holds. Several values with commas: one of them has to hold. `-` before a term: it must not hold.
Numbers may be compared (`>0`, `<=3`) and spanned (`2009..2011`). Quotes keep blanks together. Pure.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from curation.query_fields import FIELDS, NOBODY, STATES, Kind, Vocabulary
from curation.summary import Summary

_COMPARED: Final[Mapping[str, Callable[[int, int], bool]]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "": operator.eq,
}
_NUMBER: Final = re.compile(r"(>=|<=|>|<|=|)(\d{1,9})")
_RANGE: Final = re.compile(r"(\d{1,9})(?:\.\.|-|–)(\d{1,9})")
_CODE: Final = re.compile(r"[a-z][a-z-]*")


def _nearest(word: str, words: Iterable[str]) -> str | None:
    # It brings a library that only errors need: the first screen does without.
    from curation.nearest import nearest

    return nearest(word, words)


class QueryError(ValueError):
    """A filter that can't be read. `str()` says what and the way out; `start` and `end` are the place, code points."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start, self.end = start, end


Test = Callable[[Summary], bool]


@dataclass(frozen=True, slots=True)
class Query:
    """A filter that was read. `text` is what was typed."""

    text: str = ""
    tests: tuple[Test, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tests)

    def matches(self, summary: Summary) -> bool:
        """Whether all its terms hold for a letter."""
        return all(test(summary) for test in self.tests)


def parse(text: str, vocabulary: Vocabulary) -> Query:
    """Read a filter. Raises QueryError at the first place that can't be read."""
    return Query(text.strip(), tuple(_test(term, vocabulary) for term in _terms(text)))


# ---- reading ----


@dataclass(frozen=True, slots=True)
class _Value:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Term:
    """`field` is "" for a free word. `start` is where the field or the word begins, behind the minus."""

    field: str
    values: tuple[_Value, ...]
    negated: bool
    start: int
    end: int


def _terms(text: str) -> Iterator[_Term]:
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        term = _term(text, place)
        yield term
        place = term.end


def _term(text: str, place: int) -> _Term:
    negated = text[place] == "-"
    start = place + negated
    if start >= len(text) or text[start].isspace():
        raise QueryError("a minus stands before a term: -state:agreed", place, start)
    found = re.compile(r"([^\W\d]+):").match(text, start)
    if found is None:
        value = _value(text, start, commas=False)
        return _Term("", (value,), negated, start, value.end)
    name = found[1].casefold()
    if name not in FIELDS:
        raise QueryError(f"no field {found[1]}: is it {_nearest(name, FIELDS)}?", *found.span(1))
    values = []
    at = found.end()
    while True:
        value = _value(text, at, commas=True)
        if not value.text:
            raise QueryError(f"{name}: needs {FIELDS[name].kind.value} ({FIELDS[name].about})", start, value.end)
        values.append(value)
        if value.end >= len(text) or text[value.end] != ",":
            return _Term(name, tuple(values), negated, start, value.end)
        at = value.end + 1


_QUOTES: Final = {'"': '"', "“": "”", "„": "“"}


def _value(text: str, start: int, *, commas: bool) -> _Value:
    """One value: in quotes, or up to a blank (or a comma). `end` is behind the closing quote."""
    closing = _QUOTES.get(text[start : start + 1])
    if closing:
        end = next((n for n in range(start + 1, len(text)) if text[n] in {closing, '"'}), None)
        if end is None:
            raise QueryError("the quote is not closed", start, len(text))
        return _Value(text[start + 1 : end], start, end + 1)
    end = start
    while end < len(text) and not text[end].isspace() and not (commas and text[end] == ","):
        end += 1
    return _Value(text[start:end], start, end)


# ---- meaning ----


def _test(term: _Term, vocabulary: Vocabulary) -> Test:
    tests = [_one_value(term.field, value, vocabulary) for value in term.values]
    wanted = not term.negated
    # A letter that was not read yet is in no filter, not in its negation either.
    if not term.field:
        return lambda letter: any(test(letter) for test in tests) is wanted
    return lambda letter: letter.read and any(test(letter) for test in tests) is wanted


def _one_value(name: str, value: _Value, vocabulary: Vocabulary) -> Test:
    folded = " ".join(value.text.casefold().split())
    match name:
        case "":
            return lambda letter: any(folded in words.casefold() for words in (letter.name, letter.council, letter.key))
        case "council":
            return lambda letter: any(folded in words.casefold() for words in (letter.council, letter.name))
        case "letter":
            return lambda letter: folded in letter.key.casefold()
        case "reviewer":
            return lambda letter: folded in letter.reviewers if folded != NOBODY else not letter.reviewers
        case "state":
            _known(folded, STATES, "state", value)
            return lambda letter: state_of(letter) == folded
        case "category":
            _known(folded, vocabulary.categories, "category", value)
            category = vocabulary.categories[folded]
            return lambda letter: bool(letter.counts.get(category))
        case "theme":
            _known(folded, vocabulary.themes, "theme", value)
            theme, resolve = vocabulary.resolve(folded), vocabulary.resolve
            return lambda letter: theme in map(resolve, letter.themes)
        case "family":
            _known(folded, (*vocabulary.families, NOBODY), "family", value)
            return lambda letter: (letter.profile or NOBODY) == folded
        case "check" if _CODE.fullmatch(folded):
            _known(folded, vocabulary.codes, "code of a doubt", value)
            return lambda letter: folded in letter.checks
        case _:
            holds, number = _numeric(name, value), _NUMBERS[name]
            return lambda letter: (found := number(letter)) is not None and holds(found)


def state_of(letter: Summary) -> str:
    """The state of a letter in one word of `STATES`."""
    return "unreadable" if letter.trouble else letter.state or "new"


_NUMBERS: Final[Mapping[str, Callable[[Summary], int | None]]] = {
    "check": lambda letter: letter.to_check,
    "seen": lambda letter: letter.seen,
    "unseen": lambda letter: letter.findings - letter.seen,
    "findings": lambda letter: letter.findings,
    "questions": lambda letter: letter.questions,
    "year": lambda letter: letter.date.year if letter.date else None,
}


def _numeric(name: str, value: _Value) -> Callable[[int], bool]:
    if found := _RANGE.fullmatch(value.text):
        first, last = int(found[1]), int(found[2])
        if first > last:
            raise QueryError(f"{value.text} is empty: the smaller number stands first", value.start, value.end)
        return lambda number: first <= number <= last
    found = _NUMBER.fullmatch(value.text)
    if found is None:
        raise QueryError(f"{name}: takes {Kind.NUMBER.value}", value.start, value.end)
    compare, limit = _COMPARED[found[1]], int(found[2])
    return lambda number: compare(number, limit)


def _known(word: str, words: Iterable[str], what: str, value: _Value) -> None:
    known = tuple(words)
    if word not in known:
        likely = _nearest(word, known)
        hint = f": is it {likely}?" if likely else ""
        raise QueryError(f"no {what} {value.text}{hint}", value.start, value.end)
