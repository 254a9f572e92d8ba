"""A codebook from its file: everything that is wrong in it is named at once, each with the way out."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import msgspec

from curation import nesting
from curation.codebook.data import THEME_ID, Change, Codebook, Revision, Theme
from curation.files import read_regular, reason
from curation.nearest import nearest

SCHEMA: Final = "recto.codebook/1"
LARGEST: Final = 5_000_000
"""Bytes of a codebook at most."""

_DEEPEST = 32


class CodebookError(ValueError):
    """A codebook that can't be used. `problems` names file, table, key and way out of each; `str()` has one a line."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def shipped() -> Codebook:
    """The codebook that Recto comes with."""
    return _read(Path(__file__).with_name("codebook.toml").read_text(encoding="utf-8"), "codebook.toml")


def load(path: Path) -> Codebook:
    """Read a codebook. Raises CodebookError if the file can't be read or anything in it is wrong, with all that is."""
    try:
        data = read_regular(path, LARGEST)
    except OSError as error:
        raise CodebookError([f"{path}: {reason(error)}"]) from error
    return loads(data, str(path))


def loads(data: bytes, name: str) -> Codebook:
    """Read a codebook's bytes; `name` is what messages call the file. Raises CodebookError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CodebookError([f"{name}: not UTF-8 at byte {error.start}; save it as UTF-8"]) from error
    return _read(text, name)


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
    reader.problems.extend(f"{name}: {problem}" for problem in pointer_problems(themes))
    history = tuple(sorted(filter(None, map(reader.step, top["history"].items())), key=lambda step: step.number))
    if reader.problems:
        raise CodebookError(reader.problems)
    return Codebook(top["revision"], top["rules"], MappingProxyType(themes), history, _extra(table, _TOP))


def _schema_problem(schema: object) -> str:
    if schema == SCHEMA:
        return ""
    if isinstance(schema, str) and re.fullmatch(r"recto\.codebook/\d+", schema):
        return f'"{schema}" is newer than this Recto, which reads "{SCHEMA}"; update Recto'
    return f'write schema = "{SCHEMA}" at the top of the file'


def pointer_problems(themes: Mapping[str, Theme]) -> Iterator[str]:
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
    "themes": _Key(dict[str, Any], "tables, one for each theme, such as [themes.supervision]", MappingProxyType({})),
    "history": _Key(dict[str, Any], "tables, one for each change, as Recto writes them", MappingProxyType({})),
}
_THEME: Final[Mapping[str, _Key]] = {
    **dict.fromkeys(("label", "group", "definition", "use_when", "avoid_when", "example", "not_example"), _TEXT),
    "phrases": _TEXTS,
    "archived": _Key(bool, "true or false", False),
    "merged_into": _TEXT,
}


def _extra(table: Mapping[str, Any], known: Mapping[str, _Key]) -> Mapping[str, Any]:
    return MappingProxyType({key: value for key, value in table.items() if key not in known})


class _Change(msgspec.Struct):
    was: dict[str, Any] | None = None
    now: dict[str, Any] | None = None
    after: str = ""


class _Step(msgspec.Struct):
    at: dt.datetime
    by: str
    what: str
    changes: dict[str, _Change] = {}
    undoes: int = 0
    redoes: int = 0


class _Reader:
    """Collects everything that is wrong with a file, so that its owner mends it in one go."""

    def __init__(self, name: str) -> None:
        self.problems: list[str] = []
        self._name = name

    def theme(self, theme_id: str, table: Any) -> Theme | None:
        """One theme; None, with the problem told, if it is no table or has no usable name."""
        where = f"themes.{theme_id}"
        if not THEME_ID.fullmatch(theme_id):
            self._wrong(where, "an id has up to 64 lower-case letters, digits, - and _, and begins with no sign")
            return None
        if not isinstance(table, dict):
            self._wrong(where, f'should be a table; write [{where}] and under it label = "..."')
            return None
        values = self.table(f"{where}.", table, _THEME)
        if not str(table.get("label", "")).strip():
            self._wrong(f"{where}.label", 'missing; write label = "..." with the name that people see')
        return Theme(id=theme_id, **values, extra=_extra(table, _THEME))

    def step(self, item: tuple[str, Any]) -> Revision | None:
        """One table of the history; None, with the problem told, if it is none."""
        number, table = item
        try:
            found = msgspec.convert(table, _Step)
            for values in (values for c in found.changes.values() for values in (c.was, c.now) if values):
                for key in values.keys() & _THEME.keys():
                    msgspec.convert(values[key], _THEME[key].kind)
            changes = tuple(Change(theme, c.was, c.now, c.after) for theme, c in found.changes.items())
            return Revision(int(number), found.at, found.by, found.what, changes, found.undoes, found.redoes)
        except ValueError:
            self._wrong(f"history.{number}", "is not as Recto writes it; bring it back, or take all of [history] away")
            return None

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
