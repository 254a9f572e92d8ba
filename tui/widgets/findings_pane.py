"""The findings of a letter, under its metadata."""

from __future__ import annotations

from functools import partial

from tui.kept import Kept
from tui.paint import ItemKind, Preview, Row, Title
from tui.paint_tray import paint_all
from tui.palette import Palette
from tui.side import Side
from tui.widgets.line_pane import LinePane, Spot
from tui.wording import letter_title


def side_title(side: Side) -> Title:
    """`Eastmarch County Council · 1 Dec 2010 · seen 7/19`; the count is never cut, the council's name may be."""
    review = side.review
    seen = sum(f.seen for f in review.findings)
    state = {"handed-in": " · handed in", "agreed": " · agreed"}.get(review.state, "")
    rest = f" · seen {seen}/{len(review.findings)}{state}"
    return Title(letter_title(review), rest, shorter=letter_title(review, short=True))


class FindingsPane(LinePane):
    """Shows a side's findings. It begins on the first finding with its heading; the metadata is above."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(palette, id=id)
        self._kept: Kept[tuple[Row, ...]] = Kept()

    def show_side(self, side: Side, *, preview: Preview | None = None, at: Spot | None = None) -> None:
        """Show the side as it is now."""
        fresh = not self.sheet.items
        if fresh:
            self._kept = Kept()
        if fresh and at is None and side.review.findings:
            at = ItemKind.FINDING, side.review.findings[0].id
        paint = partial(paint_all, side.subject(preview), kept=self._kept)
        self.show(paint, title=side_title(side), at=at, lead=1 if fresh else None)
