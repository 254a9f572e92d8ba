"""Taking back, and what is saved."""

from __future__ import annotations

from tui.actions.action import SCREENS, Place, rows

_R = (Place.REVIEW,)
_CHANGED = (Place.REVIEW, Place.TO_CHECK, Place.QUESTIONS, Place.GROUPS, Place.FOLLOWUP)

ACTIONS = rows(
    "Undo",
    (
        "undo",
        "u ctrl+z",
        "undo",
        "Take back the last change to this letter, without limit; in a queue or in groups, the last one made there.",
        _CHANGED,
    ),
    (
        "undo-finding",
        "z",
        "undo here",
        "Take back the last change to this finding, whatever was done to others since.",
        _R,
    ),
    ("redo", "U ctrl+y", "redo", "Do again what was taken back.", _R),
    ("say-saved", "ctrl+s", "saved?", "Every decision is saved as it is made; this says so.", SCREENS),
    footer="undo",
)
