"""Why a finding is one: where it stands, what is doubted, and its raw characters made visible. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from curation.review import Review, ReviewedFinding
from parsers.display import visible
from parsers.letter import Doubt, Letter, RegionKind, Span
from tui.paint import Line, Run
from tui.paint_info import Hint
from tui.paint_letter import line_of
from tui.palette import DIM, DOUBT, STRONG, TEXT
from tui.wrap import clip

_KINDS = 16
"""Cells for what the parser took a line for."""
_SEEN = str.maketrans("\t\u00a0", "␉␣")
"""Elsewhere these are shown as the spaces that they stand for."""
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
        yield (Run(f"      {visible(hint.because)}", DIM),)


def _lines(letter: Letter, review: Review, finding: ReviewedFinding, doubts: Sequence[Doubt]) -> Iterator[Line]:
    yield _pair("origin", _ORIGINS.get(finding.origin, finding.origin))
    if finding.parents:
        yield _pair("made of", ", ".join(finding.parents))
    if finding.reason:
        yield _pair("split for", finding.reason)
    yield _pair("rule", _rule(letter, review, finding))
    yield _pair("heading", finding.heading or "none above it")
    yield _pair("mark", _mark_before(letter, finding) or "none before it")
    for start, end in finding.spans:
        yield _pair("stands at", f"line {line_of(review, start)}, characters {start} to {end}")
    for doubt in doubts:
        yield (Run(f"  {'to check':<11}", DIM), Run(f"{doubt.code}: ", DOUBT), Run(visible(doubt.message), TEXT))
    yield ()
    yield (Run("Raw characters, and what the parser took each line for", STRONG),)
    first = review.text.rfind("\n", 0, finding.spans[0].start) + 1
    last = review.text.find("\n", finding.spans[-1].end)
    last = len(review.text) if last < 0 else last + 1
    yield from _raw(letter, review, finding, Span(first, last))
    names = _unusual(review.text[first:last])
    if names:
        yield ()
        yield (Run("Characters that can't be seen or act on a terminal", STRONG),)
        for name in names:
            yield (Run(f"  {name}", TEXT),)


def _rule(letter: Letter, review: Review, finding: ReviewedFinding) -> str:
    """What makes this stretch one finding, as the parser would say."""
    if finding.origin != "parser":
        return f"{_ORIGINS.get(finding.origin, finding.origin)}: no rule of the parser"
    mark = _mark_before(letter, finding)
    what = f'what stands after the list mark "{mark}"' if mark else "a paragraph without a list mark"
    where = f'under the heading "{finding.heading}"' if finding.heading else "after a sentence that introduces a list"
    family = f", family {review.source.profile}" if review.source.profile else ""
    page = "; it goes on after a page" if len(finding.spans) > 1 else ""
    return f"{what}, {where}{family}{page}"


def _raw(letter: Letter, review: Review, finding: ReviewedFinding, extent: Span) -> Iterator[Line]:
    """The lines of an extent as they stand: line ends, tabs and form feeds as signs, the finding's own words bright."""
    known = letter.regions if letter.source.text_sha256 == review.source.text_sha256 else ()
    for start in _line_starts(review.text, extent):
        end = review.text.find("\n", start, extent.end)
        end = extent.end if end < 0 else end + 1
        inside = [r.kind.value for r in known if r.span.start < end and start < r.span.end]
        named = [kind for kind in dict.fromkeys(inside) if kind != RegionKind.BLANK]
        kinds = clip(", ".join(named), _KINDS - 1)
        shown = visible(review.text[start:end].translate(_SEEN))
        own = [Span(max(s, start) - start, min(e, end) - start) for s, e in finding.spans if s < end and start < e]
        head = f"{line_of(review, start):>5} {kinds:<{_KINDS}}"
        yield (Run(head, DIM), *_inked(shown, own))


def _line_starts(text: str, extent: Span) -> Iterator[int]:
    start = extent.start
    while start < extent.end:
        yield start
        found = text.find("\n", start, extent.end)
        start = extent.end if found < 0 else found + 1


def _inked(shown: str, own: Sequence[Span]) -> Iterator[Run]:
    """One line: what belongs to the finding in the text's ink, the rest faint."""
    edges = {0, len(shown), *(edge for span in own for edge in span if 0 < edge < len(shown))}
    for start, end in pairwise(sorted(edges)):
        belongs = any(span.start <= start < span.end for span in own)
        yield Run(shown[start:end], TEXT if belongs else DIM)


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
