"""What is done to a letter as a whole."""

from __future__ import annotations

from tui.actions.action import LISTS, Place, rows

_R = (Place.REVIEW,)
_ADOPT = (Place.ADOPT,)
_LIBRARY = (Place.LIBRARY,)
_GROUPED = (Place.LIBRARY, Place.THEMES, Place.HEAT)
_QUEUED = (Place.LIBRARY, Place.TO_CHECK)
_FILTERED = (*_QUEUED, Place.QUESTIONS)

ACTIONS = rows(
    "Letters",
    ("open", "enter", "open", "Open the letter, at the place under the cursor.", LISTS),
    ("to-check", "d", "to check", "What is to check in all these letters, one after another.", _LIBRARY),
    (
        "filter",
        "f",
        "filter",
        "Only some: letters with state:open check:>0; doubts or questions of one kind.",
        _FILTERED,
    ),
    ("questions", "Q", "questions", "Every question that was asked, with the answers.", _LIBRARY),
    ("themes", "t", "themes", "The codebook, and who was told about what.", _LIBRARY),
    ("groups", "=", "groups", "Groups: findings of several councils that say the same.", _GROUPED),
    ("sort", "o", "order", "Choose the order: by letter, date, what is to check and so on.", _QUEUED),
    ("sort-reverse", "O", "turn round", "Turn the order round.", _LIBRARY),
    ("open-found", "enter", "open beside", "Open the letter of that finding beside this one.", (Place.ALIKE,)),
    ("open-beside", "o", "beside", "Open a second letter beside this one.", _R),
    ("put-away", "O", "put away", "One letter less on the desk.", _R),
    ("next-letter", ">", "next letter", "The next letter of the library, in its order, in this one's place.", _R),
    ("previous-letter", "<", "letter before", "The letter before.", _R),
    ("letter-note", "N", "letter's note", "A note on the letter, for whoever takes over.", _R),
    ("hand-in", "F", "hand in", "Hand the letter in; says first what is not seen and what is to check.", _R),
    ("rebase", "P", "put on letter", "Put the review on a letter that has changed, or that is read better now.", _R),
    (
        "adopt",
        "A",
        "take in file",
        "Take in what was changed in the review's file by hand; what both changed is asked.",
        _R,
    ),
    ("take-mine", "1 left", "left", "Take what this review says.", _ADOPT),
    ("take-theirs", "2 right", "right", "Take what the file says that was changed by hand.", _ADOPT),
    ("take-in", "enter", "take in", "Take all answers in, as one operation, once nothing is left to answer.", _ADOPT),
    ("undo-answer", "u ctrl+z", "undo", "Take the last answer back.", _ADOPT),
    ("reopen", "R", "reopen", "Reopen a letter that was handed in.", _R),
    footer="open open-found to-check filter themes sort take-mine take-theirs undo-answer take-in",
)
