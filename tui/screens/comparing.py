"""Alike findings, a second letter, and why a finding is one: what the other letters and the parser say."""

from __future__ import annotations

from curation.about import authority
from curation.summary import Summary
from parsers.display import visible
from tui.choosing import Choice
from tui.paint import ItemKind
from tui.screens.reading import TextScreen
from tui.screens.theming import ThemingScreen
from tui.side import OPENING_ERRORS, Side
from tui.why import suggestion_lines, why_lines
from tui.wording import day


class ComparingScreen(ThemingScreen):
    """Where else a finding stands, and why it is one."""

    # other letters

    def action_alike(self) -> None:
        finding = self.needs_finding()
        if finding is not None:
            from tui.screens.alike import AlikeScreen, Asked

            asked = Asked(self.side.key, finding.id, authority(self.side.review), finding.category, finding.text)
            self.app.push_screen(AlikeScreen(self.context, asked, self.side.styles), self._open_alike)

    def _open_alike(self, place: str | None) -> None:
        """What was said of pairs changes what is alike; then the finding that was chosen, beside."""
        self.compare_anew()
        letter, _, finding = (place or "").rpartition("#")
        if letter and self._beside(letter):
            self.active.aim((ItemKind.FINDING, finding))
            self.active.once_painted(self._moved)
        self.settle()

    def action_open_beside(self) -> None:
        """A list of letters: the same council's other years first."""
        here = self.sides[0]
        rows = [row for row in self.context.shelf.rows.values() if row.key != here.key]
        own = self.context.shelf.rows.get(here.key)
        rows.sort(key=lambda row: (own is None or row.name != own.name, row.name, row.date is None, row.date))
        if rows:
            self.choose("Open beside", [_letter_choice(row) for row in rows], self._beside, hint="council or file name")
        else:
            self.tell("There is no other letter in this folder.")

    def _beside(self, key: str) -> bool:
        """Show a letter beside the first one. False, and said, if it can't be opened."""
        if key == self.sides[0].key:
            self.tell("That letter is open here already.")
            return False
        side = self.visited.get(key)
        try:
            side = side or Side(self.context.workspace, key, self.context.reviewer)
        except OPENING_ERRORS as error:
            self.tell(f"{key}: {error}", trouble=True)
            return False
        self.put_beside(side)
        self.advise(side)
        self.warn(side)
        return True

    # why

    def action_why(self) -> None:
        finding = self.needs_finding()
        if finding is not None:
            lines = why_lines(self.side.letter, self.side.review, finding, self.side.to_check.of(finding.id))
            lines += suggestion_lines(self._advice(finding).hints or ())
            self.app.push_screen(TextScreen(self.context, f"Why {finding.id}", lines))


def _letter_choice(row: Summary) -> Choice:
    date = day(row.date) if row.date else ""
    return Choice(row.key, visible(row.name), aside=visible(f"{date}  {row.key}"))
