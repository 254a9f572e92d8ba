"""The line about what is being done to a finding's extent: a split, a moved boundary, a selection. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from curation.spans import outside
from parsers.display import visible
from parsers.letter import Span
from tui.actions import key_of
from tui.paint import Line, Run
from tui.paint_info import label
from tui.palette import DIM, DOUBT, STRONG, TEXT
from tui.surgery import Boundary, Selection

_MOVES = "arrows move it by word and sentence; {start} and {end} choose start or end"
_FOR = {
    "extraction": "two bullets were joined. Two points in one are themes.",
    "meaning": "one bullet means two things. Counts can leave it out.",
}


def split(reason: str) -> Line:
    """What a previewed split is for."""
    return label("split"), Run(f"{reason}: ", STRONG), Run(_FOR.get(reason, ""), TEXT)


def boundary(moving: Boundary, text: str, refused: str) -> Line:
    """What a moved boundary takes in and gives up, or why it can't be."""
    head = label(moving.side)
    if refused:
        return head, Run(f"! {visible(refused)}", DOUBT)
    old = moving.finding.spans
    first, last = old[0].start, old[-1].end
    moves = (
        ("takes in", Span(moving.start, first)),
        ("gives up", Span(first, moving.start)),
        ("takes in", Span(last, moving.end)),
        ("gives up", Span(moving.end, last)),
    )
    said = [run for verb, span in moves for run in _moved(verb, _words(text, outside(span, moving.without)))]
    said += _left_out(text, moving.left_out())
    return head, *(said or [Run(_MOVES.format(start=key_of("boundary-start"), end=key_of("boundary-end")), DIM)])


def selection(selected: Selection, text: str, refused: str) -> Line:
    """How much is selected and what of it is left out, or why it can't be a finding."""
    if refused:
        return label("select"), Run(f"! {visible(refused)}", DOUBT)
    words = _words(text, selected.spans())
    return label("select"), *_moved("a finding of", words), *_left_out(text, selected.left_out())


def pointing(field: str, selected: Selection | None, text: str) -> Line:
    """Which value is pointed at, in words, and the words that would be taken for it."""
    head = label("point"), Run(f"{field}: ", STRONG)
    if selected is None:
        return *head, Run(f"arrows go to its place, {key_of('select')} selects, {key_of('do-select')} takes it", DIM)
    return *head, *_moved("takes", _words(text, (selected.extent,)))


_QUOTED = 3
"""Words quoted at each end of what is moved."""


def _moved(verb: str, words: list[str]) -> Iterator[Run]:
    if words:
        short = words if len(words) <= 2 * _QUOTED else [*words[:_QUOTED], "…", *words[-_QUOTED:]]
        yield Run(f"{verb} ", TEXT)
        yield Run(f"{len(words)} {'word' if len(words) == 1 else 'words'} ", STRONG)
        yield Run(f'"{visible(" ".join(short))}"  ', TEXT)


def _left_out(text: str, spans: tuple[Span, ...]) -> list[Run]:
    """What of the page is passed over; a list mark alone is not worth a word."""
    said = [" ".join(_words(text, (span,))) for span in spans]
    quoted = ", ".join(f'"{visible(words)}"' for words in said if len(words) > 1)
    return [Run(f"leaves out {quoted}", DIM)] if quoted else []


def _words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return " ".join(text[start:end] for start, end in spans).split()
