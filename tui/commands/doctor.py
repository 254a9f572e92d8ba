"""`recto doctor`: what is damaged in a workspace, what this terminal can do, and the way out."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

from curation import doctor
from curation.doctor import Checkup, Remark, Section
from curation.workspace import Workspace
from parsers.jsonl import dumps
from tui import terminal_report
from tui.commands import EXIT_DONE, EXIT_FOUND, EXIT_USAGE
from tui.output import complain, emit, report
from tui.progress import progress

NAME = "doctor"


def _terminal(checkup: Checkup) -> Iterator[Remark]:
    """What the screens need of a terminal is a remark with a way out; all else is good to know."""
    del checkup
    for one in terminal_report.remarks(terminal_report.here()):
        if one.needed:
            yield Remark(f"terminal-{one.what.lower()}", "", f"{one.what}: {one.state}", one.remedy)
        else:
            known = f" ({one.remedy})" if one.remedy else ""
            yield Remark(f"terminal-{one.what.lower()}", "", f"{one.what}: {one.state}{known}")


SECTIONS: Final[Sequence[Section]] = (*doctor.SECTIONS, Section("terminal", "The terminal", _terminal))
"""What is looked at. A section is a function that gives remarks: a new one is a new entry here."""

_T = TypeVar("_T")


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="what is damaged in a workspace, what this terminal can do, and the way out",
        description="Look a workspace over: disk, settings, letters, reviews and stray files; then say what this"
        " terminal can do, and what to set in PuTTY, tmux and screen. Nothing is changed;"
        " what is tried on the disk leaves nothing behind. Exit status 3 if something was found.",
        epilog="example:\n  recto doctor letters/\n  recto doctor letters/ --format jsonl | grep toml-changed",
    )
    parser.add_argument("path", nargs="?", type=Path, default=Path(), metavar="PATH", help="default: this folder")
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="default: text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what every section says; the status is 3 if any of it is trouble."""
    if not args.path.exists():
        complain(f"{args.path}: no such file or folder")
        return EXIT_USAGE
    checkup = Checkup(Workspace.find(args.path), _watched)
    troubles = 0
    for section in SECTIONS:
        titled = False
        for remark in section.examine(checkup):
            troubles += remark.is_trouble
            if args.format == "jsonl":
                emit(dumps(_json(section, remark)), flush=True)
                continue
            if not titled:
                report(section.title)
                titled = True
            for line in _lines(remark):
                report(line)
    if args.format == "text":
        report(f"to look at: {troubles}" if troubles else "nothing is wrong")
    return EXIT_FOUND if troubles else EXIT_DONE


def _watched(things: Sequence[_T], doing: str, /) -> Iterable[_T]:
    return progress(things, len(things), doing)


def _json(section: Section, remark: Remark) -> dict[str, object]:
    return {
        "section": section.name,
        "kind": remark.kind,
        "trouble": remark.is_trouble,
        "path": remark.path,
        "what": remark.what,
        "way_out": remark.way_out,
    }


def _lines(remark: Remark) -> Iterator[str]:
    where = f"{remark.path}: " if remark.path and remark.path not in remark.what else ""
    yield f"  {'!' if remark.is_trouble else ' '} {where}{remark.what}"
    if remark.way_out:
        yield f"      -> {remark.way_out}"
