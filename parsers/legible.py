"""A letter as a reader sees it: without soft hyphens, ligatures, a left margin, HTML, misread UTF-8 and quoting.

Words and marks are matched in this text, where `&bull;` is a bullet and a word with a ligature reads like any other.
What is found is then told in the offsets of the letter itself, and the texts of findings are the letter's own.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from parsers.carriers import Change, traces
from parsers.ids import finding_id, fold
from parsers.letter import Doubt, Finding, Letter, Region, RegionKind, Source, Span
from parsers.spans import trimmed

_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
_SOFT_HYPHEN = "\u00ad"
_LINE_ENDS = "\v\x85\u2028\u2029"
_SIGNS = (_SOFT_HYPHEN, *_LIGATURES, *_LINE_ENDS)
_TYPESET = f"[{''.join(_SIGNS)}]"
_ENTITY = r"&(?:#\d{2,5}|#[xX][0-9a-fA-F]{2,4}|[a-zA-Z]{2,8}\d?);"
# Tags of a web page that are no list's: they end lines and paragraphs, or only dress words.
_TAG = (
    r"(?i:<br\s*/?>[ \t]*\n?|</(?:p|div)>(?!\s*</li)[ \t]*\n?"
    r"|</?(?:p|div|span|font|a|strong|b|em|i|u)(?:\s[^<>\n]{0,300})?>)"
)
# UTF-8 read as Windows-1252: a lead byte with the bytes that belong to it.
_CONTINUING = "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2010-\u203a\u20ac\u2122"
_MISREAD = f"[\u00c2-\u00ef][{_CONTINUING}]{{1,2}}"
_MISREAD_STARTS = "\u00c2\u00c3\u00e2\u00ef"
_DOUBTED = re.compile(f"{_TYPESET}|{_ENTITY}|{_MISREAD}|{_TAG}")
_INDENT = re.compile(r"^ +(?=\S)", re.MULTILINE)
_MARGIN_SHARE = 10
"""A margin is the smallest indent of at least one line in so many."""


class Legible(NamedTuple):
    """The text to be matched, and for each of its code points, and for its end, the place in the letter.

    `signs` are places of the letter that are left out and are no word of it, such as the `> ` of a quoted mail.
    """

    text: str
    places: array[int]
    signs: tuple[Span, ...] = ()

    def back(self, span: Span) -> Span:
        """A span of `text` as a span of the letter."""
        return Span(self.places[span.start], self.places[span.end])


def legible(text: str) -> Legible | None:
    """`text` as it is to be read; None where it is legible as it is. Linear in the length."""
    carried = traces(text)
    uncarried = changed(text, carried) if carried else None
    words = uncarried.text if uncarried else text
    pattern = _pattern(words)
    if pattern is None:
        return uncarried
    typeset = changed(words, _changes(words, pattern))
    if uncarried is None:
        return typeset
    return Legible(typeset.text, array("Q", map(uncarried.places.__getitem__, typeset.places)), uncarried.signs)


def changed(text: str, changes: Iterable[Change]) -> Legible:
    """`text` with what stands instead; `changes` in order, none over another."""
    pieces: list[str] = []
    # Eight bytes a code point and not forty: there are five million of them at the most.
    places = array("Q")
    signs: list[Span] = []
    start = 0
    for change in changes:
        pieces += text[start : change.start], change.instead
        places.extend(range(start, change.start))
        places.extend([change.start] * len(change.instead))
        start = change.end
        if change.sign and change.end > change.start:
            signs.append(change.span)
    pieces.append(text[start:])
    places.extend(range(start, len(text) + 1))
    return Legible("".join(pieces), places, tuple(signs))


def _margin(text: str) -> int:
    """Blanks that every line begins with, but for a few; 0 where most lines begin at the edge."""
    if text.count("\n ") * 2 < text.count("\n"):
        return 0
    indents = Counter(len(found.group()) for found in _INDENT.finditer(text))
    lines = sum(1 for line in text.split("\n") if line and not line.isspace())
    if indents.total() * 2 <= lines:
        return 0
    return min((indent for indent, times in indents.items() if times * _MARGIN_SHARE >= lines), default=0)


def _pattern(text: str) -> re.Pattern[str] | None:
    """What is to be read otherwise in this text; None where nothing is."""
    margin = _margin(text)
    options = [rf"(?P<margin>(?:\A|(?<=[\n\f])) {{1,{margin}}})"] if margin else []
    if "<" in text and re.search(_TAG, text):
        options.append(_TAG)
    if "&" in text and re.search(_ENTITY, text):
        options.append(_ENTITY)
    if any(map(text.__contains__, _SIGNS)):
        options.append(_TYPESET)
    if not text.isascii() and any(start in text for start in _MISREAD_STARTS) and re.search(_MISREAD, text):
        options.append(_MISREAD)
    return re.compile("|".join(options)) if options else None


def _changes(text: str, pattern: re.Pattern[str]) -> Iterator[Change]:
    """What is to be read instead of what the pattern finds, in order."""
    for found in pattern.finditer(text):
        instead = _instead(found.group())
        if instead is not None:
            yield Change(*found.span(), instead)


@lru_cache(maxsize=1024)
def _instead(found: str) -> str | None:
    """What a reader takes this for; None where it is what it seems."""
    first = found[0]
    if first == "&":
        import html  # its table of names is large, and most letters have none of them

        char = html.unescape(found)
        return char if len(char) == 1 else None
    if first in _LINE_ENDS:
        return "\n"
    if first == "<":
        name = found[1:4].casefold()
        return "\n" if name.startswith("br") else "\n\n" if name in ("/p>", "/di") else ""
    if len(found) > 1 and first != " ":
        try:
            return b"".join(map(_byte, found)).decode("utf-8")
        except UnicodeError:
            return None
    return _LIGATURES.get(first, "")


def _byte(char: str) -> bytes:
    """The byte that Windows-1252 has for a character; where it has none, the one of the same number."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


def restored(letter: Letter, seen: Legible, text: str, source: Source) -> Letter:
    """`letter`, parsed from `seen.text`, in the offsets of `text`, with doubts where typesetting stands in findings."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    ordinals: Counter[str] = Counter()
    findings: list[Finding] = []
    doubts: list[Doubt] = []
    for finding in letter.findings:
        spans = tuple(
            part
            for span in finding.spans
            for piece in _without(seen.back(span), seen.signs)
            if (part := trimmed(text, *piece)).start < part.end
        )
        words = fold(" ".join(text[span.start : span.end] for span in spans))
        names[finding.id] = name = finding_id(words, ordinals[words], taken)
        taken.add(name)
        ordinals[words] += 1
        own = list(_typesetting(text, spans, name))
        doubts.extend(own)
        codes = tuple(dict.fromkeys((*finding.doubts, *(doubt.code for doubt in own))))
        findings.append(finding._replace(id=name, text=words, spans=spans, doubts=codes))
    regions = [region for r in letter.regions for region in _restored_region(r, seen, names, text)]
    before = [Region(RegionKind.BLANK, Span(0, seen.places[0]))]
    old = [d._replace(span=seen.back(d.span), finding=names.get(d.finding or "")) for d in letter.doubts]
    return replace(
        letter,
        text=text,
        source=source,
        metadata_spans={path: seen.back(span) for path, span in letter.metadata_spans.items()},
        findings=tuple(findings),
        regions=tuple(region for region in (*before, *regions) if region.span.start < region.span.end),
        doubts=(*old, *doubts),
    )


def _restored_region(region: Region, seen: Legible, names: Mapping[str, str], text: str) -> Iterator[Region]:
    """A region in the offsets of the letter; the signs inside are furniture."""
    span, name = seen.back(region.span), names.get(region.finding or "")
    place = span.start
    for part in _without(span, seen.signs):
        yield Region(RegionKind.FURNITURE, Span(place, part.start))
        inner = trimmed(text, *part) if region.kind is RegionKind.FINDING else part
        yield Region(RegionKind.BLANK, Span(part.start, inner.start))
        yield Region(region.kind, inner, name)
        yield Region(RegionKind.BLANK, Span(inner.end, part.end))
        place = part.end
    yield Region(RegionKind.FURNITURE, Span(place, span.end))


def _without(span: Span, signs: Sequence[Span]) -> Iterator[Span]:
    """What is left of a span without the signs in it; `signs` are in order."""
    start = span.start
    for number in range(bisect_left(signs, span), len(signs)):
        if signs[number].start >= span.end:
            break
        if start < signs[number].start:
            yield Span(start, signs[number].start)
        start = signs[number].end
    if start < span.end:
        yield Span(start, span.end)


def _typesetting(text: str, spans: tuple[Span, ...], finding: str) -> Iterator[Doubt]:
    for span in spans:
        for found in _DOUBTED.finditer(text, span.start, span.end):
            place = Span(*found.span())
            if found.group() == _SOFT_HYPHEN:
                yield Doubt("hyphen", "a word is hyphenated here", place, finding)
            elif found.group()[0] == "<":
                yield Doubt("list-remnant", "a web page's tags stand here", place, finding)
            elif found.group() in _LIGATURES:
                yield Doubt("ligature", "letters are joined into one sign here", place, finding)
            elif found.group() not in _LINE_ENDS and _instead(found.group()) is not None:
                yield Doubt("decoding", f"read as {_instead(found.group())!r}", place, finding)
