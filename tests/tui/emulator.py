"""What a terminal shows of the bytes that it was sent: as much of one as Recto and Textual need.

Pictures and tests that look at the bytes see what a person at that terminal sees: the colours that it has, and nothing
that the app merely believes to have drawn. A sequence that is not known here is an error, never passed over. The
libraries for this (pyte) have a licence that the project does not take.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from rich.cells import cell_len

Colour = int | tuple[int, int, int] | None
"""One of the 256, a colour of its own as red, green, blue (0-255), or None for the terminal's own."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a character is to look: ECMA-48's "select graphic rendition"."""

    ink: Colour = None
    paper: Colour = None
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False
    strike: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the screen. The second place of a wide character holds ""."""

    char: str = " "
    look: Look = Look()


_ON = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse", 9: "strike"}
_OFF = {22: ("bold", "dim"), 23: ("italic",), 24: ("underline",), 27: ("reverse",), 29: ("strike",)}
_SEQUENCE = re.compile(
    r"\x1b(?:\[(?P<words>[0-?]*)[ -/]*(?P<final>[@-~])"
    r"|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[=>78]|\([0B])"
)
_BEGUN = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|P[^\x1b]*\x1b?|\()?")
_UNSEEN = frozenset("hlupqtcnrx")
"""Ends of sequences that set modes or ask something: nothing of them is seen."""


@dataclass
class Emulator:
    """A screen of `columns` by `rows` that is fed with what an app sends.

    Attributes:
        cursor: column and row, counted from 0.
        cursor_shown: whether the terminal shows it.
    """

    columns: int
    rows: int
    cursor: tuple[int, int] = (0, 0)
    cursor_shown: bool = True
    cells: list[list[Cell]] = field(init=False)

    def __post_init__(self) -> None:
        self._look = Look()
        self._decode = codecs.getincrementaldecoder("utf-8")(errors="strict").decode
        self._rest = ""
        self._clear()

    def _clear(self) -> None:
        self.cells = [[Cell()] * self.columns for _ in range(self.rows)]

    def lines(self) -> list[str]:
        """The characters, row by row."""
        return ["".join(cell.char for cell in row) for row in self.cells]

    def resize(self, columns: int, rows: int) -> None:
        """Another size: what no longer fits is gone, as in xterm."""
        old, (self.columns, self.rows) = self.cells, (columns, rows)
        self.cursor = (min(self.cursor[0], columns - 1), min(self.cursor[1], rows - 1))
        self._clear()
        for row, before in zip(self.cells, old, strict=False):
            row[: len(before)] = before[:columns]

    def feed(self, sent: bytes) -> None:
        """Show what was sent; a sequence that is not whole yet waits. Raises ValueError for one that is not known."""
        text = self._rest + self._decode(sent)
        place = 0
        while place < len(text):
            if text[place] != "\x1b":
                self._put(text[place])
                place += 1
                continue
            found = _SEQUENCE.match(text, place)
            if found is None:
                if _BEGUN.fullmatch(text, place):
                    break
                raise ValueError(f"not known: {text[place : place + 20]!r}")
            if found["final"]:
                self._do(found["words"], found["final"])
            place = found.end()
        self._rest = text[place:]

    def _put(self, char: str) -> None:
        column, row = self.cursor
        if char == "\n":
            self._line_feed()
        elif char == "\r":
            self.cursor = (0, row)
        elif char < " ":
            raise ValueError(f"not known: {char!r}")
        elif width := cell_len(char):
            if column + width > self.columns:
                # A full line goes on in the next one, but not before there is something to go on with.
                self._line_feed()
                column, row = 0, self.cursor[1]
            self.cells[row][column : column + width] = [Cell(char, self._look), Cell("", self._look)][:width]
            self.cursor = (column + width, row)
        elif column:
            # What combines with the character before it.
            before = self.cells[row][column - 1]
            self.cells[row][column - 1] = replace(before, char=before.char + char)

    def _line_feed(self) -> None:
        column, row = self.cursor
        if row == self.rows - 1:
            self.cells = [*self.cells[1:], [Cell()] * self.columns]
        self.cursor = (column, min(row + 1, self.rows - 1))

    def _do(self, words: str, final: str) -> None:
        if final == "m" and not words.startswith((">", "?")):
            self._look = _looking(self._look, [int(word or 0) for word in words.split(";")])
        elif final == "H":
            row, _, column = words.partition(";")
            self.cursor = (min(int(column or 1), self.columns) - 1, min(int(row or 1), self.rows) - 1)
        elif final == "J" and words in ("2", "3"):
            self._clear()
        elif final in "hl" and words == "?25":
            self.cursor_shown = final == "h"
        elif final in "hl" and words == "?1049":
            self._clear()
        elif final not in _UNSEEN and final != "m":
            raise ValueError(f"not known: CSI {words!r} {final}")


def _looking(look: Look, codes: list[int]) -> Look:
    """The look after one sequence of codes."""
    rest = iter(codes)
    for code in rest:
        if code == 0:
            look = Look()
        elif code in _ON:
            look = replace(look, **{_ON[code]: True})
        elif code in _OFF:
            look = replace(look, **dict.fromkeys(_OFF[code], False))
        elif code // 10 in (3, 4, 9, 10):
            colour = _colour(code, rest)
            look = replace(look, ink=colour) if code // 10 in (3, 9) else replace(look, paper=colour)
        else:
            raise ValueError(f"not known: SGR {code}")
    return look


def _colour(code: int, rest: Iterator[int]) -> Colour:
    """The colour that a code and, for 38 and 48, those after it name."""
    digit = code % 10
    if digit == 8:
        if next(rest) == 5:
            return next(rest)
        return next(rest), next(rest), next(rest)
    return None if digit == 9 else digit + (8 if code >= 90 else 0)
