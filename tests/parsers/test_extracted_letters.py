"""How many findings are read exactly in letters made by another hand, and that every mistake carries a doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.parse import parse
from tests.made.extracted import Extracted, make

AT_LEAST = 0.995
"""F1 of exact pairs of category and text, over many letters."""


def assert_read_well(seeds: Iterable[int]) -> None:
    """The findings of these letters are read exactly, but for a few, and no letter is wrong without a doubt."""
    right = wrong = 0
    silent = []
    for seed in seeds:
        made = make(Random(seed))
        letter = parse(made.text)
        found, wanted = Counter((f.category, f.text) for f in letter.findings), Counter(made.findings)
        both = (found & wanted).total()
        right += both
        wrong += found.total() + wanted.total() - 2 * both
        if found != wanted and not any("metadata" not in doubt.code for doubt in letter.doubts):
            silent.append(f"seed {seed}: {made.manner}")
    assert silent == []
    assert 2 * right / (2 * right + wrong) >= AT_LEAST


def test_findings_of_300_letters() -> None:
    assert_read_well(range(300))


@pytest.mark.torture
def test_findings_of_2000_letters() -> None:
    assert_read_well(range(10_000, 12_000))


@pytest.mark.torture
@settings(max_examples=20)
@given(st.integers(0, 2**32))
def test_findings_of_letters_that_nobody_has_seen(first: int) -> None:
    assert_read_well(range(first, first + 100))


def wrong_metadata(made: Extracted) -> list[str]:
    """What is read otherwise than a careful reader would."""
    wanted, about = made.wanted, parse(made.text).metadata
    pairs = {
        "date": (about.date, wanted.date),
        "name": (about.addressee.name, wanted.name),
        "office": (about.addressee.role, wanted.office),
        "organisation": (about.addressee.organisation, wanted.council),
        "postcode": (about.addressee.postcode, wanted.postcode),
        "salutation": (about.salutation, wanted.salutation),
        "authority": (about.authority, wanted.authority),
        "council": (about.council, wanted.council),
        "days": (about.inspection_dates, wanted.inspected),
        "signatory": ((about.signatory.name, about.signatory.role), wanted.signatory),
        "copies": (tuple((copy.name, copy.role) for copy in about.copies), wanted.copies),
    }
    return [f"{key}: {read!r} for {right!r} ({made.manner})" for key, (read, right) in pairs.items() if read != right]


def test_metadata_of_300_letters() -> None:
    wrong = [line for seed in range(300) for line in wrong_metadata(make(Random(seed)))]
    assert len(wrong) <= 300 * 11 * (1 - AT_LEAST), "\n".join(wrong)
