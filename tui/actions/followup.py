"""What became of the areas that an earlier letter raised."""

from __future__ import annotations

from tui.actions.action import DIGITS, Place, rows

_F = (Place.FOLLOWUP,)

ACTIONS = rows(
    "Follow-up",
    (
        "followup",
        "b",
        "before",
        "What became of the areas that an earlier letter of the council raised.",
        (Place.REVIEW,),
    ),
    ("give-verdict", DIGITS, "verdict", "1 addressed, 2 partly, 3 persists, 4 not mentioned.", _F),
    ("other-beside", "right", "other finding", "Another finding of now beside the area.", _F),
    ("to-beside", "enter", "to it", "Back to the letter, to the finding of now.", _F),
    ("open-earlier", "o", "earlier letter", "Back to the letter, with the earlier one beside it at this area.", _F),
    footer="give-verdict other-beside to-beside open-earlier",
)
