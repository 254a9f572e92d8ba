"""What a terminal shows as SVG: cell by cell, in the colours of that terminal. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from tests.tui.emulator import Cell, Colour, Emulator, Look

WIDTH, HEIGHT = 9.03, 18
"""Of a cell, in pixels: DejaVu Sans Mono at 15 pixels is 0.602 as wide as high."""
_FONT = "DejaVu Sans Mono"
_SIZE, _BASE, _MARGIN, _CAPTION = 15, 14, 6, 22
RGB = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Colours:
    """How a terminal draws.

    Attributes:
        sixteen: its own colours, eight dark and eight bright ones.
        ink: of plain text.
        paper: behind it.
        bold_is_bright: bold text is drawn in the brighter colour, not in heavier letters, as PuTTY and consoles do.
        italics: whether it has any.
    """

    sixteen: tuple[RGB, ...]
    ink: RGB
    paper: RGB
    bold_is_bright: bool = False
    italics: bool = True


def _hexed(words: str) -> tuple[RGB, ...]:
    return tuple((int(w[:2], 16), int(w[2:4], 16), int(w[4:], 16)) for w in words.split())


XTERM = Colours(
    _hexed(
        "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5"
        " 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
    ),
    (229, 229, 229),
    (0, 0, 0),
)
PUTTY = Colours(
    _hexed(
        "000000 bb0000 00bb00 bbbb00 0000bb bb00bb 00bbbb bbbbbb"
        " 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
    ),
    (187, 187, 187),
    (0, 0, 0),
    bold_is_bright=True,
    italics=False,
)


def sheet(screens: Sequence[tuple[str, Emulator]], colours: Colours, columns: int) -> str:
    """Screens side by side with their captions, `columns` in a row."""
    rows = [screens[n : n + columns] for n in range(0, len(screens), columns)]
    places: list[str] = []
    widest = top = 0.0
    for row in rows:
        left = 0.0
        for caption, screen in row:
            places.append(f'<g transform="translate({left:.1f} {top:.1f})">{_one(caption, screen, colours)}</g>')
            left += screen.columns * WIDTH + 2 * _MARGIN
        widest = max(widest, left)
        top += max(screen.rows for _, screen in row) * HEIGHT + 2 * _MARGIN + _CAPTION
    return (
        f'<svg shape-rendering="crispEdges" xmlns="http://www.w3.org/2000/svg" width="{widest:.0f}" height="{top:.0f}">'
        f'<rect width="100%" height="100%" fill="#3a3a3a"/>{"".join(places)}</svg>'
    )


def _one(caption: str, screen: Emulator, colours: Colours) -> str:
    """A screen under its caption."""
    parts = [
        f'<text x="{_MARGIN}" y="16" font-size="13" font-family="{_FONT}" fill="#ffffff">{escape(caption)}</text>'
        f'<g transform="translate({_MARGIN} {_CAPTION})">'
        f'<rect width="{screen.columns * WIDTH:.1f}" height="{screen.rows * HEIGHT}" fill="{_hex(colours.paper)}"/>'
    ]
    for y, row in enumerate(screen.cells):
        parts.extend(_row(row, y, colours))
    if screen.cursor_shown:
        x, y = screen.cursor
        # The terminal's own cursor: hollow, so that what stands there can be read.
        parts.append(
            f'<rect x="{x * WIDTH + 0.5:.1f}" y="{y * HEIGHT + 0.5}" width="{WIDTH - 1:.1f}" height="{HEIGHT - 1}"'
            f' fill="none" stroke="#ff5f00"/>'
        )
    return "".join(parts) + "</g>"


def _row(row: Sequence[Cell], y: int, colours: Colours) -> Iterator[str]:
    column = 0
    for look, group in groupby(row, key=lambda cell: cell.look):
        cells = list(group)
        ink, paper = seen_colours(look, colours)
        x, width = column * WIDTH, len(cells) * WIDTH
        if paper != colours.paper:
            yield f'<rect x="{x:.2f}" y="{y * HEIGHT}" width="{width:.2f}" height="{HEIGHT}" fill="{_hex(paper)}"/>'
        yield from _words(cells, column, y, ink, look, colours)
        if look.underline:
            line = y * HEIGHT + _BASE + 2
            yield f'<rect x="{x:.2f}" y="{line}" width="{width:.2f}" height="1" fill="{_hex(ink)}"/>'
        column += len(cells)


def _words(cells: Sequence[Cell], column: int, y: int, ink: RGB, look: Look, colours: Colours) -> Iterator[str]:
    """Stretches of characters that are as wide as the font has them; any other alone, at its place."""
    words = "".join(cell.char for cell in cells)
    if not words.strip():
        return
    style = ' font-weight="bold"' if look.bold and not colours.bold_is_bright else ""
    if look.italic and colours.italics:
        style += ' font-style="italic"'
    # A character that the font does not have would take its neighbours into another font.
    for plain, group in groupby(
        enumerate(cells, column), key=lambda pair: pair[1].char.isascii() and pair[1].char != ""
    ):
        stretch = list(group)
        for part in [stretch] if plain else [[one] for one in stretch if one[1].char]:
            text = escape("".join(cell.char for _, cell in part))
            yield (
                f'<text x="{part[0][0] * WIDTH:.2f}" y="{y * HEIGHT + _BASE}" font-size="{_SIZE}" xml:space="preserve"'
                f' font-family="{_FONT}" fill="{_hex(ink)}"{style}>{text}</text>'
            )


def seen_colours(look: Look, colours: Colours) -> tuple[RGB, RGB]:
    """In which ink and on which paper a look is seen."""
    ink = _seen(look.ink, colours, colours.ink, bright=look.bold and colours.bold_is_bright)
    paper = _seen(look.paper, colours, colours.paper)
    if look.bold and colours.bold_is_bright and look.ink is None:
        ink = colours.sixteen[15]
    if look.reverse:
        ink, paper = paper, ink
    if look.dim:
        ink = (_mixed(ink[0], paper[0]), _mixed(ink[1], paper[1]), _mixed(ink[2], paper[2]))
    return ink, paper


def _mixed(ink: int, paper: int) -> int:
    """Faint, as PuTTY and xterm draw it: two thirds of the way from the paper to the ink."""
    return (2 * ink + paper) // 3


_STEPS = (0, 95, 135, 175, 215, 255)


def _seen(colour: Colour, colours: Colours, own: RGB, *, bright: bool = False) -> RGB:
    if colour is None:
        return own
    if isinstance(colour, tuple):
        return colour
    if colour < 16:
        return colours.sixteen[colour + 8 if bright and colour < 8 else colour]
    if colour >= 232:
        return ((colour - 232) * 10 + 8,) * 3
    cube = colour - 16
    return _STEPS[cube // 36], _STEPS[cube // 6 % 6], _STEPS[cube % 6]


def _hex(colour: RGB) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
