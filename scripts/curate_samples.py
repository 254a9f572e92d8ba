"""Write `sample_letters/curated/`: the review that is right for each sample letter, as an agreed file.

The answers come from `tests/sample_facts.toml`, written with the letters and not by the parser; places, ids and
metadata come from the parse, which a test holds to those answers. Run it after a change of either:

    python scripts/curate_samples.py
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from curation import store
from curation.beginning import begin
from curation.checks import problems
from curation.review import Review, ReviewedFinding
from parsers.parse import parse_file

HERE = Path(__file__).parents[1]
SAMPLES = HERE / "sample_letters"
CODEBOOK_REVISION = 1


def curated(stem: str, facts: dict[str, Any]) -> Review:
    """The agreed review of one sample letter.

    Raises ValueError where the parse is not what the answers say: then one of the two is wrong.
    """
    letter = parse_file(SAMPLES / f"{stem}.txt", shown_as=f"{stem}.txt")
    base = begin(letter, stem, "recto", CODEBOOK_REVISION)
    answers = list(facts["findings"].values())
    if [(f.category, f.text) for f in base.findings] != [(a["category"], a["text"]) for a in answers]:
        raise ValueError(f"{stem}: the parse is not what tests/sample_facts.toml says")
    findings = tuple(_decided(f, a["themes"]) for f, a in zip(base.findings, answers, strict=True))
    return replace(base, findings=findings, state="agreed")


def _decided(finding: ReviewedFinding, themes: list[str]) -> ReviewedFinding:
    return replace(finding, themes=tuple(themes), seen=True)


def main() -> None:
    """Write every file anew; what has not changed keeps its bytes."""
    facts = tomllib.loads((HERE / "tests" / "sample_facts.toml").read_text(encoding="utf-8"))["letters"]
    folder = SAMPLES / "curated"
    folder.mkdir(exist_ok=True)
    for stem, answers in facts.items():
        review = curated(stem, answers)
        if wrong := problems(review):
            raise ValueError(f"{stem}: {'; '.join(wrong)}")
        (folder / f"{stem}.toml").write_bytes(store.dumps(review))
    print(f"{len(facts)} reviews in {folder}")


if __name__ == "__main__":
    main()
