"""How things look: ink names to terminal styles, and the three signs of a category in their order of importance.

A category is told apart by its two-letter tag, then by a text style, then by a colour, so that it stays clear on a
16-colour console, with `NO_COLOR`, and to readers who do not see colours as most do.

Colours are the terminal's own sixteen on its own background. People set those for their eyes, on dark and on light;
they look the same in 16, 256 and 16 million colours; and they take 5 bytes where a colour of our own takes 20 to 40,
on every stretch of text that is sent. Dark blue is never used: it can't be read on black. Who needs other colours sets
them (`tui.colours`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from rich.style import Style

from tui.colours import TERMINAL, Colours, checked, fitting


class Ink(NamedTuple):
    """A colour name ("" is the text's own, "dim" is faint) and text style words, such as `Ink("green", "bold")`."""

    colour: str = ""
    style: str = ""


TEXT = Ink()
DIM = Ink("dim")
STRONG = Ink("", "bold")
FRAME = Ink("dim")
CURSOR = Ink("", "bold reverse")
CARET = Ink("", "reverse")
MARKED = Ink("", "reverse")
CARET_IN_MARK = Ink("", "bold underline")
DOUBT = Ink("yellow", "bold")
QUESTION = Ink("magenta", "bold")
KEY = Ink("", "bold")


@dataclass(frozen=True, slots=True)
class CategoryStyle:
    """A category as it is shown. `number` is the digit that chooses it, counted from 1."""

    id: str
    label: str
    tag: str
    number: int
    colour: str
    style: str

    @property
    def sign(self) -> Ink:
        """The ink of the tag."""
        return Ink(self.colour, "bold reverse" if self.style == "reverse" else "bold")

    @property
    def count(self) -> Ink:
        """The ink of how many there are. Red alone is dim on black: what stands out in reverse has its figures bold."""
        return Ink(self.colour, "bold" if self.style == "reverse" else "")

    @property
    def bar(self) -> Ink:
        """The ink of the bar beside the text."""
        return Ink(self.colour)

    @property
    def body(self) -> Ink:
        """The ink of the words. Whole paragraphs in reverse are hard to read: they are bold and underlined."""
        words = {"none": "", "reverse": "bold underline"}
        return Ink(self.colour, words.get(self.style, self.style))


@lru_cache(maxsize=32)
def category_styles(profile: str) -> Mapping[str, CategoryStyle]:
    """The categories of a letter family by id, in the order of their digits; of the first family if it is unknown."""
    # Reading a family's wording takes longer than a frame: the first one does without.
    from parsers.profile import category_table

    table = category_table(profile or None)
    return MappingProxyType(
        {
            c.id: CategoryStyle(c.id, c.label, c.tag, number, c.colour, c.style)
            for number, c in enumerate(table.values(), start=1)
        }
    )


def unknown_category(category: str) -> CategoryStyle:
    """How a category is shown that no profile names: the file was written with one that is not at hand."""
    return CategoryStyle(category, category or "?", "??", 0, "white", "none")


_WITHOUT_ITALICS = ("screen", "linux", "vt", "dumb")


class Palette:
    """Inks to Rich styles."""

    def __init__(self, *, italics: bool = True, colours: Colours = TERMINAL) -> None:
        """`italics` is False where a terminal shows italics as reverse or not at all; they are underlined there."""
        self.colours = colours
        self._italics = italics
        self._styles: dict[Ink, Style] = {}

    def style(self, ink: Ink) -> Style:
        """The Rich style of an ink."""
        made = self._styles.get(ink)
        if made is None:
            made = self._styles[ink] = Style.parse(self._words(ink))
        return made

    def _words(self, ink: Ink) -> str:
        colours = self.colours
        words = ink.style if self._italics else ink.style.replace("italic", "underline")
        if ink.colour == "dim":
            return f"{'dim ' if colours.dims else ''}{words} {colours.faint} on {colours.background}"
        return f"{words} {colours.inks.get(ink.colour, colours.text)} on {colours.background}"


def detect(environ: Mapping[str, str] | None = None, *, colours: str = "", depth: int = 16) -> Palette:
    """What the environment says of the terminal, with a set of colours as far as `depth` colours can show it."""
    environ = os.environ if environ is None else environ
    term = environ.get("TERM", "").strip().lower()
    wanted = fitting(checked(colours), depth, coloured=not environ.get("NO_COLOR"))
    return Palette(italics=not term.startswith(_WITHOUT_ITALICS), colours=wanted)
