"""What a letter says of earlier inspections: month, outcome, statements."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.letter import RegionKind, Span
from parsers.outcome import outcome_of, together
from parsers.plain import Sheet, plain
from parsers.previous import PreviousReading, paragraphs_in, read_previous

BEFORE = (
    "This letter summarises the findings of the recent unannounced inspection of contact arrangements within local "
    "authority children's services in Eastmarch City Council which was conducted on 2 and 3 November 2010. I would "
    "like to thank all of the staff.\n\nThe inspection identified areas of strength and some areas for development.\n\n"
)
AFTER = "\n\nFrom the evidence gathered, the following features of the service were identified:"
INSPECTED = dt.date(2010, 11, 2)
RAISED = "The three areas for development identified at the previous inspection in May 2009 "


def read(opening: str, inspected: dt.date | None = INSPECTED) -> PreviousReading:
    return read_previous(Sheet(opening, plain(opening)), Span(0, len(opening)), inspected)


def found(opening: str) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(entry.month, entry.outcome, entry.statements) for entry in read(opening).inspections]


LAYOUTS = [
    (
        "2010-01",
        "addressed",
        "The areas identified at the previous inspection in January 2010 have all been fully met.",
    ),
    (
        "2010-01",
        "partly",
        "The area raised at the last inspection on 12 and 13 January 2010 was addressed. Others remain areas.",
    ),
    (
        "2009-07",
        "partly",
        "Since the last inspection in July 2009, progress was made in addressing the areas for development.",
    ),
    (
        "2009-08",
        "addressed",
        "The inspection of contact in August 2009 raised areas for priority action. Both were addressed.",
    ),
    (
        "2009-11",
        "continuing",
        "The areas of last year's inspection, in November 2009, continue to be areas for development.",
    ),
    (
        "2009-05",
        "continuing",
        "The areas for development of the previous inspection in\nMay 2009 show limited progress.",
    ),
    (
        "2009-05",
        None,
        "The areas of development identified at the previous visit\n\n\n\nin May 2009 have been considered.",
    ),
]


@pytest.mark.parametrize(("month", "outcome", "said"), LAYOUTS)
def test_a_statement_in_every_layout(month: str, outcome: str | None, said: str) -> None:
    statement = " ".join(said.split())
    expected = [(month, outcome, (statement,))]
    assert found(BEFORE + said + AFTER) == expected
    assert found(BEFORE.rstrip() + " " + said + AFTER) == expected, "within another paragraph"
    assert found(" ".join((BEFORE + said + AFTER).split())) == expected, "on one line"
    assert found(BEFORE.replace("\n\n", "\n") + statement + AFTER.replace("\n\n", "\n")) == expected, "a line each"


def test_one_statement_on_two_inspections_is_an_entry_for_each() -> None:
    said = "The areas identified at the inspections in July 2009 and January 2010 have been fully addressed."
    assert found(BEFORE + said + AFTER) == [("2009-07", "addressed", (said,)), ("2010-01", "addressed", (said,))]


def test_two_paragraphs_on_one_inspection_are_one_entry() -> None:
    first = RAISED + "have all been addressed."
    second = "The area for priority action identified at the previous inspection in May 2009 has not been addressed."
    assert found(f"{BEFORE}{first}\n\n{second}{AFTER}") == [("2009-05", "partly", (first, second))]


def test_a_second_paragraph_need_not_repeat_the_month() -> None:
    second = "The area for priority action identified at that previous inspection has been addressed."
    assert found(f"{BEFORE}{RAISED}have been addressed.\n\n{second}{AFTER}")[0][2][1] == second
    assert read(f"{BEFORE}{RAISED}have been addressed.\n\n{second}{AFTER}").found.doubts == ()


def test_entries_stand_in_order_of_their_months() -> None:
    later = "The area for development identified at the previous inspection in March 2010 has been met."
    assert [month for month, _, _ in found(f"{BEFORE}{later}\n\n{RAISED}have been met.{AFTER}")] == [
        "2009-05",
        "2010-03",
    ]


def test_regions_and_spans_are_the_paragraphs() -> None:
    said = RAISED + "have been met. The plan was good."
    opening = BEFORE + said + AFTER
    reading = read(opening)
    (region,) = reading.found.regions
    assert region.kind is RegionKind.PREVIOUS
    assert opening[region.span.start : region.span.end] == said
    assert reading.found.spans == {"previous_inspection.1": region.span}


def test_a_month_without_a_year_is_the_last_that_fits_and_a_doubt() -> None:
    reading = read(f"{BEFORE}At the previous inspection in January, two areas for development were found.{AFTER}")
    assert [entry.month for entry in reading.inspections] == ["2010-01"]
    assert len(reading.found.doubts) == 1
    assert (
        read("At the previous inspection in December, one area for development was found.").inspections[0].month
        == "2009-12"
    )
    assert read("At the previous inspection in May, one area for development was found.", None).inspections == ()


def test_an_inspection_without_a_month_is_a_doubt_and_no_entry() -> None:
    reading = read(f"{BEFORE}All areas for development identified at the last inspection have been addressed.{AFTER}")
    assert reading.inspections == ()
    assert [region.kind for region in reading.found.regions] == [RegionKind.PREVIOUS]
    assert [doubt.message for doubt in reading.found.doubts] == [
        "an earlier inspection is mentioned, but not when it was"
    ]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Inspectors considered evidence, including reports of previous inspections and progress on action plans.",
        "This is the first unannounced inspection of these arrangements.",
        "It will contribute to the annual review of the last year.",
        "The inspection of Eastmarch in November 2010 identified areas for development and progress.",
    ],
)
def test_what_is_no_statement(said: str) -> None:
    reading = read(BEFORE + said + AFTER)
    assert reading == PreviousReading()


@pytest.mark.parametrize(
    ("what", "outcome"),
    [
        ("have all been fully addressed.", "addressed"),
        ("have been addressed.", "addressed"),
        ("have been successfully addressed and the improvement has been sustained.", "addressed"),
        ("were addressed promptly.", "addressed"),
        ("have now been resolved.", "addressed"),
        ("have been considered. These have each been dealt with.", "addressed"),
        ("have been considered. The authority has fully addressed these.", "addressed"),
        ("have been partly addressed.", "partly"),
        ("have largely been addressed.", "partly"),
        ("have been addressed to some extent.", "partly"),
        ("have not all been addressed.", "partly"),
        ("have not been fully addressed.", "partly"),
        ("have been considered. Some progress has been made.", "partly"),
        ("have been considered. Most have been met.", "partly"),
        ("have been considered. All but one have been met.", "partly"),
        ("have been considered. Three of the four have been met.", "partly"),
        ("have been considered. Two have been met; one remains an area for development.", "partly"),
        ("have been considered. Four have been met. Work on the remaining two is under way.", "partly"),
        ("have been met but one of them remains outstanding.", "partly"),
        ("have been considered. Progress was made in many of these, and some continue to be addressed.", "partly"),
        ("have not been addressed.", "continuing"),
        ("have yet to be addressed.", "continuing"),
        ("are being addressed.", "continuing"),
        ("remain areas for development.", "continuing"),
        ("continue to be areas for development.", "continuing"),
        ("have been considered. None has been addressed.", "continuing"),
        ("have been considered. There has been no progress.", "continuing"),
        ("have been considered, with insufficient progress made and practice remaining poor.", "continuing"),
        ("have been considered during this inspection.", None),
        ("have been considered. A plan to address them is in place.", None),
    ],
)
def test_outcomes(what: str, outcome: str | None) -> None:
    assert outcome_of(RAISED + what) == outcome


def test_outcomes_together() -> None:
    assert together([None, "addressed", "addressed"]) == "addressed"
    assert together(["addressed", "continuing"]) == "partly"
    assert together([None]) is None


def test_paragraphs() -> None:
    text = "One is\nwrapped here.\n\nTwo was cut by a\n\n\n\npage.\nThree of them stand here.\n"
    spans = paragraphs_in(text, Span(0, len(text)))
    assert [" ".join(text[s.start : s.end].split()) for s in spans] == [
        "One is wrapped here.",
        "Two was cut by a page.",
        "Three of them stand here.",
    ]


PIECES = [
    "previous inspection",
    "in May 2009",
    "in May",
    "have been addressed.",
    "areas for development",
    "\n",
    "\n\n",
    "The",
    "31 May 2010",
    "not",
]


@given(st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_any_opening_gives_regions_inside_and_in_order(opening: str) -> None:
    reading = read(opening)
    place = 0
    for region in reading.found.regions:
        assert place <= region.span.start < region.span.end <= len(opening)
        place = region.span.end
    assert [entry.month for entry in reading.inspections] == sorted({entry.month for entry in reading.inspections})
