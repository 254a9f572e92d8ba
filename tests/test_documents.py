"""What the documents say is what runs: keys, doubts, the reviews of the sample letters."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from curation import store
from parsers.doubts import CODES
from scripts import pictures
from scripts.curate_samples import curated
from scripts.readme import with_keys
from tui.actions import ACTIONS, key_name

ROOT = Path(__file__).parents[1]
FACTS = tomllib.loads((ROOT / "tests" / "sample_facts.toml").read_text(encoding="utf-8"))["letters"]

KEY_WORDS = {"enter", "esc", "space", "tab", "F1", "up", "down", "left", "right", "home", "end"}


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


@pytest.mark.parametrize("picture", pictures.PICTURES, ids=lambda picture: Path(picture.path).stem)
def test_each_picture_shows_the_screen_of_today(picture: pictures.Picture) -> None:
    kept = pictures.kept_digest((ROOT / picture.path).read_bytes())
    assert kept == pictures.digest(pictures.screen(picture)), "run: python -m scripts.pictures, and look at it"


def test_each_picture_is_used_and_each_used_one_is_made_by_the_script() -> None:
    used = {
        str((page.parent / target).resolve().relative_to(ROOT))
        for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
        for target in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    }
    assert used == {picture.path for picture in pictures.PICTURES}


def test_each_key_that_the_guide_names_does_something() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    signs = {"?", "√", "!", "|", "T"}
    named = {word for word in re.findall(r"`([^`\s]+)`", guide) if len(word) == 1 or word in KEY_WORDS} - signs
    bound = {key_name(key) for action in ACTIONS for key in action.keys}
    assert named - bound == set()
