"""What reaches a screen: the same length, and nothing that acts."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from parsers.display import visible, visible_lines


@given(st.text(alphabet=st.characters(), max_size=60))
def test_length_is_kept_and_nothing_acts(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for char in shown)
    assert visible(shown) == shown


def test_each_kind_is_seen() -> None:
    assert (
        visible("\x1b[2J\x7f\x9b\u202e\u200b\ue000\ud800\ufe0f")
        == "\u241b[2J\u2421\ufffd\u00b7\u00b7\ufffd\ufffd\u00b7"
    )
    assert visible("a\tb\u00a0c") == "a b c"
    assert visible("[sic] [/x] é \u4e2d") == "[sic] [/x] é \u4e2d"


def test_lines_stay_lines() -> None:
    assert visible_lines("a\nb\x1b") == "a\nb\u241b"
    assert visible("a\nb") == "a\u240ab"
