"""What commands with actions of their own share: `recto themes ACTION`, `recto groups ACTION`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

Do = Callable[[argparse.Namespace], int]

if TYPE_CHECKING:
    Actions = argparse._SubParsersAction[argparse.ArgumentParser]


def action(
    actions: Actions, name: str, help_: str, example: str, *, description: str = "", **defaults: object
) -> argparse.ArgumentParser:
    """Add an action with an example that can be pasted; `defaults` say what is to be done."""
    parser = actions.add_parser(
        name,
        help=help_,
        description=description or f"{help_[0].upper()}{help_[1:]}.",
        epilog=f"example:\n  {example}",
    )
    parser.set_defaults(**defaults)
    return parser


def add_path(parser: argparse.ArgumentParser) -> None:
    """The workspace, as the last thing named."""
    parser.add_argument("path", nargs="?", type=Path, default=Path(), metavar="PATH", help="the workspace (default: .)")


def add_format(parser: argparse.ArgumentParser, formats: Sequence[str] = ("text", "jsonl")) -> None:
    """How the answer is printed."""
    parser.add_argument("--format", choices=formats, default="text", help="default: text")
