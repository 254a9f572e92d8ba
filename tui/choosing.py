"""Lists to choose from, narrowed by what is typed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui.paint import GUTTER, Item, ItemKind, Line, Row, Run, Sheet, fitted
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
    """One row a choice, from the gutter on."""
    rows = tuple(Row((), fitted(tuple(_runs(choice)), width + GUTTER)) for choice in choices)
    items = tuple(Item(ItemKind.TEXT, choice.key, number, number + 1) for number, choice in enumerate(choices))
    return Sheet(rows or (Row((), (Run("nothing fits", DIM),)),), items)


def _runs(choice: Choice) -> Iterator[Run]:
    if choice.mark.text:
        yield choice.mark
        yield Run(" ", TEXT)
    yield Run(choice.label, TEXT)
    if choice.aside:
        yield Run(f"  {choice.aside}", DIM)


def paint_lines(lines: Sequence[Line], width: int) -> Sheet:
    """A text to read, one item a line, from the gutter on."""
    rows = tuple(Row((), fitted(line, width + GUTTER)) for line in lines)
    return Sheet(rows, tuple(Item(ItemKind.TEXT, str(n), n, n + 1) for n in range(len(rows))))
