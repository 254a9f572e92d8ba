"""Which words become a finding: each layout of the family, and the sentences that only look like one."""

from __future__ import annotations

import pytest

from parsers.letter import Letter
from parsers.parse import parse

OPENING = "This letter summarises the findings of the inspection of contact, referral and assessment arrangements.\n\n"
CLOSING = (
    "\n\nAny areas for development identified above will be specifically considered in any future inspection of"
    " services.\n\nYours sincerely\n\nAnn Fenn\n"
)
ST, MR, AD, PA = "strength", "satisfactory", "area_for_development", "priority_action"


def parsed(body: str) -> Letter:
    return parse(OPENING + body + CLOSING)


def found(body: str) -> list[tuple[str, str]]:
    return [(f.category, f.text) for f in parsed(body).findings]


def spans(body: str) -> list[list[str]]:
    letter = parsed(body)
    return [[letter.text[a:b] for a, b in f.spans] for f in letter.findings]


@pytest.mark.parametrize("mark", [*list("-•▪*–·●■—◦\uf0b7"), "o"])
def test_every_mark_begins_an_item(mark: str) -> None:
    assert found(f"Strengths\n\n{mark} One is good.\n{mark} Two is good.") == [
        (ST, "One is good."),
        (ST, "Two is good."),
    ]


@pytest.mark.parametrize(
    "marks", [("1.", "2.", "3."), ("(a)", "(b)", "(c)"), ("1)", "2)", "3)"), ("i)", "ii)", "iii)")]
)
def test_numbers_in_order_begin_items(marks: tuple[str, ...]) -> None:
    body = "Strengths\n\n" + "\n".join(f"{mark} Point is made." for mark in marks)
    assert found(body) == [(ST, "Point is made.")] * 3


def test_a_year_at_the_start_of_a_wrapped_line_is_no_mark() -> None:
    assert found("Strengths\n\n- Staffing has been stable since August\n2010. Morale is good.") == [
        (ST, "Staffing has been stable since August 2010. Morale is good.")
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Areas for development",
        "AREAS FOR DEVELOPMENT",
        "Area for development",
        "Area(s) for development",
        "Areas for development:",
        "Areas for development.",
        "## Areas for development",
        "**Areas for development**",
        "3. Areas for development",
        "Areas\u00a0for development",
        "Areas for\ndevelopment",
    ],
)
def test_spellings_of_a_heading(heading: str) -> None:
    assert found(f"{heading}\n\n- One is late.") == [(AD, "One is late.")]


@pytest.mark.parametrize(
    "body",
    [
        "Strengths\n\n- The audit set out\nstrengths\nand needs.\n- Two.",
        "Strengths\n\n- The audit looked at\nareas for development.\n- Two.",
        "Strengths\n\n- The audit names Areas for development as a theme.\n- Two.",
        "Strengths\n\n- Use is made of the\nStrengths\nand Difficulties questionnaire.\n- Two.",
    ],
)
def test_a_headings_words_inside_a_sentence_are_no_heading(body: str) -> None:
    assert [category for category, _ in found(body)] == [ST, ST]


def test_a_bullet_cut_by_a_page_is_one_finding_of_two_spans() -> None:
    body = "Strengths\n\n- The system is slow and so weak that it\n\n\n\nleads to work being lost.\n- Two is good."
    assert spans(body) == [
        ["The system is slow and so weak that it", "leads to work being lost."],
        ["Two is good."],
    ]


@pytest.mark.parametrize(
    "turn",
    [
        "\n\n\n\n",
        "\n\f\n",
        "\f",
        "\n\n2\n\n",
        "\n\nPage 2 of 3\n\n",
        "\n- 2 -\n",
        "\n\nINVESTOR IN PEOPLE\n\n\n",
        "\n\n2/3\n\f",
    ],
)
def test_whatever_turns_the_page_parts_the_spans_and_is_no_text(turn: str) -> None:
    assert spans(f"Strengths\n\n- One is{turn}good.\n- Two.") == [["One is", "good."], ["Two."]]


def test_a_running_head_is_known_by_coming_back() -> None:
    head = "Eastmarch letter"
    body = f"Strengths\n\n- One is\n\n{head} 2\n\ngood.\n- Two is\n\n{head} 3\n\nbetter."
    assert spans(body) == [["One is", "good."], ["Two is", "better."]]


def test_a_running_head_that_comes_once_is_known_by_the_sentence_it_parts() -> None:
    turn = "\n\nINVESTOR IN PEOPLE\n\n1\fInspection of arrangements in Eastmarch\n\n"
    assert spans(f"Strengths\n\n- One is{turn}good.\n- Two.") == [["One is", "good."], ["Two."]]
    two_turns = "- One of\n\n\n\nEastmarch's three teams\n\n2\n\n\nis good."
    assert spans(f"Strengths\n\n{two_turns}") == [["One of", "Eastmarch's three teams", "is good."]]


@pytest.mark.parametrize(
    "footer",
    [
        "2 | Letter to Eastmarch about what was found",
        "Letter to Eastmarch about what was found | 2",
        "Page 2 | Eastmarch",
    ],
)
@pytest.mark.parametrize(
    "broken", ["- One is{turn}good.\n- Two.", "- One is good.{turn}- Two.", "- One is good.\n- Two.{turn}"]
)
def test_a_running_head_with_its_page_behind_a_bar_is_furniture(footer: str, broken: str) -> None:
    body = "Strengths\n\n" + broken.format(turn=f"\n\n{footer}\n\n\n")
    assert [text for _, text in found(body)] == ["One is good.", "Two."]


def test_a_bar_in_a_sentence_is_no_running_head() -> None:
    body = "Strengths\n\n- The chart of 2 | Teams is shared.\n\n3 | Managers read it daily.\n\n- Two."
    assert any("3 | Managers" in text for _, text in found(body))


def test_a_wrap_and_one_blank_line_do_not_part_a_span() -> None:
    assert spans("Strengths\n\n- One is\ngood and\n\nuseful.") == [["One is\ngood and\n\nuseful."]]


def test_a_second_paragraph_belongs_to_its_bullet() -> None:
    body = "Strengths\n\n- One is good.\n\nIt helps families.\n- Two is good."
    assert found(body) == [(ST, "One is good. It helps families."), (ST, "Two is good.")]


def test_a_bullet_that_lost_its_mark_among_others() -> None:
    body = "Strengths\n\n- One is good.\nTwo is good.\n- Three is good."
    assert [text for _, text in found(body)] == ["One is good.", "Two is good.", "Three is good."]


def test_an_unmarked_first_item_is_a_finding() -> None:
    letter = parsed("Strengths\n\nOne is good indeed.\n\n\n\n- Two is good.")
    assert [f.text for f in letter.findings] == ["One is good indeed.", "Two is good."]
    assert letter.findings[0].doubts == ("unmarked-item",)


def test_a_list_without_marks_has_a_finding_a_paragraph() -> None:
    assert found("Strengths\n\nOne is good.\n\nTwo is good.") == [(ST, "One is good."), (ST, "Two is good.")]


@pytest.mark.parametrize(
    "items",
    [
        '<ul style="list-style-type: none"> ▪ One. ▪ Two. ▪ Three.',
        "<ul><li>One.</li><li>Two.</li><li>Three.</li></ul>",
        "<ul>\n<li>One.\n<li>Two.\n<li>Three.",
        "<ul>\n<li>One.</li>\n<li>Two.</li>\n</ul>\n- Three.",
        "<ul> ▪ One. ▪ Two.\n\n- Three.",
        "- One. - Two. - Three.",
        "1. One. 2. Two. 3. Three.",
        "•One.\n•Two.\n•\nThree.",
    ],
)
def test_flattened_lists_and_remnants_of_web_pages(items: str) -> None:
    assert found(f"Strengths\n{items}") == [(ST, "One."), (ST, "Two."), (ST, "Three.")]


def test_a_heading_and_its_list_on_one_line() -> None:
    assert found("Strengths ▪ One. ▪ Two.\nAreas for development - Three.") == [
        (ST, "One."),
        (ST, "Two."),
        (AD, "Three."),
    ]


def test_a_dash_in_a_sentence_is_no_mark() -> None:
    body = "Strengths\n\n- One - as staff say - is good. It is - in short - useful.\n- Two is good."
    assert len(found(body)) == 2


def test_a_dash_at_the_start_of_a_wrapped_line_is_no_mark() -> None:
    body = (
        "Strengths\n\n- One of the three teams is well staffed\n- as managers say - and keeps\nits workers.\n"
        "- Two is good."
    )
    assert len(found(body)) == 2


def test_sub_bullets_belong_to_their_bullet() -> None:
    body = "Strengths\n\n- Training covers:\n  o Thresholds\n  o Recording\n- Two is good."
    assert spans(body) == [["Training covers:", "Thresholds", "Recording"], ["Two is good."]]


def test_the_sentence_of_2009_is_the_heading_of_what_meets_requirements() -> None:
    body = (
        "From the evidence gathered, the inspection identified a number of areas where the arrangements were delivered"
        " satisfactorily in accordance with national guidance, in particular:\n\n- One.\n\n"
        "From the evidence gathered, the following strengths and areas for development were also identified:\n\n"
        "Strengths\n\n- Two."
    )
    assert found(body) == [(MR, "One."), (ST, "Two.")]


@pytest.mark.parametrize("heading", ["", "Area(s) for priority action\n\n"])
def test_a_sentence_that_announces_priority_action_makes_no_finding(heading: str) -> None:
    letter = parsed(
        f"This visit has identified the following area(s) for priority action:\n\n{heading}- One is unsafe."
    )
    assert [(f.category, f.text) for f in letter.findings] == [(PA, "One is unsafe.")]
    assert "empty-section" not in {d.code for d in letter.doubts}


def test_sections_in_any_order_and_twice() -> None:
    body = "Areas for development\n\n- One.\n\nStrengths\n\n- Two.\n\nAreas for development\n\n- Three."
    assert found(body) == [(AD, "One."), (ST, "Two."), (AD, "Three.")]


def test_an_empty_section_is_doubted_and_one_said_to_be_empty_is_not() -> None:
    assert "empty-section" in {d.code for d in parsed("Strengths\n\nAreas for development\n\n- One.").doubts}
    said = parsed("Strengths\n\n- One.\n\nAreas for priority action\n\nNo areas for priority action were identified.")
    assert [f.text for f in said.findings] == ["One."]
    assert "empty-section" not in {d.code for d in said.doubts}


def test_what_stands_under_an_unknown_heading_is_kept_and_doubted() -> None:
    letter = parsed("Strengths\n\n- One is good.\n\nViews of partners\n\n- Two is said.")
    assert [f.text for f in letter.findings] == ["One is good."]
    assert "unknown-heading" in {d.code for d in letter.doubts}


def test_a_short_line_at_the_turn_of_a_page_that_is_taken_for_a_running_head_is_doubted() -> None:
    letter = parsed("Strengths\n\n- One is good.\n\n\n\nChildren in the town\n\n- Two is good.")
    assert [f.text for f in letter.findings] == ["One is good.", "Two is good."]
    heads = [letter.text[d.span.start : d.span.end] for d in letter.doubts if d.code == "unknown-heading"]
    assert heads == ["Children in the town"]


def test_an_unknown_closing_paragraph_is_no_finding_but_a_doubt() -> None:
    letter = parse(
        OPENING + "Strengths\n\n- One is good.\n\nWe shall visit again next year.\n\nYours sincerely\n\nAnn Fenn\n"
    )
    assert [f.text for f in letter.findings] == ["One is good."]
    assert "unmarked-item" in {d.code for d in letter.doubts}


def test_text_that_looks_like_markup_or_acts_on_a_terminal_is_parsed_as_it_is() -> None:
    words = "Staff [sic] said [/x] [bold] \x1b[2J \u202eyes."
    assert found(f"Strengths\n\n- {words}\n- Two.") == [(ST, words), (ST, "Two.")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Strengths\n\n- One is\n\n\n\ngood.", "page-join"),
        ("Strengths\n\n- one is good.", "lower-case-start"),
        ("Strengths\n\n- One is good", "no-full-stop"),
        ("Strengths\n\nOne is good.", "unmarked-item"),
        ("Strengths\n<ul> ▪ One is good here.", "list-remnant"),
        ("Strengths\n\n- One is\n\nINVESTOR IN PEOPLE\n\ngood.", "furniture-inside"),
        ("Strengths\n\n- " + "One is good and so on " * 30 + ".", "too-long"),
        ("Strengths\n\n- Good.", "too-short"),
        ("Strengths\n\n- One is good.\n- Two is good.\n• Three is good.", "mixed-marks"),
        ("Strengths\n\n- One is good for assess-\nment of need.", "hyphen"),
        (
            "It identified two areas for priority action.\n\nAreas for priority action\n\n- One is late.",
            "count-mismatch",
        ),
        ("It identified areas of strength.\n\nAreas for development\n\n- One is late.", "count-mismatch"),
    ],
)
def test_what_looks_wrong_is_doubted_and_a_plain_list_is_not(body: str, code: str) -> None:
    doubts = {d.code for d in parsed(body).doubts if not d.code.endswith("-metadata")}
    assert code in doubts
    plain = parsed("It identified one area for priority action.\n\nAreas for priority action\n\n- One is not safe.\n")
    assert not [d for d in plain.doubts if not d.code.endswith("-metadata")]


def test_the_letters_own_count_leaves_out_the_earlier_inspection_and_the_closing() -> None:
    body = (
        "It found areas of strength. The two areas for priority action of the last inspection were addressed.\n\n"
        "Strengths\n\n- One is good and useful."
    )
    assert "count-mismatch" not in {d.code for d in parsed(body).doubts}


def test_a_finding_says_itself_that_it_repeats() -> None:
    letter = parsed(
        "Areas for development\n\n- One is late. This was an area for priority action at the previous inspection.\n"
        "- Two is late."
    )
    assert [f.repeats for f in letter.findings] == [PA, None]


def test_a_letter_of_no_known_family() -> None:
    letter = parse("Dear Sir\n\nThank you for the cake.\n\n- It was good.\n\nYours faithfully\n\nAnn Fenn")
    assert letter.profile is None
    assert letter.findings == ()
    assert [d.code for d in letter.doubts if not d.code.endswith("-metadata")] == ["unknown-family"]
