"""Which TOML was found to be what the first n lines of its journal give, so that they need not be replayed again.

A note of three values for each review with a long journal, in the cache folder of this account (XDG), readable by its
owner alone: the TOML's SHA-256, n, and the sum of line n, which stands for all lines before it. While all three still
fit, the TOML is the state after line n. A note that is lost costs one replay and nothing else.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
import platformdirs

from curation import files

WORTHWHILE: Final = 200
"""Lines from which on a journal is long: fewer are replayed faster than a parse takes."""
_LARGEST: Final = 10_000


class Snapshot(msgspec.Struct, frozen=True):
    """The TOML with this digest is the state after line `n`, whose sum is `sum`."""

    toml_sha256: str
    n: int
    sum: str


def of(toml: bytes, n: int, line_sum: str) -> Snapshot:
    """The note for a TOML's bytes and the line of the journal that it stands for."""
    return Snapshot(hashlib.sha256(toml).hexdigest(), n, line_sum)


def recall(path: Path) -> Snapshot | None:
    """What was noted of the TOML at `path`, None if nothing can be read."""
    try:
        return msgspec.json.decode(files.read_regular(_note(path), _LARGEST), type=Snapshot)
    except (OSError, msgspec.DecodeError):
        return None


def remember(path: Path, snapshot: Snapshot) -> None:
    """Note it. Where that can't be done, the next opening replays."""
    note = _note(path)
    with suppress(OSError):
        note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.replace_file(note, msgspec.json.encode(snapshot), private=True)


def _note(path: Path) -> Path:
    name = hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:32]
    return platformdirs.user_cache_path("recto", appauthor=False) / "snapshots" / f"{name}.json"
