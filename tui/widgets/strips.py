"""The one place where text becomes cells of the screen: every pane and every line goes through it.

Texts are made visible long before, where their widths are counted; what was forgotten there is made visible here. No
text is ever read as markup: a strip is made of segments, each with its style.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from parsers.display import visible
from tui.paint import Line, joined
from tui.palette import TEXT, Palette


def strip(line: Line, palette: Palette, width: int) -> Strip:
    """A line of runs as a strip of exactly `width` cells."""
    style = palette.style
    made = Strip([Segment(visible(run.text), style(run.ink)) for run in joined(line)])
    return made.adjust_cell_length(width, style(TEXT))
