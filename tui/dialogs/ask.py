"""A question that is answered by typing: a name, a note, words to find."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, TextArea

from parsers.display import visible
from tui.actions import Place, bindings, footer, key_of
from tui.dialogs.typing import TypingScreen
from tui.paint import Run
from tui.paint_info import keys, message
from tui.paint_text import hanging
from tui.palette import DIM, STRONG, TEXT, Palette
from tui.widgets.info_lines import InfoLines

DRAFT_EVERY = 2.0
"""Seconds after which what was typed meanwhile is drafted."""


class AskScreen(TypingScreen[str | None]):
    """Gives back what was typed, None if it was left."""

    BINDINGS = bindings(Place.ASK, priority=True)

    def __init__(
        self,
        palette: Palette,
        question: str,
        answer: str = "",
        *,
        why: str = "",
        lines: bool = False,
        does: str = "keep",
        check: Callable[[str], str] | None = None,
        draft: Callable[[str], str] | None = None,
    ) -> None:
        """A question.

        Args:
            palette: inks to styles.
            question: what is asked.
            answer: what the field holds at first.
            why: a second line under the question.
            lines: whether the answer may have several lines.
            does: what enter does with the answer, in a word.
            check: says what is wrong with an answer, "" if nothing is; a wrong one is not given back.
            draft: keeps what is half written, and says what went wrong, "" if nothing did. A text that is drafted is
                left only after asking once.
        """
        super().__init__()
        self.palette = palette
        self._question = question
        self._answer = answer
        self._why = why
        # An Input shows one line and would lose the others unseen.
        self._lines = lines or len(answer.splitlines()) > 1
        self._does = does
        self._check, self._draft = check, draft
        self._drafted = answer
        self._asked_to_leave = self._said_wrong = False
        self._below = why, False
        self._said_of = ""

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
        self._show_words()
        if self._draft is not None:
            self.set_interval(DRAFT_EVERY, self._keep_draft)

    def _say(self, words: str, *, trouble: bool = False) -> None:
        """Words under the question."""
        self._below = words, trouble
        self._show_words()

    def _show_words(self) -> None:
        """The question and what is said of it, as many rows as that takes: neither is known from elsewhere."""
        shown = self.query_one("#question", InfoLines)
        words, trouble = self._below
        below = message(words, trouble=True) if trouble else (Run(" ", TEXT), Run(visible(words), DIM))
        asked = (Run(" ", TEXT), Run(visible(self._question), STRONG))
        lines = [row for line in (asked, below) for row in hanging(line, shown.size.width or self.app.size.width)]
        shown.styles.height = len(lines)
        shown.show(lines)

    @property
    def typed(self) -> str:
        """What the field holds."""
        field = self.query_one("#field")
        return field.text if isinstance(field, TextArea) else field.value if isinstance(field, Input) else ""

    def _keep_draft(self) -> None:
        if self._draft is not None and self.typed != self._drafted:
            self._drafted = self.typed
            if trouble := self._draft(self.typed):
                self._say(trouble, trouble=True)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _changed(self) -> None:
        """Whoever goes on writing does not want to leave, and mends what was wrong."""
        # In a burst of keys, word of what was typed comes after the key that ended it.
        if (self._asked_to_leave or self._said_wrong) and self.typed != self._said_of:
            self._asked_to_leave = self._said_wrong = False
            self._say(self._why)

    def on_resize(self) -> None:
        """The words and the line of keys fit their new width."""
        self.call_after_refresh(self._show_words)
        self.call_after_refresh(self._show_keys)

    def _show_keys(self) -> None:
        line = self.query_one("#box-keys", InfoLines)
        pairs = tuple(
            (key, self._does if label == "keep" else label)
            for key, label in footer(Place.ASK)
            if self._lines or label != "new line"
        )
        line.show([keys(pairs, line.size.width)])

    def action_keep(self) -> None:
        self.entered()

    def entered(self) -> None:
        """Give back what was typed, unless something is wrong with it."""
        if self._check is not None and (wrong := self._check(self.typed)):
            self._said_wrong, self._said_of = True, self.typed
            self._say(wrong, trouble=True)
        else:
            self._give(self.typed)

    def action_new_line(self) -> None:
        field = self.query_one("#field")
        if isinstance(field, TextArea):
            field.insert("\n")

    def action_leave(self) -> None:
        self.left()

    def left(self) -> None:
        """Leave; what was drafted only after asking once."""
        if self._draft is not None and self.typed != self._answer and not self._asked_to_leave:
            self._asked_to_leave, self._said_of = True, self.typed
            self._say(f"{key_of('leave')} again throws away what was typed; {key_of('keep')} keeps it", trouble=True)
        else:
            self._give(None)

    def _give(self, answer: str | None) -> None:
        """The end: what is given back is no draft any more, and none may be kept after it."""
        self._draft = None
        self.dismiss(answer)
