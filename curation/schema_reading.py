"""From the dict of a review file to the review. Every wrong table is named, with its key and what it has to be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from curation import metadata, tables
from curation.migrating import REVIEW_STEPS, migrated
from curation.review import (
    Answer,
    Followup,
    MetadataEntry,
    RemovedFinding,
    Review,
    ReviewedFinding,
    ReviewSource,
    Unplaced,
)
from curation.tables import SchemaError
from parsers.letter import Span

NAME: Final = "recto.review"
MAJOR: Final = len(REVIEW_STEPS) + 1
SCHEMA: Final = f"{NAME}/{MAJOR}"

_VERSION: Final = re.compile(r"recto\.review/(\d{1,6})(?:\.\d+)*")


def from_dict(document: Mapping[str, Any], text: str) -> Review:
    """Read what `to_dict` gives. `text` is the letter's, in which the spans count.

    Raises SchemaError with everything that is wrong, by table and key; its `newer` is set for a later major version.
    Whether spans and `exact` fit the text is not looked at here (`curation.checks`).
    """
    document = migrated(document, _version(document.get("schema")))
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
    unplaced = [_read_unplaced(name, table, problems) for name, table in head.unplaced.items()]
    doubts, followups = _read_doubts(head.doubts, extra, problems), _read_followups(head.followups, extra, problems)
    answers = _read_answers(head.answers, extra, problems)
    problems += [f"[removed.{name}]: it is among the findings too" for name in head.removed if name in head.findings]
    placed = {**head.findings, **head.removed}
    problems += [f"[unplaced.{name}]: it has a place in the letter too" for name in head.unplaced if name in placed]
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
        unplaced=tuple(sorted((u for u in unplaced if u), key=lambda u: (u.finding.spans, u.finding.id))),
        metadata=entries,
        doubts=MappingProxyType(doubts),
        followups=MappingProxyType(followups),
        answers=MappingProxyType(answers),
        state=head.state,
        note=head.note,
        operations=head.operations,
        updated=head.updated,
        codebook_revision=head.codebook_revision,
        extra=MappingProxyType(extra),
    )


def _version(schema: object) -> int:
    """The major version that a file says it has. Raises SchemaError for one that can't be read."""
    found = _VERSION.fullmatch(schema) if isinstance(schema, str) else None
    if found is None:
        raise SchemaError((f'schema: it has to be "{SCHEMA}"',))
    major = int(found[1])
    if major < 1:
        raise SchemaError((f'schema: there is no version "{schema}"; this one reads "{SCHEMA}"',))
    if major > MAJOR:
        raise SchemaError(
            (f'schema: "{schema}" is of a newer version of Recto; this one reads "{SCHEMA}"',), newer=True
        )
    return major


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


def _read_unplaced(name: str, table: Mapping[str, Any], problems: list[str]) -> Unplaced | None:
    found = tables.read(table, tables.Unplaced, f"[unplaced.{name}]", problems)
    if found is None:
        return None
    finding = _finding(name, found, found.reason, tables.unknown(table, tables.Unplaced))
    return Unplaced(finding, found.prefix, found.suffix, found.proposed, found.score, found.removed)


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


def _read_answers(document: Mapping[str, Any], extra: dict[str, Any], problems: list[str]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for key, table in document.items():
        found = tables.read(table, tables.Answer, f'[answers."{key}"]', problems)
        answers |= {key: Answer(found.question, found.answer)} if found and found.answer else {}
        _keep(extra, "answers", {key: tables.unknown(table, tables.Answer)})
    return answers


def _keep(extra: dict[str, Any], name: str, unknown: Mapping[str, Any]) -> None:
    held = {key: value for key, value in unknown.items() if value != {}}
    if held:
        extra[name] = {**extra.get(name, {}), **held}
