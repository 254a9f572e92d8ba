"""The plain listing for where there is no terminal."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

from rich.cells import cell_len

from curation.workspace import Workspace
from tests.tui.letters import HOSTILE, letter
from tui.listing import listing, print_listing

ROOT = Path(__file__).parents[2]


def test_letters_stand_side_by_side_with_tags_and_counts(letters: Path) -> None:
    lines = list(listing(Workspace(letters), 100))
    assert any("Elmbury County Council · 3 Nov 2009" in x and "Elmbury County Council · 1 Dec 2010" in x for x in lines)
    assert any(" ST  " in x and " | " in x for x in lines)
    assert any("AREAS FOR PRIORITY ACTION (1)" in x for x in lines)
    assert lines[-1].startswith("3 letters, 12 findings,")
    assert max(map(cell_len, lines)) <= 100


def test_on_a_narrow_page_they_stand_one_under_the_other(letters: Path) -> None:
    lines = list(listing(Workspace(letters), 40))
    assert not any(" | " in x and "ST" in x for x in lines if "slow, and" not in x)
    assert max(map(cell_len, lines)) <= 40


def test_a_hostile_letter_acts_on_nothing_and_keeps_its_brackets(tmp_path: Path) -> None:
    (tmp_path / "hostile.txt").write_text(letter("Elmbury County Council", "1 May 2010", HOSTILE), encoding="utf-8")
    text = "\n".join(listing(Workspace(tmp_path), 90))
    assert "[sic] and [/x] and [bold]" in text
    acting = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn"}}
    assert acting == {"\n"}


def test_a_letter_that_cannot_be_read_is_said_and_the_others_are_listed(letters: Path) -> None:
    (letters / "a-broken.txt").write_bytes(b"\x00\x01\x02" * 50)
    lines = list(listing(Workspace(letters), 100))
    assert any("can't be read" in x for x in lines)
    assert lines[-1].startswith("3 letters")


def test_letters_given_by_path_are_listed_alone(letters: Path, capsys: object) -> None:
    assert print_listing([letters / "waveney-2010.txt"]) == 0


def test_recto_without_a_terminal_lists_and_ends_with_0(letters: Path) -> None:
    environ = {**os.environ, "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-m", "tui", str(letters)],
        cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Waveney Bridge Borough Council · 10 Jun 2010" in done.stdout
    assert not (letters / "reviews").exists()
