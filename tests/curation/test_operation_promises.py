"""Each sentence about operations, over random sequences on random letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curation import store
from curation.checks import problems
from curation.history import History
from curation.journal_lines import decode
from curation.operations import Adopt, Merge, MoveBoundary, Operation, Refused, Split, apply, changed, touched
from curation.review import Review, ReviewedFinding
from tests.made.reviews import Desk, Draft, choices, drafts, operation_for

Choice = tuple[int, int, int]
sequences = st.lists(choices, max_size=12)
KEEP_CHARACTERS = ("Split", "Merge", "Recategorise", "Remove", "Restore")


def at_least(examples: int) -> settings:
    """So many examples, or as many as the profile asks for if that is more."""
    return settings(max_examples=max(examples, settings().max_examples))


def _step(desk: Desk, choice: Choice) -> bool:
    """Do what the choice says; False if it was refused."""
    operation = operation_for(desk.review, choice)
    try:
        if operation is not None:
            desk.do(operation, batch=f"b{choice[2] % 3}" if choice[1] % 7 == 0 else None)
        elif choice[0] == 19 and desk.history.redo_depth:
            desk.redo()
        else:
            desk.undo()
    except Refused:
        return False
    return True


def _desk(draft: Draft, sequence: Sequence[Choice]) -> Desk:
    desk = Desk(draft.review())
    for choice in sequence:
        _step(desk, choice)
    return desk


def _same(one: Review, other: Review) -> bool:
    """Equal in all keys but `operations` and `updated`."""
    return replace(one, operations=0, updated=None) == replace(other, operations=0, updated=None)


def _characters(review: Review) -> Counter[int]:
    """The places of the findings' characters, living or removed, white space apart."""
    held = [*review.findings, *(removed.finding for removed in review.removed)]
    return Counter(
        place for f in held for span in f.spans for place in range(*span) if not review.text[place].isspace()
    )


def _named(review: Review, operation: Operation) -> set[str]:
    return set(touched(operation))


def _by_id(review: Review) -> dict[str, ReviewedFinding]:
    return {f.id: f for f in (*review.findings, *(removed.finding for removed in review.removed))}


@at_least(500)
@given(drafts, sequences, choices)
def test_an_operation_changes_only_what_it_names_and_undo_takes_it_back(
    draft: Draft, sequence: Sequence[Choice], last: Choice
) -> None:
    desk = _desk(draft, sequence)
    before = desk.review
    operation = operation_for(before, last)
    assume(operation is not None)
    assert operation is not None
    try:
        applied = desk.do(operation)
    except Refused:
        assert desk.review is before
        return
    after = desk.review
    assert problems(after) == ()
    assert [f.spans for f in after.findings] == sorted(f.spans for f in after.findings)
    unnamed = set(_by_id(before)) - _named(before, operation)
    assert {k: v for k, v in _by_id(before).items() if k in unnamed} == {
        k: v for k, v in _by_id(after).items() if k in unnamed
    }
    for key in ("source", "text", "letter", "reviewer", "codebook_revision", "extra"):
        if not (key == "extra" and isinstance(operation, Adopt)):
            assert getattr(after, key) == getattr(before, key)
    if type(operation).__name__ in KEEP_CHARACTERS:
        assert _characters(after) == _characters(before)
    assert set(applied.created) == {f.id for f in after.findings} - {f.id for f in before.findings}
    assert set(applied.gone) == {f.id for f in before.findings} - {f.id for f in after.findings}
    desk.undo()
    assert _same(desk.review, before)
    desk.redo()
    assert _same(desk.review, after)


@at_least(500)
@given(drafts, sequences, st.integers(0, 10_000))
def test_undo_of_one_finding_touches_no_other_and_can_be_done_again(
    draft: Draft, sequence: Sequence[Choice], a: int
) -> None:
    desk = _desk(draft, sequence)
    before = desk.review
    held = sorted(_by_id(before))
    assume(held)
    finding = held[a % len(held)]
    try:
        (step,) = desk.history.next_undo_of(finding)
        desk.undo_finding(finding)
    except Refused:
        assert desk.review is before
        return
    after = desk.review
    assert problems(after) == ()
    assert finding in changed(step.operation, step.made)
    others = {*_by_id(before), *_by_id(after)} - touched(step.operation, step.made)
    assert {k: v for k, v in _by_id(before).items() if k in others} == {
        k: v for k, v in _by_id(after).items() if k in others
    }
    desk.redo()
    assert _same(desk.review, before)


@at_least(500)
@given(drafts, sequences, st.integers(0, 10_000), st.integers(0, 10_000))
def test_split_then_merge_gives_what_was_there(draft: Draft, sequence: Sequence[Choice], a: int, b: int) -> None:
    desk = _desk(draft, sequence)
    assume(desk.review.findings)
    old = desk.review.findings[a % len(desk.review.findings)]
    at = old.spans[0].start + b % (old.spans[-1].end - old.spans[0].start)
    try:
        first, second = desk.do(Split(old.id, at)).created
    except Refused:
        return
    parts = [f for f in desk.review.findings if f.id in (first, second)]
    assert all(not p.seen and p.parents == (old.id,) and p.origin == "split" for p in parts)
    assert "".join("".join(p.text for p in parts).split()) == "".join(old.text.split())
    (whole,) = desk.do(Merge((second, first))).created
    merged = desk.review.find(whole)
    assert merged is not None
    for key in ("text", "spans", "category", "themes", "note", "heading", "question", "refused", "repeats", "extra"):
        assert getattr(merged, key) == getattr(old, key), key
    assert not merged.seen
    assert merged.parents == (first, second)


@at_least(500)
@given(drafts, sequences)
def test_replay_gives_the_same_file_byte_for_byte(draft: Draft, sequence: Sequence[Choice]) -> None:
    base = draft.review()
    desk = _desk(draft, sequence)
    again = History(base)
    digest = ""
    for line in desk.lines:
        read = decode(line.rstrip(b"\n"), digest)
        digest = read.sum
        again.take(read.values)
    assert store.dumps(again.review) == store.dumps(desk.review)
    assert (again.undo_depth, again.redo_depth) == (desk.history.undo_depth, desk.history.redo_depth)


@at_least(500)
@given(drafts, sequences)
def test_save_load_save_gives_the_same_bytes(draft: Draft, sequence: Sequence[Choice]) -> None:
    review = _desk(draft, sequence).review
    data = store.dumps(review)
    loaded = store.loads(data, review.text)
    assert store.dumps(loaded) == data
    assert loaded == review


@at_least(500)
@given(drafts, sequences)
def test_undoing_all_leads_back_to_the_beginning_and_redoing_all_to_the_end(
    draft: Draft, sequence: Sequence[Choice]
) -> None:
    base = draft.review()
    desk = _desk(draft, [choice for choice in sequence if choice[0] not in (19, 20)])
    end = desk.review
    undone = 0
    while desk.history.undo_depth:
        desk.undo()
        undone += 1
    assert _same(desk.review, base)
    assert desk.history.redo_depth == undone
    while desk.history.redo_depth:
        desk.redo()
    assert _same(desk.review, end)


@at_least(500)
@given(drafts, sequences)
def test_no_id_is_given_twice(draft: Draft, sequence: Sequence[Choice]) -> None:
    desk = Desk(draft.review())
    ever = {f.id for f in desk.review.findings}
    for choice in sequence:
        operation = operation_for(desk.review, choice)
        if operation is None:
            _step(desk, choice)
            continue
        try:
            made = {one.id for one in desk.do(operation).made}
        except Refused:
            continue
        if not isinstance(operation, MoveBoundary):
            assert not made & ever
            ever |= made


@at_least(500)
@given(drafts, sequences, choices)
def test_only_split_merge_and_move_boundary_unset_seen(draft: Draft, sequence: Sequence[Choice], last: Choice) -> None:
    desk = _desk(draft, sequence)
    review = replace(desk.review, findings=tuple(replace(f, seen=True) for f in desk.review.findings))
    operation = operation_for(review, last)
    assume(operation is not None and type(operation).__name__ != "SetSeen")
    assert operation is not None
    try:
        after = apply(review, operation).review
    except Refused:
        return
    unseen = {f.id for f in after.findings if not f.seen} - {r.finding.id for r in review.removed}
    if type(operation).__name__ in ("Split", "Merge", "MoveBoundary"):
        assert len(unseen) == (2 if isinstance(operation, Split) else 1)
    elif type(operation).__name__ != "Add":
        assert not unseen


def test_the_state_has_no_key_that_the_properties_forget() -> None:
    assert {f.name for f in fields(Review)} == {
        "letter", "reviewer", "source", "text", "findings", "removed", "unplaced", "metadata", "doubts", "followups",
        "answers", "state", "note", "operations", "updated", "codebook_revision", "extra",
    }  # fmt: skip
