"""A letter as plain text for people: one line a fact, findings under their categories, doubts beside them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from parsers.letter import Letter
from parsers.profile import category_table

_WIDTH = 100


def letter_lines(letter: Letter) -> Iterator[str]:
    """The lines of a parsed letter; text of the letter in them is not yet made safe for a terminal."""
    about = letter.metadata
    yield letter.source.path
    facts = {
        "council": about.council or about.authority,
        "date": about.date,
        "inspected": ", ".join(str(day) for day in about.inspection_dates),
        "to": ", ".join(filter(None, (about.addressee.name, about.addressee.role))),
        "from": ", ".join(filter(None, (about.signatory.name, about.signatory.role))),
        "family": letter.profile or "unknown",
    }
    for name, value in facts.items():
        yield f"  {name:<10}{value or '-'}"
    heading = None
    for finding in letter.findings:
        category = category_table(letter.profile)[finding.category]
        if finding.category != heading:
            heading = finding.category
            number = sum(1 for f in letter.findings if f.category == heading)
            yield f"  {category.label.upper()} ({number})"
        lead = f"    {category.tag} {finding.id}  "
        yield from textwrap.wrap(finding.text, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))
        if finding.doubts:
            yield " " * len(lead) + "? " + ", ".join(finding.doubts)
    for doubt in letter.doubts:
        if doubt.finding is None:
            yield f"  ? {doubt.code} at {doubt.span.start}: {doubt.message}"
