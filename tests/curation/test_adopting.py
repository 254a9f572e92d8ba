"""A TOML that was edited by hand or merged by git is taken in as one operation, finding by finding."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import store
from curation.adopting import answered, compare, named
from curation.operations import Recategorise, Refused, Remove, SetLetterNote, SetNote, SetSeen, SetThemes, Split
from curation.patching import difference, patched, same
from curation.session import Session
from curation.threeway import ABSENT, Conflict, Side, merged
from tests.made.reviews import Draft, eastmarch, session_in

scalars = st.sampled_from([0, 0.0, False, 1, 1.0, True, "", "a", "1", float("nan")])
documents = st.recursive(
    scalars | st.lists(scalars, max_size=2),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
tables = st.dictionaries(st.sampled_from("abc"), documents, max_size=3)


def never(conflict: Conflict) -> Side:
    raise AssertionError(conflict)


# ---- patches and three-way comparison ----


@given(tables, tables)
def test_a_patch_makes_the_one_of_the_other(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert same(patched(one, difference(one, other)), other)
    assert difference(one, one) == {}


@given(tables, tables)
def test_what_one_side_changed_is_taken(base: dict[str, Any], changed: dict[str, Any]) -> None:
    assert same(merged(base, base, changed, never), changed)
    assert same(merged(base, changed, base, never), changed)
    assert same(merged(base, changed, changed, never), changed)


def leaves(table: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    if isinstance(table, dict) and table:
        return {k: v for key, value in table.items() for k, v in leaves(value, (*path, key)).items()}
    return {path: table}


@given(tables, tables, tables, st.sampled_from(Side))
def test_every_change_is_in_the_result_or_was_asked(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any], side: Side
) -> None:
    asked: list[tuple[str, ...]] = []

    def choose(conflict: Conflict) -> Side:
        asked.append(conflict.path)
        assert not same(conflict.mine, conflict.theirs)
        return side

    result = leaves(merged(base, mine, theirs, choose))
    missing = object()
    for changed in (mine, theirs):
        before, after = leaves(base), leaves(changed)
        for path in {*before, *after}:
            new = after.get(path, missing)
            if same(before.get(path, missing), new) or any(path[: len(way)] == way for way in asked):
                continue
            if new is not missing and path in result:
                assert same(result[path], new)


@pytest.mark.parametrize(("one", "other"), [(0, False), (1, 1.0), (True, 1), ("1", 1), ([0], [False]), ({}, [])])
def test_what_is_equal_but_of_another_type_is_a_change(one: Any, other: Any) -> None:
    assert not same(one, other)
    assert merged({"x": one}, {"x": one}, {"x": other}, never) == {"x": other}
    assert type(merged({"x": one}, {"x": one}, {"x": other}, never)["x"]) is type(other)


def test_a_table_taken_out_on_one_side_and_changed_on_the_other_is_asked_as_a_whole() -> None:
    asked: list[Conflict] = []

    def choose(conflict: Conflict) -> Side:
        asked.append(conflict)
        return Side.THEIRS

    base = {"findings": {"f-1": {"note": "", "seen": False}}}
    theirs = {"findings": {"f-1": {"note": "x", "seen": False}}}
    assert merged(base, {"findings": {}}, theirs, choose) == theirs
    assert [(c.path, c.mine) for c in asked] == [(("findings", "f-1"), ABSENT)]


def test_answers_count_only_for_the_values_that_they_were_given_for() -> None:
    asked = Conflict(("note",), "", "mine", "theirs")
    choose = answered([(asked, Side.THEIRS)])
    assert choose(asked) is Side.THEIRS
    assert choose(replace(asked, base="other")) is Side.THEIRS
    for other in (replace(asked, mine="other"), replace(asked, theirs="other"), replace(asked, path=("state",))):
        with pytest.raises(Refused, match="was changed meanwhile; choose again"):
            choose(other)


# ---- a review's file ----


@pytest.fixture
def draft() -> Draft:
    return eastmarch()


@pytest.fixture
def session(tmp_path: Path, draft: Draft) -> Session:
    """A saved session with two decisions."""
    session = session_in(tmp_path, draft)
    session.do(SetLetterNote("begun"))
    session.do(SetSeen(session.review.findings[1].id, True))
    session.close()
    return session


def edit(session: Session, *changes: tuple[str, str]) -> bytes:
    """Change the TOML by hand; what it is then."""
    text = session.place.toml.read_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    session.place.toml.write_text(text)
    return text.encode()


def test_an_edited_file_is_taken_in_as_one_operation_that_undo_takes_back(
    tmp_path: Path, draft: Draft, session: Session
) -> None:
    first, second = (f.id for f in session.review.findings[:2])
    before = session.review
    edit(
        session,
        ('note = "begun"', 'note = "by hand"'),
        ("themes = []", 'themes = [\n    "thresholds",\n]'),
        ("[metadata.", '[metadata.date]\nvalue = 2010-12-01\nspan = []\norigin = "edited"\n\n[metadata.'),
    )
    again = session_in(tmp_path, draft)
    assert again.review == before
    assert again.warnings == (
        "ab.toml was changed by hand. The next decision, or `recto adopt 2010/eastmarch --reviewer ab`, will take in"
        f" changes of the file: note, metadata.date, findings.{first}",
    )
    done = again.adopt()
    assert (done.n, done.said) == (3, "changes of the file taken in")
    assert again.review.note == "by hand"
    assert again.review.findings[0].themes == ("thresholds",)
    assert str(again.review.metadata["date"].values["value"]) == "2010-12-01"
    assert again.review.findings[1].seen
    again.close()
    assert [path.name for path in session.place.toml.parent.iterdir() if "orig" in path.name] == []
    last = session_in(tmp_path, draft)
    assert (last.review, last.warnings) == (again.review, ())
    assert session.place.toml.read_bytes() == store.dumps(last.review)
    line = json.loads(session.place.journal.read_bytes().splitlines()[-1])
    assert line["was"]["note"] == "begun"
    assert line["now"]["metadata"] == {"date": {"value": {"$toml": "2010-12-01"}, "span": [], "origin": "edited"}}
    with pytest.raises(Refused, match="changed with others"):
        last.undo_finding(first)
    last.undo()
    assert replace(last.review, operations=0, updated=None) == replace(before, operations=0, updated=None)
    last.redo()
    assert last.review.note == "by hand"
    assert second


def test_the_next_decision_takes_in_what_nobody_has_to_choose(tmp_path: Path, draft: Draft, session: Session) -> None:
    edit(session, ('note = "begun"', 'note = "by hand"'))
    again = session_in(tmp_path, draft)
    done = again.do_all([SetNote(again.review.findings[0].id, "x")], batch="b")
    assert (done.n, done.said) == (4, "note written")
    assert "operation 3 took that in" in again.warnings[-1]
    assert again.review.note == "by hand"
    again.undo()
    assert again.review.note == "by hand"
    again.close()
    assert session_in(tmp_path, draft).warnings == ()


def test_a_decision_that_does_not_go_with_the_edit_is_done_and_the_file_kept(
    tmp_path: Path, draft: Draft, session: Session
) -> None:
    first = session.review.findings[0].id
    text = session.place.toml.read_text()
    start = text.index(f"[findings.{first}]")
    session.place.toml.write_text(text[:start] + text[text.index("[findings.", start + 1) :])
    again = session_in(tmp_path, draft)
    again.do(SetNote(first, "still here"))
    again.close()
    assert again.review.findings[0].note == "still here"
    assert session.place.toml.with_name("ab.toml.orig").exists()


def test_what_both_sides_changed_is_asked(tmp_path: Path, draft: Draft, session: Session) -> None:
    first, second, third, _ = (f.id for f in session.review.findings)
    old = session.place.toml.read_bytes()
    session.do(SetNote(first, "mine"))
    session.do(SetThemes(first, ("supervision",)))
    session.do(Remove(second, "duplicate"))
    session.do(Recategorise(third, "strength"))
    session.close()
    # A colleague's copy, made from an older state: merged by git, say.
    session.place.toml.write_bytes(old)
    data = edit(session, ('note = ""', 'note = "theirs"'), ("seen = true", "seen = true\nmood = 0"))
    again = session_in(tmp_path, draft)
    assert again.warnings == (
        f"ab.toml was changed by hand, and so was the review: note of {first}."
        " `recto adopt 2010/eastmarch --reviewer ab` asks which to take",
    )
    (conflict,) = again.conflicts()
    assert (conflict.path, conflict.base, conflict.mine, conflict.theirs) == (
        ("findings", first, "note"),
        "",
        "mine",
        "theirs",
    )
    with pytest.raises(Refused, match=f"both sides changed note of {first}"):
        again.adopt()
    again.adopt(lambda _: Side.THEIRS)
    assert again.review.findings[0].note == "theirs"
    assert again.review.findings[0].themes == ("supervision",)
    # The removal of one side and the new key of the other go together.
    assert [(r.finding.id, dict(r.finding.extra)) for r in again.review.removed] == [(second, {"mood": 0})]
    again.close()
    assert session.place.toml.with_name("ab.toml.orig").read_bytes() == data
    assert session_in(tmp_path, draft).review == again.review


def test_an_edit_that_was_taken_in_before_a_crash_is_not_taken_in_twice(
    tmp_path: Path, draft: Draft, session: Session
) -> None:
    edit(session, ('note = "begun"', 'note = "by hand"'))
    session_in(tmp_path, draft).adopt()  # and no save
    again = session_in(tmp_path, draft)
    assert "in nothing that the journal doesn't have" in again.warnings[0]
    done = again.adopt()
    assert (done.n, done.said) == (3, "nothing is changed: all of it is in the journal")
    again.close()
    assert session_in(tmp_path, draft).warnings == ()
    assert session.place.toml.read_bytes() == store.dumps(again.review)


def test_a_conflict_is_not_decided_by_going_on(tmp_path: Path, draft: Draft, session: Session) -> None:
    old = session.place.toml.read_bytes()
    session.do(SetLetterNote("mine"))
    session.close()
    session.place.toml.write_bytes(old)
    data = edit(session, ('note = "begun"', 'note = "theirs"'))
    again = session_in(tmp_path, draft)
    again.do(SetSeen(again.review.findings[0].id, True))
    again.close()
    assert again.review.note == "mine"
    kept = session.place.toml.with_name("ab.toml.orig")
    assert kept.read_bytes() == data
    assert "ab.toml.orig` takes in what it changed" in again.warnings[-1]
    last = session_in(tmp_path, draft)
    stored = store.read(kept, draft.text, last.letter.source.text_sha256)
    assert stored is not None
    assert [named(c) for c in last.conflicts(stored)] == ["note"]
    last.adopt(lambda _: Side.THEIRS, stored)
    assert (last.review.note, last.review.findings[0].seen) == ("theirs", True)


def test_comments_and_a_layout_of_its_own_are_kept_beside(tmp_path: Path, draft: Draft, session: Session) -> None:
    data = edit(session, ('note = "begun"', 'note = "by hand"  # ask M.'))
    again = session_in(tmp_path, draft)
    again.adopt()
    again.close()
    assert session.place.toml.with_name("ab.toml.orig").read_bytes() == data
    assert "had comments or a layout of its own; that text was kept as ab.toml.orig" in again.warnings[-1]
    assert session.place.toml.read_bytes() == store.dumps(again.review)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('reviewer = "ab"', 'reviewer = "cd"', "reviewer: that is not to be changed by hand"),
        ('state = "open"', 'state = "agreed"', "state: it is one of open, handed-in"),
        ('category = "strength"', 'category = "strenth"', "strenth is not a category of this letter"),
        ("themes = []", 'themes = ["No Theme"]', "No Theme is no theme id"),
        ("length = 270", "length = 271", "source: that is not to be changed by hand"),
        ("[findings.f-z8xdnc]", "[findings.new]", "an id is f- and six or more"),
    ],
)
def test_what_would_break_a_rule_is_not_taken_in(
    tmp_path: Path, draft: Draft, session: Session, old: str, new: str, why: str
) -> None:
    data = edit(session, (old, new))
    again = session_in(tmp_path, draft)
    assert why in again.warnings[0]
    with pytest.raises(Refused, match=why):
        again.adopt()
    again.do(SetLetterNote("on"))
    again.close()
    assert session.place.toml.with_name("ab.toml.orig").read_bytes() == data


def test_a_file_without_its_journal_begins_a_new_one(tmp_path: Path, draft: Draft, session: Session) -> None:
    session.place.journal.unlink()
    edit(session, ('note = "begun"', 'note = "by hand"'))
    again = session_in(tmp_path, draft)
    assert "can't be undone any more" in again.warnings[0]
    done = again.adopt()
    assert "ab.toml is where a new journal begins; what was done before can't be undone" in done.said
    last = session_in(tmp_path, draft)
    assert (last.review.note, last.review.operations, last.undo_depth, last.warnings) == ("by hand", 2, 0, ())
    with pytest.raises(Refused, match="has nothing that the journal doesn't have"):
        last.adopt()
    assert last.do(SetLetterNote("on")).n == 3


def test_a_file_that_is_ahead_of_its_journal_is_taken_in_on_demand(
    tmp_path: Path, draft: Draft, session: Session
) -> None:
    older = session.place.journal.read_bytes()
    session.do(SetLetterNote("later"))
    session.do(SetNote(session.review.findings[0].id, "later too"))
    session.close()
    session.place.journal.write_bytes(older)
    again = session_in(tmp_path, draft)
    assert "take ab.toml in: `recto adopt 2010/eastmarch --reviewer ab`" in again.read_only
    assert again.adopt().n == 3
    assert again.read_only == ""
    assert (again.review.note, again.review.findings[0].note) == ("later", "later too")
    again.do(SetLetterNote("on"))
    again.close()
    assert session_in(tmp_path, draft).review == again.review
    again.undo()
    again.undo()
    assert again.review.note == "begun"


def test_a_finding_split_on_one_side_and_edited_on_the_other_is_asked_as_a_whole(
    tmp_path: Path, draft: Draft, session: Session
) -> None:
    first = session.review.findings[0]
    old = session.place.toml.read_bytes()
    session.do(Split(first.id, session.review.text.index(" Staff say")))
    session.close()
    session.place.toml.write_bytes(old)
    edit(session, ('note = ""', 'note = "theirs"'))
    again = session_in(tmp_path, draft)
    (conflict,) = again.conflicts()
    assert (named(conflict), conflict.mine) == (f"all of {first.id}", ABSENT)
    with pytest.raises(Refused, match="it would overlap"):
        again.adopt(lambda _: Side.THEIRS)
    done = again.adopt(lambda _: Side.MINE)
    assert (done.n, done.said) == (3, "nothing is changed: what the journal says stays")
    again.close()
    assert session_in(tmp_path, draft).warnings == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda review: replace(review, note="x"),
        lambda review: replace(review, findings=review.findings[1:]),
        lambda review: replace(review, extra={"mood": {"deep": [1, 2.5]}}),
        lambda review: replace(review, doubts={"page-join-190": "right"}),
        lambda review: replace(review, metadata={}),
    ],
)
def test_what_is_compared_is_what_comes_out(change: Callable[..., Any], session: Session) -> None:
    theirs = change(session.review)
    adoption = compare(session.review, session.review, theirs, never)
    assert adoption.operation is not None
    session.do(adoption.operation)
    assert replace(session.review, operations=0, updated=None) == replace(theirs, operations=0, updated=None)
