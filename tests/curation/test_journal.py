"""The journal: its lines, and what is left of it after anything that can happen to a file."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from curation import journal, store
from curation.journal import Journal, NotWritten
from curation.journal_lines import Position, encode, scan
from curation.operations import Merge, Refused, SetLetterNote, SetNote, SetSeen, Split
from curation.review import Review
from curation.session import Session
from tests.made.reviews import Draft, eastmarch, place_in, session_in


@pytest.fixture
def draft() -> Draft:
    return eastmarch()


@pytest.fixture
def session(tmp_path: Path, draft: Draft) -> Session:
    return session_in(tmp_path, draft)


def decide(session: Session) -> list[Review]:
    """Six lines in the journal, of which one is an undo; the state after each."""
    states = [session.review]
    first, second = (f.id for f in session.review.findings[:2])
    session.do(SetNote(first, "one “two” \u202e"))
    states.append(session.review)
    parts = session.do(Split(first, session.review.text.index(" Staff say"))).created
    states.append(session.review)
    session.do(SetSeen(second, True))
    states.append(session.review)
    session.undo()
    states.append(session.review)
    session.do(Merge((parts[0], parts[1])), batch="b1")
    return [*states, session.review]


# ---- the lines ----


def test_each_line_has_its_number_time_reviewer_account_operation_batch_and_sum(session: Session) -> None:
    decide(session)
    lines = [json.loads(line) for line in session.place.journal.read_bytes().splitlines()]
    assert [line["n"] for line in lines] == [0, 1, 2, 3, 4, 5]
    assert [line["op"] for line in lines] == ["open", "set-note", "split", "set-seen", "undo", "merge"]
    for line in lines:
        assert list(line)[:5] == ["n", "at", "by", "login", "op"]
        assert list(line)[-2:] == ["batch", "sum"]
        assert (line["by"], len(line["at"]), line["at"][-1]) == ("ab", 20, "Z")
        assert line["login"]
    assert lines[0]["schema"] == "recto.journal/1"
    assert list(lines[0]["state"]["findings"]) == [f.id for f in eastmarch().review().findings]
    assert (lines[1]["was"], lines[1]["now"]) == ("", "one “two” \u202e")
    assert lines[4]["undoes"] == [3]
    assert [line["batch"] for line in lines] == [None] * 5 + ["b1"]


def test_the_sum_is_over_the_sum_before_and_the_line_without_its_own(session: Session) -> None:
    decide(session)
    before = ""
    data = session.place.journal.read_bytes()
    assert data.isascii()
    for line in data.splitlines():
        body, _, tail = line.rpartition(b',"sum":')
        before = hashlib.sha256(before.encode() + body).hexdigest()[:12]
        assert tail == b'"' + before.encode() + b'"}'


def test_looking_and_what_is_refused_write_nothing(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        session.do(SetNote("f-000000", "x"))
    with pytest.raises(Refused):
        session.undo()
    session.save()
    session.close()
    assert list(tmp_path.iterdir()) == [tmp_path / "xdg"] or list(tmp_path.iterdir()) == []


def test_a_refused_operation_changes_no_byte(session: Session) -> None:
    decide(session)
    before = session.place.journal.read_bytes()
    with pytest.raises(Refused):
        session.do(SetNote("f-000000", "x"))
    assert session.place.journal.read_bytes() == before


def test_an_operation_is_on_the_disk_before_it_is_done_and_so_is_the_way_to_it(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    write, fsync = os.write, os.fsync

    def record_write(descriptor: int, data: memoryview) -> int:
        calls.append(f"write {bytes(data).count(10)}")
        return write(descriptor, data)

    def record_fsync(descriptor: int) -> None:
        inode = os.fstat(descriptor).st_ino
        (path,) = (path for path in (tmp_path, *tmp_path.rglob("*")) if path.stat().st_ino == inode)
        calls.append(f"fsync {path.name}")
        fsync(descriptor)

    monkeypatch.setattr(os, "write", record_write)
    monkeypatch.setattr(os, "fsync", record_fsync)
    session.do(SetLetterNote("x"))
    made = [f"fsync {name}" for name in (tmp_path.name, "reviews", "2010")]
    assert calls == [*made, "write 2", "fsync ab.jsonl", "fsync eastmarch"]
    calls.clear()
    session.do(SetLetterNote("y"))
    assert calls == ["write 1", "fsync ab.jsonl"]


# ---- what can happen to the file ----


def test_from_every_truncation_a_state_is_read_that_was_acknowledged(
    tmp_path: Path, draft: Draft, session: Session
) -> None:
    states = {review.operations: store.dumps(review) for review in decide(session)}
    whole = session.place.journal.read_bytes()
    ends = [at + 1 for at, byte in enumerate(whole) if byte == 0x0A]
    for length in range(len(whole)):
        news = scan(whole[:length], Position())
        # A line that lacks nothing but its line feed is whole.
        complete = sum(end - 1 <= length for end in ends)
        assert len(news.lines) == complete
        assert news.damage == ""
        assert news.torn == (length - ([0, *ends][complete]) if length > ([0, *ends][complete]) else 0)
    for length in random.Random(4).sample(range(len(whole)), 60):
        session.place.journal.write_bytes(whole[:length])
        session.place.toml.unlink(missing_ok=True)
        again = session_in(tmp_path, draft)
        assert again.read_only == ""
        if again.review.operations:
            assert store.dumps(again.review) == states[again.review.operations]
        assert sum(end - 1 <= length for end in ends) == (again.review.operations + 1 if length >= ends[0] - 1 else 0)


def test_a_torn_line_is_kept_beside_and_the_journal_goes_on(tmp_path: Path, draft: Draft, session: Session) -> None:
    decide(session)
    path = session.place.journal
    whole = path.read_bytes()
    for torn in (b'{"n":6,"at":"20', b"\0" * 5000, b'{"n":6}\n', b"\xff\n\0\0"):
        path.write_bytes(whole + torn)
        again = session_in(tmp_path, draft)
        assert f"({len(torn)} bytes, never said to be saved)" in " ".join(again.warnings)
        assert path.read_bytes() == whole + torn
        assert again.do(SetLetterNote("on we go")).n == 6
        assert path.read_bytes().startswith(whole + b'{"n":6')
        (aside,) = path.parent.glob("ab.jsonl.torn-6*")
        assert aside.read_bytes() == torn
        assert aside.name in " ".join(again.warnings)
        aside.unlink()
        assert session_in(tmp_path, draft).review.note == "on we go"


def test_a_line_without_its_line_feed_counts_and_the_next_begins_on_a_new_line(
    tmp_path: Path, draft: Draft, session: Session
) -> None:
    decide(session)
    path = session.place.journal
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    again = session_in(tmp_path, draft)
    assert (again.review.operations, again.warnings) == (5, ())
    again.do(SetLetterNote("on"))
    assert path.read_bytes().startswith(whole)
    assert session_in(tmp_path, draft).review.operations == 6


def test_damage_in_the_middle_stops_there_and_is_said(tmp_path: Path, draft: Draft, session: Session) -> None:
    states = decide(session)
    path = session.place.journal
    path.write_bytes(path.read_bytes().replace(b'"now":true', b'"now":null'))
    damaged = path.read_bytes()
    again = session_in(tmp_path, draft)
    assert "ab.jsonl: line 4 is damaged: the checksum is wrong" in again.read_only
    assert "operations up to 2 are shown" in again.read_only
    assert again.review.findings == states[2].findings
    with pytest.raises(Refused, match="line 4 is damaged"):
        again.do(SetLetterNote("x"))
    with pytest.raises(Refused, match="line 4 is damaged"):
        again.undo()
    again.close()
    assert path.read_bytes() == damaged
    assert not session.place.toml.exists()


def test_a_file_that_holds_more_than_a_damaged_journal_is_shown(tmp_path: Path, draft: Draft, session: Session) -> None:
    states = decide(session)
    session.close()
    path = session.place.journal
    path.write_bytes(path.read_bytes().replace(b'"now":true', b'"now":null'))
    again = session_in(tmp_path, draft)
    assert "ab.toml holds 5 operations and is shown; its journal has 2" in again.read_only
    assert again.review == states[5]
    again.close()
    assert session.place.toml.read_bytes() == store.dumps(states[5])


@pytest.mark.parametrize("seed", range(40))
def test_after_any_damage_what_is_read_is_a_beginning_of_what_was_written(
    tmp_path: Path, session: Session, seed: int
) -> None:
    decide(session)
    whole = bytearray(session.place.journal.read_bytes())
    true_lines = Journal(session.place.journal, tmp_path).read().lines
    chance = random.Random(seed)
    at = chance.randrange(len(whole))
    match seed % 4:
        case 0:
            whole[at] ^= 1 << chance.randrange(8)
        case 1:
            whole[at : at + 512] = bytes(len(whole[at : at + 512]))
        case 2:
            del whole[at : at + chance.randrange(1, 400)]
        case _:
            whole[at:at] = whole[: chance.randrange(1, 900)]
    session.place.journal.write_bytes(whole)
    news = Journal(session.place.journal, tmp_path).read()
    assert news.lines == true_lines[: len(news.lines)]
    assert len(news.lines) < len(true_lines) or bytes(whole) == b"" or news.torn or news.damage or seed % 4 == 1


def test_a_line_that_this_version_does_not_know_stops_the_replay(
    tmp_path: Path, draft: Draft, session: Session
) -> None:
    session.do(SetLetterNote("one"))
    path = session.place.journal
    last = json.loads(path.read_bytes().splitlines()[-1])
    line, _ = encode({"n": 2, "at": last["at"], "by": "ab", "login": "x", "op": "repaint", "batch": None}, last["sum"])
    path.write_bytes(path.read_bytes() + line)
    again = session_in(tmp_path, draft)
    assert "line 3 can't be replayed" in again.read_only
    assert "no operation repaint" in again.read_only
    assert again.review.note == "one"


def test_a_line_that_is_missing_is_noticed_though_the_sums_are_right(
    tmp_path: Path, draft: Draft, session: Session
) -> None:
    session.do(SetLetterNote("one"))
    path = session.place.journal
    last = json.loads(path.read_bytes().splitlines()[-1])
    values = {**{key: value for key, value in last.items() if key != "sum"}, "n": 3}
    line, digest = encode(values, last["sum"])
    path.write_bytes(path.read_bytes() + line + encode({**values, "n": 4}, digest)[0])
    assert "line 3 is damaged: operation 2 is missing, 3 follows" in session_in(tmp_path, draft).read_only


def test_a_journal_of_another_version_is_not_touched(tmp_path: Path, draft: Draft, session: Session) -> None:
    session.place.journal.parent.mkdir(parents=True)
    line, _ = encode({"n": 0, "op": "open", "schema": "recto.journal/2", "state": {}}, "")
    session.place.journal.write_bytes(line)
    again = session_in(tmp_path, draft)
    assert "another version of Recto" in again.read_only
    with pytest.raises(Refused):
        again.do(SetLetterNote("x"))
    assert session.place.journal.read_bytes() == line


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "dangling"])
def test_what_stands_in_place_of_the_journal_is_neither_read_nor_written(
    tmp_path: Path, draft: Draft, session: Session, kind: str
) -> None:
    path, target = session.place.journal, tmp_path / "target"
    path.parent.mkdir(parents=True)
    target.write_text("precious")
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(target if kind == "link" else tmp_path / "nowhere")
    with pytest.raises(NotWritten, match=r"ab\.jsonl"):
        session.do(SetLetterNote("x"))
    again = session_in(tmp_path, draft)
    assert "can't be read" in again.read_only
    assert target.read_text() == "precious"
    assert not (tmp_path / "nowhere").exists()
    assert session.review.note == ""


# ---- when the disk fails ----


def _failing(name: str, code: int, monkeypatch: pytest.MonkeyPatch, *, after: int = 0) -> None:
    """The call of the system fails with `code` from the (after + 1)-th time on."""
    real: Callable[..., object] = getattr(os, name)
    calls: Iterator[int] = iter(range(10_000))

    def fail(*args: object, **kwargs: object) -> object:
        if next(calls) >= after:
            raise OSError(code, os.strerror(code))
        return real(*args, **kwargs)

    monkeypatch.setattr(os, name, fail)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS])
@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_write_that_fails_is_taken_back_and_said(
    tmp_path: Path, draft: Draft, session: Session, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    states = decide(session)
    before = session.place.journal.read_bytes()
    with monkeypatch.context() as broken:
        _failing(call, code, broken)
        with pytest.raises(NotWritten) as raised:
            session.do(SetLetterNote("lost?"))
    assert "All 5 operations before it are safe in reviews/2010/eastmarch/ab.jsonl" in str(raised.value)
    assert session.place.journal.read_bytes() == before
    assert session.review == states[-1]
    assert session.do(SetLetterNote("kept")).n == 6
    assert session_in(tmp_path, draft).review.note == "kept"


def test_the_first_write_that_fails_leaves_no_journal_behind(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        _failing("write", errno.ENOSPC, broken)
        with pytest.raises(NotWritten, match="no space left on the disk"):
            session.do(SetLetterNote("x"))
    assert not session.place.journal.exists()
    assert session.do(SetLetterNote("y")).n == 1


def test_a_line_that_is_written_in_pieces_is_whole(
    tmp_path: Path, draft: Draft, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    with monkeypatch.context() as slow:
        slow.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data[:7])))
        decide(session)
    assert session_in(tmp_path, draft).review == session.review


def test_a_disk_that_fills_up_in_the_middle_of_a_line_leaves_whole_lines(
    tmp_path: Path, draft: Draft, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(session)
    before = session.place.journal.read_bytes()
    real = os.write
    room = iter([40])

    def full(descriptor: int, data: memoryview) -> int:
        taken = next(room, 0)
        if not taken:
            raise OSError(errno.ENOSPC, "full")
        return real(descriptor, data[:taken])

    with monkeypatch.context() as broken:
        broken.setattr(os, "write", full)
        with pytest.raises(NotWritten):
            session.do(SetLetterNote("lost?"))
    assert session.place.journal.read_bytes() == before


def test_a_folder_that_goes_away_is_said(session: Session, tmp_path: Path) -> None:
    decide(session)
    shutil.rmtree(tmp_path / "reviews")
    with pytest.raises(NotWritten, match=r"ab\.jsonl is not there any more"):
        session.do(SetLetterNote("x"))
    with pytest.raises(store.NotSaved, match=r"ab\.toml was not written"):
        session.save()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_the_right_to_write_is_said(session: Session, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(NotWritten, match="you may not write there"):
        session.do(SetLetterNote("x"))


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_a_folder_that_can_only_be_read_is_said(session: Session, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    with monkeypatch.context() as broken:
        _failing("mkdir", code, broken)
        with pytest.raises(NotWritten, match=r"not kept: .*(may not write|read-only)"):
            session.do(SetLetterNote("x"))
    assert session.review.note == ""


# ---- locks ----


def test_a_lock_that_is_held_is_waited_for_and_then_said(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    decide(session)
    with session.place.journal.open() as other, monkeypatch.context() as short:
        short.setattr(journal, "LOCK_SECONDS", 0.02)
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(NotWritten, match="another program holds"):
            session.do(SetLetterNote("x"))
    assert session.do(SetLetterNote("x")).n == 6


def test_a_folder_without_locks_is_used_with_a_warning(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(descriptor: object, kind: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    session.do(SetLetterNote("x"))
    session.do(SetLetterNote("y"))
    assert [w for w in session.warnings if "no locks" in w] == list(session.warnings)


# ---- two at once ----


def test_two_sessions_on_one_review_see_each_other(tmp_path: Path, draft: Draft) -> None:
    one, other = session_in(tmp_path, draft), session_in(tmp_path, draft)
    first, second = (f.id for f in one.review.findings[:2])
    one.do(SetNote(first, "mine"))
    assert other.review.note == ""
    assert other.do(SetNote(second, "yours")).n == 2
    assert [f.note for f in other.review.findings[:2]] == ["mine", "yours"]
    assert one.refresh()
    assert one.review == other.review
    assert not one.refresh()
    other.undo()
    assert one.undo().n == 4
    assert one.undo_depth == 0
    assert [f.note for f in one.review.findings[:2]] == ["", ""]
    one.close()
    other.close()
    assert store.dumps(one.review) == one.place.toml.read_bytes()


def test_an_operation_may_name_what_another_program_has_just_made(tmp_path: Path, draft: Draft) -> None:
    one, other = session_in(tmp_path, draft), session_in(tmp_path, draft)
    parts = one.do(Split(one.review.findings[0].id, one.review.text.index(" Staff say"))).created
    other.do(SetNote(parts[1], "seen from elsewhere"))
    assert other.review.findings[1].note == "seen from elsewhere"
    third = session_in(tmp_path, draft)
    one.do(SetLetterNote("x"))
    one.undo()
    assert third.redo().n == 5


def test_an_operation_is_checked_against_what_others_did(tmp_path: Path, draft: Draft) -> None:
    one, other = session_in(tmp_path, draft), session_in(tmp_path, draft)
    first = one.review.findings[0].id
    parts = one.do(Split(first, one.review.text.index(" Staff say"))).created
    with pytest.raises(Refused, match=f"became {parts[0]} and {parts[1]}"):
        other.do(SetNote(first, "x"))
    assert other.review == one.review


def test_a_journal_that_was_put_in_place_of_the_other_is_read_anew(tmp_path: Path, draft: Draft) -> None:
    one = session_in(tmp_path, draft)
    one.do(SetLetterNote("old"))
    older = one.place.journal.read_bytes()
    one.do(SetLetterNote("newer"))
    one.place.journal.unlink()
    one.place.journal.write_bytes(older)
    assert one.refresh()
    assert one.review.note == "old"
    assert "was replaced by other hands" in " ".join(one.warnings)
    assert one.do(SetLetterNote("newest")).n == 2


def test_reviewers_have_their_own_journals(tmp_path: Path, draft: Draft) -> None:
    ab, cd = session_in(tmp_path, draft, "ab"), session_in(tmp_path, draft, "cd")
    ab.do(SetLetterNote("ab's"))
    cd.do(SetLetterNote("cd's"))
    assert (session_in(tmp_path, draft, "ab").review.note, cd.review.note) == ("ab's", "cd's")
    assert place_in(tmp_path, reviewer="cd").journal.exists()
