"""Dates as letters write them: `1 December 2010`, `30 November and 1 December 2010`, `2nd to 4th May`, `01/12/2010`.

All functions take plain text (`parsers.plain.plain`) and look at a stretch of it once, from left to right.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from parsers.letter import Span
from parsers.plain import span_of

LONGEST_RANGE = 31
"""Days; two dates further apart that are joined by `to` are taken as two dates, not as all the days between."""

_MOST_DAYS = 40
_NAMES = "january february march april may june july august september october november december".split()
_MONTH_NUMBERS = {name[:length]: number for number, name in enumerate(_NAMES, 1) for length in (3, 4, len(name))}
_MONTHS = frozenset(name[:3] for name in _NAMES)
# The look-ahead, here and below, saves a try of each name where none can stand.
_MONTH = (
    r"(?=[adfjmnos])(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_YEAR = r"(?:19|20)\d\d(?!\d)"
_WEEKDAY = r"(?=[fmstw])(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_DAY_NUMBER = r"(\d{1,2})(?![\d:])(?:\s?(?:st|nd|rd|th)(?!\w))?"

# A number that can be a day, or the year of `2010-12-01`: no part of a word or a longer number, and not the `6DY` of a
# postcode. A digit stands before the look-behind, so that the engine can skip to it.
_NUMBER = re.compile(
    r"[0-9](?<![a-zA-Z0-9./].)(?:[0-9]?(?![0-9])|[0-9]{3}(?=-))(?!(?!OF|ND|RD|ST|TH|TO)[A-Z]{2}(?!\w))"
)
_DAY_FORM = rf"(?:{_WEEKDAY}\.?,?\s{{1,4}})?(?:the\s{{1,4}})?{_DAY_NUMBER}"
_MONTH_FORM = rf",?\s{{0,4}}(?:day\s{{1,4}})?(?:of\s{{1,4}})?({_MONTH})(?:,?\s{{0,4}}({_YEAR}))?"
_JOIN_FORM = r"\s{0,4}(?:(?P<list>,\s{0,4}and\b|,|and\b|&|\+|/)|(?P<range>-|to\b|until\b|till\b|through\b))\s{0,4}"
_DAY = re.compile(_DAY_FORM, re.IGNORECASE)
_JOIN = re.compile(_JOIN_FORM, re.IGNORECASE)
# A day, its month and what joins the next to it; the empty groups say where day and month end.
_PIECE = re.compile(rf"{_DAY_FORM}()(?:{_MONTH_FORM})?()(?:{_JOIN_FORM})?", re.IGNORECASE)
_YEAR_AFTER = re.compile(rf",?\s{{1,4}}({_YEAR})")
_MONTH_BEFORE = re.compile(rf"(?<!\w)({_MONTH})\s{{1,4}}(?:the\s{{1,4}})?\Z", re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(rf"(?<!\w){_WEEKDAY}\.?,?\s{{1,4}}(?:the\s{{1,4}})?\Z", re.IGNORECASE)
_BRITISH = re.compile(r"(\d{1,2})(?:([-.])(\d{1,2})\2|/(\d{1,2})/)((?:19|20)\d\d|(?<=/)\d\d)(?![\d/])")
_ISO = re.compile(r"((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?!\d)")
_SPELT = [form for name in _NAMES for form in (name.title(), name.upper())]
_SHORT = ["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec"]
# Begins with letters alone, so that the engine can skip to them; whether a word begins there is looked at afterwards.
_MONTH_WORD = re.compile(rf"({'|'.join((*_SPELT, *_SHORT))})(?![a-zA-Z])\.?(?:,?\s{{0,4}}(?:of\s{{1,4}})?({_YEAR}))?")
_WEEKDAYS = frozenset("mon tue wed thu fri sat sun".split())
_PARTING = frozenset("/-.")
_BETWEEN_MONTHS = re.compile(r"\s*(?:,|and|&|-|/|to|or|,\s?and)\s*(?:in\s|\d{1,2}\s)?")
_LOOK_BACK = 24


class _Day(NamedTuple):
    """A day as it is written; `ranged`: all days since the one before are meant."""

    day: int
    month: int | None
    year: int | None
    ranged: bool = False


_day_of = partial(tuple.__new__, _Day)


class Dates(NamedTuple):
    """One expression that names days.

    Attributes:
        span: where it stands, with a weekday before it.
        days: each day that it names, in order; empty where one of them cannot be, or where the year is not written.
        impossible: it names a day that no calendar has, such as the 31st of November.
        yearless: the days as (day, month) where no year is written.
    """

    span: Span
    days: tuple[dt.date, ...]
    impossible: bool = False
    yearless: tuple[tuple[int, int], ...] = ()

    def before(self, latest: dt.date) -> tuple[dt.date, ...]:
        """The days in the last year in which they are not after `latest`; empty where that is no date."""
        if not self.yearless:
            return self.days
        for year in (latest.year, latest.year - 1):
            days, impossible = _resolve([_Day(day, month, year) for day, month in self.yearless])
            if not impossible and days and days[-1] <= latest:
                return days
        return ()


class Month(NamedTuple):
    """A month as it is written; `year` is None where none is."""

    year: int | None
    month: int
    span: Span


def find_dates(plain: str, start: int, end: int) -> Iterator[Dates]:
    """Each expression in `plain[start:end]` that names days of a month, in order. Days alone and months alone are none.

    Numbers are read day first (`01/12/2010` is in December). `2 to 4 November` names three days.
    """
    place = start
    for number in _NUMBER.finditer(plain, start, end):
        first = number.start()
        if first < place or plain[first - 1 : first].isalpha():
            continue
        words_before = plain[max(start, first - _LOOK_BACK) : first].rsplit(None, 2)[-2:]
        before = [word[:3].casefold() for word in words_before]
        read = None if _MONTHS.isdisjoint(before) else _read_month_first(plain, first, start, end)
        if read:
            place = read.span.end
        else:
            begin = first if _WEEKDAYS.isdisjoint(before) else _with_weekday(plain, first, start)
            read, place = _read(plain, first, begin, end)
        if read:
            yield read


def find_months(plain: str, start: int, end: int) -> list[Month]:
    """Each month in `plain[start:end]`, with its year; `in January and March 2010` gives both that year."""
    found = []
    for match in _MONTH_WORD.finditer(plain, start, end):
        word, year = match.groups()
        if plain[match.start() - 1 : match.start()].isalnum():
            continue
        if year is None and word.casefold() == "may" and not _is_month_of_may(plain, match):
            continue
        found.append(Month(int(year) if year else None, _month_number(word), span_of(match.span())))
    for place in range(len(found) - 2, -1, -1):
        month, after = found[place], found[place + 1]
        between = plain[month.span.end : min(after.span.start, month.span.end + _LOOK_BACK)]
        if month.year is None and after.year and _BETWEEN_MONTHS.fullmatch(between):
            found[place] = month._replace(year=after.year - (month.month > after.month))
    return found


def _is_month_of_may(plain: str, match: re.Match[str]) -> bool:
    """`May`, and not the verb: a capital after a day, `in`, `since`, `last` and the like."""
    before = plain[max(0, match.start() - 8) : match.start()].split()
    return (
        match.group(1)[0] == "M"
        and bool(before)
        and (before[-1].casefold() in {"in", "of", "since", "last", "during"} or before[-1][0].isdigit())
    )


def _read(plain: str, place: int, begin: int, end: int) -> tuple[Dates | None, int]:
    """The expression that begins with the digits at `place`, if there is one, and where to go on.

    `begin` is before the digits where a weekday stands there.
    """
    days: list[_Day] = []
    first = place
    kept, stop = 0, place
    ranged = False
    while len(days) < _MOST_DAYS:
        whole = _read_numeric(plain, place, end)
        if whole is not None:
            day, place = whole
            days.append(day._replace(ranged=ranged))
            kept, stop = len(days), place
            join = _JOIN.match(plain, place, end)
        else:
            join = _PIECE.match(plain, place, end)
            if join is None:
                break
            number, month, year = join.group(1, 3, 4)
            days.append(_day_of((int(number), None, None, ranged)))
            place = join.start(5)
            if month == "may" and not year:
                place = join.start(2)
                join = _JOIN.match(plain, place, end)
            elif month:
                when = _month_number(month), int(year) if year else None
                days = [_day_of((d.day, *when, d.ranged)) if d.month is None else d for d in days]
                kept, stop = len(days), place
        if join is None or join.end() == place:
            break
        ranged = join.group("range") is not None or (len(days) == 1 and _follows(plain, first, "between"))
        place = join.end()
    if not kept:
        return None, place
    return _dates(days[:kept], span_of((begin, stop))), stop


def _read_numeric(plain: str, place: int, end: int) -> tuple[_Day, int] | None:
    if _PARTING.isdisjoint(plain[place + 1 : place + 5]):
        return None
    if plain[place + 4 : place + 5] == "-":
        iso = _ISO.match(plain, place, end)
        return (_Day(int(iso.group(3)), int(iso.group(2)), int(iso.group(1))), iso.end()) if iso else None
    british = _BRITISH.match(plain, place, end)
    if british is None:
        return None
    year = int(british.group(5))
    month = british.group(3) or british.group(4)
    return _Day(int(british.group(1)), int(month), year + 2000 if year < 100 else year), british.end()


def _read_month_first(plain: str, place: int, start: int, end: int) -> Dates | None:
    """`December 1, 2010`, `November 2 and 3, 2010`: the year is needed, or else the number may be anything."""
    first = max(start, place - _LOOK_BACK)
    before = _MONTH_BEFORE.search(plain[first:place])
    if before is None:
        return None
    month = _month_number(before.group(1))
    days: list[_Day] = []
    ranged = False
    while len(days) < _MOST_DAYS and (number := _DAY.match(plain, place, end)):
        days.append(_Day(int(number.group(1)), month, None, ranged))
        if year := _YEAR_AFTER.match(plain, number.end(), end):
            days = [day._replace(year=int(year.group(1))) for day in days]
            return _dates(days, span_of((_with_weekday(plain, first + before.start(), start), year.end())))
        join = _JOIN.match(plain, number.end(), end)
        if join is None:
            break
        ranged = join.group("range") is not None
        place = join.end()
    return None


def _follows(plain: str, place: int, word: str) -> bool:
    return plain[max(0, place - len(word) - 2) : place].strip().casefold() == word


def _with_weekday(plain: str, place: int, start: int) -> int:
    first = max(start, place - _LOOK_BACK)
    weekday = _WEEKDAY_BEFORE.search(plain[first:place])
    return first + weekday.start() if weekday else place


def _month_number(word: str) -> int:
    return _MONTH_NUMBERS[word.rstrip(".").casefold()]


def _dates(days: list[_Day], span: Span) -> Dates:
    if None in [day.year for day in days]:
        days = _with_years(days)
        if None in [day.year for day in days]:
            return Dates(span, (), yearless=tuple((day.day, day.month) for day in days if day.month))
    resolved, impossible = _resolve(days)
    return Dates(span, resolved, impossible)


def _with_years(days: list[_Day]) -> list[_Day]:
    """Give a day without a year that of its neighbour: `30 December and 4 January 2010` began in 2009."""
    days = list(days)
    for place in range(len(days) - 2, -1, -1):
        day, after = days[place], days[place + 1]
        if day.year is None and after.year is not None:
            days[place] = day._replace(year=after.year - ((day.month or 0) > (after.month or 0)))
    for place in range(1, len(days)):
        day, earlier = days[place], days[place - 1]
        if day.year is None and earlier.year is not None:
            days[place] = day._replace(year=earlier.year + ((day.month or 0) < (earlier.month or 0)))
    return days


def _resolve(days: list[_Day]) -> tuple[tuple[dt.date, ...], bool]:
    """The days as dates, ranges filled in, and whether one of them cannot be."""
    resolved: list[dt.date] = []
    for day in days:
        try:
            date = dt.date(day.year or 0, day.month or 0, day.day)
        except ValueError:
            return (), True
        if day.ranged and resolved and 1 < (date - resolved[-1]).days <= LONGEST_RANGE:
            since = resolved[-1]
            resolved.extend(since + dt.timedelta(days=n) for n in range(1, (date - since).days))
        if date not in resolved:
            resolved.append(date)
    return tuple(resolved), False
