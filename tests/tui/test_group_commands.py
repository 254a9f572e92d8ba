"""`recto groups` and `recto similar --groups`, through the command line's own entry."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from curation.operations import SetLetterNote
from curation.session import Session
from curation.workspace import Workspace
from tui.__main__ import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    letters = tmp_path / "letters"
    letters.mkdir()
    for source in sorted((ROOT / "sample_letters").glob("*.txt")):
        shutil.copy(source, letters)
    return letters


def _groups(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["similar", "--groups", str(folder), "--format", "jsonl", "--reviewer", "ab", *options]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def _ref(finding: dict[str, Any]) -> str:
    return f"{finding['letter']}#{finding['finding']}"


def _themes(folder: Path, finding: dict[str, Any]) -> tuple[str, ...]:
    found = Workspace(folder).review(finding["letter"], "ab").find(finding["finding"])
    assert found is not None
    return found.themes


def test_groups_are_listed_as_text_lines_and_cells(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = _groups(folder, capsys)
    assert list(found[0]) == ["group", "score", "authorities", "categories", "words", "findings"]
    assert all(len(group["authorities"]) > 1 for group in found)
    assert main(["groups", "list", str(folder), "--format", "csv"]) == 0
    cells = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [cell["finding"] for cell in cells] == [f["finding"] for group in found for f in group["findings"]]
    assert main(["groups", "list", str(folder)]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[0].startswith(f"{found[0]['group']} ")
    assert f"{len(found)} groups of " in said
    assert len(_groups(folder, capsys, "--threshold", "60")) < len(found)
    only = _groups(folder, capsys, "--category", "area_for_development")
    assert {f["category"] for group in only for f in group["findings"]} == {"area_for_development"}


def test_a_theme_for_a_group_and_back_by_one_undo(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    group = _groups(folder, capsys)[0]
    assert main(["groups", "give", group["group"], "supervision", str(folder), "--reviewer", "ab", "--begin"]) == 0
    assert capsys.readouterr().out.startswith(f"supervision given in {len(group['findings'])} letters: ")
    assert {_themes(folder, finding) for finding in group["findings"]} == {("supervision",)}
    assert main(["groups", "undo", str(folder), "--reviewer", "ab"]) == 0
    assert "supervision taken back in " in capsys.readouterr().out
    assert {_themes(folder, finding) for finding in group["findings"]} == {()}
    assert main(["groups", "undo", str(folder), "--reviewer", "ab"]) == 1
    assert "no theme was given" in capsys.readouterr().err


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_no_review_begins_that_nobody_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    group = _groups(folder, capsys)[0]
    letters = sorted({finding["letter"] for finding in group["findings"]})
    session = Session.open(Workspace(folder), letters[0], "ab")
    session.do(SetLetterNote("begun"))
    give = ["groups", "give", group["group"], "supervision", str(folder), "--reviewer", "ab"]
    would = f"supervision would begin a review by ab, from the parse, in {', '.join(letters[1:])}"
    for answer in (None, "n\n", "", "\n"):
        monkeypatch.setattr("sys.stdin", io.StringIO() if answer is None else _Terminal(answer))
        assert main(give) == 1
        said = capsys.readouterr()
        assert would in said.err
        assert "--begin begins them, --reviewed leaves those letters out" in said.err
        assert not (folder / "pairs").exists()
    monkeypatch.setattr("sys.stdin", _Terminal("y\n"))
    assert main(give) == 0
    assert f"supervision given in {len(letters)} letters" in capsys.readouterr().out
    assert main(["groups", "undo", str(folder), "--reviewer", "ab"]) == 0
    for letter in letters[1:]:
        shutil.rmtree(folder / "reviews" / letter)
    assert main([*give, "--reviewed"]) == 0
    assert f"supervision given in 1 letter: {letters[0]}" in capsys.readouterr().out
    assert not (folder / "reviews" / letters[1]).exists()


def test_one_that_is_left_out_is_not_the_same_as_any_of_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    group = _groups(folder, capsys)[0]
    first, *others = map(_ref, group["findings"])
    assert main(["groups", "leave-out", group["group"], first, str(folder), "--reviewer", "ab"]) == 0
    lines = [json.loads(line) for line in (folder / "pairs" / "ab.jsonl").read_text().splitlines()]
    assert {frozenset((line["a"], line["b"])) for line in lines} == {frozenset((first, other)) for other in others}
    assert {line["same"] for line in lines} == {False}
    for now in _groups(folder, capsys):
        inside = set(map(_ref, now["findings"]))
        assert first not in inside or inside.isdisjoint(others)
    assert main(["pairs", "undo", str(folder), "--reviewer", "ab"]) == 0
    assert _groups(folder, capsys)[0] == group


def test_what_was_interrupted_is_said_and_can_be_finished(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    group = _groups(folder, capsys)[0]
    (folder / "pairs").mkdir()
    refs = sorted(map(_ref, group["findings"]))
    begun = {"batch": "5f0c1a22", "at": "2026-11-20T09:14:31Z", "do": "give", "theme": "supervision", "findings": refs}
    (folder / "pairs" / "ab.groups.jsonl").write_text(json.dumps(begun) + "\n")
    assert main(["groups", "list", str(folder), "--reviewer", "ab"]) == 1
    assert "`recto groups finish 5f0c1a22` goes on" in capsys.readouterr().err
    assert main(["groups", "finish", "5f0c1a22", str(folder), "--reviewer", "ab"]) == 0
    assert {_themes(folder, finding) for finding in group["findings"]} == {("supervision",)}
    assert main(["groups", "list", str(folder), "--reviewer", "ab"]) == 0


def test_groups_say_what_is_wrong(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    group = _groups(folder, capsys)[0]
    for status, said, arguments in (
        (1, "no group g-000000: a group whose findings have changed", ["give", "g-000000", "supervision"]),
        (1, "supervisoin is not in the codebook; the nearest is supervision", ["give", group["group"], "supervisoin"]),
        (1, "x#f-1 is not in", ["leave-out", group["group"], "x#f-1"]),
        (2, "no category strong; there are ", ["list", "--category", "strong"]),
        (1, "no theme was given under abc", ["finish", "abc"]),
        (1, "no theme was given under abc", ["undo", "--batch", "abc"]),
    ):  # fmt: skip
        assert main(["groups", *arguments, str(folder), "--reviewer", "ab"]) == status, arguments
        assert said in capsys.readouterr().err
    for options, said in ((["--year", "2010"], "span councils and years"), (["--authority", "X"], "span councils")):
        assert main(["similar", "--groups", str(folder), *options]) == 2
        assert said in capsys.readouterr().err
    assert main(["similar", "--text", "x", str(folder), "--format", "csv"]) == 2
    assert not (folder / "pairs").exists()
