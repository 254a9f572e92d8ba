"""The names of the four panes of a review screen, and how they are arranged."""

from __future__ import annotations


class PaneName(str):
    """The id of a pane: `letter-0` or `findings-1`."""

    __slots__ = ()

    @property
    def side(self) -> int:
        """Which of the two letters it shows."""
        return int(self.rpartition("-")[2])

    @property
    def of_text(self) -> bool:
        """Whether it shows the letter's text; else its findings."""
        return self.startswith("letter")


T0, F0, T1, F1 = map(PaneName, ("letter-0", "findings-0", "letter-1", "findings-1"))
ALL = (T0, F0, T1, F1)
ARRANGEMENTS = {
    1: ((T0, F0), (F0,), (T0,)),
    2: ((F0, F1), (T0, F0), (T1, F1), (T0, T1)),
}
"""For one letter and for two: the panes side by side, in the order in which `v` goes through them."""
