"""What a finding is about, and what it is like."""

from __future__ import annotations

from tui.actions.action import DIGITS, Place, rows

_R = (Place.REVIEW,)

ACTIONS = rows(
    "Themes",
    ("theme", "t", "theme", "Choose a theme from the codebook; one it has is taken away.", _R),
    ("take-suggestion", DIGITS, "take suggestion", "Give it the theme suggested under that digit.", _R),
    ("refuse-suggestion", "-", "refuse", "Refuse the first suggestion; it doesn't come back.", _R),
    ("alike", "=", "alike", "The most alike findings in other letters.", _R),
    footer="theme",
)
