"""Reports and complaints: whole lines in a pipe, and on a terminal cut at words."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.tui.terminal import ROOT, Terminal
from tui.commands.parsing import whole_parser

PATH = "/gone/far/away/and/deep/down/in/a/folder/of/quite/a/long-name/letter.txt"
WORDS = f"{PATH}: there is no such file; look whether its folder is there, and whether you may read it"
CALLS = {"report": f"      -> {WORDS}", "complain": f"recto: {WORDS}"}


@pytest.mark.parametrize("call", CALLS)
def test_a_terminal_cuts_no_word_and_a_pipe_gets_one_line(call: str) -> None:
    given = CALLS[call].removeprefix("recto: ")
    command = [sys.executable, "-c", f"from tui.output import {call}; {call}({given!r})"]
    environ = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    piped = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, check=True)
    assert piped.stdout + piped.stderr == f"{CALLS[call]}\n"
    terminal = Terminal(command, environ, 60, 24)
    try:
        assert terminal.ended() == 0
        lines = terminal.output.decode().splitlines()
    finally:
        terminal.close()
    assert " ".join(" ".join(lines).split()) == CALLS[call].strip()
    assert len(lines) > 2
    assert all(len(line) <= 60 or PATH in line for line in lines)
    assert all(line.startswith({"report": " " * 9, "complain": "  "}[call]) for line in lines[1:])


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_help_is_broken_between_words_and_an_example_keeps_its_line(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = whole_parser().format_help()
    about = shown.partition("\n\n")[2].partition("options:")[0]
    assert max(map(len, about.splitlines())) in range(columns - 20, columns)
    assert "mis-segmented bullets mended" in " ".join(about.split())
    assert "\n  recto parse letters/ --format jsonl  parsed, one a line\n" in shown
    assert all(len(line) <= columns for line in shown.splitlines())
