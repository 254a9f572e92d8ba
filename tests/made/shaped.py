"""The letters of `shaped.toml`: shaped by hand, with what a careful reader makes of them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

CATEGORIES = {"S": "strength", "M": "satisfactory", "D": "area_for_development", "P": "priority_action"}
_PIECE = re.compile(r"\[\[([SMDP]\d+) (.*?)\]\]", re.DOTALL)
_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

MIDDLES: dict[str, str] = _TABLE["middles"]
"""What stands between head and foot of each letter, by the letter's name, its findings marked."""

ON_ONE_LINE: list[str] = _TABLE["on_one_line"]
"""Those that are told as well when all of the letter stands on one line."""


def letter(middle: str, *, flat: bool = False) -> tuple[str, list[tuple[str, str]]]:
    """A letter around this middle, and its findings as (category, folded text). `flat`: all of it on one line."""
    marked = _TABLE["head"] + middle + _TABLE["foot"]
    if flat:
        marked = " ".join(marked.split())
    pieces: dict[str, list[str]] = {}
    for name, words in _PIECE.findall(marked):
        pieces.setdefault(name, []).append(words)
    findings = [(CATEGORIES[name[0]], " ".join(" ".join(words).split())) for name, words in pieces.items()]
    return _PIECE.sub(r"\2", marked), findings
