"""The follow-up by keys, and as a command."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from curation.operations import SetFollowup, SetLetterNote
from curation.review import Followup
from curation.session import Session
from curation.workspace import Workspace
from tests.tui.conftest import Open, rest
from tests.tui.letters import app_of, line, review_screen, rows, said
from tui.__main__ import main
from tui.screens.followup import LOOK_EVERY, FollowupScreen
from tui.shelf import Shelf

SAMPLES = Path(__file__).parents[2] / "sample_letters"


@pytest.fixture
def eastmarch(tmp_path: Path) -> Path:
    """Two letters of one council, the later of which speaks of the earlier, and one of another council."""
    folder = tmp_path / "letters"
    folder.mkdir()
    for name in ("eastmarch-2010", "eastmarch-2011", "northby-2010"):
        shutil.copy(SAMPLES / f"{name}.txt", folder)
    return folder


async def test_where_there_is_no_room_a_line_is_cut_with_a_sign(eastmarch: Path, open_app: Open) -> None:
    async with open_app(eastmarch, size=(50, 24)) as pilot:
        await pilot.press("down", "enter", "b")
        await rest(pilot)
        verdicts = [row for row in rows(pilot) if "no verdict yet" in row]
        assert verdicts
        assert all("…" in row for row in verdicts if " of " not in row)


async def test_an_earlier_letter_that_is_not_read_yet_is_waited_for(eastmarch: Path, open_app: Open) -> None:
    async with open_app(eastmarch, start=("eastmarch-2011",)) as pilot:
        context = app_of(pilot).context
        known, context.shelf = context.shelf.rows.values(), Shelf()
        await pilot.press("b")
        await pilot.pause(3 * LOOK_EVERY)
        assert "not in this folder" not in said(pilot)
        assert "reading the earlier letters" in "\n".join(rows(pilot))
        assert "no earlier letter" not in "\n".join(rows(pilot))
        await pilot.press("2")
        assert "still being read" in line(pilot, "keys")
        context.shelf.keep(known)
        await rest(pilot)
        assert "of 7 areas have a verdict" in "\n".join(rows(pilot))


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_verdicts_are_given_by_digit_kept_and_taken_back(
    eastmarch: Path, open_app: Open, size: tuple[int, int]
) -> None:
    async with open_app(eastmarch, size=size) as pilot:
        await pilot.press("down", "enter", "b")
        await rest(pilot)
        shown = "\n".join(rows(pilot))
        assert "Eastmarch · 0 of 7 areas have a verdict" in shown
        assert "Eastmarch County Council · 12 Mar 2010 (2010-02)" in shown
        assert "then  AD The three area teams do not apply the same thresholds." in shown
        assert "now   ST A single threshold document" in shown
        assert "1 addressed  2 partly  3 persists  4 not mentioned" in line(pilot, "verdicts")
        assert not (eastmarch / "reviews").exists()
        await pilot.press("1", "right", "2", "4", "9")
        await rest(pilot)
        assert "There is no verdict 9" in line(pilot, "keys")
        assert "3 of 7 areas have a verdict" in "\n".join(rows(pilot))
        assert "undo 3" in line(pilot, "status")
        await pilot.press("u")
        await rest(pilot)
        assert "2 of 7 areas have a verdict" in "\n".join(rows(pilot))
        await pilot.press("q")
        await rest(pilot)
        review = review_screen(pilot).side.review
        areas = [f.id for f in Workspace(eastmarch).read("eastmarch-2010").findings if f.category.startswith("area")]
        first, second = (review.followups[f"eastmarch-2010#{area}"] for area in areas[:2])
        nearest = next(f for f in review.findings if f.text.startswith("A single threshold document"))
        assert first == Followup("addressed", nearest.id)
        assert second.verdict == "partly"
        assert len(review.followups) == 2
        assert "undo 2" in line(pilot, "status")


async def test_undo_takes_the_verdict_back_and_not_what_another_terminal_did_since(
    eastmarch: Path, open_app: Open
) -> None:
    async with open_app(eastmarch) as pilot:
        await pilot.press("down", "enter", "b")
        await rest(pilot)
        await pilot.press("1")
        key = next(iter(Workspace(eastmarch).keys_with_reviews()))
        Session.open(Workspace(eastmarch), key, "ab").do(SetLetterNote("there"))
        await pilot.press("u")
        await rest(pilot)
        assert "0 of 7 areas have a verdict" in "\n".join(rows(pilot))
    review = Workspace(eastmarch).review(key, "ab")
    assert (review.note, dict(review.followups)) == ("there", {})


async def test_from_an_area_to_the_finding_of_now_and_to_the_earlier_letter(eastmarch: Path, open_app: Open) -> None:
    async with open_app(eastmarch) as pilot:
        await pilot.press("down", "enter", "b")
        await rest(pilot)
        await pilot.press("enter")
        await rest(pilot)
        screen = review_screen(pilot)
        assert screen.current
        assert screen.current.text.startswith("A single threshold document")
        await pilot.press("b")
        await rest(pilot)
        await pilot.press("down", "o")
        await rest(pilot)
        assert [side.key for side in screen.sides] == ["eastmarch-2011", "eastmarch-2010"]
        assert screen.current.text.startswith("Too many core assessments")


async def test_a_letter_that_speaks_of_none_says_so(eastmarch: Path, open_app: Open) -> None:
    (eastmarch / "eastmarch-2010.txt").unlink()
    async with open_app(eastmarch) as pilot:
        await pilot.press("enter", "b")
        await rest(pilot)
        assert "The earlier letter that this one speaks of is not in this folder." in line(pilot, "keys")
        await pilot.press("1", "u", "right", "enter", "o", "q", "q")
        await rest(pilot)
        await pilot.press("down", "enter", "b")
        await rest(pilot)
        assert isinstance(pilot.app.screen, FollowupScreen)
        assert "speaks of no earlier inspection" in line(pilot, "keys")


async def test_a_verdict_needs_a_name(eastmarch: Path, open_app: Open) -> None:
    async with open_app(eastmarch, "") as pilot:
        await pilot.press("down", "enter", "b")
        await rest(pilot)
        await pilot.press("3")
        await rest(pilot)
        assert "Who reviews?" in "\n".join(rows(pilot))
        await pilot.press(*["backspace"] * 32, "c", "d", "enter")
        await rest(pilot)
        assert "1 of 7 areas have a verdict" in "\n".join(rows(pilot))
    assert len(Workspace(eastmarch).review("eastmarch-2011", "cd").followups) == 1


def test_the_command_prints_each_area_and_a_line_for_each_authority(
    eastmarch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["followup", str(eastmarch), "--format", "jsonl", "--reviewer", "ab"]) == 0
    lines = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert len(lines) == 7
    assert {row["letter"] for row in lines} == {"eastmarch-2011"}
    first = lines[0]
    assert (first["month"], first["exact"], first["verdict"]) == ("2010-02", True, "")
    assert first["nearest"][0]["text"].startswith("A single threshold document")
    session = Session.open(Workspace(eastmarch), "eastmarch-2011", "ab")
    session.do(SetFollowup(first["earlier"], "addressed", first["nearest"][0]["finding"]))
    session.close()
    assert main(["followup", str(eastmarch), "--reviewer", "ab"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "eastmarch-2011  speaks of 2010-02: eastmarch-2010"
    assert shown[1].endswith("addressed")
    assert shown[-2].split() == "authority areas addressed partly persists not-mentioned no verdict".split()
    assert shown[-1].split() == ["Eastmarch", "7", "1", "·", "·", "·", "6"]
    assert main(["followup", str(eastmarch), "--format", "csv", "--reviewer", "ab"]) == 0
    table = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["verdict"] for row in table] == ["addressed", *[""] * 6]
    assert table[0]["area"].startswith("The three area teams")


def test_a_folder_without_earlier_letters_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(SAMPLES / "northby-2010.txt", tmp_path)
    assert main(["followup", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "no letter speaks of an earlier one that is here\n"
