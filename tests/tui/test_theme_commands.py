"""`recto suggest`, `recto similar` and `recto themes`, through the command line's own entry."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from curation.operations import RefuseTheme, SetThemes
from curation.session import Session
from curation.workspace import Workspace
from tui.__main__ import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    letters = tmp_path / "letters"
    letters.mkdir()
    for source in sorted((ROOT / "sample_letters").glob("*.txt"))[:3]:
        shutil.copy(source, letters)
    return letters


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def _keys(folder: Path) -> list[str]:
    return [ref.key for ref in Workspace.find(folder).letters()]


def test_suggest_prints_every_finding_of_the_letters_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["suggest", str(folder), "--format", "jsonl", "--top", "2"]) == 0
    lines = _lines(capsys)
    workspace = Workspace.find(folder)
    expected = [(key, finding.id) for key in _keys(folder) for finding in workspace.read(key).findings]
    assert [(line["letter"], line["finding"]) for line in lines] == expected
    assert all(list(line) == ["letter", "finding", "text", "suggestions"] for line in lines)
    suggestions = [suggestion for line in lines for suggestion in line["suggestions"]]
    assert all(list(suggestion) == ["theme", "score", "sure", "because"] for suggestion in suggestions)
    assert max(len(line["suggestions"]) for line in lines) == 2
    assert {s["sure"] for s in suggestions} == {True, False}
    one = folder / f"{_keys(folder)[0]}.txt"
    assert main(["suggest", str(one), str(one), "--format", "jsonl", "--top", "2"]) == 0
    assert _lines(capsys) == [line for line in lines if line["letter"] == one.stem]


def test_suggest_learns_from_other_letters_and_heeds_what_was_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there, _ = _keys(folder)

    def suggested(letter: str) -> list[dict[str, Any]]:
        assert main(["suggest", str(folder / f"{letter}.txt"), "--reviewer", "ab", "--format", "jsonl"]) == 0
        return _lines(capsys)

    before = suggested(here)
    session = Session.open(Workspace.find(folder), here, "ab")
    first = session.review.findings[0]
    session.do(SetThemes(first.id, ("equality-diversity",)))
    refused = before[1]["suggestions"][0]["theme"]
    session.do(RefuseTheme(before[1]["finding"], refused))
    session.close()
    after = suggested(here)
    # What was accepted in the letter itself would only be repeated; what was refused is gone.
    assert after[0] == before[0]
    assert refused not in [s["theme"] for s in after[1]["suggestions"]]
    assert first.text not in (folder / f"{there}.txt").read_text(encoding="utf-8", errors="replace")
    copied = folder / f"{there}-again.txt"
    text = Workspace.find(folder).read(here).text
    copied.write_text(text, encoding="utf-8")
    again = next(line for line in suggested(copied.stem) if line["text"] == first.text)
    assert again["suggestions"][0]["theme"] == "equality-diversity" != before[0]["suggestions"][0]["theme"]
    assert again["suggestions"][0]["because"].startswith(f"like {here}#{first.id} ")


def test_suggest_names_what_it_cannot_read_and_does_the_rest(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "binary.txt").write_bytes(b"\0\1\2" * 100)
    missing = folder / "nowhere.txt"
    assert main(["suggest", str(missing), str(folder)]) == 1
    captured = capsys.readouterr()
    assert "nowhere.txt" in captured.err
    assert "binary.txt" in captured.err
    assert all(key in captured.out.splitlines() for key in _keys(folder) if key != "binary")


def test_suggest_says_every_problem_of_a_codebook(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "codebook.toml").write_text('schema = "recto.codebook/1"\n[themes.a]\n[themes.b]\n', encoding="utf-8")
    assert main(["suggest", str(folder)]) == 1
    complaints = capsys.readouterr().err.splitlines()
    assert len(complaints) == 2
    assert all("codebook.toml: themes." in complaint for complaint in complaints)


def test_suggest_never_loads_the_screen(folder: Path) -> None:
    code = (
        "import sys; from tui.__main__ import main; main(sys.argv[1:]);"
        "sys.exit(bool({'textual', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "suggest", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_similar_finds_a_text_in_the_workspace(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    finding = Workspace.find(folder).read(_keys(folder)[1]).findings[0]
    assert main(["similar", "--text", finding.text, str(folder), "--top", "4", "--format", "jsonl"]) == 0
    lines = _lines(capsys)
    assert len(lines) == 4
    assert list(lines[0])[:6] == ["letter", "authority", "finding", "category", "score", "text"]
    assert list(lines[0])[6:] == ["year", "same", "opposed", "common", "common_asked"]
    marked = {lines[0]["text"][start:end] for start, end in lines[0]["common"]}
    assert marked
    assert marked == {finding.text[start:end] for start, end in lines[0]["common_asked"]}
    assert (lines[0]["finding"], lines[0]["score"]) == (finding.id, 100)
    assert [line["score"] for line in lines] == sorted((line["score"] for line in lines), reverse=True)


def test_similar_reads_no_letter_twice(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curation.readings.SETTLED", -1)
    asked = ["similar", "--text", "Case records are not kept up to date.", str(folder)]
    assert main(asked) == 0
    first = capsys.readouterr().out

    def never(*_: object) -> None:
        raise AssertionError("a letter was read again")

    monkeypatch.setattr("curation.readings.seen_by", never)
    assert main(asked) == 0
    assert capsys.readouterr().out == first
    assert main(["themes", "matrix", str(folder)]) == 0


def test_similar_to_a_finding_looks_in_other_letters_and_one_category(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = _keys(folder)[1]
    finding = Workspace.find(folder).read(key).findings[0]
    asked = ["similar", "--finding", f"{key}#{finding.id}", str(folder), "--format", "jsonl", "--top", "100"]
    assert main([*asked, "--category", "area_for_development"]) == 0
    lines = _lines(capsys)
    assert lines
    assert key not in {line["letter"] for line in lines}
    assert {line["category"] for line in lines} == {"area_for_development"}


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--finding", "f-000000"], 1, "write LETTER#ID"),
        (["--finding", "no-such#f-000000"], 1, "no letter no-such"),
        (["--finding", "{key}#f-000000"], 1, "no finding f-000000 in {key}; the nearest id is f-"),
        (["--text", "x", "--category", "strong"], 2, "no category strong; there are "),
        (["--text", "x", "--authority", "Saltmersh"], 2, "no letter of Saltmersh; the nearest is "),
        (["--text", "x", "--reviewer", "../x"], 2, "can't be a reviewer's name"),
    ],
)
def test_similar_says_what_is_wrong(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, said: str
) -> None:
    key = _keys(folder)[0]
    assert main(["similar", *(a.replace("{key}", key) for a in arguments), str(folder)]) == status
    captured = capsys.readouterr()
    assert said.replace("{key}", key) in captured.err
    assert captured.out == ""


def test_similar_looks_in_one_council_and_one_year(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["similar", "--text", "Social workers and managers record assessments.", str(folder), "--top", "100"]
    assert main([*asked, "--format", "jsonl"]) == 0
    first = _lines(capsys)[0]
    for option, key in (("--authority", "authority"), ("--year", "year")):
        assert main([*asked, "--format", "jsonl", option, str(first[key])]) == 0
        assert {line[key] for line in _lines(capsys)} == {first[key]}


def test_pairs_are_remembered_in_the_workspace_and_can_be_taken_back(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = _keys(folder)[1]
    asked = f"{key}#{Workspace.find(folder).read(key).findings[0].id}"
    similar = ["similar", "--finding", asked, str(folder), "--format", "jsonl", "--reviewer", "ab"]

    def found() -> list[str]:
        assert main(similar) == 0
        return [f"{line['letter']}#{line['finding']}" for line in _lines(capsys)]

    nearest, _, third, *_ = before = found()
    assert main(["pairs", "not-same", asked, nearest, str(folder), "--reviewer", "ab"]) == 0
    assert main(["pairs", "same", third, asked, str(folder), "--reviewer", "ab"]) == 0
    capsys.readouterr()
    assert found()[:2] == [third, before[1]]
    assert nearest not in found()
    assert main([*similar[:-1], "cd"]) == 0
    assert f"{_lines(capsys)[0]['letter']}" == nearest.partition("#")[0]
    assert main(["pairs", "list", str(folder), "--reviewer", "ab", "--format", "jsonl"]) == 0
    assert sorted((line["same"], line["there"]) for line in _lines(capsys)) == [(False, True), (True, True)]
    assert main(["pairs", "undo", str(folder), "--reviewer", "ab"]) == 0
    assert main(["pairs", "undo", str(folder), "--reviewer", "ab"]) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("taken back: ")
    assert found() == before
    assert main(["pairs", "undo", str(folder), "--reviewer", "ab"]) == 1
    assert "no judgement to take back" in capsys.readouterr().err


def test_pairs_say_what_is_wrong(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = _keys(folder)[0]
    first, second = (f"{key}#{finding.id}" for finding in Workspace.find(folder).read(key).findings[:2])
    for status, said, arguments in (
        (1, "stand in one letter", ["same", first, second]),
        (1, "write LETTER#ID", ["same", "f-1", second]),
        (1, "the nearest id is f-", ["same", f"{key}#f-000000", second]),
        (1, "no letter nowhere", ["not-same", "nowhere#f-000000", second]),
    ):
        assert main(["pairs", *arguments, str(folder), "--reviewer", "ab"]) == status
        assert said in capsys.readouterr().err
    assert not (folder / "pairs").exists()


@pytest.mark.parametrize(("text", "said"), [("", "it holds no words"), ("Ωμέγα", "no finding shares a word with it")])
def test_that_nothing_is_alike_is_said(folder: Path, capsys: pytest.CaptureFixture[str], text: str, said: str) -> None:
    assert main(["similar", "--text", text, str(folder)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"nothing is alike: {said}" in captured.err


def test_a_file_of_pairs_that_can_not_be_read_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "pairs" / "ab.jsonl").mkdir(parents=True)
    assert main(["similar", "--text", "x", str(folder), "--reviewer", "ab"]) == 1
    assert "pairs/ab.jsonl can't be read: a folder stands in its place" in capsys.readouterr().err


@pytest.mark.parametrize("top", ["0", "101", "x"])
def test_similar_takes_only_as_many_as_it_ranks(top: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["similar", "--text", "x", "--top", top])
    assert raised.value.code == 2


def test_themes_lists_and_shows_the_codebook(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["themes", "list", str(folder), "--format", "jsonl"]) == 0
    lines = _lines(capsys)
    assert len(lines) == 25
    assert main(["themes", "show", "supervision", str(folder), "--format", "jsonl"]) == 0
    (shown,) = _lines(capsys)
    assert shown in lines
    assert shown["phrases"] == ["supervision", "supervised", "reflective"]
    assert main(["themes"]) == 0
    assert "supervision" in capsys.readouterr().out


def test_themes_tells_the_living_from_the_rest_and_names_the_nearest(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "codebook.toml").write_text(
        'schema = "recto.codebook/1"\n[themes.a]\nlabel = "Old"\nmerged_into = "b"\n[themes.b]\nlabel = "New"\n'
        '[themes.c]\nlabel = "Gone"\narchived = true\n',
        encoding="utf-8",
    )
    assert main(["themes", "list", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "no group",
        "  a  Old (merged into b)",
        "  b  New",
        "  c  Gone (archived)",
    ]
    assert main(["themes", "show", "bb", str(folder)]) == 1
    assert capsys.readouterr().err == "recto: no theme bb; the nearest is b\n"
