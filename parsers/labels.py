r"""Labels that items wear instead of marks: `S1`, `AD2`, a number without a full stop, `[x]`, `\bullet`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from parsers.carriers import Change
from parsers.lines import Line, LineKind

_LABEL = re.compile(r"([A-Z]{1,3}-?\d{1,2}[.:)]?|\d{1,2}|\[[ xX]?\]|\\[a-z]{2,8})[ \t]+(?=[A-Z\"'\u2018\u201c])")
_DIGITS = re.compile(r"\d+")
_TEXT = LineKind.TEXT
_FEWEST = 2
_LONGEST = 3
"""Code points at a line's start in which a label shows what it is."""


def labels(text: str, lines: Sequence[Line]) -> list[Change]:
    """The labels of `lines`, each to be read as a bullet.

    A label begins two lines at least; one with a number counts on from 1, and may begin again.
    """
    found: dict[str, list[re.Match[str]]] = defaultdict(list)
    for line in lines:
        start = line.span.start
        if line.kind is not _TEXT or text[start : start + _LONGEST].isalpha() or text[start].islower():
            continue
        if label := _LABEL.match(text, *line.span):
            found[_DIGITS.sub("#", label[1])].append(label)
    changes: list[Change] = []
    for name, same in found.items():
        if len(same) >= _FEWEST and ("#" not in name or _counts(same)):
            changes.extend(Change(*label.span(1), "\u2022") for label in same)
    return changes


def _counts(same: Sequence[re.Match[str]]) -> bool:
    numbers = [int(_DIGITS.findall(label[1])[0]) for label in same]
    before = [0, *numbers]
    return all(number in (1, last + 1) for last, number in zip(before, numbers, strict=False))
