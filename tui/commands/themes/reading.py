"""`recto themes list`, `show` and `log`: what the codebook says, and what was changed in it."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from curation.codebook import Codebook, Theme
from curation.codebook.edits import known
from curation.codebook.history import next_redo, next_undo
from curation.workspace import Workspace
from parsers.jsonl import dumps
from tui.commands import EXIT_DONE
from tui.commands.arguments import action, add_format, add_path
from tui.output import emit

if TYPE_CHECKING:
    from tui.commands.arguments import Actions

_WIDTH = 100


def add(actions: Actions) -> None:
    """Add these actions to the command."""
    listing = action(actions, "list", "all themes, by group (the default)", "recto themes list letters/", do=print_list)
    showing = action(
        actions,
        "show",
        "all that the codebook says of one theme",
        "recto themes show supervision --format jsonl",
        do=print_theme,
    )
    showing.add_argument("theme", metavar="THEME", help="a theme's id")
    log = action(
        actions, "log", "what was changed in the codebook, oldest first", "recto themes log letters/", do=print_log
    )
    for parser in (listing, showing, log):
        add_path(parser)
        add_format(parser)


def print_list(args: argparse.Namespace) -> int:
    """Print all themes."""
    codebook = Workspace.find(args.path).codebook()
    if args.format == "jsonl":
        for theme in codebook.themes.values():
            emit(dumps(_plain(theme)))
    else:
        emit("\n".join(_listed(codebook)))
    return EXIT_DONE


def print_theme(args: argparse.Namespace) -> int:
    """Print one theme. Raises Refused if there is none of that id."""
    theme = known(Workspace.find(args.path).codebook(), args.theme)
    if args.format == "jsonl":
        emit(dumps(_plain(theme)))
    else:
        emit("\n".join(_described(theme)))
    return EXIT_DONE


def print_log(args: argparse.Namespace) -> int:
    """Print the steps of the codebook, and what undo and redo would do."""
    codebook = Workspace.find(args.path).codebook()
    for step in codebook.history:
        if args.format == "jsonl":
            themes = [change.theme for change in step.changes]
            row = {"revision": step.number, "at": step.at.isoformat(), "by": step.by, "what": step.what}
            emit(dumps({**row, "themes": themes}))
        else:
            emit(f"{step.number:>4}  {step.at.astimezone():%Y-%m-%d %H:%M}  {step.by:<12}  {step.what}")
    if args.format == "text":
        back, again = next_undo(codebook), next_redo(codebook)
        emit(f"undo would take back: {back.what}" if back else "there is nothing to undo")
        if again:
            emit(f"redo would do again: {again.what}")
    return EXIT_DONE


def _plain(theme: Theme) -> dict[str, Any]:
    return {
        "id": theme.id,
        "label": theme.label,
        "group": theme.group,
        "definition": theme.definition,
        "use_when": theme.use_when,
        "avoid_when": theme.avoid_when,
        "example": theme.example,
        "not_example": theme.not_example,
        "phrases": list(theme.phrases),
        "archived": theme.archived,
        "merged_into": theme.merged_into,
    }


def _listed(codebook: Codebook) -> Iterator[str]:
    width = max((len(theme_id) for theme_id in codebook.themes), default=0)
    for group in dict.fromkeys(theme.group for theme in codebook.themes.values()):
        yield group or "no group"
        for theme in codebook.themes.values():
            if theme.group == group:
                yield f"  {theme.id:<{width}}  {theme.label}{_state(theme)}"


def _state(theme: Theme) -> str:
    if theme.merged_into:
        return f" (merged into {theme.merged_into})"
    return " (archived)" if theme.archived else ""


def _described(theme: Theme) -> Iterator[str]:
    yield f"{theme.id}: {theme.label}{_state(theme)}"
    for name, words in (
        ("group", theme.group),
        ("definition", theme.definition),
        ("use when", theme.use_when),
        ("avoid when", theme.avoid_when),
        ("example", theme.example),
        ("not", theme.not_example),
        ("phrases", ", ".join(theme.phrases)),
    ):
        if words:
            lead = f"  {name:<12}"
            yield from textwrap.wrap(words, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))
