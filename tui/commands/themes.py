"""`recto themes`: the codebook of a workspace."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from curation.codebook import Codebook, CodebookError, Theme
from curation.nearest import nearest
from curation.workspace import Workspace
from parsers.jsonl import dumps
from tui.commands import EXIT_DONE, EXIT_REFUSED
from tui.output import complain, emit

NAME = "themes"
_WIDTH = 100


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="the codebook: list, show",
        description="The themes that findings can be about: the workspace's codebook.toml, else the shipped one.",
        epilog="example:\n  recto themes list letters/ --format jsonl\n  recto themes show supervision",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run, action="list", theme=None, path=Path(), format="text")
    actions = parser.add_subparsers(title="actions", metavar="ACTION")
    listing = actions.add_parser(
        "list",
        help="all themes, by group (the default)",
        epilog="example:\n  recto themes list letters/",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    showing = actions.add_parser(
        "show",
        help="all that the codebook says of one theme",
        epilog="example:\n  recto themes show supervision --format jsonl",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    showing.add_argument("theme", metavar="THEME", help="a theme's id")
    for action in (listing, showing):
        action.add_argument(
            "path", nargs="?", type=Path, default=Path(), metavar="PATH", help="the workspace (default: .)"
        )
        action.add_argument("--format", choices=("text", "jsonl"), default="text", help="default: text")
    listing.set_defaults(action="list")
    showing.set_defaults(action="show")


def run(args: argparse.Namespace) -> int:
    """Print the themes asked for; the status is 1 if the codebook can't be used or has no such theme."""
    try:
        codebook = Workspace.find(args.path).codebook()
    except CodebookError as error:
        for problem in error.problems:
            complain(problem)
        return EXIT_REFUSED
    if args.action == "list":
        if args.format == "jsonl":
            for theme in codebook.themes.values():
                print(dumps(_plain(theme)))
        else:
            emit("\n".join(_listed(codebook)))
        return EXIT_DONE
    wanted = codebook.themes.get(args.theme)
    if wanted is None:
        near = nearest(args.theme, codebook.themes)
        complain(f"no theme {args.theme}" + (f"; the nearest is {near}" if near else "; the codebook has none"))
        return EXIT_REFUSED
    if args.format == "jsonl":
        print(dumps(_plain(wanted)))
    else:
        emit("\n".join(_described(wanted)))
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
