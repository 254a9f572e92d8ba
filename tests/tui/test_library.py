"""Rows of the library: what opening a letter would show."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len

from curation.operations import HandIn, SetSeen
from curation.session import Session
from curation.summarising import summarise
from curation.summary import Summary
from curation.workspace import Workspace
from tests.tui.conftest import Open, rest
from tests.tui.letters import line, rows
from tui.paint import GUTTER
from tui.paint_library import library_heading, paint_library
from tui.palette import category_styles
from tui.wording import when


def decided(folder: Path, reviewer: str) -> None:
    session = Session.open(Workspace(folder), "elmbury-2010", reviewer)
    session.do(SetSeen(session.review.findings[0].id, True))
    session.do(HandIn())
    session.close()


def test_a_row_is_the_reviewers_own_state_and_says_that_there_is_an_agreed_one(letters: Path) -> None:
    decided(letters, "cd")
    (letters / "curated").mkdir()
    agreed = (letters / "reviews/elmbury-2010/cd.toml").read_text(encoding="utf-8")
    (letters / "curated/elmbury-2010.toml").write_text(agreed.replace("handed-in", "agreed"), encoding="utf-8")
    workspace = Workspace(letters)
    ref = next(ref for ref in workspace.letters() if ref.key == "elmbury-2010")
    own, _ = summarise(workspace, ref.key, "cd")
    assert (own.seen, own.findings, own.state, own.reviewer) == (1, 6, "handed-in", "cd")
    new, _ = summarise(workspace, ref.key, "ab")
    assert (new.seen, new.findings, new.state, new.reviewer) == (0, 6, "agreed", "")
    nobody, _ = summarise(workspace, ref.key, "")
    assert (nobody.seen, nobody.state) == (1, "agreed")


@pytest.mark.parametrize("width", range(37, 200, 7))
def test_as_many_columns_as_there_is_room_for(width: int) -> None:
    row = Summary(
        "a", "A council of quite a long name", read=True, profile="unannounced-cra", state="handed-in", reviewer="ab",
        updated=dt.datetime(2026, 11, 20, 9, 14, tzinfo=dt.UTC),
    )  # fmt: skip
    styles = category_styles("unannounced-cra")
    text = paint_library([row], styles, width - GUTTER).rows[0].text
    heading = "".join(run.text for run in library_heading(styles, width))
    # The figures stay near the name, however wide it is.
    assert cell_len(text) == min(width, 124)
    assert cell_len(heading) == min(width, 124) + 2
    assert ("handed in" in text) == ("state" in heading)
    assert (when(row.updated) in text) == ("saved" in heading), "whole, the time too"
    assert "seen" in heading
    assert ("check" in heading) == (width >= 42)


async def test_rows_show_the_reviews_of_whoever_gave_a_name(letters: Path, open_app: Open) -> None:
    decided(letters, "cd")
    async with open_app(letters, "") as pilot:
        assert not any("handed in" in row for row in rows(pilot))
        await pilot.press("enter", "space", *["backspace"] * 32, "c", "d", "enter")
        await rest(pilot)
        await pilot.press("q")
        await rest(pilot)
        assert "cd" in line(pilot, "status")
        assert any("handed in" in row for row in rows(pilot))


async def test_an_empty_folder_says_what_is_read(tmp_path: Path, open_app: Open) -> None:
    folder = tmp_path / "empty"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    async with open_app(folder) as pilot:
        shown = "\n".join(rows(pilot))
        assert "text files (.txt, .md) and PDF are read" in shown
        assert "New here?" not in shown
        await pilot.press("enter")
        assert "no letter to open" in line(pilot, "keys")
