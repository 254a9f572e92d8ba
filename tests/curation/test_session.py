"""A review at work: its journal beside its TOML, whichever of the two is missing, old, or changed by other hands."""

from __future__ import annotations

import datetime as dt
import errno
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from curation import snapshots, store
from curation.history import BadLine, History
from curation.journal import Journal, NotWritten
from curation.log import read as read_log
from curation.operations import (
    Add,
    Merge,
    Refused,
    Remove,
    SetFollowup,
    SetLetterNote,
    SetNote,
    SetSeen,
    SetThemes,
    SettleDoubt,
    Split,
)
from curation.pairs import Pairs
from curation.session import Session
from parsers.letter import Letter, Span
from tests.made.reviews import Desk, Draft, eastmarch, session_in


@pytest.fixture(autouse=True, params=[snapshots.WORTHWHILE, 1], ids=["replayed", "resumed"])
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of this has to hold for a journal that is replayed whole and for one that is resumed at its TOML."""
    monkeypatch.setattr(snapshots, "WORTHWHILE", request.param)


@pytest.fixture
def draft() -> Draft:
    return eastmarch()


@pytest.fixture
def session(tmp_path: Path, draft: Draft) -> Session:
    return session_in(tmp_path, draft)


def files(session: Session) -> list[str]:
    return sorted(path.name for path in session.place.toml.parent.iterdir())


# ---- do, undo, redo ----


def test_what_is_done_is_said_with_its_number_and_ids(session: Session) -> None:
    assert (session.undo_depth, session.redo_depth, session.saved_at) == (0, 0, None)
    finding = session.review.findings[0]
    done = session.do(Split(finding.id, session.review.text.index(" Staff say")))
    assert (done.n, done.gone, done.said) == (1, (finding.id,), "split")
    assert done.created == tuple(f.id for f in session.review.findings[:2])
    assert session.saved_at is not None
    assert session.saved_at.utcoffset() == dt.timedelta(0)
    assert session.saved_at.microsecond == 0
    merged = session.do(Merge((done.created[0], done.created[1])))
    assert (merged.n, merged.said) == (2, "merged")
    undone = session.undo()
    assert (undone.n, undone.created, undone.gone, undone.said) == (3, done.created, merged.created, "undone: merged")
    assert (session.undo_depth, session.redo_depth) == (1, 1)
    again = session.redo()
    assert (again.n, again.created, again.said) == (4, merged.created, "done again: merged")


def test_undo_goes_on_after_a_restart_to_the_very_beginning(tmp_path: Path, draft: Draft, session: Session) -> None:
    for number in range(5):
        session.do(SetLetterNote(f"note {number}"))
    session.undo()
    session.close()
    again = session_in(tmp_path, draft)
    assert (again.undo_depth, again.redo_depth) == (4, 1)
    for _ in range(4):
        again.undo()
    assert replace(again.review, operations=0, updated=None) == draft.review()
    with pytest.raises(Refused, match="nothing to undo"):
        again.undo()
    last = session_in(tmp_path, draft)
    for _ in range(5):
        last.redo()
    assert last.review.note == "note 4"
    with pytest.raises(Refused, match="nothing to redo"):
        last.redo()


def test_something_new_ends_what_could_be_done_again(session: Session) -> None:
    session.do(SetLetterNote("one"))
    session.undo()
    session.do(SetLetterNote("two"))
    assert session.redo_depth == 0
    with pytest.raises(Refused):
        session.redo()


def test_an_id_that_the_journal_ever_held_is_not_given_again(tmp_path: Path, draft: Draft, session: Session) -> None:
    cut = Split(session.review.findings[0].id, session.review.text.index(" Staff say"))
    first = session.do(cut).created
    session.undo()
    second = session.do(cut).created
    assert not set(first) & set(second)
    session.undo()
    third = session_in(tmp_path, draft).do(cut).created
    assert not set(third) & {*first, *second}


def test_a_batch_is_one_step(tmp_path: Path, draft: Draft, session: Session) -> None:
    first, second, third, _ = (f.id for f in session.review.findings)
    session.do(SetSeen(first, True))
    done = session.do_all([SetThemes(name, ("supervision",)) for name in (first, second, third)], batch="group-1")
    assert (done.n, session.undo_depth) == (4, 2)
    again = session_in(tmp_path, draft)
    assert again.undo_depth == 2
    assert again.undo().said == "undone: 3 operations at once"
    assert [f.themes for f in again.review.findings] == [()] * 4
    assert again.review.findings[0].seen
    assert again.redo().said == "done again: 3 operations at once"
    assert [bool(f.themes) for f in again.review.findings] == [True, True, True, False]


def test_several_operations_are_done_all_or_none(session: Session) -> None:
    first = session.review.findings[0].id
    with pytest.raises(Refused):
        session.do_all([SetSeen(first, True), SetSeen("f-000000", True)], batch="b")
    with pytest.raises(Refused):
        session.do_all([])
    assert not session.review.findings[0].seen
    assert not session.place.journal.exists()


def test_undo_and_redo_of_a_batch_keep_what_another_program_did_in_between() -> None:
    desk = Desk(eastmarch().review())
    first, second = (f.id for f in desk.review.findings[:2])
    desk.do(SetNote(first, "x"), batch="b")
    desk.do(SetNote(first, "y"))
    desk.do(SetSeen(second, True), batch="b")
    end = desk.review
    desk.undo()
    assert (desk.review.findings[0].note, desk.review.findings[1].seen) == ("y", False)
    desk.redo()
    assert desk.review.findings == end.findings


def test_undo_never_comes_to_an_end_before_the_beginning() -> None:
    desk = Desk(eastmarch().review())
    base = desk.review
    first, second = (f.id for f in base.findings[:2])
    parts = desk.do(Split(first, base.text.index(" Staff say")), batch="b").created
    desk.do(SetNote(parts[0], "on a part"))
    desk.do(SetSeen(second, True), batch="b")
    for _ in range(3):
        desk.undo()
    assert desk.review.findings == base.findings
    with pytest.raises(Refused):
        desk.undo()


def test_the_last_change_of_one_finding_is_undone_alone(tmp_path: Path, draft: Draft, session: Session) -> None:
    first, second = (f.id for f in session.review.findings[:2])
    session.do(SetNote(first, "a"))
    session.do_all([SetNote(first, "b"), SetNote(second, "c")], batch="x")
    session.do(SetLetterNote("last"))
    done = session.undo_finding(first)
    assert (done.n, done.said) == (5, "undone: note written")
    again = session_in(tmp_path, draft)
    assert [f.note for f in again.review.findings[:2]] == ["a", "c"]
    assert again.review.note == "last"
    assert again.redo().n == 6
    assert [f.note for f in again.review.findings[:2]] == ["b", "c"]
    again.undo_finding(first)
    assert again.undo_finding(first).said == "undone: note written"
    assert [f.note for f in again.review.findings[:2]] == ["", "c"]
    with pytest.raises(Refused, match=f"nothing was done to {first} that could be undone"):
        again.undo_finding(first)
    with pytest.raises(Refused, match="no finding f-000000"):
        again.undo_finding("f-000000")
    again.redo()
    again.redo()
    assert [f.note for f in again.review.findings[:2]] == ["b", "c"]
    for _ in range(3):
        again.undo()
    assert replace(again.review, operations=0, updated=None) == draft.review()


def test_what_something_later_stands_on_is_not_undone_alone(session: Session) -> None:
    text = session.review.text
    first, second, third, _ = (f.id for f in session.review.findings)
    one, other = session.do(Split(first, text.index(" Staff say"))).created
    session.do(SetNote(other, "x"))
    with pytest.raises(Refused, match=rf"operation 1 \(split\) can't be undone alone: .*is about {other}; undo that"):
        session.undo_finding(one)
    session.undo_finding(other)
    session.undo_finding(one)
    assert [f.id for f in session.review.findings[:2]] == [first, second]

    session.do(Remove(third, "duplicate"))
    session.do(Add("strength", (Span(text.index("The recording"), text.index(" is slow")),)))
    with pytest.raises(Refused, match="because of what was done later: it would overlap"):
        session.undo_finding(third)
    session.do(SetFollowup("2009/eastmarch#f-0wz4cd", "partly", second))
    with pytest.raises(Refused, match="nothing was done to"):
        session.undo_finding(second)


@pytest.mark.parametrize(
    "line",
    [
        {"op": "undo", "undoes": [2]},
        {"op": "undo", "undoes": []},
        {"op": "undo"},
        {"op": "redo", "redoes": [1]},
        {"op": "set-note", "finding": "f-000000", "now": "x"},
        {"op": "set-note", "now": "x"},
        {"op": "merge", "findings": ["f-1", "f-2"], "created": ["f-3"], "made": [{"spans": [[0, 1]], "exact": "x"}]},
    ],
)
def test_a_line_that_cannot_follow_is_named_and_changes_nothing(line: dict[str, object]) -> None:
    history = History(eastmarch().review())
    history.take({"n": 1, "at": "2026-11-20T09:14:31Z", "op": "set-letter-note", "now": "x", "batch": None})
    before = history.review
    with pytest.raises(BadLine):
        history.take({"n": 2, "at": "2026-11-20T09:14:31Z", "batch": None, **line})
    assert history.review is before
    assert (history.undo_depth, history.redo_depth) == (1, 0)


def test_a_clock_that_is_set_back_changes_no_order(
    tmp_path: Path, draft: Draft, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.do(SetLetterNote("first"))
    monkeypatch.setattr("curation.recording._now", lambda: "1999-12-31T23:59:59Z")
    session.do(SetLetterNote("second"))
    session.close()
    monkeypatch.undo()
    again = session_in(tmp_path, draft)
    assert (again.review.note, again.review.operations) == ("second", 2)
    assert again.review.updated == dt.datetime(1999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)


def test_only_doubts_of_the_letter_are_settled(session: Session) -> None:
    (doubt,) = session.letter.doubts
    with pytest.raises(Refused) as raised:
        session.do(SettleDoubt("page-join-7", "right"))
    assert str(raised.value) == f"no doubt page-join-7 in 2010/eastmarch; the nearest is {doubt.key}"
    session.do(SettleDoubt(doubt.key, "wrong"))
    assert session.review.doubts == {doubt.key: "wrong"}


def test_threads_may_share_a_session(tmp_path: Path, draft: Draft, session: Session) -> None:
    def work(name: str) -> None:
        for number in range(10):
            session.do(SetLetterNote(f"{name} {number}"))
            session.save()

    threads = [threading.Thread(target=work, args=(name,)) for name in "xyz"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert session.review.operations == 30
    assert session_in(tmp_path, draft).review == session.review


# ---- the TOML beside the journal ----


def test_the_toml_follows_at_the_end_and_only_if_it_is_behind(session: Session) -> None:
    session.do(SetLetterNote("one"))
    assert files(session) == ["ab.jsonl"]
    session.save()
    assert session.place.toml.read_bytes() == store.dumps(session.review)
    before = session.place.toml.stat()
    session.save()
    session.close()
    assert session.place.toml.stat() == before
    assert files(session) == ["ab.jsonl", "ab.toml"]


@pytest.mark.parametrize("missing", ["toml", "journal"])
def test_either_of_the_pair_is_enough(tmp_path: Path, draft: Draft, session: Session, missing: str) -> None:
    finding = session.review.findings[0]
    parts = session.do(Split(finding.id, session.review.text.index(" Staff say"))).created
    session.do(SetThemes(parts[0], ("supervision",), 1))
    session.close()
    toml = session.place.toml.read_bytes()
    (session.place.toml if missing == "toml" else session.place.journal).unlink()
    again = session_in(tmp_path, draft)
    assert again.review == session.review
    assert again.read_only == ""
    if missing == "toml":
        again.close()
        assert again.place.toml.read_bytes() == toml
        assert (again.undo_depth, again.warnings) == (2, ())
        return
    assert again.undo_depth == 0
    assert again.warnings == (
        "reviews/2010/eastmarch/ab.jsonl is missing: what was done before can't be undone any more",
    )
    again.close()
    assert not again.place.journal.exists()
    assert again.do(SetNote(parts[1], "x")).n == 3
    again.close()
    last = session_in(tmp_path, draft)
    assert (last.review, last.undo_depth, last.warnings) == (again.review, 1, ())
    # An id that the lost journal had given is known from the parents, and so is not given again.
    assert finding.id not in last.do(Merge((parts[0], parts[1]))).created


def test_a_toml_that_is_behind_is_written_anew(tmp_path: Path, draft: Draft, session: Session) -> None:
    session.do(SetLetterNote("one"))
    session.save()
    session.do(SetLetterNote("two"))
    again = session_in(tmp_path, draft)
    assert (again.review.note, again.warnings) == ("two", ())
    again.close()
    assert store.loads(again.place.toml.read_bytes(), again.review.text).note == "two"
    assert files(again) == ["ab.jsonl", "ab.toml"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('category = "strength"', 'category = "weakness"'),
        ('schema = "recto.review/1"', '# mind this\nschema = "recto.review/1"'),
        ("operations = 2", "operations = 1"),
        ("seen = false", "seen = 0"),
        ("[source]", "[source"),
        ("[39, 92]", "[39, 80]"),
    ],
)
def test_a_toml_that_cannot_be_taken_in_is_kept_aside_and_the_journal_counts(
    tmp_path: Path, draft: Draft, session: Session, old: str, new: str
) -> None:
    session.do(SetLetterNote(""))
    session.do(SetSeen(session.review.findings[1].id, True))
    session.close()
    path = session.place.toml
    right = path.read_text()
    assert old in right
    path.write_text(right.replace(old, new, 1))
    changed = path.read_bytes()

    looked = session_in(tmp_path, draft)
    assert looked.review == session.review
    assert (len(looked.warnings), looked.read_only) == (1, "")
    assert "ab.toml" in looked.warnings[0]
    assert "ab.toml.orig" in looked.warnings[0]
    looked.close()
    assert path.read_bytes() == changed
    assert files(looked) == ["ab.jsonl", "ab.toml"]

    decided = session_in(tmp_path, draft)
    decided.do(SetLetterNote("more"))
    decided.close()
    assert path.with_name("ab.toml.orig").read_bytes() == changed
    assert path.read_bytes() == store.dumps(decided.review)
    assert files(decided) == ["ab.jsonl", "ab.toml", "ab.toml.orig"]
    assert session_in(tmp_path, draft).warnings == ()


def refuse(*args: object) -> None:
    raise PermissionError(errno.EPERM, "Operation not permitted")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file to any group")
def test_a_system_that_refuses_the_group_is_said_once_and_the_file_is_written(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.do(SetLetterNote("one"))
    session.save()
    os.chown(session.place.toml, -1, 12345)

    monkeypatch.setattr(os, "fchown", refuse)
    for words in ("two", "three"):
        session.do(SetLetterNote(words))
        os.chown(session.place.toml, -1, 12345)
        session.save()
    assert session.place.toml.read_bytes() == store.dumps(session.review)
    assert session.warnings == ("ab.toml is written, but the system did not let it keep its group",)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder to any group")
def test_a_system_that_refuses_the_group_of_new_folders_and_journals_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.chown(tmp_path, -1, 12345)
    monkeypatch.setattr(os, "fchown", refuse)
    session = session_in(tmp_path, eastmarch())
    session.do(SetLetterNote("one"))
    said = tuple(
        f"{made} is new, and the system did not let it have the group of the folder of letters; look who may use it"
        for made in ("reviews/2010/eastmarch", "reviews/2010/eastmarch/ab.jsonl")
    )
    assert session.warnings == said
    session.do(SetLetterNote("two"))
    assert session.warnings == said
    assert session_in(tmp_path, eastmarch()).warnings == ()
    assert session_in(tmp_path, eastmarch()).review.note == "two"


def test_a_system_that_refuses_the_mode_is_said_of_what_has_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o770)
    monkeypatch.setattr(os, "fchmod", refuse)
    umask = os.umask(0o027)
    try:
        session = session_in(tmp_path, eastmarch())
        session.do(SetLetterNote("one"))
        pairs = Pairs(tmp_path, "ab")
        pairs.judge([("a#f-000001", "b#f-000002")], True)
        pairs.judge([("a#f-000001", "b#f-000003")], True)
    finally:
        os.umask(umask)
    names = ("reviews/2010/eastmarch", "reviews/2010/eastmarch/ab.jsonl", "pairs", "pairs/ab.jsonl")
    assert [warning.split(" is new, ")[0] for warning in (*session.warnings, *pairs.warnings)] == list(names)
    assert all("did not let it have the mode of" in warning for warning in (*session.warnings, *pairs.warnings))


@pytest.mark.parametrize("mode", [0o700, 0o755, 0o2770, 0o777])
def test_new_folders_and_journals_that_are_like_the_workspace_need_no_words(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(mode)
    session = session_in(tmp_path, eastmarch())
    session.do(SetLetterNote("one"))
    session.save()
    assert session.warnings == ()
    assert session.place.journal.parent.stat().st_mode & 0o7777 == mode
    assert session.place.journal.stat().st_mode & 0o7777 == mode & 0o666


def test_a_toml_changed_by_hand_while_the_review_is_open_is_kept_aside(session: Session) -> None:
    session.do(SetLetterNote("one"))
    session.save()
    session.place.toml.write_text("precious notes")
    session.do(SetLetterNote("two"))
    session.save()
    assert session.place.toml.with_name("ab.toml.orig").read_text() == "precious notes"
    assert "kept as ab.toml.orig" in " ".join(session.warnings)


def test_a_toml_with_more_than_the_journal_is_not_written_over(tmp_path: Path, draft: Draft, session: Session) -> None:
    session.do(SetLetterNote("one"))
    older = session.place.journal.read_bytes()
    session.do(SetLetterNote("two"))
    session.close()
    newer = session.place.toml.read_bytes()
    session.place.journal.write_bytes(older)
    again = session_in(tmp_path, draft)
    assert "ab.toml holds 2 operations and is shown; its journal has 1" in again.read_only
    assert again.review.note == "two"
    with pytest.raises(Refused):
        again.do(SetLetterNote("three"))
    again.close()
    assert session.place.toml.read_bytes() == newer


def test_a_toml_that_turns_out_to_hold_more_is_not_written_over(session: Session) -> None:
    session.do(SetLetterNote("one"))
    ahead = store.dumps(replace(session.review, operations=9, note="from elsewhere"))
    session.place.toml.write_bytes(ahead)
    with pytest.raises(store.NotSaved, match="holds more operations"):
        session.save()
    assert session.place.toml.read_bytes() == ahead


@pytest.mark.parametrize("journal", [True, False])
def test_a_file_of_a_newer_version_is_opened_to_read_only(
    tmp_path: Path, draft: Draft, session: Session, journal: bool
) -> None:
    session.do(SetLetterNote("one"))
    session.close()
    newer = session.place.toml.read_text().replace("recto.review/1", "recto.review/2")
    session.place.toml.write_text(newer)
    if not journal:
        session.place.journal.unlink()
    again = session_in(tmp_path, draft)
    assert "is of a newer version of Recto" in again.read_only
    with pytest.raises(Refused):
        again.do(SetLetterNote("two"))
    again.close()
    assert session.place.toml.read_text() == newer


def test_a_toml_alone_that_is_no_review_is_not_written_over(tmp_path: Path, draft: Draft, session: Session) -> None:
    session.place.toml.parent.mkdir(parents=True)
    session.place.toml.write_text("[findings\n")
    again = session_in(tmp_path, draft)
    assert "ab.toml: it is not TOML" in again.read_only
    assert "Mend the file, or move it away" in again.read_only
    with pytest.raises(Refused):
        again.do(SetLetterNote("x"))
    again.close()
    assert files(again) == ["ab.toml"]


def test_files_of_another_letter_or_reviewer_are_not_taken(tmp_path: Path, draft: Draft, session: Session) -> None:
    session.do(SetLetterNote("one"))
    session.close()
    other = session.place.toml.with_name("cd.jsonl")
    other.write_bytes(session.place.journal.read_bytes())
    assert "the review of ab" in session_in(tmp_path, draft, "cd").read_only
    other.unlink()
    session.place.toml.with_name("cd.toml").write_bytes(
        session.place.toml.read_bytes().replace(b'letter = "2010/', b'letter = "2009/').replace(b'"ab"', b'"cd"')
    )
    assert "another letter, 2009/eastmarch" in session_in(tmp_path, draft, "cd").read_only


def test_reading_changes_no_byte_and_no_time(tmp_path: Path, draft: Draft, session: Session) -> None:
    session.do(SetLetterNote("one"))
    session.close()
    paths = (session.place.toml, session.place.journal, session.place.toml.parent)
    before = [path.stat() for path in paths]
    again = session_in(tmp_path, draft)
    again.refresh()
    again.close()
    assert [(s.st_mtime_ns, s.st_ino, s.st_size) for s in before] == [
        (s.st_mtime_ns, s.st_ino, s.st_size) for s in (path.stat() for path in paths)
    ]


def test_a_session_that_learns_of_damage_stops(session: Session) -> None:
    session.do(SetLetterNote("one"))
    with session.place.journal.open("ab") as other:
        other.write(b'{"n":2}\n{"n":3}\n')
    with pytest.raises(NotWritten, match="line 3 is damaged"):
        session.do(SetLetterNote("two"))
    assert not session.refresh()
    assert "line 3 is damaged" in session.read_only
    assert session.review.note == "one"


# ---- the log ----


def test_the_log_says_what_was_done_and_what_still_counts(session: Session, tmp_path: Path) -> None:
    first, at = session.review.findings[0].id, session.review.text.index(" Staff say")
    parts = session.do(Split(first, at)).created
    session.do(SetNote(parts[0], "two\nlines"))
    session.undo()
    session.do(SetSeen(parts[1], True), batch="b")
    found = read_log(Journal(session.place.journal, tmp_path))
    assert found.trouble == ""
    assert [(e.n, e.what, e.counts, e.batch) for e in found.entries] == [
        (0, "open the review", True, ""),
        (
            1,
            f"split {first} at {at}, for extraction -> {parts[0]}, {parts[1]}",
            True,
            "",
        ),
        (2, f"note of {parts[0]}: two lines", False, ""),
        (3, "undo 2", True, ""),
        (4, f"{parts[1]} is seen and right", True, "b"),
    ]
    assert {e.by for e in found.entries} == {"ab"}


def test_the_log_of_a_letter_without_a_journal_is_empty(tmp_path: Path) -> None:
    assert read_log(Journal(tmp_path / "none.jsonl", tmp_path)).entries == ()


def test_a_letter_is_not_changed_by_its_review(session: Session) -> None:
    before: Letter = session.letter
    session.do(SetLetterNote("x"))
    assert session.letter is before
