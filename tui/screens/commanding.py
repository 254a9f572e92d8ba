"""What every screen shares: its place, its line of keys and messages, help, the palette, leaving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.geometry import Size
from textual.screen import Screen

from tui import actions
from tui.actions import Place
from tui.choosing import Choice
from tui.context import Context
from tui.paint import Line, Run
from tui.paint_info import keys, message
from tui.paint_text import at_most, hanging
from tui.palette import KEY
from tui.widgets.info_lines import InfoLines
from tui.widgets.painted import Ground

SMALLEST = Size(40, 12)
_MOST = 3
"""Rows that a message may take: what went wrong is named with its place and the way out."""


class CommandScreen(Ground, Screen[str], inherit_bindings=False):
    """A screen whose keys come from the declaration of actions.

    An action ends with `settle`, which shows what it said, or the keys of the place. Whoever opened the screen is told
    at the end what the last of it said.
    """

    AUTO_FOCUS = ""
    home: ClassVar[Place]

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.place = self.home
        self._said: Line = ()
        self._key_rows = 1
        self._asked_to_quit = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the declaration allows in this place."""
        del parameters
        return actions.works(action, self.place)

    def check_codebook(self) -> None:
        """Show what has changed in the codebook, where the screen shows anything of it. Asked now and then."""

    # saying

    def say(self, words: str, *, trouble: bool = False) -> None:
        """Put words where the keys stand, until the next key."""
        self._said = message(words, trouble=trouble)

    def settle(self) -> None:
        """Show what has changed: to be called at the end of every action."""
        line = self.query_one("#keys", InfoLines)
        width = line.outer_size.width
        shown = at_most(_MOST, hanging(self._said, width), width) if self._said else [keys(self.footer(), width)]
        if len(shown) != self._key_rows:
            line.styles.height = self._key_rows = len(shown)
        line.show(shown)

    def tell(self, words: str, *, trouble: bool = False) -> None:
        """Say something outside an action."""
        self.say(words, trouble=trouble)
        self.settle()

    def footer(self) -> tuple[tuple[str, str], ...]:
        """Key and label of what can be done here."""
        return actions.footer(self.place)

    def footer_with(self, action_id: str, label: str) -> tuple[tuple[str, str], ...]:
        """The same with another label, where a key does something else just now."""
        key = actions.key_of(action_id)
        return tuple((k, label if k == key else words) for k, words in actions.footer(self.place))

    # keys that every screen has

    def action_help(self) -> None:
        from tui.help import help_lines
        from tui.screens.reading import TextScreen

        title = f"Help: {self.place.label}"
        self.app.push_screen(TextScreen(self.context, title, help_lines(self.place)))

    def action_palette(self) -> None:
        choices = [
            Choice(a.method, f"{a.label:<16}", Run(f"{actions.keys_of(a):>12}", KEY), aside=a.help, detail=a.help)
            for a in actions.of_place(self.place)
            if not a.passes_key and a.id != "palette"
        ]
        self.choose("Commands", choices, self._run)

    async def _run(self, method: str) -> None:
        await self.run_action(method)

    def action_say_saved(self) -> None:
        self.tell("Every decision is saved as it is made; there is nothing to save.")

    def action_quit(self) -> None:
        if self.asked_once(f"{actions.key_of('quit')} again leaves Recto; all is saved"):
            self.leave_app()

    def asked_once(self, words: str) -> bool:
        """False and the words at the first time; True if the key before this one asked the same."""
        if self._asked_to_quit:
            return True
        self._asked_to_quit = True
        self.tell(words)
        return False

    # leaving

    def close_letters(self) -> str:
        """Save and release what this screen holds; what went wrong in words, "" if nothing did."""
        return ""

    def action_back(self) -> None:
        self.dismiss(self.close_letters())

    def leave_app(self) -> None:
        """End the app with everything saved, also what the screens below this one hold."""
        screens = [screen for screen in reversed(self.app.screen_stack) if isinstance(screen, CommandScreen)]
        if trouble := " ".join(words for screen in screens if (words := screen.close_letters())):
            self.app.exit(result=trouble, return_code=1)
        else:
            self.app.exit()

    def on_key(self, event: events.Key) -> None:
        """Before the key does what it does: what was said is done with, and so is a question that was asked."""
        self._said = ()
        if self.context.tidying is not None:
            self.context.tidying.touch()
        if not self._asks(event):
            self._asked_to_quit = False

    @staticmethod
    def _asks(event: events.Key) -> bool:
        return bool({event.key, event.character} & actions.keys_for("back", "quit"))

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text never runs as keys."""
        event.stop()
        self.tell("Pasted text does nothing here: nothing was changed.")

    # helpers

    def choose(
        self,
        title: str,
        choices: Sequence[Choice],
        then: Callable[[str], object],
        *,
        search: Callable[[str], Sequence[Choice]] | None = None,
        hint: str = "",
    ) -> None:
        """Let the person choose, then go on with the key of the choice; leaving it does nothing."""

        async def chosen(key: str | None) -> None:
            if key is None:
                self.tell("Nothing was changed.")
                return
            result = then(key)
            if hasattr(result, "__await__"):
                await result

        # Text fields are loaded when one is wanted.
        from tui.dialogs.pick import PickScreen

        self.app.push_screen(PickScreen(self.context.palette, title, choices, search=search, hint=hint), chosen)

    def on_resize(self, event: events.Resize) -> None:
        """Below the smallest size, say what is needed and squeeze nothing."""
        size = event.size
        small = size.width < SMALLEST.width or size.height < SMALLEST.height
        self.set_class(small, "-small")
        needed = (Run(f"Recto needs {SMALLEST.width}x{SMALLEST.height}.", KEY),)
        there = (Run(f"This is {size.width}x{size.height}.", KEY),)
        self.query_one("#small", InfoLines).show([needed, there])
        self.call_after_refresh(self.settle)
