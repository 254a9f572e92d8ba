"""The letters of `carried.toml`: as tools, mailers and scanners hand them on, and what a reader makes of them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CATEGORIES = {
    "S": "strength", "M": "satisfactory", "D": "area_for_development", "P": "priority_action",
    "H": "headline", "F": "main_finding", "N": "area_for_improvement",
}  # fmt: skip
_NO_FINDING = "U"
_PIECE = re.compile(r"\[\[([A-Z])(\d+) (.*?)\]\]", re.DOTALL)
_NUMBERED_CHAR = re.compile(r"\\x([0-9a-f]{2})")
_OPEN = re.compile(r"@open (.*)@")
_OPENING = """3 June 2010

Dear Ms Birch

Annual unannounced inspection of contact, referral and assessment arrangements within {0} children's services

This letter summarises the findings of the recent unannounced inspection of contact, referral and assessment \
arrangements within local authority children's services in {0} which was conducted on 4 and 5 May 2010.
"""
_END = """
Any areas for development identified above will be specifically considered in any future inspection of services to \
safeguard children within your area.

Yours sincerely

Ada Pohl
Her Majesty's Inspector"""


@dataclass(frozen=True)
class Carried:
    """A letter, its findings as category and folded text, and what stands under no heading of its family.

    `wanted` is metadata by key; `undecided` says why no rule can read it as its writer meant, "" where one can.
    """

    text: str
    findings: tuple[tuple[str, str], ...]
    elsewhere: tuple[str, ...]
    wanted: dict[str, str]
    undecided: str


def _carried(table: dict[str, Any]) -> Carried:
    marked = _OPEN.sub(lambda found: _OPENING.format(found[1]), table.pop("text")).replace("@end@", _END)
    marked = marked.replace("␌", "\f").replace("⇥", "\t")
    marked = _NUMBERED_CHAR.sub(lambda found: chr(int(found[1], 16)), marked)
    pieces: dict[tuple[str, str], list[str]] = {}
    for letter, number, words in _PIECE.findall(marked):
        pieces.setdefault((letter, number), []).append(words)
    said = [(letter, " ".join(" ".join(words).split())) for (letter, _), words in pieces.items()]
    return Carried(
        text=_PIECE.sub(r"\3", marked),
        findings=tuple((CATEGORIES[letter], words) for letter, words in said if letter != _NO_FINDING),
        elsewhere=tuple(words for letter, words in said if letter == _NO_FINDING),
        undecided=table.pop("undecided", ""),
        wanted=table,
    )


LETTERS = {
    name: _carried(table)
    for name, table in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["letters"].items()
}
"""By what is peculiar about each."""
