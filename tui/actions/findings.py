"""What is done to a finding, and the moments that it takes."""

from __future__ import annotations

from tui.actions.action import DIGITS, Place, rows

_R = (Place.REVIEW,)
_CARET = (Place.CARET, Place.SPLIT)

ACTIONS = rows(
    "Findings",
    ("enter", "enter", "caret", "Into the finding: a caret in its text. On a row of metadata: edit it.", _R),
    ("word-right", "right", "word", "The caret one word on.", _CARET),
    ("word-left", "left", "word back", "The caret one word back.", _CARET),
    ("sentence-down", "down", "sentence", "The caret to the next sentence.", _CARET),
    ("sentence-up", "up", "sentence back", "The caret to the start of the sentence.", _CARET),
    ("text-start", "home", "start", "The caret to the first word.", _CARET),
    ("text-end", "end", "end", "The caret to the last word.", _CARET),
    ("split", "s", "split", "Split at the caret; without one, at the best guess. Previewed.", (*_R, Place.CARET)),
    ("do-split", "enter", "split here", "Split as previewed.", (Place.SPLIT,)),
    ("split-reason", "r", "two meanings", "Split for meaning, not for the extraction; and back.", (Place.SPLIT,)),
    ("merge-next", "m", "merge", "Merge with the next finding.", _R),
    ("merge-previous", "M", "merge before", "Merge with the finding before.", _R),
    ("choose-category", "c", "category", "Another category: then its digit.", _R),
    ("set-category", DIGITS, "that category", "Give it the category with that digit.", (Place.CATEGORY,)),
    ("seen", "space", "right", "Seen and right, its doubts too; on to the next.", _R),
    ("note", "e", "note", "A note on the finding.", _R),
    ("question", "f", "question", "Ask a question about the finding.", _R),
    ("remove", "x", "remove", "Remove the finding, with a reason.", _R),
    ("restore", "X", "bring back", "Bring back a removed finding.", _R),
    footer="enter split do-split split-reason merge-next choose-category",
)
