"""The screen of alike findings, and what a row of it shows."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from curation.entry import Entry
from tests.tui.conftest import Open, rest
from tests.tui.letters import line, review_screen, rows
from tui.paint import line_width
from tui.paint_alike import COMMON, Alike, Band, Beside, band, marked_lines, paint_alike
from tui.palette import TEXT, category_styles
from tui.screens.alike import AlikeScreen
from tui.screens.review import ReviewScreen

STYLES = category_styles("unannounced-cra")


def _one(score: float = 50, text: str = "Files lack chronologies.", same: bool = False) -> Beside:
    entry = Entry("2010/waveney", "Waveney", "f-1", "area_for_development", text, 2010)
    return Beside(Alike(entry, score, same), ((0, 5),), ((11, 23),))


def test_a_row_says_how_alike_whose_and_which_category_and_marks_what_is_in_common() -> None:
    sheet = paint_alike([_one()], STYLES, 60)
    assert sheet.rows[0].text == " 50 close    AD Waveney 2010  2010/waveney"
    assert [run.text for run in sheet.rows[1].body if run.ink == COMMON] == ["chronologies"]
    assert [(item.key, item.first, item.last) for item in sheet.items] == [("2010/waveney#f-1", 0, 2)]
    assert paint_alike([], STYLES, 60).rows[0].text == "nothing alike"


def test_that_one_of_the_two_says_no_is_said() -> None:
    one = replace(_one(), alike=replace(_one().alike, opposed=True))
    assert "only one says no" in paint_alike([one], STYLES, 60).rows[0].text


def test_bands() -> None:
    bands = [band(_one(score).alike) for score in (45, 44.9, 35, 34.9)]
    assert bands == [Band.CLOSE, Band.RELATED, Band.RELATED, Band.FAINT]
    assert band(_one(10, same=True).alike) is Band.SAME


@given(st.text(max_size=60), st.lists(st.integers(0, 60), max_size=6), st.integers(2, 40))
def test_marks_lose_no_character_and_keep_the_width(text: str, edges: list[int], width: int) -> None:
    edges = sorted({min(edge, len(text)) for edge in edges})
    spans = tuple(zip(edges[::2], edges[1::2], strict=False))
    lines = list(marked_lines(text, spans, TEXT, width))
    plain = list(marked_lines(text, (), TEXT, width))
    assert ["".join(run.text for run in one) for one in lines] == ["".join(run.text for run in one) for one in plain]
    assert all(line_width(one) <= width for one in lines)


def _keys(pilot: Pilot[str]) -> list[str]:
    screen = pilot.app.screen
    assert isinstance(screen, AlikeScreen)
    return [item.key for item in screen.list.sheet.items]


async def _press(pilot: Pilot[str], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await rest(pilot)


async def _to_alike(pilot: Pilot[str]) -> None:
    """To the alike findings of the last finding of the last letter: supervision that does not help."""
    await _press(pilot, "end", "enter", "end", "=")


async def test_enter_opens_it_beside_and_escape_goes_back(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await _to_alike(pilot)
        assert "Waveney Bridge says:" in line(pilot, "asked")
        first = _keys(pilot)[0]
        assert first.startswith("elmbury")
        await _press(pilot, "escape")
        assert len(review_screen(pilot).sides) == 1
        await _press(pilot, "=", "enter")
        screen = review_screen(pilot)
        assert screen.current is not None
        assert f"{screen.side.key}#{screen.current.id}" == first


async def test_it_opens_beside_where_only_one_pane_is_in_view(letters: Path, open_app: Open) -> None:
    async with open_app(letters, size=(80, 24)) as pilot:
        await _to_alike(pilot)
        await _press(pilot, "down", "enter")
        screen = review_screen(pilot)
        assert screen.current is not None
        assert screen.side is screen.sides[1]
        assert "themes" in line(pilot, "info")
        assert "none yet" in line(pilot, "info")


async def test_not_the_same_is_remembered_and_the_same_comes_first(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await _to_alike(pilot)
        before = _keys(pilot)
        await _press(pilot, "!")
        assert "not the same" in line(pilot, "keys")
        assert _keys(pilot) == before[1:]
        await _press(pilot, "end", "=")
        assert _keys(pilot) == [before[-1], *before[1:-1]]
        assert any("the same" in row for row in rows(pilot))
        await _press(pilot, "q")
        assert review_screen(pilot).advice[review_screen(pilot).side.key, _asked(pilot)].alike != ()
        assert before[0] not in _advised(pilot)
    judged = [json.loads(row) for row in (letters / "pairs" / "ab.jsonl").read_text().splitlines()]
    assert [one["same"] for one in judged] == [False, True]
    async with open_app(letters) as pilot:
        await _press(pilot, *["escape"] * isinstance(pilot.app.screen, ReviewScreen))
        await _to_alike(pilot)
        assert _keys(pilot) == [before[-1], *before[1:-1]]


def _asked(pilot: Pilot[str]) -> str:
    finding = review_screen(pilot).current
    assert finding is not None
    return finding.id


def _advised(pilot: Pilot[str]) -> set[str]:
    screen = review_screen(pilot)
    return {one.entry.ref for one in screen.advice[screen.side.key, _asked(pilot)].alike or ()}


async def test_what_was_said_here_is_taken_back_step_by_step(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await _to_alike(pilot)
        before = _keys(pilot)
        await _press(pilot, "!", "!", "u")
        assert _keys(pilot) == before[1:]
        await _press(pilot, "u")
        assert _keys(pilot) == before
        await _press(pilot, "u")
        assert "Nothing was said here" in line(pilot, "keys")


async def test_one_category_council_or_year_alone(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await _to_alike(pilot)
        before = _keys(pilot)
        await _press(pilot, "f", *"strengths", "enter")
        assert "Strengths" in rows(pilot)[5]
        narrowed = _keys(pilot)
        assert narrowed
        assert set(narrowed) < set(before)
        await _press(pilot, "f", "enter")
        assert _keys(pilot) == before
        await _press(pilot, "f", *"council elm", "enter")
        assert {key.partition("-")[0] for key in _keys(pilot)} == {"elmbury"}


async def test_a_name_is_asked_for_before_the_first_word(letters: Path, open_app: Open) -> None:
    async with open_app(letters, "") as pilot:
        await _to_alike(pilot)
        before = _keys(pilot)
        await _press(pilot, "!", "escape")
        assert "a decision needs a name" in line(pilot, "keys")
        assert not (letters / "pairs").exists()
        await _press(pilot, "!", *["backspace"] * 32, *"cd", "enter")
        assert _keys(pilot) == before[1:]
        assert (letters / "pairs" / "cd.jsonl").exists()


async def test_a_file_of_pairs_that_can_not_be_read_is_said(letters: Path, open_app: Open) -> None:
    (letters / "pairs" / "ab.jsonl").mkdir(parents=True)
    async with open_app(letters) as pilot:
        await _to_alike(pilot)
        assert "pairs/ab.jsonl can't be read: a folder stands in its place" in line(pilot, "keys")
        await _press(pilot, "escape")
        assert review_screen(pilot).current is not None
