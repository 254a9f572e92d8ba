"""A category is told apart by tag, by text style and by colour, whatever the terminal can do."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tui.drawing import AsciiFilter, DefaultColours
from tui.palette import DIM, TEXT, Ink, Palette, category_styles, detect, unknown_category

BLACK = Color(0, 0, 0)


def test_every_category_has_a_tag_and_a_look_of_its_own() -> None:
    styles = list(category_styles("unannounced-cra").values())
    assert [style.tag for style in styles] == ["ST", "MR", "AD", "PA"]
    assert [style.number for style in styles] == [1, 2, 3, 4]
    assert len({style.body.style for style in styles}) == len(styles), "text styles alone tell them apart"
    assert len({style.colour for style in styles}) == len(styles)


def test_the_figures_of_the_gravest_category_stand_out_without_its_colour() -> None:
    styles = category_styles("unannounced-cra").values()
    assert [style.tag for style in styles if style.count.style == "bold"] == ["PA"]
    assert all(style.count.colour == style.colour for style in styles)


def test_a_family_that_nobody_knows_is_shown_all_the_same() -> None:
    assert category_styles("no-such-family").keys() == category_styles("unannounced-cra").keys()
    assert unknown_category("other").tag == "??"


@pytest.mark.parametrize("colour", ["", "dim", "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"])
def test_no_colour_is_dark_blue_and_the_background_is_the_terminals(colour: str) -> None:
    style = Palette().style(Ink(colour, "bold"))
    assert style.color is not None
    assert style.color.name not in {"blue", "black"}
    assert style.bgcolor is not None
    assert style.bgcolor.is_default


@pytest.mark.parametrize(
    ("term", "italic"), [("xterm-256color", True), ("screen.xterm", False), ("linux", False), ("tmux-256color", True)]
)
def test_italics_are_underlined_where_a_terminal_would_reverse_them(term: str, italic: bool) -> None:
    style = detect({"TERM": term}).style(Ink("yellow", "italic"))
    assert (bool(style.italic), bool(style.underline)) == (italic, not italic)


def test_what_the_terminal_does_by_itself_is_not_sent() -> None:
    palette = Palette()
    plain, green, dim = DefaultColours().apply(
        [
            Segment("a", palette.style(TEXT)),
            Segment("b", palette.style(Ink("green"))),
            Segment("c", palette.style(DIM)),
        ],
        BLACK,
    )
    assert plain.style == Style()
    assert green.style == Style.parse("green")
    assert dim.style == Style.parse("dim")


def test_ascii_is_as_wide_as_what_it_stands_for() -> None:
    (drawn,) = AsciiFilter().apply([Segment("┌ √ é 中 “so” └█")], BLACK)
    assert drawn.text == '+ v ? ?? "so" +#'
