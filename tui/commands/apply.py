"""`recto apply`: operations as JSON Lines, each on the disk before it is answered."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

from curation.codebook import CodebookError
from curation.journal import NotWritten
from curation.nearest import nearest
from curation.operations import Refused, from_json
from curation.review_writer import Done
from curation.session import Session
from curation.store import NotSaved
from curation.workspace import Workspace
from parsers.jsonl import dumps
from tui.commands import EXIT_DONE, EXIT_REFUSED, EXIT_USAGE
from tui.commands.reviewing import UNOPENED, NoReviewer, add_letter, add_reviewer, letter_of, may_follow, session_of
from tui.output import complain, emit

NAME = "apply"
LONGEST_LINE: Final = 1_000_000
"""Bytes of one operation at most."""


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="do operations on a review, from JSON Lines",
        description="Do operations on a review, one JSON object a line. Each is on the disk before it is answered.",
        epilog='example:\n  echo \'{"op": "set-letter-note", "note": "begun"}\' | recto apply eastmarch --reviewer ab',
    )
    add_letter(parser)
    add_reviewer(parser)
    may_follow(parser.add_argument("file", type=Path, metavar="[FILE]", help="operations (default: standard input)"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer each line; the status is 1 if any was refused."""
    refused = False
    try:
        with _lines(args.file) as lines, session_of(args) as session:
            workspace, _ = letter_of(args)
            for number, line in lines:
                if line.strip():
                    answer = _answer(workspace, session, number, line)
                    refused = refused or not answer["ok"]
                    emit(dumps(answer), flush=True)
    except NoReviewer as error:
        complain(str(error))
        return EXIT_USAGE
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        complain(f"{args.file}: {error.strerror or error}")
        return EXIT_REFUSED
    except (*UNOPENED, NotSaved) as error:
        complain(str(error))
        return EXIT_REFUSED
    return EXIT_REFUSED if refused else EXIT_DONE


def _answer(workspace: Workspace, session: Session, number: int, line: bytes) -> dict[str, Any]:
    try:
        done = _do(session, line)
    except (Refused, NotWritten) as error:
        return {"ok": False, "line": number, "error": str(error)}
    answer = {"ok": True, "n": done.n, "created": list(done.created), "gone": list(done.gone)}
    warning = _unknown_themes(workspace, line)
    return answer | {"warning": warning} if warning else answer


def _unknown_themes(workspace: Workspace, line: bytes) -> str:
    """Themes that were given and that the codebook doesn't have, with what was probably meant; "" if there are none.

    They are kept as they were typed; `recto themes worklist` lists them until they are among the themes.
    """
    try:
        codebook = workspace.codebook()
    except (CodebookError, OSError):
        return ""
    match _parsed(line):
        case {"op": "set-themes", "themes": [*themes]}:
            strange = [theme for theme in themes if theme not in codebook.themes]
        case _:
            strange = []
    living = [theme.id for theme in codebook.living]
    likely = {theme: nearest(theme, living) for theme in strange}
    hints = {theme: f", the nearest is {near}" if near else "" for theme, near in likely.items()}
    return "; ".join(f"the codebook has no {theme}{hint}" for theme, hint in hints.items())


def _do(session: Session, line: bytes) -> Done:
    values = _parsed(line)
    match values:
        case {"op": "undo", "finding": str(finding), **rest} if not rest:
            return session.undo_finding(finding)
        case {"op": "undo", **rest} if not rest:
            return session.undo()
        case {"op": "redo", **rest} if not rest:
            return session.redo()
        case {"op": "undo" | "redo" as op}:
            raise Refused(f"{op} takes {'nothing but `finding`, an id' if op == 'undo' else 'no other field'}")
    return session.do(from_json(values))


def _parsed(line: bytes) -> Any:
    if len(line) > LONGEST_LINE:
        raise Refused(f"the line is longer than {LONGEST_LINE:,} bytes")
    try:
        return json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Refused(f"not UTF-8 at byte {error.start}") from error
    except RecursionError as error:
        raise Refused("nested too deeply") from error
    except ValueError as error:
        raise Refused(f"not JSON: {error}") from error


@contextmanager
def _lines(path: Path | None) -> Iterator[Iterator[tuple[int, bytes]]]:
    if path is None or str(path) == "-":
        yield _numbered(sys.stdin.buffer)
        return
    with path.open("rb") as stream:
        yield _numbered(stream)


def _numbered(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers; of one that is too long its beginning, so that memory stays bounded."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        rest = line
        while not rest.endswith(b"\n") and len(rest) > LONGEST_LINE:
            rest = stream.readline(LONGEST_LINE + 1)
        yield number, line
