"""A question that is answered by typing: a name, a note, words to find."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, TextArea

from tui.actions import Place, bindings, footer
from tui.dialogs.typing import TypingScreen
from tui.paint import Run
from tui.paint_info import keys
from tui.palette import DIM, STRONG, Palette
from tui.widgets.info_lines import InfoLines


class AskScreen(TypingScreen[str | None]):
    """Gives back what was typed, None if it was left. With `lines` the answer may have several lines."""

    BINDINGS = bindings(Place.ASK, priority=True)

    def __init__(
        self, palette: Palette, question: str, answer: str = "", *, why: str = "", lines: bool = False
    ) -> None:
        super().__init__()
        self.palette = palette
        self._question = question
        self._answer = answer
        self._why = why
        # An Input shows one line and would lose the others unseen.
        self._lines = lines or len(answer.splitlines()) > 1

    def compose(self) -> ComposeResult:
        with Vertical(id="box", classes="ask"):
            yield InfoLines(self.palette, id="question")
            yield self._field()
            yield InfoLines(self.palette, id="box-keys")

    def _field(self) -> Input | TextArea:
        if self._lines:
            area = TextArea(self._answer, id="field", soft_wrap=True, tab_behavior="focus")
            area.cursor_blink = False
            area.move_cursor(area.document.end)
            return area
        field = Input(self._answer, id="field", select_on_focus=False)
        field.cursor_blink = False
        return field

    def on_mount(self) -> None:
        question = self.query_one("#question", InfoLines)
        question.show([(Run(f" {self._question}", STRONG),), (Run(f" {self._why}", DIM),)])
        self.call_after_refresh(self._show_keys)

    def on_resize(self) -> None:
        """The line of keys fits its new width."""
        self.call_after_refresh(self._show_keys)

    def _show_keys(self) -> None:
        line = self.query_one("#box-keys", InfoLines)
        pairs = [pair for pair in footer(Place.ASK) if self._lines or pair[1] != "new line"]
        line.show([keys(pairs, line.size.width)])

    def action_keep(self) -> None:
        self.entered()

    def entered(self) -> None:
        """Give back what was typed."""
        field = self.query_one("#field")
        self.dismiss(field.text if isinstance(field, TextArea) else field.value if isinstance(field, Input) else "")

    def action_new_line(self) -> None:
        field = self.query_one("#field")
        if isinstance(field, TextArea):
            field.insert("\n")

    def action_leave(self) -> None:
        self.dismiss(None)
