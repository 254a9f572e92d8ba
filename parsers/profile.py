"""A letter family's wording, read from a TOML profile: headings, categories, furniture, marks, set sentences."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar, cast

from parsers.phrases import GAP, BadPhraseError, Names, Phrase, Phrases, first_word, words_pattern

SCHEMA = "recto.profile/1"
LARGEST = 1_000_000
"""Bytes of a profile file at most."""

_T = TypeVar("_T")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_STYLES = ("none", "bold", "italic", "underline", "reverse", "dim")
# What a heading may wear: `## `, `**`, `3. `, `(b) `, a rule of dashes or an HTML tag in front; `:`, `.`, `**` behind.
_BEFORE = r"(?:<(?:h[1-6]|b|strong|u|p)\b[^<>\n]{0,80}>|[#*_=]{1,6}|\(?\d{1,2}[.):]|\(?[a-zA-Z][.)])"
_BEFORE_STARTS = frozenset("<#*_=(0123456789")
_AFTER_LETTER = (".", ")")
_AFTER = (
    r"(?:</(?:h[1-6]|b|strong|u|p)>|(?<=[\w:.?)])[#*_=]{1,6}|[#*_=]{1,6}(?=[^\S\n]*(?:\n|\Z))|\(\d{1,2}\)|[:.;?](?:-(?=[^\S\n]*(?:\n|\Z)))?"
    r"|\d{1,2}(?=[^\S\n]*(?:\n|\Z))|\(?cont(?:inued|'d|d|\.)\)?(?!\w))"
)
_SHORTEST_STEM = 4
_LINE_SPACE = r"[^\S\n\f]*"


class ProfileError(ValueError):
    """A profile that can't be used. The message names the file, the key and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of finding: id, the words and the two-letter tag shown, colour and text style, place in the order."""

    id: str
    label: str
    tag: str
    colour: str
    style: str
    order: int
    headings: tuple[str, ...]
    introductions: Phrases
    names: Names


@dataclass(frozen=True, slots=True)
class Marks:
    """How items of a list begin."""

    strong: frozenset[str]
    weak: frozenset[str]
    numbered: bool


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a family; in a match, the last group `hN` tells the place of the category in the profile.

    `anywhere` finds each of them with all that it may wear. `bare` finds those that begin with an ASCII letter, by that
    letter in either case, a pattern for each first word, and with nothing before them: most lines of a letter begin
    with a letter that no heading begins with.
    """

    anywhere: re.Pattern[str]
    bare: Mapping[str, tuple[re.Pattern[str], ...]]

    @classmethod
    def read(cls, categories: Sequence[Category]) -> Headings:
        """Compile the headings of the categories."""
        wordings = [(number, heading) for number, c in enumerate(categories) for heading in c.headings]
        # Longest wording first: "Areas for development identified" must not stop at "Areas for development".
        wordings.sort(key=lambda w: (len(w[1]), w), reverse=True)
        order = list(dict.fromkeys(number for number, _ in wordings))
        wordings.sort(key=lambda w: order.index(w[0]))
        before = f"(?:{_BEFORE}{_LINE_SPACE}){{0,3}}"
        anywhere = _worn(before + _either(wordings))
        by_word: dict[str, list[tuple[int, str]]] = {}
        for number, heading in wordings:
            word, rest = first_word(heading)
            by_word.setdefault(word.lower(), []).append((number, rest))
        bare: dict[str, tuple[re.Pattern[str], ...]] = {}
        for word, rests in by_word.items():
            for letter in {word[:1], word[:1].upper()}:
                bare[letter] = (*bare.get(letter, ()), _worn(_after_word(word, rests)))
        return cls(anywhere, bare)

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


@dataclass(frozen=True, slots=True)
class Profile:
    """A letter family.

    `paragraphs`: findings stand in paragraphs as well as in lists; one after a list is no second paragraph of it.
    `heading` finds headings of any category, `heading_stems` are the first letters of all of them. `furniture` holds
    lines as `folded_line` folds them, `furniture_starts` what they begin with. All phrases match as `parsers.phrases`
    says.
    """

    id: str
    title: str
    recognise: Phrases
    categories: tuple[Category, ...]
    heading: Headings
    heading_stems: tuple[str, ...]
    introductions: Phrases
    closings: Phrases
    nothing: Phrases
    earlier: Names
    furniture: frozenset[str]
    furniture_starts: frozenset[str]
    marks: Marks
    paragraphs: bool

    def category(self, category_id: str) -> Category | None:
        """The category with this id, or None."""
        return next((c for c in self.categories if c.id == category_id), None)


@cache
def shipped() -> tuple[Profile, ...]:
    """The profiles that come with the parser, in the order of their ids."""
    folder = resources.files("parsers") / "profiles"
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".toml") and f.name != "defaults.toml")
    return tuple(load(name.removesuffix(".toml")) for name in names)


@cache
def load(name_or_path: str | Path) -> Profile:
    """Read a profile by the id of a shipped one, or from a file.

    Raises ProfileError: no such profile, unreadable, not TOML, or a key missing, unknown or of the wrong type.
    """
    if isinstance(name_or_path, str) and _ID.fullmatch(name_or_path):
        packaged = resources.files("parsers") / "profiles" / f"{name_or_path}.toml"
        if packaged.is_file():
            return _read(packaged.read_text(encoding="utf-8"), f"{name_or_path}.toml")
    path = Path(name_or_path)
    try:
        if path.stat().st_size > LARGEST:
            raise ProfileError(f"{path}: larger than {LARGEST:,} bytes: this is no profile")
        return _read(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        if isinstance(error, ProfileError):
            raise
        known = ", ".join(p.id for p in shipped())
        why = getattr(error, "strerror", None) or str(error)
        raise ProfileError(f"{path}: can't be read as a profile ({why}); the shipped ones are {known}") from error


def shipped_source(profile_id: str) -> str:
    """The TOML text of a shipped profile, to be copied and changed. Raises ProfileError for an unknown id."""
    packaged = resources.files("parsers") / "profiles" / f"{profile_id}.toml"
    if not _ID.fullmatch(profile_id) or profile_id == "defaults" or not packaged.is_file():
        raise ProfileError(f"{profile_id}: no such profile; the shipped ones are {', '.join(p.id for p in shipped())}")
    return packaged.read_text(encoding="utf-8")


def category_table(profile_id: str | None) -> Mapping[str, Category]:
    """The categories of a shipped profile by id, in their order; those of the first family for an unknown one."""
    known = {p.id: p for p in shipped()}
    profile = known.get(profile_id or "", known["unannounced-cra"])
    return {c.id: c for c in sorted(profile.categories, key=lambda c: c.order)}


@cache
def _defaults() -> Mapping[str, Any]:
    return tomllib.loads((resources.files("parsers") / "profiles" / "defaults.toml").read_text(encoding="utf-8"))


def _read(source: str, name: str) -> Profile:
    try:
        table = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ProfileError(f"{name}: not TOML: {error}") from error
    keys = _Keys(name, table)
    if keys.text("schema") != SCHEMA:
        raise ProfileError(f'{name}: schema: this version reads "{SCHEMA}"')
    categories = tuple(sorted(_categories(keys), key=lambda c: c.order))
    marks = _Keys(name, {**_defaults()["marks"], **keys.table("marks")}, "marks.")
    furniture = _Keys(name, {**_defaults()["furniture"], **keys.table("furniture")}, "furniture.")
    lines = frozenset(map(folded_line, furniture.texts("lines")))
    profile = Profile(
        id=keys.matching("id", _ID),
        title=keys.text("title"),
        recognise=keys.phrases("recognise"),
        categories=categories,
        heading=Headings.read(categories),
        heading_stems=_heading_stems(categories),
        introductions=keys.phrases("introductions"),
        closings=keys.phrases("closings"),
        nothing=keys.phrases("nothing"),
        earlier=keys.names("earlier"),
        furniture=lines,
        furniture_starts=frozenset(line[:1] for line in lines),
        marks=Marks(frozenset(marks.texts("strong")), frozenset(marks.texts("weak")), marks.get("numbered", bool)),
        paragraphs=keys.get("paragraphs", bool) if "paragraphs" in table else False,
    )
    for part in (keys, marks, furniture):
        part.refuse_unknown()
    return profile


def _categories(keys: _Keys) -> list[Category]:
    tables = keys.table("categories")
    if not tables:
        raise ProfileError(f"{keys.name}: categories: at least one [categories.ID] is needed")
    found = []
    for category_id, value in tables.items():
        if not _ID.fullmatch(category_id) or not isinstance(value, dict):
            raise ProfileError(f"{keys.name}: categories.{category_id}: an id is lower-case letters, digits, - and _")
        part = _Keys(keys.name, value, f"categories.{category_id}.")
        found.append(
            Category(
                id=category_id,
                label=part.text("label"),
                tag=part.matching("tag", re.compile(r"[A-Z]{2}")),
                colour=part.one_of("colour", _COLOURS),
                style=part.one_of("style", _STYLES),
                order=part.get("order", int),
                headings=part.texts("headings"),
                introductions=part.phrases("introductions"),
                names=part.names("names"),
            )
        )
        part.refuse_unknown()
    return found


def _heading_stems(categories: tuple[Category, ...]) -> tuple[str, ...]:
    """How headings begin, with a capital and all in capitals: enough of each to be rare in prose."""
    stems = set()
    for category in categories:
        for heading in category.headings:
            words = heading.split()
            stem = words[0] if len(words[0]) >= _SHORTEST_STEM else " ".join(words[:2])
            stem = stem.removesuffix("(s)").removesuffix("s")
            stems |= {stem[0].upper() + stem[1:], stem.upper()}
    return tuple(sorted(stem for stem in stems if not any(stem != other and stem.startswith(other) for other in stems)))


def folded_line(line: str) -> str:
    """A line as furniture is compared: lower case, white space folded, no punctuation at its ends."""
    return " ".join(line.casefold().split()).strip(" .:*#_-")


class _Keys:
    """A table of a profile that names its file and key in every complaint, and knows which keys were asked for."""

    def __init__(self, name: str, table: Mapping[str, Any], prefix: str = "") -> None:
        self.name, self._table, self._prefix = name, table, prefix
        self._asked: set[str] = set()

    def get(self, key: str, kind: type[_T]) -> _T:
        self._asked.add(key)
        if key not in self._table:
            raise ProfileError(f"{self.name}: {self._prefix}{key}: missing")
        value = self._table[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise ProfileError(f"{self.name}: {self._prefix}{key}: should be {_KINDS[kind]}")
        return value

    def table(self, key: str) -> Mapping[str, Any]:
        self._asked.add(key)
        return self.get(key, dict) if key in self._table else {}

    def text(self, key: str) -> str:
        value = self.get(key, str)
        if not value.strip():
            raise ProfileError(f"{self.name}: {self._prefix}{key}: is empty")
        return value

    def matching(self, key: str, pattern: re.Pattern[str]) -> str:
        value = self.text(key)
        if not pattern.fullmatch(value):
            raise ProfileError(f"{self.name}: {self._prefix}{key}: {value!r} does not fit {pattern.pattern}")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.text(key)
        if value not in allowed:
            raise ProfileError(f"{self.name}: {self._prefix}{key}: {value!r} is none of {', '.join(allowed)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.get(key, list)
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise ProfileError(f"{self.name}: {self._prefix}{key}: should be a list of texts, none empty")
        return tuple(cast("list[str]", values))

    def phrases(self, key: str) -> Phrases:
        return Phrases.of(self.each(key, Phrase.read))

    def names(self, key: str) -> Names:
        try:
            return Names.read(self.texts(key))
        except BadPhraseError as error:
            raise ProfileError(f"{self.name}: {self._prefix}{key}: {error}") from error

    def each(self, key: str, make: Callable[[str], _T]) -> tuple[_T, ...]:
        made = []
        for wording in self.texts(key):
            try:
                made.append(make(wording))
            except BadPhraseError as error:
                raise ProfileError(f"{self.name}: {self._prefix}{key}: {wording!r}: {error}") from error
        return tuple(made)

    def refuse_unknown(self) -> None:
        for key in self._table:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                raise ProfileError(f"{self.name}: {self._prefix}{key}: no such key; there are {known}")


_KINDS: Mapping[type, str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}
