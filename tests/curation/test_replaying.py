"""A long journal is resumed at its TOML, without replaying it: in everything the same as if it had been replayed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import replaying, schema, snapshots, store
from curation.history import REDO, UNDO, History
from curation.journal import SCHEMA
from curation.journal_lines import Line, Position, encode, scan
from curation.opening import open_review
from curation.operations import Refused, SetLetterNote, SetNote
from curation.session import Session
from tests.made.reviews import AT, Desk, Draft, choices, drafts, eastmarch, operation_for, place_in, session_in


def journalled(desk: Desk) -> list[Line]:
    """The lines of a desk as a journal has them, behind the line of its base."""
    base = desk.history.state_at(0)
    assert base is not None
    records = [{"n": 0, "at": AT, "op": "open", "schema": SCHEMA, "state": schema.to_json(base), "batch": None}]
    records += [{k: v for k, v in json.loads(line).items() if k != "sum"} for line in desk.lines]
    data, digest = b"", ""
    for record in records:
        line, digest = encode(record, digest)
        data += line
    return scan(data, Position()).lines


def steps(history: History) -> Iterator[tuple[str, list[int], bytes]]:
    """Every undo down to the beginning and every redo up again: which operations, and the state after it."""
    for op in (UNDO, REDO):
        while history.undo_depth if op == UNDO else history.redo_depth:
            numbers = [s.n for s in (history.next_undo() if op == UNDO else history.next_redo())]
            history.take({"n": history.n + 1, "at": AT, "op": op, f"{op}es": numbers, "batch": None})
            yield op, numbers, store.dumps(history.review)


@settings(max_examples=max(150, settings().max_examples))
@given(drafts, st.lists(choices, max_size=12), st.integers(0, 12))
def test_resumed_or_replayed_is_the_same_state_and_the_same_history(
    draft: Draft, sequence: Sequence[tuple[int, int, int]], at: int
) -> None:
    desk = Desk(draft.review())
    for choice in sequence:
        try:
            operation = operation_for(desk.review, choice)
            if operation is not None:
                desk.do(operation, batch=f"b{choice[2] % 3}" if choice[1] % 7 == 0 else None)
            elif choice[0] == 19 and desk.history.redo_depth:
                desk.redo()
            else:
                desk.undo()
        except Refused:
            continue
    lines = journalled(desk)
    place = at % len(lines)
    then = desk.history.state_at(place)
    assert then is not None
    data = store.dumps(then)
    stored = store.Stored(data, store.loads(data, draft.text))
    found = replaying.resume(lines, draft.text, stored, snapshots.of(data, place, lines[place].sum))
    if place == 0:
        assert found is None
        return
    assert found is not None
    resumed, wrong = found
    assert wrong == ""
    replayed, _ = replaying.replay(lines, draft.text)
    assert replayed is not None
    assert store.dumps(resumed.review) == store.dumps(replayed.review)
    assert (resumed.undo_depth, resumed.redo_depth) == (replayed.undo_depth, replayed.redo_depth)
    assert resumed.ids == replayed.ids
    assert list(steps(resumed)) == list(steps(replayed))


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the lines that were replayed."""
    numbers: list[int] = []
    take = History.take

    def record(self: History, line: dict[str, int]) -> None:
        numbers.append(line["n"])
        take(self, line)

    monkeypatch.setattr(History, "take", record)
    return numbers


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A session with 250 operations, saved."""
    session = session_in(tmp_path, eastmarch())
    finding = session.review.findings[0].id
    session.do_all([SetNote(finding, f"note {n}") for n in range(250)])
    session.save()
    return session


def test_only_what_came_after_the_toml_is_replayed_until_the_rest_is_asked_for(
    tmp_path: Path, session: Session, taken: list[int]
) -> None:
    session.do(SetLetterNote("one more"))
    taken.clear()
    again = session_in(tmp_path, eastmarch())
    assert taken == [251]
    assert (again.undo_depth, again.warnings) == (251, ())
    assert again.review == session.review
    again.do(SetLetterNote("and more"))
    again.save()
    assert taken == [251, 252]
    again.undo()
    assert (again.review.note, again.undo_depth, again.redo_depth) == ("one more", 251, 1)
    assert taken[2:] == [*range(1, 251), 251, 252, 253]
    again.undo()
    again.undo()
    assert again.review.findings[0].note == "note 248"


def test_a_note_that_is_lost_costs_a_replay_and_is_made_again(
    tmp_path: Path, session: Session, taken: list[int]
) -> None:
    (note,) = (tmp_path / "xdg" / "cache").rglob("*.json")
    assert note.stat().st_mode & 0o077 == 0
    for data in (b"", b"[", b'{"toml_sha256": 3}', b"x" * 20_000):
        note.write_bytes(data)
        taken.clear()
        assert session_in(tmp_path, eastmarch()).review == session.review
        assert len(taken) == 250
        taken.clear()
        assert session_in(tmp_path, eastmarch()).review == session.review
        assert taken == []


def test_a_toml_or_a_journal_that_changed_is_looked_at_in_full(
    tmp_path: Path, session: Session, taken: list[int]
) -> None:
    toml, journal = session.place.toml.read_bytes(), session.place.journal.read_bytes()
    session.place.toml.write_bytes(toml.replace(b"note 249", b"note 2x9"))
    taken.clear()
    again = session_in(tmp_path, eastmarch())
    assert again.review.findings[0].note == "note 249"
    assert "changed by hand" in " ".join(again.warnings)
    assert len(taken) == 250
    session.place.toml.write_bytes(toml)
    session.place.journal.write_bytes(journal.replace(b'"now":"note 3"', b'"now":"note x"'))
    assert "line 5 is damaged" in session_in(tmp_path, eastmarch()).read_only
    # A journal that is sound in itself, but another one.
    session.place.journal.unlink()
    (tmp_path / "other").mkdir()
    other = session_in(tmp_path / "other", eastmarch())
    finding = other.review.findings[0].id
    other.do_all([SetNote(finding, f"other {n}") for n in range(250)])
    session.place.journal.write_bytes(other.place.journal.read_bytes())
    again = session_in(tmp_path, eastmarch())
    assert again.review.findings[0].note == "other 249"
    assert "changed by hand" in " ".join(again.warnings)


def test_a_history_that_leads_elsewhere_is_not_undone(tmp_path: Path, session: Session) -> None:
    base = session.review
    other = replace(base, note="not what the lines give")
    lines = replaying.replay(scan(session.place.journal.read_bytes(), Position()).lines, base.text)[0]
    assert lines is not None
    data = store.dumps(other)
    read = scan(session.place.journal.read_bytes(), Position()).lines
    found = replaying.resume(read, base.text, store.Stored(data, other), snapshots.of(data, 250, read[-1].sum))
    assert found is not None
    with pytest.raises(Refused, match="can't be undone: it does not lead to the state that the TOML holds"):
        found[0].next_undo()
    assert found[0].review is other


def test_a_name_that_is_no_text_is_the_same_in_both_ways(tmp_path: Path, taken: list[int]) -> None:
    letter = eastmarch().letter(os.fsdecode(b"\xff.txt"))
    place = place_in(tmp_path, os.fsdecode(b"\xff"))
    session = Session(letter, place, open_review(place, letter, 1))
    session.do_all([SetLetterNote(str(n)) for n in range(250)])
    session.save()
    taken.clear()
    assert open_review(place, letter, 1).shown == session.review
    assert len(taken) == 250
