"""Bring two versions of a document together that come from one: what only one side changed is taken.

Tables are compared key by key, everything else as a whole. What both changed, and not alike, is a conflict, and
somebody has to choose; so is a table that one side took out and the other changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from curation.patching import same


class Absent(Enum):
    """The one value for a key that a side does not have."""

    ABSENT = "(nothing)"

    def __str__(self) -> str:
        return self.value


ABSENT: Final = Absent.ABSENT


class Side(Enum):
    """Whose value is taken."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both sides changed: the keys that lead to it, and its three values, each `ABSENT` where there is none."""

    path: tuple[str, ...]
    base: Any
    mine: Any
    theirs: Any


Chooser = Callable[[Conflict], Side]


def merged(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    choose: Chooser,
    path: tuple[str, ...] = (),
) -> dict[str, Any]:
    """`mine` with what `theirs` changed since `base`.

    `choose` is asked for each conflict; `path` is what leads to these tables in the whole document.
    """
    whole = {
        key: _one(base.get(key, ABSENT), mine.get(key, ABSENT), theirs.get(key, ABSENT), choose, (*path, key))
        for key in dict.fromkeys((*mine, *theirs))
    }
    return {key: value for key, value in whole.items() if value is not ABSENT}


def _one(base: Any, mine: Any, theirs: Any, choose: Chooser, path: tuple[str, ...]) -> Any:
    if same(base, theirs) or same(mine, theirs):
        return mine
    if same(base, mine):
        return theirs
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        return merged(base if isinstance(base, Mapping) else {}, mine, theirs, choose, path)
    return mine if choose(Conflict(path, base, mine, theirs)) is Side.MINE else theirs
