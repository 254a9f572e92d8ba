"""The terminal that pictures and tests look at: what it shows of the bytes, and that nothing is passed over."""

from __future__ import annotations

import pytest

from tests.tui.emulator import Cell, Emulator, Look


def test_text_stands_where_it_is_put_and_looks_as_it_was_told() -> None:
    screen = Emulator(10, 3)
    screen.feed(b"\x1b[2;3Hab\x1b[1;31mc\x1b[0md\x1b[38;5;200;48;2;1;2;3me\x1b[m")
    assert screen.lines() == [" " * 10, "  abcde   ", " " * 10]
    assert screen.cells[1][4] == Cell("c", Look(ink=1, bold=True))
    assert screen.cells[1][5].look == Look()
    assert screen.cells[1][6].look == Look(ink=200, paper=(1, 2, 3))
    assert screen.cursor == (7, 1)


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_sequence_or_a_character_may_come_in_two_parts(cut: int) -> None:
    sent = "\x1b[7m…\x1b[27mx\x1b[?25l".encode()
    whole, parts = Emulator(4, 1), Emulator(4, 1)
    whole.feed(sent)
    parts.feed(sent[:cut])
    parts.feed(sent[cut:])
    assert parts.cells == whole.cells
    assert not parts.cursor_shown
    assert whole.cells[0][0] == Cell("…", Look(reverse=True))


def test_wide_and_combining_characters_keep_their_places() -> None:
    screen = Emulator(6, 1)
    screen.feed("中e\u0301x".encode())
    assert [cell.char for cell in screen.cells[0]] == ["中", "", "e\u0301", "x", " ", " "]


def test_a_full_line_goes_on_below_and_the_last_one_scrolls() -> None:
    screen = Emulator(3, 2)
    screen.feed(b"abcd\r\nef")
    assert screen.lines() == ["d  ", "ef "]
    screen.resize(2, 3)
    assert screen.lines() == ["d ", "ef", "  "]


@pytest.mark.parametrize("sent", [b"\x1b[5~", b"\x1b[31;999m", b"\x07", b"\x1bZ"])
def test_what_is_not_known_is_an_error(sent: bytes) -> None:
    with pytest.raises(ValueError, match="not known"):
        Emulator(4, 1).feed(sent)
