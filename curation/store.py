"""The TOML file of a review: what people read, compare and keep under version control.

The journal is the truth and this file follows from it; without a journal it is the base of a new one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import Any, Final

import tomli_w

from curation import checks, files, nesting, schema
from curation.review import Review
from curation.schema_reading import from_dict
from curation.tables import SchemaError, storable
from parsers.display import HIDDEN

LARGEST: Final = 5_000_000
"""Bytes of a review file at most."""
DEEPEST: Final = 32

_PAIR: Final = re.compile(r"\[\n\s+(\d+),\n\s+(\d+),\n\s+\]|\[\n\s+(\d+),\n\s+(\d+),\n\]")
# TOML lets a tab stand raw, JSON does not.
_HIDDEN: Final = re.compile(f"[\t{HIDDEN}]")


class NotSaved(Exception):
    """A TOML that was not written. `str()` says why, and that the decisions are safe in the journal."""


class Unreadable(ValueError):
    """A TOML that is no review. `problems` names file, table and key of each fault; `newer`: a later Recto wrote it."""

    def __init__(self, problems: tuple[str, ...], *, newer: bool = False) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
        self.newer = newer


@dataclass(frozen=True, slots=True)
class Stored:
    """A TOML as it was found: its bytes, and the review it holds."""

    data: bytes
    review: Review


def dumps(review: Review) -> bytes:
    """The file of a review. The same state gives the same bytes, in UTF-8 with LF and a final newline."""
    return render(schema.to_dict(review))


def render(document: Mapping[str, Any]) -> bytes:
    """A dict as TOML: pairs of numbers on one line, and what can't be seen or would act on a terminal as escapes."""
    text = tomli_w.dumps(_storable(document))
    # A string holds no raw newline and hidden characters stand only in strings, so both are safe on the whole text.
    text = _PAIR.sub(lambda m: f"[{m[1] or m[3]}, {m[2] or m[4]}]", text)
    return _HIDDEN.sub(_escape, text).encode("utf-8")


def loads(data: bytes, text: str) -> Review:
    """Read a file's bytes; `text` is the letter's. Raises SchemaError with everything that is wrong."""
    if len(data) > LARGEST:
        raise SchemaError((f"it is larger than {LARGEST / 1_000_000:.0f} MB, which no review is",))
    try:
        source = data.decode("utf-8")
        if nesting.depth(source) > DEEPEST:
            raise SchemaError((f"it nests deeper than {DEEPEST} levels, which no review does",))
        document = tomllib.loads(source)
    except UnicodeDecodeError as error:
        raise SchemaError((f"it is not UTF-8: byte {error.start}",)) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SchemaError((f"it is not TOML: {error}",)) from error
    return from_dict(document, text)


def read(path: Path, text: str, text_sha256: str) -> Stored | None:
    """The review in a file, None if there is no file.

    Places are checked where the file counts in this very text; a review of another text is given as it is.
    Raises Unreadable: not a regular file, too large, not TOML, not a review, or places that do not fit the text.
    """
    try:
        data = files.read_regular(path, LARGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unreadable((f"{path.name}: {files.reason(error)}",)) from error
    try:
        review = loads(data, text)
    except SchemaError as error:
        raise Unreadable(tuple(f"{path.name}: {p}" for p in error.problems), newer=error.newer) from error
    if review.source.text_sha256 == text_sha256:
        found = checks.problems(review)
        if found:
            raise Unreadable(tuple(f"{path.name}: {p}" for p in found))
    return Stored(data, review)


def write(path: Path, review: Review, root: Path, warn: Callable[[str], object] = lambda words: None) -> bytes:
    """Put a review's file in place, atomically, and return its bytes. Raises NotSaved; the old file is then whole.

    For whoever holds the lock of the review's journal. `warn` hears of what is amiss though the file is written.
    """
    data = dumps(review)
    wrong = checks.problems(review)
    if len(data) > LARGEST:
        wrong = (*wrong, f"it would be larger than {LARGEST / 1_000_000:.0f} MB")
    if wrong:
        raise NotSaved(f"{path.name} was not written: {'; '.join(wrong)}. All decisions are safe in the journal")
    try:
        files.make_folders(path.parent, root)
        _sweep(path)
        refused = files.replace_file(path, data, root)
    except OSError as error:
        raise NotSaved(
            f"{path.name} was not written: {files.reason(error)}. All decisions are safe in the journal"
        ) from error
    if refused:
        warn(f"{path.name} is written, but the system did not let it keep its {' and '.join(refused)}")
    return data


def originals(path: Path) -> tuple[Path, ...]:
    """The copies of a file that were kept beside it, as `NAME.toml.orig`, before it was written over; by name."""
    return tuple(sorted(path.parent.glob(f"{escape(path.name)}.orig*")))


def keep_original(path: Path, data: bytes, root: Path) -> Path:
    """Keep a file that people changed beside it, as `NAME.toml.orig`, unless that very text is kept already.

    Raises NotSaved if it can't be kept; it may then not be overwritten.
    """
    try:
        for kept in originals(path):
            if files.read_regular(kept, LARGEST) == data:
                return kept
        return files.write_beside(path, "orig", data, root.stat())
    except OSError as error:
        raise NotSaved(f"{path.name} is as it was: no copy of it could be kept: {files.reason(error)}") from error


def _sweep(path: Path) -> None:
    """Take away what a process that was killed left half written: nobody else writes while the lock is held."""
    for orphan in path.parent.glob(f".{escape(path.name)}.*.tmp"):
        with suppress(OSError):
            orphan.unlink()


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if found[0] == "\t":
        return "\\t"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {storable(key): _storable(item) for key, item in value.items()}
    return [_storable(item) for item in value] if isinstance(value, list) else value
