"""What a person set for the screens in the file of settings: colours and keys. Read before the first frame.

Whether there are such colours, commands and keys is for the screens to say: here only the form is checked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from curation import files

SETTINGS: Final = ("reviewer", "clipboard", "colours", "keys")
"""The keys at the top of the file."""

_LARGEST: Final = 1_000_000


class BadSettings(ValueError):
    """The file of settings can't be used. `str()` names the file, the key and the way out."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{config_path()}: {where}{': ' if where else ''}{why}")


@dataclass(frozen=True, slots=True)
class Preferences:
    """How somebody wants the screens.

    Attributes:
        reviewer: who reviews, "" if nobody said so.
        clipboard: how a quotation is copied, "" for the usual way.
        colours: the name of a set of colours, "" for the usual ones.
        keys: ids of commands, and the keys that each is to have in place of its own.
    """

    reviewer: str = ""
    clipboard: str = ""
    colours: str = ""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


def config_path() -> Path:
    """The file of settings, which a person may edit."""
    # Only where it is needed: commands that read letters start without it.
    import platformdirs

    return platformdirs.user_config_path("recto", appauthor=False) / "settings.toml"


def read() -> Preferences:
    """What the file says; the usual where there is none. Raises BadSettings."""
    document = _document(config_path())
    for key in document:
        if key not in SETTINGS:
            raise BadSettings(key, f"no such setting; the nearest is {_nearest(key)}")
    texts = {name: _text(name, document.get(name, "")) for name in ("reviewer", "clipboard", "colours")}
    keys = document.get("keys", {})
    if not isinstance(keys, Mapping):
        raise BadSettings("keys", 'it has to be a table: [keys], and below it lines such as merge-next = "m"')
    return Preferences(**texts, keys=MappingProxyType({name: _keys_of(name, value) for name, value in keys.items()}))


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise BadSettings(name, 'it has to be a text in quotes, such as colours = "high-contrast"')
    return value


def _keys_of(name: str, value: object) -> tuple[str, ...]:
    keys = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
    if not keys or not all(isinstance(key, str) and key for key in keys):
        raise BadSettings(f"[keys] {name}", 'it has to be a key, such as "m", or a list of keys, such as ["m", "f2"]')
    return keys


def _document(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(files.read_regular(path, _LARGEST).decode("utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BadSettings("", f"it can't be read: {files.reason(error)}") from error
    except RecursionError as error:
        raise BadSettings("", "it is nested too deeply; mend it or take it away") from error
    except ValueError as error:
        raise BadSettings("", f"{error}; mend it or take it away") from error


def _nearest(key: str) -> str:
    # It brings a library that only errors need.
    from curation.nearest import nearest

    return str(nearest(key, SETTINGS))
