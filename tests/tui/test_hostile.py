"""A letter that tries to act: shown as it is on every screen, and nothing of it reaches the terminal."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from textual.pilot import Pilot

from tests.tui.conftest import Open, rest
from tests.tui.letters import HOSTILE, letter, review_screen, rows

ACTING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
NAME = "hostile [bold] \x1b[2J \u202e.txt"


def check_screen(pilot: Pilot[str]) -> str:
    painted = rows(pilot)
    assert not {c for row in painted for c in row if unicodedata.category(c) in ACTING}
    return "\n".join(painted)


async def test_every_screen_shows_brackets_and_controls_and_nothing_acts(tmp_path: Path, open_app: Open) -> None:
    folder = tmp_path / "let[sic]ters [bold]"
    folder.mkdir()
    for name, council in ((NAME, "Elm[/]bury [b]Council"), ("second.txt", "Oak[/]ton [b]Council")):
        (folder / name).write_text(letter(council, "1 May 2010", HOSTILE), encoding="utf-8")
    async with open_app(folder) as pilot:
        assert "let[sic]ters [bold]" in check_screen(pilot)
        await pilot.press("enter")
        await rest(pilot)
        text = check_screen(pilot)
        assert "[sic] and [/x] and [bold]," in text
        assert "\u241b[2J" in text
        assert "\u00b7gnp.exe" in text
        assert "[@click=app.quit]here[/]" in text
        await pilot.press("enter")
        check_screen(pilot)
        await pilot.press("s")
        check_screen(pilot)
        await pilot.press("enter", "m", "e", *"[/x] [bold]", "enter")
        assert "note: [/x] [bold]" in check_screen(pilot)
        for keys in (("i",), ("t",), ("=",), ("o",), ("f1",), (":",), ("x", "enter", "X")):
            await pilot.press(*keys)
            await rest(pilot)
            check_screen(pilot)
            await pilot.press("escape")
        await pilot.press("=")
        await rest(pilot)
        assert "[@click=app.quit]here[/]" in check_screen(pilot)
        await pilot.press("f")
        await rest(pilot)
        check_screen(pilot)
        await pilot.press("escape", "escape")
        await pilot.press("o", "enter")
        await rest(pilot)
        assert "[sic]" in check_screen(pilot)
        await pilot.press("v", "v", "v")
        check_screen(pilot)
        screen = review_screen(pilot)
        await pilot.press("tab", "home", "enter")
        check_screen(pilot)
        await pilot.press("escape", "q")
        assert "let[sic]ters [bold]" in check_screen(pilot)
        assert screen.side.review.findings
        await pilot.press("=")
        await rest(pilot)
        await pilot.press("down")
        text = check_screen(pilot)
        assert "2 councils" in text
        assert "[@click=app.quit]here[/]" in text
