"""The head in the shapes that extraction leaves: addressee, salutation, subject, date, letterhead."""

from __future__ import annotations

import datetime as dt

import pytest

from parsers.head import HeadReading, read_head
from parsers.letter import Addressee, Contact, RegionKind, Span
from parsers.places import find_councils
from parsers.plain import Sheet, plain

LETTERHEAD = "Ferry House\nSaltford SF1 6NL\nT 0300 0001234\nenquiries@inspectors.example\nwww.inspectors.example"
DATE = "1 December 2010"
ADDRESSEE = "Ms Jo Marlowe\nStrategic Director for Children\nEastmarch City Council\n27 Quarry Gate\nThornbury\nZZ1 1ZZ"
SUBJECT = "Annual unannounced inspection of services within Eastmarch City Council children's services"
HEAD = f"{LETTERHEAD}\n\n{DATE}\n\n{ADDRESSEE}\n\nDear Ms Marlowe\n\n{SUBJECT}\n\n"
BODY = "services in Eastmarch City Council which"
MARLOWE = Addressee(
    "Ms Jo Marlowe",
    "Strategic Director for Children",
    "Eastmarch City Council",
    ("27 Quarry Gate", "Thornbury"),
    "ZZ1 1ZZ",
)


def read(head: str, body: str = BODY) -> HeadReading:
    known = find_councils(body, body, 0, len(body), wrapped=True)
    return read_head(Sheet(head, plain(head)), Span(0, len(head)), known)


def kinds(head: str) -> dict[RegionKind, str]:
    return {region.kind: head[region.span.start : region.span.end] for region in read(head).found.regions}


def messages(reading: HeadReading) -> list[str]:
    return [doubt.message for doubt in reading.found.doubts]


def test_a_head_with_everything_on_its_own_line() -> None:
    reading = read(HEAD)
    assert reading.date == dt.date(2010, 12, 1)
    assert reading.addressee == MARLOWE
    assert reading.salutation == "Ms Marlowe"
    assert reading.subject == SUBJECT
    assert reading.contact == Contact("enquiries@inspectors.example", ("0300 0001234",), "www.inspectors.example")
    assert reading.found.doubts == ()
    assert kinds(HEAD) == {
        RegionKind.LETTERHEAD: LETTERHEAD,
        RegionKind.DATE: DATE,
        RegionKind.ADDRESSEE: ADDRESSEE,
        RegionKind.SALUTATION: "Dear Ms Marlowe",
        RegionKind.SUBJECT: SUBJECT,
    }


def test_a_head_on_one_line() -> None:
    head = " ".join(HEAD.split())
    reading = read(head)
    assert (reading.date, reading.salutation, reading.subject) == (dt.date(2010, 12, 1), "Ms Marlowe", SUBJECT)
    assert reading.addressee == Addressee(
        MARLOWE.name, MARLOWE.role, MARLOWE.organisation, ("27 Quarry Gate Thornbury",), "ZZ1 1ZZ"
    )
    assert reading.contact.telephone == ("0300 0001234",)


@pytest.mark.parametrize(
    "parts",
    [
        [DATE, LETTERHEAD, ADDRESSEE, "Dear Ms Marlowe", SUBJECT],
        [LETTERHEAD, ADDRESSEE, DATE, "Dear Ms Marlowe", SUBJECT],
        [DATE, ADDRESSEE, LETTERHEAD, "Dear Ms Marlowe", SUBJECT],
        [LETTERHEAD, ADDRESSEE, "Dear Ms Marlowe", DATE, SUBJECT],
        [LETTERHEAD, "Date: " + DATE, ADDRESSEE, "Ms Marlowe,", SUBJECT],
        [LETTERHEAD, DATE, "Private and confidential", ADDRESSEE, "Our ref: AB/12", "Dear Ms Marlowe,", SUBJECT],
        [LETTERHEAD, DATE, ADDRESSEE, SUBJECT, "Dear Ms Marlowe"],
        [LETTERHEAD, DATE, ADDRESSEE + "\njo@eastmarch.example", "DEAR Ms Marlowe:", SUBJECT],
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n\n", "\n"])
def test_the_parts_in_any_order(parts: list[str], gap: str) -> None:
    reading = read(gap.join(parts))
    assert (reading.date, reading.addressee) == (dt.date(2010, 12, 1), MARLOWE)
    assert (reading.salutation, reading.subject) == ("Ms Marlowe", SUBJECT)
    assert reading.contact.email == "enquiries@inspectors.example"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (ADDRESSEE.replace("\n", "\n\n"), MARLOWE),
        (ADDRESSEE.replace("\n", ",\n"), MARLOWE),
        (ADDRESSEE.replace("Marlowe\n", "Marlowe, "), MARLOWE),
        (ADDRESSEE.replace("Marlowe\n", "Marlowe - "), MARLOWE),
        (ADDRESSEE.replace("Marlowe\n", "Marlowe "), MARLOWE),
        (ADDRESSEE.replace("Children\n", "Children, "), MARLOWE),
        (ADDRESSEE.replace("\n", "\u00a0\n"), MARLOWE),
        (ADDRESSEE.replace("\nEastmarch", "\nBy email: jo@eastmarch.example\nEastmarch", 1), MARLOWE),
        (
            ADDRESSEE.replace("\n", ", "),
            Addressee(MARLOWE.name, MARLOWE.role, MARLOWE.organisation, ("27 Quarry Gate, Thornbury",), "ZZ1 1ZZ"),
        ),
        (
            ADDRESSEE.replace("Children\n", "Children\nChildren's Services Department\n"),
            Addressee(
                MARLOWE.name,
                MARLOWE.role,
                MARLOWE.organisation,
                ("Children's Services Department", *MARLOWE.address),
                "ZZ1 1ZZ",
            ),
        ),
        (
            ADDRESSEE.replace("for Children", "for Children and\nYoung People (Interim)"),
            Addressee(
                MARLOWE.name,
                "Strategic Director for Children and Young People (Interim)",
                MARLOWE.organisation,
                MARLOWE.address,
                "ZZ1 1ZZ",
            ),
        ),
        (
            ADDRESSEE.replace("Strategic Director for Children", "Executive Director\nChildren and Families"),
            Addressee(
                MARLOWE.name,
                "Executive Director Children and Families",
                MARLOWE.organisation,
                MARLOWE.address,
                "ZZ1 1ZZ",
            ),
        ),
        (
            ADDRESSEE.replace("\nZZ1 1ZZ", ""),
            Addressee(MARLOWE.name, MARLOWE.role, MARLOWE.organisation, MARLOWE.address, None),
        ),
        (
            ADDRESSEE.replace("Thornbury\nZZ1", "Thornbury ZZ1"),
            MARLOWE,
        ),
        (
            ADDRESSEE.replace("Strategic Director for Children\n", ""),
            Addressee(MARLOWE.name, None, MARLOWE.organisation, MARLOWE.address, "ZZ1 1ZZ"),
        ),
        (
            ADDRESSEE.replace("Eastmarch City Council", "Eastmarch Children's Trust"),
            Addressee(MARLOWE.name, MARLOWE.role, "Eastmarch Children's Trust", MARLOWE.address, "ZZ1 1ZZ"),
        ),
        (
            ADDRESSEE.replace("Ms Jo Marlowe\n", ""),
            Addressee(None, MARLOWE.role, MARLOWE.organisation, MARLOWE.address, "ZZ1 1ZZ"),
        ),
    ],
)
def test_addressees(written: str, expected: Addressee) -> None:
    assert read(HEAD.replace(ADDRESSEE, written)).addressee == expected


@pytest.mark.parametrize(
    ("role", "department"),
    [
        ("Director of Children's Services", "Children's Services Department"),
        ("Corporate Director for Children, Schools and Families", "Children and Young People's Directorate"),
        ("Chief Executive", "People Directorate"),
        ("Strategic Director for Children and Young People (Interim)", "Children, Schools and Families Directorate"),
        ("Acting Director", "Department for Children and Families"),
    ],
)
def test_an_office_and_a_department_on_one_line(role: str, department: str) -> None:
    line = f"Ms Jo Marlowe {role} {department} Eastmarch City Council 27 Quarry Gate ZZ1 1ZZ"
    addressee = read(HEAD.replace(ADDRESSEE, line)).addressee
    assert (addressee.role, addressee.address) == (role, (department, "27 Quarry Gate"))


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Mr John Quill CBE", "Mr Quill"),
        ("Mr John Quill, OBE", "Mr Quill"),
        ("Councillor Mrs Ann van der Berg MBE JP", "Councillor van der Berg"),
        ("Dr Siân O'Dell", "Dr O'Dell"),
        ("Professor J. P. Fenn-Hartley", "Professor Fenn-Hartley"),
        ("Ms Ann de Souza Lima", "Ms de Souza Lima"),
        ("Mr Paul d\u2019Arcy", "Mr d\u2019Arcy"),
        ("Jo Marlowe", "Jo"),
        ("Ms Jo Marlowe", "Jo"),
        ("Sir Alan Roe", "Sir Alan"),
        ("Ms Jo Marlowe", "Ms Marlowe and Mr Roe"),
        ("Ms Jo Marlowe", "Director"),
        ("Ms Jo Marlowe", "Sir or Madam"),
    ],
)
def test_names_and_greetings(name: str, greeting: str) -> None:
    for flat in (False, True):
        head = HEAD.replace("Ms Jo Marlowe", name).replace("Ms Marlowe", greeting)
        if flat and greeting in ("Director", "Sir or Madam", "Ms Marlowe and Mr Roe"):
            continue  # where such a greeting ends can't be told on a line with more
        reading = read(" ".join(head.split()) if flat else head)
        assert (reading.addressee.name, reading.salutation) == (name, greeting)
        assert reading.addressee.role == MARLOWE.role


def test_without_any_line_break_postcode_or_greeting_the_subject_is_a_guess() -> None:
    reading = read(" ".join(HEAD.replace("Dear Ms Marlowe", "").replace("ZZ1 1ZZ", "").split()))
    assert reading.subject == SUBJECT
    assert reading.addressee.address == ("27 Quarry Gate Thornbury",)
    assert messages(reading) == ["where the subject begins is a guess"]


def test_a_greeting_that_nothing_confirms_is_a_guess_on_a_line_with_more() -> None:
    reading = read(f"{DATE} Dear Ms Marlowe {SUBJECT}")
    assert (reading.salutation, reading.subject) == ("Ms Marlowe", SUBJECT)
    assert messages(reading) == ["where the salutation ends is a guess"]


def test_a_greeting_with_another_name_is_a_doubt() -> None:
    reading = read(HEAD.replace("Dear Ms Marlowe", "Dear Ms Marlow"))
    assert (reading.addressee.name, reading.salutation) == ("Ms Jo Marlowe", "Ms Marlow")
    assert messages(reading) == ["the salutation gives another name than the addressee's"]


def test_an_address_without_organisation_on_one_line_is_a_guess() -> None:
    reading = read(HEAD.replace(ADDRESSEE, "Ms Jo Marlowe Director of Children Lantern House Thornbury ZZ1 1ZZ"), "")
    assert (reading.addressee.role, reading.addressee.address) == ("Director of Children", ("Lantern House Thornbury",))
    assert messages(reading) == ["no organisation was found, so where the addressee's role ends is a guess"]


def test_what_a_head_does_not_say_is_unknown() -> None:
    reading = read(f"{SUBJECT}\n\n")
    assert reading.subject == SUBJECT
    assert (reading.date, reading.addressee, reading.salutation) == (None, Addressee(), None)
    assert reading.contact == Contact()
    assert read("").found.spans == {}


def test_an_impossible_date_is_no_value() -> None:
    reading = read(HEAD.replace(DATE, "31 November 2010"))
    assert reading.date is None
    assert "date" not in reading.found.spans


def test_the_days_of_an_inspection_are_not_the_letters_date() -> None:
    assert read(HEAD.replace(DATE, "2 and 3 November 2010")).date is None


def test_contact_details() -> None:
    letterhead = (
        "Ferry House SF1 6NL Direct T 0170 0456333 Direct F 0170 0456554 Fax: 0170 0456555 Tel. +44 300 000 1234 "
        "safeguarding@inspectors.example enquiries@inspectors.example. https://inspectors.example/letters."
    )
    assert read(HEAD.replace(LETTERHEAD, letterhead)).contact == Contact(
        "enquiries@inspectors.example",
        ("0170 0456333", "+44 300 000 1234"),
        "https://inspectors.example/letters",
    )


def test_a_number_with_a_date_behind_it() -> None:
    head = f"Ferry House T 0300 000 1234 {DATE} Ms Jo Marlowe\nDirector\nEastmarch City Council\n\nDear Ms Marlowe\n\n"
    assert read(head).contact.telephone == ("0300 000 1234",)
