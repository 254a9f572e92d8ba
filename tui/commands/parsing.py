"""The parser of the command line, with all commands or only the one that is wanted."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

from tui.commands import MODULES

_DESCRIPTION = """\
Review inspection letters in a terminal: parsed letters side by side, findings highlighted by category, mis-segmented
bullets mended, themes matched across authorities, every decision kept.

Without a command, recto opens the workbench on a folder or on letters. Where standard input, output or error is no
terminal it prints a plain side-by-side listing instead.
"""
_EPILOG = """\
examples:
  recto letters/                       open the workbench
  recto parse letters/ --format jsonl  parsed, one a line
  recto COMMAND --help                 more, with an example

exit status:
  0 done, 1 something in the input was refused or
  unreadable, 2 usage, 3 a check found something,
  130 interrupted
"""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Lines beside one another are a paragraph, broken between words; an indented one stays, to be pasted as it is."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        # Only help is wrapped, and the workbench starts without it.
        import textwrap

        parts = [part.strip("\n") for part in text.split("\n\n")]
        return "\n\n".join(
            textwrap.indent(part, indent)
            if any(line.startswith(" ") for line in part.split("\n"))
            else textwrap.fill(part, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
            for part in parts
        )


class Parser(argparse.ArgumentParser):
    """A parser whose help keeps the lines of its texts, for `recto` and, by argparse, for each command below it.

    It says what is wrong with the words it was given, which may be names of files, safely for a terminal.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **({"formatter_class": _Formatter} | options))

    def error(self, message: str) -> NoReturn:
        """Print usage and the message, and end with status 2."""
        from parsers.display import visible

        super().error(visible(message))


def build_parser(commands: Sequence[str] = tuple(MODULES)) -> argparse.ArgumentParser:
    """The command line's parser, with the given subcommands (all of them for help)."""
    parser = Parser(prog="recto", description=_DESCRIPTION, epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"recto {version('recto')}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    for module in dict.fromkeys(MODULES[name] for name in commands):
        import_module(f"tui.commands.{module}").add(subparsers)
    return parser


def workbench_parser() -> argparse.ArgumentParser:
    """What `recto` takes without a command."""
    parser = Parser(prog="recto", add_help=False)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--reviewer", metavar="R")
    parser.add_argument("--ascii", action="store_true")
    parser.add_argument("--mouse", action="store_true")
    parser.add_argument("--colours", metavar="NAME", default="")
    return parser


def whole_parser() -> argparse.ArgumentParser:
    """Everything that the command line takes."""
    parser = build_parser()
    parser.usage = (
        "recto [PATH ...] [--reviewer R] [--ascii] [--mouse]\n             [--colours NAME]\n       recto COMMAND ..."
    )
    group = parser.add_argument_group("workbench")
    group.add_argument(
        "--reviewer", metavar="R", help="who reviews (default: RECTO_REVIEWER, then the settings, then asked)"
    )
    group.add_argument("--ascii", action="store_true", help="draw with ASCII characters only")
    group.add_argument(
        "--colours", metavar="NAME", help="terminal (default), high-contrast, colour-blind, light-high-contrast"
    )
    group.add_argument(
        "--mouse", action="store_true", help="let the mouse be used (then the terminal can't select text)"
    )
    return parser
