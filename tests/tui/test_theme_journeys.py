"""Themes in the review screen, by keys: learning in the session, a theme of one's own, a codebook that changes."""

from __future__ import annotations

from pathlib import Path

from curation.codebook import load
from curation.codebook.edits import ArchiveTheme, MergeTheme
from curation.operations import SetThemes
from curation.session import Session
from curation.workspace import Workspace
from tests.tui.conftest import Open, rest
from tests.tui.letters import line, review_screen, rows

OPEN = ("down", "enter")
SAME = "Written receipts are not sent to those who refer a child."


def _suggested(pilot: object, finding: str) -> list[str]:
    screen = review_screen(pilot)  # type: ignore[arg-type]  # a pilot
    return [hint.theme for hint in screen.advice[screen.side.key, finding].hints or ()]


async def test_what_is_accepted_and_refused_changes_the_next_suggestion_in_the_same_session(
    letters: Path, open_app: Open
) -> None:
    text = (letters / "elmbury-2010.txt").read_text(encoding="utf-8")
    again = "- Written receipts are still not sent to those who refer a child.\n"
    (letters / "elmbury-2010.txt").write_text(text.replace(f"- {SAME}\n", f"- {SAME}\n{again}"), encoding="utf-8")
    async with open_app(letters) as pilot:
        await pilot.press(*OPEN)
        await rest(pilot)
        screen = review_screen(pilot)
        first, second = screen.side.review.findings[-2:]
        before = _suggested(pilot, second.id)
        assert "leadership-resources" not in before
        await pilot.press(*"nnnnn", "t", *"leadership", "enter")
        await rest(pilot)
        assert screen.side.review.findings[-2].themes == ("leadership-resources",)
        after = _suggested(pilot, second.id)
        assert after[0] == "leadership-resources"
        await pilot.press("u")
        await rest(pilot)
        assert _suggested(pilot, second.id) == before
        # What is turned down for the one is no longer first for the other, which says nearly the same.
        await pilot.press("-")
        await rest(pilot)
        assert screen.side.review.find(first.id).refused == (before[0],)  # type: ignore[union-attr]  # it lives
        assert _suggested(pilot, second.id)[0] != before[0]


async def test_a_decision_in_one_letter_teaches_the_one_beside_it(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("enter", "o", "enter")
        await rest(pilot)
        screen = review_screen(pilot)
        first, second = screen.sides
        same = next(f for f in second.review.findings if f.text == first.review.findings[0].text)
        assert screen.side is second
        await pilot.press("tab", "t", *"leadership", "enter")
        await rest(pilot)
        hints = screen.advice[second.key, same.id].hints
        assert hints
        assert hints[0].theme == "leadership-resources"
        assert hints[0].because.startswith(f"like {first.key}#")


async def test_a_name_that_no_theme_has_offers_the_nearest_then_to_make_it(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press(*OPEN, "t", *"Case recrods")
        await rest(pilot)
        shown = "\n".join(rows(pilot))
        assert shown.index("Case recording and chronologies") < shown.index("make a new theme “Case recrods”")
        await pilot.press("escape", "t", *"Missing from home", *["pagedown"] * 3, "enter")
        await rest(pilot)
        shown = "\n".join(rows(pilot))
        assert "There is no such theme yet" in shown
        assert not (letters / "codebook.toml").exists()
        await pilot.press("escape")
        assert not (letters / "codebook.toml").exists()
        await pilot.press("t", *"Missing from home", *["pagedown"] * 3, "enter", *"make", "enter")
        await rest(pilot)
        assert review_screen(pilot).side.review.findings[0].themes == ("missing-from-home",)
        assert load(letters / "codebook.toml").themes["missing-from-home"].label == "Missing from home"
        assert "missing-from-home" in line(pilot, "info")


async def test_a_merge_by_a_colleague_is_seen_in_the_running_app(letters: Path, open_app: Open) -> None:
    session = Session.open(Workspace(letters), "elmbury-2010", "ab")
    session.do(SetThemes(session.review.findings[0].id, ("electronic-recording",)))
    session.close()
    async with open_app(letters) as pilot:
        await pilot.press(*OPEN)
        await rest(pilot)
        assert line(pilot, "info").startswith(" themes  electronic-recording ")
        slow = review_screen(pilot).side.review.findings[3].id
        assert "electronic-recording" in _suggested(pilot, slow)
        Workspace(letters).edit_codebook(MergeTheme("electronic-recording", "case-recording"), "cd")
        pilot.app._now_and_then()  # type: ignore[attr-defined]  # what the timer calls
        await rest(pilot)
        assert line(pilot, "info").startswith(" themes  case-recording ")
        assert "electronic-recording" not in _suggested(pilot, slow)
        assert "case-recording" in _suggested(pilot, slow)
        # The review itself still says what its reviewer wrote.
        assert review_screen(pilot).side.review.findings[0].themes == ("electronic-recording",)


async def test_the_picker_says_what_spoke_for_a_suggestion(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press(*OPEN)
        await rest(pilot)
        await pilot.press("t")
        await rest(pilot)
        assert 'suggested by "supervision"' in "\n".join(rows(pilot))
        await pilot.press("escape", "i", "end")
        await rest(pilot)
        shown = "\n".join(rows(pilot))
        assert "Why these themes are suggested" in shown
        assert '"supervision"' in shown


async def test_a_theme_that_is_not_offered_any_more_can_be_taken_away(letters: Path, open_app: Open) -> None:
    session = Session.open(Workspace(letters), "elmbury-2010", "ab")
    session.do(SetThemes(session.review.findings[0].id, ("supervision", "typed-freely")))
    session.close()
    Workspace(letters).edit_codebook(ArchiveTheme("supervision"), "cd")
    async with open_app(letters) as pilot:
        await pilot.press(*OPEN)
        await rest(pilot)
        await pilot.press("t", "enter")
        await rest(pilot)
        assert review_screen(pilot).side.review.findings[0].themes == ("typed-freely",)
        await pilot.press("t", "enter")
        await rest(pilot)
        assert review_screen(pilot).side.review.findings[0].themes == ()
