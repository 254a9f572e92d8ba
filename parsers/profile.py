"""A letter family's wording, read from a TOML profile: headings, categories, furniture, marks, set sentences."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from parsers.heading_wordings import HeadingWordings
from parsers.phrases import BadPhraseError, Names, Phrase, Phrases

SCHEMA = "recto.profile/1"
LARGEST = 1_000_000
"""Bytes of a profile file at most."""

_SHIPPED = Path(__file__).parent / "profiles"
_T = TypeVar("_T")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_STYLES = ("none", "bold", "italic", "underline", "reverse", "dim")
_SHORTEST_STEM = 4


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
    heading: HeadingWordings
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
    names = sorted(f.name for f in _SHIPPED.iterdir() if f.name.endswith(".toml") and f.name != "defaults.toml")
    return tuple(load(name.removesuffix(".toml")) for name in names)


@cache
def load(name_or_path: str | Path) -> Profile:
    """Read a profile by the id of a shipped one, or from a file.

    Raises ProfileError: no such profile, unreadable, not TOML, or a key missing, unknown or of the wrong type.
    """
    if isinstance(name_or_path, str) and _ID.fullmatch(name_or_path):
        packaged = _SHIPPED / f"{name_or_path}.toml"
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
    packaged = _SHIPPED / f"{profile_id}.toml"
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
    return tomllib.loads((_SHIPPED / "defaults.toml").read_text(encoding="utf-8"))


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
        heading=HeadingWordings.read([category.headings for category in categories]),
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
