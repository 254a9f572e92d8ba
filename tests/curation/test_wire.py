"""Operations as JSON: what `recto apply` reads, and what the journal holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given

from curation.operations import KINDS, Refused, apply, describe, from_json, from_line, replay, said, to_json, to_line
from tests.made.reviews import Draft, choices, drafts, operation_for

EXAMPLES: list[dict[str, Any]] = [
    {"op": "split", "finding": "f-3k9qz2", "at": 4101, "reason": "extraction"},
    {"op": "merge", "findings": ["f-3k9qz2", "f-7c1mte"]},
    {"op": "move-boundary", "finding": "f-3k9qz2", "side": "start", "to": 3890},
    {"op": "recategorise", "finding": "f-3k9qz2", "category": "strength"},
    {"op": "add", "category": "strength", "spans": [[120, 260]]},
    {"op": "remove", "finding": "f-3k9qz2", "reason": "page-furniture"},
    {"op": "restore", "finding": "f-3k9qz2"},
    {"op": "set-themes", "finding": "f-3k9qz2", "themes": ["supervision"], "from_rank": 1},
    {"op": "set-note", "finding": "f-3k9qz2", "note": "…"},
    {"op": "set-seen", "finding": "f-3k9qz2", "seen": True},
    {"op": "set-question", "finding": "f-3k9qz2", "question": "…"},
    {"op": "set-letter-note", "note": "…"},
    {"op": "edit-metadata", "field": "date", "value": "2010-12-01"},
    {"op": "hand-in"},
    {"op": "reopen"},
    {"op": "settle-doubt", "doubt": "page-join-4101", "settled": "right"},
    {"op": "refuse-theme", "finding": "f-3k9qz2", "theme": "supervision"},
    {"op": "set-followup", "earlier": "2009/eastmarch#f-0wz4cd", "verdict": "partly", "finding": "f-3k9qz2"},
    {"op": "answer-question", "asker": "ab", "asked": "f-3k9qz2", "question": "…", "answer": "…"},
    {"op": "place", "finding": "f-3k9qz2", "spans": [[120, 260]]},
    {"op": "decline-place", "finding": "f-3k9qz2"},
]


@pytest.mark.parametrize("example", EXAMPLES, ids=[str(e["op"]) for e in EXAMPLES])
def test_each_operation_is_read_and_written_alike(example: dict[str, Any]) -> None:
    operation = from_json(example)
    assert json.loads(json.dumps(to_json(operation))) == example
    assert from_json(to_json(operation)) == operation
    assert describe(operation)
    assert "\n" not in describe(operation)
    assert said(operation)


def test_there_is_an_example_of_every_operation() -> None:
    # A rebase is worked out, never told; the tests of rebasing write and read its lines.
    assert [example["op"] for example in EXAMPLES] == [kind for kind in KINDS if kind != "rebase"]


def test_what_has_a_usual_value_may_be_left_out() -> None:
    assert from_json({"op": "split", "finding": "f-1", "at": 3}) == from_json(
        {"op": "split", "finding": "f-1", "at": 3, "reason": "extraction"}
    )
    assert from_json({"op": "set-themes", "finding": "f-1", "themes": []}) == from_json(
        {"op": "set-themes", "finding": "f-1", "themes": [], "from_rank": None}
    )


def test_what_a_boundary_leaves_out_is_said_only_where_there_is_something() -> None:
    line = {"op": "move-boundary", "finding": "f-1", "side": "end", "to": 9}
    assert to_json(from_json(line)) == line
    dated = {"op": "edit-metadata", "field": "date", "value": "2010-12-01"}
    assert to_json(from_json(dated)) == dated
    assert to_json(from_json({**dated, "span": [0, 15]})) == {**dated, "span": [0, 15]}
    assert to_json(from_json({**line, "without": [[4, 6]]})) == {**line, "without": [[4, 6]]}


@pytest.mark.parametrize(
    ("mapping", "why"),
    [
        ([], "an operation is an object"),
        ("hand-in", "an operation is an object"),
        ({}, "needs `op`, one of split, merge"),
        ({"op": 3}, "needs `op`, one of"),
        ({"op": "mrege"}, "no operation mrege; the nearest is merge"),
        ({"op": "split", "finding": "f-1"}, "split needs `at`"),
        ({"op": "hand-in", "note": "x"}, "hand-in knows no `note`; it has no field"),
        ({"op": "set-seen", "finding": "f-1", "seen": True, "by": "ab"}, "knows no `by`; it has finding, seen"),
        ({"op": "split", "finding": "f-1", "at": "3"}, "split: Expected `int`, got `str` at `at`"),
        ({"op": "split", "finding": "f-1", "at": True}, "got `bool`"),
        ({"op": "split", "finding": "f-1", "at": 3.5}, "got `float`"),
        ({"op": "set-seen", "finding": "f-1", "seen": 1}, "got `int`"),
        ({"op": "merge", "findings": ["f-1"]}, "length 2"),
        ({"op": "add", "category": "strength", "spans": [[1, 2, 3]]}, "spans[0]"),
        ({"op": "edit-metadata", "field": "date", "value": 3}, "edit-metadata: Expected"),
        ({"op": "edit-metadata", "field": "date"}, "edit-metadata needs `value`"),
        ({"op": "set-note", "finding": None, "note": ""}, "got `null` at `finding`"),
    ],
)
def test_what_is_no_operation_is_refused_with_the_reason(mapping: object, why: str) -> None:
    with pytest.raises(Refused) as raised:
        from_json(mapping)
    assert why in str(raised.value)


@given(drafts, choices)
def test_a_journal_line_gives_the_operation_back_with_all_that_it_led_to(draft: Draft, choice: Sequence[int]) -> None:
    review = draft.review()
    operation = operation_for(review, (choice[0], choice[1], choice[2]))
    if operation is None:
        return
    try:
        applied = apply(review, operation)
    except Refused:
        return
    line = json.loads(json.dumps(to_line(review, operation, applied)))
    read, made = from_line(line)
    assert made == applied.made
    assert replay(review, read, made) == applied


def test_a_line_holds_what_was_there_before() -> None:
    review = Draft("- ").finding("strength", "One. Two.").review()
    name = review.findings[0].id

    def line(**values: Any) -> dict[str, Any]:
        operation = from_json(values)
        return to_line(review, operation, apply(review, operation))

    assert line(op="set-themes", finding=name, themes=["a", "a"], from_rank=2) == {
        "op": "set-themes",
        "finding": name,
        "was": [],
        "now": ["a"],
        "from_rank": 2,
    }
    assert line(op="edit-metadata", field="date", value="2010-12-01") == {
        "op": "edit-metadata",
        "field": "date",
        "was": None,
        "now": "2010-12-01",
    }
    moved = line(op="move-boundary", finding=name, side="end", to=6)
    assert (moved["was"], moved["now"], moved["made"]) == (11, 6, [{"spans": [[2, 6]], "exact": "One."}])
    split = line(op="split", finding=name, at=6)
    assert split["offset"] == 6
    assert len(split["created"]) == 2
    assert [one["exact"] for one in split["made"]] == ["One.", "Two."]
    followup = line(op="set-followup", earlier="a#f-1", verdict="partly", finding=name)
    assert (followup["was"], followup["now"]) == (None, {"verdict": "partly", "finding": name})


@pytest.mark.parametrize(
    "line",
    [
        {"op": "rebase"},
        {"op": "split", "finding": "f-1", "offset": 3, "reason": "meaning", "created": ["f-2"], "made": []},
        {"op": "split", "finding": "f-1", "offset": 3, "reason": "meaning"},
        {"op": "merge", "findings": ["f-1", "f-2"], "created": ["f-3"], "made": [{"spans": [[1]], "exact": "x"}]},
        {"op": "merge", "findings": ["f-1", "f-2"], "created": [3], "made": [{"spans": [[1, 2]], "exact": "x"}]},
        {"op": "set-themes", "finding": "f-1", "now": "supervision"},
    ],
)
def test_a_line_that_is_no_operation_is_refused(line: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        from_line(line)
