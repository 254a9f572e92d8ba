"""Scores: boundary similarity is the measure of its author, an error is counted as what it is, and the edits work."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from curation.alignment import Finding
from curation.boundary_similarity import Boundaries, boundaries, compare
from curation.mending import OPERATIONS, Edit, edits
from curation.operations import (
    Add,
    Merge,
    MoveBoundary,
    Operation,
    Recategorise,
    Refused,
    Remove,
    Split,
    apply,
)
from curation.review import Review
from curation.scoring import NONE, Exact, Score, bullets, by_layout, layout, score, total
from curation.spans import text_of
from parsers.letter import Span
from parsers.parse import parse
from tests.bench.made_letters import Doubted
from tests.made.letters import make
from tests.made.reviews import Draft, choices, drafts, eastmarch, operation_for

with warnings.catch_warnings():
    # It compares with `is 0` in a place that is not used here; said when it is compiled, not when it runs.
    warnings.simplefilter("ignore", SyntaxWarning)
    import segeval

WORDS = 30
SOME = st.frozensets(st.integers(1, WORDS - 1), max_size=12)
STRUCTURAL = (Split, Merge, MoveBoundary, Recategorise, Add, Remove)


@dataclass(frozen=True)
class Read:
    category: str
    text: str
    spans: tuple[Span, ...]


def reading(text: str, *findings: tuple[str, str]) -> list[Read]:
    """Findings by category and words; words that a `|` divides stand at several places."""
    found: list[Read] = []
    place = 0
    for category, words in findings:
        spans = []
        for piece in words.split("|"):
            start = text.index(piece, place)
            place = start + len(piece)
            spans.append(Span(start, place))
        found.append(Read(category, text_of(text, spans), tuple(spans)))
    return found


def masses(cuts: frozenset[int]) -> tuple[int, ...]:
    return tuple(b - a for a, b in pairwise([0, *sorted(cuts), WORDS]))


# ---- boundary similarity ----


@given(SOME, SOME)
def test_boundary_similarity_is_what_its_author_computes(read: frozenset[int], agreed: frozenset[int]) -> None:
    ours = compare(read, agreed)
    if not read | agreed:
        assert ours.similarity == 1
        return
    a, b = masses(read), masses(agreed)
    theirs = segeval.boundary_statistics(a, b, n_t=2)
    sides = Counter(addition.side for addition in theirs["additions"])
    assert ours.matches == len(theirs["matches"])
    assert (ours.false_splits, ours.misses) == (sides["a"], sides["b"])
    assert ours.slips == len(theirs["transpositions"])
    assert ours.similarity == pytest.approx(float(segeval.boundary_similarity(a, b, n_t=2)))


@given(SOME, SOME)
def test_boundary_similarity_is_symmetric_and_one_only_for_equals(a: frozenset[int], b: frozenset[int]) -> None:
    one, other = compare(a, b), compare(b, a)
    assert one == replace(other, false_splits=other.misses, misses=other.false_splits)
    assert one.similarity == other.similarity
    assert 0 <= one.similarity <= 1
    assert (one.similarity == 1) == (a == b)


def test_a_split_a_miss_and_a_slip_are_told_apart() -> None:
    agreed = frozenset({5, 10, 20})
    assert compare(agreed | {15}, agreed) == Boundaries(3, 1, 0, 0)
    assert compare(agreed - {10}, agreed) == Boundaries(2, 0, 1, 0)
    assert compare({5, 11, 20}, agreed) == Boundaries(2, 0, 0, 1)
    assert compare({4, 10, 20}, agreed) == Boundaries(2, 0, 0, 1)
    assert compare({5, 12, 20}, agreed) == Boundaries(2, 1, 1, 0)
    assert compare({5, 11, 20}, agreed).similarity == pytest.approx((2 + 0.5) / 3)
    assert compare({5, 12, 20}, agreed).similarity == pytest.approx(2 / 4)


def test_boundaries_are_words_and_marks_are_none() -> None:
    text = "Strengths\n\n- One's plans.\n- It is so."
    assert boundaries(text, [0, text.index("One"), text.index("- It"), text.index("It")]) == {0, 1, 3}


# ---- findings ----

TEXT = (
    "Dear Ms Moor\n\nStrengths\n\n- Staff are well supported.\n- Plans are clear - as families say - and kept.\n\n"
    "Areas for development\n\n- Records are late, and\n\n\n2\n\n\nare not kept.\n- Thresholds differ.\n\nYours"
)
ONE, TWO = "Staff are well supported.", "Plans are clear - as families say - and kept."
THREE, FOUR = "Records are late, and|are not kept.", "Thresholds differ."
RIGHT = reading(
    TEXT, ("strength", ONE), ("strength", TWO), ("area_for_development", THREE), ("area_for_development", FOUR)
)


def judged(*findings: tuple[str, str]) -> Score:
    return score(TEXT, reading(TEXT, *findings), RIGHT)


def test_what_is_right_costs_nothing() -> None:
    found = score(TEXT, RIGHT, RIGHT)
    assert found.exact == Exact(4, 4, 4)
    assert found.exact.f1 == found.exact.precision == found.exact.recall == found.boundaries.similarity == 1
    assert found.edits == 0
    assert found.boundaries.matches == 4
    assert set(found.confusion) == {("strength", "strength"), ("area_for_development", "area_for_development")}


def test_a_merge_is_one_miss_though_a_mark_stands_between() -> None:
    merged = (("strength", f"{ONE}\n- {TWO}"), ("area_for_development", THREE), ("area_for_development", FOUR))
    found = judged(*merged)
    assert found.boundaries == Boundaries(matches=3, misses=1)
    assert found.exact == Exact(2, 3, 4)
    assert found.exact.f1 == pytest.approx(4 / 7)
    # The mark between has to go from the end of the first part.
    assert found.operations == {"split": 1, "move-boundary": 1}
    assert found.confusion == {("area_for_development", "area_for_development"): 2, ("strength", "strength"): 2}


def test_a_false_split_is_mended_by_a_merge() -> None:
    found = judged(
        ("strength", ONE),
        ("strength", "Plans are clear"),
        ("strength", "as families say - and kept."),
        ("area_for_development", THREE),
        ("area_for_development", FOUR),
    )
    assert found.boundaries == Boundaries(matches=4, false_splits=1)
    assert found.exact == Exact(3, 5, 4)
    # The dash that was taken for a mark has to come back.
    assert found.operations == {"move-boundary": 1, "merge": 1}


def test_a_page_is_no_boundary() -> None:
    found = judged(
        ("strength", ONE),
        ("strength", TWO),
        ("area_for_development", "Records are late, and"),
        ("area_for_development", "are not kept."),
        ("area_for_development", FOUR),
    )
    assert found.boundaries == Boundaries(matches=4, false_splits=1)
    assert found.operations == {"merge": 1}


def test_a_boundary_a_word_off_is_a_slip_and_two_moves() -> None:
    found = judged(
        ("strength", f"{ONE}\n- Plans"),
        ("strength", "are clear - as families say - and kept."),
        ("area_for_development", THREE),
        ("area_for_development", FOUR),
    )
    assert found.boundaries == Boundaries(matches=3, slips=1)
    assert found.exact.right == 2
    assert found.operations == {"move-boundary": 2}


def test_a_page_number_inside_means_to_take_the_finding_out_and_add_it_anew() -> None:
    furniture = "Records are late, and\n\n\n2\n\n\nare not kept."
    found = judged(
        ("strength", ONE), ("strength", TWO), ("area_for_development", furniture), ("area_for_development", FOUR)
    )
    assert found.boundaries.similarity == 1
    assert found.exact.right == 3
    assert found.operations == {"remove": 1, "add": 1}


def test_what_is_lost_or_made_up_is_confused_with_nothing() -> None:
    found = judged(("strength", "Dear Ms Moor"), ("strength", TWO), ("area_for_development", THREE), ("strength", FOUR))
    assert found.operations == {"remove": 1, "recategorise": 1, "add": 1}
    assert found.boundaries == Boundaries(matches=3, false_splits=1, misses=1)
    assert found.confusion == {
        (NONE, "strength"): 1,
        ("area_for_development", "area_for_development"): 1,
        ("area_for_development", "strength"): 1,
        ("strength", NONE): 1,
        ("strength", "strength"): 1,
    }


def test_equal_findings_count_as_often_as_they_stand_there() -> None:
    text = "- Late.\n- Late.\n- Late."
    three = reading(text, *[("strength", "Late.")] * 3)
    assert score(text, three[:1], three).exact == Exact(1, 1, 3)
    assert score(text, [*three[:2], replace(three[2], text=" Late.\n")], three).exact.right == 3


def test_without_findings_shares_are_undefined_and_nothing_is_wrong() -> None:
    nothing = score(TEXT, [], []).exact
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, 1.0)
    lost = score(TEXT, [], RIGHT)
    assert (lost.exact.precision, lost.exact.recall, lost.exact.f1) == (None, 0.0, 0.0)
    assert lost.boundaries.similarity == 0
    assert lost.operations == {"add": 4}


def test_scores_add_up_and_shares_are_made_of_the_sums() -> None:
    half = judged(("strength", ONE), ("area_for_development", THREE))
    together = total([half, score(TEXT, RIGHT, RIGHT)])
    assert together.letters == 2
    assert together.exact == Exact(6, 6, 8)
    assert together.edits == half.edits == 2
    assert together.edits_per_letter == 1
    assert total([]) == Score()
    assert total([]).edits_per_letter == 0


def test_a_letter_counts_under_each_code_of_its_doubts() -> None:
    letter = parse(
        "This letter summarises the inspection of contact, referral and assessment arrangements.\n\nStrengths\n\n"
        "- staff are well supported\n- Plans are clear.\n\nYours sincerely"
    )
    assert {"lower-case-start", "no-full-stop"} <= set(layout(letter))
    assert list(layout(letter)) == sorted(set(layout(letter)))
    one, other = score(TEXT, [], RIGHT), score(TEXT, RIGHT, RIGHT)
    rows = by_layout([(("page-join", "hyphen"), one), ((), other), (("hyphen",), other)])
    assert list(rows) == ["", "hyphen", "page-join"]
    assert rows[""] == other
    assert rows["hyphen"] == total([one, other])
    assert rows["page-join"] == one


def test_what_was_split_for_its_meaning_is_one_bullet() -> None:
    review = eastmarch().review()
    first = review.findings[0]
    at = first.spans[0].start + first.text.index("Staff")
    for reason, expected in (("meaning", review.findings), ("extraction", None)):
        split = apply(review, Split(first.id, at, reason)).review
        found = bullets(split)
        if expected is None:
            assert found == split.findings
        else:
            assert [(f.category, f.text) for f in found] == [(f.category, f.text) for f in expected]
            assert score(review.text, review.findings, found).edits == 0


def test_parts_of_different_bullets_stay_apart() -> None:
    review = eastmarch().review()
    for finding in review.findings[:2]:
        middle = finding.spans[0].start + finding.text.index(" ")
        review = apply(review, Split(finding.id, middle, "meaning")).review
    assert len(review.findings) == 6
    assert pairs(bullets(review)) == pairs(eastmarch().review().findings)


# ---- the operations that are counted ----


def done(review: Review, edit: Edit, agreed: Sequence[Finding]) -> Review:
    """Do what an edit says to a review."""
    if edit.operation == "add":
        wanted = next(f for f in agreed if f.spans[0].start == edit.place)
        return apply(review, Add(wanted.category, wanted.spans)).review
    index, finding = next(
        (i, f) for i, f in enumerate(review.findings) if f.spans[0].start <= edit.place < f.spans[-1].end
    )
    operation: Operation
    match edit.operation:
        case "split":
            operation = Split(finding.id, edit.place)
        case "remove":
            operation = Remove(finding.id, "not-a-finding")
        case "move-boundary":
            operation = MoveBoundary(finding.id, edit.side, edit.to)
        case "merge":
            operation = Merge((review.findings[index - 1].id, finding.id))
        case _:
            wanted = next(f for f in agreed if f.spans[0].start == edit.place)
            operation = Recategorise(finding.id, wanted.category)
    return apply(review, operation).review


def pairs(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(f.category, f.text) for f in findings]


@given(drafts, st.lists(choices, max_size=12))
def test_the_edits_can_be_done_in_recto_and_give_the_agreed_findings(
    draft: Draft, wished: list[tuple[int, int, int]]
) -> None:
    review = other = draft.review()
    for choice in wished:
        operation = operation_for(other, choice)
        if isinstance(operation, STRUCTURAL):
            try:
                other = apply(other, operation).review
            except Refused:
                continue
    for start, goal in ((review, other), (other, review)):
        found = edits(start.text, start.findings, goal.findings)
        state = start
        for edit in found:
            assert edit.operation in OPERATIONS
            state = done(state, edit, goal.findings)
        assert pairs(state.findings) == pairs(goal.findings)
        assert bool(found) == (pairs(start.findings) != pairs(goal.findings))


def reviewed(findings: Sequence[Finding]) -> Review:
    review = replace(eastmarch().review(), text=TEXT, findings=())
    for finding in findings:
        review = apply(review, Add(finding.category, finding.spans)).review
    return review


@pytest.mark.parametrize(
    ("strengths", "areas", "needed"),
    [
        pytest.param([ONE, TWO], [THREE, FOUR], {}, id="right"),
        pytest.param([f"{ONE}\n- {TWO}"], [THREE, FOUR], {"split": 1, "move-boundary": 1}, id="mark swallowed"),
        pytest.param(
            ["Staff are well", f"supported.\n- {TWO}"], [THREE, FOUR], {"move-boundary": 2}, id="begins too early"
        ),
        pytest.param(["Staff are well sup", "ported.", TWO], [THREE, FOUR], {"merge": 1}, id="inside a word"),
        pytest.param([ONE, "Plans are clear -", "as families say - and kept."], [THREE, FOUR], {"merge": 1}, id="cut"),
        pytest.param(
            [ONE, "Plans are clear", "families say", "and kept."],
            [THREE, FOUR],
            {"move-boundary": 2, "merge": 2},
            id="in three",
        ),
        pytest.param([ONE, TWO, "Records are late, and"], ["are not kept.", FOUR], {"merge": 1, "recategorise": 1}),
        pytest.param([f"Strengths\n\n- {ONE}", TWO], [THREE, FOUR], {"move-boundary": 1}, id="heading swallowed"),
        pytest.param([ONE, TWO], ["Records are late, and", FOUR], {"remove": 1, "add": 1}, id="behind a page"),
        pytest.param(
            [ONE, TWO],
            [f"Records are late, and\n\n\n2\n\n\nare not kept.\n- {FOUR}"],
            {"split": 1, "remove": 1, "add": 1},
            id="page number inside two",
        ),
        pytest.param([], [f"{ONE}\n- {TWO}", THREE, FOUR], {"split": 1, "move-boundary": 1, "recategorise": 2}),
        pytest.param([f"{ONE}\n- Plans are"], [f"{THREE}\n- {FOUR}"], {"split": 2, "move-boundary": 3}, id="chain"),
    ],
)
def test_each_way_to_be_wrong_has_its_operations(
    strengths: list[str], areas: list[str], needed: dict[str, int]
) -> None:
    named = [*(("strength", words) for words in strengths), *(("area_for_development", words) for words in areas)]
    state = reviewed(reading(TEXT, *named))
    found = edits(TEXT, state.findings, RIGHT)
    assert Counter(edit.operation for edit in found) == needed
    for edit in found:
        state = done(state, edit, RIGHT)
    assert pairs(state.findings) == pairs(RIGHT)


spans = st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=6, unique=True).map(
    lambda ends: tuple(Span(a, b) for a, b in list(pairwise(sorted(ends)))[::2])
)
anything = st.lists(
    st.builds(lambda c, s: Read(c, text_of(TEXT, s), s), st.sampled_from(["strength", "other"]), spans), max_size=5
)


@given(anything, anything)
def test_any_findings_have_a_score(read: list[Finding], agreed: list[Read]) -> None:
    found = score(TEXT, read, agreed)
    assert 0 <= found.exact.f1 <= 1
    assert 0 <= found.boundaries.similarity <= 1
    assert sum(number for (category, _), number in found.confusion.items() if category != NONE) == len(agreed)


# ---- made letters ----


@given(st.integers(0, 10_000), st.data())
def test_each_merge_of_a_made_letter_is_counted(seed: int, data: st.DataObject) -> None:
    made = make(Random(seed))
    truth = list(made.findings)
    assume(len(truth) > 1)
    place = data.draw(st.integers(0, len(truth) - 2))
    one, other = truth[place], truth[place + 1]
    merged = Read(one.category, text_of(made.text, one.spans + other.spans), one.spans + other.spans)
    found = score(made.text, [*truth[:place], merged, *truth[place + 2 :]], truth)
    number = len(truth)
    assert found.exact == Exact(number - 2, number - 1, number)
    assert found.boundaries == Boundaries(matches=number - 1, misses=1)
    assert found.boundaries.similarity == pytest.approx(1 - 1 / number)
    assert found.operations == {"split": 1} | ({"recategorise": 1} if one.category != other.category else {})


def test_doubts_are_measured_by_what_is_wrong_where_they_are() -> None:
    letter = eastmarch().letter()
    one, two, cut, last = letter.findings
    pieces = [Read(cut.category, text_of(letter.text, [span]), (span,)) for span in cut.spans]
    found = Doubted()
    found.add(letter, [one, two, *pieces, last])
    # The doubt names the joined finding and lies in the second piece; the first piece carries none.
    assert (found.wrong, found.carrying) == (3, 2)
    assert (found.letters, found.letters_carrying) == (1, 1)
    assert found.doubts == found.justified == Counter({"page-join": 1})
    found.add(letter, letter.findings)
    assert (found.wrong, found.letters) == (3, 1)
    assert (found.doubts["page-join"], found.justified["page-join"]) == (2, 1)
    found.add(replace(letter, doubts=()), [one, two, *pieces, last])
    assert (found.wrong, found.carrying, found.letters, found.letters_carrying) == (6, 2, 2, 1)
