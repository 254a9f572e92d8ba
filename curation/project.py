"""`recto.toml`: the settings of a workspace. Where it lies the workspace begins; no key has to be there."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from curation import files
from parsers import profile as profiles
from parsers.profile import Profile, ProfileError

MARKER: Final = "recto.toml"
_LARGEST: Final = 1_000_000
_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class ProjectError(ValueError):
    """A `recto.toml` that can't be used. `str()` names the key and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Project:
    """The settings of a workspace. `profile`: the letter family of all its letters, None if each says it itself."""

    profile: Profile | None = None


def read(root: Path) -> Project:
    """The settings of the workspace `root`; the usual ones if it has no `recto.toml`. Raises ProjectError."""
    try:
        table = tomllib.loads(files.read_regular(root / MARKER, _LARGEST).decode("utf-8"))
    except FileNotFoundError:
        return Project()
    except OSError as error:
        raise ProjectError(f"{MARKER}: {files.reason(error)}") from error
    except (ValueError, RecursionError) as error:
        raise ProjectError(f"{MARKER}: not TOML: {error}") from error
    named = table.get("profile")
    if named is None:
        return Project()
    if not isinstance(named, str):
        raise ProjectError(f"{MARKER}: profile: it has to be the id of a profile, or a path inside the workspace")
    return Project(_profile(root, named))


def sources(root: Path) -> tuple[bytes, ...]:
    """The bytes that `read` makes the settings of: those of `recto.toml` and of the profile that it names by a path.

    What can't be read is empty here, and said by `read`.
    """
    found: list[bytes] = []
    with suppress(OSError, ValueError, RecursionError):
        found.append(files.read_regular(root / MARKER, _LARGEST))
        named = tomllib.loads(found[0].decode("utf-8")).get("profile")
        if isinstance(named, str) and not _ID.fullmatch(named):
            found.append(files.read_regular((root / named).resolve(), _LARGEST))
    return tuple(found)


def _profile(root: Path, named: str) -> Profile:
    try:
        if _ID.fullmatch(named):
            return profiles.load(named)
        path = (root / named).resolve()
        if not path.is_relative_to(root):
            raise ProjectError(f"{MARKER}: profile: {named} lies outside the workspace")
        return profiles.load(path)
    except ProfileError as error:
        raise ProjectError(f"{MARKER}: profile: {error}") from error
