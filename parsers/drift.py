"""What a sentence is about, as its small words show: a list that follows, the letter and its reader, the evidence."""

from __future__ import annotations

import re

from parsers.letter import Span

# A finding speaks of the service, never of its writer or to its reader.
_TO_READER = re.compile(
    r"(?:I|We|Thank you|Please|May I|My|On behalf of|You (?:should|will|may|are (?:asked|required))"
    r"|Your (?:reply|response|action plan))\b"
)
_OF_THE_LETTER = re.compile(
    r"\b(?:this (?:inspection|visit|letter|report)|letters?|ofsted|inspectorate|next|future|again"
    r"|your?|we|our|us|I|my|me|above|findings|rating|attention|thank|grateful)\b",
    re.IGNORECASE,
)
_POINTS_ON = re.compile(
    r"\b(?:below|as follows|(?:set out|listed|given) (?:here|next)|(?:are|were) these|following(?: [a-z]+){0,2})[.:]?\Z"
)
_LISTS_EVIDENCE = re.compile(
    r"\b(?:includ(?:ing|ed|es?)|considered|evidence|spoke (?:to|with)|met with)\b[^.]{0,60}:?\Z"
)
_LONGEST_END = 120
"""Code points at a sentence's end that show where it leads."""


def is_to_reader(text: str, span: Span) -> bool:
    """Whether a sentence begins as one of the letter's writer to its reader."""
    return _TO_READER.match(text, *span) is not None


def is_of_letter(text: str, span: Span) -> bool:
    """Whether words speak of the letter, of who wrote or reads it, or of what comes after it."""
    return _OF_THE_LETTER.search(text, *span) is not None


def points_on(text: str, span: Span) -> bool:
    """Whether a sentence ends as one that leads to a list, as `the points below.` does."""
    return _POINTS_ON.search(text, max(span.start, span.end - _LONGEST_END), span.end) is not None


def lists_evidence(text: str, span: Span) -> bool:
    """Whether a sentence leads to what inspectors looked at, as `a range of evidence, including:` does."""
    return _LISTS_EVIDENCE.search(text, max(span.start, span.end - _LONGEST_END), span.end) is not None
