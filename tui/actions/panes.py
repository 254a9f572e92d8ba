"""What a review screen shows."""

from __future__ import annotations

from tui.actions.action import Place, rows

_R = (Place.REVIEW,)

ACTIONS = rows(
    "Panes",
    ("other-pane", "tab", "other pane", "To the other pane.", (Place.REVIEW, Place.THEMES)),
    ("change-panes", "v", "panes", "Change the panes: text and findings of a letter, letter and letter.", _R),
    ("follow", "w", "follow", "Let the other pane follow the cursor, or not.", _R),
    ("why", "i", "why", "Why this is a finding, and its raw characters.", _R),
)
