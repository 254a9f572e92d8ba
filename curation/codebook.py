"""The codebook: which themes there are, what each means, and which was merged into which.

A workspace's `codebook.toml` replaces the one that Recto ships with. A merge is a pointer (`merged_into`) that every
reader resolves; reviews keep what their reviewer wrote.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import msgspec

from curation import nesting, picking
from curation.files import read_regular, reason
from curation.nearest import nearest

SCHEMA: Final = "recto.codebook/1"
OTHER: Final = "other"
"""The theme for what no theme fits. Only a person says that: it is never suggested, and teaches nothing."""

_LARGEST = 5_000_000
_DEEPEST = 32
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


class CodebookError(ValueError):
    """A codebook that can't be used. `problems` names file, table, key and way out of each; `str()` has one a line."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Theme:
    """What a finding can be about; never whether it is good or bad, which the category says.

    Attributes:
        id: lower-case letters, digits, `-` and `_`.
        label: the name that people see.
        group: themes of one group stand together on the screen.
        definition: what belongs under it.
        use_when: for the reviewer in doubt.
        avoid_when: and which theme to take then.
        example: a finding that belongs here.
        not_example: one that seems to, and doesn't.
        phrases: short cues for ranking; the last word of one may be the beginning of a word (`unallocat`).
        archived: kept for what it was given to, not offered any more.
        merged_into: the theme that it counts as, "" if it is its own.
        extra: keys that this version does not know, kept.
    """

    id: str
    label: str
    group: str = ""
    definition: str = ""
    use_when: str = ""
    avoid_when: str = ""
    example: str = ""
    not_example: str = ""
    phrases: tuple[str, ...] = ()
    archived: bool = False
    merged_into: str = ""
    extra: Mapping[str, Any] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Codebook:
    """All themes by id, in the order of the file.

    Attributes:
        revision: grows with each edit; reviews are stamped with it.
        rules: how themes are given, for people.
        themes: the archived and the merged ones too.
        extra: top-level keys that this version does not know, kept.
    """

    revision: int
    rules: tuple[str, ...]
    themes: Mapping[str, Theme]
    extra: Mapping[str, Any] = field(default_factory=_nothing)

    @property
    def living(self) -> tuple[Theme, ...]:
        """The themes that can be given, in the order of the codebook: neither archived nor merged into another."""
        return tuple(theme for theme in self.themes.values() if not theme.archived and not theme.merged_into)

    def resolve(self, theme_id: str) -> str:
        """The id of the theme that this one counts as. An id that the codebook doesn't know stays as it is."""
        theme = self.themes.get(theme_id)
        while theme is not None and theme.merged_into:
            theme_id = theme.merged_into
            theme = self.themes.get(theme_id)
        return theme_id

    def resolve_all(self, theme_ids: Iterable[str]) -> tuple[str, ...]:
        """The themes that these count as, in order, each once."""
        return tuple(dict.fromkeys(self.resolve(theme_id) for theme_id in theme_ids))

    def merged(self, theme_id: str) -> tuple[Theme, ...]:
        """The other themes that count as this one, in the order of the codebook."""
        return tuple(t for t in self.themes.values() if t.merged_into and self.resolve(t.id) == theme_id)

    def search(self, query: str, limit: int | None = None) -> tuple[Theme, ...]:
        """The living themes that a few typed letters may mean, best first; for none, all in the codebook's order.

        Label, id, phrases and the names of themes merged into it are searched, with room for misspellings. `limit` is
        the most to return, None for all that fit.
        """
        offered = [
            picking.Offer(
                names=(theme.label, theme.id),
                cues=(*theme.phrases, *(name for old in self.merged(theme.id) for name in (old.label, *old.phrases))),
            )
            for theme in self.living
        ]
        return tuple(self.living[place] for place in picking.ranked(query, offered)[:limit])


def shipped() -> Codebook:
    """The codebook that Recto comes with."""
    return _read((resources.files("curation") / "codebook.toml").read_text(encoding="utf-8"), "codebook.toml")


def load(path: Path) -> Codebook:
    """Read a codebook. Raises CodebookError if the file can't be read or anything in it is wrong, with all that is."""
    try:
        text = read_regular(path, _LARGEST).decode("utf-8-sig")
    except OSError as error:
        raise CodebookError([f"{path}: {reason(error)}"]) from error
    except UnicodeDecodeError as error:
        raise CodebookError([f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8"]) from error
    return _read(text, str(path))


def _read(text: str, name: str) -> Codebook:
    if nesting.depth(text) > _DEEPEST:
        raise CodebookError([f"{name}: nests deeper than {_DEEPEST} levels, which no codebook does"])
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CodebookError([f"{name}: not TOML: {error}"]) from error
    if problem := _schema_problem(table.get("schema")):
        raise CodebookError([f"{name}: schema: {problem}"])
    reader = _Reader(name)
    top = reader.table("", table, _TOP)
    themes = {key: theme for key, value in top["themes"].items() if (theme := reader.theme(key, value)) is not None}
    reader.problems.extend(f"{name}: {problem}" for problem in _pointer_problems(themes))
    if reader.problems:
        raise CodebookError(reader.problems)
    return Codebook(top["revision"], top["rules"], MappingProxyType(themes), _extra(table, _TOP))


def _schema_problem(schema: object) -> str:
    if schema == SCHEMA:
        return ""
    if isinstance(schema, str) and re.fullmatch(r"recto\.codebook/\d+", schema):
        return f'"{schema}" is newer than this Recto, which reads "{SCHEMA}"; update Recto'
    return f'write schema = "{SCHEMA}" at the top of the file'


def _pointer_problems(themes: Mapping[str, Theme]) -> Iterator[str]:
    """What is wrong with `merged_into`. A circle is told once, at the first of its themes."""
    told: set[str] = set()
    for theme in themes.values():
        way = [theme.id]
        while (into := themes[way[-1]].merged_into) in themes and into not in way:
            way.append(into)
        if into and into not in themes and len(way) == 1:
            near = nearest(into, (key for key in themes if key != theme.id))
            yield f'themes.{theme.id}.merged_into: there is no theme "{into}"; ' + (
                f'the nearest is "{near}"' if near else 'write ""'
            )
        if into == theme.id and told.isdisjoint(way):
            told.update(way)
            circle = " -> ".join([*way, into])
            yield f'themes.{theme.id}.merged_into: goes round in a circle, {circle}; write "" in the one that stays'


@dataclass(frozen=True, slots=True)
class _Key:
    kind: Any
    said: str
    default: Any


_TEXT = _Key(str, 'a text in quotes, such as "..."', "")
_TEXTS = _Key(tuple[str, ...], 'a list of texts, such as ["...", "..."]', ())
_TOP: Final[Mapping[str, _Key]] = {
    "schema": _TEXT,
    "revision": _Key(int, "a whole number", 0),
    "rules": _TEXTS,
    "themes": _Key(dict[str, Any], "tables, one for each theme, such as [themes.supervision]", _nothing()),
}
_THEME: Final[Mapping[str, _Key]] = {
    **dict.fromkeys(("label", "group", "definition", "use_when", "avoid_when", "example", "not_example"), _TEXT),
    "phrases": _TEXTS,
    "archived": _Key(bool, "true or false", False),
    "merged_into": _TEXT,
}


def _extra(table: Mapping[str, Any], known: Mapping[str, _Key]) -> Mapping[str, Any]:
    return MappingProxyType({key: value for key, value in table.items() if key not in known})


class _Reader:
    """Collects everything that is wrong with a file, so that its owner mends it in one go."""

    def __init__(self, name: str) -> None:
        self.problems: list[str] = []
        self._name = name

    def theme(self, theme_id: str, table: Any) -> Theme | None:
        """One theme; None, with the problem told, if it is no table or has no usable name."""
        where = f"themes.{theme_id}"
        if not _ID.fullmatch(theme_id):
            self._wrong(where, "an id has up to 64 lower-case letters, digits, - and _, and begins with no sign")
            return None
        if not isinstance(table, dict):
            self._wrong(where, f'should be a table; write [{where}] and under it label = "..."')
            return None
        values = self.table(f"{where}.", table, _THEME)
        if not str(table.get("label", "")).strip():
            self._wrong(f"{where}.label", 'missing; write label = "..." with the name that people see')
        return Theme(id=theme_id, **values, extra=_extra(table, _THEME))

    def table(self, prefix: str, table: Mapping[str, Any], known: Mapping[str, _Key]) -> dict[str, Any]:
        """The known keys of a table, each of its kind; the default, with the problem told, where one isn't."""
        values = {}
        for key, expected in known.items():
            values[key] = expected.default
            if key in table:
                try:
                    values[key] = msgspec.convert(table[key], expected.kind)
                except msgspec.ValidationError:
                    self._wrong(prefix + key, f"should be {expected.said}")
        return values

    def _wrong(self, where: str, problem: str) -> None:
        self.problems.append(f"{self._name}: {where}: {problem}")
