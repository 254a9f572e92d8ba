"""The lines of a journal: how one is written, how they are chained, and what of a file is whole lines.

`sum` is the first 12 hexadecimal digits of SHA-256 over the 12 of the line before (none for line 1) followed by the
bytes of this line up to, and without, `,"sum":`. It shows damage, not forgery.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

_SUM_AT: Final = -len(',"sum":"123456789abc"}')


class Line(NamedTuple):
    """One line: its number, and all its fields but `sum`."""

    n: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Position:
    """How far a journal was read: bytes, lines, the last line's `n` and `sum`, and whether its line feed is missing."""

    end: int = 0
    lines: int = 0
    n: int = -1
    sum: str = ""
    unended: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read: how far, the lines, bytes at the end that are no line, and "" or what is wrong in the middle."""

    position: Position
    lines: list[Line] = field(default_factory=list)
    torn: int = 0
    damage: str = ""


def encode(values: Mapping[str, Any], previous_sum: str) -> tuple[bytes, str]:
    """One line of the journal with its line feed, in ASCII, and its sum."""
    body = json.dumps(values, ensure_ascii=True, separators=(",", ":"))[:-1].encode("ascii")
    digest = _sum(previous_sum, body)
    return body + f',"sum":"{digest}"}}\n'.encode("ascii"), digest


def decode(line: bytes, previous_sum: str) -> tuple[Mapping[str, Any], str]:
    """The fields of a line (without line feed) and its sum. Raises ValueError if it is damaged."""
    body, tail = line[:_SUM_AT], line[_SUM_AT:]
    digest = _sum(previous_sum, body)
    if tail != f',"sum":"{digest}"}}'.encode("ascii"):
        raise ValueError("the checksum is wrong")
    try:
        values = json.loads(body + b"}")
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not isinstance(values, dict) or type(values.get("n")) is not int or not isinstance(values.get("op"), str):
        raise ValueError("it has no number or no operation")
    return values, digest


def _sum(previous: str, body: bytes) -> str:
    return hashlib.sha256(previous.encode("ascii") + body).hexdigest()[:12]


def scan(data: bytes, start: Position) -> Scan:
    """Read lines from `data`, which stands in the file at `start.end`, until they end or are damaged."""
    lines: list[Line] = []
    here = start
    at = 0
    while at < len(data):
        stop = data.find(b"\n", at)
        end = stop if stop >= 0 else len(data)
        try:
            values, digest = decode(data[at:end], here.sum)
            _check_number(values, here)
        except ValueError as error:
            if not data[end + 1 :].strip(b"\0\n"):
                return Scan(here, lines, torn=len(data) - at)
            return Scan(here, lines, damage=f"line {here.lines + 1} is damaged: {error}")
        length = end + (stop >= 0) - at
        here = Position(here.end + length, here.lines + 1, values["n"], digest, unended=stop < 0)
        lines.append(Line(values["n"], values))
        at += length
    return Scan(here, lines)


def _check_number(values: Mapping[str, Any], before: Position) -> None:
    if before.lines == 0:
        if values["op"] != "open":
            raise ValueError("it is not the beginning of a journal")
    elif values["n"] != before.n + 1:
        raise ValueError(f"operation {before.n + 1} is missing, {values['n']} follows")


def ended(position: Position) -> Position:
    """The same position with the line feed that was missing."""
    return Position(position.end + 1, position.lines, position.n, position.sum)
