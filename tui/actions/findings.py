"""What is done to a finding, and the moments that it takes."""

from __future__ import annotations

from tui.actions.action import CARETS, DIGITS, Place, rows

_R = (Place.REVIEW,)
_MENDED = (Place.REVIEW, Place.TO_CHECK)
_ASKED = (Place.QUESTIONS,)
_CHECK = (Place.TO_CHECK,)
_CARET = (Place.CARET, Place.SPLIT)

ACTIONS = rows(
    "Findings",
    ("enter", "enter", "caret", "Into the finding: a caret in its text. On a row of metadata: edit it.", _R),
    ("word-right", "right", "word", "One word on.", CARETS),
    ("word-left", "left", "word back", "One word back.", CARETS),
    ("sentence-down", "down", "sentence", "To the next sentence.", CARETS),
    ("sentence-up", "up", "sentence back", "To the start of the sentence, or the one before.", CARETS),
    ("text-start", "home", "start", "The caret to the first word.", _CARET),
    ("text-end", "end", "end", "The caret to the last word.", _CARET),
    ("split", "s", "split", "Split at the caret; without one, at the best guess. Previewed.", (*_MENDED, Place.CARET)),
    ("do-split", "enter", "split here", "Split as previewed.", (Place.SPLIT,)),
    ("split-reason", "r", "two meanings", "Split for meaning, not for the extraction; and back.", (Place.SPLIT,)),
    (
        "boundary-start",
        "[",
        "its start",
        "Move where the finding begins, with the arrows. Previewed.",
        (*_R, Place.BOUNDARY),
    ),
    ("boundary-end", "]", "its end", "Move where the finding ends, with the arrows. Previewed.", (*_R, Place.BOUNDARY)),
    ("do-boundary", "enter", "move it", "Move the boundary as previewed.", (Place.BOUNDARY,)),
    (
        "select",
        "a",
        "select",
        "In the letter's text: begin a selection at the caret; the arrows extend it.",
        (*_R, Place.CARET, Place.SELECT),
    ),
    ("line-down", "j", "line", "One line of the letter down.", (Place.SELECT,)),
    ("line-up", "k", "line back", "One line of the letter up.", (Place.SELECT,)),
    ("line-start", "home", "line start", "To the first word of the line.", (Place.SELECT,)),
    ("line-end", "end", "line end", "To the last word of the line.", (Place.SELECT,)),
    ("do-select", "enter", "make a finding", "Make a finding of what is selected: then its category.", (Place.SELECT,)),
    ("merge-next", "m", "merge", "Merge with the next finding.", _MENDED),
    ("merge-previous", "M", "merge before", "Merge with the finding before.", _MENDED),
    ("choose-category", "c", "category", "Another category: then its digit.", _MENDED),
    ("set-category", DIGITS, "that category", "Give it the category with that digit.", (Place.CATEGORY,)),
    ("seen", "space", "right", "Seen and right, its doubts too; on to the next.", _R),
    ("doubt-right", "space", "right", "Settle the doubt: it is right as it was read. On to the next.", _CHECK),
    ("doubt-wrong", "w", "wrong", "Settle the doubt: something is wrong there. On to the next.", _CHECK),
    ("note", "e", "note", "A note on the finding.", _R),
    ("note-in-editor", "E", "note in editor", "The note in the editor that VISUAL or EDITOR names.", _R),
    ("question", "f", "question", "Ask a question about the finding.", _R),
    ("answer", "a", "answer", "Answer the question; the answer is kept in your own review.", _ASKED),
    (
        "into-codebook",
        "t",
        "to a theme",
        "Put the answer into the codebook, where it says when to use a theme.",
        _ASKED,
    ),
    ("copy", "y", "copy", "Copy the quotation with its source.", _R),
    ("remove", "x", "remove", "Remove the finding, with a reason.", _MENDED),
    ("restore", "X", "bring back", "Bring back a removed finding.", _R),
    footer="answer into-codebook doubt-right doubt-wrong enter split do-split split-reason do-boundary do-select merge-next "
    "choose-category",
)
