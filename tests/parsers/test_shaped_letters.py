"""Each letter shaped by hand is read as a careful reader would."""

from __future__ import annotations

from collections import Counter

import pytest

from parsers.parse import parse
from tests.made.shaped import MIDDLES, ON_ONE_LINE, letter


@pytest.mark.parametrize("name", MIDDLES)
def test_the_findings_of_a_shaped_letter(name: str) -> None:
    text, findings = letter(MIDDLES[name])
    assert Counter((f.category, f.text) for f in parse(text).findings) == Counter(findings)


@pytest.mark.parametrize("name", ON_ONE_LINE)
def test_the_findings_of_a_letter_on_one_line(name: str) -> None:
    text, findings = letter(MIDDLES[name], flat=True)
    assert "\n" not in text
    assert Counter((f.category, f.text) for f in parse(text).findings) == Counter(findings)
