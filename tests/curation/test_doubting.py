"""What is still to check, after reviewers changed what the parser found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from curation.doubting import to_check
from curation.operations import Merge, Remove, SettleDoubt, Split, apply
from curation.workspace import Workspace
from tests.tui.letters import write_letters


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    write_letters(tmp_path)
    return tmp_path


def test_doubts_follow_the_finding_that_stands_at_their_place(letters: Path) -> None:
    workspace = Workspace(letters)
    letter, review = workspace.read("elmbury-2010"), workspace.review("elmbury-2010")
    first = to_check(letter, review)
    joined = next(f for f in review.findings if len(f.spans) > 1)
    before = review.findings[review.index(joined.id) - 1]
    (doubt,) = [d for d in first.of(joined.id) if d.code == "page-join"]

    merged = apply(review, Merge((before.id, joined.id)))
    (new,) = merged.created
    assert doubt.key in [d.key for d in to_check(letter, merged.review).of(new)]
    assert to_check(letter, merged.review).count == first.count

    elsewhere = apply(review, Split(joined.id, joined.spans[1].start + len("work ")))
    assert doubt.key in [d.key for d in to_check(letter, elsewhere.review).of(elsewhere.created[0])]
    at_the_page = apply(review, Split(joined.id, joined.spans[1].start))
    assert to_check(letter, at_the_page.review).count == first.count - 1, "the page is no longer inside a finding"


def test_settled_doubts_and_those_of_removed_findings_are_done_with(letters: Path) -> None:
    workspace = Workspace(letters)
    letter, review = workspace.read("elmbury-2010"), workspace.review("elmbury-2010")
    joined = next(f for f in review.findings if len(f.spans) > 1)
    first = to_check(letter, review)
    settled = review
    for doubt in first.of(joined.id):
        settled = apply(settled, SettleDoubt(doubt.key, "right")).review
    assert to_check(letter, settled).of(joined.id) == ()
    removed = apply(review, Remove(joined.id, "duplicate")).review
    assert to_check(letter, removed).count == first.count - len(first.of(joined.id))


def test_a_parse_of_another_text_says_nothing_about_a_review(letters: Path) -> None:
    workspace = Workspace(letters)
    letter, review = workspace.read("elmbury-2010"), workspace.review("elmbury-2010")
    other = replace(letter, source=replace(letter.source, text_sha256="0"))
    assert to_check(other, review).count == 0
    assert to_check(letter, replace(review, doubts=MappingProxyType({}))).count > 0
