"""Text in, `Letter` out: the pipeline and nothing else.

frame -> profile -> lines -> paragraphs -> sections -> bullets -> findings, with metadata and doubts on the way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from parsers import doubts as doubting
from parsers import profile as profiles
from parsers.behind_signature import find_behind_signature
from parsers.bullets import Bullet, marks, read_bullets
from parsers.frame import Frame, find_frame
from parsers.ids import fold, id_of_folded
from parsers.legible import changed, legible, restored
from parsers.letter import Doubt, Finding, Letter, Region, RegionKind, Source, Span
from parsers.lines import Line, LineKind, read_lines
from parsers.mending import mend
from parsers.metadata import read_metadata
from parsers.paragraphs import read_paragraphs
from parsers.phrases import Passage
from parsers.profile import Profile
from parsers.reading import read
from parsers.regions import partition
from parsers.sections import Outline, read_sections


def parse_file(path: Path, *, profile: Profile | None = None, shown_as: str | None = None) -> Letter:
    """Read and parse one file.

    Args:
        path: a text, or a PDF if the extra is installed.
        profile: the letter family; chosen by the letter's own words if None.
        shown_as: the path that `Letter.source` gives, if not `path`.

    Raises:
        parsers.unreadable.UnreadableLetterError: the file can't be read as a letter; the message names it and says why.
    """
    reading = read(path, shown_as=shown_as)
    letter = parse(reading.text, source=reading.source, profile=profile)
    return replace(letter, doubts=_in_order((*reading.doubts, *letter.doubts))) if reading.doubts else letter


def parse(text: str, *, source: Source | None = None, profile: Profile | None = None) -> Letter:
    """Parse a letter. Never raises, whatever the text; the same text gives the same letter, in linear time.

    Args:
        text: the letter, with LF line ends.
        source: where it came from; made from the text alone if None.
        profile: the letter family; chosen by the letter's own words if None.
    """
    source = source or source_of(text)
    seen = legible(text)
    if seen is None:
        return _parse(text, source, profile)
    letter = restored(_parse(seen.text, source, profile), seen, text, source)
    return replace(letter, doubts=_in_order(letter.doubts))


def _parse(text: str, source: Source, profile: Profile | None, *, mended: bool = False) -> Letter:
    frame = find_frame(text)
    chosen = profile or choose_profile(text)
    if chosen is None:
        return _without_family(text, source, frame)
    lines = read_lines(text, frame.body, frame.head, chosen)
    mending = None if mended else mend(text, lines, chosen)
    if mending is not None:
        seen = changed(text, mending.changes)
        letter = restored(_parse(seen.text, source, chosen, mended=True), seen, text, source)
        headings = {region.span.start for region in letter.regions if region.kind is RegionKind.HEADING}
        mended_here = {change.start for change in mending.changes}
        # What the lines around made part of a sentence is no heading, and there is nothing to doubt.
        doubts = [d for d in mending.doubts if d.span.start in headings or d.span.start not in mended_here]
        return replace(letter, doubts=_in_order((*letter.doubts, *doubts)))
    behind = find_behind_signature(text, frame, chosen)
    if behind is not None:
        lines = [*lines, *read_lines(text, behind, frame.head, chosen)]
    outline = read_sections(text, read_paragraphs(text, lines), frame.body, chosen)
    opening = Span(frame.body.start, max(frame.body.start, outline.opening_end))
    about = read_metadata(text, frame, opening)
    findings, found_regions, found_doubts = _findings(text, outline, chosen)
    claims = [*found_regions, *outline.regions, *about.regions, *_line_regions(lines, outline)]
    doubts = [
        *found_doubts,
        *doubting.closing_doubts(outline.last_words),
        *doubting.running_head_doubts(outline.running_heads),
        *doubting.part_doubts(outline.parts),
        *doubting.unread_doubts(frame.body, outline.unread, findings),
        *doubting.behind_signature_doubts(behind),
        *about.doubts,
        *doubting.line_doubts([line for line in lines if line.span.start >= outline.opening_end]),
        *doubting.count_doubts(text, opening, about.regions, findings, chosen),
    ]
    return Letter(
        text=text,
        source=source,
        profile=chosen.id,
        metadata=about.metadata,
        metadata_spans=about.spans,
        findings=tuple(findings),
        regions=partition(text, claims, frame, outline.opening_end),
        doubts=_in_order(doubts),
    )


def choose_profile(text: str) -> Profile | None:
    """The family whose words the letter uses; else one of which at least two headings stand in it; else None."""
    passage = Passage.of(text)
    for candidate in profiles.shipped():
        if candidate.recognise.occur(passage):
            return candidate
    everything = Span(0, len(text))
    for candidate in profiles.shipped():
        lines = read_lines(text, everything, Span(0, 0), candidate)
        if len({line.category for line in lines if line.kind is LineKind.HEADING}) > 1:
            return candidate
    return None


def source_of(text: str, path: str = "") -> Source:
    """A `Source` for text that came from no file."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Source(path, digest, digest, "utf-8", len(text))


def _without_family(text: str, source: Source, frame: Frame) -> Letter:
    about = read_metadata(text, frame, frame.body)
    message = "of no family that has a profile; no findings were read (a profile can be given)"
    unknown = Doubt("unknown-family", message, Span(0, len(text)))
    regions = partition(text, about.regions, frame, frame.body.end)
    doubts = (unknown, *_in_order(about.doubts))
    return Letter(text, source, None, about.metadata, about.spans, (), regions, doubts)


def _findings(text: str, outline: Outline, profile: Profile) -> tuple[list[Finding], list[Region], list[Doubt]]:
    findings: list[Finding] = []
    regions: list[Region] = []
    doubts: list[Doubt] = []
    names = _Names()
    for section in outline.sections:
        bullets: list[Bullet] = []
        here: list[Finding] = []
        if section.category is not None:
            category = profile.categories[section.category]
            heading = _heading(text, section.heading)
            bullets = read_bullets(text, section, paragraphs=profile.paragraphs)
            for bullet in bullets:
                spans = tuple(bullet.spans)
                words = fold(" ".join([text[start:end] for start, end in spans]))
                name = names.give(words)
                own = doubting.finding_doubts(text, bullet, name, words, paragraphs=profile.paragraphs)
                codes = tuple(dict.fromkeys([d.code for d in _in_order(own)])) if own else ()
                here.append(Finding(name, category.id, heading, words, spans, _repeats(words, profile), codes))
                for span in spans:
                    regions.append(Region(RegionKind.FINDING, span, name))
                doubts.extend(own)
        doubts.extend(doubting.section_doubts(section, bullets, here, profile))
        findings.extend(here)
    return findings, regions, doubts


class _Names:
    """The ids of a letter's findings, none given twice."""

    def __init__(self) -> None:
        self._times: dict[str, int] = {}
        self._taken: set[str] = set()

    def give(self, words: str) -> str:
        """The id of the next finding with these words, their white space folded."""
        times = self._times.get(words, 0)
        name = id_of_folded(words, times, self._taken)
        self._times[words] = times + 1
        self._taken.add(name)
        return name


def _heading(text: str, heading: Span | None) -> str:
    return fold(text[heading.start : heading.end]).strip("#*_=: ") if heading else ""


def _repeats(words: str, profile: Profile) -> str | None:
    """The category under which the finding says that an earlier inspection raised it; the graver of two."""
    lowered = words.lower()
    if not profile.earlier.may_stand_in(lowered) or not profile.earlier.search(Passage(words, 0, len(words), lowered)):
        return None
    for sentence in map(Passage.of, words.split(". ")):
        if profile.earlier.search(sentence):
            for category in reversed(profile.categories):
                if category.names.search(sentence):
                    return category.id
    return None


def _line_regions(lines: Sequence[Line], outline: Outline) -> Iterable[Region]:
    """Furniture wherever it stands, and the marks of every section."""
    for line in lines:
        if line.kind is LineKind.FURNITURE:
            yield Region(RegionKind.FURNITURE, line.span)
        elif line.kind is LineKind.TAGS and line.mark is not None:
            yield Region(RegionKind.MARK, line.mark)
    for section in outline.sections:
        yield from (Region(RegionKind.MARK, mark) for mark in marks(section))


def _in_order(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """Doubts by place, each key once: doubts are settled by key, so two of one key are one with both messages."""
    by_key: dict[tuple[str, int], Doubt] = {}
    for doubt in sorted(doubts, key=_place):
        key = doubt.code, doubt.span.start
        known = by_key.get(key)
        by_key[key] = known._replace(message=f"{known.message}; {doubt.message}") if known else doubt
    return tuple(by_key.values())


def _place(doubt: Doubt) -> tuple[Span, str, str]:
    return doubt.span, doubt.code, doubt.message
