"""Words in letters and in what reviewers wrote, with their places."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.operations import SetLetterNote, SetNote, SetQuestion, apply
from curation.review import Review
from curation.searching import Words, hits
from curation.workspace import Workspace
from parsers.letter import Span
from tests.tui.letters import write_letters


@pytest.fixture
def review(tmp_path: Path) -> Review:
    write_letters(tmp_path)
    return Workspace(tmp_path).review("elmbury-2010")


def test_words_in_a_finding_are_found_with_it_whatever_the_case(review: Review) -> None:
    (hit,) = hits(review, Words("PARTNER agencies"))
    finding = review.find(hit.finding)
    assert finding is not None
    assert (hit.where, hit.category, hit.found) == ("finding", "area_for_development", "partner agencies")
    assert review.text[hit.at :].startswith("partner agencies")
    assert hit.before.endswith("differently by ")
    assert hit.after.startswith(". Too many")


def test_words_that_only_touch_a_finding_are_not_in_it(review: Review) -> None:
    text = "onetwothree"
    middle = replace(review.findings[0], spans=(Span(3, 6),), text="two")
    one = replace(review, text=text, findings=(middle,), note="")
    found = {words: [(hit.where, hit.at) for hit in hits(one, Words(words))] for words in ("one", "two", "three")}
    assert found == {"one": [("letter", 0)], "two": [("finding", 3)], "three": [("letter", 6)]}


def test_words_outside_the_findings_are_found_in_the_letter(review: Review) -> None:
    (hit,) = hits(review, Words("Yours sincerely"))
    assert (hit.where, hit.finding) == ("letter", "")
    assert "any future inspection" in hit.before


def test_what_stands_around_the_words_of_a_finding_is_its_own(review: Review) -> None:
    (hit,) = hits(review, Words("Chronologies are missing"))
    assert (hit.before, hit.after) == ("", " from older files.")


@pytest.mark.parametrize("between", ["\n\n\n\n", "\n\n3\n\n\f"])
def test_words_that_a_page_parts_are_found_once(tmp_path: Path, between: str) -> None:
    write_letters(tmp_path)
    path = tmp_path / "elmbury-2010.txt"
    path.write_text(path.read_text().replace("and\n\n\n\nwork", f"and{between}work"))
    review = Workspace(tmp_path).review("elmbury-2010")
    (hit,) = hits(review, Words("slow, and work has"))
    joined = next(f for f in review.findings if len(f.spans) > 1)
    assert hit.finding == joined.id
    (one,) = hits(review, Words("work has been lost"))
    assert one.at == joined.spans[1].start
    assert one.before == "The recording system is slow, and ", "the finding's words, whatever page they are on"
    (ahead,) = hits(review, Words("recording system"))
    assert (ahead.before, ahead.after) == ("The ", " is slow, and work has been lost because of it.")


def test_straight_quotes_and_dashes_find_the_typographic_ones(review: Review) -> None:
    assert [hit.found for hit in hits(review, Words("Children's services"))]
    assert Words("children's").maybe_in("the CHILDREN’S home")
    assert not Words("children's").maybe_in("the childrens home")


def test_what_reviewers_wrote_is_found_at_its_finding(review: Review) -> None:
    first = review.findings[0]
    for operation in (SetNote(first.id, "compare zebra"), SetQuestion(first.id, "a zebra?"), SetLetterNote("Zebra!")):
        review = apply(review, operation).review
    assert sorted((hit.where, hit.finding) for hit in hits(review, Words("zebra"))) == [
        ("letter's note", ""),
        ("note", first.id),
        ("question", first.id),
    ]


def test_nothing_typed_finds_nothing(review: Review) -> None:
    assert not Words("  ")
    assert list(hits(review, Words(" "))) == []


@given(st.data())
def test_any_words_of_a_letter_are_found_where_they_stand(data: st.DataObject) -> None:
    text = "Alder’s “first”\n\nword – and  the\tsecond (one) [sic] a+b? alder"
    words = text.split()
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    looked = Words(" ".join(words[start:end]))
    assert looked.maybe_in(text)
    assert " ".join(words[start:end]) in {" ".join(text[a:b].split()) for a, b in looked.places(text)}
