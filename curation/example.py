"""A finding with the themes that a person gave it, or turned down: what the suggestions learn from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """What a reviewer decided about one finding.

    Attributes:
        letter: the letter's key in its workspace, such as `2010/eastmarch`.
        finding: the finding's id.
        text: the finding's text, white space folded.
        themes: theme ids as the reviewer wrote them, primary first.
        authority: the council that the letter is about; "" if the letter does not say.
        refused: theme ids that the reviewer turned down for it.
    """

    letter: str
    finding: str
    text: str
    themes: tuple[str, ...]
    authority: str
    refused: tuple[str, ...] = ()
