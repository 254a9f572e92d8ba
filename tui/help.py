"""The help of a place, from the declaration of actions. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from tui.actions import Place, grouped, keys_of, of_place
from tui.paint import Line, Run
from tui.palette import DIM, DOUBT, KEY, QUESTION, STRONG, TEXT, Ink

_RULE = (
    "One bullet is one finding. Split only what the extraction joined; two points in one bullet are two themes.",
    "A split for meaning is allowed and says so (r in the preview), so that counts can leave it out.",
)
_SIGNS = (
    (">", KEY, "the cursor"),
    ("√", Ink("green", "bold"), "seen and right"),
    ("?", DOUBT, "something to check"),
    ("!", QUESTION, "a question was asked"),
    ("|", DOUBT, "pieces of the letter were joined here, as over a page"),
    ("+", DOUBT, "the second part of a split that is only shown"),
    ("[ ]", DOUBT, "a boundary that is moved would stand here"),
    ("x", DOUBT, "couldn't be placed, and nothing in the letter is like it"),
)


def help_lines(place: Place) -> tuple[Line, ...]:
    """Keys by group, the signs, the rule for units."""
    return tuple(_lines(place))


def _lines(place: Place) -> Iterator[Line]:
    for number, (group, members) in enumerate(grouped(of_place(place)).items()):
        if number:
            yield ()
        yield (Run(group, STRONG),)
        for action in members:
            yield (Run(f"  {keys_of(action):<13}", KEY), Run(action.help, TEXT))
    if place is Place.LIBRARY:
        return
    yield ()
    yield (Run("Signs", STRONG),)
    for sign, ink, meaning in _SIGNS:
        yield (Run(f"  {sign:<13}", ink), Run(meaning, TEXT))
    yield ()
    yield (Run("The rule for units", STRONG),)
    for sentence in _RULE:
        yield (Run(f"  {sentence}", DIM),)
