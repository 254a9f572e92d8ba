"""The codebook, and who was told about what."""

from __future__ import annotations

from tui.actions.action import Place, rows

_THEMES = (Place.THEMES,)
_HEAT = (Place.HEAT,)
_BOTH = (Place.THEMES, Place.HEAT)

ACTIONS = rows(
    "Codebook",
    ("theme-findings", "enter", "findings", "The findings with the theme, or of the cell under the cursor.", _BOTH),
    ("add-theme", "a", "add", "Make a new theme, in the group of the one under the cursor.", _THEMES),
    ("edit-theme", "e", "edit", "Write anew what the codebook says of the theme.", _THEMES),
    ("rename-theme", "r", "rename", "Give the theme another name.", _THEMES),
    ("merge-theme", "m", "merge", "Let the theme count as another; reviews stay as they are.", _THEMES),
    ("archive-theme", "x", "archive", "Offer the theme no more.", _THEMES),
    ("restore-theme", "X", "restore", "Offer it again, or take a merge apart.", _THEMES),
    ("undo-codebook", "u ctrl+z", "undo", "Take back the last change of the codebook, without limit.", _THEMES),
    ("redo-codebook", "U ctrl+y", "redo", "Do again what was taken back in the codebook.", _THEMES),
    ("worklist", "w", "look again", "The findings that a change of the codebook concerns.", _THEMES),
    ("still-right", "space", "still right", "The finding's themes are still right.", (Place.WORKLIST,)),
    ("heat-map", "v", "heat map", "From the codebook to the heat map, and back.", _BOTH),
    ("column-right", "right", "right", "One theme to the right.", _HEAT),
    ("column-left", "left", "left", "One theme to the left.", _HEAT),
    ("rows-by", "b", "by", "Rows by authority, by category, by year.", _HEAT),
    ("next-category", "c", "category", "Findings of one category alone, of the next, of all.", _HEAT),
    ("next-year", "y", "year", "Letters of one year alone, of the next, of all.", _HEAT),
    ("primary", "p", "primary", "Count a finding under its first theme alone, or under each.", _HEAT),
    footer="theme-findings add-theme edit-theme merge-theme undo-codebook worklist still-right heat-map rows-by "
    "next-category next-year primary",
)
