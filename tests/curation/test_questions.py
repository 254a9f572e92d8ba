"""Questions of all reviewers, and answers that stand in the answerers' own reviews."""

from __future__ import annotations

from pathlib import Path

import pytest

from curation.operations import AnswerQuestion, Merge, Operation, Remove, SetQuestion, Split
from curation.questions import Standing
from curation.session import Session
from curation.workspace import Workspace
from tests.tui.letters import write_letters

KEY = "elmbury-2010"


class Office:
    """Several reviewers on one letter."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def do(self, reviewer: str, operation: Operation) -> tuple[str, ...]:
        session = Session.open(Workspace(self.folder), KEY, reviewer)
        created = session.do(operation).created
        session.close()
        return created

    def findings(self, reviewer: str) -> list[str]:
        return [finding.id for finding in Workspace(self.folder).review(KEY, reviewer).findings]

    def told(self) -> list[tuple[str, str, str, list[str]]]:
        """Asker, words, standing and answers of each question."""
        found = Workspace(self.folder).questions(KEY)
        return [(q.asker, q.question, q.standing.value, [f"{r.by}: {r.answer}" for r in q.replies]) for q in found]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    write_letters(tmp_path)
    return Office(tmp_path)


def files(folder: Path, reviewer: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob(f"reviews/{KEY}/{reviewer}.*"))]


def test_an_answer_stands_in_the_answerers_review_and_changes_nobody_elses(office: Office) -> None:
    first, second, *_ = office.findings("ab")
    office.do("ab", SetQuestion(first, "Is it one?"))
    office.do("cd", SetQuestion(second, "And this?"))
    before = files(office.folder, "ab")
    office.do("cd", AnswerQuestion("ab", first, "Is it one?", "It is."))
    assert files(office.folder, "ab") == before
    assert office.told() == [
        ("ab", "Is it one?", "answered", ["cd: It is."]),
        ("cd", "And this?", "open", []),
    ]
    text = (office.folder / f"reviews/{KEY}/cd.toml").read_text(encoding="utf-8")
    assert f'[answers."ab#{first}"]\nquestion = "Is it one?"\nanswer = "It is."' in text


def test_a_question_that_was_changed_since_is_open_again_with_the_answer_beside_it(office: Office) -> None:
    first = office.findings("ab")[0]
    office.do("ab", SetQuestion(first, "Is it one?"))
    office.do("cd", AnswerQuestion("ab", first, "Is it one?", "It is."))
    office.do("ab", SetQuestion(first, "Is it two?"))
    assert office.told() == [("ab", "Is it two?", "open", ["cd: It is."])]
    office.do("ef", AnswerQuestion("ab", first, "Is it two?", "No."))
    assert office.told() == [("ab", "Is it two?", "answered", ["ef: No.", "cd: It is."])]


def test_an_answer_follows_its_question_through_splits_and_merges(office: Office) -> None:
    review = Workspace(office.folder).review(KEY, "ab")
    first = review.findings[0]
    office.do("ab", SetQuestion(first.id, "Is it one?"))
    office.do("cd", AnswerQuestion("ab", first.id, "Is it one?", "It is."))
    cut = review.text.index("It is recorded well")
    parts = office.do("ab", Split(first.id, cut))
    assert [row[2] for row in office.told()] == ["answered", "answered"]
    office.do("ab", Merge((parts[0], parts[1])))
    assert office.told() == [("ab", "Is it one?", "answered", ["cd: It is."])]


def test_an_answer_about_a_removed_finding_is_not_taken_for_one_about_another(office: Office) -> None:
    first, second, *_ = office.findings("ab")
    for finding in (first, second):
        office.do("ab", SetQuestion(finding, "Is it one?"))
    office.do("cd", AnswerQuestion("ab", first, "Is it one?", "No."))
    office.do("ab", Remove(first, "duplicate"))
    assert [(row[2], row[3]) for row in office.told()] == [("open", []), ("taken back", ["cd: No."])]


def test_an_answer_to_what_is_not_asked_any_more_is_kept_and_says_so(office: Office) -> None:
    first = office.findings("ab")[0]
    office.do("ab", SetQuestion(first, "Is it one?"))
    office.do("cd", AnswerQuestion("ab", first, "Is it one?", "It is."))
    office.do("ab", SetQuestion(first, ""))
    assert office.told() == [("ab", "Is it one?", Standing.TAKEN_BACK.value, ["cd: It is."])]


def test_who_asked_may_answer_and_take_the_answer_back(office: Office) -> None:
    first = office.findings("ab")[0]
    office.do("ab", SetQuestion(first, "Is it one?"))
    office.do("ab", AnswerQuestion("ab", first, "Is it one?", "Found it."))
    assert office.told() == [("ab", "Is it one?", "answered", ["ab: Found it."])]
    session = Session.open(Workspace(office.folder), KEY, "ab")
    session.undo()
    session.close()
    assert office.told() == [("ab", "Is it one?", "open", [])]
    assert "answers" not in (office.folder / f"reviews/{KEY}/ab.toml").read_text(encoding="utf-8")


def test_questions_stand_in_the_order_of_the_text_each_with_its_finding(office: Office) -> None:
    first, _, third, *_ = Workspace(office.folder).review(KEY, "ab").findings
    office.do("ab", SetQuestion(third.id, "Later?"))
    office.do("cd", SetQuestion(first.id, "Earlier?"))
    found = Workspace(office.folder).questions(KEY)
    assert [(q.question, q.at, q.text, q.category) for q in found] == [
        ("Earlier?", first.spans[0].start, first.text, first.category),
        ("Later?", third.spans[0].start, third.text, third.category),
    ]
