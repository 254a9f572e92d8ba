"""Alike findings, and why a finding is one: what the other letters and the parser say."""

from __future__ import annotations

from textual.app import App, SuspendNotSupported

from curation import settings
from curation.about import authority
from curation.operations import Refused
from tui.paint import ItemKind
from tui.palette import unknown_category
from tui.quoting import print_and_wait, quotation
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

    # copying

    def action_copy(self) -> None:
        """The quotation with its source, by the way that the settings say."""
        finding = self.needs_finding()
        if finding is None:
            return
        side = self.side
        style = side.styles.get(finding.category) or unknown_category(finding.category)
        words = quotation(side.review, finding, style)
        try:
            if settings.clipboard() == "osc52":
                # The app's own keeps what is cut in a field inside the app.
                App.copy_to_clipboard(self.app, words)
                self.tell(f"Sent to the terminal's clipboard, {len(words)} characters; a terminal may refuse it.")
                return
            with self.app.suspend():
                print_and_wait(words)
        except SuspendNotSupported:
            self.tell("This terminal can't leave the full screen: nothing was copied.")
        except (Refused, OSError) as error:
            self.tell(str(error), trouble=True)
        else:
            self.tell('Not copied by itself: the setting clipboard = "osc52" does that where the terminal allows it.')

    # before

    def action_followup(self) -> None:
        """What became of the areas that an earlier letter raised."""
        from tui.screens.followup import FollowupScreen

        screen, side = FollowupScreen(self.context, self.side), self.side

        def back(_: str | None) -> None:
            self.show_side(side)
            if side.session is not None:
                self.warn(side)
            if screen.answer.finding:
                self.to_finding(screen.answer.finding)
            self.follow()
            self.settle()
            if screen.answer.beside:
                self._open_alike(screen.answer.beside)

        self.app.push_screen(screen, back)

    # why

    def action_why(self) -> None:
        finding = self.needs_finding()
        if finding is not None:
            lines = why_lines(self.side.letter, self.side.review, finding, self.side.to_check.of(finding.id))
            lines += suggestion_lines(self._advice(finding).hints or ())
            self.app.push_screen(TextScreen(self.context, f"Why {finding.id}", lines))
