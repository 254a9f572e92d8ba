"""The queue of doubts through all letters, by keys alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import settings
from curation.journal import NotWritten
from curation.operations import SetNote, SettleDoubt
from curation.session import Session
from curation.summary import Summary
from curation.workspace import Workspace
from tests.tui.conftest import Open, rest
from tests.tui.letters import line, pane, review_screen, rows
from tui.actions import Place
from tui.queue import after, paint_queue, waiting

CODES = st.lists(st.sampled_from(["hyphen", "page-join", "odd-length"]), max_size=4).map(tuple)


@given(st.lists(CODES, max_size=5), st.sampled_from(["", "hyphen"]), st.booleans())
def test_the_queue_holds_each_open_doubt_once_in_order(checks: list[tuple[str, ...]], code: str, by_code: bool) -> None:
    letters = [Summary(str(n), str(n), checks=own, read=True) for n, own in enumerate(checks)]
    queue = waiting(letters, code=code, by_code=by_code)
    assert sorted(queue) == sorted(
        (str(n), place, own) for n, codes in enumerate(checks) for place, own in enumerate(codes) if code in ("", own)
    )
    of_one = [[one for one in queue if one.code == code] for code in dict.fromkeys(one.code for one in queue)]
    for group in of_one:
        assert group == sorted(group), "each kind in the order of the letters and of the text"
    if by_code:
        assert [one for group in of_one for one in group] == list(queue)
        assert [len(group) for group in of_one] == sorted(map(len, of_one), reverse=True)
    sheet = paint_queue(queue, {letter.key: letter for letter in letters}, 40)
    assert len(sheet.rows) == len(sheet.items) == len(queue)


@given(st.lists(CODES, min_size=1, max_size=5), st.booleans(), st.data())
def test_what_follows_a_settled_doubt_is_the_one_below_it(
    checks: list[tuple[str, ...]], by_code: bool, data: st.DataObject
) -> None:
    letters = [Summary(str(n), str(n), checks=own, read=True) for n, own in enumerate(checks)]
    queue = waiting(letters, by_code=by_code)
    if not queue:
        return
    place = data.draw(st.integers(0, len(queue) - 1))
    gone, follows = queue[place], after(queue, place)
    if len(queue) == 1:
        assert follows is None
        return
    left = [[(code, number) for number, code in enumerate(own)] for own in checks]
    del left[int(gone.letter)][gone.number]
    beside = queue[place + 1] if place + 1 < len(queue) else queue[place - 1]
    assert follows is not None
    assert (follows.letter, left[int(follows.letter)][follows.number]) == (beside.letter, (beside.code, beside.number))


async def test_settling_one_goes_to_the_next_in_the_order_that_is_shown(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("d", "o")
        await rest(pilot)
        screen, settled = pane(pilot, "queue"), []
        await pilot.press("home", "down")
        while len(shown := [row.text for row in screen.sheet.rows]) > 1:
            at = screen.cursor
            follows = shown[at + 1] if at + 1 < len(shown) else shown[at - 1]
            settled.append(shown[at].split()[0])
            await pilot.press("space")
            await rest(pilot)
            # Which of its letter's it is has changed, the kind and the letter have not.
            row = screen.sheet.rows[screen.cursor].text
            assert row.split()[0] == follows.split()[0]
            assert row.split()[-1] == follows.split()[-1]
        assert len(set(settled)) > 1


async def test_settling_one_goes_to_the_next_and_what_is_left_is_always_shown(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("d")
        await rest(pilot)
        left = len(pane(pilot, "queue").sheet.items)
        assert left >= 3
        assert f"{left} left in 3 letters" in line(pilot, "status")
        codes = [row.text.split()[0] for row in pane(pilot, "queue").sheet.rows]
        first = line(pilot, "info")
        await pilot.press("space")
        await rest(pilot)
        assert f"{left - 1} left in 2 letters" in line(pilot, "status")
        assert f"{codes[0]} settled as right" in line(pilot, "keys")
        assert [row.text.split()[0] for row in pane(pilot, "queue").sheet.rows] == codes[1:]
        await pilot.press("w", "u")
        await rest(pilot)
        assert "Back in the queue" in line(pilot, "keys")
        await pilot.press("u")
        await rest(pilot)
        assert f"{left} left" in line(pilot, "status")
        assert line(pilot, "info") == first
        await pilot.press("u")
        assert "nothing was decided here yet" in line(pilot, "keys")
        for _ in range(left):
            await pilot.press("space")
        assert "0 left in 0 letters" in line(pilot, "status")
        await pilot.press("space")
        assert "Nothing is left to check" in line(pilot, "keys")
        await pilot.press("q")
        await rest(pilot)
        assert "to check 0" in line(pilot, "status")
    assert (letters / "reviews/elmbury-2010/ab.toml").read_text().count("settled") >= 1


async def test_the_text_around_the_place_is_shown_with_the_place_marked(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("d", "f", *"page", "enter")
        await rest(pilot)
        assert "page-join · by letter" in rows(pilot)[1]
        assert "1 left in 1 letter" in line(pilot, "status")
        assert '"slow, and" + "work has"' in line(pilot, "info")
        place = pane(pilot, "place")
        text = "\n".join(rows(pilot))
        assert "The recording system is slow, and" in text
        assert place.item is not None
        assert place.item.key == next(
            f.id for f in Workspace(letters).review("elmbury-2010").findings if len(f.spans) > 1
        )
        await pilot.press("f", "enter", "o")
        await rest(pilot)
        assert "by code" in rows(pilot)[1]


async def test_mending_is_done_in_the_letter_and_back_in_the_queue_it_is_gone(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("d", "f", *"page", "enter", "s")
        await rest(pilot)
        screen = review_screen(pilot)
        assert screen.place is Place.SPLIT
        assert "+│work has been lost" in "\n".join(rows(pilot))
        await pilot.press("enter", "q")
        await rest(pilot)
        assert "0 left" in line(pilot, "status")
        await pilot.press("f", "enter", "enter")
        await rest(pilot)
        assert review_screen(pilot).side.key == "elmbury-2009"


async def test_a_name_is_asked_for_at_the_first_settling(letters: Path, open_app: Open) -> None:
    async with open_app(letters, "") as pilot:
        await pilot.press("d", "space", "escape")
        assert "needs a name" in line(pilot, "keys")
        assert not (letters / "reviews").exists()
        await pilot.press("space", *["backspace"] * 32, *"cd", "enter")
        await rest(pilot)
        assert "settled as right" in line(pilot, "keys")
        assert settings.reviewer() == "cd"


async def test_what_somebody_else_did_meanwhile_is_taken_in(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        other = Session.open(Workspace(letters), "elmbury-2009", "ab")
        for doubt in other.letter.doubts:
            other.do(SettleDoubt(doubt.key, "right"))
        other.close()
        await pilot.press("d")
        await rest(pilot)
        assert "elmbury-2009" not in "\n".join(row.text for row in pane(pilot, "queue").sheet.rows)


async def test_undo_takes_back_what_was_settled_here_and_not_what_was_done_elsewhere_since(
    letters: Path, open_app: Open
) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("d", "space")
        other = Session.open(Workspace(letters), "elmbury-2009", "ab")
        other.do(SetNote(other.review.findings[0].id, "later"))
        await pilot.press("u")
        await rest(pilot)
        assert "Back in the queue" in line(pilot, "keys")
    review = Workspace(letters).review("elmbury-2009", "ab")
    assert (review.findings[0].note, dict(review.doubts)) == ("later", {})


async def test_two_that_were_settled_in_one_letter_are_both_taken_back(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("d")
        await rest(pilot)
        while " of 2 " not in pane(pilot, "queue").sheet.rows[0].text:
            await pilot.press("space")
            await rest(pilot)
        before = [row.text for row in pane(pilot, "queue").sheet.rows]
        await pilot.press("space", "w")
        await rest(pilot)
        assert len(pane(pilot, "queue").sheet.rows) == len(before) - 2
        await pilot.press("u", "u")
        await rest(pilot)
        assert [row.text for row in pane(pilot, "queue").sheet.rows] == before


async def test_a_decision_that_cannot_be_kept_is_said_and_stays_in_the_queue(
    letters: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise NotWritten("the disk is full")

    async with open_app(letters) as pilot:
        await pilot.press("d")
        await rest(pilot)
        before = line(pilot, "status")
        monkeypatch.setattr(Session, "do", full)
        await pilot.press("space")
        assert "the disk is full" in line(pilot, "keys")
        assert line(pilot, "status") == before


async def test_words_are_found_in_the_queue(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("d", "/", *"waveney", "enter")
        await rest(pilot)
        item = pane(pilot, "queue").item
        assert item is not None
        assert item.key.startswith("waveney-2010#")
        assert "Waveney" in pane(pilot, "place").title.name
        await pilot.press("/", *"zzz", "enter")
        await rest(pilot)
        assert "Not in this list" in line(pilot, "keys")


async def test_only_the_letters_that_the_library_shows_are_in_the_queue(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("f", *"wav", "enter", "d")
        await rest(pilot)
        assert "in 1 letter" in line(pilot, "status")
        assert "with wav" in line(pilot, "status")


def test_a_row_that_is_narrow_is_cut_with_a_sign() -> None:
    letter = replace(Summary("k", "A long name of a council"), checks=("page-join",))
    (row,) = paint_queue(waiting([letter]), {"k": letter}, 20).rows
    assert row.text.endswith("…")


async def test_a_review_that_cannot_be_begun_is_said_and_the_queue_stays(
    letters: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(letters, reviewer="") as pilot:
        await pilot.press("d", "space")
        await rest(pilot)

        def denied(*_: object) -> None:
            raise OSError("reviews: permission denied")

        monkeypatch.setattr(Session, "open", denied)
        await pilot.press(*["backspace"] * 40, "a", "b", "enter")
        await rest(pilot)
        assert "reviews: permission denied" in line(pilot, "keys")
        assert pane(pilot, "queue").item is not None
