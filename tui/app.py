"""The app: how it looks, what it hands to its screens, and how it ends. All else is in the screens."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.segment import Segment, Segments
from textual import constants
from textual.filter import LineFilter
from textual.theme import BUILTIN_THEMES, Theme

from parsers.display import visible
from tui import signals
from tui.colours import Colours
from tui.context import Context, Opening
from tui.drawing import AsciiFilter, DefaultColours
from tui.filling import Filled, Listed, Unusable, WorkspaceReady
from tui.palette import detect
from tui.safety import ControlFilter, tolerate_bad_input
from tui.screens.commanding import CommandScreen
from tui.screens.library import LibraryScreen
from tui.taking_turns import TakingTurns
from tui.waiting import Tidying, share_fairly

if TYPE_CHECKING:
    from curation.workspace import Workspace

NOW_AND_THEN = 2.0
"""Seconds between two looks at the codebook's file."""
_COLOUR_SYSTEMS = ("auto", "truecolor", "256", "standard")
_DEPTHS = {"standard": 16, "256": 256, "truecolor": 1 << 24}
_NAME = "recto"


def _theme(colours: Colours) -> Theme:
    """What the framework's own parts (text fields, frames of boxes) look like."""
    if colours.background == "default":
        # The terminal's own colours; blue is too dark to read on black.
        return replace(BUILTIN_THEMES["ansi-dark"], name=_NAME, primary="ansi_cyan")
    return Theme(
        name=_NAME,
        primary=colours.inks["cyan"],
        foreground=colours.text,
        background=colours.background,
        surface=colours.background,
        panel=colours.background,
        dark=colours.background != "#ffffff",
    )


class RectoApp(TakingTurns[str], inherit_bindings=False):
    """The workbench on one workspace.

    Nothing moves by itself, nothing is coloured by markup, no toast and no command of the framework's own: the
    terminal may be slow and the letters are untrusted.
    """

    # All at once: a style sheet that a screen brings along is parsed together with all others when it is first shown.
    CSS_PATH = ["screens/screens.tcss", "dialogs/dialogs.tcss"]  # noqa: RUF012  (Textual's own form)
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    def __init__(
        self,
        workspace: Workspace | Callable[[], Opening],
        reviewer: str = "",
        *,
        start: Sequence[str] = (),
        ascii_only: bool = False,
        colours: str = "",
        name: str = "",
    ) -> None:
        """An app on a workspace.

        Args:
            workspace: an open one; or what opens one, called in a thread after the first frame.
            reviewer: "" to ask at the first decision.
            start: keys of letters to open at once; without any, the letter that was left last in this workspace.
            ascii_only: draw with ASCII alone.
            colours: the name of a set of colours (`tui.colours`), "" for the terminal's own.
            name: what the workspace is called on the screen.
        """
        # Textual chooses its filter for NO_COLOR in there, before there is a theme: without this it only turns grey.
        super().__init__(ansi_color=True)
        palette = detect(colours=colours, depth=_DEPTHS.get(self.console.color_system or "", 16))
        self.register_theme(_theme(palette.colours))
        self.theme = _NAME
        self.animation_level = "none"
        self._nets: list[LineFilter] = [ControlFilter(), DefaultColours()]
        if ascii_only:
            self._nets.append(AsciiFilter())
        if callable(workspace):
            self._begin = workspace
        else:
            name = name or workspace.root.name
            self._begin = partial(_opened, workspace, reviewer, tuple(start))
        self.context = Context(palette, name)

    def get_default_screen(self) -> LibraryScreen:
        return LibraryScreen(self.context, self._begin)

    def on_mount(self) -> None:
        # After Ctrl+Z in the shell and fg, most of the screen is blank until it is painted again.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh())
        self.set_interval(NOW_AND_THEN, self._now_and_then)

    def _now_and_then(self) -> None:
        """A colleague may have merged a theme: every screen is to say so, not only the one where it was done."""
        if self.context.tidying is not None:
            self.context.tidying.pass_by()
        if self.context.is_open and isinstance(self.screen, CommandScreen):
            self.screen.check_codebook()

    # The library's thread speaks to the app, and the app to the library.

    @property
    def _library(self) -> LibraryScreen:
        library = self.screen_stack[0]
        assert isinstance(library, LibraryScreen)
        return library

    def on_workspace_ready(self, event: WorkspaceReady) -> None:
        self._library.begin(event)

    def on_listed(self, event: Listed) -> None:
        self._library.list_letters(event)

    def on_filled(self, event: Filled) -> None:
        self._library.fill_in(event)

    def on_unusable(self, event: Unusable) -> None:
        self.exit(result=event.why, return_code=2)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and the net under everything."""
        return [*super().get_line_filters(), *self._nets]

    def copy_to_clipboard(self, text: str) -> None:
        """Keep it in the app: nothing is sent to the clipboard of whoever sits at the terminal."""
        self._clipboard = text

    def _fatal_error(self) -> None:
        """End with a short message; the framework's report would print local variables, and so the letter's text."""
        from tui import crash

        if self._exception is not None:
            words = crash.words(self._exception, crash.write_report(self._exception))
            self._exit_renderables.append(Segments([Segment(f"{words}\n")]))
        self._close_messages_no_wait()


def _opened(workspace: Workspace, reviewer: str, start: Sequence[str]) -> Opening:
    from tui.starting import opened

    return opened(workspace, reviewer, start)


def run_workbench(
    paths: Sequence[Path],
    *,
    reviewer: str | None,
    ascii_only: bool = False,
    mouse: bool = False,
    colours: str = "",
) -> int:
    """Open the workbench on a folder, or on letters of one workspace, and return the exit status.

    The reviewer is `reviewer`, else `RECTO_REVIEWER`, else who the settings say; else asked at the first decision.
    """

    def begin() -> Opening:
        from tui.starting import open_paths

        return open_paths(paths, reviewer)

    if constants.COLOR_SYSTEM not in _COLOUR_SYSTEMS:
        # From TEXTUAL_COLOR_SYSTEM; a name that Rich does not know would end the app at once.
        constants.COLOR_SYSTEM = "auto"  # type: ignore[misc]  # meant to be constant
    tolerate_bad_input()
    share_fairly()
    context: list[Context] = []
    signals.end_on_hangup(sys.stderr.fileno(), lambda: [one.remember_place() for one in context])
    folder = paths[0] if paths[0].is_dir() else paths[0].parent
    app = RectoApp(begin, ascii_only=ascii_only, colours=colours, name=visible(folder.resolve().name))
    app.context.tidying = Tidying()
    context.append(app.context)
    if trouble := app.run(mouse=mouse):
        sys.stderr.write(f"recto: {visible(trouble)}\n")
    return app.return_code or 0
