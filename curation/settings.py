"""What Recto remembers about the person at this machine: who reviews (configuration), where they were (state).

Both are small TOML files in the folders of the XDG standard, readable by their owner alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
import platformdirs
import tomli_w

from curation import files
from curation.operations import Refused
from curation.preferences import config_path
from curation.reviewer import check
from curation.tables import storable

_APP: Final = "recto"
_LARGEST: Final = 1_000_000
_PLACES_KEPT: Final = 200
CLIPBOARDS: Final = ("print", "osc52")
"""How a quotation is copied."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was in a workspace.

    Attributes:
        letter: the key of the letter on the left.
        beside: that of the letter to the right of it, "" if there was one letter.
        side: which of them the cursor was in, counted from 0.
        finding: the id of the finding under the cursor, "" if there was none.
        third: the key of a third letter, "" if there was none.
    """

    letter: str
    beside: str = ""
    side: int = 0
    finding: str = ""
    third: str = ""


def state_path() -> Path:
    """The file of what is remembered between two runs."""
    return platformdirs.user_state_path(_APP, appauthor=False) / "places.toml"


def reviewer() -> str:
    """Who reviews here, as the settings say; "" if nobody said so yet.

    Raises Refused if the settings can't be read or hold a name that can't be one; the message names the file.
    """
    path = config_path()
    try:
        name = _read(path).get("reviewer", "")
        return check(name) if name else ""
    except (OSError, ValueError, TypeError, Refused) as error:
        raise Refused(f"{path}: {_words(error)}; mend it or take it away") from error


def save_reviewer(name: str) -> str:
    """Remember who reviews here. Returns what went wrong, "" if nothing did. Raises Refused for a bad name."""
    checked = check(name)
    try:
        _write(config_path(), {**_read(config_path()), "reviewer": checked})
    except (OSError, ValueError) as error:
        return f"the name could not be kept in {config_path()}: {_words(error)}"
    return ""


def clipboard() -> str:
    """How a quotation is copied, as the settings say: `print` (the default) or `osc52`.

    With `osc52` it is sent to the terminal in the escape sequence that sets its clipboard. Many terminals have none, or
    must be told to allow it. Raises Refused if the settings can't be read or say something else.
    """
    path = config_path()
    try:
        value = _read(path).get("clipboard", CLIPBOARDS[0])
    except (OSError, ValueError) as error:
        raise Refused(f"{path}: {_words(error)}; mend it or take it away") from error
    if value not in CLIPBOARDS:
        raise Refused(f"{path}: clipboard is {value!r}; it is one of {', '.join(CLIPBOARDS)}")
    return str(value)


def is_first_run() -> bool:
    """Whether nobody has looked at a letter from this account yet."""
    return not state_path().exists()


def last_place(workspace: Path) -> Place | None:
    """Where the last run on this workspace ended, None if that is not known: a place forgotten does no harm."""
    try:
        return msgspec.convert(_places()[_key(workspace)], Place)
    except (OSError, ValueError, KeyError):
        return None


def save_place(workspace: Path, place: Place) -> str:
    """Remember where this run is. Returns what went wrong, "" if nothing did."""
    try:
        known = {key: value for key, value in _places().items() if key != _key(workspace)}
    except ValueError:
        known = {}
    except OSError as error:
        return f"the place could not be kept in {state_path()}: {_words(error)}"
    kept = list(known.items())[1 - _PLACES_KEPT :]
    own = {key: storable(value) if isinstance(value, str) else value for key, value in asdict(place).items()}
    try:
        _write(state_path(), {"places": {**dict(kept), _key(workspace): own}})
    except OSError as error:
        return f"the place could not be kept in {state_path()}: {_words(error)}"
    return ""


def _places() -> Mapping[str, Any]:
    return msgspec.convert(_read(state_path()).get("places", {}), dict[str, Any])


def _key(workspace: Path) -> str:
    return storable(str(workspace))


def _read(path: Path) -> dict[str, Any]:
    """Raises OSError, ValueError for what is no TOML."""
    try:
        return tomllib.loads(files.read_regular(path, _LARGEST).decode("utf-8"))
    except FileNotFoundError:
        return {}
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _write(path: Path, values: Mapping[str, Any]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    files.replace_file(path, tomli_w.dumps(values).encode("utf-8"), private=True)


def _words(error: Exception) -> str:
    return files.reason(error) if isinstance(error, OSError) else str(error)
