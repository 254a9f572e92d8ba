"""Widgets that paint only what has changed.

Whatever part of a screen has changed, the framework asks all widgets on it for all their lines, and sends each line
through the filters again. Most of what a key costs on a screen of panes would be that. So these widgets keep the lines
that they have painted, and paint again only what was refreshed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Self

from textual.color import TRANSPARENT
from textual.filter import LineFilter
from textual.geometry import NULL_SIZE, NULL_SPACING, Region, Size, Spacing
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    _Base = Widget
else:
    _Base = object


class Ground(_Base):
    """What lies under other widgets, a screen or a container. To be named before the class whose painting it keeps.

    It is no widget by itself: style sheets follow only the first of a class's bases that is one.
    """

    _ground: list[Strip]
    _ground_crop: Region | None = None

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint it again."""
        self._ground_crop = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of this part, as they were where it was not refreshed since."""
        if crop != self._ground_crop:
            self._ground, self._ground_crop = super().render_lines(crop), crop
        return self._ground


class PaintedLines(Widget):
    """A widget of lines, each as `render_line` gives it: neither frame nor padding is taken from a style sheet."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._painted: list[Strip] = []
        self._painted_size: Size = NULL_SIZE
        self._to_paint: set[int] = set()
        self._behind = TRANSPARENT

    @property
    def gutter(self) -> Spacing:
        """None; the framework would look for it with every refresh."""
        return NULL_SPACING

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint the lines of these regions again, or all."""
        if regions and repaint:
            for region in regions:
                self._to_paint.update(region.line_range)
        elif repaint:
            self._painted_size = NULL_SIZE
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of this part, those that were not refreshed as they were."""
        size = self.outer_size
        if size != self._painted_size:
            self._behind = self.background_colors[1]
            self._painted_size, self._painted = size, [Strip.blank(0)] * size.height
            self._to_paint = set(range(size.height))
        if self._to_paint:
            filters = self.get_line_filters()
            for y in self._to_paint:
                if y < size.height:
                    self._painted[y] = self._filtered(self.render_line(y), filters)
            self._to_paint = set()
        if crop.size == size:
            return self._painted
        return [strip.crop(crop.x, crop.right) for strip in self._painted[crop.y : crop.bottom]]

    def begin_lines(self, starts: Mapping[int, Strip]) -> None:
        """Begin these lines with other cells than they do; the rest of them stays as it is painted."""
        if self._painted_size != self.outer_size or not self._to_paint.isdisjoint(starts):
            self.refresh(*(Region(0, y, start.cell_length, 1) for y, start in starts.items()))
            return
        filters = self.get_line_filters()
        for y, start in starts.items():
            rest = self._painted[y].crop(start.cell_length)
            self._painted[y] = Strip.join([self._filtered(start, filters), rest])
        super().refresh(*(Region(0, y, start.cell_length, 1) for y, start in starts.items()))

    def _filtered(self, strip: Strip, filters: Sequence[LineFilter]) -> Strip:
        for each in filters:
            strip = strip.apply_filter(each, self._behind)
        return strip
