"""What a command is, where its keys work, and which keys can't be bound. Pure; knows no single command.

An action's id is also the name of the method that does it: `merge-next` is `action_merge_next` of the screen. Keys are
Textual's names. A key means one thing in a place; `check` refuses a clash, and keys that terminals can't tell apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum, auto


class ClashError(ValueError):
    """Two actions want the same key in the same place, or a key is one that can't be bound. The message names them."""


class Kind(Enum):
    """What sort of place it is: that says which of the keys that many places share work there."""

    SCREEN = auto()
    """A `CommandScreen`: moving, finding words, help, the palette, back, quit."""
    TEXT = auto()
    """A text to read: moving and back."""
    MOMENT = auto()
    """A step of something begun on a screen: escape leaves all as it was."""
    DIALOG = auto()
    """A list or a question on top of a screen: the same."""


class Place(StrEnum):
    """Where a key is pressed: a screen, or a moment in it. Each with what it is called and its kind."""

    label: str
    kind: Kind

    def __new__(cls, name: str, label: str, kind: Kind) -> Place:
        place = str.__new__(cls, name)
        place._value_ = name
        place.label, place.kind = label, kind
        return place

    LIBRARY = "library", "Library", Kind.SCREEN

    FOUND = "found", "Words found", Kind.SCREEN
    TO_CHECK = "to-check", "To check", Kind.SCREEN
    QUESTIONS = "questions", "Questions", Kind.SCREEN
    GROUPS = "groups", "Groups", Kind.SCREEN

    THEMES = "themes", "Themes", Kind.SCREEN
    HEAT = "heat", "Heat map of themes", Kind.SCREEN
    CELL = "cell", "Findings with a theme", Kind.SCREEN
    FOLLOWUP = "followup", "What became of earlier areas", Kind.SCREEN
    WORKLIST = "worklist", "To look at again", Kind.SCREEN

    REVIEW = "review", "Review", Kind.SCREEN
    ADOPT = "adopt", "Changed by hand", Kind.SCREEN
    ALIKE = "alike", "Alike findings", Kind.SCREEN
    CARET = "caret", "Caret in a finding", Kind.MOMENT
    SPLIT = "split", "Previewed split", Kind.MOMENT
    BOUNDARY = "boundary", "Moving a boundary", Kind.MOMENT
    SELECT = "select", "Caret in the letter", Kind.MOMENT
    CATEGORY = "category", "Choosing a category", Kind.MOMENT

    LIST = "list", "Lists to choose from", Kind.DIALOG
    TEXT = "text", "Help and other texts", Kind.TEXT
    ASK = "ask", "Text fields", Kind.DIALOG
    FILTER = "filter", "Filter", Kind.DIALOG


def of_kind(*kinds: Kind) -> tuple[Place, ...]:
    """All places of these kinds."""
    return tuple(place for place in Place if place.kind in kinds)


SCREENS = of_kind(Kind.SCREEN)
STEPS = of_kind(Kind.MOMENT)
DIALOGS = of_kind(Kind.DIALOG)
READ = of_kind(Kind.SCREEN, Kind.TEXT)
LISTS = (
    Place.LIBRARY,
    Place.FOUND,
    Place.TO_CHECK,
    Place.QUESTIONS,
    Place.GROUPS,
    Place.CELL,
    Place.WORKLIST,
)
"""Screens of rows that each open a letter."""
CARETS = (Place.CARET, Place.SPLIT, Place.BOUNDARY, Place.SELECT)
"""Steps in which the arrows go from word to word."""
NAMED_SETS = {
    "everywhere": READ,
    "all screens": SCREENS,
    "all steps": STEPS,
    "all dialogs": DIALOGS,
    "all lists": LISTS,
    "all carets": CARETS,
}
"""Sets of places by the words that say "in all of them", a larger one before those that it holds."""
DIGITS = "1 2 3 4 5 6 7 8 9"


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


def rows(group: str, *rows: tuple[str, str, str, str, tuple[Place, ...]], footer: str = "") -> tuple[Action, ...]:
    """Actions from rows of id, keys, label, help, places; `footer` names those that stand in the line of keys."""
    shown = footer.split()
    return tuple(
        Action(id_, tuple(keys.split()), label, help_, group, places, id_ in shown, keys == DIGITS)
        for id_, keys, label, help_, places in rows
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
