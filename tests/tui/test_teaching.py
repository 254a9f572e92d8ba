"""What suggestions for a letter learn from: others' reviews of other letters, and one's own of this one."""

from __future__ import annotations

from pathlib import Path

import pytest

from curation.codebook.edits import ArchiveTheme
from curation.operations import RefuseTheme, SetThemes
from curation.review import Review
from curation.session import Session
from curation.workspace import Workspace
from tests.tui.letters import write_letters
from tui.teaching import Teacher

SAME = "Supervision is regular, and staff say that it helps them. It is recorded well."


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    write_letters(tmp_path)
    return Workspace(tmp_path)


def _give(workspace: Workspace, letter: str, reviewer: str, *themes: str) -> Review:
    session = Session.open(workspace, letter, reviewer)
    session.do(SetThemes(session.review.findings[0].id, themes))
    session.close()
    return session.review


def _first(teacher: Teacher, review: Review, text: str = SAME) -> str:
    return teacher.suggester(review).suggest(text)[0].theme


def test_own_decisions_teach_at_once_and_other_peoples_on_the_same_letter_do_not(workspace: Workspace) -> None:
    teacher = Teacher(workspace)
    nobody = workspace.review("elmbury-2010", "ab")
    assert _first(teacher, nobody) == "supervision"
    other = _give(workspace, "elmbury-2010", "cd", "leadership-resources")
    teacher.forget()
    assert _first(teacher, workspace.review("elmbury-2010", "ab")) == "supervision"
    assert _first(teacher, other) == "leadership-resources"
    own = _give(workspace, "elmbury-2010", "ab", "domestic-abuse")
    assert _first(teacher, own) == "domestic-abuse"


def test_another_letter_teaches_once_it_is_said_that_something_was_decided_there(workspace: Workspace) -> None:
    teacher = Teacher(workspace)
    here = workspace.review("elmbury-2010", "ab")
    assert _first(teacher, here) == "supervision"
    _give(workspace, "elmbury-2009", "ab", "leadership-resources")
    assert _first(teacher, here) == "supervision"
    teacher.taught("elmbury-2010")
    assert _first(teacher, here) == "supervision"
    teacher.taught("elmbury-2009")
    assert _first(teacher, here) == "leadership-resources"


def test_what_was_turned_down_lowers_it_for_what_says_the_same(workspace: Workspace) -> None:
    teacher = Teacher(workspace)
    session = Session.open(workspace, "elmbury-2009", "ab")
    before = {s.theme: s.score for s in teacher.suggester(session.review).suggest(SAME)}
    session.do(RefuseTheme(session.review.findings[0].id, "supervision"))
    after = {s.theme: s.score for s in teacher.suggester(session.review).suggest(SAME, top=25)}
    assert after["supervision"] == pytest.approx(before["supervision"] / 2)
    unlike = "Managers check decisions, and supervision is mentioned."
    assert teacher.suggester(session.review).suggest(unlike)[0].theme == "management-oversight"


def test_the_codebook_of_now_is_what_is_suggested_from(workspace: Workspace) -> None:
    teacher = Teacher(workspace)
    here = workspace.review("elmbury-2010", "ab")
    first = teacher.suggester(here)
    assert teacher.suggester(here) is first
    workspace.edit_codebook(ArchiveTheme("supervision"), "cd")
    assert teacher.suggester(here) is not first
    assert "supervision" not in [s.theme for s in teacher.suggester(here).suggest(SAME, top=25)]
