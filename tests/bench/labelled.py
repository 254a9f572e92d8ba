"""Findings whose themes a careful reader has set: the project's own letters, and real ones where they are at hand."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from curation.entry import Entry
from curation.example import Example

REAL = "RECTO_REAL_LETTERS"
"""The environment variable that names the folder of real letters, with its `answers.json`."""

SAMPLES = Path(__file__).parents[1] / "sample_facts.toml"

Labelled = dict[Entry, tuple[str, ...]]
"""A finding, and its themes, primary first."""


def real_letters() -> Labelled | None:
    """The findings of the real letters, None where nobody says where they are."""
    folder = os.environ.get(REAL)
    if not folder:
        return None
    answers = json.loads((Path(folder) / "answers.json").read_text(encoding="utf-8"))
    return {
        _entry(name, name, number, finding): tuple(finding["themes"])
        for name, letter in answers.items()
        for number, finding in enumerate(letter["findings"])
    }


def sample_letters() -> Labelled:
    """The findings of the letters that were written for the project."""
    facts = tomllib.loads(SAMPLES.read_text(encoding="utf-8"))
    return {
        _entry(name, letter["authority"], number, finding): tuple(finding["themes"])
        for name, letter in facts["letters"].items()
        for number, finding in letter.get("findings", {}).items()
    }


def examples(labelled: Labelled) -> list[Example]:
    """The findings as a reviewer would have accepted them."""
    return [Example(e.letter, e.finding, e.text, themes, e.authority) for e, themes in labelled.items()]


def _entry(letter: str, authority: str, number: object, finding: Mapping[str, Any]) -> Entry:
    return Entry(letter, authority, str(number), finding["category"], finding["text"])
