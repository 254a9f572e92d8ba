"""What a finding is about, and what it is like."""

from __future__ import annotations

from tui.actions.action import DIGITS, Place, rows

_R = (Place.REVIEW,)
_ALIKE = (Place.ALIKE,)
_GROUPS = (Place.GROUPS,)
_THEMED = (*_R, *_GROUPS)
_NARROWED = (*_ALIKE, *_GROUPS)

ACTIONS = rows(
    "Themes",
    ("theme", "t", "theme", "Choose a theme; one it has is taken away. In groups: for all of the group.", _THEMED),
    ("take-suggestion", DIGITS, "take suggestion", "Give it the theme suggested under that digit.", _R),
    ("refuse-suggestion", "-", "refuse", "Refuse the first suggestion; it doesn't come back.", _R),
    ("alike", "=", "alike", "The most alike findings in other letters; there ! says not the same.", _R),
    ("not-same", "!", "not the same", "These two don't say the same: that one doesn't come back.", _ALIKE),
    ("same", "=", "the same", "These two say the same: that one comes first from now on.", _ALIKE),
    ("undo-judgement", "u ctrl+z", "undo", "Take back what was last said of two findings here.", _ALIKE),
    ("narrow", "f", "only", "Only some: one category, council or year; groups that are more alike.", _NARROWED),
    ("leave-out", "!", "leave out", "Not the same as the others of its group: it is left out for good.", _GROUPS),
    ("finish", "F", "finish", "Go on with a theme for a group that was interrupted.", _GROUPS),
    footer="theme not-same same undo-judgement narrow leave-out",
)
