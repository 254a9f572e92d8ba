"""What `recto doctor` says of a terminal."""

from __future__ import annotations

import pytest

from tui.terminal_report import Surroundings, here, remarks

ALL = frozenset({"input", "output", "errors"})
GOOD = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "en_GB.UTF-8"}


def told(environ: dict[str, str], *, encoding: str = "utf-8", size: tuple[int, int] = (120, 40)) -> dict[str, str]:
    found = remarks(Surroundings(environ, ALL, encoding, size))
    told: dict[str, str] = {}
    for remark in found:
        line = f"{remark.state} | {remark.remedy}"
        told[remark.what] = f"{told[remark.what]}; {line}" if remark.what in told else line
    return told


def test_a_good_terminal_has_nothing_to_mend() -> None:
    found = told(GOOD)
    for what in ("TERM", "size", "encoding", "colours", "italics"):
        assert found[what].endswith("| "), found[what]
    assert found["colours"].startswith("16 million")
    assert "two panes side by side" in found["size"]


@pytest.mark.parametrize(
    ("environ", "what", "words"),
    [
        ({"TERM": "dumb"}, "TERM", "xterm-256color"),
        ({}, "TERM", "not set"),
        ({"TERM": "xterm"}, "colours", "16 | enough"),
        ({"TERM": "xterm-256color"}, "colours", "256"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "colours", "none (NO_COLOR)"),
        ({"TERM": "linux"}, "italics", "underlined instead"),
        ({"TERM": "linux"}, "drawing", "--ascii"),
        ({"TERM": "linux"}, "clipboard", "no OSC 52"),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x"}, "tmux", "escape-time"),
        ({"TERM": "xterm", "TMUX": "/tmp/x"}, "inside", "tmux, but TERM is xterm"),
        ({"TERM": "screen", "STY": "1.x"}, "screen", "defutf8 on"),
        ({"TERM": "xterm", "LANG": "C"}, "encoding", "--ascii"),
        ({"TERM": "xterm", "SSH_CONNECTION": "a b"}, "line", "ssh -C"),
        (GOOD, "PuTTY", "Remote character set: UTF-8"),
    ],
)
def test_what_is_not_as_it_should_be_has_its_remedy(environ: dict[str, str], what: str, words: str) -> None:
    assert words in told(environ)[what]


def test_other_encodings_and_small_windows_are_said() -> None:
    assert "PYTHONIOENCODING" in told(GOOD, encoding="latin-1")["encoding"]
    assert "Recto needs 40x12" in told(GOOD, size=(39, 30))["size"]
    assert "80x24 shows all" in told(GOOD, size=(60, 20))["size"]
    assert "stty" in told(GOOD, size=(0, 0))["size"]


def test_without_a_terminal_that_alone_is_said() -> None:
    (one,) = remarks(Surroundings(GOOD, frozenset({"output"}), "utf-8", (0, 0)))
    assert one.state == "errors and input: no terminal"
    assert here().environ
