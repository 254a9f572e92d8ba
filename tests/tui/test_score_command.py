"""`recto score`, through the command line's own entry."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from curation import store
from curation.operations import Merge, Operation, Recategorise, apply
from curation.workspace import Workspace
from tui.__main__ import main

SAMPLES = Path(__file__).parents[2] / "sample_letters"
LETTERS = ("kestleby-2010", "saltmere-2009", "northby-2010")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "letters"
    for key in LETTERS:
        for name in (f"{key}.txt", f"curated/{key}.toml"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(SAMPLES / name, root / name)
    return root


def agree_on(folder: Path, key: str, *operations: Operation) -> None:
    """Change what people agreed on, so that the parse is wrong."""
    workspace = Workspace(folder)
    review = workspace.review(key)
    for operation in operations:
        review = apply(review, operation).review
    store.write(workspace.curated_path(key), review, folder)


def report(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def test_the_samples_are_read_as_agreed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(folder), "--format", "json", "--at-least", "1"]) == 0
    document = report(capsys)
    assert document["schema"] == "recto.score/1"
    assert [one["letter"] for one in document["letters"]] == sorted(LETTERS)
    everything = document["total"]
    assert everything["letters"] == 3
    assert everything["agreed"] == everything["right"] == sum(one["agreed"] for one in document["letters"]) > 40
    assert everything["f1"] == everything["boundary_similarity"] == 1
    assert everything["edits"] == 0
    layouts = {one["letter"]: one["layout"] for one in document["letters"]}
    assert layouts["northby-2010"] == ["list-remnant", "mixed-marks"]
    assert document["layouts"]["list-remnant"]["letters"] == 1
    assert not list(folder.glob("reviews*"))


def test_each_error_is_counted_in_its_letter_and_layout(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two, three, *_ = Workspace(folder).review("northby-2010").findings
    agree_on(folder, "northby-2010", Merge((one.id, two.id)), Recategorise(three.id, "priority_action"))
    assert main(["score", str(folder), "--format", "json"]) == 0
    document = report(capsys)
    northby = next(found for found in document["letters"] if found["letter"] == "northby-2010")
    everything = document["total"]
    assert northby["boundaries"]["false_splits"] == everything["boundaries"]["false_splits"] == 1
    assert northby["agreed"] == northby["read"] - 1 == northby["right"] + 2
    assert northby["operations"]["merge"] == northby["operations"]["recategorise"] == 1
    assert everything["edits_per_letter"] == pytest.approx(2 / 3, abs=1e-6)
    assert document["layouts"]["list-remnant"]["f1"] == northby["f1"] < everything["f1"] < 1
    cell = {"agreed": "priority_action", "read": three.category, "findings": 1}
    assert cell in northby["confusion"]
    assert all(found["f1"] == 1 for found in document["letters"] if found is not northby)


def test_as_text_there_is_a_line_for_each_letter_and_layout_and_the_total(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two, *_ = Workspace(folder).review("northby-2010").findings
    agree_on(folder, "northby-2010", Merge((one.id, two.id)))
    assert main(["score", str(folder)]) == 0
    shown = capsys.readouterr().out
    rows = {line.split()[0]: line.split() for line in shown.splitlines() if line.strip()}
    heads = rows["letter"][1:]
    northby = dict(zip(heads, rows["northby-2010"][1:], strict=False))
    assert northby["splits"] == "1"
    assert northby["merges"] == northby["slips"] == "0"
    assert northby["edits"] == "1"
    assert northby["B"] == f"{1 - 1 / int(northby['read']):.3f}"
    assert rows["northby-2010"][-2:] == ["list-remnant", "mixed-marks"]
    assert rows["list-remnant"][1] == "1"
    assert "total (3)" in shown
    assert "edits per letter: 0.33 (merge 1)" in shown


def test_it_serves_as_a_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two, *_ = Workspace(folder).review("northby-2010").findings
    agree_on(folder, "northby-2010", Merge((one.id, two.id)))
    assert main(["score", str(folder), "--at-least", "0.9"]) == 0
    assert main(["score", str(folder), "--at-least", "0.995"]) == 3
    assert "lower than 0.995" in capsys.readouterr().err


@pytest.mark.parametrize("wanted", ["1.5", "-1", "nan", "all"])
def test_a_share_is_between_0_and_1(folder: Path, wanted: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["score", str(folder), f"--at-least={wanted}"])
    assert stopped.value.code == 2
    assert "--at-least" in capsys.readouterr().err


def test_what_can_not_be_compared_is_named_and_left_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = folder / "kestleby-2010.txt"
    changed.write_bytes(changed.read_bytes() + b"\nP.S.")
    (folder / "curated" / "2009").mkdir()
    shutil.copy(folder / "curated" / "saltmere-2009.toml", folder / "curated" / "2009" / "gone.toml")
    (folder / "curated" / "northby-2010.toml").write_text("schema = 1\n", encoding="utf-8")
    assert main(["score", str(folder), "--format", "json"]) == 1
    shown = capsys.readouterr()
    assert [one["letter"] for one in json.loads(shown.out)["letters"]] == ["saltmere-2009"]
    lines = shown.err.splitlines()
    assert len(lines) == 3
    assert "curated/2009/gone.toml is left out: no letter 2009/gone" in lines[0]
    assert "curated/kestleby-2010.toml is left out: the text of kestleby-2010.txt has changed" in lines[1]
    assert "curated/northby-2010.toml is left out: northby-2010.toml" in lines[2]


def test_where_there_is_nothing_to_score_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(tmp_path)]) == 1
    shown = capsys.readouterr()
    assert "no agreed review" in shown.err
    assert shown.out == ""
    assert main(["score", str(tmp_path / "nowhere")]) == 1
    assert "no such file or folder" in capsys.readouterr().err


def test_a_part_of_a_workspace_can_be_scored(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "recto.toml").touch()
    for name in ("2010", "curated/2010", "2010b", "curated/2010b"):
        (folder / name).mkdir()
    for place in ("2010", "2010b"):
        shutil.move(folder / "northby-2010.txt", folder / place / "northby.txt")
        agreed = replace(Workspace(folder).review(f"{place}/northby"), state="agreed")
        store.write(folder / "curated" / place / "northby.toml", agreed, folder)
        shutil.copy(SAMPLES / "northby-2010.txt", folder)
    for path, expected in (
        (folder / "2010", ["2010/northby"]),
        (folder / "kestleby-2010.txt", ["kestleby-2010"]),
        (folder, ["2010/northby", "2010b/northby", "kestleby-2010", "northby-2010", "saltmere-2009"]),
    ):
        assert main(["score", str(path), "--format", "json"]) == 0
        assert [one["letter"] for one in report(capsys)["letters"]] == expected
    assert main(["score", str(folder / "2010b" / "missing.txt")]) == 1
