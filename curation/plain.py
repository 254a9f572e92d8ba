"""Values of TOML that JSON does not have, written so that they come back as they were.

A date, a time, `nan` or `inf` becomes `{"$toml": "2010-12-01"}`: the text is TOML. A table that itself has the key
`$toml` is wrapped, `{"$toml": {...}}`.
"""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from typing import Any, Final

import tomli_w

_TAG: Final = "$toml"


def to_json(value: Any) -> Any:
    """A TOML value as JSON has it, tagged where JSON has no such value."""
    if isinstance(value, dict):
        inner = {key: to_json(item) for key, item in value.items()}
        return {_TAG: inner} if _TAG in inner else inner
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, dt.date | dt.time) or (isinstance(value, float) and not math.isfinite(value)):
        return {_TAG: tomli_w.dumps({"v": value}).removeprefix("v = ").strip()}
    return value


def from_json(value: Any) -> Any:
    """The TOML value that `to_json` made this of. Raises ValueError for a tag that holds no TOML."""
    if isinstance(value, list):
        return [from_json(item) for item in value]
    if not isinstance(value, dict):
        return value
    tagged = value.get(_TAG) if len(value) == 1 else None
    if isinstance(tagged, str):
        return tomllib.loads(f"v = {tagged}")["v"]
    if isinstance(tagged, dict):
        return {key: from_json(item) for key, item in tagged.items()}
    return {key: from_json(item) for key, item in value.items()}


def for_people(value: Any) -> Any:
    """A TOML value as JSON for other programs: dates and odd numbers as plain text."""
    if isinstance(value, dict):
        return {key: for_people(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [for_people(item) for item in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
