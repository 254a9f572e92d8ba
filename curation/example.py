"""A finding with the themes that a person gave it: what the suggestions learn from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """One accepted finding.

    Attributes:
        letter: the letter's key in its workspace, such as `2010/eastmarch`.
        finding: the finding's id.
        text: the finding's text, white space folded.
        themes: theme ids as the reviewer wrote them, primary first.
        authority: the council that the letter is about; "" if the letter does not say.
    """

    letter: str
    finding: str
    text: str
    themes: tuple[str, ...]
    authority: str
