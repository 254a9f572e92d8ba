"""What is done to a letter as a whole."""

from __future__ import annotations

from tui.actions.action import Place, rows

_R = (Place.REVIEW,)
_LIBRARY = (Place.LIBRARY,)
_LISTED = (Place.LIBRARY, Place.FOUND)

ACTIONS = rows(
    "Letters",
    ("open", "enter", "open", "Open the letter, at the place under the cursor.", _LISTED),
    ("filter", "f", "filter", "Show only letters with: state:open check:>0 theme:supervision year:2010.", _LIBRARY),
    ("sort", "s", "sort", "Choose what the letters are sorted by.", _LIBRARY),
    ("sort-reverse", "S", "turn round", "Turn the order round.", _LIBRARY),
    ("open-beside", "o", "beside", "Open a second letter beside this one.", _R),
    ("letter-note", "N", "letter's note", "A note on the letter, for whoever takes over.", _R),
    ("hand-in", "F", "hand in", "Hand the letter in; says first what is not seen and what is to check.", _R),
    ("reopen", "R", "reopen", "Reopen a letter that was handed in.", _R),
    footer="open filter sort",
)
