"""A review as a dict of plain values, in the order of keys of its file, and back.

The same dict is written as TOML, stands as JSON in the first line of the journal, and is what `recto show` prints.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from curation import metadata, plain
from curation.review import MetadataEntry, RemovedFinding, Review, ReviewedFinding, Unplaced
from curation.schema_reading import SCHEMA, from_dict
from curation.tables import SchemaError, storable

CONTEXT: Final = 32
"""Characters of the letter kept before and after a finding, white space folded."""

_WINDOW: Final = 512
_SPACE: Final = re.compile(r"\s+")


def to_dict(review: Review) -> dict[str, Any]:
    """The review as its file holds it: dates are dates, an unknown time has no key, findings stand in text order."""
    head = {
        "schema": SCHEMA,
        "letter": review.letter,
        "reviewer": review.reviewer,
        "state": review.state,
        "note": review.note,
        "operations": review.operations,
        "updated": review.updated,
        "codebook_revision": review.codebook_revision,
    }
    source = review.source
    tables = {
        "source": {
            "path": source.path,
            "sha256": source.sha256,
            "text_sha256": source.text_sha256,
            "length": source.length,
            "profile": source.profile,
            "parser": source.parser,
        },
        "metadata": _metadata_dict(review.metadata),
        "findings": {f.id: _finding_dict(review.text, f) for f in review.findings},
        "removed": {r.finding.id: _removed_dict(review.text, r) for r in review.removed},
        # Only after a letter has changed: the table is not there while it is empty.
        **({"unplaced": {u.finding.id: _unplaced_dict(u) for u in review.unplaced}} if review.unplaced else {}),
        "doubts": {key: {"settled": review.doubts[key]} for key in sorted(review.doubts, key=_doubt_place)},
        "followups": {
            key: {"verdict": followup.verdict, "finding": followup.finding}
            for key, followup in sorted(review.followups.items())
        },
    }
    if review.answers:
        # Younger than the others: a file without answers has the bytes that it had before there were any.
        tables["answers"] = {
            key: {"question": one.question, "answer": one.answer} for key, one in sorted(review.answers.items())
        }
    known = {key: value for key, value in head.items() if value is not None} | tables
    return _with_unknown(known, review.extra)


def to_json(review: Review) -> dict[str, Any]:
    """The state as the journal's first line holds it: `to_dict` in JSON's values, from which it comes back whole."""
    document: dict[str, Any] = plain.to_json(to_dict(review))
    return document


def for_show(review: Review) -> dict[str, Any]:
    """The state for other programs: `to_dict`, with findings and removed as lists, each with its `id` and `text`."""
    document: dict[str, Any] = plain.for_people(to_dict(review))
    document.setdefault("updated", None)
    for key in ("findings", "removed", "unplaced"):
        if key in document:
            document[key] = [{"id": name, "text": one["exact"], **one} for name, one in document[key].items()]
    order = ["schema", "letter", "reviewer", "state", "note", "operations", "updated", "codebook_revision"]
    return {key: document[key] for key in order} | document


def from_json(document: Any, text: str) -> Review:
    """Read what `to_json` gives. Raises SchemaError like `from_dict`."""
    try:
        restored = plain.from_json(document)
    except ValueError as error:
        raise SchemaError((f"a tagged value: {error}",)) from error
    if not isinstance(restored, dict):
        raise SchemaError(("the state is no object",))
    return from_dict(restored, text)


def _metadata_dict(entries: Mapping[str, MetadataEntry]) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for path, entry in metadata.ordered(entries).items():
        name, dot, number = path.partition(".")
        table = {
            **{key: list(value) if isinstance(value, tuple) else value for key, value in entry.values.items()},
            "span": list(entry.span or ()),
            "origin": entry.origin,
            **entry.extra,
        }
        if dot:
            document.setdefault(name, {})[number] = table
        else:
            document[name] = table
    return document


def _finding_dict(text: str, finding: ReviewedFinding) -> dict[str, Any]:
    return _finding_table(finding, *context(text, finding))


def _finding_table(finding: ReviewedFinding, before: str, after: str) -> dict[str, Any]:
    return {
        "category": finding.category,
        "heading": storable(finding.heading),
        "seen": finding.seen,
        "question": finding.question,
        "origin": finding.origin,
        "parents": list(finding.parents),
        "reason": finding.reason,
        "spans": [list(span) for span in finding.spans],
        "exact": storable(finding.text),
        "prefix": storable(before),
        "suffix": storable(after),
        "themes": list(finding.themes),
        "refused": list(finding.refused),
        "repeats": finding.repeats,
        "note": finding.note,
        **finding.extra,
    }


def _removed_dict(text: str, removed: RemovedFinding) -> dict[str, Any]:
    """The finding's keys, its own reason as `split_reason`; then `reason`, which says why it was removed."""
    whole = {("split_reason" if k == "reason" else k): v for k, v in _finding_dict(text, removed.finding).items()}
    known = {key: value for key, value in whole.items() if key not in removed.finding.extra}
    return known | {"reason": removed.reason} | dict(removed.finding.extra)


def _unplaced_dict(unplaced: Unplaced) -> dict[str, Any]:
    """The finding's keys as they were, its spans too; then where it may stand now."""
    finding = unplaced.finding
    known = _finding_table(replace(finding, extra={}), unplaced.prefix, unplaced.suffix)
    proposed = [list(span) for span in unplaced.proposed]
    return known | {"proposed": proposed, "score": unplaced.score, "removed": unplaced.removed} | dict(finding.extra)


def context(text: str, finding: ReviewedFinding) -> tuple[str, str]:
    """The `CONTEXT` characters before and after a finding in the text that its spans count in, white space folded."""
    if not finding.spans:
        return "", ""
    start, end = finding.spans[0].start, finding.spans[-1].end
    before = _SPACE.sub(" ", text[max(0, start - _WINDOW) : start])[-CONTEXT:]
    return before, _SPACE.sub(" ", text[end : end + _WINDOW])[:CONTEXT]


def _doubt_place(key: str) -> tuple[int, str]:
    _, _, place = key.rpartition("-")
    return (int(place) if place.isdecimal() else -1), key


def _with_unknown(known: dict[str, Any], unknown: Mapping[str, Any]) -> dict[str, Any]:
    """Keys of `unknown` behind those that are known, at every level."""
    whole = dict(known)
    for key, value in unknown.items():
        if key not in whole:
            whole[key] = value
        elif isinstance(value, Mapping) and isinstance(whole[key], dict):
            whole[key] = _with_unknown(whole[key], value)
    return whole
