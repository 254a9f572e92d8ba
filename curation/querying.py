"""The filter of a list of letters: `state:open check:>0 theme:supervision -reviewer:ab council:"North Dale"`.

Terms stand side by side and all have to hold. A term is a field with values, or a word that the council's name or the
letter's file name holds. Several values with commas: one of them has to hold. `-` before a term: it must not hold.
Numbers may be compared (`>0`, `<=3`) and spanned (`2009..2011`). Quotes keep blanks together. Pure.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from curation.summary import Summary


def _nearest(word: str, words: Iterable[str]) -> str | None:
    # It brings a library that only errors need: the first screen does without.
    from curation.nearest import nearest

    return nearest(word, words)


class QueryError(ValueError):
    """A filter that can't be read. `str()` says what and the way out; `start` and `end` are the place, code points."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start, self.end = start, end


class Kind(Enum):
    """What the values of a field are."""

    NUMBER = "a number, such as 3, >0 or 2..5"
    CHOICE = "one of a few words"
    NAME = "a name"
    PART = "part of a name"


@dataclass(frozen=True, slots=True)
class Field:
    """A field: what its values are, in a word, and what it is about."""

    kind: Kind
    about: str


FIELDS: Final[Mapping[str, Field]] = {
    "state": Field(Kind.CHOICE, "new, open, handed-in, agreed, changed or unreadable"),
    "check": Field(Kind.NUMBER, "what is to check: how many, or a code such as page-join"),
    "unseen": Field(Kind.NUMBER, "findings not seen yet"),
    "seen": Field(Kind.NUMBER, "findings seen and right"),
    "findings": Field(Kind.NUMBER, "findings"),
    "category": Field(Kind.CHOICE, "has findings of it, by tag or name"),
    "theme": Field(Kind.CHOICE, "has findings with it"),
    "year": Field(Kind.NUMBER, "of the letter's date"),
    "reviewer": Field(Kind.NAME, "has a review by; none for nobody's"),
    "council": Field(Kind.PART, "part of the council's name"),
    "letter": Field(Kind.PART, "part of the file's name"),
    "questions": Field(Kind.NUMBER, "findings with a question"),
    "family": Field(Kind.CHOICE, "the letter's family; none for no family"),
}
STATES: Final = ("new", "open", "handed-in", "agreed", "changed", "unreadable")
NOBODY: Final = "none"
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


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that values are checked against and completed from.

    Attributes:
        categories: each name by which a category is known (tag, id, label), in lower case, and its id.
        themes: ids of the codebook's themes and of those that letters have.
        labels: for some values, what they mean in words.
        reviewers: names.
        councils: short names.
        codes: codes of doubts.
        families: ids of letter families.
        resolve: the id of the theme that one counts as.
    """

    categories: Mapping[str, str] = field(default_factory=dict)
    themes: Sequence[str] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    reviewers: Sequence[str] = ()
    councils: Sequence[str] = ()
    codes: Sequence[str] = ()
    families: Sequence[str] = ()
    resolve: Callable[[str], str] = str

    def values(self, name: str) -> Sequence[str]:
        """What may stand after a field, for completion."""
        known: Mapping[str, Iterable[str]] = {
            "state": STATES,
            "check": (">0", "0", *self.codes),
            "unseen": (">0", "0"),
            "questions": (">0", "0"),
            "category": self.categories,
            "theme": self.themes,
            "reviewer": (*self.reviewers, NOBODY),
            "council": self.councils,
            "family": (*self.families, NOBODY),
        }
        return tuple(known.get(name, ()))


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


# ---- completing ----


@dataclass(frozen=True, slots=True)
class Offer:
    """A way to go on: the word under the caret becomes `word`, which `about` explains."""

    word: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """Ways to go on with what stands at `start` to `end` (code points of what was typed)."""

    start: int
    end: int
    offers: tuple[Offer, ...] = ()

    def taken(self, text: str, number: int) -> tuple[str, int]:
        """The text with an offer in it, and where the caret is then."""
        word = self.offers[number].word
        # A value is complete: the next term may begin. Another one may follow a field's colon.
        tail = "" if word.endswith(":") or text[self.end : self.end + 1].isspace() else " "
        return text[: self.start] + word + tail + text[self.end :], self.start + len(word) + len(tail)


def complete(text: str, caret: int, vocabulary: Vocabulary) -> Offers:
    """What could stand where the caret is: fields, or values of the field it stands behind; those that begin so first.

    Never raises: what is typed is not finished.
    """
    start = _word_start(text, caret)
    word = text[start:caret]
    name, colon, rest = word.removeprefix("-").partition(":")
    if not colon:
        begin = start + word.startswith("-")
        wanted = word.removeprefix("-").casefold()
        fields = [Offer(f"{known}:", FIELDS[known].about) for known in FIELDS if known.startswith(wanted)]
        return Offers(begin, caret, tuple(fields))
    typed = rest.rpartition(",")[2]
    wanted = typed.lstrip('"“').casefold()
    values = vocabulary.values(name.casefold())
    fitting = [v for v in values if v.casefold().startswith(wanted)]
    fitting += [v for v in values if wanted in v.casefold() and v not in fitting]
    offers = (Offer(f'"{v}"' if any(map(str.isspace, v)) else v, vocabulary.labels.get(v, "")) for v in fitting)
    return Offers(caret - len(typed), caret, tuple(offers))


def _word_start(text: str, caret: int) -> int:
    """Where the word at the caret begins; blanks inside quotes do not end it."""
    start, quoted = 0, False
    for place, char in enumerate(text[:caret]):
        if char in '"“”':
            quoted = not quoted
        elif char.isspace() and not quoted:
            start = place + 1
    return start
