"""Lists to choose from, narrowed by what is typed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from tui.paint import GUTTER, Item, ItemKind, Line, Row, Run, Sheet, fitted, line_width
from tui.palette import DIM, TEXT

_NO_MARK = Run("", TEXT)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose.

    Attributes:
        key: what is given back.
        label: what it is called; safe to print.
        mark: a short sign before it, such as a digit or a tag.
        aside: said faintly after it.
        detail: said below the list while the cursor stands on it.
    """

    key: str
    label: str
    mark: Run = _NO_MARK
    aside: str = ""
    detail: str = ""


def narrowed(choices: Sequence[Choice], query: str) -> tuple[Choice, ...]:
    """The choices that fit what was typed, best first.

    First those in which each word typed begins a word, then those that contain each, then those that hold the letters
    typed in that order. Nothing typed: all, as they are.
    """
    words = query.casefold().split()
    if not words:
        return tuple(choices)
    ranked = sorted((rank, number) for number, c in enumerate(choices) if (rank := _rank(c, words)) is not None)
    return tuple(choices[number] for _, number in ranked)


def _rank(choice: Choice, words: Sequence[str]) -> int | None:
    text = f"{choice.label} {choice.key} {choice.aside}".casefold()
    if all(f" {word}" in f" {text}".replace("-", " ") for word in words):
        return 0
    if all(word in text for word in words):
        return 1
    letters = iter(text)
    return 2 if all(char in letters for char in "".join(words)) else None


def paint_choices(choices: Sequence[Choice], width: int) -> Sheet:
    """One row a choice, from the gutter on; short labels have what is said aside in a column."""
    column = _column(choices, width + GUTTER)
    rows = tuple(Row((), fitted(_row(choice, column), width + GUTTER)) for choice in choices)
    items = tuple(Item(ItemKind.TEXT, choice.key, number, number + 1) for number, choice in enumerate(choices))
    return Sheet(rows or (Row((), (Run("nothing fits", DIM),)),), items)


def said_below(choice: Choice, choices: Sequence[Choice], width: int) -> str:
    """What is said of a choice below the list: its detail, else the row itself where the list had to cut it."""
    return choice.detail or (_whole(choice) if _is_cut(choice, _column(choices, width + GUTTER), width) else "")


def says_below(choices: Sequence[Choice], width: int) -> bool:
    """Whether anything is said below the list of any of them."""
    column = _column(choices, width + GUTTER)
    return any(choice.detail or _is_cut(choice, column, width) for choice in choices)


def _whole(choice: Choice) -> str:
    return "  ".join(filter(None, (choice.label, choice.aside)))


def _is_cut(choice: Choice, column: int, width: int) -> bool:
    return line_width(_row(choice, column)) > width + GUTTER


def _column(choices: Sequence[Choice], cells: int) -> int:
    """Cells of the longest label with its sign, if what is said aside can stand beside it in a column; else 0."""
    told = [choice for choice in choices if choice.aside]
    widest = max((cell_len(choice.label) for choice in told), default=0)
    return max(map(_called, told), default=0) if widest <= cells // 3 else 0


def _called(choice: Choice) -> int:
    """Cells of the sign and the label."""
    return cell_len(choice.label) + (cell_len(choice.mark.text) + 1 if choice.mark.text else 0)


def _row(choice: Choice, column: int) -> Line:
    return tuple(_runs(choice, column))


def _runs(choice: Choice, column: int) -> Iterator[Run]:
    if choice.mark.text:
        yield choice.mark
        yield Run(" ", TEXT)
    yield Run(choice.label, TEXT)
    if choice.aside:
        yield Run(" " * max(column - _called(choice), 0) + f"  {choice.aside}", DIM)
