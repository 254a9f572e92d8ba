"""The themes screen by keys alone: codebook, edits with undo, heat map, from a figure to its findings, worklist."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from curation.codebook import load, shipped
from curation.codebook.edits import ArchiveTheme, MergeTheme
from curation.codebook.writing import dumps
from curation.matrix import Matrix, matrix
from curation.workspace import Workspace
from tests.tui.conftest import Open, rest
from tests.tui.letters import app_of, give_themes, line, pane, review_screen, rows, write_letters
from tests.tui.sending import sent_from_now_on
from tui.screens import surveying
from tui.screens.groups import GroupsScreen
from tui.screens.themes import ThemesScreen


@pytest.fixture
def themed(letters: Path) -> Path:
    """Supervision as a strength in Elmbury and a weakness in Waveney Bridge, and some more."""
    give_themes(letters)
    return letters


async def _press(pilot: Pilot[str], *keys: str) -> str:
    await pilot.press(*keys)
    await rest(pilot)
    return "\n".join(rows(pilot))


def _under_cursor(pilot: Pilot[str], name: str) -> str:
    item = pane(pilot, name).item
    return item.key if item else ""


async def test_the_codebook_shows_each_theme_with_what_it_means_and_how_often_it_stands(
    themed: Path, open_app: Open
) -> None:
    async with open_app(themed) as pilot:
        shown = await _press(pilot, "t")
        assert "Codebook · 25 themes · revision 1" in shown
        assert "FRONT-DOOR" in shown
        supervision = next(row for row in rows(pilot) if "  Supervision  " in row)
        assert "3 (3)" in supervision
        shown = await _press(pilot, "/", *"supervision", "enter")
        assert _under_cursor(pilot, "theme-list") == "supervision"
        for words in (
            "definition",
            "use when",
            "avoid when",
            "phrases",
            "3 of 3 letters, 3 of 12 findings",
            "ST 2  AD 1",
        ):
            assert words in shown
        assert not (themed / "codebook.toml").exists()


async def test_a_merge_is_previewed_done_and_undone_by_one_key(themed: Path, open_app: Open) -> None:
    async with open_app(themed) as pilot:
        await _press(pilot, "t", "/", *"electronic", "enter")
        shown = await _press(pilot, "m", *"case rec", "enter")
        assert "1 finding in 1 letter count as case-recording." in shown
        assert not (themed / "codebook.toml").exists()
        await _press(pilot, "escape")
        assert "Nothing was changed" in line(pilot, "keys")
        shown = await _press(pilot, "m", *"case rec", "enter", "enter")
        assert "Revision 2: merge electronic-recording into case-recording; u takes it back" in line(pilot, "keys")
        assert "Electronic recording system (merged into" in shown
        assert "2 (2)" in next(row for row in rows(pilot) if "Case recording and chronologies" in row)
        assert load(themed / "codebook.toml").resolve("electronic-recording") == "case-recording"
        assert "undo 1" in line(pilot, "status")
        shown = await _press(pilot, "u")
        assert "merged into" not in shown
        assert load(themed / "codebook.toml").resolve("electronic-recording") == "electronic-recording"
        await _press(pilot, "U")
        assert load(themed / "codebook.toml").resolve("electronic-recording") == "case-recording"
        await _press(pilot, "u", "u")
        assert "nothing to undo" in line(pilot, "keys")


async def test_add_warns_of_what_it_may_double_then_edit_rename_archive_and_restore(
    themed: Path, open_app: Open
) -> None:
    async with open_app(themed) as pilot:
        shown = await _press(pilot, "t", "a", *"Case records", "enter")
        assert "The codebook has something like it" in shown
        await _press(pilot, *"make", "enter", *"What is written down.", "enter", "enter")
        made = load(themed / "codebook.toml").themes["case-records"]
        assert (made.label, made.definition, made.group) == ("Case records", "What is written down.", "front-door")
        assert _under_cursor(pilot, "theme-list") == "case-records"
        await _press(pilot, "e", *"phrases", "enter", *"on file", "ctrl+n", *"written", "enter", "enter")
        assert load(themed / "codebook.toml").themes["case-records"].phrases == ("on file", "written")
        await _press(pilot, "r", *" kept", "enter", "enter")
        assert load(themed / "codebook.toml").themes["case-records"].label == "Case records kept"
        shown = await _press(pilot, "x", "enter")
        assert load(themed / "codebook.toml").themes["case-records"].archived
        assert "Case records kept (archived)" in shown
        await _press(pilot, "X", "enter")
        assert not load(themed / "codebook.toml").themes["case-records"].archived
        await _press(pilot, "X")
        assert "neither archived nor merged" in line(pilot, "keys")
        await _press(pilot, *"uuuuu")
        assert "case-records" not in load(themed / "codebook.toml").themes


async def test_what_a_colleague_changed_meanwhile_is_shown_and_not_overwritten(themed: Path, open_app: Open) -> None:
    async with open_app(themed) as pilot:
        await _press(pilot, "t", "/", *"electronic", "enter", "m", *"case rec", "enter")
        Workspace(themed).edit_codebook(ArchiveTheme("out-of-hours"), "cd")
        shown = await _press(pilot, "enter")
        assert "changed meanwhile (cd: archive out-of-hours)" in line(pilot, "keys")
        assert "Out-of-hours and emergency duty (archived)" in shown
        assert load(themed / "codebook.toml").resolve("electronic-recording") == "electronic-recording"
        # What is done to the file while one only looks is shown by itself.
        Workspace(themed).undo_codebook("cd")
        pilot.app._now_and_then()  # type: ignore[attr-defined]  # what the timer calls
        await rest(pilot)
        assert "(archived)" not in "\n".join(rows(pilot))


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_from_the_heat_map_to_the_findings_to_the_letter_and_back(
    themed: Path, open_app: Open, size: tuple[int, int]
) -> None:
    async with open_app(themed, size=size) as pilot:
        shown = await _press(pilot, "t", "/", *"supervision", "enter", "v")
        assert line(pilot, "columns").split()[:2] == ["authority", "letters"]
        assert "supervi…" in line(pilot, "columns")
        assert "all" in line(pilot, "info")
        assert "3 of 3 letters, 3 of 12 findings; 4 of them have a theme" in line(pilot, "info", 1)
        assert line(pilot, "info", 2).split() == ["ST", "2", "AD", "1"]
        await _press(pilot, "down")
        assert "Elmbury · Supervision" in line(pilot, "info")
        assert "2 of 2 letters, 2 of 8 findings" in line(pilot, "info", 1)
        await _press(pilot, "home")
        shown = await _press(pilot, "enter")
        # A strength here, a weakness there.
        assert shown.index("STRENGTHS") < shown.index("AREAS FOR DEVELOPMENT")
        await _press(pilot, "end")
        assert line(pilot, "info").strip().startswith("Supervision is irregular")
        await _press(pilot, "enter")
        screen = review_screen(pilot)
        assert screen.side.key == "waveney-2010"
        assert screen.current
        assert screen.current.text.startswith("Supervision is irregular")
        await _press(pilot, "q", "q")
        assert isinstance(pilot.app.screen, ThemesScreen)
        assert "supervi…" in line(pilot, "columns")
        shown = await _press(pilot, "v")
        assert _under_cursor(pilot, "theme-list") == "supervision"


async def test_the_heat_map_turns_by_category_year_and_primary_theme(themed: Path, open_app: Open) -> None:
    async with open_app(themed) as pilot:
        await _press(pilot, "t", "/", *"case rec", "enter", "v", "p")
        assert "first theme alone" in rows(pilot)[2]
        assert "v codebook" in line(pilot, "keys"), "the view that the key leads to"
        assert "0 of 3 letters" in line(pilot, "info", 1)
        await _press(pilot, "p", "b")
        shown = "\n".join(rows(pilot))
        assert "ST Strengths" in shown
        assert "AD Areas for" in shown
        await _press(pilot, "b")
        assert [row[1:6].strip(" >") for row in rows(pilot)[3:6]] == ["all", "2009", "2010"]
        await _press(pilot, "b", "c")
        assert "ST Strengths alone" in rows(pilot)[2]
        assert "1 of 3 letters, 1 of 5 findings" in line(pilot, "info", 1)
        await _press(pilot, "y")
        assert "2009" in rows(pilot)[2]
        assert "1 of 1 letter, 1 of 2 findings" in line(pilot, "info", 1)


async def test_names_and_headings_stay_while_the_heat_map_scrolls_both_ways(tmp_path: Path, open_app: Open) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    write_letters(folder)
    text = (folder / "elmbury-2010.txt").read_text(encoding="utf-8")
    for number in range(30):
        (folder / f"town-{number:02}.txt").write_text(
            text.replace("Elmbury County Council", f"Town{chr(65 + number % 26)}{number:02} County Council"),
            encoding="utf-8",
        )
    async with open_app(folder, size=(80, 24)) as pilot:
        await _press(pilot, "t", "v")
        first = line(pilot, "columns")
        await _press(pilot, *["right"] * 12)
        assert line(pilot, "columns") != first
        assert line(pilot, "columns").split()[:2] == ["authority", "letters"]
        assert "themes 8-13 of 25" in rows(pilot)[2]
        await _press(pilot, "end")
        shown = rows(pilot)
        assert shown[1].split()[:2] == ["authority", "letters"]
        assert any(row.lstrip("│> ").startswith("Waveney Bridge") or "Waveney" in row for row in shown)
        assert not any("all  " in row for row in shown[3:-6])
        await _press(pilot, *["left"] * 30, "home")
        assert line(pilot, "columns") == first


async def test_the_worklist_is_settled_by_a_key(themed: Path, open_app: Open) -> None:
    Workspace(themed).edit_codebook(MergeTheme("electronic-recording", "case-recording"), "cd")
    async with open_app(themed) as pilot:
        shown = await _press(pilot, "t", "w")
        assert "To look at again · 1 finding in 1 letter" in shown
        assert "ELECTRONIC-RECORDING: MERGED INTO CASE-RECORDING" in shown
        assert "The recording system is slow" in line(pilot, "info")
        shown = await _press(pilot, "space")
        assert "Still right: case-recording" in line(pilot, "keys")
        assert "To look at again · 0 findings" in shown
        await _press(pilot, "space")
        assert "There is nothing in this list" in line(pilot, "keys")
    review = Workspace(themed).review("elmbury-2010", "ab")
    assert review.findings[3].themes == ("case-recording",)


async def test_nobody_edits_without_a_name(themed: Path, open_app: Open) -> None:
    async with open_app(themed, "") as pilot:
        shown = await _press(pilot, "t", "x", "enter")
        assert "Who reviews?" in shown
        assert not (themed / "codebook.toml").exists()
        await _press(pilot, *["backspace"] * 32, "c", "d", "enter")
        assert load(themed / "codebook.toml").history[-1].by == "cd"


async def test_a_codebook_that_cannot_be_read_is_said(themed: Path, open_app: Open) -> None:
    (themed / "codebook.toml").write_text("schema = 1", encoding="utf-8")
    async with open_app(themed) as pilot:
        await _press(pilot, "t")
        assert "codebook.toml" in line(pilot, "keys")
        await _press(pilot, "m")
        assert "codebook.toml" in line(pilot, "keys")
        await _press(pilot, "v", "right", "enter", "v", "w", "q")


async def test_labels_that_look_like_markup_or_act_are_shown_as_they_stand(themed: Path, open_app: Open) -> None:
    hostile = dumps(shipped()).replace(
        b'label = "Supervision"', b'label = "[b]Super[/x] \\u001b[2J \\u202evision [sic]"'
    )
    (themed / "codebook.toml").write_bytes(hostile)
    async with open_app(themed) as pilot:
        shown = await _press(pilot, "t")
        assert "[b]Super[/x] \u241b[2J \u00b7vision [sic]" in shown
        assert "\x1b" not in shown
        shown = await _press(pilot, "/", *"Super", "enter", "v", "enter", "q", "v", "m")
        assert "\x1b" not in shown
        await _press(pilot, "escape", "e", "escape", "x")
        assert "\x1b" not in "\n".join(rows(pilot))


async def test_keys_stay_within_the_budget_of_a_slow_line(
    themed: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(themed) as pilot:
        sent = sent_from_now_on(pilot, monkeypatch)
        await _press(pilot, "t")
        costs: dict[str, int] = {}
        for view, keys in (
            ("codebook", ("down", "pagedown", "up")),
            ("heat", ("right", "down", "pagedown", "b", "end")),
        ):
            for key in keys:
                sent.clear()
                await _press(pilot, key)
                costs[f"{view} {key}"] = sum(sent)
            await _press(pilot, "v")
        assert min(costs.values()) > 0, costs
        assert max(costs.values()) < 10_000, costs
        assert max(costs[f"heat {key}"] for key in ("right", "down")) < 1_500, costs


async def test_groups_are_reached_from_the_themes_and_back(themed: Path, open_app: Open) -> None:
    async with open_app(themed) as pilot:
        shown = [type(pilot.app.screen) for keys in ("t", "=", "q") if await _press(pilot, keys)]
        assert shown == [ThemesScreen, GroupsScreen, ThemesScreen]


async def test_a_filter_by_theme_counts_a_merge_once_one_is_back_in_the_library(themed: Path, open_app: Open) -> None:
    async with open_app(themed) as pilot:
        await _press(pilot, "f", *"theme:case-recording", "enter")
        assert len(app_of(pilot).context.shelf.shown) == 1
        await _press(pilot, "t", "/", *"electronic", "enter", "m", *"case rec", "enter", "enter", "q")
        assert [row.key for row in app_of(pilot).context.shelf.shown] == ["elmbury-2009", "elmbury-2010"]


class _Counting:
    """Counts in threads alone, each count only once it may go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.threads: list[threading.Thread] = []
        self.go_on = threading.Event()
        self.go_on.set()
        monkeypatch.setattr(surveying, "AT_ONCE", -1)
        monkeypatch.setattr(surveying, "matrix", self._matrix)

    def _matrix(self, *arguments: Any, **options: Any) -> Matrix:
        self.threads.append(threading.current_thread())
        assert self.go_on.wait(20)
        return matrix(*arguments, **options)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> _Counting:
    return _Counting(monkeypatch)


async def test_many_letters_are_counted_in_a_thread(themed: Path, open_app: Open, counting: _Counting) -> None:
    async with open_app(themed) as pilot:
        shown = await _press(pilot, "t")
        assert "3 (3)" in next(row for row in rows(pilot) if "  Supervision  " in row)
        shown = await _press(pilot, "v")
        assert "Waveney Bridge" in shown
        shown = await _press(pilot, "c")
        assert "Strengths alone" in shown
    assert counting.threads
    assert threading.main_thread() not in counting.threads


async def test_while_they_are_counted_nothing_else_is_shown_for_it_and_keys_work(
    themed: Path, open_app: Open, counting: _Counting
) -> None:
    async with open_app(themed) as pilot:
        await _press(pilot, "t", "v")
        before = rows(pilot)
        counting.go_on.clear()
        await pilot.press("c")
        await pilot.pause()
        shown = "\n".join(rows(pilot))
        assert "counting the letters" in shown
        assert "counting" in line(pilot, "status")
        assert "Strengths alone" in shown
        assert "Waveney Bridge" not in shown, "figures of all categories under the name of one"
        await pilot.press("right", "down", "enter")
        await pilot.press("c", "c", "c", "c", "c", "c")
        await pilot.pause()
        counting.go_on.set()
        await rest(pilot)
        while "all categories" not in "\n".join(rows(pilot)):
            await _press(pilot, "c")
        assert rows(pilot)[2:-4] == before[2:-4]


async def _shows(pilot: Pilot[str], words: str) -> bool:
    """Whether the screen says so, now or soon: a thread that has not ended can't be waited for."""
    for _ in range(300):
        if words in "\n".join(rows(pilot)):
            return True
        await pilot.pause(0.01)
    return False


async def test_what_an_edit_changes_is_not_said_to_be_nothing_while_it_is_counted(
    themed: Path, open_app: Open, counting: _Counting
) -> None:
    async with open_app(themed) as pilot:
        counting.go_on.clear()
        await pilot.press("t")
        assert await _shows(pilot, "the letters are being counted")
        await pilot.press("x")
        assert await _shows(pilot, "findings that are not counted yet")
        await pilot.press("escape")
        counting.go_on.set()
        await rest(pilot)
        await pilot.press("x")
        await pilot.pause()
        assert "not counted yet" not in "\n".join(rows(pilot))
