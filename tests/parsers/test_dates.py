"""Dates in all usual spellings, ranges over a month's end, and what is no date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.dates import Dates, find_dates, find_months
from parsers.plain import plain

NAMES = "January February March April May June July August September October November December".split()


def read(text: str) -> list[Dates]:
    return list(find_dates(plain(text), 0, len(text)))


def days(text: str) -> list[str]:
    return [day.isoformat() for dates in read(text) for day in dates.days]


@pytest.mark.parametrize(
    "written",
    [
        "1 December 2010",
        "1st December 2010",
        "1 st December 2010",
        "December 1, 2010",
        "December 1st 2010",
        "01/12/2010",
        "1/12/10",
        "1.12.2010",
        "01-12-2010",
        "2010-12-01",
        "1 Dec 2010",
        "1 Dec. 2010",
        "1 DECEMBER 2010",
        "1 december 2010",
        "1st of December, 2010",
        "Wednesday 1 December 2010",
        "Wednesday, 1 December 2010",
        "Wed 1 Dec 2010",
        "Wednesday the 1st of December 2010",
        "1\u00a0December\u00a02010",
        "1\nDecember\n2010",
    ],
)
def test_one_day_in_every_spelling(written: str) -> None:
    found = read(f"Saltford SF1 6NL {written} Ms Jo Marlowe")
    assert [d.days for d in found] == [(dt.date(2010, 12, 1),)]
    start, end = found[0].span
    assert f"Saltford SF1 6NL {written} Ms Jo Marlowe"[start:end] == written


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2 and 3 November 2010", ["2010-11-02", "2010-11-03"]),
        ("2nd and 3rd November 2010", ["2010-11-02", "2010-11-03"]),
        ("2nd & 3rd of November 2010", ["2010-11-02", "2010-11-03"]),
        ("2-3 November 2010", ["2010-11-02", "2010-11-03"]),
        ("2\u20133 November 2010", ["2010-11-02", "2010-11-03"]),
        ("2/3 November 2010", ["2010-11-02", "2010-11-03"]),
        ("2, 3 and 5 November 2010", ["2010-11-02", "2010-11-03", "2010-11-05"]),
        ("2 to 4 November 2010", ["2010-11-02", "2010-11-03", "2010-11-04"]),
        ("between 2 and 4 November 2010", ["2010-11-02", "2010-11-03", "2010-11-04"]),
        ("Tuesday 2 and Wednesday 3 November 2010", ["2010-11-02", "2010-11-03"]),
        ("November 2 and 3, 2010", ["2010-11-02", "2010-11-03"]),
        ("02/11/2010 and 03/11/2010", ["2010-11-02", "2010-11-03"]),
        ("30 November and 1 December 2010", ["2010-11-30", "2010-12-01"]),
        ("30 November to 2 December 2010", ["2010-11-30", "2010-12-01", "2010-12-02"]),
        ("30 November 2010 and 1 December 2010", ["2010-11-30", "2010-12-01"]),
        ("30 December 2009 and 4 January 2010", ["2009-12-30", "2010-01-04"]),
        ("30 December and 4 January 2010", ["2009-12-30", "2010-01-04"]),
        ("29 February and 1 March 2012", ["2012-02-29", "2012-03-01"]),
    ],
)
def test_several_days(written: str, expected: list[str]) -> None:
    assert days(f"conducted on {written}. The visit") == expected
    assert len(read(f"conducted on {written}. The visit")) == 1


@pytest.mark.parametrize("written", ["31 November 2010", "29 February 2010", "13/25/2010", "12/25/2010", "0 May 2010"])
def test_a_day_that_no_calendar_has_gives_none(written: str) -> None:
    assert [(d.days, d.impossible) for d in read(written)] == [((), True)]


@pytest.mark.parametrize(
    "written",
    [
        "T 0300 1231234",
        "12 Quarry Street",
        "section 47 may be used",
        "SF1 6NL",
        "version 1.2.3",
        "the Act 2006",
        "in May 2010",
        "24 hours",
        "2010",
        "3 of 3",
    ],
)
def test_what_is_no_day(written: str) -> None:
    assert read(written) == []


def test_a_list_ends_where_the_date_ends() -> None:
    assert days("on 2 and 3 November 2010 and 40 records were read") == ["2010-11-02", "2010-11-03"]


def test_without_a_year_the_last_that_fits_is_offered() -> None:
    (found,) = read("on 2 and 3 November")
    assert found.days == ()
    assert found.before(dt.date(2010, 12, 1)) == (dt.date(2010, 11, 2), dt.date(2010, 11, 3))
    assert found.before(dt.date(2010, 10, 1)) == (dt.date(2009, 11, 2), dt.date(2009, 11, 3))


def test_months() -> None:
    text = "in January and March 2010, since Sept. 2009, and you may go in May; on 3 July 2008"
    assert [(m.year, m.month) for m in find_months(text, 0, len(text))] == [
        (2010, 1),
        (2010, 3),
        (2009, 9),
        (None, 5),
        (2008, 7),
    ]
    assert [(m.year, m.month) for m in find_months("December and January 2010", 0, 25)] == [(2009, 12), (2010, 1)]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2089, 12, 31)), st.integers(0, 4))
def test_what_is_written_is_read(day: dt.date, style: int) -> None:
    name = NAMES[day.month - 1]
    written = [
        f"{day.day} {name} {day.year}",
        f"{name} {day.day}, {day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%Y-%m-%d}",
        f"{day:%A} {day.day} {name[:3]} {day.year}",
    ][style]
    assert [d.days for d in read(f"x {written} y")] == [(day,)]


@given(st.text(st.sampled_from("0123456789 /-.,&\nandtoMayof2010JuneWed")))
def test_any_text_gives_spans_inside_and_in_order(text: str) -> None:
    place = 0
    for found in find_dates(text, 0, len(text)):
        assert place <= found.span.start < found.span.end <= len(text)
        place = found.span.end
