"""The whole of a letter's metadata: made letters in every layout, the real ones, and any text at all."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.dates import find_dates
from parsers.frame import Frame, find_frame
from parsers.ids import fold
from parsers.letter import Metadata, RegionKind, Span
from parsers.metadata import FOOT_LIMIT, OPENING_LIMIT, MetadataReading, read_metadata
from parsers.pages import furniture_in
from parsers.parse import parse
from parsers.plain import plain
from tests.parsers.made_letters import Made, make

MADE = 300
KINDS = {
    RegionKind.LETTERHEAD,
    RegionKind.DATE,
    RegionKind.ADDRESSEE,
    RegionKind.SALUTATION,
    RegionKind.SUBJECT,
    RegionKind.PREVIOUS,
    RegionKind.CLOSING,
    RegionKind.SIGNATORY,
    RegionKind.COPIES,
}


def read(text: str) -> MetadataReading:
    frame = find_frame(text)
    strengths = text.find("Strengths", frame.body.start, frame.body.end)
    return read_metadata(text, frame, Span(frame.body.start, strengths if strengths >= 0 else frame.body.end))


def value_at(metadata: Metadata, path: str) -> Any:
    value: Any = metadata
    for name in path.split("."):
        value = value[int(name) - 1] if name.isdigit() else getattr(value, name)
    return tuple((person.name, person.role) for person in value) if path == "copies" else value


def wrong(made: Made) -> dict[str, tuple[object, object]]:
    metadata = read(made.text).metadata
    return {
        path: (expected, value_at(metadata, path))
        for path, expected in made.want.items()
        if value_at(metadata, path) != expected
    }


def check_shape(text: str, reading: MetadataReading) -> None:
    """Regions and spans lie inside the text, in order, and hold what the values say."""
    place = 0
    for region in reading.regions:
        assert region.kind in KINDS
        assert place <= region.span.start < region.span.end <= len(text)
        assert text[region.span.start : region.span.end] == text[region.span.start : region.span.end].strip()
        place = region.span.end
    for path, (start, end) in reading.spans.items():
        assert 0 <= start < end <= len(text), path
    for doubt in reading.doubts:
        assert doubt.code in ("missing-metadata", "uncertain-metadata")
        assert 0 <= doubt.span.start <= doubt.span.end <= len(text)


def check_values(text: str, reading: MetadataReading) -> None:
    """A value that stands in one piece is what its span holds, white space folded."""
    for path, (start, end) in reading.spans.items():
        value = value_at(reading.metadata, path)
        if isinstance(value, str) and path != "authority":
            assert fold(text[start:end]) == value, path


@pytest.mark.parametrize("seed", range(MADE))
def test_made_letters(seed: int) -> None:
    made = make(random.Random(seed))
    assert wrong(made) == {}, (made.layout, made.text)
    reading = read(made.text)
    check_shape(made.text, reading)
    known = {path for path, expected in made.want.items() if expected and "telephone" not in path and path != "copies"}
    assert known <= set(reading.spans)


@pytest.mark.parametrize("whole", ["lines", "curly", "nbsp", "wrapped", "one line"])
def test_spans_hold_the_values(whole: str) -> None:
    for seed in range(20):
        made = make(random.Random(seed), whole=whole, furniture="")
        check_values(made.text, read(made.text))


@pytest.mark.torture
def test_many_made_letters() -> None:
    bad = {seed: wrong(made) for seed in range(MADE, 20_000) if wrong(made := make(random.Random(seed)))}
    assert bad == {}


def test_each_missing_value_is_a_doubt_at_the_place_that_was_searched() -> None:
    text = "This letter says little.\n\nYours sincerely"
    reading = read(text)
    assert [(doubt.message, doubt.span) for doubt in reading.doubts] == [
        ("the date of the letter was not found", Span(0, 0)),
        ("the name of the addressee was not found", Span(0, 0)),
        ("the authority that was inspected was not found", Span(0, 26)),
        ("the dates of the inspection were not found", Span(0, 26)),
        ("the signatory was not found", Span(26, 41)),
    ]
    assert {doubt.code for doubt in reading.doubts} == {"missing-metadata"}
    assert reading.metadata == Metadata()


def letter(**changes: str) -> str:
    parts = {
        "date": "1 December 2010",
        "addressee": "Ms Jo Marlowe\nDirector\nEastmarch City Council\n1 Quarry Street\nZZ1 1ZZ",
        "greeting": "Dear Ms Marlowe",
        "subject": "Inspection of services within Eastmarch City Council children's services",
        "body": "This letter is about services in Eastmarch City Council which we inspected on 2 and 3 November 2010.",
        "foot": "Yours sincerely\n\nAnn Quill\nHer Majesty's Inspector",
    }
    return "\n\n".join((parts | changes).values())


def messages(text: str) -> list[str]:
    return [doubt.message for doubt in read(text).doubts]


def test_a_letter_with_everything_has_no_doubt() -> None:
    assert messages(letter()) == []


def test_sources_that_disagree_are_a_doubt_and_the_majority_counts() -> None:
    text = letter(addressee="Ms Jo Marlowe\nDirector\nNorthwick City Council\n1 Quarry Street\nZZ1 1ZZ")
    assert read(text).metadata.council == "Eastmarch City Council"
    assert messages(text) == ["the addressee names another authority than the rest of the letter"]
    body = "This letter is about services in Northwick City Council which we inspected on 2 November 2010."
    assert read(letter(body=body)).metadata.authority == "Eastmarch"
    assert messages(letter(body=body)) == ["the body names another authority than the rest of the letter"]


def test_the_council_is_taken_from_where_it_is_spelt_out() -> None:
    text = letter(
        subject="Inspection of services within Eastmarch children's services",
        body="This letter is about children's services in Eastmarch which was conducted on 2 November 2010.",
    )
    assert (read(text).metadata.authority, read(text).metadata.council) == ("Eastmarch", "Eastmarch City Council")


def test_a_letter_dated_before_its_inspection_is_a_doubt() -> None:
    assert messages(letter(date="1 October 2010")) == ["the letter is dated before the inspection"]


def test_an_inspection_without_a_year_takes_that_of_the_letter_and_is_a_doubt() -> None:
    text = letter(body="This letter is about services in Eastmarch City Council seen on 2 and 3 December.")
    assert read(text).metadata.inspection_dates == (dt.date(2009, 12, 2), dt.date(2009, 12, 3))
    assert messages(text) == ["the year of the inspection is not written; the last one before the letter is taken"]


def test_an_impossible_inspection_date_is_no_value() -> None:
    text = letter(body="This letter is about services in Eastmarch City Council seen on 31 November 2010.")
    assert read(text).metadata.inspection_dates == ()
    assert sorted(messages(text)) == [
        "a day of the inspection is in no calendar",
        "the dates of the inspection were not found",
    ]


def test_days_of_something_else_are_not_the_inspections() -> None:
    text = letter(
        body="This letter follows my letter of 5 May 2010 and the previous inspection on 6 May 2009. Services in "
        "Eastmarch City Council were inspected on 2 and 3 November 2010."
    )
    assert read(text).metadata.inspection_dates == (dt.date(2010, 11, 2), dt.date(2010, 11, 3))


def test_dates_in_the_subject_serve_where_the_body_has_none() -> None:
    text = letter(
        subject="Inspection within Eastmarch children's services on 2 and 3 November 2010",
        body="This letter is about services in Eastmarch City Council.",
    )
    assert [day.day for day in read(text).metadata.inspection_dates] == [2, 3]
    assert read(text).metadata.date == dt.date(2010, 12, 1)


def test_a_date_in_the_foot_serves_where_the_head_has_none() -> None:
    text = letter(date="", foot="Yours sincerely\n\nAnn Quill\nHer Majesty's Inspector\n\n1 December 2010")
    assert read(text).metadata.date == dt.date(2010, 12, 1)
    assert read(text).regions[-1].kind is RegionKind.DATE
    assert messages(text) == []


@pytest.mark.parametrize(
    "basis",
    [
        "section 138 of the Education and Inspections Act 2006",
        "sections 136 and 138(1)(a) of the Education and Inspections Act 2006",
        "section 20 of the Children Act 2004",
    ],
)
def test_legal_basis(basis: str) -> None:
    broken = basis.replace(" of ", "\nof ")
    body = (
        f"This letter is about Eastmarch City Council, seen on 2 November 2010 under {broken}. It was section 47 work."
    )
    assert read(letter(body=body)).metadata.legal_basis == basis


def test_furniture_parts_a_region_and_is_in_no_value() -> None:
    foot = "Yours sincerely\n\nAnn Quill\n\nINVESTOR IN PEOPLE\n\n3\n\nHer Majesty's\nPage 4 of 4\nInspector"
    text = letter(foot=foot)
    reading = read(text)
    assert reading.metadata.signatory.role == "Her Majesty's Inspector"
    assert [text[r.span.start : r.span.end] for r in reading.regions if r.kind is RegionKind.SIGNATORY] == [
        "Ann Quill",
        "Her Majesty's",
        "Inspector",
    ]


REAL = os.environ.get("RECTO_REAL_LETTERS", "")


def same(expected: object, found: object) -> bool:
    """Whether all that `expected` holds is in `found`, and lists are as long."""
    if isinstance(expected, Mapping):
        return all(same(value, getattr(found, name)) for name, value in expected.items())
    if isinstance(expected, list):
        return isinstance(found, tuple) and len(expected) == len(found) and all(map(same, expected, found))
    return expected == (found.isoformat() if isinstance(found, dt.date) else found)


@pytest.mark.skipif(not REAL, reason="RECTO_REAL_LETTERS names no folder of real letters")
def test_real_letters() -> None:
    answers = json.loads((Path(REAL) / "answers.json").read_text(encoding="utf-8"))
    assert answers
    for name, answer in answers.items():
        text = (Path(REAL) / name).read_text(encoding="utf-8")
        read_letter = parse(text)
        for key, expected in answer["metadata"].items():
            assert same(expected, getattr(read_letter.metadata, key)), (name, key)
        assert not [doubt for doubt in read_letter.doubts if doubt.code.endswith("-metadata")], name
        check_values(text, read(text))


# ---- any text ----

PIECES = [
    "Dear ",
    "Ms ",
    "Marlowe",
    "\n",
    "\n\n",
    ", ",
    "This letter ",
    "Yours sincerely",
    "Copy: ",
    "cc ",
    "1 May 2010",
    "2 and 3 ",
    "ZZ1 1ZZ",
    "Eastmarch ",
    "County Council",
    "London Borough of ",
    "the previous inspection in ",
    "section 1 of the ",
    "Act 2006",
    "@",
    "T 0300 0001234",
    "Director of ",
    "Department",
    "INVESTOR IN PEOPLE",
    "Page 1 of 2",
    "\x0c",
    "\xa0",
    "\u2019",
    "\u2028",
    "\ud800",
    "\x00",
    "İ",
    "(",
    ")",
    "- ",
    "•",
    "12",
]
ANY_TEXT = st.one_of(st.text(), st.text(st.characters()), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


@given(ANY_TEXT, st.data())
def test_any_text_is_read(text: str, data: st.DataObject) -> None:
    frame = find_frame(text)
    end = data.draw(st.integers(frame.body.start, frame.body.end))
    reading = read_metadata(text, frame, Span(frame.body.start, end))
    check_shape(text, reading)
    if not furniture_in(plain(text), 0, len(text)):
        check_values(text, reading)
    assert read_metadata(text, frame, Span(frame.body.start, end)) == reading


@settings(deadline=None)
@given(st.integers(0, 10_000), st.data())
def test_a_damaged_letter_is_read(seed: int, data: st.DataObject) -> None:
    text = make(random.Random(seed)).text
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + data.draw(st.sampled_from(PIECES)) + text[end:]
    check_shape(text, read(text))


@pytest.mark.parametrize(
    "unit", ["Dear ", "A", ", ", "1 and ", "Yours ", "City of ", "previous ", "\n", "1 May ", "a@", "Ms A ", "cc\n"]
)
def test_a_huge_text_is_read_at_its_ends_alone(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    frame = find_frame(text)
    reading = read_metadata(text, frame, Span(0, len(text)))
    check_shape(text, reading)
    for start, end in (*reading.spans.values(), *(region.span for region in reading.regions)):
        assert end <= OPENING_LIMIT or frame.foot.start <= start <= end <= frame.foot.start + FOOT_LIMIT


def test_a_frame_of_nothing() -> None:
    nothing = Span(0, 0)
    assert read_metadata("", Frame(nothing, nothing, nothing), nothing).metadata == Metadata()
    assert list(find_dates("", 0, 0)) == []
