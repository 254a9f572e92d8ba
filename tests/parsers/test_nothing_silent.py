"""What is not read as a finding, though it may be one, carries a doubt at its place."""

from __future__ import annotations

import pytest

from parsers.letter import Letter
from parsers.parse import parse
from tests.made.shaped import letter

LISTS = "Strengths\n\n- Visits are frequent.\n\nAreas for development\n\n- Plans are vague.\n"


def read(middle: str) -> Letter:
    return parse(letter(middle)[0])


def places(made: Letter, code: str) -> list[str]:
    """The words at the doubts of this code."""
    return [made.text[slice(*doubt.span)] for doubt in made.doubts if doubt.code == code]


def test_an_ordinary_letter_has_none_of_these_doubts() -> None:
    codes = {doubt.code for doubt in read(LISTS).doubts}
    assert codes.isdisjoint({"unread-list", "no-findings", "behind-signature", "unknown-heading"})


def test_a_list_before_the_first_heading() -> None:
    made = read("The council has done this:\n\n- Staff were hired.\n- A panel was set up.\n\n" + LISTS)
    assert places(made, "unread-list") == ["Staff were hired.\n- A panel was set up."]
    assert len(made.findings) == 2


def test_a_list_of_what_inspectors_looked_at() -> None:
    made = read("Inspectors considered evidence, including:\n\n- case records;\n- supervision notes.\n\n" + LISTS)
    assert places(made, "unread-list") == []


def test_lists_behind_the_closing_words() -> None:
    closing = "Any areas for development identified above will be considered in any future inspection.\n\n"
    made = read(f"{LISTS}\n{closing}- Send a plan.\n\nAnd these:\n\n- Tell staff.\n- Tell partners.\n")
    assert places(made, "unread-list") == ["Send a plan.", "Tell staff.\n- Tell partners."]


def test_a_letter_of_which_nothing_is_read() -> None:
    made = read("Inspectors saw work of every kind, and it will be described elsewhere.\n")
    assert made.findings == ()
    assert len(places(made, "no-findings")) == 1


def test_sections_behind_the_signature() -> None:
    text = letter("Strengths\n\n- Visits are frequent.\n")[0]
    behind = "Areas for development\n\n- Plans are vague.\n\n"
    made = parse(text.replace("Copy:", behind + "Copy:"))
    assert [finding.text for finding in made.findings] == ["Visits are frequent.", "Plans are vague."]
    assert places(made, "behind-signature") == [behind]
    assert [copy.name for copy in made.metadata.copies][:1] == ["Nkechi Lanyon"]


@pytest.mark.parametrize(
    ("heading", "category"),
    [
        ("Areas for\n\n2\n\ndevelopment", "area_for_development"),
        ("Areas f0r deve1opment", "area_for_development"),
        ("Aeras for development", "area_for_development"),
        ("Areas that require development", "area_for_development"),
        ("--- Areas for priority action ---", "priority_action"),
    ],
)
def test_a_heading_that_is_read_as_another_is_doubted(heading: str, category: str) -> None:
    made = read(f"Strengths\n\n• Visits are frequent.\n\n{heading}\n\n• Plans are vague.\n")
    assert [(f.category, f.text) for f in made.findings] == [
        ("strength", "Visits are frequent."),
        (category, "Plans are vague."),
    ]
    assert places(made, "unknown-heading") == [heading]


def test_two_headings_side_by_side() -> None:
    made = read("Strengths            Areas for development\n\n• Visits are.         • Plans are vague.\n")
    assert made.findings == ()
    assert places(made, "unknown-heading") == ["Strengths            Areas for development"]
    assert len(places(made, "unread-list")) == 1


def test_a_heading_that_is_part_of_a_sentence_stays_one() -> None:
    made = read("Strengths\n\n• They know the strengths and\n\n2\n\nareas for development of each team.\n")
    assert [finding.text for finding in made.findings] == [
        "They know the strengths and areas for development of each team."
    ]


@pytest.mark.parametrize("title", ["Commendations", "Next steps", "Matters arising:", "Areas of good work seen"])
def test_an_unknown_heading_takes_nothing_from_what_stands_around_it(title: str) -> None:
    made = read(
        f"Strengths\n\n- Visits are frequent.\n\n{title}\n\n- A plan is due.\n\n"
        "Areas for development\n\n- Plans are vague.\n"
    )
    assert [(f.category, f.text) for f in made.findings] == [
        ("strength", "Visits are frequent."),
        ("area_for_development", "Plans are vague."),
    ]
    assert places(made, "unknown-heading") == [title]


def test_the_title_of_a_part_where_findings_stand_in_paragraphs() -> None:
    made = parse(
        "Focused visit to Wexcombe children's services\n\nThis letter summarises the findings of a focused visit.\n\n"
        "Main findings\n\nThe front door\n\nContacts are read within a day.\n\nStaff are skilled.\n"
    )
    assert [finding.text for finding in made.findings] == ["Contacts are read within a day.", "Staff are skilled."]
    assert places(made, "unknown-heading") == ["The front door"]
