"""Every command once: key bindings, line of keys, palette, help screen and README's table come from here.

An action's id is also the name of the method that does it: `merge-next` is `action_merge_next` of the screen. Keys are
Textual's names. A key means one thing in a place; `check` refuses a clash, and keys that terminals can't tell apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding, BindingType


class ClashError(ValueError):
    """Two actions want the same key in the same place, or a key is one that can't be bound. The message names them."""


class Place(StrEnum):
    """Where a key is pressed: a screen, or a moment in it."""

    LIBRARY = "library"
    REVIEW = "review"
    CARET = "caret"
    SPLIT = "split"
    CATEGORY = "category"
    LIST = "list"
    TEXT = "text"
    ASK = "ask"


PLACE_LABELS = {
    Place.LIBRARY: "Library",
    Place.REVIEW: "Review",
    Place.CARET: "Caret in a finding",
    Place.SPLIT: "Split, previewed",
    Place.CATEGORY: "Choosing a category",
    Place.LIST: "Lists to choose from",
    Place.TEXT: "Help and other texts",
    Place.ASK: "Questions",
}


@dataclass(frozen=True, slots=True)
class Action:
    """A command.

    Attributes:
        id: its name in settings and tests.
        keys: Textual's names of its keys; single characters stand for themselves.
        label: one or two words for the line of keys and the palette.
        help: one sentence for the help screen and the README.
        group: the heading it stands under in help.
        places: where its keys work.
        footer: shown in the line of keys of those places.
        passes_key: the method is given the key that was pressed (digits).
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    places: tuple[Place, ...]
    footer: bool = False
    passes_key: bool = False

    @property
    def method(self) -> str:
        """The action's name for Textual."""
        return self.id.replace("-", "_")


_R = (Place.REVIEW,)
_CARET = (Place.CARET, Place.SPLIT)
_MOVING = (Place.LIBRARY, Place.REVIEW, Place.TEXT)
_SCREENS = (Place.LIBRARY, Place.REVIEW)
_HELPED = (*_SCREENS, *_CARET)
_MOMENTS = (*_CARET, Place.CATEGORY, Place.LIST, Place.ASK)
_DIGITS = "1 2 3 4 5 6 7 8 9"


def _group(name: str, *rows: tuple[str, str, str, str, tuple[Place, ...]], footer: str = "") -> Iterator[Action]:
    """Actions from rows of id, keys, label, help, places; `footer` names those that stand in the line of keys."""
    for id_, keys, label, help_, places in rows:
        yield Action(id_, tuple(keys.split()), label, help_, name, places, id_ in footer.split(), keys == _DIGITS)


ACTIONS: tuple[Action, ...] = (
    *_group(
        "Moving",
        ("next-finding", "n", "next", "The next finding.", _R),
        ("previous-finding", "p", "previous", "The finding before.", _R),
        ("down", "down j", "down", "One row, or one item, down.", _MOVING),
        ("up", "up k", "up", "One row, or one item, up.", _MOVING),
        ("page-down", "pagedown", "page down", "Half a page down.", _MOVING),
        ("page-up", "pageup", "page up", "Half a page up.", _MOVING),
        ("first", "home g", "to the top", "To the top.", _MOVING),
        ("last", "end G", "to the end", "To the end.", _MOVING),
        ("next-doubt", "d", "next to check", "The next finding with something to check, or a question.", _R),
        ("previous-doubt", "D", "to check before", "The one before with something to check.", _R),
        ("list-down", "down", "down", "One row down.", (Place.LIST,)),
        ("list-up", "up", "up", "One row up.", (Place.LIST,)),
        ("list-page-down", "pagedown", "page down", "Half a page down.", (Place.LIST,)),
        ("list-page-up", "pageup", "page up", "Half a page up.", (Place.LIST,)),
        footer="next-finding",
    ),
    *_group(
        "Findings",
        ("enter", "enter", "caret", "Into the finding: a caret in its text. On a row of metadata: edit it.", _R),
        ("word-right", "right", "word", "The caret one word on.", _CARET),
        ("word-left", "left", "word back", "The caret one word back.", _CARET),
        ("sentence-down", "down", "sentence", "The caret to the next sentence.", _CARET),
        ("sentence-up", "up", "sentence back", "The caret to the start of the sentence.", _CARET),
        ("text-start", "home", "start", "The caret to the first word.", _CARET),
        ("text-end", "end", "end", "The caret to the last word.", _CARET),
        ("split", "s", "split", "Split at the caret; without one, at the best guess. Previewed.", (*_R, Place.CARET)),
        ("do-split", "enter", "split here", "Split as previewed.", (Place.SPLIT,)),
        ("split-reason", "r", "two meanings", "Split for meaning, not for the extraction; and back.", (Place.SPLIT,)),
        ("merge-next", "m", "merge", "Merge with the next finding.", _R),
        ("merge-previous", "M", "merge before", "Merge with the finding before.", _R),
        ("choose-category", "c", "category", "Another category: then its digit.", _R),
        ("set-category", _DIGITS, "that category", "Give it the category with that digit.", (Place.CATEGORY,)),
        ("seen", "space", "right", "Seen and right, its doubts too; on to the next.", _R),
        ("note", "e", "note", "A note on the finding.", _R),
        ("question", "f", "question", "Ask a question about the finding.", _R),
        ("remove", "x", "remove", "Remove the finding, with a reason.", _R),
        ("restore", "X", "bring back", "Bring back a removed finding.", _R),
        footer="enter split do-split split-reason merge-next choose-category",
    ),
    *_group(
        "Themes",
        ("theme", "t", "theme", "Choose a theme from the codebook; one it has is taken away.", _R),
        ("take-suggestion", _DIGITS, "take suggestion", "Give it the theme suggested under that digit.", _R),
        ("refuse-suggestion", "-", "refuse", "Refuse the first suggestion; it doesn't come back.", _R),
        ("alike", "=", "alike", "The most alike findings in other letters.", _R),
        footer="theme",
    ),
    *_group(
        "Letters",
        ("open", "enter", "open", "Open the letter.", (Place.LIBRARY,)),
        ("open-beside", "o", "beside", "Open a second letter beside this one.", _R),
        ("letter-note", "N", "letter's note", "A note on the letter, for whoever takes over.", _R),
        ("hand-in", "F", "hand in", "Hand the letter in; says first what is not seen and what is to check.", _R),
        ("reopen", "R", "reopen", "Reopen a letter that was handed in.", _R),
        footer="open",
    ),
    *_group(
        "Undo",
        ("undo", "u ctrl+z", "undo", "Take back the last change to this letter, without limit.", _R),
        ("redo", "U ctrl+y", "redo", "Do again what was taken back.", _R),
        ("say-saved", "ctrl+s", "saved?", "Every decision is saved as it is made; this says so.", _SCREENS),
        footer="undo",
    ),
    *_group(
        "Panes",
        ("other-pane", "tab", "other pane", "To the other pane.", _R),
        ("change-panes", "v", "panes", "Change the panes: text and findings of a letter, letter and letter.", _R),
        ("follow", "w", "follow", "Let the other pane follow the cursor, or not.", _R),
        ("why", "i", "why", "Why this is a finding, and its raw characters.", _R),
    ),
    *_group(
        "Everywhere",
        ("find", "/ ctrl+f", "find", "Find words: in the pane; in the library, letters by name.", _SCREENS),
        ("help", "f1 ?", "help", "The keys of the place you are in.", _HELPED),
        ("palette", ": ctrl+p", "commands", "All commands of this place, to search and choose.", _SCREENS),
        ("choose", "enter", "choose", "Take the row under the cursor.", (Place.LIST,)),
        ("keep", "enter", "keep", "Keep what was typed.", (Place.ASK,)),
        ("new-line", "ctrl+n", "new line", "A new line in a note.", (Place.ASK,)),
        ("leave", "escape", "leave", "Leave all as it was.", _MOMENTS),
        ("back", "q escape", "back", "Back a screen; out of the library after asking once.", _MOVING),
        ("quit", "ctrl+q", "quit", "Leave Recto after asking once; everything is saved.", _SCREENS),
        footer="find help choose keep new-line leave back",
    ),
)

_FORBIDDEN = {
    "ctrl+h": "is backspace",
    "ctrl+i": "is tab",
    "ctrl+j": "is enter",
    "ctrl+m": "is enter",
    "ctrl+[": "is escape",
    "ctrl+left_square_bracket": "is escape",
    "ctrl+a": "belongs to screen",
    "ctrl+b": "belongs to tmux",
}


def why_forbidden(key: str) -> str:
    """Why a key can't be bound; "" if it can."""
    if key.startswith("alt+"):
        return "is not sent by every terminal"
    if key.startswith("shift+f"):
        return "is not sent by every terminal"
    return _FORBIDDEN.get(key, "")


def check(actions: Iterable[Action]) -> None:
    """Raise ClashError, naming both, if a key means two things in a place, and if a key can't be bound."""
    taken: dict[tuple[Place, str], Action] = {}
    for action in actions:
        for key in action.keys:
            if why := why_forbidden(key):
                raise ClashError(f"{action.id}: {key} can't be bound: it {why}")
            for place in action.places:
                other = taken.setdefault((place, key), action)
                if other is not action:
                    raise ClashError(f"{key} is bound twice in {place.value}: {other.id} and {action.id}")


check(ACTIONS)
BY_METHOD = {action.method: action for action in ACTIONS}


def bindings(*places: Place, priority: bool = False) -> list[BindingType]:
    """Textual bindings of all actions of these places; the screen's `check_action` says which place it is in.

    `priority` lets a dialog have its keys before the text field in it.
    """
    wanted = set(places)
    return [
        Binding(key, f"{a.method}({key!r})" if a.passes_key else a.method, a.label, id=a.id, priority=priority)
        for a in ACTIONS
        if wanted & set(a.places)
        for key in a.keys
    ]


def works(method: str, place: Place) -> bool:
    """Whether a Textual action may run in a place; actions that are not declared here may."""
    action = BY_METHOD.get(method)
    return action is None or place in action.places


def of_place(place: Place) -> tuple[Action, ...]:
    """The actions of a place, in the order of the declaration."""
    return tuple(a for a in ACTIONS if place in a.places)


_NAMES = {
    "pagedown": "page down",
    "pageup": "page up",
    "escape": "esc",
    "f1": "F1",
}


def key_name(key: str) -> str:
    """A key as people write it."""
    return _NAMES.get(key, key)


def keys_of(action: Action) -> str:
    """All keys of an action in words; a row of digits is one word."""
    if action.passes_key:
        return f"{action.keys[0]}-{action.keys[-1]}"
    return " ".join(key_name(key) for key in action.keys)


def footer(place: Place) -> Iterator[tuple[str, str]]:
    """Key and label of each action in the line of keys of a place."""
    for action in of_place(place):
        if action.footer:
            yield key_name(action.keys[0]), action.label


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
            places = ", ".join(PLACE_LABELS[place].lower() for place in action.places)
            lines.append(f"| {keys} | {action.help} | {places} |")
        tables.append("\n".join(lines))
    return "\n\n".join(tables) + "\n"
