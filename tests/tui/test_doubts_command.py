"""`recto doubts`: the same queue as the screen's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curation.operations import SettleDoubt
from curation.session import Session
from curation.workspace import Workspace
from tui.__main__ import main


def listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, object]]]:
    status = main(["doubts", *arguments, "--format", "jsonl"])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_what_a_reviewer_settled_is_left_out_for_that_reviewer(
    letters: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, before = listed(capsys, str(letters))
    assert status == 3
    session = Session.open(Workspace(letters), "elmbury-2010", "ab")
    for doubt in session.letter.doubts:
        session.do(SettleDoubt(doubt.key, "right"))
    session.close()
    assert listed(capsys, str(letters)) == (3, before), "nobody is named, and nobody's review counts"
    status, after = listed(capsys, str(letters), "--reviewer", "ab")
    assert [one for one in before if "elmbury-2010" not in str(one["letter"])] == after
    assert listed(capsys, str(letters / "elmbury-2010.txt"), "--reviewer", "ab") == (0, [])


def test_only_doubts_of_some_codes_and_a_code_that_is_none(letters: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = listed(capsys, str(letters), "--code", "page-join")
    assert (status, {one["code"] for one in found}) == (3, {"page-join"})
    assert main(["doubts", str(letters), "--code", "page-joint"]) == 2
    assert "is it page-join?" in capsys.readouterr().err
