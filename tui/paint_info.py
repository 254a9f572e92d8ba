"""The lines around the panes: who and saved when; themes, alike findings and doubts of a finding; keys. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len

from parsers.display import visible
from tui.actions import key_of
from tui.paint import GUTTER, Line, Row, Run, Sheet, line_width
from tui.paint_alike import Alike, Band, band
from tui.palette import DIM, DOUBT, KEY, STRONG, TEXT, CategoryStyle, Ink
from tui.wrap import clip, wrap, wrapped

if TYPE_CHECKING:
    from curation.review import Review
    from parsers.letter import Doubt

LABEL = 9
_QUOTED = 30
"""Cells that an alike finding's words have at least."""
_FEWEST = 8
"""... and where there is no room for that."""
_NAME, _BETWEEN = " Recto  ", " · "
_SHORTEST = 4
"""Cells of a name that still says something."""
_ALWAYS = 2
"""Keys at the end of the line that are never left out."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A suggested theme. `score` is 0-100; an unsure one is shown faint."""

    theme: str
    score: float
    sure: bool
    because: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What the program knows about a finding besides its text; None is not known yet."""

    hints: tuple[Hint, ...] | None = None
    alike: tuple[Alike, ...] | None = None


@lru_cache(maxsize=32)
def status(left: str, right: tuple[str, ...], width: int) -> Line:
    """The first line of a screen: where one is, and at the right who, saved when, undone how far.

    Where there is no room the name gives way, which stands in a frame below too; then what is between the first and the
    last word at the right. A number is never cut.
    """
    room = max(width - len(_NAME) - 1, 1)
    words = [visible(word) for word in right if word]
    while cell_len(_BETWEEN.join(words)) > room and len(words) > 2:
        words[-3 if words[-2] == "…" else -2 :] = ("…", words[-1])
    told = clip(_BETWEEN.join(words), room)
    title = visible(left)
    left_over = max(room - cell_len(told), 0)
    # A name of which little is left, or that runs into what follows, says nothing.
    title = clip(title, left_over - 2) if left_over - 2 >= min(cell_len(title), _SHORTEST) else ""
    gap = " " * (left_over - cell_len(title))
    return Run(_NAME, STRONG), Run(title, TEXT), Run(gap, TEXT), Run(f"{told} ", TEXT)


ROOM_FOR_BARS = 100
"""Columns of a screen from which its first line has room for a bar."""


def bar(done: int, whole: int, cells: int = 10) -> str:
    """How much of the whole is done, as a bar and in per cent: `███░░░░░░░ 33%`. Full and 100% only if all is done."""
    share = done / whole if whole else 0.0
    full = int(share * cells)
    return f"{'█' * full}{'░' * (cells - full)} {int(share * 100)}%"


def no_finding(*, selects: bool) -> Line:
    """Said of the letter's text outside the findings. `selects`: a selection can be begun there."""
    said = label("letter"), Run("no finding here", DIM)
    return (*said, Run(f"   {key_of('select')}", KEY), Run(" selects words for one", TEXT)) if selects else said


def themes(given: Sequence[str], advice: Advice, width: int) -> Line:
    """The themes that a finding was given, primary first, then what is suggested, each with the digit that takes it.

    As many suggestions as there is room for, the first one at least: its name is cut where all would be too wide.
    """
    runs = [label("themes"), Run(visible(", ".join(given)) or "none yet", STRONG if given else DIM)]
    runs.append(Run(" · ", DIM))
    if advice.hints is None:
        runs.append(Run("looking for suggestions  ", DIM))
    tail = (Run(f" {key_of('theme')}", KEY), Run(" more", TEXT))
    room = width - line_width((*runs, *tail))
    for number, hint in enumerate(advice.hints or (), start=1):
        name, score = visible(hint.theme), f" {hint.score:.0f} "
        needed = len(f" {number} ") + cell_len(name) + len(score)
        if needed > room and number > 1:
            break
        name = clip(name, max(cell_len(name) - max(needed - room, 0), _SHORTEST))
        runs += Run(f" {number} ", KEY), Run(f"{name}{score}", TEXT if hint.sure else DIM)
        room -= needed
    return (*runs, *tail)


def row_help() -> Line:
    """What can be done to a row of metadata."""
    return (
        label("letter"),
        Run(key_of("enter"), KEY),
        Run(" edits it, ", TEXT),
        Run(key_of("select"), KEY),
        Run(" points at its place", TEXT),
    )


def alike(advice: Advice, styles: Mapping[str, CategoryStyle], width: int) -> Line:
    """The nearest findings elsewhere, as many as there is room for."""
    runs = [label("alike")]
    if advice.alike is None:
        return (*runs, Run("reading the other letters", DIM))
    if not advice.alike:
        return (*runs, Run("nothing alike in another letter", DIM))
    tail = (Run(f"{key_of('alike')} ", KEY), Run("all", TEXT))
    room = width - 1 - LABEL - line_width(tail)
    shown: list[Alike] = []
    for found in advice.alike:
        cells = line_width(_alike_one(found, styles, 0)) + _QUOTED
        if shown and cells > room:
            break
        shown.append(found)
        room -= cells
    # What is left over tells more of each.
    quoted = max(_QUOTED + room // len(shown), _FEWEST)
    return (*runs, *(run for found in shown for run in _alike_one(found, styles, quoted)), *tail)


def _alike_one(found: Alike, styles: Mapping[str, CategoryStyle], cells: int) -> Line:
    """An alike finding with at most `cells` of its words."""
    entry = found.entry
    style = styles.get(entry.category)
    quoted = clip(visible(entry.text), cells)
    faint = band(found) is Band.FAINT
    return (
        Run("= " if found.same else f"{found.score:.0f} ", DIM if faint else STRONG),
        Run(f"{clip(visible(entry.authority), 20)} ", DIM if faint else TEXT),
        Run(f"{style.tag if style else '??'} ", style.sign if style else Ink()),
        Run(f'"{quoted}"   ', DIM),
    )


def categories(styles: Mapping[str, CategoryStyle], width: int) -> tuple[Line, ...]:
    """The categories with their digits, as many in a line as there is room for."""
    lines: list[Line] = [(label("choose"),)]
    for style in styles.values():
        one = Run(f"{style.number} ", KEY), Run(style.tag, style.sign), Run(f" {visible(style.label)}", TEXT)
        between = (Run("   ", TEXT),) if len(lines[-1]) > 1 else ()
        if between and line_width((*lines[-1], *between, *one)) > width:
            lines.append((label(""),))
            between = ()
        lines[-1] = (*lines[-1], *between, *one)
    return tuple(lines)


def no_rows(sentences: Sequence[str], width: int) -> Sheet:
    """What stands in a list without rows: what it waits for, or why there are none and what can be done."""
    shown = [visible(sentence) for sentence in sentences if sentence]
    lines = [words[start:end] for words in shown for start, end in wrap(words, width + GUTTER)]
    return Sheet(tuple(Row((), (Run(line, DIM),)) for line in lines))


def check(review: Review, doubts: Sequence[Doubt], left: int, *, on_finding: bool, on_doubt: bool = False) -> Line:
    """The first thing to check here, and the keys that settle it. `on_doubt`: the cursor was taken to this one."""
    runs = [label("check")]
    if not doubts:
        words = f"nothing here; {left} in the letter" if left else "nothing"
        return (*runs, Run(words, DIM), *((Run(f"   {key_of('next-doubt')} ", KEY), Run("next", TEXT)) if left else ()))
    doubt = doubts[0]
    more = f" (and {len(doubts) - 1} more)" if len(doubts) > 1 else ""
    runs += (Run(f"{visible(doubt.code)}: ", DOUBT), Run(visible(doubt.message), TEXT))
    runs.append(Run(f"{_around(review, doubt)}{more}   ", TEXT))
    if on_finding or on_doubt:
        runs += Run(f"{key_of('seen')} ", KEY), Run("right   ", TEXT)
    if on_finding:
        runs += Run(f"{key_of('split')} ", KEY), Run("split   ", TEXT)
    return (*runs, Run(f"{key_of('next-doubt')} ", KEY), Run("next", TEXT))


def doubt(review: Review, doubt: Doubt, styles: Mapping[str, CategoryStyle], width: int) -> tuple[Line, ...]:
    """What is doubted, in two lines, and the finding that it is about."""
    words = f"{visible(doubt.message)}{_around(review, doubt)}"
    pieces = wrapped(words, max(width - LABEL - 1, 8), 2)
    first = (label("check"), Run(f"{pieces[0]}", DOUBT))
    second = (Run(" " * LABEL, DIM), Run(pieces[1], DOUBT)) if len(pieces) > 1 else ()
    finding = review.find(doubt.finding) if doubt.finding else None
    if finding is None:
        return first, second, (label("about"), Run("the letter, not a finding", DIM))
    style = styles.get(finding.category)
    about = (
        label("about"),
        Run(style.tag if style else "??", style.sign if style else Ink()),
        Run(f" {clip(visible(finding.text), max(width - LABEL - 4, 2))}", TEXT),
    )
    return first, second, about


def _around(review: Review, doubt: Doubt) -> str:
    """The words on both sides of a joined page."""
    if doubt.code != "page-join":
        return ""
    before = review.text[max(doubt.span.start - 60, 0) : doubt.span.start].split()[-2:]
    after = review.text[doubt.span.end : doubt.span.end + 60].split()[:2]
    return f', "{visible(" ".join(before))}" + "{visible(" ".join(after))}"'


@lru_cache(maxsize=32)
def keys(pairs: tuple[tuple[str, str], ...], width: int) -> Line:
    """Keys with their labels, none cut; where there is no room for all, the last two (help, the way out) stay."""
    runs = [(Run(f" {key}", KEY), Run(f" {label} ", TEXT)) for key, label in pairs]
    kept = runs[-_ALWAYS:]
    room = width - sum(line_width(run) for run in kept)
    for place, run in enumerate(runs[:-_ALWAYS]):
        room -= line_width(run)
        if room < 0:
            break
        kept.insert(place, run)
    return tuple(part for run in kept for part in run)


def message(words: str, *, trouble: bool = False) -> Line:
    """What happened, in the place of the keys."""
    return (Run(" ! " if trouble else " ", DOUBT), Run(visible(words), STRONG if trouble else TEXT))


def label(word: str) -> Run:
    """The word that a line about a finding begins with."""
    return Run(f" {word:<{LABEL - 1}}", DIM)
