"""Moving about: the same keys on every screen, in every text and list."""

from __future__ import annotations

from tui.actions.action import READ, Place, rows

_R = (Place.REVIEW,)
_LISTS = (Place.LIST, Place.FILTER)

ACTIONS = rows(
    "Moving",
    ("next-finding", "n", "next", "The next finding.", _R),
    ("previous-finding", "p", "previous", "The finding before.", _R),
    ("down", "down j", "down", "One row, or one item, down.", READ),
    ("up", "up k", "up", "One row, or one item, up.", READ),
    ("page-down", "pagedown", "page down", "Half a page down.", READ),
    ("page-up", "pageup", "page up", "Half a page up.", READ),
    ("first", "home g", "to the top", "To the top.", READ),
    ("last", "end G", "to the end", "To the end.", READ),
    (
        "next-doubt",
        "d",
        "next to check",
        "The next finding with something to check or a question, or a doubt about the letter.",
        _R,
    ),
    ("previous-doubt", "D", "to check before", "The one before with something to check.", _R),
    ("list-down", "down", "down", "One row down.", _LISTS),
    ("list-up", "up", "up", "One row up.", _LISTS),
    ("list-page-down", "pagedown", "page down", "Half a page down.", _LISTS),
    ("list-page-up", "pageup", "page up", "Half a page up.", _LISTS),
    footer="next-finding",
)
