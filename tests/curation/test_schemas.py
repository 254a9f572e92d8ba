"""The JSON Schemas that are shipped say what the code reads and writes, no more and no less."""

from __future__ import annotations

import io
import json
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import plain, schema, store, tables
from curation.codebook import writing
from curation.codebook.edits import AddTheme, MergeTheme
from curation.journal import SCHEMA
from curation.metadata import NUMBERED, TABLES
from curation.operations import JOURNALLED, KINDS, Refused
from curation.pairs import Pairs
from parsers.jsonl import letter_json
from parsers.letter import RegionKind
from parsers.parse import parse_file
from tests.made.reviews import AT, Desk, Draft, choices, drafts, eastmarch, operation_for
from tui.__main__ import main

ROOT = Path(__file__).parents[2]
NAMES = ("answer", "codebook", "journal-line", "letter", "operation", "pair", "project", "review")


def document(name: str) -> dict[str, Any]:
    text = (resources.files("curation") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    whole: dict[str, Any] = json.loads(text)
    return whole


def check(name: str, value: Any) -> None:
    validator = jsonschema.Draft202012Validator(document(name), format_checker=jsonschema.FormatChecker())
    validator.validate(value)


def refused(name: str, value: Any) -> bool:
    try:
        check(name, value)
    except jsonschema.ValidationError:
        return True
    return False


def toml(data: bytes) -> Any:
    return plain.for_people(tomllib.loads(data.decode()))


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_schema_and_named_in_the_documents(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(document(name))
    assert f"`{name}.schema.json`" in (ROOT / "docs" / "files.md").read_text()


def test_there_is_no_other() -> None:
    found = [path.name for path in (ROOT / "curation" / "schemas").iterdir()]
    assert sorted(found) == [f"{name}.schema.json" for name in NAMES]


def required(kind: type[Any]) -> set[str]:
    return {f.name for f in fields(kind) if f.default is MISSING}


def by_op(name: str) -> dict[str, Mapping[str, Any]]:
    return {one["properties"]["op"]["const"]: one for one in document(name)["oneOf"]}


def test_operations_are_those_that_are_read() -> None:
    ops = by_op("operation")
    # A rebase is worked out, never told.
    told = {op: kind for op, kind in KINDS.items() if op != "rebase"}
    assert set(ops) == {*told, "undo", "redo"}
    for op, kind in told.items():
        assert set(ops[op]["properties"]) == {"op", *(f.name for f in fields(kind))}, op
        assert set(ops[op]["required"]) == {"op", *required(kind)}, op


def test_journal_lines_are_those_that_are_replayed() -> None:
    assert set(by_op("journal-line")) == {*JOURNALLED, "open", "undo", "redo"}


def test_tables_of_a_review_have_the_keys_of_the_code() -> None:
    whole = document("review")
    for table, kind in (
        (whole, tables.Head),
        (whole["properties"]["source"], tables.Source),
        (whole["$defs"]["finding"], tables.Finding),
        (whole["$defs"]["removed"], tables.Removed),
        (whole["properties"]["doubts"]["additionalProperties"], tables.Doubt),
        (whole["properties"]["followups"]["additionalProperties"], tables.Followup),
        (whole["properties"]["answers"]["additionalProperties"], tables.Answer),
        (whole["properties"]["unplaced"]["additionalProperties"], tables.Unplaced),
    ):
        assert set(table["properties"]) == set(kind.__struct_fields__), kind
    metadata = whole["$defs"]["metadata"]["properties"]
    assert set(metadata) == set(TABLES)
    for name, keys in TABLES.items():
        table = next(iter(metadata[name]["patternProperties"].values())) if name in NUMBERED else metadata[name]
        assert set(table["properties"]) == {*keys, "span", "origin"}


def test_kinds_of_regions_are_those_of_the_parser() -> None:
    regions = document("letter")["properties"]["regions"]["items"]["properties"]
    assert regions["kind"]["enum"] == [kind.value for kind in RegionKind]


@given(drafts, st.lists(choices, max_size=12))
def test_every_review_and_every_line_is_valid(draft: Draft, sequence: Sequence[tuple[int, int, int]]) -> None:
    desk = Desk(draft.review())
    for choice in sequence:
        try:
            operation = operation_for(desk.review, choice)
            if operation is not None:
                desk.do(operation)
            elif choice[0] == 19 and desk.history.redo_depth:
                desk.redo()
            else:
                desk.undo()
        except Refused:
            continue
    check("review", toml(store.dumps(desk.review)))
    for line in desk.lines:
        check("journal-line", json.loads(line))
    base = {"n": 0, "at": AT, "by": "ab", "login": "ab", "op": "open", "schema": SCHEMA}
    check("journal-line", {**base, "state": schema.to_json(draft.review()), "batch": None, "sum": "0123456789ab"})


def test_what_is_shipped_is_valid() -> None:
    check("codebook", toml((ROOT / "curation" / "codebook" / "codebook.toml").read_bytes()))
    samples = ROOT / "sample_letters"
    for path in samples.glob("*.txt"):
        check("letter", letter_json(parse_file(path, shown_as=path.name)))
    for path in (samples / "curated").glob("*.toml"):
        check("review", toml(path.read_bytes()))
    for path in samples.glob("recto.toml"):
        check("project", toml(path.read_bytes()))


def test_a_codebook_that_was_edited_is_valid(tmp_path: Path) -> None:
    writing.edit(tmp_path, AddTheme("Missing from home", phrases=("missing",)), "ab")
    writing.edit(tmp_path, MergeTheme("electronic-recording", "case-recording"), "ab")
    writing.undo(tmp_path, "ab")
    writing.redo(tmp_path, "ab")
    check("codebook", toml((tmp_path / writing.NAME).read_bytes()))


def test_what_apply_prints_is_valid(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "eastmarch.txt").write_text(eastmarch().text)
    given = '{"op": "set-letter-note", "note": "x"}\n{"op": "undo"}\n{"op": "redo"}\n{"op": "redo"}\nnothing\n'
    for line in given.splitlines()[:3]:
        check("operation", json.loads(line))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    assert main(["apply", str(tmp_path / "eastmarch.txt"), "--reviewer", "ab"]) == 1
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["ok"] for answer in answers] == [True, True, True, False, False]
    for answer in answers:
        check("answer", answer)
    for path in tmp_path.rglob("ab.jsonl"):
        for line in path.read_text().splitlines():
            check("journal-line", json.loads(line))


def test_judgements_on_pairs_are_valid(tmp_path: Path) -> None:
    pairs = Pairs(tmp_path, "ab")
    pairs.judge([("a#f-1", "b#f-2")], same=True)
    pairs.judge([("a#f-1", "b#f-3")], same=False)
    pairs.undo()
    for line in (tmp_path / "pairs" / "ab.jsonl").read_text().splitlines():
        check("pair", json.loads(line))


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("review", ("schema",), "recto.review/2"),
        ("review", ("state",), "done"),
        ("review", ("operations",), "7"),
        ("review", ("source", "length"), -1),
        ("review", ("findings", "f-z8xdnc", "spans"), []),
        ("review", ("findings", "f-z8xdnc", "seen"), 0),
        ("review", ("findings", "f-z8xdnc", "themes"), ["No Theme"]),
        ("review", ("findings", "x-1"), {}),
        ("review", ("metadata", "copies", "1", "span"), [1, 2, 3]),
        ("review", ("doubts", "page-join-190"), {"settled": "perhaps"}),
        ("codebook", ("themes", "No Theme"), {"label": "x"}),
        ("codebook", ("themes", "supervision", "label"), " "),
        ("codebook", ("revision",), "1"),
    ],
)
def test_what_is_wrong_is_refused(name: str, key: tuple[str, ...], value: Any) -> None:
    data = store.dumps(eastmarch().review()) if name == "review" else None
    whole = toml(data or (ROOT / "curation" / "codebook" / "codebook.toml").read_bytes())
    check(name, whole)
    table = whole
    for part in key[:-1]:
        table = table[part]
    table[key[-1]] = value
    assert refused(name, whole)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("operation", {"op": "nothing"}),
        ("operation", {"op": "set-note", "finding": "f-1"}),
        ("operation", {"op": "hand-in", "also": 1}),
        ("operation", {"op": "set-seen", "finding": "f-1", "seen": 1}),
        ("answer", {"ok": True, "n": 0, "created": [], "gone": []}),
        ("journal-line", {"n": 1, "op": "hand-in"}),
        ("pair", {"a": "x", "b": "y#z", "same": True, "at": AT}),
        ("project", {"profile": 3}),
        ("letter", {"schema": "recto.letter/1"}),
    ],
)
def test_lines_that_are_wrong_are_refused(name: str, value: Any) -> None:
    assert refused(name, value)
