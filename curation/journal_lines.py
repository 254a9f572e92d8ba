"""The lines of a journal: how one is written, how they are chained, and what of a file is whole lines.

`sum` is the first 12 hexadecimal digits of SHA-256 over the 12 of the line before (none for line 1) followed by the
bytes of this line up to, and without, `,"sum":`. It shows damage, not forgery.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

_SUM_AT: Final = -len(',"sum":"123456789abc"}')


class Outline(msgspec.Struct, frozen=True):
    """What of a line says how it stands to the others, so that most lines need not be read whole.

    `n` and `op` are what they have to be. The rest is as it stands there, of whatever type: a later version may have
    other operations.
    """

    n: int
    op: str
    at: Any = None
    batch: Any = None
    undoes: Any = ()
    redoes: Any = ()
    created: Any = ()

    @property
    def concerns(self) -> tuple[int, ...]:
        """The numbers of the operations that an undo or redo is about."""
        numbers = self.undoes or self.redoes
        return tuple(n for n in numbers if type(n) is int) if isinstance(numbers, list) else ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its outline, its bytes without `sum`, and its sum."""

    outline: Outline
    body: bytes
    sum: str

    @property
    def n(self) -> int:
        """Its number."""
        return self.outline.n

    @property
    def values(self) -> Mapping[str, Any]:
        """All fields but `sum`; read anew at each call. Raises ValueError: what the outline leaves out may be odd."""
        try:
            values: dict[str, Any] = json.loads(self.body + b"}")
        except RecursionError as error:
            raise ValueError("it is nested too deeply") from error
        return values


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


def decode(line: bytes, previous_sum: str) -> Line:
    """Read a line (without its line feed). Raises ValueError if it is damaged."""
    body, tail = line[:_SUM_AT], line[_SUM_AT:]
    digest = _sum(previous_sum, body)
    if tail != f',"sum":"{digest}"}}'.encode("ascii"):
        raise ValueError("the checksum is wrong")
    return Line(_outline(body), body, digest)


def _outline(body: bytes) -> Outline:
    """Raises ValueError."""
    try:
        try:
            return _OUTLINE.decode(body + b"}")
        except msgspec.DecodeError:
            # Half a character, which a letter may hold, is no JSON to it.
            return msgspec.convert(json.loads(body + b"}"), Outline)
    except msgspec.ValidationError as error:
        raise ValueError("it has no number or no operation") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


_OUTLINE: Final = msgspec.json.Decoder(Outline)


def _sum(previous: str, body: bytes) -> str:
    return hashlib.sha256(previous.encode("ascii") + body).hexdigest()[:12]


def scan(data: bytes, start: Position) -> Scan:
    """Read lines from `data`, which stands in the file at `start.end`, until they end or are damaged."""
    lines: list[Line] = []
    # Plain values, because a journal of 5,000 lines is read whenever its letter is opened.
    number, n, digest, at, unended = start.lines, start.n, start.sum, 0, start.unended
    damage = ""
    while at < len(data):
        stop = data.find(b"\n", at)
        end = stop if stop >= 0 else len(data)
        try:
            line = decode(data[at:end], digest)
            _check_number(line.outline, number, n)
        except ValueError as error:
            if data[end + 1 :].strip(b"\0\n"):
                damage = f"line {number + 1} is damaged: {error}"
            break
        number, n, digest, unended = number + 1, line.n, line.sum, stop < 0
        lines.append(line)
        at = end + (stop >= 0)
    torn = 0 if damage else len(data) - at
    return Scan(Position(start.end + at, number, n, digest, unended), lines, torn, damage)


def _check_number(outline: Outline, lines: int, before: int) -> None:
    if lines == 0:
        if outline.op != "open":
            raise ValueError("it is not the beginning of a journal")
    elif outline.n != before + 1:
        raise ValueError(f"operation {before + 1} is missing, {outline.n} follows")


def ended(position: Position) -> Position:
    """The same position with the line feed that was missing."""
    return Position(position.end + 1, position.lines, position.n, position.sum)
