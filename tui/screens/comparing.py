"""Alike findings, and why a finding is one: what the other letters and the parser say."""

from __future__ import annotations

from curation.about import authority
from tui.paint import ItemKind
from tui.screens.desk import DeskScreen
from tui.screens.reading import TextScreen
from tui.why import suggestion_lines, why_lines


class ComparingScreen(DeskScreen):
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
        if letter and self.open_beside(letter):
            self.active.aim((ItemKind.FINDING, finding))
            self.active.once_painted(self._moved)
        self.settle()

    # why

    def action_why(self) -> None:
        finding = self.needs_finding()
        if finding is not None:
            lines = why_lines(self.side.letter, self.side.review, finding, self.side.to_check.of(finding.id))
            lines += suggestion_lines(self._advice(finding).hints or ())
            self.app.push_screen(TextScreen(self.context, f"Why {finding.id}", lines))
