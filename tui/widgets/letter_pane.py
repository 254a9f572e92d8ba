"""The text of a letter, its findings highlighted."""

from __future__ import annotations

from functools import partial

from tui.paint import ItemKind, Preview, Sheet, Subject
from tui.paint_letter import paint_letter
from tui.side import Side
from tui.widgets.line_pane import LinePane, Spot
from tui.wording import letter_title


class LetterPane(LinePane):
    """Shows a side's letter as it stands."""

    def show_side(self, side: Side, *, preview: Preview | None = None, at: Spot | None = None) -> None:
        """Show the side as it is now. It begins on the first finding, as the list does."""
        if not self.sheet.items and at is None and side.review.findings:
            at = ItemKind.FINDING, side.review.findings[0].id
        self.show(
            partial(_paint, side.subject(preview), side),
            title=f"{letter_title(side.review)} · {side.review.source.path}",
            at=at,
        )


def _paint(subject: Subject, side: Side, width: int) -> Sheet:
    return paint_letter(subject, side.regions, width)
