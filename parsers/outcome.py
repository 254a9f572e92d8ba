"""What became of the areas of an earlier inspection, by the words that a letter uses for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

ADDRESSED = "addressed"
PARTLY = "partly"
CONTINUING = "continuing"

# A statement is looked at as words in lower case with one space between them and a space at either end; a full stop by
# itself parts the sentences. Each pattern begins with the space before its first word.
_APART = (*((char, " ") for char in ',()[]"/'), *((char, " . ") for char in ".!?;:"))
_DONE = (
    r"(?:addressed|resolved|met|completed|implemented|tackled|rectified|remedied|actioned|achieved|dealt with"
    r"|acted (?:up)?on)"
)
_COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|most|many|some|several)"
_OPEN = (
    rf" (?:not|yet to be|never|neither|none|no)(?: \w+){{0,5}}? {_DONE}\b",
    r" (?:being|to be|be) addressed\b",
    r" remain(?:s|ed|ing)? (?:an? |the |of concern|unaddressed|outstanding|unresolved|areas?\b|to be\b)",
    r" remain(?:s|ed|ing)? (?:poor|weak|variable|inconsistent)\b",
    r" continu(?:e|es|ed|ing) to (?:be|provide|present|require|need|pose|cause|challenge)\b",
    r" (?:continuing|ongoing) (?:areas?|challenges?|concerns?|development|issues?)\b",
    r" (?:work|this|it|they|these) (?:continues?|is continuing|are continuing)\b",
    r" still (?:an? |areas?|requires?|needs?|to be)",
    r" not (?:yet )?(?:be |been )?(?:complete|embedded|finished|in place|sufficient|consistent)\b",
    r" (?:incomplete|under ?way)\b",
    r" persists?\b",
)
_NOT_DONE = re.compile("|".join(_OPEN))
_LITTLE = re.compile(
    r" (?:limited|little|insufficient|inadequate|no|slow|minimal|not (?:enough|sufficient))(?: \w+){0,2}?"
    r" (?:progress|improvement)\w*"
)
_FULL = re.compile(
    rf" (?:has|have|had|having|were|was|are|is)(?: (?!to |not |being )[\w'-]+){{0,4}}? {_DONE}\b"
    r"| (?:effective|successful)(?: \w+){0,3}? action(?: \w+){0,3}? to address\b"
)
_ALL = re.compile(r" (?:all|fully|both|each|every)\b")
_PART = re.compile(
    r" (?:partly|partially|in part|largely|mostly|substantially|majority|all but|apart from|except)\b"
    r"| to (?:some|a limited|a certain) extent\b"
    r"| not(?: \w+){0,3}? (?:all|fully|entirely|completely|wholly)\b"
    rf"| {_COUNT} (?:of (?:the|these|those|them)|have|has|had|were|was|are|is|remains?)\b"
    r"| the (?:remaining|others?|rest|remainder)\b"
)
_SOME = re.compile(r" (?:many|most|some)\b")
_PROGRESS = re.compile(r" (?:progress(?:ed)?|improved|improvements?)\b")


def outcome_of(statement: str) -> str | None:
    """`addressed`, `partly`, `continuing`, or None where the statement does not say.

    Progress alone is `partly`, little or none of it `continuing`; what is addressed in one place and goes on in another
    is `partly`.
    """
    words = f" {' '.join(_apart(statement.casefold()).split())} "
    if _PART.search(words):
        return PARTLY
    rest, not_done = _NOT_DONE.subn(" ", words)
    little = _LITTLE.search(words) is not None
    going_on = little or not_done > 0
    if going_on:
        rest = _LITTLE.sub(" ", rest)
    done = _FULL.search(rest) is not None
    if done and going_on:
        return PARTLY
    if done and _ALL.search(words):
        return ADDRESSED
    if not little and _SOME.search(rest):
        return PARTLY
    if done:
        return ADDRESSED
    if not little and _PROGRESS.search(rest):
        return PARTLY
    return CONTINUING if going_on else None


def _apart(words: str) -> str:
    # Most of them stand in no statement: to look for each is many times faster than a table for every character.
    for char, instead in _APART:
        words = words.replace(char, instead)
    return words


def together(outcomes: Iterable[str | None]) -> str | None:
    """The outcome of several statements on one inspection: theirs if they agree, `partly` where they don't."""
    known = {outcome for outcome in outcomes if outcome}
    if not known:
        return None
    return known.pop() if len(known) == 1 else PARTLY
