"""The screen of groups: a theme for all of one, one undo for it, and what doesn't belong left out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot

from curation.entry import Entry
from curation.giving import GroupThemes
from curation.groups import Group
from curation.journal import NotWritten
from curation.operations import Remove, SetSeen
from curation.session import Session
from curation.workspace import Workspace
from tests.tui.conftest import Open, rest
from tests.tui.letters import letter, line, review_screen, rows, said
from tui.paint_groups import Grouped, paint_groups
from tui.palette import category_styles
from tui.screens.groups import GroupsScreen
from tui.screens.library import LibraryScreen

SUPERVISION = "Supervision of social workers is regular and is recorded on their files."
SAID = {
    "Elmbury": SUPERVISION,
    "Waveney": "Regular supervision of social workers is recorded on files.",
    "Tidewell": "Social workers say that supervision is regular; managers keep notes of it.",
}

OWN = (
    "The roof leaks when it rains hard.",
    "Thresholds are read differently by partner agencies.",
    "Chronologies were missing from older records.",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three letters that say one thing alike, each with a finding of its own beside."""
    root = tmp_path / "letters"
    root.mkdir()
    for (name, words), own in zip(SAID.items(), OWN, strict=True):
        text = letter(
            f"{name} County Council", "1 December 2010", {"Strengths": (words,), "Areas for development": (own,)}
        )
        (root / f"{name.lower()}-2010.txt").write_text(text, encoding="utf-8")
    return root


async def _press(pilot: Pilot[str], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await rest(pilot)


def _screen(pilot: Pilot[str]) -> GroupsScreen:
    assert isinstance(pilot.app.screen, GroupsScreen)
    return pilot.app.screen


def _refs(pilot: Pilot[str]) -> list[str]:
    return [item.key.partition(" ")[2] for item in _screen(pilot).list.sheet.items if " " in item.key]


def _themes(folder: Path, name: str = "ab") -> list[tuple[str, ...]]:
    workspace = Workspace(folder)
    return [workspace.review(ref.key, name).findings[0].themes for ref in workspace.letters()]


def test_a_group_says_what_it_shares_and_which_themes_it_has() -> None:
    entries = tuple(Entry(name, name, "f-1", "strength", said, 2010) for name, said in SAID.items())
    group = Group("g-000000", 71.4, entries, ("supervision", "regular"))
    sheet = paint_groups([Grouped(group, {entries[0].ref: ("supervision",)})], category_styles(""), 80)
    assert sheet.rows[0].text == " 71 supervision, regular  3 councils  supervision 1/3"
    assert sheet.rows[1].text.startswith("    ST Elmbury 2010 [supervision]  Supervision of social workers")
    assert [item.key for item in sheet.items] == ["g-000000", *(f"g-000000 {entry.ref}" for entry in entries)]
    assert paint_groups([], category_styles(""), 80).items == ()
    narrow = paint_groups([Grouped(group)], category_styles(""), 26).rows[0].text
    assert narrow == " 71 supervision,…  3 councils…", "how many there are is never cut"


async def test_a_theme_for_all_and_one_undo(folder: Path, open_app: Open) -> None:
    async with open_app(folder) as pilot:
        await _press(pilot, "=")
        assert any("supervision" in row and "3 councils  no theme yet" in row for row in rows(pilot))
        await _press(pilot, "t", *"supervision", "enter")
        assert any("supervision: no review by ab yet in 3 of 3 letters" in row for row in rows(pilot))
        assert any("They would begin in elmbury-2010, tidewell-2010, waveney-2010." in row for row in rows(pilot))
        assert _themes(folder) == [()] * 3
        await _press(pilot, "enter")
        assert "supervision given in 3 letters; your own review begins in 3 of them" in line(pilot, "keys")
        assert _themes(folder) == [("supervision",)] * 3
        assert any("supervision 3/3" in row for row in rows(pilot))
        await _press(pilot, "u")
        assert "supervision taken back in 3 letters" in line(pilot, "keys")
        assert _themes(folder) == [()] * 3


async def _seen_by_ab(folder: Path, *keys: str) -> None:
    """Let ab have a review of these letters."""
    for key in keys:
        session = Session.open(Workspace(folder), key, "ab")
        session.do(SetSeen(session.review.findings[-1].id, True))
        session.close()


async def test_left_at_the_question_nothing_begins_and_nothing_is_given(folder: Path, open_app: Open) -> None:
    async with open_app(folder) as pilot:
        await _press(pilot, "=", "t", *"supervision", "enter", "escape")
        assert "Nothing was changed" in line(pilot, "keys")
    assert not (folder / "pairs").exists()
    assert not (folder / "reviews").exists()


async def test_only_where_there_is_a_review_already(folder: Path, open_app: Open) -> None:
    await _seen_by_ab(folder, "elmbury-2010", "waveney-2010")
    async with open_app(folder, size=(60, 20)) as pilot:
        await _press(pilot, "=", "t", *"supervision", "enter")
        shown = "\n".join(rows(pilot))
        assert "supervision: no review by ab yet in 1 of 3 letters" in shown
        assert "only where ab has a review  2 letters" in shown
        await _press(pilot, "down", "enter")
        assert "supervision given in 2 letters" in line(pilot, "keys")
    assert _themes(folder) == [("supervision",), (), ("supervision",)]
    assert not (folder / "reviews" / "tidewell-2010").exists()


async def test_where_all_letters_have_a_review_nothing_is_asked(folder: Path, open_app: Open) -> None:
    await _seen_by_ab(folder, "elmbury-2010", "tidewell-2010", "waveney-2010")
    async with open_app(folder) as pilot:
        await _press(pilot, "=", "t", *"supervision", "enter")
        assert line(pilot, "keys").strip() == "supervision given in 3 letters"


async def test_who_does_not_want_to_be_asked_again_is_not(folder: Path, open_app: Open) -> None:
    async with open_app(folder) as pilot:
        await _press(pilot, "=", "t", *"supervision", "enter", "down", "enter", "u")
        for name in ("elmbury-2010", "tidewell-2010", "waveney-2010"):
            shutil.rmtree(folder / "reviews" / name)
        await _press(pilot, "t", *"case-rec", "enter")
        assert "case-recording given in 3 letters" in line(pilot, "keys")


async def test_two_undos_in_one_burst_take_two_things_back(folder: Path, open_app: Open) -> None:
    async with open_app(folder) as pilot:
        await _press(pilot, "=", "t", *"supervision", "enter", "down", "enter", "t", *"case-rec", "enter")
        assert _themes(folder) == [("supervision", "case-recording")] * 3
        await pilot.press("u", "u")
        await rest(pilot)
        assert _themes(folder) == [()] * 3


async def test_an_undo_that_failed_somewhere_stays_the_next_and_says_where(folder: Path, open_app: Open) -> None:
    async with open_app(folder) as pilot:
        await _press(pilot, "=", "t", *"supervision", "enter", "down", "enter", "t", *"case-rec", "enter")
        session = Session.open(Workspace(folder), "tidewell-2010", "ab")
        session.do(Remove(session.review.findings[0].id, "duplicate"))
        await _press(pilot, "u")
        assert "not taken back in tidewell-2010: " in said(pilot)
        assert "; case-recording taken back in 2 letters" in said(pilot)
        assert "undo 2" in line(pilot, "status")
        session.undo()
        await _press(pilot, "u")
        assert "case-recording taken back in 1 letter" in line(pilot, "keys")
        assert _themes(folder) == [("supervision",)] * 3
        await _press(pilot, "u")
        assert _themes(folder) == [()] * 3
        assert "undo" not in line(pilot, "status")


async def test_a_judgement_that_could_not_be_taken_back_stays_the_next(
    folder: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(folder) as pilot:
        await _press(pilot, "=", "down", "!")

        def full(*_: object) -> None:
            raise NotWritten("not kept: pairs/ab.jsonl: no space left on device")

        with monkeypatch.context() as broken:
            broken.setattr("curation.pairs.Pairs.undo", full)
            await _press(pilot, "u")
            assert "no space left on device; u tries again" in line(pilot, "keys")
            assert "undo 1" in line(pilot, "status")
        await _press(pilot, "u")
        assert "taken back: it may be in the group again" in line(pilot, "keys")
        assert len(_refs(pilot)) == 3


async def test_what_was_interrupted_is_taken_back_after_what_was_done_since(folder: Path, open_app: Open) -> None:
    """`u` goes backwards: the batch of an earlier run is the oldest, whatever is said of it."""
    workspace = Workspace(folder)
    refs = [f"{ref.key}#{workspace.review(ref.key).findings[0].id}" for ref in workspace.letters()]
    _interrupt(workspace, refs)
    async with open_app(folder) as pilot:
        await _press(pilot, "=", "t", *"case-rec", "enter", "enter")
        assert "supervision in 3 letters was interrupted: F goes on" in line(pilot, "keys")
        assert "takes it back" not in line(pilot, "keys")
        await _press(pilot, "u")
        assert _themes(folder) == [("supervision",), (), ()]
        assert "u takes it back" in line(pilot, "keys")
        await _press(pilot, "u")
        assert _themes(folder) == [()] * 3


async def test_a_theme_that_was_given_before_a_restart_is_taken_back(folder: Path, open_app: Open) -> None:
    async with open_app(folder) as pilot:
        await _press(pilot, "=", "t", *"supervision", "enter", "enter", "q", "q", "q")
    assert _themes(folder) == [("supervision",)] * 3
    async with open_app(folder) as pilot:
        await _press(pilot, "=", "u")
        assert _themes(folder) == [()] * 3
        await _press(pilot, "u")
        assert "no theme was given to a group" in line(pilot, "keys")


async def test_one_that_does_not_belong_is_left_out_and_taken_in_again(folder: Path, open_app: Open) -> None:
    async with open_app(folder) as pilot:
        await _press(pilot, "=", "!")
        assert "Put the cursor on the finding" in line(pilot, "keys")
        before = _refs(pilot)
        await _press(pilot, "down", "!")
        assert before[0] not in _refs(pilot)
        assert len(_refs(pilot)) == 2
        lines = [json.loads(one) for one in (folder / "pairs" / "ab.jsonl").read_text().splitlines()]
        assert {frozenset((one["a"], one["b"])) for one in lines} == {
            frozenset((before[0], other)) for other in before[1:]
        }
        await _press(pilot, "u")
        assert _refs(pilot) == before


def _interrupt(workspace: Workspace, refs: list[str]) -> None:
    """Give a theme, but stop after the first letter."""

    def interrupt(done: int, of: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        GroupThemes(workspace, "ab").give("supervision", refs, interrupt)


async def test_what_was_interrupted_is_said_and_finished_or_taken_back(folder: Path, open_app: Open) -> None:
    workspace = Workspace(folder)
    refs = [f"{ref.key}#{workspace.review(ref.key).findings[0].id}" for ref in workspace.letters()]

    _interrupt(workspace, refs)
    async with open_app(folder) as pilot:
        await _press(pilot, "=")
        assert "supervision in 3 letters was interrupted: F goes on, u takes it back" in line(pilot, "keys")
        await _press(pilot, "F")
        assert _themes(folder) == [("supervision",)] * 3
        await _press(pilot, "F")
        assert "nothing was interrupted" in line(pilot, "keys")


async def test_judgements_that_cannot_be_read_are_said_and_are_no_step_to_take_back(
    folder: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(folder) as pilot:
        await _press(pilot, "=", "down", "down", "down", "!")

        def unreadable(*_: object) -> None:
            raise OSError("pairs/ab.jsonl: permission denied")

        with monkeypatch.context() as broken:
            broken.setattr("tui.screens.groups.gathered", unreadable)
            _screen(pilot).look()
            await rest(pilot)
            assert "pairs/ab.jsonl: permission denied" in line(pilot, "keys")
        await _press(pilot, "u")
        assert "taken back: it may be in the group again" in line(pilot, "keys")


async def test_enter_opens_the_letter_at_the_finding_or_two_side_by_side(folder: Path, open_app: Open) -> None:
    async with open_app(folder) as pilot:
        await _press(pilot, "=", "down", "down")
        ref = _refs(pilot)[1]
        await _press(pilot, "enter")
        screen = review_screen(pilot)
        assert screen.current is not None
        assert f"{screen.side.key}#{screen.current.id}" == ref
        await _press(pilot, "q", "up", "up", "enter")
        assert len(review_screen(pilot).sides) == 2
        await _press(pilot, "q", "q")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_only_a_category_or_those_more_alike(folder: Path, open_app: Open) -> None:
    async with open_app(folder) as pilot:
        await _press(pilot, "=", "f", *"areas for dev", "enter")
        assert _refs(pilot) == []
        await _press(pilot, "f", "enter", "f", *"from 75", "enter")
        assert "from 75 on" in rows(pilot)[1]
        assert len(_refs(pilot)) < 3


async def test_a_decision_needs_a_name(folder: Path, open_app: Open) -> None:
    async with open_app(folder, "") as pilot:
        await _press(pilot, "=", "t", *"supervision", "enter", "escape")
        assert "a decision needs a name" in line(pilot, "keys")
        assert not (folder / "pairs").exists()
        await _press(pilot, "t", *"supervision", "enter", *["backspace"] * 32, *"cd", "enter", "enter")
        assert _themes(folder, "cd") == [("supervision",)] * 3


async def test_from_the_themes_screen_a_theme_for_a_group_is_counted_there_at_once(
    folder: Path, open_app: Open
) -> None:
    async with open_app(folder) as pilot:
        await _press(pilot, "t", "=", "t", *"supervision", "enter", "enter", "q")
        assert any("Supervision" in row and "3 (3)" in row for row in rows(pilot))
