"""Panes by key, and letters put on the desk and taken off it. Which letters there are is said in `tui.screens.desk`."""

from __future__ import annotations

from tui.actions import key_of
from tui.panes import ALL, FOR_THREE, MOST_LETTERS, pane_name
from tui.screens.browsing import BrowsingScreen
from tui.side import Side


class ArrangingScreen(BrowsingScreen):
    """Which panes are in view, and which letters they show."""

    # panes by key

    def action_other_pane(self) -> None:
        """The next pane of this arrangement; where one is shown at a time, it takes the other's place."""
        names = self.layouts[self._layout_number]
        if len(names) == 1:
            self.say(f"There is one pane; {key_of('change-panes')} shows two.")
        before = self.shown()
        self._active = names[(names.index(self._active) + 1) % len(names)]
        if self.shown() != before:
            self.arrange_panes()
            return
        for name in names:
            self.pane(name).set_active(name == self._active)
        self.settle()

    def action_change_panes(self) -> None:
        """The next arrangement; the cursor's letter stays if it is in it."""
        self._layout_number = (self._layout_number + 1) % len(self.layouts)
        names = self.layouts[self._layout_number]
        if self._active not in names:
            same = [name for name in names if name.side == self._active.side]
            self._active = (same or list(names))[0]
        self.arrange_panes()

    def action_follow(self) -> None:
        """In a letter's own two panes, or between two letters."""
        pair = len({name.side for name in self.layouts[self._layout_number]}) > 1
        if pair:
            self._follow_letter = not self._follow_letter
        else:
            self._follow_text = not self._follow_text
        on = self._follow_letter if pair else self._follow_text
        self.say(f"The other pane {'follows' if on else 'stays where it is'}.")
        self._moved()

    def go_to_text(self) -> None:
        """To the text of the cursor's letter, in the first arrangement that shows it."""
        wanted = pane_name(self._active.side, of_text=True)
        if wanted not in self.layouts[self._layout_number]:
            self._layout_number = next(n for n, names in enumerate(self.layouts) if wanted in names)
        self._active = wanted
        self.arrange_panes()

    # letters

    def put_beside(self, side: Side) -> None:
        """Show another letter beside the first, and go to it: a third where there is room, else in the last's place."""
        room = MOST_LETTERS if self.size.width >= FOR_THREE else 2
        self.put_at(side, min(len(self.sides), room - 1))
        self._layout_number = 0
        self._active = pane_name(self.sides.index(side), of_text=False)
        self.arrange_panes()

    def put_at(self, side: Side, number: int) -> None:
        """Show a letter in the place of another, or as one more."""
        self.visited[side.key] = side
        self.left_behind += self.sides[number : number + 1]
        self.sides[number : number + 1] = [side]
        for name in ALL:
            if name.side == number:
                self.pane(name).forget()
        self.show_side(side)

    def take_off(self, number: int) -> None:
        """Show one letter less; those after it move up."""
        self.left_behind.append(self.sides.pop(number))
        for name in ALL:
            if name.side >= number:
                self.pane(name).forget()
        for side in self.sides[number:]:
            self.show_side(side)
        self._layout_number = 0
        self._active = pane_name(min(number, len(self.sides) - 1), of_text=False)
        self.arrange_panes()
