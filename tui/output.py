"""What every command prints with: lines made safe for a terminal, complaints on standard error, output files."""

from __future__ import annotations

import os
import secrets
import sys
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from parsers.display import visible, visible_lines
from parsers.walk import SUFFIXES


def complain(message: str) -> None:
    """Print one line to standard error, safe for a terminal."""
    _print_for_people(f"recto: {visible(message)}", sys.stderr, "  ")


def emit(line: str, file: TextIO | None = None, *, end: str = "\n", flush: bool = False) -> None:
    """Print what a command found: on a terminal nothing in it acts, in a pipe it is as it is."""
    stream = file or sys.stdout
    print(visible_lines(line) if stream.isatty() else line, file=stream, end=end, flush=flush)


class OutputError(Exception):
    """The output file can't be written. The message names it and says what to do."""


def report(line: str) -> None:
    """Print a line of a report: on a terminal it goes on below its words, in a pipe it is one line, however long."""
    words = line.lstrip(" !->")
    _print_for_people(visible_lines(line) if sys.stdout.isatty() else line, sys.stdout, " " * (len(line) - len(words)))


def _print_for_people(line: str, stream: TextIO, indent: str) -> None:
    """A terminal by itself cuts words in the middle."""
    width = os.get_terminal_size(stream.fileno()).columns if stream.isatty() else 0
    # A terminal that does not say how wide it is says 0.
    if width > 2 * len(indent):
        line = textwrap.fill(
            line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
        )
    print(line, file=stream)


@contextmanager
def output_to(path: Path | None, inputs: Iterable[Path] = ()) -> Iterator[TextIO]:
    """Standard output, or a file that appears only when it is whole.

    Raises OutputError if `path` is one of `inputs`, would be taken for a letter in a folder of them, or can't be
    written; BrokenPipeError if nobody reads standard output any more.
    """
    if path is None:
        yield from _standard_output()
        return
    if any(_is_input(path, source) for source in inputs):
        raise OutputError(f"{path}: is one of the inputs; give another file to --output")
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="\n") as stream:
                yield stream
        else:
            # Where a link leads, and in the same folder: a rename over it can't be seen half done.
            yield from _whole_file(Path(os.path.realpath(path)))
    except OSError as error:
        why = "its folder isn't there" if isinstance(error, FileNotFoundError) else error.strerror or str(error)
        raise OutputError(f"{path}: {why}; what was there before is unchanged") from error


def _standard_output() -> Iterator[TextIO]:
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What could not be written would be tried again at the end of the process.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(f"standard output: {error.strerror or error}; what was printed is not whole") from error


def _whole_file(path: Path) -> Iterator[TextIO]:
    temporary = path.with_name(f".recto-{secrets.token_hex(8)}.tmp")
    with temporary.open("x", encoding="utf-8", newline="\n") as stream:
        try:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink()
            raise


def _is_input(path: Path, source: Path) -> bool:
    """Whether `path` is the input `source`, or lies in that folder under a name by which it would be a letter."""
    try:
        if path.exists() and path.samefile(source):
            return True
        return path.suffix.lower() in SUFFIXES and source.is_dir() and path.resolve().is_relative_to(source.resolve())
    except OSError:
        # What is wrong with either is said when it is opened.
        return False
