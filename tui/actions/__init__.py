"""Every command once: what it is (`action.py`), each screen's or duty's in a file of its own, all together (`declared.py`).

A new command is a row in the file of its duty, and a method of that name in the screen. A new screen is a line in
`Place`, a file of rows, and that file's line in `declared.py`.
"""

from tui.actions.action import SCREENS, Action, ClashError, Kind, Place, check, why_forbidden
from tui.actions.declared import (
    ACTIONS,
    BY_METHOD,
    bindings,
    footer,
    grouped,
    key_name,
    key_of,
    key_table,
    keys_for,
    keys_of,
    of_place,
    places_of,
    use_keys,
    works,
)

__all__ = [
    "ACTIONS",
    "BY_METHOD",
    "SCREENS",
    "Action",
    "ClashError",
    "Kind",
    "Place",
    "bindings",
    "check",
    "footer",
    "grouped",
    "key_name",
    "key_of",
    "key_table",
    "keys_for",
    "keys_of",
    "of_place",
    "places_of",
    "use_keys",
    "why_forbidden",
    "works",
]
