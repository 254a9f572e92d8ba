"""What every screen has, and the keys of lists and questions."""

from __future__ import annotations

from tui.actions.action import DIALOGS, READ, SCREENS, STEPS, Place, rows

ACTIONS = rows(
    "Everywhere",
    ("find", "/ ctrl+f", "find", "Find words: in the pane; in the library, in all letters and findings.", SCREENS),
    ("help", "f1 ?", "help", "The keys of the place you are in.", (*SCREENS, *STEPS)),
    ("palette", ": ctrl+p", "commands", "All commands of this place, to search and choose.", SCREENS),
    ("choose", "enter", "choose", "Take the row under the cursor.", (Place.LIST,)),
    ("keep", "enter", "keep", "Keep what was typed.", (Place.ASK, Place.FILTER)),
    ("complete", "tab", "complete", "Take the word under the list's cursor.", (Place.FILTER,)),
    ("new-line", "ctrl+n", "new line", "A new line in a note.", (Place.ASK,)),
    ("leave", "escape", "leave", "Leave all as it was.", (*STEPS, *DIALOGS)),
    ("back", "q escape", "back", "Back a screen; out of the library after asking once.", READ),
    ("quit", "ctrl+q", "quit", "Leave Recto after asking once; everything is saved.", SCREENS),
    footer="find help choose keep complete new-line leave back",
)
