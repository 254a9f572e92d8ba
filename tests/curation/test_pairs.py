from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.journal import NotWritten
from curation.operations import Refused
from curation.pairs import Pair, Pairs, pair

A, B, C, D = (f"2010/{name}#f-{name[0]}00000" for name in ("eastmarch", "northby", "saltwick", "tidewell"))


def _lines(folder: Path, name: str = "ab") -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "pairs" / f"{name}.jsonl").read_text().splitlines()]


def test_a_judgement_is_a_line_and_holds_for_both(tmp_path: Path) -> None:
    pairs = Pairs(tmp_path, "ab")
    assert pairs.judged().same == {}
    assert not (tmp_path / "pairs").exists()
    pairs.judge([(B, A)], False)
    (line,) = _lines(tmp_path)
    assert {"a": A, "b": B, "same": False}.items() <= line.items()
    assert str(line["at"]).endswith("Z")
    again = Pairs(tmp_path, "ab").judged()
    assert (again.of(A), again.of(B), again.of(C)) == ({B: False}, {A: False}, {})
    assert again.apart == {(A, B)}


def test_each_reviewer_has_a_file_of_their_own(tmp_path: Path) -> None:
    Pairs(tmp_path, "ab").judge([(A, B)], False)
    assert Pairs(tmp_path, "cd").judged().same == {}


def test_the_later_judgement_counts_and_undo_brings_the_earlier_back(tmp_path: Path) -> None:
    pairs = Pairs(tmp_path, "ab")
    pairs.judge([(A, B)], False)
    pairs.judge([(B, A)], True)
    assert pairs.judged().of(A) == {B: True}
    assert pairs.undo() == ((A, B),)
    assert pairs.judged().of(A) == {B: False}
    assert pairs.undo() == ((A, B),)
    assert pairs.judged().of(A) == {}
    with pytest.raises(Refused, match="no judgement to take back"):
        pairs.undo()
    # Whoever reads only the last line of a pair comes to the same.
    assert [line["same"] for line in _lines(tmp_path)] == [False, True, False, None]


def test_what_was_judged_together_is_taken_back_together(tmp_path: Path) -> None:
    pairs = Pairs(tmp_path, "ab")
    together = pairs.judge([(A, B), (A, C)], False)
    pairs.judge([(A, D)], False)
    assert set(pairs.undo(together)) == {(A, B), (A, C)}
    assert pairs.judged().of(A) == {D: False}


def test_what_says_nothing_new_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    pairs = Pairs(tmp_path, "ab")
    for a, b in ((A, A), (A, "f-000000"), ("#f-1", B)):
        with pytest.raises(Refused):
            pairs.judge([(a, b)], False)
    with pytest.raises(Refused):
        pairs.undo()
    assert not (tmp_path / "pairs").exists()
    pairs.judge([(A, B)], True)
    with pytest.raises(Refused, match="said already: the same"):
        pairs.judge([(B, A)], True)
    with pytest.raises(Refused, match="can't be a reviewer"):
        Pairs(tmp_path, "../ab")


def test_damaged_lines_are_named_and_the_rest_counts(tmp_path: Path) -> None:
    pairs = Pairs(tmp_path, "ab")
    pairs.judge([(A, B)], False)
    path = tmp_path / "pairs" / "ab.jsonl"
    with path.open("ab") as file:
        file.write(b'\xff\n[1]\n{"a": 3}\n' + b"[" * 100_000 + b"\n")
        file.write(json.dumps({"a": B, "b": C, "same": True, "at": "2026-11-20T09:14:31Z"}).encode() + b"\n")
        file.write(b'{"a": "2010/e')  # a power cut
    judged = pairs.judged()
    assert judged.same == {(A, B): False, (B, C): True}
    named = sorted(number for problem in judged.problems for number in range(1, 9) if f"line {number} " in problem)
    assert named == [2, 3, 4, 5, 7]
    pairs.judge([(A, D)], True)
    assert pairs.judged().same == {(A, B): False, (B, C): True, (A, D): True}
    assert path.read_bytes().count(b'{"a": "2010/e\n') == 1


def test_a_line_of_another_program_can_be_taken_back(tmp_path: Path) -> None:
    (tmp_path / "pairs").mkdir()
    line = json.dumps({"a": B, "b": A, "same": False, "at": "2026-11-20T09:14:31Z"})
    (tmp_path / "pairs" / "ab.jsonl").write_text(line + "\n")
    assert Pairs(tmp_path, "ab").undo() == ((A, B),)
    assert Pairs(tmp_path, "ab").judged().same == {}


def test_a_link_in_place_of_the_file_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("theirs")
    workspace = tmp_path / "letters"
    (workspace / "pairs").mkdir(parents=True)
    (workspace / "pairs" / "ab.jsonl").symlink_to(elsewhere)
    with pytest.raises((NotWritten, OSError)):
        Pairs(workspace, "ab").judge([(A, B)], False)
    assert elsewhere.read_text() == "theirs"


def test_a_folder_that_can_not_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "pairs").write_text("a file where the folder should be")
    with pytest.raises((NotWritten, OSError)):
        Pairs(tmp_path, "ab").judge([(A, B)], False)


def test_where_there_is_no_room_nothing_is_half_kept(tmp_path: Path) -> None:
    Pairs(tmp_path, "ab").judge([(A, B)], False)
    path = tmp_path / "pairs" / "ab.jsonl"
    before = path.read_bytes()
    child = os.fork()
    if child == 0:
        # The next line would reach over the limit half-way.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 20, len(before) + 20))
        try:
            Pairs(tmp_path, "ab").judge([(A, C)], False)
        except NotWritten as error:
            os._exit(0 if "pairs/ab.jsonl" in str(error) and "is safe there" in str(error) else 2)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert path.read_bytes() == before
    Pairs(tmp_path, "ab").judge([(A, C)], False)
    assert len(Pairs(tmp_path, "ab").judged().same) == 2


WRITER = """
import sys
from pathlib import Path
from curation.pairs import Pairs
pairs = Pairs(Path(sys.argv[1]), "ab")
for number in range(25):
    pairs.judge([(f"a#f-{sys.argv[2]}", f"b#f-{number}")], False)
"""


def test_two_programs_lose_nothing(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name]) for name in ("1", "2")]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert len(Pairs(tmp_path, "ab").judged().same) == 50
    assert Pairs(tmp_path, "ab").judged().problems == ()


def test_new_files_take_the_mode_of_the_workspace(tmp_path: Path) -> None:
    workspace = tmp_path / "letters"
    workspace.mkdir()
    workspace.chmod(0o770)
    Pairs(workspace, "ab").judge([(A, B)], False)
    assert (workspace / "pairs" / "ab.jsonl").stat().st_mode & 0o777 == 0o660


refs = st.sampled_from([A, B, C, D])
steps = st.lists(
    st.one_of(st.just("undo"), st.tuples(refs, refs, st.booleans()).filter(lambda step: step[0] != step[1])),
    max_size=12,
)


@given(steps)
def test_undo_gives_what_was_before(tmp_path_factory: pytest.TempPathFactory, done: list[object]) -> None:
    pairs = Pairs(tmp_path_factory.mktemp("letters"), "ab")
    past: list[dict[Pair, bool]] = [{}]
    for step in done:
        try:
            if isinstance(step, tuple):
                pairs.judge([step[:2]], step[2])
                past.append(past[-1] | {pair(*step[:2]): step[2]})
            else:
                pairs.undo()
                past.pop()
        except Refused:
            assert (
                len(past) == 1 if step == "undo" else isinstance(step, tuple) and past[-1][pair(*step[:2])] is step[2]
            )
        assert pairs.judged().same == past[-1]
