"""The rules of each operation, and why one is refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from curation.operations import (
    Add,
    AnswerQuestion,
    EditMetadata,
    HandIn,
    Merge,
    MoveBoundary,
    Operation,
    Recategorise,
    Refused,
    RefuseTheme,
    Remove,
    Reopen,
    Restore,
    SetFollowup,
    SetLetterNote,
    SetNote,
    SetQuestion,
    SetSeen,
    SetThemes,
    SettleDoubt,
    Split,
    apply,
    best_split,
    from_json,
    to_json,
)
from curation.review import Answer, Review, ReviewedFinding
from parsers.letter import Span
from tests.made.reviews import Draft, eastmarch


@pytest.fixture
def review() -> Review:
    return eastmarch().review()


def do(review: Review, *operations: Operation) -> Review:
    for operation in operations:
        review = apply(review, operation).review
    return review


def refusal(review: Review, operation: Operation) -> str:
    with pytest.raises(Refused) as raised:
        apply(review, operation)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def given(review: Review, place: int, **values: object) -> Review:
    """The review with other values in one finding."""
    changed = replace(review.findings[place], **values)  # type: ignore[arg-type]  # whatever the test wants
    return replace(review, findings=tuple(changed if i == place else f for i, f in enumerate(review.findings)))


def ids(review: Review) -> list[str]:
    return [f.id for f in review.findings]


def texts(review: Review) -> list[str]:
    return [f.text for f in review.findings]


def at(review: Review, words: str) -> int:
    return review.text.index(words)


# ---- split ----


def test_a_split_makes_two_new_findings_of_one(review: Review) -> None:
    review = given(
        review, 0, themes=("supervision",), note="n", question="q", seen=True, refused=("x",), repeats="priority_action"
    )
    old = review.findings[0]
    applied = apply(review, Split(old.id, at(review, " Staff say"), "meaning"))
    first, second = applied.review.findings[:2]
    assert (first.text, second.text) == ("Supervision is regular.", "Staff say that it helps them.")
    assert applied.created == (first.id, second.id)
    assert applied.gone == (old.id,)
    for part in (first, second):
        assert part.parents == (old.id,)
        assert (part.origin, part.reason, part.seen) == ("split", "meaning", False)
        assert (part.themes, part.note, part.question, part.refused) == (("supervision",), "n", "q", ("x",))
        assert (part.category, part.heading, part.repeats) == ("strength", "Strengths", "priority_action")
    assert review.text[first.spans[0].end] == " "
    assert ids(applied.review)[2:] == ids(review)[1:]


def test_a_finding_of_two_spans_is_split_inside_either_and_between_them(review: Review) -> None:
    cut = review.findings[2]
    inside = do(review, Split(cut.id, at(review, "is slow")))
    assert texts(inside)[2:4] == ["The recording system", "is slow, and work has been lost."]
    assert [len(f.spans) for f in inside.findings[2:4]] == [1, 2]
    for place in (cut.spans[0].end, at(review, "\n2\n") + 1, cut.spans[1].start):
        between = do(review, Split(cut.id, place))
        assert texts(between)[2:4] == ["The recording system is slow, and", "work has been lost."]
        assert [f.spans for f in between.findings[2:4]] == [cut.spans[:1], cut.spans[1:]]


def test_a_split_at_an_end_is_refused(review: Review) -> None:
    finding = review.findings[0]
    start, end = finding.spans[0]
    for place in (start, end):
        assert refusal(review, Split(finding.id, place)) == (
            f"{finding.id} can't be split at {place}: that is its end, one part would be empty"
        )
    for place in (start - 1, end + 1, -5, 10**9):
        assert f"{place} is not inside {finding.id}, which stands at {start}-{end}" in refusal(
            review, Split(finding.id, place)
        )


def test_a_split_that_leaves_only_white_space_is_refused() -> None:
    draft = Draft().finding("strength", "Good.")
    review = draft.say("   ").review()
    loose = given(review, 0, spans=(Span(0, 8),))
    assert "one part would be empty" in refusal(loose, Split(loose.findings[0].id, 6))


def test_a_split_needs_a_known_reason(review: Review) -> None:
    said = refusal(review, Split(review.findings[0].id, 40, "boredom"))
    assert said == "boredom is not a reason of a split: it is one of extraction, meaning"


# ---- merge ----


def test_a_merge_takes_the_category_of_the_first_and_what_both_hold(review: Review) -> None:
    review = given(review, 1, themes=("b", "a"), note="first", question="why?", seen=True, refused=("x",))
    review = given(review, 2, themes=("a", "c"), note="second", question="who?", refused=("y", "x"), repeats="strength")
    first, second = review.findings[1:3]
    for pair in ((first.id, second.id), (second.id, first.id)):
        applied = apply(review, Merge(pair))
        merged = applied.review.findings[1]
        assert merged.category == "strength"
        assert merged.heading == "Strengths"
        assert merged.text == "Thresholds are understood. The recording system is slow, and work has been lost."
        assert merged.themes == ("b", "a", "c")
        assert merged.note == "first\nsecond"
        assert merged.question == "why?\nwho?"
        assert merged.refused == ("x", "y")
        assert merged.repeats == "strength"
        assert merged.parents == (first.id, second.id)
        assert (merged.origin, merged.seen, merged.reason) == ("merge", False, "")
        assert merged.spans == (*first.spans, *second.spans)
        assert applied.created == (merged.id,)
        assert set(applied.gone) == {first.id, second.id}


@pytest.mark.parametrize(
    ("between", "spans"),
    [
        (" ", [(0, 5)]),
        ("\n", [(0, 5)]),
        ("\n\n", [(0, 6)]),
        ("\n\n\n", [(0, 2), (5, 7)]),
        ("\f", [(0, 2), (3, 5)]),
        ("\n- ", [(0, 2), (5, 7)]),
        ("\n2\n", [(0, 2), (5, 7)]),
        ("", [(0, 4)]),
    ],
)
def test_spans_that_only_white_space_without_a_page_separates_become_one(
    between: str, spans: list[tuple[int, int]]
) -> None:
    review = Draft().finding("strength", "ab").say(between).finding("strength", "cd").review()
    merged = do(review, Merge((review.findings[0].id, review.findings[1].id))).findings[0]
    assert list(merged.spans) == spans


def test_only_neighbours_are_merged(review: Review) -> None:
    first, between, third, _ = ids(review)
    assert refusal(review, Merge((first, third))) == (
        f"{first} and {third} are not neighbours: {between} stands between them"
    )
    assert "with itself" in refusal(review, Merge((first, first)))
    without = do(review, Remove(between, "duplicate"))
    assert apply(without, Merge((first, third))).gone == (first, third)


def test_what_both_say_alike_is_said_once(review: Review) -> None:
    for place in (0, 1):
        review = given(review, place, note="same", question="why?")
    merged = do(review, Merge((review.findings[0].id, review.findings[1].id))).findings[0]
    assert (merged.note, merged.question) == ("same", "why?")


# ---- move a boundary ----


def test_a_boundary_moves_and_nothing_else(review: Review) -> None:
    review = given(review, 1, seen=True, themes=("a",), note="n")
    finding = review.findings[1]
    moved = do(review, MoveBoundary(finding.id, "start", at(review, "are understood"))).findings[1]
    assert moved.text == "are understood."
    assert moved.id == finding.id
    assert (moved.origin, moved.seen) == ("edited", False)
    assert (moved.themes, moved.note, moved.category) == (("a",), "n", "strength")
    there = MoveBoundary(finding.id, "start", at(review, "are und"))
    assert do(review, there, replace(there, to=finding.spans[0].start)).findings[1].spans == finding.spans


def test_a_boundary_moves_outwards_over_text_that_is_in_no_finding(review: Review) -> None:
    finding = review.findings[1]
    moved = do(review, MoveBoundary(finding.id, "end", at(review, "Areas for") + len("Areas for")))
    assert moved.findings[1].text == "Thresholds are understood. Areas for"
    assert len(moved.findings[1].spans) == 1


def test_a_boundary_leaves_out_what_it_is_told_to(review: Review) -> None:
    finding, text = review.findings[2], review.text
    short = do(review, MoveBoundary(finding.id, "end", at(review, "\n2\n")))
    foot = Span(at(review, "\n2\n") + 1, at(review, "\n2\n") + 2)
    back = do(short, MoveBoundary(finding.id, "end", finding.spans[-1].end, (foot,))).findings[2]
    assert (back.spans, back.text) == (finding.spans, finding.text)
    taken_in = do(short, MoveBoundary(finding.id, "end", finding.spans[-1].end)).findings[2]
    assert " 2 " in taken_in.text
    swapped = MoveBoundary(finding.id, "end", len(text), (foot, Span(0, 1)))
    assert "in the order of the text" in refusal(short, swapped)


def test_a_boundary_that_is_moved_past_a_span_drops_it(review: Review) -> None:
    finding = review.findings[2]
    assert do(review, MoveBoundary(finding.id, "start", at(review, "work has"))).findings[2].spans == finding.spans[1:]
    between = at(review, "\n2\n")
    assert do(review, MoveBoundary(finding.id, "end", between)).findings[2].spans == finding.spans[:1]


def test_a_boundary_stops_at_a_neighbour_and_before_the_finding_is_empty(review: Review) -> None:
    first, second = review.findings[:2]
    assert refusal(review, MoveBoundary(second.id, "start", first.spans[0].end - 1)) == (
        f"{second.id} would overlap {first.id}: move its boundary first"
    )
    assert "nothing would be left" in refusal(review, MoveBoundary(first.id, "end", first.spans[0].start))
    assert "outside the letter" in refusal(review, MoveBoundary(first.id, "end", len(review.text) + 1))
    assert "outside the letter" in refusal(review, MoveBoundary(first.id, "start", -1))
    assert "middle is not a side" in refusal(review, MoveBoundary(first.id, "middle", 3))


def test_a_split_finding_stays_a_split_one_when_its_boundary_moves(review: Review) -> None:
    split = do(review, Split(review.findings[0].id, at(review, " Staff say")))
    moved = do(split, MoveBoundary(split.findings[0].id, "start", at(review, "is regular")))
    assert moved.findings[0].origin == "split"


# ---- add, remove, restore ----


def test_a_finding_is_added_where_there_is_none(review: Review) -> None:
    start = at(review, "Yours")
    applied = apply(review, Add("priority_action", (Span(start - 2, start + 5),)))
    added = applied.review.findings[-1]
    assert applied.created == (added.id,)
    assert (added.text, added.spans, added.origin) == ("Yours", (Span(start, start + 5),), "added")
    assert (added.category, added.heading, added.seen, added.parents) == ("priority_action", "", False, ())


def test_an_added_finding_stands_under_the_heading_of_a_neighbour_of_its_category(review: Review) -> None:
    start = at(review, "Yours")
    added = do(review, Add("area_for_development", (Span(start, start + 5),))).findings[-1]
    assert added.heading == "Areas for development"


def test_an_added_finding_does_not_run_over_a_page() -> None:
    review = Draft("one\n\n\n\ntwo").review()
    assert do(review, Add("strength", (Span(0, 10),))).findings[0].spans == (Span(0, 3), Span(7, 10))


@pytest.mark.parametrize(
    ("spans", "why"),
    [
        ((), "at least one span"),
        (((5, 5),), "no place"),
        (((7, 3),), "no place"),
        (((-1, 3),), "no place"),
        (((0, 10**6),), "no place"),
        (((8, 12), (0, 3)), "order"),
        (((0, 8), (5, 12)), "overlapping"),
        (((24, 26),), "white space"),
    ],
)
def test_a_finding_is_not_added_at_no_place(review: Review, spans: tuple[tuple[int, int], ...], why: str) -> None:
    assert why in refusal(review, Add("strength", tuple(Span(*span) for span in spans)))


def test_findings_neither_overlap_nor_lie_around_each_other(review: Review) -> None:
    first = review.findings[0].spans[0]
    assert "would overlap" in refusal(review, Add("strength", (Span(first.end - 2, first.end),)))
    around = (Span(0, 9), Span(at(review, "Yours"), at(review, "Yours") + 5))
    assert "lie around" in refusal(review, Add("strength", around))
    furniture = at(review, "\n2\n") + 1
    assert "inside it" in refusal(review, Add("strength", (Span(furniture, furniture + 1),)))


def test_a_tombstone_keeps_the_finding_whole(review: Review) -> None:
    review = given(review, 1, themes=("a",), note="n", question="q", seen=True, reason="meaning", extra={"x": 1})
    finding = review.findings[1]
    applied = apply(review, Remove(finding.id, "page-furniture"))
    (removed,) = applied.review.removed
    assert removed.finding == finding
    assert removed.reason == "page-furniture"
    assert applied.gone == (finding.id,)
    back = apply(applied.review, Restore(finding.id))
    assert back.review == review
    assert back.created == (finding.id,)


def test_what_is_removed_is_brought_back_first(review: Review) -> None:
    finding = review.findings[1].id
    removed = do(review, Remove(finding, "duplicate"))
    assert refusal(removed, SetNote(finding, "x")) == f"{finding} was removed; bring it back first"
    assert f"{finding} was not removed" in refusal(review, Restore(finding))
    assert "no removed finding f-0" in refusal(removed, Restore("f-0"))
    assert finding in refusal(removed, Restore("f-0"))


def test_a_finding_comes_back_only_where_there_is_room(review: Review) -> None:
    first, second = review.findings[:2]
    removed = do(review, Remove(first.id, "duplicate"))
    grown = do(removed, MoveBoundary(second.id, "start", first.spans[0].end - 3))
    assert f"would overlap {second.id}" in refusal(grown, Restore(first.id))


def test_reasons_of_removal_are_known_ones(review: Review) -> None:
    said = refusal(review, Remove(review.findings[0].id, "dull"))
    assert said.endswith("one of page-furniture, duplicate, not-a-finding, metadata")


# ---- what is set ----


def test_what_is_set_is_all_that_changes(review: Review) -> None:
    name = review.findings[1].id

    def changed(operation: Operation) -> dict[str, object]:
        after = do(review, operation)
        assert replace(after, findings=review.findings) == review
        new = after.findings[1]
        return {
            key: getattr(new, key)
            for key in ReviewedFinding.__dataclass_fields__
            if getattr(new, key) != getattr(review.findings[1], key)
        }

    assert changed(Recategorise(name, "priority_action")) == {"category": "priority_action"}
    assert changed(SetThemes(name, ("b", "a", "b"), 2)) == {"themes": ("b", "a")}
    assert changed(SetNote(name, "a\nb")) == {"note": "a\nb"}
    assert changed(SetSeen(name, True)) == {"seen": True}
    assert changed(SetQuestion(name, "why?")) == {"question": "why?"}
    assert changed(RefuseTheme(name, "a")) == {"refused": ("a",)}
    twice = do(review, RefuseTheme(name, "a"), RefuseTheme(name, "b"), RefuseTheme(name, "a"))
    assert twice.findings[1].refused == ("a", "b")


def test_the_letter_is_handed_in_and_reopened(review: Review) -> None:
    handed = do(review, SetLetterNote("over to you"), HandIn())
    assert (handed.state, handed.note) == ("handed-in", "over to you")
    assert do(handed, Reopen()).state == "open"


def test_doubts_and_followups_are_settled(review: Review) -> None:
    name = review.findings[1].id
    after = do(
        review,
        SettleDoubt("page-join-40", "right"),
        SetFollowup("2009/eastmarch#f-0wz4cd", "partly", name),
        SetFollowup("2009/eastmarch#f-1", "not-mentioned"),
    )
    assert after.doubts == {"page-join-40": "right"}
    assert after.followups["2009/eastmarch#f-0wz4cd"].finding == name
    assert after.followups["2009/eastmarch#f-1"].verdict == "not-mentioned"


def test_an_answer_is_kept_for_asker_and_finding_and_taken_back_with_nothing(review: Review) -> None:
    after = do(
        review, AnswerQuestion("cd", "f-1", "Is it one?", "It is."), AnswerQuestion("cd", "f-2", "And it?", "No.")
    )
    assert after.answers == {"cd#f-1": Answer("Is it one?", "It is."), "cd#f-2": Answer("And it?", "No.")}
    assert after.findings == review.findings
    assert do(after, AnswerQuestion("cd", "f-1", "Is it one?", "")).answers == {"cd#f-2": Answer("And it?", "No.")}


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        (AnswerQuestion("C D", "f-1", "?", "x"), "can't be a reviewer's name"),
        (AnswerQuestion("cd", "1", "?", "x"), "no id of a finding"),
        (AnswerQuestion("cd", "f-1", " ", "x"), "needs the question"),
        (AnswerQuestion("cd", "f-1", "?", "half \ud800"), "lone surrogate"),
        (Recategorise("1", "strenth"), "strength, satisfactory, area_for_development, priority_action"),
        (SetThemes("1", ("Supervision",)), "Supervision is no theme id"),
        (SetThemes("1", ("ok", "")), '"" is no theme id'),
        (SetThemes("1", ("a b",)), "is no theme id"),
        (SetThemes("1", ("a",), 0), "from_rank counts from 1"),
        (RefuseTheme("1", "Ä"), "is no theme id"),
        (SetNote("1", "x" * 20_001), "at most 20,000 characters, this one has 20,001"),
        (SetNote("1", "half \ud800"), "lone surrogate"),
        (SetQuestion("1", "\udfff"), "lone surrogate"),
        (SetLetterNote("\udfff"), "lone surrogate"),
        (SettleDoubt("page-join", "right"), "no doubt of this letter"),
        (SettleDoubt("page-join-99999", "right"), "no doubt of this letter"),
        (SettleDoubt("page-join-4", "maybe"), "right, wrong"),
        (SetFollowup("f-1", "partly", "1"), "LETTER#FINDING"),
        (SetFollowup("a#f-1", "gone", "1"), "addressed, partly, persists, not-mentioned"),
        (SetFollowup("a#f-1", "partly", ""), "needs the finding"),
        (EditMetadata("dates", "2010-12-01"), "the nearest is date"),
        (EditMetadata("date", "1 December 2010"), "written 2010-12-01"),
        (EditMetadata("date", "2010-02-30"), "written 2010-12-01"),
        (EditMetadata("inspection_dates", "2010-12-01, soon"), "written 2010-12-01"),
        (EditMetadata("copies.4.name", "x"), "the next free one is copies.3"),
        (EditMetadata("copies.0.name", "x"), "no metadata field"),
        (EditMetadata("copies.name", "x"), "no metadata field"),
        (EditMetadata("copies.1", "x"), "copies.1.name, copies.1.role"),
        (EditMetadata("previous_inspection.1.month", "2010-13"), "written 2010-12"),
        (EditMetadata("previous_inspection.1.outcome", "fine"), "addressed, partly or continuing"),
        (EditMetadata("council", ("a",)), "it has to be text"),
        (EditMetadata("council", "\ud800"), "lone surrogate"),
    ],
)
def test_what_does_not_fit_is_refused(review: Review, operation: Operation, why: str) -> None:
    if getattr(operation, "finding", "") == "1":
        operation = from_json({**to_json(operation), "finding": review.findings[1].id})
    assert why in refusal(review, operation)


def test_an_unknown_finding_is_answered_with_the_nearest(review: Review) -> None:
    known = review.findings[1].id
    wrong = known[:-1] + ("0" if known[-1] != "0" else "1")
    assert refusal(review, SetSeen(wrong, True)) == f"no finding {wrong} in 2010/eastmarch; the nearest id is {known}"
    nothing = replace(review, findings=())
    assert refusal(nothing, SetSeen("f-1", True)) == "no finding f-1 in 2010/eastmarch"


def test_a_finding_that_became_others_is_answered_with_them(review: Review) -> None:
    old = review.findings[0].id
    split = do(review, Split(old, at(review, " Staff say")))
    first, second = ids(split)[:2]
    assert refusal(split, SetNote(old, "x")) == f"{old} is no more: it became {first} and {second}"


def test_a_category_that_the_review_has_is_known_even_if_its_profile_is_not(review: Review) -> None:
    other = given(replace(review, source=replace(review.source, profile="our-own")), 0, category="of_note")
    assert do(other, Recategorise(other.findings[1].id, "of_note")).findings[1].category == "of_note"


# ---- metadata ----


def test_metadata_is_edited_by_its_path(review: Review) -> None:
    after = do(
        review,
        EditMetadata("date", "2010-12-01"),
        EditMetadata("inspection_dates", "2010-11-02, 2010-11-03"),
        EditMetadata("addressee.address", "Town Hall\n\n High Street "),
        EditMetadata("copies.1.role", "Lead Member"),
        EditMetadata("copies.3.name", "C. Holt"),
        EditMetadata("previous_inspection.1.month", "2010-01"),
    )
    entries = after.metadata
    assert list(entries) == [
        "date", "addressee", "inspection_dates", "previous_inspection.1", "copies.1", "copies.2", "copies.3",
    ]  # fmt: skip
    assert entries["date"].values == {"value": dt.date(2010, 12, 1)}
    assert entries["inspection_dates"].values["value"] == (dt.date(2010, 11, 2), dt.date(2010, 11, 3))
    assert entries["addressee"].values["address"] == ("Town Hall", "High Street")
    assert entries["copies.1"].values == {"name": "A. Moor", "role": "Lead Member"}
    assert (entries["copies.1"].origin, entries["copies.1"].span) == ("edited", Span(0, 3))
    assert entries["copies.2"] == review.metadata["copies.2"]
    assert entries["copies.3"].span is None


def test_a_metadata_value_that_is_unknown_has_no_table(review: Review) -> None:
    assert set(review.metadata) == {"copies.1", "copies.2"}
    assert "copies.2" not in do(review, EditMetadata("copies.2.name", "")).metadata
    assert "copies.1" not in do(review, EditMetadata("copies.1", None)).metadata
    assert "copies.1" in do(review, EditMetadata("copies.1.name", None)).metadata


# ---- ids ----


def test_an_id_that_was_ever_given_is_not_given_again(review: Review) -> None:
    finding = review.findings[0]
    cut = Split(finding.id, at(review, " Staff say"))
    once = apply(review, cut)
    again = apply(review, cut, taken=set(once.created))
    assert not set(again.created) & set(once.created)
    assert [name[:8] for name in again.created] == list(once.created)
    assert apply(review, cut).created == once.created


# ---- the best place for a split ----


@pytest.mark.parametrize(
    ("pieces", "second"),
    [
        (("Supervision is good. ▪ Files are thin and late.",), "▪ Files"),
        (("Supervision is good. - Files are thin. And late.",), "- Files"),
        (("Supervision is good.", "Files are thin. They are late."), "Files are"),
        (("One is short. Two stands in the middle. Three is short. Four.",), "Three"),
        (("Supervision is good and\nFiles are thin",), "Files"),
        (("Supervision is good", "and regular"), "and regular"),
        (("Supervision is good and regular",), None),
        (("Supervision, e.g. in teams, is good",), None),
    ],
)
def test_the_best_place_for_a_split(pieces: tuple[str, ...], second: str | None) -> None:
    review = Draft("- ").finding("strength", *pieces).review()
    place = best_split(review, review.findings[0].id)
    if second is None:
        assert place is None
    else:
        assert place is not None
        assert review.text[place:].startswith(second)
        assert len(do(review, Split(review.findings[0].id, place)).findings) == 2


def test_there_is_no_best_place_in_a_finding_that_is_not_there(review: Review) -> None:
    assert best_split(review, "f-000000") is None


def test_metadata_keeps_the_place_that_was_pointed_at(review: Review) -> None:
    dated = do(review, EditMetadata("date", "2010-12-02", Span(4, 9))).metadata["date"]
    assert dated.span == Span(4, 9)
    named = do(
        review, EditMetadata("signatory.name", "A", Span(30, 31)), EditMetadata("signatory.role", "B", Span(9, 12))
    )
    assert named.metadata["signatory"].span == Span(9, 31)
    assert do(named, EditMetadata("signatory.role", "C")).metadata["signatory"].span == Span(9, 31)
    assert "no place in the letter" in refusal(
        review, EditMetadata("date", "2010-12-02", Span(9, len(review.text) + 1))
    )
