"""Signature and copy list: one item a line, wrapped, marked, with or without commas, or all on one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.foot import FootReading, read_foot
from parsers.letter import Person, RegionKind, Span
from parsers.places import find_councils
from parsers.plain import Sheet, plain

BODY = "services in Northwick and Thorne Council, and in the London Borough of Eastmarch"
SIGNATURE = "Yours sincerely\n\nAnn Quill\nHer Majesty's Inspector\n\n"
FENN = ("Tom Fenn", "Chief Executive, Eastmarch City Council")
ROE = ("Ron Roe", "Chair of Northwick and Thorne Safeguarding Children Board")
WILLS = ("Councillor Eve Wills", "Lead Member for Education and Children's Services, Eastmarch City Council")
LOW = ("Sam Low", "Department for Children, Schools and Families")
ALL = (FENN, ROE, WILLS, LOW)
ITEMS = [", ".join(person) for person in ALL]


def read(foot: str) -> FootReading:
    known = find_councils(BODY, BODY, 0, len(BODY), wrapped=True)
    return read_foot(Sheet(foot, plain(foot)), Span(0, len(foot)), known)


def copies(foot: str) -> list[tuple[str | None, str | None]]:
    return [(copy.name, copy.role) for copy in read(foot).copies]


def doubts(foot: str) -> list[str]:
    return [doubt.message for doubt in read(foot).found.doubts]


@pytest.mark.parametrize(
    "listed",
    [
        "Copy: " + "\n".join(ITEMS),
        "Copy: " + ".\n".join(ITEMS) + ".",
        "Copy:\n\n" + "\n\n".join(ITEMS) + "\n\n",
        "Copy to\n" + "\n".join(f"- {item}" for item in ITEMS),
        "Copies to:\n" + "\n".join(f"{n}. {item}" for n, item in enumerate(ITEMS, 1)),
        "Copied to: " + "; ".join(ITEMS),
        "cc " + " ".join(ITEMS),
        "cc: " + ", ".join(ITEMS),
        "c.c. " + "\n".join(ITEMS),
        "CC\n" + "\n".join(item.replace(", ", ",\n", 1) for item in ITEMS),
        "Copies: \u2022 " + " \u2022 ".join(ITEMS),
        "Copy: " + "\nCopy: ".join(ITEMS),
        "Copy: " + "\n".join(item.replace(", ", " - ", 1) for item in ITEMS),
        "Copy: " + "\n".join(item.replace(", ", " (", 1) + ")" for item in ITEMS),
        "Copy: " + "\n".join(item.replace("Eastmarch City", "Eastmarch\nCity") for item in ITEMS),
        "Copy: "
        + "\n".join(item.replace("Thorne Safe", "Thorne\nSafe").replace("and Fam", "and\nFam") for item in ITEMS),
        "Copy: " + "\n".join(item.replace(", ", "\u00a0, ", 1) for item in ITEMS),
    ],
)
def test_copy_lists(listed: str) -> None:
    assert copies(SIGNATURE + listed) == list(ALL)
    assert copies(" ".join((SIGNATURE + listed).split())) == list(ALL)
    assert doubts(SIGNATURE + listed) == []


def test_a_copy_list_without_commas_on_one_line() -> None:
    listed = (
        "Copy: Tom Fenn Chief Executive Eastmarch City Council Ron Roe Acting Chair of the Board "
        "Sam Low Department for Education"
    )
    assert copies(SIGNATURE + listed) == [
        ("Tom Fenn", "Chief Executive Eastmarch City Council"),
        ("Ron Roe", "Acting Chair of the Board"),
        ("Sam Low", "Department for Education"),
    ]


def test_name_and_office_on_lines_of_their_own() -> None:
    listed = "Copy:\nTom Fenn\nChief Executive\nEastmarch City Council\n\nRon Roe\nChair of the Board"
    assert copies(SIGNATURE + listed) == [
        ("Tom Fenn", "Chief Executive Eastmarch City Council"),
        ("Ron Roe", "Chair of the Board"),
    ]


NAMES = [
    "T. Fenn",
    "T.J. Fenn",
    "Mr. T Fenn OBE",
    "Cllr Fenn",
    "Councillor Mrs Mary Ann van der Berg OBE JP",
    "Siân Ní Bhriain",
    "Ann d'Arcy",
    "Jo McBride-O'Dell",
    "Jane Young",
    "Mary Hall",
    "Sam St John",
    "Professor Sir Tom Fenn",
    "Kim Judge",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_in_a_copy_list(name: str) -> None:
    for listed in (
        f"Copy: {name}, Chief Executive\nRon Roe, Chair",
        f"Copy: Ron Roe, Chair of the Board {name}, Chief Executive",
    ):
        assert (name, "Chief Executive") in copies(SIGNATURE + listed)


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (
            "Copy: Tom Fenn, Chief Executive, London Borough of Eastmarch Ron Roe, Chair of Board",
            [("Tom Fenn", "Chief Executive, London Borough of Eastmarch"), ("Ron Roe", "Chair of Board")],
        ),
        (
            "Copy: Tom Fenn, Government Office for the South West Ron Roe, Chair of Board",
            [("Tom Fenn", "Government Office for the South West"), ("Ron Roe", "Chair of Board")],
        ),
        ("Copy: Tom Fenn, Chief Exec, Sam Low, DfE", [("Tom Fenn", "Chief Exec"), ("Sam Low", "DfE")]),
        (
            "Copy: Tom Fenn, Chief Executive\nDepartment for Education",
            [("Tom Fenn", "Chief Executive"), (None, "Department for Education")],
        ),
        ("Copy: Tom Fenn", [("Tom Fenn", None)]),
        ("COPY: TOM FENN, CHIEF EXECUTIVE\nRON ROE, CHAIR", [("TOM FENN", "CHIEF EXECUTIVE"), ("RON ROE", "CHAIR")]),
        ("Copy: Tom Fenn, Chief Executive\nEnc: leaflet", [("Tom Fenn", "Chief Executive")]),
        ("Copy:", []),
        ("", []),
    ],
)
def test_other_copy_lists(listed: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert copies(SIGNATURE + listed) == expected
    assert doubts(SIGNATURE + listed) == []


def test_prose_after_the_list_is_no_part_of_it() -> None:
    prose = (
        "The inspectorate looks at the care of children and young people, and at education and skills for learners of "
        "all ages in the land."
    )
    foot = f"{SIGNATURE}Copy: Tom Fenn, Chief Executive\n\n{prose}"
    assert copies(foot) == [("Tom Fenn", "Chief Executive")]
    (region,) = [r for r in read(foot).found.regions if r.kind is RegionKind.COPIES]
    assert foot[region.span.end :].strip() == prose


def test_guesses_are_doubted() -> None:
    after_unknown_place = "Copy: Tom Fenn, Chief Executive, London Borough of Merrin Ron Roe, Chair of Board"
    assert copies(SIGNATURE + after_unknown_place)[1] == ("Ron Roe", "Chair of Board")
    assert doubts(SIGNATURE + after_unknown_place) == ["where this name in the copy list begins is a guess"]
    without_names = "Copy: Chief Executive, Eastmarch City Council\nChair of the Board"
    assert copies(SIGNATURE + without_names) == [
        (None, "Chief Executive, Eastmarch City Council"),
        (None, "Chair of the Board"),
    ]
    assert doubts(SIGNATURE + without_names) == ["no name was found for this receiver of a copy"] * 2


@pytest.mark.parametrize(
    ("signature", "name", "role"),
    [
        ("Ann Quill\nHer Majesty's Inspector", "Ann Quill", "Her Majesty's Inspector"),
        ("Ann Quill\n\n\nHer Majesty's Inspector", "Ann Quill", "Her Majesty's Inspector"),
        ("Ann Quill Her Majesty's Inspector", "Ann Quill", "Her Majesty's Inspector"),
        ("Ann Quill, Her Majesty\u2019s Inspector.", "Ann Quill", "Her Majesty\u2019s Inspector"),
        ("Paul d'Arcy Senior HMI", "Paul d'Arcy", "Senior HMI"),
        ("Ann Quill HMI", "Ann Quill", "HMI"),
        ("Dr J. P. Fenn-Hartley OBE\nManager, Social Care", "Dr J. P. Fenn-Hartley OBE", "Manager, Social Care"),
        ("ANN QUILL\nHER MAJESTY'S INSPECTOR", "ANN QUILL", "HER MAJESTY'S INSPECTOR"),
        ("[signed]\n\nAnn Quill\nLead Inspector\nann@inspectors.example", "Ann Quill", "Lead Inspector"),
        ("pp Ann Quill\nLead Inspector", "Ann Quill", "Lead Inspector"),
        ("Mary Jane van der Berg\nLead Inspector", "Mary Jane van der Berg", "Lead Inspector"),
        ("Ann Quill", "Ann Quill", None),
        ("Her Majesty's Inspector", None, None),
        ("", None, None),
    ],
)
def test_signatures(signature: str, name: str | None, role: str | None) -> None:
    foot = f"Yours sincerely\n\n{signature}\n\nCopy: Tom Fenn, Chief Executive"
    assert read(foot).signatory == Person(name, role)
    assert copies(foot) == [("Tom Fenn", "Chief Executive")]
    assert doubts(foot) == []


def test_an_office_that_is_not_known_is_cut_by_guess() -> None:
    foot = "Yours sincerely\n\nAnn Quill Woodland Warden Supreme"
    assert read(foot).signatory == Person("Ann Quill", "Woodland Warden Supreme")
    assert doubts(foot) == ["where the signatory's name ends is a guess"]


def test_a_foot_without_a_valediction() -> None:
    assert read("Ann Quill\nHer Majesty's Inspector\n\ncc Tom Fenn, Chief Executive").signatory.name == "Ann Quill"
    assert copies("Copy: Tom Fenn, Chief Executive") == [("Tom Fenn", "Chief Executive")]


def test_regions_and_spans() -> None:
    foot = SIGNATURE + "Copy: " + "\n".join(ITEMS)
    reading = read(foot)
    assert {r.kind: foot[r.span.start : r.span.end] for r in reading.found.regions} == {
        RegionKind.CLOSING: "Yours sincerely",
        RegionKind.SIGNATORY: "Ann Quill\nHer Majesty's Inspector",
        RegionKind.COPIES: "Copy: " + "\n".join(ITEMS),
    }
    for number, (name, role) in enumerate(ALL, 1):
        for part, value in (("name", name), ("role", role)):
            start, end = reading.found.spans[f"copies.{number}.{part}"]
            assert foot[start:end] == value


@given(
    st.lists(
        st.sampled_from(
            [
                *ITEMS,
                "Copy:",
                "cc",
                "Ann Quill",
                "Mr",
                "\n",
                "\n\n",
                ",",
                ";",
                " and ",
                "Yours sincerely",
                "Director",
                "•",
                "(",
            ]
        )
    )
)
def test_any_foot_gives_spans_inside_and_receivers_in_order(pieces: list[str]) -> None:
    foot = " ".join(pieces)
    reading = read(foot)
    place = 0
    for path, (start, end) in reading.found.spans.items():
        assert 0 <= start < end <= len(foot)
        if path.startswith("copies."):
            assert place <= start
            place = end
