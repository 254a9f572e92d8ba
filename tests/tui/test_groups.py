"""The screen of groups: a theme for all of one, one undo for it, and what doesn't belong left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot

from curation.entry import Entry
from curation.giving import GroupThemes
from curation.groups import Group
from curation.workspace import Workspace
from tests.tui.conftest import Open, rest
from tests.tui.letters import letter, line, review_screen, rows
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
    for (name, said), own in zip(SAID.items(), OWN, strict=True):
        text = letter(
            f"{name} County Council", "1 December 2010", {"Strengths": (said,), "Areas for development": (own,)}
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


async def test_a_theme_for_all_and_one_undo(folder: Path, open_app: Open) -> None:
    async with open_app(folder) as pilot:
        await _press(pilot, "=")
        assert any("supervision" in row and "3 councils  no theme yet" in row for row in rows(pilot))
        await _press(pilot, "t", *"supervision", "enter")
        assert "supervision given in 3 letters; your own review begins in 3 of them" in line(pilot, "keys")
        assert _themes(folder) == [("supervision",)] * 3
        assert any("supervision 3/3" in row for row in rows(pilot))
        await _press(pilot, "u")
        assert "supervision taken back in 3 letters" in line(pilot, "keys")
        assert _themes(folder) == [()] * 3


async def test_a_theme_that_was_given_before_a_restart_is_taken_back(folder: Path, open_app: Open) -> None:
    async with open_app(folder) as pilot:
        await _press(pilot, "=", "t", *"supervision", "enter", "q", "q", "q")
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


async def test_what_was_interrupted_is_said_and_finished_or_taken_back(folder: Path, open_app: Open) -> None:
    workspace = Workspace(folder)
    refs = [f"{ref.key}#{workspace.review(ref.key).findings[0].id}" for ref in workspace.letters()]

    def interrupt(done: int, of: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        GroupThemes(workspace, "ab").give("supervision", refs, interrupt)
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
        await _press(pilot, "t", *"supervision", "enter", *["backspace"] * 32, *"cd", "enter")
        assert _themes(folder, "cd") == [("supervision",)] * 3


async def test_from_the_themes_screen_a_theme_for_a_group_is_counted_there_at_once(
    folder: Path, open_app: Open
) -> None:
    async with open_app(folder) as pilot:
        await _press(pilot, "t", "=", "t", *"supervision", "enter", "q")
        assert any("Supervision" in row and "3 (3)" in row for row in rows(pilot))
