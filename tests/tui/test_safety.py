"""What stands between the letters and the terminal."""

from __future__ import annotations

import stat
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.color import Color

from tui import crash
from tui.safety import ControlFilter

SECRET = "a child's name"


@given(st.text())
def test_nothing_that_acts_gets_through_the_net(text: str) -> None:
    (segment,) = ControlFilter().apply([Segment(text)], Color(0, 0, 0))
    assert not [c for c in segment.text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}]


def test_a_crash_report_holds_no_word_of_the_letter_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    def fail(words: str) -> None:
        raise ValueError(words)

    with pytest.raises(ValueError, match=SECRET) as caught:
        fail(SECRET)
    path = crash.write_report(caught.value, tmp_path / "state")
    words = crash.words(caught.value, path)
    assert path is not None
    text = path.read_text(encoding="utf-8")
    assert "test_safety.py" in text
    assert " fail\n" in text
    assert SECRET not in text
    assert SECRET not in words
    assert str(path) in words
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_report_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    error = ValueError(SECRET)
    assert crash.write_report(error, tmp_path / "file") is None
    assert "could not be written" in crash.words(error, None)
