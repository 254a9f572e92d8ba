"""`recto apply`, `show`, `log`, `undo`, `redo`."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from curation import settings, store
from curation.workspace import Workspace
from tui.__main__ import main

LETTER = """Eastmarch County Council

Strengths

- Supervision is regular. Staff say that it helps them.
- Thresholds are understood by all \x1b[2J partner agencies.

Areas for development

- The recording system is slow, and work has been lost.
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "my letters"
    (root / "2010").mkdir(parents=True)
    (root / "2010" / "eastmarch.txt").write_text(LETTER)
    (root / "2010" / "saltwick.txt").write_text(LETTER)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def names(folder: Path) -> list[str]:
    """The ids of the findings."""
    return [f.id for f in Workspace(folder).review("2010/eastmarch").findings]


class Ran:
    """What a command printed, and its status."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def answers(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def recto(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    def run(*arguments: str, given: str | bytes = "") -> Ran:
        data = given.encode() if isinstance(given, str) else given
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))
        try:
            status = main(arguments)
        except SystemExit as end:
            status = int(end.code or 0)
        return Ran(status, *capsys.readouterr())

    return run


def lines(*operations: dict[str, Any]) -> str:
    return "".join(json.dumps(operation) + "\n" for operation in operations)


def test_operations_are_answered_line_by_line(recto: Any, names: list[str], folder: Path) -> None:
    at = LETTER.index(" Staff say")
    done = recto(
        "apply",
        "eastmarch",
        "--reviewer",
        "ab",
        given=lines(
            {"op": "split", "finding": names[0], "at": at, "reason": "extraction"},
            {"op": "set-seen", "finding": "f-000000", "seen": True},
            {"op": "set-themes", "finding": names[1], "themes": ["thresholds"], "from_rank": 1},
        )
        + "\n  \nnot json\n"
        + lines({"op": "undo"}, {"op": "redo"}, {"op": "redo"}, {"op": "redo", "n": 1}),
    )
    assert done.status == 1
    first, refused, third, unread, undone, redone, nothing, unknown = done.answers
    assert list(first) == ["ok", "n", "created", "gone"]
    assert (first["ok"], first["n"], first["gone"]) == (True, 1, [names[0]])
    assert len(first["created"]) == 2
    assert refused["ok"] is False
    assert list(refused) == ["ok", "line", "error"]
    assert refused["line"] == 2
    assert refused["error"].startswith("no finding f-000000 in 2010/eastmarch; the nearest id is f-")
    assert third == {"ok": True, "n": 2, "created": [], "gone": []}
    assert (unread["line"], unread["error"][:8]) == (6, "not JSON")
    assert (undone["n"], redone["n"]) == (3, 4)
    assert nothing == {"ok": False, "line": 9, "error": "there is nothing to redo"}
    assert unknown["error"] == "redo takes no other field"
    saved = folder / "reviews" / "2010" / "eastmarch" / "ab.toml"
    assert b"operations = 4" in saved.read_bytes()
    assert saved.read_bytes() == store.dumps(Workspace(folder).review("2010/eastmarch", "ab"))


def test_nothing_refused_is_status_0_and_the_operations_may_stand_in_a_file(recto: Any, folder: Path) -> None:
    (folder / "ops.jsonl").write_text(lines({"op": "hand-in"}))
    for arguments in (
        ("eastmarch", "--reviewer", "ab", "ops.jsonl"),
        ("--reviewer", "ab", "eastmarch", "ops.jsonl"),
        ("2010/eastmarch", "ops.jsonl", "--reviewer=ab"),
        ("2010/eastmarch.txt", "-", "--reviewer=ab"),
    ):
        done = recto("apply", *arguments, given=lines({"op": "reopen"}))
        assert (done.status, done.answers[0]["ok"], done.err) == (0, True, "")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (b"\xff\n", "not UTF-8 at byte 0"),
        (b"[" * 100_000 + b"\n", "nested too deeply"),
        (b'{"op": "hand-in", "x": ' + b"1" * 1_000_001 + b"}\n", "the line is longer than 1,000,000 bytes"),
        (b"[]\n", "an operation is an object"),
        (b'{"op": "set-letter-note", "note": "\\ud800"}\n', "lone surrogate"),
    ],
)
def test_a_line_that_is_no_operation_is_answered_and_the_next_is_read(recto: Any, given: bytes, error: str) -> None:
    done = recto("apply", "eastmarch", "--reviewer", "ab", given=given + b'{"op": "hand-in"}')
    assert done.status == 1
    assert error in done.answers[0]["error"]
    assert done.answers[1]["n"] == 1


def test_an_answer_is_one_line_whatever_stands_in_it(recto: Any) -> None:
    done = recto(
        "apply",
        "eastmarch",
        "--reviewer",
        "ab",
        given=lines({"op": "set-note", "finding": "\u2028\x1b[2J\u202e", "note": ""}),
    )
    assert len(done.out.splitlines()) == 1
    assert done.out.isascii()
    assert "\x1b" not in done.out


def test_who_reviews_is_said_by_the_option_the_environment_or_the_settings(
    recto: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in = lines({"op": "hand-in"})
    nobody = recto("apply", "eastmarch", given=hand_in)
    assert (nobody.status, nobody.out) == (2, "")
    assert "who reviews? Give --reviewer NAME" in nobody.err
    settings.save_reviewer("cd")
    recto("apply", "eastmarch", given=hand_in)
    monkeypatch.setenv("RECTO_REVIEWER", "ef")
    recto("apply", "eastmarch", given=hand_in)
    recto("apply", "eastmarch", "--reviewer", "gh", given=hand_in)
    assert Workspace(folder).reviewers("2010/eastmarch") == ("cd", "ef", "gh")
    bad = recto("apply", "eastmarch", "--reviewer", "../ab", given=hand_in)
    assert bad.status == 2
    assert "can't be a reviewer's name" in bad.err


def test_undo_of_one_finding_leaves_what_was_done_to_others(recto: Any, names: list[str], folder: Path) -> None:
    given = lines(*({"op": "set-note", "finding": name, "note": name} for name in names[:2]))
    recto("apply", "eastmarch", "--reviewer", "ab", given=given)
    undo = ("undo", "eastmarch", "--reviewer", "ab", "--finding", names[0])
    assert recto(*undo).out == "undone: note written\n"
    notes = [f.note for f in Workspace(folder).review("2010/eastmarch", "ab").findings[:2]]
    assert notes == ["", names[1]]
    again = recto(*undo)
    assert (again.status, again.err) == (1, f"recto: nothing was done to {names[0]} that could be undone\n")
    log = recto("log", "eastmarch", "--reviewer", "ab").out
    assert log.endswith(f"undo 1, the last of {names[0]}\n")


@pytest.mark.parametrize("command", ["apply", "show", "log", "undo", "redo"])
def test_a_letter_that_is_not_there_is_named_with_the_nearest(recto: Any, command: str, folder: Path) -> None:
    done = recto(command, "eastmarsh", "--reviewer", "ab")
    assert (done.status, done.out) == (1, "")
    assert "no letter eastmarsh in" in done.err
    assert "the nearest is eastmarch" in done.err
    assert not (folder / "reviews").exists()


def test_a_file_of_operations_that_is_not_there_is_named(recto: Any) -> None:
    done = recto("apply", "eastmarch", "--reviewer", "ab", "ops.jsonl")
    assert (done.status, done.out) == (1, "")
    assert "ops.jsonl: No such file" in done.err


def test_a_review_is_shown_as_json_in_the_order_of_the_text(recto: Any, names: list[str]) -> None:
    recto(
        "apply",
        "eastmarch",
        "--reviewer",
        "ab",
        given=lines({"op": "remove", "finding": names[1], "reason": "duplicate"}),
    )
    shown = json.loads(recto("show", "eastmarch", "--reviewer", "ab", "--format", "json").out)
    assert [f["id"] for f in shown["findings"]] == [names[0], names[2]]
    assert shown["findings"][0]["text"] == "Supervision is regular. Staff say that it helps them."
    assert [(f["id"], f["reason"]) for f in shown["removed"]] == [(names[1], "duplicate")]
    assert (shown["schema"], shown["operations"], shown["reviewer"]) == ("recto.review/1", 1, "ab")
    parsed = json.loads(recto("show", "eastmarch", "--format", "json").out)
    assert (parsed["operations"], parsed["reviewer"], parsed["updated"]) == (0, "", None)
    assert len(parsed["findings"]) == 3


def test_a_review_is_shown_to_people(recto: Any, names: list[str]) -> None:
    recto(
        "apply",
        "eastmarch",
        "--reviewer",
        "ab",
        given=lines(
            {"op": "set-themes", "finding": names[0], "themes": ["supervision"]},
            {"op": "set-note", "finding": names[0], "note": "two\nlines"},
            {"op": "set-seen", "finding": names[0], "seen": True},
            {"op": "set-question", "finding": names[0], "question": "Is it?"},
            {"op": "set-letter-note", "note": "over to you"},
            {"op": "remove", "finding": names[1], "reason": "duplicate"},
        ),
    )
    done = recto("show", "eastmarch", "--reviewer", "ab")
    assert done.status == 0
    for part in (
        "2010/eastmarch: reviewed by ab, open, 6 operations, saved ",
        "note      over to you",
        "STRENGTHS (1)",
        f"ST + {names[0]}  Supervision is regular. Staff say that it helps them.",
        "themes: supervision",
        "note: two lines",
        "question: Is it?",
        "REMOVED (1)",
        f"duplicate {names[1]}  Thresholds are understood",
    ):
        assert part in done.out
    assert "2010/eastmarch: not reviewed, open" in recto("show", "eastmarch").out


def test_on_a_terminal_nothing_in_a_letter_acts(recto: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[2J" in recto("show", "eastmarch").out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    shown = recto("show", "eastmarch").out
    assert "\x1b" not in shown
    assert "␛[2J" in shown


def test_back_and_forth_and_the_log_of_it(recto: Any, names: list[str]) -> None:
    recto(
        "apply",
        "eastmarch",
        "--reviewer",
        "ab",
        given=lines(*({"op": "set-note", "finding": names[0], "note": f"note {n}"} for n in range(4))),
    )
    assert recto("undo", "eastmarch", "--reviewer", "ab").out == "undone: note written\n"
    assert recto("undo", "eastmarch", "--reviewer", "ab", "2").out == "undone: note written\n" * 2
    assert recto("redo", "eastmarch", "2", "--reviewer", "ab").out == "done again: note written\n" * 2
    too_far = recto("redo", "eastmarch", "--reviewer", "ab", "5")
    assert (too_far.status, too_far.out) == (1, "done again: note written\n")
    assert "there is nothing to redo" in too_far.err
    recto("apply", "eastmarch", "--reviewer", "ab", given=lines({"op": "undo", "finding": names[0]}))
    log = recto("log", "eastmarch", "--reviewer", "ab")
    assert log.status == 0
    entries = log.out.splitlines()
    assert [entry.split()[0] for entry in entries] == [str(n) for n in range(12)]
    assert entries[1].endswith(f"ab  note of {names[0]}: note 0")
    assert entries[4].endswith(f"ab  note of {names[0]}: note 3  [undone]")
    assert entries[5].endswith("ab  undo 4")
    for bad in ("0", "-1", "x", "1.5"):
        assert recto("undo", "eastmarch", "--reviewer", "ab", bad).status == 2


def test_a_damaged_journal_is_said_by_every_command(recto: Any, names: list[str], folder: Path) -> None:
    given = lines(*({"op": "set-note", "finding": names[0], "note": f"note {n}"} for n in range(3)))
    recto("apply", "eastmarch", "--reviewer", "ab", given=given)
    journal = folder / "reviews" / "2010" / "eastmarch" / "ab.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'"note 1"', b'"note X"'))
    (journal.with_name("ab.toml")).unlink()
    for command in ("show", "log", "undo"):
        done = recto(command, "eastmarch", "--reviewer", "ab")
        assert done.status == 1, command
        assert "line 3 is damaged" in done.err
    shown = json.loads(recto("show", "eastmarch", "--reviewer", "ab", "--format", "json").out)
    assert shown["findings"][0]["note"] == "note 0"
    (answer,) = recto("apply", "eastmarch", "--reviewer", "ab", given=lines({"op": "hand-in"})).answers
    assert "line 3 is damaged" in answer["error"]


def test_a_toml_changed_by_hand_is_said_and_kept(recto: Any, folder: Path) -> None:
    recto("apply", "eastmarch", "--reviewer", "ab", given=lines({"op": "hand-in"}))
    toml = folder / "reviews" / "2010" / "eastmarch" / "ab.toml"
    toml.write_text(toml.read_text() + "# mine\n")
    done = recto("apply", "eastmarch", "--reviewer", "ab", given=lines({"op": "reopen"}))
    assert done.status == 0
    assert "ab.toml has comments or a layout of its own" in done.err
    assert "kept as ab.toml.orig" in done.err
    assert toml.with_name("ab.toml.orig").read_text().endswith("# mine\n")


@pytest.mark.parametrize("command", ["apply", "show", "log", "undo", "redo"])
def test_each_has_an_example_that_can_be_pasted(recto: Any, command: str) -> None:
    done = recto(command, "--help")
    assert done.status == 0
    assert f"recto {command} eastmarch --reviewer ab" in done.out
