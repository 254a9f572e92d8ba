"""What looks wrong in a parse, said in plain words with its place, so that a reviewer looks there first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from parsers.bullets import Bullet
from parsers.letter import Doubt, Finding, Region, RegionKind, Span
from parsers.lines import MOST_LINES, Line, LineKind
from parsers.phrases import NUMBER_WORDS, Passage
from parsers.profile import Profile
from parsers.sections import Section
from parsers.sentences import sentences_in

CODES: Mapping[str, str] = MappingProxyType(
    {
        "page-join": "a finding was put together over the turn of a page",
        "lower-case-start": "a finding begins with a small letter, as if its first words were elsewhere",
        "no-full-stop": "a finding ends without a full stop, as if its last words were elsewhere",
        "unmarked-item": "a paragraph without a list mark was taken for a finding, or for the second paragraph of one",
        "list-remnant": "tags of a web page's list were found; the list was flattened into one line, or tags stand"
        " inside a finding",
        "furniture-inside": "a footer, running head or page number stood inside a finding and was left out",
        "too-long": "a finding is much longer than findings are; it may be two",
        "too-short": "a finding is very short; it may be a heading or a piece of another",
        "unknown-heading": "a line that looks like a heading is not in the profile; what stands under it was not read,"
        " or was read under the category that the line names, or the line was taken for a running head,"
        " or for a heading that was torn or misread",
        "unread-list": "a list stands under no heading, before the first or after the last words; it was not read",
        "no-findings": "the letter is of a family that has a profile, but no finding was read in it",
        "behind-signature": "findings stand behind the signature, where no letter has them; they were read",
        "empty-section": "a heading has no finding under it",
        "count-mismatch": "the letter's own words name another number of findings than were read",
        "missing-metadata": "the letter doesn't say, or it could not be read",
        "uncertain-metadata": "a value may be wrong: cut from running text, guessed in part, or contradicted elsewhere",
        "line-join": "a line inside a finding begins with a capital, though its first word had room on the line before",
        "mark-inside": "a list mark may stand inside a finding, which is then two",
        "mixed-marks": "the list has more than one kind of mark",
        "hyphen": "a word is hyphenated over a line's end or with a soft hyphen",
        "ligature": "letters are joined into one sign, such as `\ufb01`",
        "too-many-lines": "there are more lines than any letter has; only the first of them were read",
        "unknown-family": "the letter is of no family that has a profile; no findings were read",
        "decoding": "some bytes could not be decoded with certainty, or were decoded wrongly before",
        "same-text": "two letters have the same text",
    }
)
"""Every code that a doubt may have, with what it means."""

LONGEST_WORDS = 120
SHORTEST_WORDS = 4
_HYPHEN = re.compile(r"\w-[^\S\n]*\n\s*\w")
_ENDS = ".!?"
_DASHES = "-\u2013\u2014\u2212"
_CLOSERS = "'\"\u2019\u201d)]*_"
_NUMBER_BEFORE = re.compile(rf"(?<!\w)({'|'.join(NUMBER_WORDS)}|\d{{1,3}})\s+$", re.IGNORECASE)


def finding_doubts(text: str, bullet: Bullet, finding: str, words: str, *, paragraphs: bool) -> list[Doubt]:
    """Doubts about one finding, in no order.

    Args:
        text: the letter.
        bullet: how the finding was put together.
        finding: its id.
        words: its text, white space folded.
        paragraphs: in this family a finding needs no mark.
    """
    doubts: list[Doubt] = []
    first, last = bullet.spans[0], bullet.spans[-1]
    if bullet.seams or bullet.unasked or bullet.joins:
        doubts.extend(_made_of_several(bullet, finding))
    if bullet.mark is None and not paragraphs:
        doubts.append(Doubt("unmarked-item", "has no list mark", first, finding))
    if bullet.style and bullet.style in _DASHES and f" {bullet.style} " in words:
        for span in bullet.spans:
            for dash in _inner_dashes(text, span, bullet.style):
                doubts.append(Doubt("mark-inside", "a list mark, or a dash of the sentence?", dash, finding))
    if text[first.start].islower():
        place = Span(first.start, first.start + 1)
        doubts.append(Doubt("lower-case-start", "begins with a small letter", place, finding))
    if words[-1] not in _ENDS and words.rstrip(_CLOSERS)[-1:] not in _ENDS:
        doubts.append(Doubt("no-full-stop", "ends without a full stop", Span(last.end - 1, last.end), finding))
    # The text is folded: a space stands between two words and nowhere else.
    number = words.count(" ") + 1
    if number > LONGEST_WORDS:
        place = Span(first.start, last.end)
        doubts.append(Doubt("too-long", f"has {number} words; may be two findings", place, finding))
    if number < SHORTEST_WORDS:
        place = Span(first.start, last.end)
        doubts.append(Doubt("too-short", f"has only {number} word{'s' if number > 1 else ''}", place, finding))
    if "-" in words:
        for span in bullet.spans:
            for found in _HYPHEN.finditer(text, span.start, span.end):
                doubts.append(Doubt("hyphen", "a word is hyphenated here", Span(*found.span()), finding))
    return doubts


def _made_of_several(bullet: Bullet, finding: str) -> Iterator[Doubt]:
    """Doubts about where the pieces of a finding were put together."""
    for seam in bullet.seams:
        if seam.page:
            yield Doubt("page-join", "joined over a page break", seam.span, finding)
        if seam.furniture:
            yield Doubt("furniture-inside", "page furniture inside the finding was left out", seam.span, finding)
        if seam.doubtful and not seam.page:
            yield Doubt("unmarked-item", "taken for the second paragraph of this finding", seam.span, finding)
    for mark in bullet.unasked:
        yield Doubt("mixed-marks", "taken for a part of the finding before it", mark, finding)
    for start in bullet.joins:
        yield Doubt("line-join", "may be the start of another finding", Span(start, start + 1), finding)


def _inner_dashes(text: str, span: Span, dash: str) -> Iterator[Span]:
    """Dashes of the list's own kind inside an item, before a capital."""
    place = text.find(f" {dash} ", span.start, span.end)
    while place >= 0:
        if text[place + 3 : place + 4].isupper():
            yield Span(place + 1, place + 2)
        place = text.find(f" {dash} ", place + 1, span.end)


def section_doubts(
    section: Section, bullets: Sequence[Bullet], findings: Sequence[Finding], profile: Profile
) -> Iterator[Doubt]:
    """Doubts about a section as a whole."""
    place = section.heading or Span(section.start, section.start + 1)
    if section.category is None:
        items = len(section.paragraphs)
        unread = f"{items} items under it were" if items != 1 else "what stands under it was"
        yield Doubt("unknown-heading", f"not a heading of this family; {unread} not read", place)
        return
    if section.guessed:
        label = profile.categories[section.category].label
        yield Doubt("unknown-heading", f"not a heading of this family; read as {label.lower()} by a word in it", place)
    if not findings and not section.nothing:
        yield Doubt("empty-section", "no finding under this heading", place)
    styles = Counter(bullet.style for bullet in bullets if bullet.style)
    if len(styles) > 1:
        usual = styles.most_common(1)[0][0]
        for bullet, finding in zip(bullets, findings, strict=True):
            if bullet.style and bullet.style != usual and bullet.mark:
                yield Doubt("mixed-marks", "another mark than the rest of the list", bullet.mark, finding.id)


def line_doubts(lines: Sequence[Line]) -> Iterator[Doubt]:
    """Doubts that single lines give: remnants of web page lists that begin an item, and what was not read."""
    for line in lines:
        if line.tagged and line.mark is not None and line.kind is LineKind.ITEM:
            yield Doubt("list-remnant", "list tags of a web page", line.mark)
        elif line.kind is LineKind.UNREAD:
            yield Doubt(
                "too-many-lines", f"more than {MOST_LINES:,} lines; what stands behind them was not read", line.span
            )


def closing_doubts(last_words: Sequence[Span]) -> Iterator[Doubt]:
    """A paragraph that was taken for the letter's closing may be the rest of the finding before it."""
    for span in last_words:
        yield Doubt("unmarked-item", "taken for the letter's closing words, not for a finding", span)


def unread_doubts(body: Span, unread: Sequence[Span], findings: Sequence[Finding]) -> Iterator[Doubt]:
    """What may hold findings and was not read: lists under no heading, and a body of which nothing was read."""
    for span in unread:
        yield Doubt("unread-list", "a list under no heading of this family; it was not read", span)
    if not findings and body.start < body.end:
        yield Doubt("no-findings", "no finding was read in this letter", body)


def behind_signature_doubts(behind: Span | None) -> Iterator[Doubt]:
    """Sections that stand where the letter should have ended."""
    if behind is not None:
        yield Doubt(
            "behind-signature", "findings behind the signature; the parts of this letter are out of order", behind
        )


def part_doubts(titles: Sequence[Span]) -> Iterator[Doubt]:
    """A title inside a section may be the heading of another."""
    for span in titles:
        yield Doubt(
            "unknown-heading", "taken for the title of a part; what follows was read as what stands before", span
        )


def running_head_doubts(lines: Sequence[Span]) -> Iterator[Doubt]:
    """A short line at a page's turn may be the heading of another list."""
    for span in lines:
        yield Doubt(
            "unknown-heading", "taken for a running head; if it is a heading, what follows is not read right", span
        )


def count_doubts(
    text: str, opening: Span, regions: Sequence[Region], findings: Sequence[Finding], profile: Profile
) -> Iterator[Doubt]:
    """Where the opening names how many findings of a category there are, and there are not as many.

    Sentences about an earlier inspection are left out, and so is the letter's closing: it is no evidence.
    """
    counts = Counter(finding.category for finding in findings)
    previous = [r.span for r in regions if r.kind is RegionKind.PREVIOUS]
    lowered = text[opening.start : opening.end].lower()
    named = [category for category in profile.categories if category.names.may_stand_in(lowered)]
    rarest = frozenset().union(*(category.names.rarest for category in named))
    for start, end in sentences_in(text, *opening) if named else ():
        passage = Passage.of(text, start, end)
        if not any(map(passage.lowered.__contains__, rarest)):
            continue
        if any(s.start < end and start < s.end for s in previous):
            continue
        names = [(category, name) for category in named if (name := category.names.search(passage))]
        if names and profile.earlier.search(passage):
            continue
        for category, name in names:
            number = _NUMBER_BEFORE.search(text, max(start, name.start - 20), name.start)
            said = _number(number.group(1)) if number else None
            found = counts[category.id]
            if said is None and found == 0:
                message = f"the opening speaks of {category.label.lower()}, but none was read"
                yield Doubt("count-mismatch", message, name)
            elif said is not None and said != found:
                message = f"the opening says {said} for {category.label.lower()}, but {found} were read"
                yield Doubt("count-mismatch", message, name)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBER_WORDS[word.lower()]
