"""What is to check, one after another: findings with a doubt or a question, and what is doubted about the letter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from parsers.letter import Doubt
from tui import paint_info
from tui.context import Context, Landing
from tui.paint import ItemKind, Line
from tui.screens.moving import MovingScreen
from tui.scrolling import next_finding
from tui.side import Side
from tui.widgets.line_pane import Spot

_Place = tuple[int, str]
"""A code point of the letter, and the code of a doubt that begins there; "" for a finding."""


class CheckingScreen(MovingScreen):
    """Goes to the next thing to check: to a finding in the active pane, to any other place in the text."""

    def __init__(self, context: Context, sides: Sequence[Side], landing: Landing | None = None) -> None:
        super().__init__(context, sides, landing)
        self._taken_to: tuple[Doubt, Spot] | None = None

    @property
    def own_doubt(self) -> Doubt | None:
        """The open doubt about the letter itself that the cursor was taken to, as long as it stays there."""
        doubt = self._last_own()
        return doubt if doubt is not None and doubt in self.side.to_check.of(None) else None

    def _last_own(self) -> Doubt | None:
        item = self.active.item
        if self._taken_to is None or item is None or (item.kind, item.key) != self._taken_to[1]:
            return None
        return self._taken_to[0]

    def action_next_doubt(self) -> None:
        if not self.to_doubt(1):
            self.say("Nothing more to check below.")
            self._moved()

    def action_previous_doubt(self) -> None:
        if not self.to_doubt(-1):
            self.say("Nothing more to check above.")
            self._moved()

    def to_doubt(self, step: int) -> bool:
        """Go to the next thing to check (or with -1 to the one before), in the order of the text. False if none is."""
        place = next_finding(self.active.sheet.items, self.active.cursor, step, self._doubtful())
        own = self._next_own(step)
        if own is not None and (place is None or step * self._before(own, place) < 0):
            self.go_to_text()
            self.active.once_painted(partial(self._stand_at, own))
        elif place is not None:
            self.active.move_to(place)
            self._moved()
        return own is not None or place is not None

    def _doubtful(self) -> frozenset[str]:
        asked = {f.id for f in self.side.review.findings if f.question}
        unplaced = {u.finding.id for u in self.side.review.tray()}
        return frozenset(asked | unplaced | set(self.side.to_check.findings))

    def _next_own(self, step: int) -> Doubt | None:
        here = self._here()
        ahead = [d for d in self.side.to_check.of(None) if step * _order((d.span.start, d.code), here) > 0]
        return (min if step > 0 else max)(ahead, key=lambda d: (d.span.start, d.code), default=None)

    def _here(self) -> _Place:
        """Where the cursor stands in the letter; before all of it on a row that is none of its text."""
        own, item = self._last_own(), self.active.item
        if own is not None:
            return own.span.start, own.code
        if item is None or item.kind is ItemKind.METADATA:
            return -1, ""
        return self._start_of(self.active.cursor), ""

    def _start_of(self, place: int) -> int:
        """Where in the letter an item of the active pane begins; behind all of it for what has no place there."""
        item, sheet = self.active.sheet.items[place], self.active.sheet
        finding = self.side.find(item.key) if item.kind is ItemKind.FINDING else None
        if finding is not None:
            return finding.spans[0].start
        offsets = (row.offsets[0] for row in sheet.rows[item.first : item.last] if row.offsets)
        return next(offsets, len(self.side.letter.text))

    def _before(self, own: Doubt, place: int) -> int:
        """Below 0 where the doubt comes before the item, above 0 where it comes behind it."""
        return _order((own.span.start, own.code), (self._start_of(place), ""))

    def _stand_at(self, doubt: Doubt) -> None:
        self.active.move_to_offset(doubt.span.start)
        item = self.active.item
        self._taken_to = (doubt, (item.kind, item.key)) if item is not None else None
        self._moved()

    def follow(self) -> None:
        """As ever; the place of a doubt about the letter itself is marked in the text."""
        super().follow()
        own = self.own_doubt
        if own is not None:
            self.active.mark(own.span)

    def last_line(self) -> Line:
        """What is to check here."""
        own = self.own_doubt
        if own is None:
            return super().last_line()
        return paint_info.check(self.side.review, (own,), self.side.to_check.count, on_finding=False, on_doubt=True)


def _order(first: _Place, second: _Place) -> int:
    return (first > second) - (first < second)
