"""What the documents say is what runs: keys, doubts, the reviews of the sample letters."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from curation import store
from parsers.doubts import CODES
from scripts.curate_samples import curated
from scripts.readme import with_keys

ROOT = Path(__file__).parents[1]
FACTS = tomllib.loads((ROOT / "tests" / "sample_facts.toml").read_text(encoding="utf-8"))["letters"]


def test_the_readme_has_the_keys_of_today() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert with_keys(readme) == readme, "run: python scripts/readme.py"


def test_every_doubt_is_documented() -> None:
    described = (ROOT / "docs" / "letters.md").read_text(encoding="utf-8")
    assert [code for code in CODES if f"| `{code}` |" not in described] == []


@pytest.mark.parametrize("stem", sorted(FACTS))
def test_the_curated_samples_are_what_a_careful_reader_decided(stem: str) -> None:
    kept = (ROOT / "sample_letters" / "curated" / f"{stem}.toml").read_bytes()
    assert kept == store.dumps(curated(stem, FACTS[stem])), "run: python scripts/curate_samples.py"
