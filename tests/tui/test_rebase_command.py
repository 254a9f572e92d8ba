"""`recto rebase`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from curation import store
from curation.workspace import Workspace
from tui.__main__ import main

LETTER = """Eastmarch County Council

Strengths

- Supervision is regular. Staff say that it helps them in their work with families.
- Thresholds are understood by all \x1b[2J partner agencies, who say so themselves.

Areas for development

- The recording system is slow, and work has been lost when it failed.
"""


class Ran:
    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "my letters"
    (root / "2010").mkdir(parents=True)
    (root / "recto.toml").write_text("")
    for name in ("eastmarch", "saltwick"):
        (root / "2010" / f"{name}.txt").write_text(LETTER)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def recto(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    def run(*arguments: str, given: str = "") -> Ran:
        if given:
            (folder.parent / "given.jsonl").write_text(given)
            arguments = (*arguments, str(folder.parent / "given.jsonl"))
        try:
            status = main(arguments)
        except SystemExit as error:
            status = int(error.code or 0)
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    for letter in ("eastmarch", "saltwick"):
        ids = [f.id for f in Workspace(folder).review(f"2010/{letter}").findings]
        lines = "".join(json.dumps({"op": "set-seen", "finding": name, "seen": True}) + "\n" for name in ids)
        assert run("apply", letter, "--reviewer", "ab", given=lines).status == 0
    return run


def _change(folder: Path, old: str, new: str) -> None:
    (folder / "2010" / "eastmarch.txt").write_text(LETTER.replace(old, new))


def test_a_workspace_whose_letters_did_not_change_needs_nothing(recto: Any) -> None:
    ran = recto("rebase", "--reviewer", "ab")
    assert (ran.status, ran.out) == (0, "2 reviews looked at, 0 put on their letters\n")


def test_a_dry_run_says_what_there_is_to_do_and_writes_nothing(folder: Path, recto: Any) -> None:
    _change(folder, "Eastmarch County", "A new line.\n\nEastmarch County")
    before = {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    ran = recto("rebase", "--reviewer", "ab", "--dry-run")
    assert ran.status == 3
    assert "2010/eastmarch changed, review of ab: 3 findings placed" in ran.out
    assert "2 reviews looked at, 1 would be put on their letters" in ran.out
    assert {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()} == before


def test_it_says_what_became_of_each_finding_and_a_second_time_there_is_nothing_to_do(folder: Path, recto: Any) -> None:
    changed = LETTER.replace("Supervision is regular", "Supervision is regulir")
    changed = changed.replace("- The recording system is slow, and work has been lost when it failed.\n", "")
    (folder / "2010" / "eastmarch.txt").write_text(changed)
    ran = recto("rebase", "--reviewer", "ab")
    assert ran.status == 0
    assert "2 findings placed, 1 with changed words; 1 couldn't be placed" in ran.out
    assert "words changed  f-" in ran.out
    assert "now  Supervision is regulir." in ran.out
    assert "no place       f-" in ran.out
    assert "0 put on their letters" in recto("rebase", "--reviewer", "ab").out
    shown = recto("show", "eastmarch", "--reviewer", "ab").out
    assert "COULDN'T BE PLACED (1)" in shown
    assert "(nothing like it" in shown


def test_for_programs_it_is_one_line_a_review(folder: Path, recto: Any) -> None:
    _change(folder, "Supervision is regular", "Supervision is regulir")
    (line,) = recto("rebase", "--reviewer", "ab", "--format", "jsonl").out.splitlines()
    told = json.loads(line)
    assert (told["letter"], told["reviewer"], told["done"], told["text_changed"]) == (
        "2010/eastmarch",
        "ab",
        True,
        True,
    )
    assert (told["same"], told["moved"], told["asked"], told["unplaced"]) == (2, 1, 0, 0)
    (item,) = told["findings"]
    assert item["what"] == "moved"
    assert item["now"].startswith("Supervision is regulir")


def test_one_letter_or_one_folder_can_be_named(folder: Path, recto: Any) -> None:
    for name in ("eastmarch", "saltwick"):
        (folder / "2010" / f"{name}.txt").write_text("A new line.\n\n" + LETTER)
    assert "1 review looked at, 1 put" in recto("rebase", "2010/eastmarch.txt", "--reviewer", "ab").out
    assert "2 reviews looked at, 1 would" in recto("rebase", "2010", "--reviewer", "ab", "--dry-run").out
    assert "1 review looked at, 1 put" in recto("rebase", "saltwick", "--reviewer", "ab").out


def test_only_ones_own_reviews_are_touched_unless_told(folder: Path, recto: Any) -> None:
    _change(folder, "Eastmarch County", "A new line.\n\nEastmarch County")
    assert recto("rebase", "--reviewer", "cd").out == "0 reviews looked at, 0 put on their letters\n"
    assert "2 reviews looked at, 1 put" in recto("rebase", "--everybody").out


def test_who_reviews_has_to_be_known(recto: Any) -> None:
    ran = recto("rebase")
    assert ran.status == 2
    assert "or --everybody" in ran.err


def test_a_review_whose_letter_is_gone_is_named_and_the_others_are_done(folder: Path, recto: Any) -> None:
    _change(folder, "Eastmarch County", "A new line.\n\nEastmarch County")
    (folder / "2010" / "saltwick.txt").unlink()
    ran = recto("rebase", "--reviewer", "ab")
    assert ran.status == 1
    assert "2010/saltwick has a review by ab, but the letter itself is not in" in ran.err
    assert "2 reviews looked at, 1 put on their letters, 1 could not be" in ran.out


def test_until_then_the_letter_says_so_everywhere(folder: Path, recto: Any) -> None:
    _change(folder, "Eastmarch County", "A new line.\n\nEastmarch County")
    shown = recto("show", "eastmarch", "--reviewer", "ab")
    assert shown.status == 1
    assert "the letter's text has changed since it was reviewed" in shown.err
    applied = recto("apply", "eastmarch", "--reviewer", "ab", given='{"op": "set-letter-note", "note": "x"}\n')
    assert "recto rebase 2010/eastmarch" in applied.out
    assert recto("rebase", "--reviewer", "ab").status == 0
    assert recto("undo", "eastmarch", "--reviewer", "ab").out == "undone: placed on the letter as it is now\n"
    assert recto("redo", "eastmarch", "--reviewer", "ab").out == "done again: placed on the letter as it is now\n"
    assert "place it on the changed letter: 3 same" in recto("log", "eastmarch", "--reviewer", "ab").out


def test_a_rebase_can_not_be_told(recto: Any) -> None:
    ran = recto("apply", "eastmarch", "--reviewer", "ab", given='{"op": "rebase", "placements": {}, "state": {}}\n')
    assert "recto rebase does it" in ran.out


def test_nothing_of_a_letter_acts_on_the_terminal(folder: Path, recto: Any) -> None:
    _change(folder, "understood by all", "underztood by all")
    assert "\x1b" not in recto("rebase", "--reviewer", "ab", "--format", "jsonl").out


def _agree(folder: Path, letter: str) -> Path:
    """Let what ab has of a letter be agreed on."""
    workspace = Workspace(folder)
    path = workspace.curated_path(f"2010/{letter}")
    path.parent.mkdir(parents=True, exist_ok=True)
    store.write(path, replace(workspace.review(f"2010/{letter}", "ab"), reviewer="", state="agreed"), folder)
    return path


def test_agreed_reviews_are_put_on_their_letters_when_they_are_asked_for(folder: Path, recto: Any) -> None:
    path = _agree(folder, "eastmarch")
    _agree(folder, "saltwick")
    _change(
        folder, "Strengths", "An added line.\n\nStrengths\n\n- Visits are made when they are due, and written down."
    )
    old = path.read_bytes()
    ran = recto("rebase", "--agreed", "--dry-run")
    assert ran.status == 3
    assert "2010/eastmarch changed, agreed review: 3 findings placed" in ran.out
    assert "nobody agreed  Visits are made when they are due, and written down." in ran.out
    assert path.read_bytes() == old
    (line,) = recto("rebase", "--agreed", "--dry-run", "--format", "jsonl").out.splitlines()
    told = json.loads(line)
    assert (told["agreed"], told["done"], told["same"], len(told["beyond"])) == (True, False, 3, 1)
    ran = recto("rebase", "--agreed")
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "2 reviews looked at, 1 put on their letters")
    assert "2010/eastmarch, agreed: what was agreed on the old text is kept as eastmarch.toml.orig" in ran.err
    assert path.with_name("eastmarch.toml.orig").read_bytes() == old
    assert "2 reviews looked at, 0 put" in recto("rebase", "--agreed").out
    assert "4 reviews looked at, 1 put" in recto("rebase", "--agreed", "--everybody").out


def test_an_agreed_review_with_a_hole_is_refused_with_the_way_out(folder: Path, recto: Any) -> None:
    path = _agree(folder, "eastmarch")
    _change(folder, "- The recording system is slow, and work has been lost when it failed.\n", "")
    old = path.read_bytes()
    ran = recto("rebase", "--agreed")
    assert ran.status == 1
    assert "no place       f-" in ran.out
    assert "2010/eastmarch, agreed: 1 finding has no sure place, so it stays as it is" in ran.err
    assert path.read_bytes() == old
    shown = recto("show", "eastmarch")
    assert "the letter's text has changed since people agreed on it" in shown.err
    assert "COULDN'T BE PLACED (1)" in shown.out
    checked = recto("doctor")
    assert "1 finding has no sure place" in checked.out


def test_who_is_called_agreed_is_a_reviewer_like_any_other(folder: Path, recto: Any) -> None:
    lines = '{"op": "set-letter-note", "note": "x"}\n'
    assert recto("apply", "eastmarch", "--reviewer", "agreed", given=lines).status == 0
    _change(folder, "Strengths", "An added line.\n\nStrengths")
    assert "review of agreed: 0 findings placed" in recto("rebase", "--reviewer", "agreed").out
    assert "0 reviews looked at" in recto("rebase", "--agreed").out
