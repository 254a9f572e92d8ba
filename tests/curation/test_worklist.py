"""Which findings a change of the codebook concerns, and what takes them off the list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curation.codebook.edits import ArchiveTheme, EditTheme, MergeTheme, RestoreTheme
from curation.codebook.uses import uses
from curation.codebook.worklist import Affected, stamps_of
from curation.operations import SetThemes
from curation.session import Session
from curation.workspace import Workspace
from tests.tui.letters import write_letters

LETTER = "elmbury-2010"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    write_letters(tmp_path)
    return Workspace(tmp_path)


def _set(workspace: Workspace, number: int, *themes: str, reviewer: str = "ab") -> str:
    session = Session.open(workspace, LETTER, reviewer)
    finding = session.review.findings[number].id
    session.do(SetThemes(finding, themes))
    session.close()
    return finding


def _why(found: tuple[Affected, ...]) -> list[tuple[str, str]]:
    return [(item.finding, item.why) for item in found]


def test_a_decision_about_themes_is_stamped_with_the_codebook_it_was_made_under(workspace: Workspace) -> None:
    _set(workspace, 0, "supervision")
    workspace.edit_codebook(ArchiveTheme("out-of-hours"), "cd")
    _set(workspace, 1, "child-voice")
    lines = workspace.journal_path(LETTER, "ab").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line).get("codebook") for line in lines] == [None, 1, 2]
    session = Session.open(workspace, LETTER, "ab")
    assert [f.themes for f in session.review.findings[:2]] == [("supervision",), ("child-voice",)]


def test_only_what_a_change_concerns_is_listed_and_setting_themes_again_settles_it(workspace: Workspace) -> None:
    first = _set(workspace, 0, "supervision", "electronic-recording")
    _set(workspace, 1, "child-voice")
    third = _set(workspace, 2, "thresholds")
    assert workspace.affected(LETTER) == ()
    workspace.edit_codebook(MergeTheme("electronic-recording", "case-recording"), "cd")
    workspace.edit_codebook(EditTheme("thresholds", {"definition": "Who gets a service.", "use_when": "Bars."}), "cd")
    workspace.edit_codebook(EditTheme("child-voice", {"phrases": ("listened to",), "example": "An example."}), "cd")
    found = workspace.affected(LETTER)
    assert _why(found) == [(first, "merged into case-recording"), (third, "definition, use when changed")]
    assert found[0].now == ("supervision", "case-recording")
    assert (found[0].theme, found[0].reviewer) == ("electronic-recording", "ab")
    _set(workspace, 0, *found[0].now)
    _set(workspace, 2, "thresholds")
    assert workspace.affected(LETTER) == ()


def test_an_archived_theme_is_listed_until_somebody_looked(workspace: Workspace) -> None:
    finding = _set(workspace, 0, "supervision")
    workspace.edit_codebook(ArchiveTheme("supervision"), "cd")
    assert _why(workspace.affected(LETTER)) == [(finding, "archived")]
    _set(workspace, 0, "supervision")
    assert workspace.affected(LETTER) == ()
    # What was looked at while it was archived, and stands for itself again, is fine as it is.
    workspace.edit_codebook(RestoreTheme("supervision"), "cd")
    assert workspace.affected(LETTER) == ()


def test_a_change_that_was_taken_back_concerns_nobody_but_those_who_decided_under_it(workspace: Workspace) -> None:
    _set(workspace, 0, "supervision")
    workspace.edit_codebook(EditTheme("supervision", {"definition": "Time with a manager."}), "cd")
    other = _set(workspace, 1, "supervision", reviewer="ef")
    workspace.undo_codebook("cd")
    assert _why(workspace.affected(LETTER)) == [(other, "definition changed")]
    assert workspace.affected(LETTER, ("ab",)) == ()


def test_a_theme_that_was_typed_freely_is_listed_with_the_nearest(workspace: Workspace) -> None:
    finding = _set(workspace, 0, "supervison")
    assert _why(workspace.affected(LETTER)) == [(finding, "not in the codebook; the nearest is supervision")]


def test_what_was_undone_stamps_nothing() -> None:
    lines = [
        {"n": 1, "op": "set-themes", "finding": "f-1", "codebook": 3},
        {"n": 2, "op": "set-themes", "finding": "f-2", "codebook": 4},
        {"n": 3, "op": "undo", "undoes": [2]},
        {"n": 4, "op": "undo", "undoes": [1]},
        {"n": 5, "op": "redo", "redoes": [1]},
        {"n": 6, "op": "set-themes", "finding": "f-3"},
    ]
    assert stamps_of(lines) == {"f-1": 3}


def test_how_much_a_theme_was_used_is_told_before_it_goes(workspace: Workspace) -> None:
    _set(workspace, 0, "supervision")
    _set(workspace, 0, "supervision", reviewer="cd")
    _set(workspace, 1, "supervision")
    assert str(uses(workspace.accepted(), "supervision")) == "2 findings in 1 letter"
    assert str(uses(workspace.accepted(), "thresholds")) == "no finding"
