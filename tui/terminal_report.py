"""What this terminal can do, as far as it says so, and what to set where it can't. Pure.

A terminal is not asked anything: an answer over a slow line would come late and look like keys.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

SMALLEST: Final = (40, 12)
COMFORTABLE: Final = (80, 24)
SIDE_BY_SIDE: Final = 100

_PUTTY: Final = (
    "Window > Translation > Remote character set: UTF-8",
    "Connection > Data > Terminal-type string: xterm-256color",
    "Window > Colours: allow terminal to use xterm 256-colour mode",
    "a right click pastes: Recto takes what is pasted for text, never for keys",
    "it has no OSC 52: to copy, Recto shows the words, to be selected with the mouse",
)
_TMUX: Final = (
    'in ~/.tmux.conf: set -g default-terminal "tmux-256color"',
    "in ~/.tmux.conf: set -sg escape-time 10 (esc is felt at once)",
    "in ~/.tmux.conf: set -g set-clipboard on (for copying)",
    "where the locale is not UTF-8: tmux -u",
)
_SCREEN: Final = (
    "in ~/.screenrc: defutf8 on",
    "in ~/.screenrc: term screen-256color",
    "in ~/.screenrc: maptimeout 10 (esc is felt at once)",
    "ctrl+a is screen's own; Recto binds nothing to it",
)
_NO_ITALICS: Final = ("screen", "linux", "vt", "dumb")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What can be known of a terminal without asking it.

    Attributes:
        environ: the environment.
        terminals: which of `input`, `output` and `errors` are terminals.
        encoding: of what is written, such as `utf-8`.
        size: columns and rows, (0, 0) where it is unknown.
    """

    environ: Mapping[str, str]
    terminals: frozenset[str]
    encoding: str
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the report: what, how it is, and what to do or to know, "" where there is nothing.

    `needed`: without that Recto's screens can't be used as they are meant.
    """

    what: str
    state: str
    remedy: str = ""
    needed: bool = False


def here() -> Surroundings:
    """This process's terminal."""
    streams = {"input": sys.stdin, "output": sys.stdout, "errors": sys.stderr}
    try:
        size = tuple(os.get_terminal_size(sys.stderr.fileno()))
    except (OSError, ValueError):
        size = (0, 0)
    # The screens are drawn where errors go.
    encoding = getattr(sys.__stderr__, "encoding", "") or ""
    return Surroundings(
        dict(os.environ), frozenset(name for name, one in streams.items() if one.isatty()), encoding, (size[0], size[1])
    )


def remarks(found: Surroundings) -> tuple[Remark, ...]:
    """What there is to say, the screens' needs first; without a terminal that alone."""
    if found.terminals != {"input", "output", "errors"}:
        missing = " and ".join(sorted({"input", "output", "errors"} - found.terminals))
        return (
            Remark(
                "terminal",
                f"{missing}: no terminal",
                "recto then prints a plain listing; run it in a terminal, without | or >, for its screens",
            ),
        )
    return tuple(_remarks(found))


def _remarks(found: Surroundings) -> Iterator[Remark]:
    term = found.environ.get("TERM", "")
    yield _type(term)
    yield _size(found.size)
    yield _encoding(found)
    yield _colours(found.environ, term)
    italics = not term.startswith(_NO_ITALICS)
    yield Remark("italics", "shown" if italics else "underlined instead: this kind of terminal has none")
    yield from _inside(found.environ, term)
    yield _clipboard(found.environ, term)
    yield Remark("mouse", "left to the terminal, to select and paste; --mouse gives it to Recto")
    yield _drawing(found)
    if found.environ.get("SSH_CONNECTION"):
        yield Remark("line", "SSH", "on a slow line ssh -C sends a tenth of the bytes")
    yield from (Remark("PuTTY", line) for line in _PUTTY)


def _type(term: str) -> Remark:
    if not term or term == "dumb":
        return Remark(
            "TERM",
            term or "not set",
            "set what your terminal is, such as xterm-256color, or use recto's commands",
            True,
        )
    return Remark("TERM", term)


def _size(size: tuple[int, int]) -> Remark:
    columns, rows = size
    shown = f"{columns}x{rows}"
    if size == (0, 0):
        return Remark("size", "unknown", "stty columns 80 rows 24", True)
    if columns < SMALLEST[0] or rows < SMALLEST[1]:
        return Remark("size", shown, f"Recto needs {SMALLEST[0]}x{SMALLEST[1]}; make the window larger", True)
    if columns < COMFORTABLE[0] or rows < COMFORTABLE[1]:
        return Remark("size", shown, f"it works; {COMFORTABLE[0]}x{COMFORTABLE[1]} shows all")
    return Remark("size", f"{shown}, {'two panes side by side' if columns >= SIDE_BY_SIDE else 'one pane at a time'}")


def _encoding(found: Surroundings) -> Remark:
    locale = next((found.environ[n] for n in ("LC_ALL", "LC_CTYPE", "LANG") if found.environ.get(n)), "")
    utf8 = found.encoding.lower().replace("-", "") == "utf8"
    state = f"{found.encoding or 'unknown'}, locale {locale or 'not set'}"
    if not utf8:
        return Remark("encoding", state, "export LANG=C.UTF-8; unset PYTHONIOENCODING; or start with --ascii", True)
    if "utf" not in locale.lower():
        return Remark(
            "encoding",
            state,
            "Recto sends UTF-8 all the same; if frames look wrong, set the terminal to UTF-8 or start with --ascii",
        )
    return Remark("encoding", state)


def _colours(environ: Mapping[str, str], term: str) -> Remark:
    if environ.get("NO_COLOR"):
        return Remark("colours", "none (NO_COLOR): categories are told by tag and text style")
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return Remark("colours", "16 million")
    if "256" in term:
        return Remark("colours", "256")
    return Remark(
        "colours",
        "16",
        "enough for Recto; its sets of colours need 256: TERM=xterm-256color where the terminal has them",
    )


def _inside(environ: Mapping[str, str], term: str) -> Iterator[Remark]:
    if environ.get("TMUX"):
        yield Remark("inside", "tmux" if term.startswith(("tmux", "screen")) else f"tmux, but TERM is {term}")
        yield from (Remark("tmux", line) for line in _TMUX)
    elif environ.get("STY"):
        yield Remark("inside", "screen")
        yield from (Remark("screen", line) for line in _SCREEN)
    else:
        yield Remark("inside", "neither tmux nor screen; where the line may drop, in tmux a session goes on")


def _clipboard(environ: Mapping[str, str], term: str) -> Remark:
    if environ.get("TMUX"):
        return Remark("clipboard", "OSC 52 if tmux passes it on", "set -g set-clipboard on")
    if environ.get("STY") or term.startswith(("linux", "vt", "screen")):
        return Remark("clipboard", "no OSC 52", "y prints the words, to be selected with the mouse")
    return Remark("clipboard", "OSC 52 if the terminal has it (PuTTY has not); off unless asked for")


def _drawing(found: Surroundings) -> Remark:
    if found.environ.get("TERM", "").startswith(("linux", "vt")):
        return Remark("drawing", "few signs in a console's font", "--ascii draws with ASCII alone")
    return Remark("drawing", "signs that every Windows terminal font has; --ascii draws with ASCII alone")
