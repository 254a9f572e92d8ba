"""`recto completion`: what lets a shell complete the words of this command line."""

from __future__ import annotations

import argparse

from tui.commands import EXIT_DONE
from tui.commands.parsing import whole_parser
from tui.completion import SHELLS, tree

NAME = "completion"
_DESCRIPTION = """\
Print a script that lets a shell complete recto's commands, options and choices.

  bash   put into ~/.bashrc:  source <(recto completion bash)
  zsh    put into ~/.zshrc, behind compinit:  source <(recto completion zsh)
  fish   recto completion fish > ~/.config/fish/completions/recto.fish
"""


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="let bash, zsh or fish complete these commands",
        description=_DESCRIPTION,
        epilog="example:\n  source <(recto completion bash)",
    )
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    print(SHELLS[args.shell](tree(whole_parser())), end="")
    return EXIT_DONE
