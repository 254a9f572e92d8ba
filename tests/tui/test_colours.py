"""Sets of colours: contrast and distance are measured, not believed."""

from __future__ import annotations

from itertools import combinations

import pytest

from tui.colours import BY_NAME, COLOUR_BLIND, TERMINAL, Colours, checked, fitting
from tui.palette import category_styles, detect

OWN = [colours for colours in BY_NAME.values() if colours is not TERMINAL]
Matrix = tuple[tuple[float, float, float], ...]
SEEN: dict[str, Matrix] = {
    # Machado, Oliveira, Fernandes (2009), severity 1.0, on linear light.
    "as most": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
APART = 30.0
"""CIE 1976 colour difference: 2.3 is just seen side by side."""


def linear(colour: str) -> tuple[float, ...]:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def luminance(colour: str) -> float:
    return sum(part * share for part, share in zip(linear(colour), (0.2126, 0.7152, 0.0722), strict=True))


def contrast(first: str, second: str) -> float:
    """WCAG 2."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def seen(colour: str, matrix: Matrix) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of a colour as somebody sees it."""
    rgb = linear(colour)
    r, g, b = (min(max(sum(x * y for x, y in zip(row, rgb, strict=True)), 0), 1) for row in matrix)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("colours", OWN, ids=lambda colours: colours.name)
def test_all_that_is_read_has_a_contrast_of_7(colours: Colours) -> None:
    for colour in (colours.text, colours.faint, *colours.inks.values()):
        assert contrast(colours.background, colour) >= 7, colour
    assert not colours.dims


@pytest.mark.parametrize("sight", SEEN)
def test_categories_stand_apart_however_colours_are_seen(sight: str) -> None:
    inks = [COLOUR_BLIND.inks[style.colour] for style in category_styles("unannounced-cra").values()]
    for first, second in combinations(inks, 2):
        pairs = zip(seen(first, SEEN[sight]), seen(second, SEEN[sight]), strict=True)
        assert sum((a - b) ** 2 for a, b in pairs) ** 0.5 >= APART, (first, second)


def test_our_own_need_256_colours_and_give_way_to_no_color() -> None:
    assert fitting("colour-blind", 256, coloured=True) is COLOUR_BLIND
    assert fitting("colour-blind", 16, coloured=True) is TERMINAL
    assert fitting("colour-blind", 256, coloured=False) is TERMINAL
    plain = fitting("high-contrast", 16, coloured=True)
    assert plain.background == "default"
    assert not plain.dims
    environ = {"TERM": "xterm", "NO_COLOR": "1"}
    assert detect(environ, colours="colour-blind", depth=1 << 24).colours is TERMINAL


def test_every_set_has_every_ink_and_an_unknown_set_is_refused_with_the_nearest() -> None:
    assert {frozenset(colours.inks) for colours in BY_NAME.values()} == {frozenset(TERMINAL.inks)}
    assert checked("") == "terminal"
    with pytest.raises(ValueError, match="the nearest is high-contrast"):
        checked("high-contrst")
