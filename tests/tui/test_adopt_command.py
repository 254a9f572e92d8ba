"""`recto adopt`: what was changed in a TOML by hand, taken in on the command line."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from curation.operations import SetLetterNote, SetNote
from curation.session import Session
from curation.workspace import Workspace
from tui.__main__ import main

LETTER = """Eastmarch County Council

Strengths

- Supervision is regular. Staff say that it helps them.
- Thresholds are understood by all partner agencies.

Areas for development

- The recording system is slow, and work has been lost.
"""
COMMAND = ["adopt", "eastmarch", "--reviewer", "ab"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "letters"
    root.mkdir()
    (root / "eastmarch.txt").write_text(LETTER)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def toml(folder: Path) -> Path:
    session = opened(folder)
    session.do(SetLetterNote("begun"))
    session.close()
    return session.place.toml


def opened(folder: Path) -> Session:
    return Session.open(Workspace(folder), "eastmarch", "ab")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def both_changed(folder: Path, toml: Path) -> None:
    old = toml.read_bytes()
    session = opened(folder)
    session.do(SetLetterNote("mine"))
    session.do(SetNote(session.review.findings[0].id, "kept"))
    session.close()
    toml.write_bytes(old)
    edit(toml, 'note = "begun"', 'note = "th\\u001b[2Jeirs"')


class Typed(io.StringIO):
    """A terminal on which this is typed."""

    def isatty(self) -> bool:
        return True


def test_what_only_the_file_changed_is_taken_in(folder: Path, toml: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(toml, 'note = "begun"', 'note = "by hand"')
    assert main(COMMAND) == 0
    assert capsys.readouterr().out == "changes of the file taken in (2)\n"
    assert opened(folder).review.note == "by hand"
    assert main(["log", *COMMAND[1:]]) == 0
    assert capsys.readouterr().out.endswith("take in changes of the file: note\n")
    assert main(COMMAND) == 1
    assert "ab.toml has nothing that the journal doesn't have" in capsys.readouterr().err


def test_what_both_changed_is_shown_and_nothing_is_taken_until_somebody_chooses(
    folder: Path, toml: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both_changed(folder, toml)
    before = toml.read_bytes()
    assert main(COMMAND) == 1
    out, err = capsys.readouterr()
    assert out == "note\n  before  begun\n  mine    mine\n  theirs  th\x1b[2Jeirs\n"
    assert "give --take mine or --take theirs" in err
    assert toml.read_bytes() == before
    assert main([*COMMAND, "--take", "theirs"]) == 0
    review = opened(folder).review
    assert (review.note, review.findings[0].note) == ("th\x1b[2Jeirs", "kept")


@pytest.mark.parametrize(("typed", "note"), [("x\n\nt\n", "th\x1b[2Jeirs"), ("mine\n", "mine")])
def test_on_a_terminal_it_is_asked(
    folder: Path, toml: Path, monkeypatch: pytest.MonkeyPatch, typed: str, note: str
) -> None:
    both_changed(folder, toml)
    monkeypatch.setattr(sys, "stdin", Typed(typed))
    assert main(COMMAND) == 0
    assert (opened(folder).review.note, opened(folder).warnings) == (note, ())
    assert toml.with_name("ab.toml.orig").exists()


def test_the_end_of_the_input_chooses_nothing(folder: Path, toml: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both_changed(folder, toml)
    monkeypatch.setattr(sys, "stdin", Typed(""))
    assert main(COMMAND) == 1
    assert opened(folder).review.note == "mine"


def test_a_text_that_was_kept_aside_can_be_taken_in_by_its_name(
    folder: Path, toml: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both_changed(folder, toml)
    session = opened(folder)
    session.do(SetNote(session.review.findings[1].id, "on"))
    session.close()
    assert "`recto adopt eastmarch --reviewer ab ab.toml.orig`" in session.warnings[-1]
    assert main([*COMMAND, "ab.toml.orig", "--take", "theirs"]) == 0
    review = opened(folder).review
    assert (review.note, [f.note for f in review.findings]) == ("th\x1b[2Jeirs", ["kept", "on", ""])
    assert main([*COMMAND, "nothing.toml"]) == 1
    assert "nothing.toml: there is no such file" in capsys.readouterr().err


def test_a_file_without_its_journal_begins_a_new_one(
    folder: Path, toml: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toml.with_suffix(".jsonl").unlink()
    assert main(COMMAND) == 0
    assert "a new journal begins; what was done before can't be undone" in capsys.readouterr().out
    assert opened(folder).review.note == "begun"
    assert opened(folder).warnings == ()
