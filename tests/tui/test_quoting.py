"""A finding on its way out of the app: one safe line with its source."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from curation import settings
from curation.operations import Refused
from curation.preferences import config_path
from curation.workspace import Workspace
from tests.tui.conftest import Open
from tests.tui.letters import HOSTILE, app_of, letter, line, said
from tui.palette import category_styles, unknown_category
from tui.quoting import quotation


def set_clipboard(value: str) -> None:
    config_path().parent.mkdir(parents=True, exist_ok=True)
    config_path().write_text(f"clipboard = {value}\n", encoding="utf-8")


def test_a_quotation_names_council_date_category_file_and_line(letters: Path) -> None:
    review = Workspace(letters).review("elmbury-2010")
    style = category_styles(review.source.profile)["area_for_development"]
    number = 1 + review.text[: review.text.index("The recording")].count("\n")
    assert quotation(review, review.findings[3], style) == (
        '"The recording system is slow, and work has been lost because of it." '
        f"(Elmbury County Council, 1 Dec 2010, areas for development; elmbury-2010.txt, line {number})"
    )


def test_nothing_in_it_acts_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(letter("Elm\x1b[2Jbury County Council", "1 May 2010", HOSTILE), encoding="utf-8")
    review = Workspace(tmp_path).review("a")
    for finding in review.findings:
        words = quotation(review, finding, unknown_category("\x1b]0;x\x07"))
        assert words.isprintable()
        assert "\u202e" not in words


def test_the_setting_is_one_of_two_and_a_wrong_one_is_named() -> None:
    assert settings.clipboard() == "print"
    set_clipboard('"osc52"')
    assert settings.clipboard() == "osc52"
    set_clipboard("52")
    with pytest.raises(Refused, match=r"settings.toml: clipboard is 52; it is one of print, osc52"):
        settings.clipboard()
    set_clipboard("[")
    with pytest.raises(Refused, match="mend it"):
        settings.clipboard()


async def test_it_is_sent_to_the_terminal_where_that_was_switched_on(
    letters: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clipboard('"osc52"')
    async with open_app(letters) as pilot:
        sent: list[str] = []
        driver = app_of(pilot)._driver
        assert driver is not None
        monkeypatch.setattr(driver, "write", sent.append)
        await pilot.press("down", "enter", "y")
        assert "Sent to the terminal's clipboard" in line(pilot, "keys")
        (code,) = (text for text in sent if text.startswith("\x1b]52;c;"))
        copied = base64.b64decode(code.removeprefix("\x1b]52;c;").removesuffix("\x07")).decode()
        assert copied.startswith('"Supervision is regular')
        set_clipboard("true")
        await pilot.press("y")
        assert "it is one of print, osc52" in said(pilot)


async def test_where_the_app_cannot_be_left_that_is_said(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("down", "enter", "y")
        assert "nothing was copied" in line(pilot, "keys")
