"""The command line. Textual is imported only when a screen is wanted: the other commands start without it."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tui.commands import EXIT_INTERRUPTED, EXIT_REFUSED, EXIT_USAGE, MODULES
from tui.commands.parsing import build_parser, whole_parser, workbench_parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; usage errors and `--help` raise SystemExit as argparse does."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _use_utf8()
    try:
        first = next((a for a in arguments if not a.startswith("-")), None)
        if first in MODULES and first == arguments[0]:
            args = build_parser([first]).parse_args(arguments)
            return int(args.run(args))
        if {"-h", "--help", "--version"} & set(arguments):
            whole_parser().parse_args([a for a in arguments if a in {"-h", "--help", "--version"}])
        return _workbench(workbench_parser().parse_args(arguments))
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`recto parse ... | head`): not an error of ours, and nothing more can be printed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_REFUSED


def entry() -> None:
    """The installed command `recto`. What nobody expected ends it in two lines, without a word of a letter."""
    try:
        sys.exit(main())
    except Exception as error:  # noqa: BLE001  (the last stop: a trace would print what a letter says)
        from tui import crash

        print(crash.words(error, crash.write_report(error)), file=sys.stderr)
        sys.exit(EXIT_REFUSED)


def _use_utf8() -> None:
    # A C locale or a Windows-minded SSH client must not turn a letter's quotes into errors.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _workbench(args: argparse.Namespace) -> int:
    missing = [path for path in args.paths if not path.exists()]
    if missing:
        from tui.output import complain

        complain(f"{missing[0]}: no such file or folder; see recto --help")
        return EXIT_USAGE
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        from tui.listing import print_listing

        return print_listing(args.paths or [Path()])
    try:
        colours = _take_settings(args)
    except ValueError as error:
        from tui.output import complain

        complain(str(error))
        return EXIT_USAGE
    from tui.app import run_workbench

    return run_workbench(
        args.paths or [Path()], reviewer=args.reviewer, ascii_only=args.ascii, mouse=args.mouse, colours=colours
    )


def _take_settings(args: argparse.Namespace) -> str:
    """Take keys from the file of settings, before any screen is imported; the set of colours that is wanted.

    Raises BadSettings, or ValueError for an unknown set of colours.
    """
    from curation.preferences import BadSettings, read
    from tui import actions
    from tui.colours import checked

    wanted = read()
    try:
        actions.use_keys(wanted.keys)
    except actions.ClashError as error:
        raise BadSettings("", str(error)) from error
    try:
        return checked(args.colours or wanted.colours)
    except ValueError as error:
        raise error if args.colours else BadSettings("colours", str(error)) from error


if __name__ == "__main__":
    entry()
