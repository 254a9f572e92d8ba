"""All commands in one declaration: key bindings, line of keys, palette, help and README's table are taken from here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tui.actions import codebook, everywhere, findings, followup, letters, moving, panes, themes, undo
from tui.actions.action import NAMED_SETS, Action, Place, check
from tui.actions.keymap import changed

if TYPE_CHECKING:
    from textual.binding import BindingType

ACTIONS: tuple[Action, ...] = (
    *moving.ACTIONS,
    *findings.ACTIONS,
    *themes.ACTIONS,
    *codebook.ACTIONS,
    *followup.ACTIONS,
    *letters.ACTIONS,
    *undo.ACTIONS,
    *panes.ACTIONS,
    *everywhere.ACTIONS,
)
"""In the order in which help names them."""

check(ACTIONS)
BY_METHOD = {action.method: action for action in ACTIONS}


class _InForce:
    """The commands with the keys that hold in this run."""

    def __init__(self) -> None:
        self.bound = False
        self.put(ACTIONS)

    def put(self, actions: tuple[Action, ...]) -> None:
        """From now on these; what is asked with each key press is looked up, not searched for."""
        self.actions = actions
        self.by_id = {action.id: action for action in actions}
        self.of_place = {place: tuple(a for a in actions if place in a.places) for place in Place}


_in_force = _InForce()


def use_keys(keys: Mapping[str, Sequence[str]]) -> None:
    """Let commands have other keys, by id, in this run: before any screen is imported. Raises ClashError.

    A screen's class holds its keys from the start. Changing them later would leave screens behind, so it is a fault.
    """
    if _in_force.bound and keys:
        raise RuntimeError("keys are changed before the first screen is imported")
    _in_force.put(changed(ACTIONS, keys))


def key_of(action_id: str) -> str:
    """The first key of a command as people write it, for sentences on the screen. Raises KeyError if there is none."""
    return key_name(_in_force.by_id[action_id].keys[0])


def keys_for(*action_ids: str) -> frozenset[str]:
    """All keys of some commands, as Textual calls them."""
    return frozenset(key for action_id in action_ids for key in _in_force.by_id[action_id].keys)


def bindings(*places: Place, priority: bool = False) -> list[BindingType]:
    """Textual bindings of all actions of these places; the screen's `check_action` says which place it is in.

    `priority` lets a dialog have its keys before the text field in it.
    """
    # The commands are also told of where no screen is.
    from textual.binding import Binding

    _in_force.bound = True
    wanted = set(places)
    return [
        Binding(key, f"{a.method}({key!r})" if a.passes_key else a.method, a.label, id=a.id, priority=priority)
        for a in _in_force.actions
        if wanted & set(a.places)
        for key in a.keys
    ]


def works(method: str, place: Place) -> bool:
    """Whether a Textual action may run in a place; actions that are not declared here may."""
    action = BY_METHOD.get(method)
    return action is None or place in action.places


def of_place(place: Place) -> tuple[Action, ...]:
    """The actions of a place, in the order of the declaration."""
    return _in_force.of_place[place]


_NAMES = {
    "pagedown": "page down",
    "pageup": "page up",
    "escape": "esc",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
}


def key_name(key: str) -> str:
    """A key as people write it."""
    return _NAMES.get(key, key)


def keys_of(action: Action) -> str:
    """All keys of an action in words; a row of digits is one word."""
    if action.passes_key:
        return f"{action.keys[0]}-{action.keys[-1]}"
    return " ".join(key_name(key) for key in action.keys)


def footer(place: Place) -> tuple[tuple[str, str], ...]:
    """Key and label of each action in the line of keys of a place."""
    return tuple((key_name(action.keys[0]), action.label) for action in _in_force.of_place[place] if action.footer)


def grouped(actions: Sequence[Action]) -> dict[str, list[Action]]:
    """Actions by group, in the order of the declaration."""
    groups: dict[str, list[Action]] = defaultdict(list)
    for action in actions:
        groups[action.group].append(action)
    return groups


def key_table() -> str:
    """The table of keys for the README, in Markdown: one row an action, by group."""
    tables = []
    for group, members in grouped(ACTIONS).items():
        lines = [f"| {group} | what it does | where |", "| --- | --- | --- |"]
        for action in members:
            names = [keys_of(action)] if action.passes_key else [key_name(key) for key in action.keys]
            keys = " ".join(f"`{name}`" for name in names)
            places = ", ".join(places_of(action))
            lines.append(f"| {keys} | {action.help} | {places} |")
        tables.append("\n".join(lines))
    return "\n\n".join(tables) + "\n"


def places_of(action: Action) -> Iterator[str]:
    """Where an action works, in words: a set that it has all of by the set's name, whichever places those are."""
    left = list(action.places)
    for words, group in NAMED_SETS.items():
        if set(group) <= set(left):
            yield words
            left = [place for place in left if place not in group]
    yield from (place.label.lower() for place in left)
