"""A review as a dict of plain values, in the order of keys of its file, and back.

The same dict is written as TOML, stands as JSON in the first line of the journal, and is what `recto show` prints.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from curation import metadata, plain, tables
from curation.review import Followup, MetadataEntry, RemovedFinding, Review, ReviewedFinding, ReviewSource
from curation.tables import SchemaError, storable
from parsers.letter import Span

NAME: Final = "recto.review"
MAJOR: Final = 1
SCHEMA: Final = f"{NAME}/{MAJOR}"
CONTEXT: Final = 32
"""Characters of the letter kept before and after a finding, white space folded."""

_WINDOW: Final = 512
_SPACE: Final = re.compile(r"\s+")
_VERSION: Final = re.compile(r"recto\.review/(\d{1,6})(?:\.\d+)*")


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
        "doubts": {key: {"settled": review.doubts[key]} for key in sorted(review.doubts, key=_doubt_place)},
        "followups": {
            key: {"verdict": followup.verdict, "finding": followup.finding}
            for key, followup in sorted(review.followups.items())
        },
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
    for key in ("findings", "removed"):
        document[key] = [{"id": name, "text": one["exact"], **one} for name, one in document[key].items()]
    order = ["schema", "letter", "reviewer", "state", "note", "operations", "updated", "codebook_revision"]
    return {key: document[key] for key in order} | document


def from_dict(document: Mapping[str, Any], text: str) -> Review:
    """Read what `to_dict` gives. `text` is the letter's, in which the spans count.

    Raises SchemaError with everything that is wrong, by table and key; its `newer` is set for a later major version.
    Whether spans and `exact` fit the text is not looked at here (`curation.checks`).
    """
    _check_version(document.get("schema"))
    problems: list[str] = []
    head = tables.read(document, tables.Head, "at the top:", problems)
    if head is None:
        raise SchemaError(tuple(problems))
    extra = tables.unknown(document, tables.Head)
    source = tables.read(head.source, tables.Source, "[source]", problems)
    _keep(extra, "source", tables.unknown(head.source, tables.Source))
    entries = _read_metadata(head.metadata, extra, problems)
    findings = [_read_finding(name, table, problems) for name, table in head.findings.items()]
    removed = [_read_removed(name, table, problems) for name, table in head.removed.items()]
    doubts, followups = _read_doubts(head.doubts, extra, problems), _read_followups(head.followups, extra, problems)
    problems += [f"[removed.{name}]: it is among the findings too" for name in head.removed if name in head.findings]
    if problems or source is None:
        raise SchemaError(tuple(problems))
    return Review(
        letter=head.letter,
        reviewer=head.reviewer,
        source=ReviewSource(
            source.path, source.sha256, source.text_sha256, source.length, source.profile, source.parser
        ),
        text=text,
        findings=tuple(sorted((f for f in findings if f), key=lambda f: (f.spans, f.id))),
        removed=tuple(sorted((r for r in removed if r), key=lambda r: (r.finding.spans, r.finding.id))),
        metadata=entries,
        doubts=MappingProxyType(doubts),
        followups=MappingProxyType(followups),
        state=head.state,
        note=head.note,
        operations=head.operations,
        updated=head.updated,
        codebook_revision=head.codebook_revision,
        extra=MappingProxyType(extra),
    )


def from_json(document: Any, text: str) -> Review:
    """Read what `to_json` gives. Raises SchemaError like `from_dict`."""
    try:
        restored = plain.from_json(document)
    except ValueError as error:
        raise SchemaError((f"a tagged value: {error}",)) from error
    if not isinstance(restored, dict):
        raise SchemaError(("the state is no object",))
    return from_dict(restored, text)


def _check_version(schema: object) -> None:
    found = _VERSION.fullmatch(schema) if isinstance(schema, str) else None
    if found is None:
        raise SchemaError((f'schema: it has to be "{SCHEMA}"',))
    if int(found[1]) > MAJOR:
        raise SchemaError(
            (f'schema: "{schema}" is of a newer version of Recto; this one reads "{SCHEMA}"',), newer=True
        )


def _read_metadata(
    document: Mapping[str, Any], extra: dict[str, Any], problems: list[str]
) -> Mapping[str, MetadataEntry]:
    entries: dict[str, MetadataEntry] = {}
    unknown: dict[str, Any] = {}
    for name, table in document.items():
        numbered = name in metadata.NUMBERED and isinstance(table, Mapping)
        for path, own in ((f"{name}.{n}", t) for n, t in table.items()) if numbered else ((name, table),):
            if metadata.kinds(path) is not None and isinstance(own, Mapping):
                entry = _read_entry(path, own, problems)
                entries |= {path: entry} if entry else {}
            elif numbered:
                unknown.setdefault(name, {})[path.partition(".")[2]] = own
            else:
                unknown[name] = own
    _keep(extra, "metadata", unknown)
    return metadata.ordered(entries)


def _read_entry(path: str, table: Mapping[str, Any], problems: list[str]) -> MetadataEntry | None:
    where = f"[metadata.{path}]"
    place = tables.read(table, tables.Place, where, problems)
    values = {}
    for key, kind in (metadata.kinds(path) or {}).items():
        try:
            values[key] = metadata.parsed(metadata.Place(path, key), table.get(key))
        except metadata.BadValue:
            problems.append(f"{where} {key}: it has to be {kind.value}")
    if place is not None and len(place.span) not in (0, 2):
        problems.append(f"{where} span: it has to be a start and an end, or empty")
    if place is None or len(place.span) not in (0, 2):
        return None
    own = tables.unknown(table, tables.Place, tuple(values))
    span = Span(*place.span) if place.span else None
    return MetadataEntry(MappingProxyType(values), span, place.origin, MappingProxyType(own))


def _read_finding(name: str, table: Mapping[str, Any], problems: list[str]) -> ReviewedFinding | None:
    where = f"[findings.{name}]"
    found = tables.read(table, tables.Finding, where, problems)
    if "split_reason" in table:
        problems.append(f"{where} split_reason: only a removed finding has this key; here it is called reason")
    return _finding(name, found, found.reason, tables.unknown(table, tables.Finding)) if found else None


def _read_removed(name: str, table: Mapping[str, Any], problems: list[str]) -> RemovedFinding | None:
    found = tables.read(table, tables.Removed, f"[removed.{name}]", problems)
    if found is None:
        return None
    unknown = tables.unknown(table, tables.Removed)
    return RemovedFinding(_finding(name, found, found.split_reason, unknown), found.reason)


def _finding(name: str, found: tables.Finding, reason: str, unknown: Mapping[str, Any]) -> ReviewedFinding:
    return ReviewedFinding(
        id=name,
        category=found.category,
        heading=found.heading,
        spans=found.spans,
        text=found.exact,
        themes=found.themes,
        note=found.note,
        seen=found.seen,
        question=found.question,
        origin=found.origin,
        parents=found.parents,
        reason=reason,
        refused=found.refused,
        repeats=found.repeats,
        extra=MappingProxyType(dict(unknown)),
    )


def _read_doubts(document: Mapping[str, Any], extra: dict[str, Any], problems: list[str]) -> dict[str, str]:
    doubts: dict[str, str] = {}
    for key, table in document.items():
        found = tables.read(table, tables.Doubt, f"[doubts.{key}]", problems)
        doubts |= {key: found.settled} if found else {}
        _keep(extra, "doubts", {key: tables.unknown(table, tables.Doubt)})
    return doubts


def _read_followups(document: Mapping[str, Any], extra: dict[str, Any], problems: list[str]) -> dict[str, Followup]:
    followups: dict[str, Followup] = {}
    for key, table in document.items():
        found = tables.read(table, tables.Followup, f'[followups."{key}"]', problems)
        followups |= {key: Followup(found.verdict, found.finding)} if found else {}
        _keep(extra, "followups", {key: tables.unknown(table, tables.Followup)})
    return followups


def _keep(extra: dict[str, Any], name: str, unknown: Mapping[str, Any]) -> None:
    held = {key: value for key, value in unknown.items() if value != {}}
    if held:
        extra[name] = {**extra.get(name, {}), **held}


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
    before, after = _context(text, finding)
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


def _context(text: str, finding: ReviewedFinding) -> tuple[str, str]:
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
