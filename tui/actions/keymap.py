"""Keys that a person gave to commands, in place of the declared ones. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from tui.actions.action import Action, ClashError, check, why_forbidden

_ALSO: Final = {
    "page down": "pagedown",
    "page up": "pageup",
    "pgdn": "pagedown",
    "pgup": "pageup",
    "esc": "escape",
    "return": "enter",
    "del": "delete",
}
_NAMED: Final = frozenset(
    "enter escape tab space backspace delete insert home end pageup pagedown up down left right".split()
    + [f"f{number}" for number in range(1, 13)]
)
_WITH: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789") | _NAMED
"""What may stand after `ctrl+` or `shift+`."""


def changed(actions: Sequence[Action], keys: Mapping[str, Sequence[str]]) -> tuple[Action, ...]:
    """The commands with the keys of `keys`, by id, in place of their own.

    Raises ClashError, with the nearest of what there is: no such command, no such key, one that can't be bound, two
    commands that want the same key in one place.
    """
    known = {action.id: action for action in actions}
    for name, wanted in keys.items():
        if name not in known:
            raise ClashError(f"[keys] {name}: no such command; the nearest is {_nearest(name, known)}")
        if known[name].passes_key:
            raise ClashError(f"[keys] {name}: digits can't be changed: what they choose is numbered on the screen")
        for key in wanted:
            if why := why_not(key):
                raise ClashError(f"[keys] {name}: {key} {why}")
    found = tuple(
        replace(action, keys=tuple(map(textual_name, keys[action.id]))) if action.id in keys else action
        for action in actions
    )
    try:
        check(found)
    except ClashError as error:
        raise ClashError(f"[keys] {error}; give one of them another key") from error
    return found


def textual_name(key: str) -> str:
    """A key as Textual calls it; single characters stand for themselves."""
    if len(key) == 1:
        return key
    folded = " ".join(key.lower().split())
    return _ALSO.get(folded, folded)


def why_not(key: str) -> str:
    """Why there is no such key, or why it can't be bound; "" if it can."""
    name = textual_name(key)
    if len(name) == 1:
        return "" if name.isprintable() and not name.isspace() else 'is no key; for the space bar write "space"'
    if why := why_forbidden(name):
        return f"can't be bound: it {why}"
    modifier, _, rest = name.rpartition("+")
    if name in _NAMED or (modifier == "ctrl" and rest in _WITH) or (modifier == "shift" and rest in _NAMED):
        return ""
    every = (*_NAMED, *(f"ctrl+{one}" for one in sorted(_WITH)))
    return f"is no key; the nearest is {_nearest(name, [one for one in every if not why_forbidden(one)])}"


def _nearest(name: str, names: Iterable[str]) -> str:
    # It brings a library that only errors need: the first screen does without.
    from curation.nearest import nearest

    return str(nearest(name, names))
