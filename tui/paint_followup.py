"""Areas of an earlier letter, each with the finding of now beside it and the verdict. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from curation.entry import CLOSE, RELATED
from curation.followup import Beside, Point
from curation.operations import VERDICTS
from curation.workspace_followup import Followed
from parsers.display import visible
from tui.paint import GUTTER, ItemKind, Line, Page, Row, Run, Sheet, fitted
from tui.palette import DIM, KEY, QUESTION, STRONG, TEXT, CategoryStyle, Ink, unknown_category
from tui.wrap import clip, wrap

_LEAD: Final = 9
"""Cells before the words: then or now, the tag, a space."""
_MOST_ROWS: Final = 3
_WORDS: Final[Mapping[str, str]] = {"not-mentioned": "not mentioned"}
_INKS: Final[Mapping[str, Ink]] = {
    "addressed": Ink("green", "bold"),
    "partly": Ink("yellow", "bold"),
    "persists": Ink("red", "bold"),
    "not-mentioned": Ink("", "bold"),
}


def verdict_words(verdict: str) -> str:
    """A verdict as people say it."""
    return _WORDS.get(verdict, verdict)


def chosen(point: Point, choice: Mapping[str, int]) -> Beside | None:
    """The finding of now that stands beside an area: the verdict's, else the one chosen, else the nearest."""
    if point.key not in choice and point.verdict and point.verdict.finding:
        found = next((one for one in point.beside if one.finding.id == point.verdict.finding), None)
        if found is not None:
            return found
    return point.beside[choice.get(point.key, 0) % len(point.beside)] if point.beside else None


def paint_followup(
    found: Sequence[Followed],
    names: Mapping[str, str],
    choice: Mapping[str, int],
    styles: Mapping[str, CategoryStyle],
    width: int,
) -> Sheet:
    """The points of each earlier letter under its name. The cursor stands on points, `key` is `LETTER#FINDING`."""
    width += GUTTER
    page = Page()
    for one in found:
        name = names.get(one.link.earlier, one.link.earlier)
        how = one.link.month if one.link.exact else f"{one.link.month or 'a month'} is spoken of, this is the nearest"
        page.rows.append(Row((), (Run(clip(visible(f"{name} ({how})"), width), STRONG),)))
        for point in one.points:
            page.add(ItemKind.TEXT, point.key, _point(point, chosen(point, choice), styles, width))
    if not found:
        page.rows.append(Row((), (Run("no earlier letter", DIM),)))
    return page.sheet()


def _point(point: Point, beside: Beside | None, styles: Mapping[str, CategoryStyle], width: int) -> Iterator[Row]:
    if point.area is None:
        yield Row((), (Run("then  that finding is not in the earlier letter's review any more", DIM),))
    else:
        yield from _words("then", point.area.category, point.area.text, TEXT, styles, width)
    if beside is not None:
        near = Ink("", "") if beside.score >= RELATED or beside.shares_theme else DIM
        yield from _words("now", beside.finding.category, beside.finding.text, near, styles, width)
    elif point.area is not None:
        yield Row((), (Run("now   nothing like it", DIM),))
    yield Row((), fitted(_verdict(point, beside), width))


def _words(
    when: str, category: str, text: str, ink: Ink, styles: Mapping[str, CategoryStyle], width: int
) -> Iterator[Row]:
    style = styles.get(category) or unknown_category(category)
    shown = visible(" ".join(text.split()))
    lines = list(wrap(shown, max(width - _LEAD, 8)))
    for number, (start, end) in enumerate(lines[:_MOST_ROWS]):
        words = shown[start:end]
        if number == _MOST_ROWS - 1 and len(lines) > _MOST_ROWS:
            words = clip(f"{words} …", max(width - _LEAD, 8))
        head: Line = (Run(f"{when:<6}", DIM), Run(style.tag, style.sign), Run(" ", TEXT))
        yield Row((), (*(head if number == 0 else (Run(" " * _LEAD, TEXT),)), Run(words, ink)))


def _verdict(point: Point, beside: Beside | None) -> Line:
    lead = Run(" " * _LEAD, TEXT)
    runs = [lead]
    if point.verdict is not None:
        verdict = point.verdict.verdict
        runs.append(Run(f"= {verdict_words(verdict)}", _INKS.get(verdict, STRONG)))
    else:
        runs.append(Run("? no verdict yet", QUESTION))
    if beside is not None:
        how = "close" if beside.score >= CLOSE else "related" if beside.score >= RELATED else "hardly alike"
        theme = ", a theme in common" if beside.shares_theme else ""
        place = f", {point.beside.index(beside) + 1} of {len(point.beside)}" if len(point.beside) > 1 else ""
        runs.append(Run(f"   {beside.score:.0f} {how}{place}{theme}", DIM))
    return tuple(runs)


def verdict_keys() -> Line:
    """The digits and what they say."""
    runs: list[Run] = []
    for number, verdict in enumerate(VERDICTS, start=1):
        runs += (Run(f" {number} ", KEY), Run(f"{verdict_words(verdict)} ", TEXT))
    return tuple(runs)
