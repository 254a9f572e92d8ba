"""Head, body and foot of letters in all layouts, told apart by how letters are built."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.frame import HEAD_LIMIT, find_frame

LETTERHEAD = "Ferry House\nSaltford SF1 6NL\nT 0300 0001234\nenquiries@inspectors.example\n\n1 December 2010\n\n"
ADDRESSEE = (
    "Ms Jo Marlowe\nStrategic Director for Children\nEastmarch City Council\n27 Quarry Gate\nEastmarch\nZZ1 1ZZ\n\n"
)
SUBJECT = "Annual unannounced inspection of services within Eastmarch City Council children's services"
HEAD = f"{LETTERHEAD}{ADDRESSEE}Dear Ms Marlowe\n\n{SUBJECT}\n\n"
BODY = "This letter summarises the findings of the inspection. It was long.\n\nStrengths\n\n- Records are kept.\n\n"
FOOT = "Yours sincerely\n\nAnn Quill\nHer Majesty's Inspector\n\nCopy: Tom Fenn, Chief Executive"


def parts(text: str) -> tuple[str, str, str]:
    frame = find_frame(text)
    return tuple(text[span.start : span.end] for span in frame)  # type: ignore[return-value] # a frame has three spans


def test_a_whole_letter() -> None:
    assert parts(HEAD + BODY + FOOT) == (HEAD, BODY, FOOT)


@pytest.mark.parametrize(
    "opening",
    [
        "This letter contains the findings.",
        "I am writing to inform you of the outcome.",
        "Thank you for the help that you gave during the visit.",
        "Following the recent visit, this letter summarises the findings.",
        "On 2 and 3 November 2010 we inspected your services.",
        "The inspection of your services was carried out on 2 November 2010.",
        "Her Majesty's Inspectors visited the council on 2 and 3 November 2010.",
        "We inspected on 2 May 2010.",
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_bodies_that_open_otherwise(opening: str, gap: str) -> None:
    text = HEAD.rstrip() + gap + opening + gap + "More follows here.\n\n" + FOOT
    assert parts(text)[1].startswith(opening)


@pytest.mark.parametrize(
    "head",
    [
        LETTERHEAD + ADDRESSEE + "Ms Marlowe\n\n" + SUBJECT,
        LETTERHEAD + ADDRESSEE + SUBJECT,
        LETTERHEAD + ADDRESSEE + "Dear Ms Marlowe, " + SUBJECT,
        LETTERHEAD + ADDRESSEE + "dear Ms Marlowe\n\n" + SUBJECT,
        LETTERHEAD + ADDRESSEE + "Dear\nMs Marlowe\n\n" + SUBJECT + ".",
        "**Dear Ms Marlowe**\n\n**" + SUBJECT + "**",
        "Dear Ms Marlowe\n\n" + SUBJECT + "\n\nEastmarch City Council",
        "Dear Ms Marlowe",
        SUBJECT,
        " ".join((LETTERHEAD + ADDRESSEE + "Dear Ms Marlowe " + SUBJECT).split()),
        " ".join((LETTERHEAD + ADDRESSEE + SUBJECT).split()),
    ],
)
def test_heads_in_other_shapes(head: str) -> None:
    for gap in ("\n\n", "\n", " "):
        text = head + gap + BODY + FOOT
        assert parts(text) == (head + gap, BODY, FOOT), gap


def test_a_letter_on_one_line() -> None:
    text = " ".join((HEAD + BODY + FOOT).split())
    head, body, foot = parts(text)
    assert head.endswith("children's services ")
    assert body.startswith("This letter")
    assert body.endswith("kept. ")
    assert foot.startswith("Yours sincerely Ann")


def test_a_heading_and_its_list_are_no_subject() -> None:
    text = LETTERHEAD + "Dear Ms Marlowe\n\nStrengths\n\n- Records are kept.\n\n" + FOOT
    assert parts(text)[1].startswith("Strengths")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "x",
        BODY,
        "Strengths\n\n- Records are kept.\n",
        "The council is good at many things and has a long record of them. It was seen on 2 May.\n\nMore.",
        "This letter is for all. Dear Mr Fenn helped.\n\n- a",
    ],
)
def test_a_text_without_a_head_has_none(text: str) -> None:
    head, body, foot = parts(text)
    assert (head, body, foot) == ("", text, "")


def test_a_head_alone() -> None:
    assert parts(LETTERHEAD + ADDRESSEE) == (LETTERHEAD + ADDRESSEE, "", "")


@pytest.mark.parametrize(
    ("foot", "starts"),
    [
        ("Yours faithfully,\n\nAnn Quill", "Yours faithfully"),
        ("YOURS SINCERELY\n\nAnn Quill", "YOURS"),
        ("Yours\nsincerely\n\nAnn Quill", "Yours"),
        ("Kind regards\n\nAnn Quill", "Kind"),
        ("Copy: Tom Fenn, Chief Executive", "Copy"),
        ("cc Tom Fenn, Chief Executive", "cc"),
        ("Ann Quill\nHer Majesty's Inspector\n\nCopy: Tom Fenn, Chief Executive", "Ann"),
        ("Ann Quill, Her Majesty's Inspector", "Ann"),
    ],
)
def test_feet(foot: str, starts: str) -> None:
    assert parts(HEAD + BODY + foot)[2] == foot
    assert foot.startswith(starts)


def test_the_last_valediction_counts() -> None:
    text = HEAD + BODY + "- A letter that ends Yours sincerely was read.\n\n" + FOOT
    assert parts(text)[2] == FOOT


def test_a_last_line_of_a_finding_is_no_signature() -> None:
    assert parts(HEAD + BODY + "Eastmarch City Council children's services\n\nMore of it")[2] == ""


def test_a_head_is_looked_for_at_the_start_alone() -> None:
    far = "word " * HEAD_LIMIT
    assert parts(far + HEAD + BODY)[0] == ""


PIECES = [
    "Dear Ms Roe",
    "This letter is. ",
    "Yours sincerely",
    "Copy: ",
    "1 May 2010",
    "ZZ1 1ZZ",
    "Subject of it",
    "- a",
    "\n",
    " ",
    "A b.",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from([*PIECES, "\n\n"])).map("".join)))
def test_head_body_and_foot_cover_any_text(text: str) -> None:
    frame = find_frame(text)
    assert frame.head.start == 0
    assert frame.head.end == frame.body.start <= frame.body.end == frame.foot.start <= frame.foot.end == len(text)
    assert find_frame(text) == frame
