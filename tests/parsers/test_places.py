"""Councils by the pattern of their names, the gazetteer, and names that nearly fit."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.gazetteer import Council, gazetteer
from parsers.places import PlaceName, find_councils, find_place, nearly
from parsers.plain import plain

FORMAL = {
    "county": "{} County Council",
    "unitary": "{} Council",
    "metropolitan": "{} Metropolitan Borough Council",
    "london-borough": "London Borough of {}",
    "city-of-london": "{} Corporation",
}


def councils(text: str, *, wrapped: bool = True, known: tuple[PlaceName, ...] = ()) -> list[tuple[str | None, str]]:
    found = find_councils(text, plain(text), 0, len(text), wrapped=wrapped, known=known)
    for name in found:
        assert name.council == " ".join(text[name.span.start : name.span.end].split())
        assert name.place == " ".join(text[name.place_span.start : name.place_span.end].split())
    return [(name.council, name.place) for name in found]


def test_there_were_152_councils() -> None:
    assert Counter(council.type for council in gazetteer().councils) == {
        "county": 27,
        "unitary": 56,
        "metropolitan": 36,
        "london-borough": 32,
        "city-of-london": 1,
    }
    assert len({council.name for council in gazetteer().councils}) == 152
    assert len({council.region for council in gazetteer().councils}) == 9


def test_no_two_councils_share_a_name() -> None:
    names = [name for council in gazetteer().councils for name in (council.name, *council.aliases)]
    assert len(gazetteer().by_key) == len(names)


@pytest.mark.parametrize("council", gazetteer().councils, ids=lambda council: council.name)
def test_every_council_is_found_in_prose_and_on_a_full_line(council: Council) -> None:
    formal = FORMAL[council.type].format(council.name)
    assert councils(f"children's services in the {formal} which was conducted") == [(formal, council.name)]
    line = f"Director of Learning Transformation {formal} Town Hall 1 High Street"
    found = find_councils(line, line, 0, len(line), wrapped=False)
    assert [name.authority for name in found] == [council.name]


@pytest.mark.parametrize(
    ("text", "council", "place"),
    [
        ("services in Eastmarch County Council which", "Eastmarch County Council", "Eastmarch"),
        ("services in Eastmarch\nCity Council which", "Eastmarch City Council", "Eastmarch"),
        ("in the London Borough of Wye and Dean which", "London Borough of Wye and Dean", "Wye and Dean"),
        ("in the Royal Borough\nof Eastmarch which", "Royal Borough of Eastmarch", "Eastmarch"),
        ("in the City of Eastmarch Council which", "City of Eastmarch Council", "Eastmarch"),
        ("the City of Wye Metropolitan District Council", "City of Wye Metropolitan District Council", "Wye"),
        ("the Council of the Isles of Merrin was", "Council of the Isles of Merrin", "Isles of Merrin"),
        ("the Metropolitan Borough of Eastmarch.", "Metropolitan Borough of Eastmarch", "Eastmarch"),
        ("Stowe-on-Teme Borough Council's services", "Stowe-on-Teme Borough Council", "Stowe-on-Teme"),
        ("In Vale of Merrin Council, inspectors", "Vale of Merrin Council", "Vale of Merrin"),
        ("by St. Brannock & Thorne Council on", "St. Brannock & Thorne Council", "St. Brannock & Thorne"),
        ("Director of Eastmarch MBC", "Eastmarch MBC", "Eastmarch"),
        ("EASTMARCH COUNTY COUNCIL", "EASTMARCH COUNTY COUNCIL", "EASTMARCH"),
        ("Eastmarch\u2019s neighbour, Northwick\u00a0City Council", "Northwick City Council", "Northwick"),
    ],
)
def test_councils_that_never_were(text: str, council: str, place: str) -> None:
    assert councils(text) == [(council, place)]


@pytest.mark.parametrize(
    "text", ["the County Council", "Leader of the Council", "the council", "a Councillor", "of Council House"]
)
def test_a_council_without_a_name_is_none(text: str) -> None:
    assert councils(text) == []


def test_two_councils_in_one_sentence() -> None:
    assert councils("Eastmarch City Council and Northwick County Council") == [
        ("Eastmarch City Council", "Eastmarch"),
        ("Northwick County Council", "Northwick"),
    ]


def test_on_a_line_that_lost_its_breaks_an_address_ends_the_name() -> None:
    line = "London Borough of Eastmarch Town Hall 1 High Street"
    assert councils(line, wrapped=False) == [("London Borough of Eastmarch", "Eastmarch")]


def test_a_name_known_from_the_body_says_where_it_begins_on_such_a_line() -> None:
    body = "services in Eastmarch Vale Council which"
    known = tuple(find_councils(body, body, 0, len(body), wrapped=True))
    line = "Director of Learning Transformation Eastmarch Vale Council"
    assert councils(line, wrapped=False, known=known) == [("Eastmarch Vale Council", "Eastmarch Vale")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("arrangements within Eastmarch children's services", "Eastmarch"),
        ("arrangements within Eastmarch\u2019s children\u2019s services", "Eastmarch"),
        ("children's services in Isle of Merrin which was conducted", "Isle of Merrin"),
        ("children's services in Eastmarch City which", "Eastmarch"),
        ("Focused visit to Eastmarch and Thorne children's services", "Eastmarch and Thorne"),
        ("inspection of contact arrangements in Eastmarch", "Eastmarch"),
        ("services for Children and Young People", None),
        ("within children's services", None),
    ],
)
def test_a_place_without_a_council(text: str, place: str | None) -> None:
    found = find_place(text, plain(text), 0, len(text))
    assert (found.place if found else None) == place


def test_the_same_place_has_the_same_key_however_it_is_spelt() -> None:
    keys = {
        name.key
        for text in ("Stowe-on-Teme & Dale Council", "STOWE ON TEME AND DALE COUNCIL")
        for name in find_councils(text, text, 0, len(text), wrapped=True)
    }
    assert len(keys) == 1


def test_names_that_nearly_fit() -> None:
    for council in gazetteer().councils:
        if len(council.name) < 9:
            continue
        slip = council.name[:3] + council.name[4:]
        if gazetteer().council(slip) is None:
            assert nearly(slip) is not None, slip
        assert nearly(council.name) is None
    assert nearly("Eastmarch") is None
    assert nearly("") is None


@given(st.text(st.sampled_from("AB aceinouCl&-.,\n'ofthe")), st.booleans())
def test_any_text_gives_spans_inside_and_in_order(text: str, wrapped: bool) -> None:
    place = 0
    for name in find_councils(text, plain(text), 0, len(text), wrapped=wrapped):
        assert place <= name.span.start <= name.place_span.start < name.place_span.end <= name.span.end <= len(text)
        place = name.span.end
