"""The sample letters are read as the people who wrote them meant: findings, pieces, repeats and metadata, all exact."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from parsers.jsonl import letter_json
from parsers.parse import parse_file

HERE = Path(__file__).parents[1]
SAMPLES = HERE.parent / "sample_letters"
FACTS: dict[str, dict[str, Any]] = tomllib.loads((HERE / "sample_facts.toml").read_text(encoding="utf-8"))["letters"]


def test_every_sample_has_its_answers() -> None:
    assert sorted(FACTS) == sorted(path.stem for path in SAMPLES.glob("*.txt"))
    assert len(FACTS) >= 8


@pytest.mark.parametrize("stem", sorted(FACTS))
def test_findings(stem: str) -> None:
    letter = parse_file(SAMPLES / f"{stem}.txt")
    assert letter.source.encoding == FACTS[stem]["encoding"]
    assert [(f.category, f.text, len(f.spans), f.repeats or "") for f in letter.findings] == [
        (f["category"], f["text"], f["pieces"], f["repeats"]) for f in FACTS[stem]["findings"].values()
    ]


@pytest.mark.parametrize("stem", sorted(FACTS))
def test_metadata(stem: str) -> None:
    read = letter_json(parse_file(SAMPLES / f"{stem}.txt"))["metadata"]
    facts = FACTS[stem]
    assert read["previous_inspection"] == [
        {"month": month, "outcome": outcome, "statements": entry["statements"]}
        for (month, outcome), entry in zip(facts["previous"], read["previous_inspection"], strict=True)
    ]
    assert [[copy["name"], copy["role"]] for copy in read["copies"]] == facts["copies"]
    for key in ("date", "salutation", "authority", "council", "inspection_dates"):
        assert read[key] == facts[key], key
    for record in ("addressee", "signatory"):
        assert {key: read[record][key] for key in facts[record]} == facts[record]
