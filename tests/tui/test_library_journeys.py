"""Walks through the library by keys alone: filter, order, words in all letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from curation import readings, summarising
from curation.operations import SetSeen
from curation.session import Session
from curation.workspace import Workspace
from tests.tui.conftest import Open, rest
from tests.tui.letters import line, pane, review_screen, rows
from tui.screens.library import LibraryScreen


def listed(pilot: Pilot[str]) -> list[str]:
    """The councils and dates of the rows, as they stand."""
    return [" ".join(row.text.split()[:4]) for row in pane(pilot, "letters").sheet.rows]


async def test_letters_are_filtered_with_completion_and_errors_that_point_at_the_place(
    letters: Path, open_app: Open
) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("f", *"cou", "tab", *"wav")
        await rest(pilot)
        assert line(pilot, "detail") == " 1 of 3 letters"
        await pilot.press("tab", *"yer:2010", "enter")
        assert "no field yer: is it year?" in line(pilot, "detail", 1)
        assert 'council:"Waveney Bridge" yer:2010' in line(pilot, "detail")
        # The caret stands behind what is wrong.
        await pilot.press("backspace", "backspace", "backspace", *"year", "enter")
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert listed(pilot) == ["Waveney Bridge 10 Jun"]
        assert '1 of 3 letters with council:"Waveney Bridge" year:2010' in rows(pilot)[2]
        await pilot.press("f", "space", *"state:agreed", "enter", "enter")
        assert "No letter fits the filter" in line(pilot, "keys")
        await pilot.press("q")
        assert len(listed(pilot)) == 3
        assert "3 letters" in rows(pilot)[2]


async def test_leaving_the_filter_changes_nothing(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("f", *"zzz", "escape")
        assert len(listed(pilot)) == 3


async def test_rows_are_sorted_by_any_column_and_turned_round_with_the_cursor_on_its_letter(
    letters: Path, open_app: Open
) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("end", "o", *"date", "enter")
        await rest(pilot)
        assert listed(pilot) == ["Elmbury 1 Dec 2010", "Waveney Bridge 10 Jun", "Elmbury 3 Nov 2009"]
        assert "date▼" in line(pilot, "columns")
        assert "by date ▼" in rows(pilot)[2]
        item = pane(pilot, "letters").item
        assert item is not None
        assert item.key == "waveney-2010"
        await pilot.press("O")
        assert listed(pilot) == ["Elmbury 3 Nov 2009", "Waveney Bridge 10 Jun", "Elmbury 1 Dec 2010"]
        await pilot.press("o", *"priority", "enter")
        assert listed(pilot)[0] == "Waveney Bridge 10 Jun"
        assert "PA▼" in line(pilot, "columns")


async def test_words_are_found_in_all_letters_and_enter_opens_the_letter_there(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("/", *"supervision is", "enter")
        await rest(pilot)
        assert "3 places in 3 letters" in line(pilot, "status")
        text = "\n".join(rows(pilot))
        assert "Waveney Bridge Borough Council · 10 Jun 2010" in text
        assert "AD  Supervision is irregular" in text
        await pilot.press("end", "enter")
        await rest(pilot)
        found = review_screen(pilot).current
        assert found is not None
        assert found.text.startswith("Supervision is irregular")
        await pilot.press("space")
        await rest(pilot)
        await pilot.press("q")
        await rest(pilot)
        assert "3 places" in line(pilot, "status")
        await pilot.press("/", *["backspace"] * 20, *"Imogen", "enter")
        await rest(pilot)
        assert "3 places in 3 letters" in line(pilot, "status")
        await pilot.press("enter")
        await rest(pilot)
        screen = review_screen(pilot)
        assert "Imogen" in "".join(
            row.text
            for row in screen.active.sheet.rows[screen.active.item.first : screen.active.item.last]  # type: ignore[union-attr]  # it stands on something
        )
        await pilot.press("q", "q")
        await rest(pilot)
        assert any("1/4" in row for row in rows(pilot)), "the library knows what was decided on the way"


async def test_words_that_stand_nowhere_are_said_not_to(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("/", *"[/x] zzz", "enter")
        await rest(pilot)
        assert "“[/x] zzz”" in rows(pilot)[1]
        page = "\n".join(rows(pilot))
        assert "These words stand in none of 3 letters." in page
        assert "/ looks for other words, q goes back." in page
        assert "Only the letters" not in page
        await pilot.press("enter")
        assert "stand in none of 3 letters" in line(pilot, "keys")


async def test_words_looked_for_under_a_filter_say_that_it_was_on(letters: Path, open_app: Open) -> None:
    async with open_app(letters, size=(80, 24)) as pilot:
        await pilot.press("f", *"year:2010 council:waveney ", "enter", "/")
        await rest(pilot)
        assert "findings and notes of 1 letter" in line(pilot, "question", 1)
        await pilot.press(*"zzz", "enter")
        await rest(pilot)
        page = " ".join("\n".join(rows(pilot)).replace("│", " ").split())
        assert (
            "Only the letters with year:2010 council:waveney were searched; q in the library shows all again." in page
        )


async def test_how_much_of_the_whole_is_seen_is_a_bar(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        assert "seen 0/12 ░░░░░░░░░░ 0%" in line(pilot, "status")
        await pilot.press("enter", "space", "space")
        await rest(pilot)
        await pilot.press("q")
        await rest(pilot)
        assert "seen 2/12 █░░░░░░░░░ 16%" in line(pilot, "status")


async def test_a_first_run_has_a_hint_that_goes_away_and_does_not_come_back(letters: Path, open_app: Open) -> None:
    async with open_app(letters, size=(80, 24)) as pilot:
        assert "New here? enter opens a letter, F1 has the keys. Nothing has to be saved." in line(pilot, "keys")
        await pilot.press("down")
        assert "New here" not in line(pilot, "keys")
        await pilot.press("enter")
        await rest(pilot)
    async with open_app(letters) as pilot:
        await pilot.press("q")
        await rest(pilot)
        assert "New here" not in line(pilot, "keys")


async def test_pasted_text_does_nothing_but_say_so(letters: Path, open_app: Open) -> None:
    from textual.events import Paste

    async with open_app(letters) as pilot:
        pilot.app.post_message(Paste("qq\nQQ"))
        await rest(pilot)
        assert "Pasted text does nothing here" in line(pilot, "keys")
        assert pilot.app.is_running


async def test_a_second_start_shows_the_same_and_reads_only_what_has_changed(
    letters: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "SETTLED", -1)
    read: list[str] = []
    seen_by = summarising.seen_by

    def counted(workspace: Workspace, key: str, reviewer: str) -> object:
        read.append(key)
        return seen_by(workspace, key, reviewer)

    monkeypatch.setattr(readings, "seen_by", counted)
    async with open_app(letters) as pilot:
        first = rows(pilot)
        await pilot.press("t", "v")
        await rest(pilot)
        heat = rows(pilot)
    assert sorted(read) == ["elmbury-2009", "elmbury-2010", "waveney-2010"]
    session = Session.open(Workspace(letters), "waveney-2010", "ab")
    session.do(SetSeen(session.review.findings[0].id, True))
    session.close()
    read.clear()
    async with open_app(letters) as pilot:
        assert read == ["waveney-2010"]
        assert "seen 0/12" in first[0]
        assert "seen 1/12" in rows(pilot)[0]
        assert [row for row in rows(pilot) if "Elmbury" in row] == [row for row in first if "Elmbury" in row]
        await pilot.press("t", "v")
        await rest(pilot)
        assert rows(pilot)[1:] == heat[1:]
    assert read == ["waveney-2010"]
