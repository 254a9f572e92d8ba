"""Each letter shaped by hand is read as a careful reader would."""

from __future__ import annotations

import datetime as dt
import re
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


def as_web_page(text: str) -> str:
    """A letter as a converter to HTML writes it: a tag for each paragraph, heading, item and line's end."""
    parts = []
    for block in re.split(r"\n\n+", text.strip()):
        lines = block.split("\n")
        if all(line.startswith("- ") for line in lines):
            parts.append("<ul>\n" + "\n".join(f"<li>{line[2:]}</li>" for line in lines) + "\n</ul>")
        elif block in ("Strengths", "Areas for development", "Area for priority action"):
            parts.append(f"<h2>{block}</h2>")
        else:
            parts.append("<p>" + "<br />\n".join(lines) + "</p>")
    return "\n".join(parts)


def test_a_whole_letter_as_a_web_page() -> None:
    text, findings = letter(MIDDLES["count words"])
    read = parse(as_web_page(text))
    assert Counter((f.category, f.text) for f in read.findings) == Counter(findings)
    about = read.metadata
    assert about.date == dt.date(2010, 3, 12)
    assert (about.addressee.name, about.addressee.postcode) == ("Ms Oonagh Fothergill", "ZZ1 1ZZ")
    assert (about.authority, about.salutation) == ("Wexcombe", "Ms Fothergill")
    assert about.signatory.name == "Tobias Garroway"
    assert [copy.name for copy in about.copies] == ["Nkechi Lanyon", "Yusuf Pettigrew", "Andrea Skelhorn"]
