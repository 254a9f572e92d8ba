"""Sets of colours: the terminal's own sixteen, and three of our own for eyes that need them. Pure.

Our own are taken from the 240 fixed colours of 256-colour terminals, so that they are the same there and with 16
million. Contrast is that of WCAG 2 (7:1 or more for all that is read); how far categories stand apart for readers who
see colours otherwise is measured after Machado, Oliveira and Fernandes (2009). Tests hold both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Colours:
    """A set of colours.

    Attributes:
        name: in the settings and for `--colours`.
        about: what it is, in a few words.
        background: of the screen, `default` for the terminal's own.
        text: of plain words.
        faint: of what is said aside.
        dims: whether what is said aside is faint by the terminal's own means as well.
        inks: colour names of profiles and inks, and what they are here.
    """

    name: str
    about: str
    background: str
    text: str
    faint: str
    dims: bool
    inks: Mapping[str, str]


TERMINAL: Final = Colours(
    "terminal",
    "the terminal's own sixteen on its own background",
    "default",
    "default",
    "default",
    True,
    MappingProxyType(
        {
            "black": "bright_black",
            "red": "red",
            "green": "green",
            "yellow": "yellow",
            "blue": "bright_blue",
            "magenta": "magenta",
            "cyan": "cyan",
            "white": "default",
        }
    ),
)
_PLAIN: Final = Colours(
    "high-contrast", "for 16 colours: nothing faint", "default", "default", "default", False, TERMINAL.inks
)


def _own(name: str, about: str, background: str, text: str, faint: str, **inks: str) -> Colours:
    return Colours(
        name, about, background, text, faint, False, MappingProxyType({"white": text, "black": faint, **inks})
    )


HIGH_CONTRAST: Final = _own(
    "high-contrast", "light on black, nothing faint", "#000000", "#ffffff", "#d0d0d0",
    green="#5fff5f", cyan="#5fffff", yellow="#ffff5f", red="#ff8787", magenta="#ff87ff", blue="#87d7ff",
)  # fmt: skip
LIGHT_HIGH_CONTRAST: Final = _own(
    "light-high-contrast", "dark on white, nothing faint", "#ffffff", "#000000", "#444444",
    green="#005f00", cyan="#005f87", yellow="#5f4b00", red="#870000", magenta="#870087", blue="#0000af",
)  # fmt: skip
COLOUR_BLIND: Final = _own(
    "colour-blind", "apart for readers who see red, green or blue otherwise", "#121212", "#e4e4e4", "#b2b2b2",
    green="#5fffd7", cyan="#afafff", yellow="#ffd700", red="#ff875f", magenta="#ff87d7", blue="#87afff",
)  # fmt: skip

BY_NAME: Final[Mapping[str, Colours]] = MappingProxyType(
    {one.name: one for one in (TERMINAL, HIGH_CONTRAST, LIGHT_HIGH_CONTRAST, COLOUR_BLIND)}
)


def checked(name: str) -> str:
    """`name`, if there is such a set; "" is the terminal's own. Raises ValueError with the nearest."""
    if name and name not in BY_NAME:
        # It brings a library that only errors need: the first screen does without.
        from curation.nearest import nearest

        raise ValueError(f"no set of colours {name}; the nearest is {nearest(name, BY_NAME)} (of {', '.join(BY_NAME)})")
    return name or TERMINAL.name


def fitting(name: str, depth: int, *, coloured: bool) -> Colours:
    """The set of that name, as far as a terminal of `depth` colours can show it.

    Below 256 colours our own would become whichever of the sixteen lies nearest: the terminal's own are used there, and
    for high contrast nothing is faint. The same where no colours are wanted (`NO_COLOR`).
    """
    if coloured and depth >= 256:
        return BY_NAME[name]
    return _PLAIN if "contrast" in name else TERMINAL
