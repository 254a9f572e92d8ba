"""What is done to a letter as a whole."""

from __future__ import annotations

from tui.actions.action import Place, rows

_R = (Place.REVIEW,)

ACTIONS = rows(
    "Letters",
    ("open", "enter", "open", "Open the letter.", (Place.LIBRARY,)),
    ("open-beside", "o", "beside", "Open a second letter beside this one.", _R),
    ("letter-note", "N", "letter's note", "A note on the letter, for whoever takes over.", _R),
    ("hand-in", "F", "hand in", "Hand the letter in; says first what is not seen and what is to check.", _R),
    ("reopen", "R", "reopen", "Reopen a letter that was handed in.", _R),
    footer="open",
)
