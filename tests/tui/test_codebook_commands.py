"""`recto themes add`, `edit`, `rename`, `merge`, `archive`, `restore`, `undo`, `redo`, `log`, `worklist`, `matrix`."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from curation.codebook import load
from curation.operations import SetThemes
from curation.session import Session
from curation.workspace import Workspace
from tests.tui.letters import ELMBURY, letter, write_letters
from tui.__main__ import main
from tui.commands.parsing import build_parser

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    letters = tmp_path / "letters"
    letters.mkdir()
    write_letters(letters)
    monkeypatch.setenv("RECTO_REVIEWER", "ab")
    return letters


def _set(folder: Path, key: str, number: int, *themes: str) -> str:
    session = Session.open(Workspace(folder), key, "ab")
    finding = session.review.findings[number].id
    session.do(SetThemes(finding, themes))
    session.close()
    return finding


def _themes(folder: Path, *arguments: str) -> int:
    return main(["themes", *arguments])


def test_a_merge_is_seen_by_every_command_at_once_and_undone_by_one_step(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _set(folder, "elmbury-2010", 3, "electronic-recording")
    _set(folder, "waveney-2010", 0, "electronic-recording", "case-recording")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def seen() -> tuple[str, str]:
        capsys.readouterr()
        assert main(["suggest", str(folder), "--top", "25", "--format", "jsonl"]) == 0
        suggested = capsys.readouterr().out
        assert _themes(folder, "matrix", str(folder), "--format", "json") == 0
        return suggested, capsys.readouterr().out

    suggested, counted = seen()
    assert '"electronic-recording"' in suggested
    assert json.loads(counted)["total"]["cells"]["electronic-recording"] == {"letters": 2, "findings": 2}
    assert _themes(folder, "merge", "electronic-recording", "case-recording", str(folder)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "revision 2: merge electronic-recording into case-recording",
        "  2 findings in 2 letters with electronic-recording count as case-recording",
    ]
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {path.name for path in after if before.get(path) != after[path]} == {"codebook.toml"}
    suggested, counted = seen()
    assert main(["show", str(folder / "elmbury-2010.txt")]) == 0
    assert "themes: case-recording" in capsys.readouterr().out
    assert '"theme": "electronic-recording"' not in suggested.replace('":"', '": "')
    assert json.loads(counted)["total"]["cells"] == {"case-recording": {"letters": 2, "findings": 2}}
    assert _themes(folder, "undo", str(folder)) == 0
    _, counted = seen()
    assert json.loads(counted)["total"]["cells"]["electronic-recording"] == {"letters": 2, "findings": 2}


def test_add_warns_of_a_near_duplicate_edit_and_rename(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(folder)
    assert _themes(folder, "add", "Missing from home", path, "--group", "safety", "--phrase", "missing") == 0
    assert capsys.readouterr().err == ""
    assert _themes(folder, "add", "Case records", path, "--format", "jsonl") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["revision"] == 3
    assert "case-records is much like case-recording (“Case recording and chronologies”)" in said.err
    assert (
        _themes(folder, "edit", "missing-from-home", path, "--use-when", "A child ran away.", "--phrase", "ran away")
        == 0
    )
    assert _themes(folder, "rename", "missing-from-home", "Missing children", path, "--id", "missing") == 0
    codebook = load(folder / "codebook.toml")
    assert codebook.themes["missing"].phrases == ("ran away",)
    assert codebook.resolve("missing-from-home") == "missing"
    assert _themes(folder, "archive", "missing", path) == 0
    assert _themes(folder, "restore", "missing", path) == 0
    capsys.readouterr()
    assert _themes(folder, "log", path) == 0
    log = capsys.readouterr().out.splitlines()
    assert [re.split(r"  +", line)[-1] for line in log[2:6]] == [
        "edit use_when, phrases of missing-from-home",
        "rename missing-from-home “Missing children”, id missing",
        "archive missing",
        "restore missing",
    ]
    assert log[-1] == "undo would take back: restore missing"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["merge", "supervision", "supervison"], 1, "no theme supervison; the nearest is supervision"),
        (["merge", "supervision", "supervision"], 1, "can't be merged into itself"),
        (["edit", "supervision"], 1, "say what is to be changed"),
        (["undo"], 1, "there is nothing to undo"),
        (["add", "Supervision", "--id", "new"], 1, "supervision is called “Supervision” already"),
        (["matrix", "--category", "strong"], 1, "no category strong; there are area_for_development, "),
        (["matrix", "--year", "1999"], 1, "no year 1999; there are 2009, 2010"),
        (["archive", "supervision", "--reviewer", "../x"], 2, "can't be a reviewer's name"),
    ],
)
def test_what_is_refused_says_why_and_leaves_no_file(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, said: str
) -> None:
    named = arguments[:1] + [a for a in arguments[1:] if a != ""]
    split = next((n for n, a in enumerate(named) if a.startswith("--")), len(named))
    assert _themes(folder, *named[:split], str(folder), *named[split:]) == status
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""
    assert not (folder / "codebook.toml").exists()


def test_a_change_needs_a_name(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RECTO_REVIEWER")
    assert _themes(folder, "archive", "supervision", str(folder)) == 2
    assert "who reviews?" in capsys.readouterr().err


def test_the_worklist_is_a_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    finding = _set(folder, "elmbury-2010", 0, "supervision")
    assert _themes(folder, "worklist", str(folder)) == 0
    assert capsys.readouterr().out == "nothing to look at again\n"
    assert _themes(folder, "archive", "supervision", str(folder)) == 0
    capsys.readouterr()
    assert _themes(folder, "worklist", str(folder)) == 3
    assert capsys.readouterr().out.splitlines() == [
        "elmbury-2010  ab",
        f"  {finding}  supervision: archived",
        "            Supervision is regular, and staff say that it helps them. It is recorded well.",
        "1 findings in 1 letters to look at again",
    ]
    assert _themes(folder, "worklist", str(folder), "--format", "jsonl", "--reviewer", "cd") == 0
    assert capsys.readouterr().out == ""


def test_the_matrix_as_csv_is_safe_to_open(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "evil.txt").write_text(letter("Elmbury County Council", "2 May 2010", ELMBURY), encoding="utf-8")
    session = Session.open(Workspace(folder), "evil", "ab")
    from curation.operations import EditMetadata

    session.do(EditMetadata("authority", "=HYPERLINK(1)"))
    session.close()
    _set(folder, "elmbury-2010", 0, "supervision")
    assert _themes(folder, "matrix", str(folder), "--format", "csv") == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[0][:5] == ["authority", "letters", "findings", "with a theme", "thresholds"]
    assert [row[0] for row in rows[1:]] == ["'=HYPERLINK(1)", "Elmbury", "Waveney Bridge", "all"]
    column = rows[0].index("supervision")
    assert [row[column] for row in rows[1:]] == ["", "1 (1)", "", "1 (1)"]
    assert {len(row) for row in rows} == {len(rows[0])}


def test_the_matrix_as_text_fits_a_line_and_says_its_denominators(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _set(folder, "elmbury-2010", 0, "supervision", "case-recording")
    assert _themes(folder, "matrix", str(folder)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 100
    assert lines[2].split() == ["Elmbury", "Waveney…", "all"]
    assert lines[3].split() == ["all", "2", "(8)", "1", "(4)", "3", "(12)"]
    assert next(line for line in lines if line.startswith("supervision")).split()[1:] == ["1", "(1)", "·", "1", "(1)"]
    assert _themes(folder, "matrix", str(folder), "--primary", "--by", "category") == 0
    shown = capsys.readouterr().out
    assert next(line for line in shown.splitlines() if line.startswith("case-recording")).split()[1:] == ["·"] * 4


def test_every_example_in_the_help_can_be_pasted(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    names = "list show log add edit rename merge archive restore undo redo worklist matrix".split()
    for name in names:
        with pytest.raises(SystemExit):
            build_parser(["themes"]).parse_args(["themes", name, "--help"])
        example = capsys.readouterr().out.rpartition("example:\n")[2].strip()
        arguments = shlex.split(example)
        assert arguments[:3] == ["recto", "themes", name]
        if name == "restore":
            assert main(["themes", "archive", "out-of-hours", "letters"]) in (0, 1)
        if name == "redo":
            main(["themes", "archive", "thresholds", "letters"])
            main(["themes", "undo", "letters"])
        assert main(arguments[1:]) in ((0, 3) if name == "worklist" else (0,)), example
    capsys.readouterr()


def test_no_screen_is_loaded(folder: Path) -> None:
    code = (
        "import sys; from tui.__main__ import main; main(sys.argv[1:]);"
        "sys.exit(bool({'textual', 'rich'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, "themes", "list", str(folder)]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_a_theme_that_is_typed_freely_is_kept_and_warned_of(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(folder)
    finding = Workspace(folder).read("elmbury-2010").findings[0].id
    operations = tmp_path / "operations.jsonl"
    lines = [{"op": "set-themes", "finding": finding, "themes": themes} for themes in (["supervison"], ["supervision"])]
    operations.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert main(["apply", "elmbury-2010", str(operations)]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first["warning"] == "the codebook has no supervison, the nearest is supervision"
    assert "warning" not in second
