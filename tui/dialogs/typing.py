"""Dialogs that are typed into, and what was typed before they were ready."""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.screen import ModalScreen

Answer = TypeVar("Answer")


_EDITING = {
    "backspace": "action_delete_left",
    "delete": "action_delete_right",
    "left": "action_cursor_left",
    "right": "action_cursor_right",
}


class TypingScreen(ModalScreen[Answer], inherit_bindings=False):
    """A dialog with one text field, `#field`.

    On a slow line keys arrive in bursts: `/`, the words and enter in one packet. Keys that come while the dialog is
    still being built are kept, typed when it is ready, and never run as commands of the screen below.
    """

    AUTO_FOCUS = ""
    # What is left of the screen beside a box of 76 columns at 80 are scraps of words.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (84, "-beside")]  # noqa: RUF012  (Textual's own form)

    def __init__(self) -> None:
        super().__init__()
        self._ready = False
        self._ahead: list[events.Key] = []

    def on_mount(self) -> None:
        self.call_after_refresh(self._begin)

    def type_ahead(self, event: events.Key) -> None:
        """Take a key that came before the field had the focus."""
        if self._ready:
            self._type(event)
        else:
            self._ahead.append(event)

    def _begin(self) -> None:
        """The field is there: type what came before it, then let it take the keys itself."""
        self._ready = True
        for event in self._ahead:
            self._type(event)
        self.query_one("#field").focus()

    def _type(self, event: events.Key) -> None:
        # Text fields are loaded with the first dialog.
        from textual.widgets import Input, TextArea

        field = self.query_one("#field")
        if event.key == "enter":
            self.entered()
        elif event.key == "escape":
            self.left()
        elif event.key in _EDITING:
            getattr(field, _EDITING[event.key])()
        elif event.character and event.is_printable:
            if isinstance(field, Input):
                field.insert_text_at_cursor(event.character)
            elif isinstance(field, TextArea):
                field.insert(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Text that was pasted before the field had the focus belongs to it; nothing of it runs as keys."""
        from textual.widgets import Input, TextArea

        event.stop()
        field = self.query_one("#field")
        if isinstance(field, Input):
            field.insert_text_at_cursor("".join(event.text.splitlines()[:1]))
        elif isinstance(field, TextArea):
            field.insert(event.text)

    def entered(self) -> None:
        """What enter does."""
        raise NotImplementedError

    def left(self) -> None:
        """What escape does."""
        self.dismiss(None)
