"""The text of a letter, its findings highlighted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from tui.kept import Kept
from tui.paint import ItemKind, Preview, Row, Sheet, Subject, Title
from tui.paint_letter import paint_letter
from tui.palette import Palette
from tui.side import Side
from tui.widgets.line_pane import LinePane, Spot
from tui.wording import letter_title

if TYPE_CHECKING:
    from curation.review import MetadataEntry
    from parsers.letter import Span


class LetterPane(LinePane):
    """Shows a side's letter as it stands. A value of its metadata is found where the letter says it."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(palette, id=id)
        self._metadata: Mapping[str, MetadataEntry] = MappingProxyType({})
        self._kept: Kept[tuple[Row, ...]] = Kept()

    def place_of(self, spot: Spot) -> int | None:
        """The item that a name means here: for metadata the line where the letter says it."""
        if spot[0] is not ItemKind.METADATA:
            return super().place_of(spot)
        span = self.span_of(spot)
        return None if span is None else self.sheet.place_at(span.start)

    def span_of(self, spot: Spot) -> Span | None:
        """Where the letter says a value of its metadata; None where that is not known, and for anything else."""
        entry = self._metadata.get(spot[1]) if spot[0] is ItemKind.METADATA else None
        return None if entry is None else entry.span

    def show_side(self, side: Side, *, preview: Preview | None = None, at: Spot | None = None) -> None:
        """Show the side as it is now. It begins on the first finding, as the list does."""
        if not self.sheet.items:
            self._kept = Kept()
        if not self.sheet.items and at is None and side.review.findings:
            at = ItemKind.FINDING, side.review.findings[0].id
        self._metadata = side.review.metadata
        self.show(
            partial(_paint, side.subject(preview), side, self._kept),
            title=Title(
                letter_title(side.review),
                f" · {side.review.source.path}",
                shorter=letter_title(side.review, short=True),
            ),
            at=at,
        )


def _paint(subject: Subject, side: Side, kept: Kept[tuple[Row, ...]], width: int) -> Sheet:
    return paint_letter(subject, side.regions, width, kept)
