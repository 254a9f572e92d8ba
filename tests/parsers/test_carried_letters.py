"""Letters as tools, mailers and scanners hand them on are read as a careful reader would."""

from __future__ import annotations

from collections import Counter

import pytest

from parsers.letter import Letter, RegionKind
from parsers.parse import parse
from tests.made.carried import LETTERS

DECIDED = [name for name, letter in LETTERS.items() if not letter.undecided]
UNDECIDED = [name for name, letter in LETTERS.items() if letter.undecided]
ELSEWHERE = [name for name, letter in LETTERS.items() if letter.elsewhere and not letter.undecided]
WANTED = [name for name, letter in LETTERS.items() if letter.wanted]
READ_AS_TEXT = (RegionKind.BODY, RegionKind.OTHER, RegionKind.CLOSING)


@pytest.mark.parametrize("name", DECIDED)
def test_the_findings_of_a_letter(name: str) -> None:
    made = LETTERS[name]
    assert Counter((f.category, f.text) for f in parse(made.text).findings) == Counter(made.findings)


@pytest.mark.parametrize("name", UNDECIDED)
def test_a_letter_that_may_be_read_in_two_ways_carries_a_doubt(name: str) -> None:
    assert [doubt for doubt in parse(LETTERS[name].text).doubts if "metadata" not in doubt.code]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_stands_under_no_heading_of_the_family_is_doubted(name: str) -> None:
    made = LETTERS[name]
    letter = parse(made.text)
    places = sorted(doubt.span for doubt in letter.doubts if doubt.code in ("unknown-heading", "unread-list"))
    for words in made.elsewhere:
        start = made.text.index(words)
        assert any(before.start <= start for before in places)
        kinds = {region.kind for region in letter.regions if region.span.start <= start < region.span.end}
        assert kinds <= set(READ_AS_TEXT)


@pytest.mark.parametrize("name", LETTERS)
def test_regions_partition_a_letter_and_spans_give_its_findings(name: str) -> None:
    text = LETTERS[name].text
    letter = parse(text)
    assert "".join(text[region.span.start : region.span.end] for region in letter.regions) == text
    for finding in letter.findings:
        assert finding.text == " ".join(" ".join(text[start:end] for start, end in finding.spans).split())
        own = [region.span for region in letter.regions if region.finding == finding.id]
        assert own == list(finding.spans)


def metadata_of(letter: Letter) -> dict[str, str]:
    """What the letter says, as `Carried.wanted` has it."""
    about = letter.metadata
    return {
        "authority": str(about.authority),
        "council": str(about.council),
        "date": str(about.date),
        "inspection_dates": " ".join(map(str, about.inspection_dates)),
        "addressee": str(about.addressee.name),
        "role": str(about.addressee.role),
        "signatory": str(about.signatory.name),
        "copies": "; ".join(str(copy.name) for copy in about.copies),
        "previous": " ".join(said.month for said in about.previous_inspection),
        "family": str(letter.profile),
    }


@pytest.mark.parametrize("name", WANTED)
def test_the_metadata_of_a_letter(name: str) -> None:
    made = LETTERS[name]
    read = metadata_of(parse(made.text))
    assert {key: read[key] for key in made.wanted} == made.wanted
