"""What a finding is about, and what it is like."""

from __future__ import annotations

from tui.actions.action import DIGITS, Place, rows

_R = (Place.REVIEW,)
_ALIKE = (Place.ALIKE,)

ACTIONS = rows(
    "Themes",
    ("theme", "t", "theme", "Choose a theme from the codebook; one it has is taken away.", _R),
    ("take-suggestion", DIGITS, "take suggestion", "Give it the theme suggested under that digit.", _R),
    ("refuse-suggestion", "-", "refuse", "Refuse the first suggestion; it doesn't come back.", _R),
    ("alike", "=", "alike", "The most alike findings in other letters; there ! says not the same.", _R),
    ("not-same", "!", "not the same", "These two don't say the same: that one doesn't come back.", _ALIKE),
    ("same", "=", "the same", "These two say the same: that one comes first from now on.", _ALIKE),
    ("undo-judgement", "u ctrl+z", "undo", "Take back what was last said of two findings here.", _ALIKE),
    ("narrow", "f", "only", "Only findings of one category, one council or one year.", _ALIKE),
    footer="theme not-same same undo-judgement narrow",
)
