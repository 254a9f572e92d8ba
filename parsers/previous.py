"""What the letter says of earlier inspections: when they were, and what became of the areas that they raised."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers.dates import Month, find_dates, find_months
from parsers.found import UNCERTAIN, Found
from parsers.letter import Doubt, PreviousInspection, Region, RegionKind, Span
from parsers.outcome import outcome_of, together
from parsers.plain import Line, Sheet, blocks_in, lines_in, span_of

_WORDS = r"(?:\s{1,3}[\w,'()-]+)"
# The first letter stands before the look-behind, so that the engine can skip to it: these are tried on every paragraph.
_MENTION = re.compile(
    rf"[PpLlEeFf](?<!\w\w)(?:(?:revious|ast|arlier|rior|receding|ormer)\b{_WORDS}{{0,6}}?\s{{1,3}}(?:[Ii]nspections?|[Vv]isits?)\b"
    rf"|(?:reviously|ast)\s{{1,3}}(?:inspected|identified)\b)"
)
_MENTION_STEMS = ("revious", "ast ", "ast\n", "arlier", "rior ", "rior\n", "receding", "ormer")
"""One of them stands in every mention; to look for them is many times faster."""
_DATED_MENTION = re.compile(
    rf"[IiVv](?<!\w\w)(?:nspections?|isits?)\b{_WORDS}{{0,12}}?\s{{1,3}}(?:in|of|on|during|from)\s(?=[\dA-Z])"
)
_OUTCOMES = ("addressed", "progress", "improve", "resolved", "priority action")
_AREAS = (
    "areas for",
    "areas of",
    "area for",
    "area of",
    "areas requiring",
    "areas identified",
    "recommendation",
    "addressed",
    "priority action",
)
_OTHER_TOPIC = re.compile(
    r"(?:From the evidence|The (?:recent )?inspection (?:identified|sampled|was|has identified)"
    r"|This (?:letter|inspection|visit)|I (?:would|am|wish)"
    r"|Thank you|The following|Inspectors (?:considered|also|spoke|looked|sampled|identified)|It will|Strengths\b)"
)
_SENTENCE = re.compile(r"[.!?]['\")]?\s+(?=['\"(]?[A-Z])")
_ENDED = re.compile(r"[.!?:;]['\")]?$")
_SHORT = 0.75
_UNWRAPPED = 110
_REACH = 200


class PreviousReading(NamedTuple):
    """Earlier inspections in order of their months, where the statements stand, and what is doubted."""

    inspections: tuple[PreviousInspection, ...] = ()
    found: Found = Found()


class _Statement(NamedTuple):
    span: Span
    months: tuple[Month, ...]


def read_previous(sheet: Sheet, opening: Span, inspected: dt.date | None) -> PreviousReading:
    """Read the paragraphs of the opening that say what became of an earlier inspection's areas.

    Args:
        sheet: the letter, its furniture blanked.
        opening: the body before the first findings.
        inspected: the first day of the inspection that the letter is about, if known: an earlier one was before it, and
            a month without a year is the last such month before it.
    """
    statements: list[_Statement] = []
    for paragraph in paragraphs_in(sheet.words, opening):
        statements.extend(_statements(sheet.words, paragraph, inspected))
    by_month: dict[str, list[Span]] = {}
    doubts: list[Doubt] = []
    latest: list[str] = []
    for statement in statements:
        months = [_dated(month, inspected) for month in statement.months]
        if any(month.year is None for month in statement.months):
            doubts.append(
                Doubt(
                    UNCERTAIN,
                    "the year of an earlier inspection is not written; the last one that fits is taken",
                    statement.span,
                )
            )
        latest = [month for month in months if month] or latest
        for month in dict.fromkeys(latest):
            by_month.setdefault(month, []).append(statement.span)
        if not latest:
            doubts.append(Doubt(UNCERTAIN, "an earlier inspection is mentioned, but not when it was", statement.span))
    in_order = sorted(by_month.items())
    inspections = tuple([_inspection(sheet, month, spans) for month, spans in in_order])
    paths = {f"previous_inspection.{n}": span_of((s[0].start, s[-1].end)) for n, (_, s) in enumerate(in_order, 1)}
    regions = tuple(Region(RegionKind.PREVIOUS, statement.span) for statement in statements)
    return PreviousReading(inspections, Found(paths, regions, tuple(doubts)))


def _inspection(sheet: Sheet, month: str, spans: Sequence[Span]) -> PreviousInspection:
    statements = tuple(sheet.value(span) for span in spans)
    return PreviousInspection(
        month, together(outcome_of(sheet.words[span.start : span.end]) for span in spans), statements
    )


def _dated(month: Month, inspected: dt.date | None) -> str | None:
    year = month.year
    if year is None and inspected:
        year = inspected.year - (month.month >= inspected.month)
    return f"{year:04}-{month.month:02}" if year else None


def paragraphs_in(words: str, zone: Span) -> list[Span]:
    """The paragraphs of `words[zone]`, parted by blank lines (unless a sentence goes on) or lines ended on purpose."""
    paragraphs: list[Span] = []
    for block in blocks_in(lines_in(words, zone.start, zone.end)):
        width = max([line.end - line.start for line in block])
        for number, line in enumerate(block):
            if paragraphs and _belongs(words, paragraphs[-1], line, block[number - 1] if number else None, width):
                paragraphs[-1] = span_of((paragraphs[-1].start, line.end))
            else:
                paragraphs.append(line.span)
    return paragraphs


def _belongs(words: str, paragraph: Span, line: Line, before: Line | None, width: int) -> bool:
    """Whether `line` goes on with `paragraph`; `before` is the line before it, None after a blank one."""
    ended = _ENDED.search(words, max(paragraph.start, paragraph.end - 2), paragraph.end) is not None
    if before is None:
        return not ended and words[line.start].islower()
    if not ended:
        return True
    length = before.end - before.start
    return not (length < _SHORT * width or width > _UNWRAPPED or words[line.start].islower())


def _statements(words: str, paragraph: Span, inspected: dt.date | None) -> list[_Statement]:
    """The statements in a paragraph: all of it, or, where it speaks of other things too, the sentences about it."""
    content = words[paragraph.start : paragraph.end]
    found = []
    if any(map(content.__contains__, _MENTION_STEMS)):
        found = list(_MENTION.finditer(words, paragraph.start, paragraph.end))
    explicit = bool(found)
    if not explicit and any(map(content.__contains__, _OUTCOMES)):
        found = list(_DATED_MENTION.finditer(words, paragraph.start, paragraph.end))
    if not found:
        return []
    sentences = _sentences(words, paragraph)
    mentions = [_mention(words, sentence, found, inspected, explicit=explicit) for sentence in sentences]
    others = [_OTHER_TOPIC.match(words, sentence.start) is not None for sentence in sentences]
    return [s for s in _gather(sentences, mentions, others) if s.months or _speaks_of_areas(words, s.span)]


def _gather(
    sentences: Sequence[Span], mentions: Sequence[tuple[Month, ...] | None], others: Sequence[bool]
) -> list[_Statement]:
    """Put sentences together: a statement begins with a mention and goes on until the letter turns to another topic."""
    mixed = any(others) or mentions[0] is None
    statements: list[_Statement] = []
    speaking = False
    for sentence, months, other in zip(sentences, mentions, others, strict=True):
        begins = months is not None and (months or not other)
        if begins and (mixed or not statements) and (not speaking or months):
            statements.append(_Statement(sentence, months or ()))
            speaking = True
        elif other and mixed:
            speaking = False
        elif speaking:
            last = statements[-1]
            statements[-1] = _Statement(span_of((last.span.start, sentence.end)), last.months or months or ())
    return statements


def _speaks_of_areas(words: str, span: Span) -> bool:
    statement = words[span.start : span.end].casefold()
    return any(word in statement for word in _AREAS)


def _sentences(words: str, paragraph: Span) -> list[Span]:
    sentences = []
    start = paragraph.start
    for end in _SENTENCE.finditer(words, paragraph.start, paragraph.end):
        sentences.append(span_of((start, end.start() + len(end.group().rstrip()))))
        start = end.end()
    sentences.append(span_of((start, paragraph.end)))
    return sentences


def _mention(
    words: str, sentence: Span, found: Sequence[re.Match[str]], inspected: dt.date | None, *, explicit: bool
) -> tuple[Month, ...] | None:
    """The months of the earlier inspection in a sentence, empty where it gives none; None if it speaks of no such."""
    mention = next((match for match in found if sentence.start <= match.start() < sentence.end), None)
    if mention is None:
        return None
    months = _months(words, span_of((mention.start(), min(sentence.end, mention.end() + _REACH))))
    earlier = tuple(month for month in months if _is_earlier(month, inspected))
    return earlier if explicit or earlier else None


def _is_earlier(month: Month, inspected: dt.date | None) -> bool:
    return inspected is None or month.year is None or (month.year, month.month) < (inspected.year, inspected.month)


def _months(words: str, zone: Span) -> tuple[Month, ...]:
    """The months after a mention: the first, and others that `and` joins to it."""
    days = [(dates.span, day) for dates in find_dates(words, zone.start, zone.end) for day in dates.days]
    found = [Month(day.year, day.month, span) for span, day in days]
    spans = [span for span, _ in days]
    found += [
        m for m in find_months(words, zone.start, zone.end) if not any(s.start <= m.span.start < s.end for s in spans)
    ]
    found.sort(key=lambda month: month.span)
    joined: list[Month] = []
    for month in found:
        between = words[joined[-1].span.end : month.span.start].strip() if joined else ""
        if (
            joined
            and month.span != joined[-1].span
            and between not in ("and", ",", ", and", "&", "and in", "and again in", "and the", "-", "to")
        ):
            break
        if not any((month.year, month.month) == (other.year, other.month) for other in joined):
            joined.append(month)
    return tuple(joined)
