"""The tables of a review file and the types of their keys, checked one by one so that every wrong one is named."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from parsers.letter import Span

_T = TypeVar("_T")
_PATH = re.compile(r" - at `(key in )?\$\.?([^`]*)`$")
_SURROGATE = re.compile("[\ud800-\udfff]")


class SchemaError(ValueError):
    """A review file that can't be used: `problems` names each wrong table and key; `newer`: a later Recto wrote it."""

    def __init__(self, problems: tuple[str, ...], *, newer: bool = False) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
        self.newer = newer


class Head(msgspec.Struct):
    """The keys at the top."""

    schema: str
    letter: str
    reviewer: str = ""
    state: str = "open"
    note: str = ""
    operations: int = 0
    updated: dt.datetime | None = None
    codebook_revision: int = 0
    source: dict[str, Any] = {}
    metadata: dict[str, Any] = {}
    findings: dict[str, dict[str, Any]] = {}
    removed: dict[str, dict[str, Any]] = {}
    unplaced: dict[str, dict[str, Any]] = {}
    doubts: dict[str, dict[str, Any]] = {}
    followups: dict[str, dict[str, Any]] = {}
    answers: dict[str, dict[str, Any]] = {}


class Source(msgspec.Struct):
    """`[source]`."""

    path: str
    sha256: str
    text_sha256: str
    length: int
    profile: str = ""
    parser: str = ""


class Finding(msgspec.Struct):
    """`[findings.ID]`."""

    category: str
    spans: tuple[Span, ...]
    exact: str
    heading: str = ""
    seen: bool = False
    question: str = ""
    origin: str = "parser"
    parents: tuple[str, ...] = ()
    reason: str = ""
    prefix: str = ""
    suffix: str = ""
    themes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    repeats: str = ""
    note: str = ""


class Removed(Finding):
    """`[removed.ID]`: a finding whose own reason is `split_reason`."""

    split_reason: str = ""


class Unplaced(Finding):
    """`[unplaced.ID]`: a finding that has no place in the letter as it is now."""

    proposed: tuple[Span, ...] = ()
    score: float = 0.0
    removed: str = ""


class Doubt(msgspec.Struct):
    """`[doubts.KEY]`."""

    settled: str


class Followup(msgspec.Struct):
    """`[followups.KEY]`."""

    verdict: str
    finding: str = ""


class Answer(msgspec.Struct):
    """`[answers.KEY]`. One that was taken back may leave keys that this version does not know."""

    question: str = ""
    answer: str = ""


class Place(msgspec.Struct):
    """What every table under `[metadata]` has beside its own keys."""

    span: tuple[int, ...] = ()
    origin: str = "parser"


def read(table: Mapping[str, Any], kind: type[_T], where: str, problems: list[str]) -> _T | None:
    """Check a table against its type. What is wrong goes to `problems` with its place, and the answer is None."""
    try:
        return msgspec.convert(dict(table), kind)
    except msgspec.ValidationError as error:
        problems.append(_in_words(str(error), where))
        return None


def unknown(table: Mapping[str, Any], kind: type[msgspec.Struct], also: tuple[str, ...] = ()) -> dict[str, Any]:
    """The keys of a table that this version does not know."""
    return {key: value for key, value in table.items() if key not in kind.__struct_fields__ and key not in also}


def storable(text: str) -> str:
    """`text` as UTF-8 can hold it: half a character (a lone surrogate) becomes U+FFFD."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _in_words(message: str, where: str) -> str:
    found = _PATH.search(message)
    key = f" {found[2]}" if found and found[2] else ""
    said = _PATH.sub("", message).replace("Object missing required field", "it lacks the key")
    return f"{where}{key}: {said[0].lower()}{said[1:]}"
