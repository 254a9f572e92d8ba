"""Why a finding is one: where it stands, what is doubted, and its raw characters made visible. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from curation.review import Review, ReviewedFinding
from parsers.display import visible
from parsers.letter import Doubt, Letter, RegionKind, Span
from tui.paint import Line, Run
from tui.paint_info import Hint
from tui.paint_letter import line_of
from tui.palette import DIM, DOUBT, STRONG, TEXT
from tui.wrap import wrap

_BEFORE = 40
_WIDTH = 70
_ORIGINS = {
    "parser": "the parser found it",
    "edited": "a reviewer moved its boundary",
    "split": "a reviewer split it from another",
    "merge": "a reviewer merged it from others",
    "added": "a reviewer added it",
    "import": "it was imported",
}


def why_lines(letter: Letter, review: Review, finding: ReviewedFinding, doubts: Sequence[Doubt]) -> tuple[Line, ...]:
    """What is known about how a finding came to be."""
    return tuple(_lines(letter, review, finding, doubts))


def suggestion_lines(hints: Sequence[Hint]) -> tuple[Line, ...]:
    """What spoke for each suggested theme."""
    return tuple(_suggestions(hints))


def _suggestions(hints: Sequence[Hint]) -> Iterator[Line]:
    if hints:
        yield ()
        yield (Run("Why these themes are suggested", STRONG),)
    for number, hint in enumerate(hints, start=1):
        sure = "" if hint.sure else ", not sure"
        yield (Run(f"  {number} {visible(hint.theme)} {hint.score:.0f}{sure}", TEXT if hint.sure else DIM),)
        shown = visible(hint.because)
        for first, last in wrap(shown, _WIDTH - 4):
            yield (Run(f"      {shown[first:last]}", DIM),)


def _lines(letter: Letter, review: Review, finding: ReviewedFinding, doubts: Sequence[Doubt]) -> Iterator[Line]:
    yield _pair("origin", _ORIGINS.get(finding.origin, finding.origin))
    if finding.parents:
        yield _pair("made of", ", ".join(finding.parents))
    if finding.reason:
        yield _pair("split for", finding.reason)
    yield _pair("heading", finding.heading or "none above it")
    yield _pair("mark", _mark_before(letter, finding) or "none before it")
    for start, end in finding.spans:
        yield _pair("stands at", f"line {line_of(review, start)}, characters {start} to {end}")
    for doubt in doubts:
        yield (Run(f"  {'to check':<11}", DIM), Run(f"{doubt.code}: ", DOUBT), Run(visible(doubt.message), TEXT))
    yield ()
    yield (Run("Raw characters", STRONG),)
    start = max(finding.spans[0].start - _BEFORE, 0)
    raw = visible(review.text[start : finding.spans[-1].end])
    for first, last in wrap(raw, _WIDTH):
        yield (Run(f"  {raw[first:last]}", TEXT),)
    names = _unusual(review.text[start : finding.spans[-1].end])
    if names:
        yield ()
        yield (Run("Characters that can't be seen or act on a terminal", STRONG),)
        for name in names:
            yield (Run(f"  {name}", TEXT),)


def _pair(label: str, words: str) -> Line:
    return Run(f"  {label:<11}", DIM), Run(visible(words), TEXT)


def _mark_before(letter: Letter, finding: ReviewedFinding) -> str:
    """The mark of the parse that stands right before the finding."""
    start = finding.spans[0].start
    marks = (r.span for r in letter.regions if r.kind is RegionKind.MARK and r.span.start <= start)
    last: Span | None = max(marks, default=None)
    if last is None or letter.text[last.end : start].strip():
        return ""
    return letter.text[last.start : last.end].strip()


def _unusual(text: str) -> list[str]:
    """Each character that is shown as another one: its code point, its name, how often it is there."""
    shown = visible(text)
    counts: dict[str, int] = {}
    for raw, seen in zip(text, shown, strict=True):
        if raw != seen and raw != "\n":
            counts[raw] = counts.get(raw, 0) + 1
    return [f"U+{ord(c):04X} {unicodedata.name(c, 'control')} x{n}" for c, n in sorted(counts.items())]
