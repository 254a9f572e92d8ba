"""The names of the panes of a review screen, and how they are arranged."""

from __future__ import annotations

MOST_LETTERS = 3
WIDE = 100
"""Columns from which two panes stand side by side."""
FOR_THREE = 150
"""Columns from which three do."""


class PaneName(str):
    """The id of a pane: `letter-0` or `findings-1`."""

    __slots__ = ()

    @property
    def side(self) -> int:
        """Which of the letters it shows."""
        return int(self.rpartition("-")[2])

    @property
    def of_text(self) -> bool:
        """Whether it shows the letter's text; else its findings."""
        return self.startswith("letter")


T0, F0, T1, F1, T2, F2 = map(PaneName, ("letter-0", "findings-0", "letter-1", "findings-1", "letter-2", "findings-2"))
ALL = (T0, F0, T1, F1, T2, F2)
ARRANGEMENTS = {
    1: ((T0, F0), (F0,), (T0,)),
    2: ((F0, F1), (T0, F0), (T1, F1), (T0, T1)),
    3: ((F0, F1, F2), (T0, F0), (T1, F1), (T2, F2), (T0, T1, T2)),
}
"""For one letter, two, three: the panes side by side, in the order in which `v` goes through them."""


def pane_name(side: int, *, of_text: bool) -> PaneName:
    """The pane that shows a letter's text, or its findings."""
    return ALL[2 * side + (not of_text)]


def in_view(names: tuple[PaneName, ...], active: PaneName, width: int) -> tuple[PaneName, ...]:
    """Those panes of an arrangement for which so many columns have room; the active one is always among them."""
    room = 3 if width >= FOR_THREE else 2 if width >= WIDE else 1
    first = min(max(names.index(active) - room + 1, 0), max(len(names) - room, 0))
    return names[first : first + room]
