"""What became of the areas of an earlier inspection, by the words that a letter uses for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

ADDRESSED = "addressed"
PARTLY = "partly"
CONTINUING = "continuing"

_DONE = r"(?:addressed|resolved|met|completed|implemented|tackled|rectified|remedied|actioned|achieved|dealt\swith|acted\s(?:up)?on)"
_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|most|many|some|several|both)"
_NOT_DONE = re.compile(
    rf"\b(?:not|yet\sto\sbe|never|neither|none|no)\b(?:\s\w+){{0,5}}?\s{_DONE}\b"
    r"|\bremain(?:s|ed|ing)?\s(?:an?\s|the\s|of\sconcern|unaddressed|outstanding|unresolved|areas?\b|to\sbe\b|in\splace\sas|poor|weak|variable|inconsistent)"
    r"|\bcontinu(?:e|es|ed|ing)\sto\s(?:be|provide|present|require|need|pose|cause|challenge)\b"
    r"|\bcontinu(?:es|ing)\s(?:areas?|challenges?|concerns?)\b"
    r"|\bongoing\s(?:areas?|development|issues?|challenges?|concerns?)\b|\bstill\s(?:an?\s|areas?|requires?|needs?|to\sbe)|\bpersists?\b"
)
_LITTLE = re.compile(r"\b(?:limited|little|insufficient|inadequate|no|slow|minimal|not\s(?:enough|sufficient))\s(?:\w+\s){0,2}?(?:progress|improvement)\w*")
_FULL = re.compile(
    rf"\b(?:has|have|had|having|were|was|are|is)\s(?:(?:now|also|all|both|each|since|been|fully|\w+ly|well)\s){{0,5}}{_DONE}\b"
    rf"|\b(?:authority|council|managers|service)\s(?:has|have)\s(?:(?:now|fully|\w+ly)\s){{0,2}}{_DONE}\b"
)
_ALL = re.compile(r"\b(?:all|fully|both|each|every)\b")
_PART = re.compile(
    rf"\bpartly\b|\bpartially\b|\bin\spart\b|\bto\s(?:some|a\slimited|a\scertain)\sextent\b|\blargely\b|\bmostly\b|\bsubstantially\b|\bmajority\b|\ball\sbut\b|\bexcept"
    rf"|\bapart\sfrom\b|\bnot\s(?:\w+\s){{0,3}}?(?:all|fully|entirely|completely|wholly)\b|\b{_NUMBER}\sof\s(?:the|these|those|them)\b"
)
_SOME = re.compile(r"\bprogress(?:ed)?\b|\bmany\b|\bmost\b|\bsome\b|\bimproved\b|\bimprovements?\b")


def outcome_of(statement: str) -> str | None:
    """`addressed`, `partly`, `continuing`, or None where the statement does not say.

    Progress alone is `partly`; little or none of it is `continuing`; what is addressed and goes on is `partly`.
    """
    words = " ".join(statement.casefold().replace(",", " ").split())
    part = bool(_PART.search(words))
    little = bool(_LITTLE.search(words))
    going_on = little or bool(_NOT_DONE.search(words))
    rest = _LITTLE.sub(" ", _NOT_DONE.sub(" ", words))
    done = bool(_FULL.search(rest))
    if part or (done and going_on):
        return PARTLY
    if done and _ALL.search(words):
        return ADDRESSED
    if not little and _SOME.search(rest):
        return PARTLY
    if done:
        return ADDRESSED
    return CONTINUING if going_on else None


def together(outcomes: Iterable[str | None]) -> str | None:
    """The outcome of several statements on one inspection: theirs if they agree, `partly` where they don't."""
    known = {outcome for outcome in outcomes if outcome}
    if not known:
        return None
    return known.pop() if len(known) == 1 else PARTLY
