"""What a reviewer is about to do to the extent of a finding, tried before it is done."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.review import Review
from curation.spans import overlap, text_of
from curation.workspace import Workspace
from parsers.letter import Letter, Span
from tests.tui.letters import ELMBURY, letter
from tui.caret import letter_stops
from tui.paint import Row, Run
from tui.palette import TEXT
from tui.surgery import Boundary, Selection, category_near, passed_over, stops_of, tried
from tui.widgets.line_pane import marks_in
from tui.wording import spoken

FOOT: dict[str, tuple[str, ...]] = {
    "Strengths": ("Plans are clear and\n\n\f\nPage 2 of 4\n\nthey are shared.", "Visits are on time.")
}


def opened(folder: Path, sections: dict[str, tuple[str, ...]]) -> tuple[Letter, Review]:
    folder.mkdir(exist_ok=True)
    (folder / "one.txt").write_text(letter("Ashdown County Council", "4 May 2010", sections), encoding="utf-8")
    workspace = Workspace(folder)
    return workspace.read("one"), workspace.review("one")


@pytest.fixture(scope="module")
def elmbury(tmp_path_factory: pytest.TempPathFactory) -> tuple[Letter, Review]:
    return opened(tmp_path_factory.mktemp("surgery") / "letters", ELMBURY)


@given(st.data())
def test_a_boundary_moved_anywhere_gives_the_words_between_or_is_refused(
    elmbury: tuple[Letter, Review], data: st.DataObject
) -> None:
    parse, review = elmbury
    without = passed_over(parse.regions, review)
    finding = data.draw(st.sampled_from(review.findings))
    starts, ends = (stops_of(review, without, parse.regions, ends=end).words for end in (False, True))
    boundary = Boundary.of(finding, "start", without).moved(data.draw(st.sampled_from(starts)))
    boundary = Boundary(finding, "end", boundary.start, data.draw(st.sampled_from(ends)), without)
    trial = tried(review, boundary.operations(), finding.id)
    if trial.refused:
        assert trial.review == review
        others = [span for f in review.findings if f != finding for span in f.spans]
        old = finding.spans
        passed = Span(min(boundary.start, old[0].start), max(boundary.end, old[-1].end))
        assert boundary.start >= boundary.end or overlap([passed], others)
        return
    changed = trial.review.find(finding.id)
    assert changed is not None
    assert (changed.spans[0].start, changed.spans[-1].end) == (boundary.start, boundary.end)
    assert not overlap(changed.spans, without)
    assert [f for f in trial.review.findings if f.id != finding.id] == [f for f in review.findings if f != finding]


@given(st.data())
def test_a_selection_holds_the_words_from_one_end_to_the_other_without_marks(
    elmbury: tuple[Letter, Review], data: st.DataObject
) -> None:
    parse, review = elmbury
    without = passed_over(parse.regions, review)
    starts, ends = (stops_of(review, without, parse.regions, ends=end).words for end in (False, True))
    words = [Span(*pair) for pair in zip(starts, ends, strict=True)]
    first, second = (data.draw(st.sampled_from(words)) for _ in range(2))
    selection = Selection(first, second, without)
    assert selection == Selection(first, second, without)
    assert selection.extent == Selection(second, first, without).extent
    inside = [review.text[s:e] for s, e in words if selection.extent.start <= s and e <= selection.extent.end]
    assert text_of(review.text, selection.spans()).split() == " ".join(inside).split()


def test_a_selection_over_free_text_can_be_added_under_the_category_near_it(elmbury: tuple[Letter, Review]) -> None:
    _, review = elmbury
    at = review.text.index("Yours")
    near = category_near(review, at)
    assert near == "area_for_development"
    assert category_near(review, 0) == "strength"
    trial = tried(review, [Selection(Span(at, at + 5), Span(at + 6, at + 15)).operation(near)])
    assert trial.refused == ""
    added = trial.review.find(trial.finding)
    assert added is not None
    assert added.text == "Yours sincerely"


def test_a_page_foot_is_passed_over_unless_a_finding_holds_it(tmp_path: Path) -> None:
    parse, review = opened(tmp_path / "letters", FOOT)
    without = passed_over(parse.regions, review)
    foot = Span(review.text.index("Page 2"), review.text.index("Page 2") + 11)
    assert any(start <= foot.start and foot.end <= end for start, end in without)
    first = review.findings[0]
    whole = tried(
        review, [Selection(Span(foot.start, foot.start + 4), Span(foot.end - 1, foot.end)).operation("strength")]
    )
    assert "inside it" in whole.refused
    assert all(not overlap([span], first.spans) for span in without)


@given(st.text("ab .\n!\f", max_size=60))
def test_the_stops_of_a_letter_are_its_words(text: str) -> None:
    starts, ends = letter_stops(text, (), ()), letter_stops(text, (), (), ends=True)
    assert [text[s:e] for s, e in zip(starts.words, ends.words, strict=True)] == text.split()
    assert set(starts.sentences) <= set(starts.words)
    assert set(ends.sentences) <= set(ends.words)
    assert len(starts.sentences) == len(ends.sentences)


def test_sentences_begin_after_stops_headings_and_blank_lines_but_not_inside_one() -> None:
    text = "Head\n\nOne two. Three\n\n- four\n\nfive • six"
    mark = text.index("•")
    found = letter_stops(text, [Span(mark, mark + 1)], [mark + 1])
    assert [text[at:].split()[0] for at in found.sentences] == ["Head", "One", "Three", "-", "six"]


def test_marks_are_found_by_code_point_in_a_row() -> None:
    row = Row((), (Run("ab cd", TEXT),), (10, 11, 12, 15, 16))
    assert marks_in(row, [Span(0, 11), Span(13, 16), Span(20, 30)]) == ((0, 1), (3, 4))
    assert marks_in(Row((), (Run("ab", TEXT),)), [Span(0, 99)]) == ()


def test_a_reason_names_findings_by_their_words(elmbury: tuple[Letter, Review]) -> None:
    review = elmbury[1]
    first = review.findings[0]
    assert spoken(f"{first.id} can't be", review) == '"Supervision is regular,…" can\'t be'
    assert spoken(f"{first.id} can't be", review, first.id) == "it can't be"
    assert spoken("no finding f-zzzzzz here", review) == "no finding f-zzzzzz here"
