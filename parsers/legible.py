"""A letter without what only its typesetting put there: soft hyphens, ligatures, a left margin of blanks.

Words are matched in this text, where a word with a soft hyphen or a ligature reads like any other. What is found is
then told in the offsets of the letter itself, and the texts of findings are the letter's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from parsers.ids import finding_id, fold
from parsers.letter import Doubt, Finding, Letter, Region, RegionKind, Source, Span

LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
"""What the letters that are joined into one stand for."""

SOFT_HYPHEN = "\u00ad"
_TYPESET = re.compile(f"[{SOFT_HYPHEN}{''.join(LIGATURES)}]")
_INDENT = re.compile(r"^ +(?=\S)", re.MULTILINE)
_MARGIN_SHARE = 10
"""A margin is the smallest indent of at least one line in so many."""


class Legible(NamedTuple):
    """The text to be matched, and for each of its code points, and for its end, the place in the letter."""

    text: str
    places: list[int]

    def back(self, span: Span) -> Span:
        """A span of `text` as a span of the letter."""
        return Span(self.places[span.start], self.places[span.end])


def legible(text: str) -> Legible | None:
    """`text` as it is to be read; None where it is legible as it is. Linear in the length."""
    margin = _margin(text)
    typeset = not text.isascii() and _TYPESET.search(text) is not None
    if not margin and not typeset:
        return None
    pieces: list[str] = []
    places: list[int] = []
    start = 0
    for place, length, instead in _changes(text, margin, typeset=typeset):
        pieces += text[start:place], instead
        places.extend(range(start, place))
        places.extend([place] * len(instead))
        start = place + length
    pieces.append(text[start:])
    places.extend(range(start, len(text) + 1))
    return Legible("".join(pieces), places)


def _margin(text: str) -> int:
    """Blanks that every line begins with, but for a few; 0 where most lines begin at the edge."""
    if text.count("\n ") * 2 < text.count("\n"):
        return 0
    indents = Counter(len(found.group()) for found in _INDENT.finditer(text))
    lines = sum(1 for line in text.split("\n") if line and not line.isspace())
    if indents.total() * 2 <= lines:
        return 0
    return min((indent for indent, times in indents.items() if times * _MARGIN_SHARE >= lines), default=0)


def _changes(text: str, margin: int, *, typeset: bool) -> Iterator[tuple[int, int, str]]:
    """Place, length and replacement of each change, in order."""
    options = [rf"(?:\A|(?<=[\n\f])) {{1,{margin}}}"] if margin else []
    if typeset:
        options.append(_TYPESET.pattern)
    for found in re.finditer("|".join(options), text):
        yield found.start(), len(found.group()), LIGATURES.get(found.group(), "")


def restored(letter: Letter, seen: Legible, text: str, source: Source) -> Letter:
    """`letter`, parsed from `seen.text`, in the offsets of `text`, with doubts where typesetting stands in findings."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    ordinals: Counter[str] = Counter()
    findings: list[Finding] = []
    doubts: list[Doubt] = []
    for finding in letter.findings:
        spans = tuple(map(seen.back, finding.spans))
        words = fold(" ".join(text[span.start : span.end] for span in spans))
        names[finding.id] = name = finding_id(words, ordinals[words], taken)
        taken.add(name)
        ordinals[words] += 1
        own = list(_typesetting(text, spans, name))
        doubts.extend(own)
        codes = tuple(dict.fromkeys((*finding.doubts, *(doubt.code for doubt in own))))
        findings.append(replace(finding, id=name, text=words, spans=spans, doubts=codes))
    regions = [Region(r.kind, seen.back(r.span), names.get(r.finding or "")) for r in letter.regions]
    before = [Region(RegionKind.BLANK, Span(0, seen.places[0]))]
    old = [replace(d, span=seen.back(d.span), finding=names.get(d.finding or "")) for d in letter.doubts]
    return replace(
        letter,
        text=text,
        source=source,
        metadata_spans={path: seen.back(span) for path, span in letter.metadata_spans.items()},
        findings=tuple(findings),
        regions=tuple(region for region in (*before, *regions) if region.span.start < region.span.end),
        doubts=(*old, *doubts),
    )


def _typesetting(text: str, spans: tuple[Span, ...], finding: str) -> Iterator[Doubt]:
    for span in spans:
        for found in _TYPESET.finditer(text, span.start, span.end):
            if found.group() == SOFT_HYPHEN:
                yield Doubt("hyphen", "a word is hyphenated here", Span(*found.span()), finding)
            else:
                yield Doubt("ligature", "letters are joined into one sign here", Span(*found.span()), finding)
