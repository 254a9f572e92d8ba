"""The findings of a letter as they are known without its text."""

from __future__ import annotations

from curation import schema
from curation.anchoring import Quote
from curation.review import Review


def quotes_of(review: Review) -> tuple[Quote, ...]:
    """One for each finding, in the order of the text."""
    tables = schema.to_dict(review)["findings"]
    return tuple(
        Quote(f.id, f.text, f.spans, tables[f.id]["prefix"], tables[f.id]["suffix"], f.heading) for f in review.findings
    )
