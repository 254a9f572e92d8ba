"""Decisions on many letters from one list: taken back one by one, whatever was done to the letters elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from curation.operations import Refused, Remove, SetNote, SetSeen
from curation.session import Session
from curation.workspace import Workspace
from tui.decisions import Decisions

KEY, OTHER = "elmbury-2010", "waveney-2010"


@pytest.fixture
def decisions(letters: Path) -> Decisions:
    return Decisions(Workspace(letters))


def _findings(folder: Path, key: str) -> list[str]:
    return [finding.id for finding in Workspace(folder).review(key, "ab").findings]


def _notes(folder: Path, key: str) -> list[str]:
    return [finding.note for finding in Workspace(folder).review(key, "ab").findings][:2]


def test_several_decisions_on_one_letter_are_all_taken_back_the_last_first(letters: Path, decisions: Decisions) -> None:
    first, second, *_ = _findings(letters, KEY)
    decisions.do(KEY, "ab", SetNote(first, "one"))
    decisions.do(OTHER, "ab", SetNote(_findings(letters, OTHER)[0], "between"))
    decisions.do(KEY, "ab", SetNote(second, "two"))
    assert [decisions.undo("ab")[0] for _ in range(3)] == [KEY, OTHER, KEY]
    assert (_notes(letters, KEY), _notes(letters, OTHER)) == (["", ""], ["", ""])
    with pytest.raises(Refused, match="nothing was decided here yet"):
        decisions.undo("ab")


def test_what_was_done_in_another_terminal_since_is_not_what_undo_takes_back(
    letters: Path, decisions: Decisions
) -> None:
    first, second, *_ = _findings(letters, KEY)
    decisions.do(KEY, "ab", SetNote(first, "here"))
    Session.open(Workspace(letters), KEY, "ab").do(SetNote(second, "there"))
    decisions.undo("ab")
    assert _notes(letters, KEY) == ["", "there"]


def test_what_was_taken_back_elsewhere_is_passed_over(letters: Path, decisions: Decisions) -> None:
    first, second, *_ = _findings(letters, KEY)
    decisions.do(KEY, "ab", SetNote(first, "one"))
    decisions.do(KEY, "ab", SetNote(second, "two"))
    Session.open(Workspace(letters), KEY, "ab").undo()
    decisions.undo("ab")
    assert _notes(letters, KEY) == ["", ""]
    assert decisions.count == 0


def test_what_something_stands_on_is_refused_and_stays_the_next(letters: Path, decisions: Decisions) -> None:
    first = _findings(letters, KEY)[0]
    decisions.do(KEY, "ab", SetSeen(first, True))
    other = Session.open(Workspace(letters), KEY, "ab")
    other.do(Remove(first, "duplicate"))
    with pytest.raises(Refused, match="undo that first"):
        decisions.undo("ab")
    assert decisions.count == 1
    other.undo()
    decisions.undo("ab")
    assert not Workspace(letters).review(KEY, "ab").findings[0].seen
