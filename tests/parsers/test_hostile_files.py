"""Folders that nobody vouches for: `recto parse` names in one line what it can't read, and reads all the rest."""

from __future__ import annotations

import inspect
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from parsers import items, lines, many, pdf, pdf_worker, reading
from parsers.many import parse_many
from parsers.walk import letter_paths
from tests.parsers import pdfs
from tests.parsers.processes import dies_of_some, length, stumbles
from tests.parsers.test_linear_time import KINDS
from tui.__main__ import main

ROOT = Path(__file__).parents[2]
LETTER = "Strengths\n\n- One is good.\n\nAreas for development\n\n- Two is late.\n"
NOBODY = 65534
ENOUGH_MEMORY = 1_000_000
"""kB of address space that a process of these tests may have: less than the large file, more than any letter needs."""


def recto(*arguments: str | Path, limits: str = f"ulimit -v {ENOUGH_MEMORY}") -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, under limits that a shell sets."""
    command = ["sh", "-c", f'{limits}; exec "$@"', "sh", sys.executable, "-m", "tui", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def parsed(stdout: str) -> list[str]:
    """The names of the letters that were printed as JSON Lines."""
    return [Path(json.loads(line)["source"]["path"]).name for line in stdout.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three letters."""
    path = tmp_path / "letters"
    path.mkdir()
    for name in ("a.txt", "m.txt", "z.md"):
        (path / name).write_text(LETTER, encoding="utf-8")
    return path


# ---- a folder of all that may stand in a folder ----

_WHY = {
    "binary.txt": "not text (a binary file?)",
    "broken.txt": "a link to a file that isn't there",
    "bomb.pdf": "too much memory",
    "empty.txt": "empty: there is no text in this file",
    "itself.txt": "a link to a file that isn't there",
    "loop": "a folder that leads back to itself",
    "pipe.txt": "not a file",
    "socket.txt": "not a file",
    "sparse.txt": "too large for a letter: 2,147.5 MB, the limit is 5 MB",
    "sparse.pdf": "too large for a letter: 2,147.5 MB, the limit is 50 MB",
    "two␊lines␛[2J.txt": "not text (a binary file?)",
}


@pytest.fixture
def hostile(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same folder with a letter in UTF-16, and with everything that is no letter."""
    (folder / "utf16.txt").write_text(LETTER, encoding="utf-16")
    for name in ("binary.txt", "two\nlines\x1b[2J.txt"):
        (folder / name).write_bytes(bytes(range(256)) * 20)
    (folder / "empty.txt").touch()
    (folder / "bomb.pdf").write_bytes(pdfs.nested_bomb())
    (folder / "loop").symlink_to(folder)
    (folder / "broken.txt").symlink_to("nowhere")
    (folder / "itself.txt").symlink_to("itself.txt")
    os.mkfifo(folder / "pipe.txt")
    for name in ("sparse.txt", "sparse.pdf"):
        (folder / name).touch()
        os.truncate(folder / name, 1 << 31)
    # The name of a socket may have 107 bytes, and the folders of tests have long ones.
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
        yield folder


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_thing_that_is_no_letter_gets_one_line_and_the_rest_is_parsed(hostile: Path, jobs: str) -> None:
    done = recto("parse", hostile, "--format", "jsonl", "--jobs", jobs)
    assert done.returncode == 1
    assert parsed(done.stdout) == ["a.txt", "m.txt", "utf16.txt", "z.md"]
    lines = done.stderr.split("\n")
    assert lines.pop() == ""
    assert all(line.isprintable() for line in lines)
    told = dict(line.removeprefix(f"recto: {hostile}/").split(": ", 1) for line in lines)
    assert len(lines) == len(told)
    assert told.keys() == _WHY.keys()
    for name, why in _WHY.items():
        assert why in told[name]


@pytest.mark.parametrize(
    "kind",
    [
        "bullets on lines",
        *(pytest.param(k, marks=pytest.mark.torture) for k in ("items on one line", "marks", "colons")),
    ],
)
def test_a_letter_at_the_limit_that_holds_nothing_but_marks_fits_in_memory(tmp_path: Path, kind: str) -> None:
    piece = KINDS[kind].encode()
    text = LETTER.encode() + piece * ((reading.LARGEST_LETTER - len(LETTER)) // len(piece))
    (tmp_path / "marks.txt").write_bytes(text)
    (tmp_path / "z.txt").write_text(LETTER, encoding="utf-8")
    done = recto("parse", tmp_path, "--format", "jsonl", limits="ulimit -v 700000")
    assert done.returncode == 0
    assert done.stderr == ""
    assert parsed(done.stdout) == ["marks.txt", "z.txt"]


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without root's right to read everything."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(was)


def test_what_may_not_be_read_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    # Nobody can go into the folders of tests, which only the user who runs them may.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        for letter in ("a.txt", "closed.txt", "locked/b.txt", "z.txt"):
            (folder / letter).parent.mkdir(exist_ok=True)
            (folder / letter).write_text(LETTER, encoding="utf-8")
        (folder / "into").symlink_to("locked/deeper")
        # Nobody may not read Python's own files either; after this they are loaded.
        assert main(["parse", str(folder / "a.txt"), "--format", "jsonl"]) == 0
        capsys.readouterr()
        (folder / "closed.txt").chmod(0)
        (folder / "locked").chmod(0)
        with as_nobody():
            may = os.access(folder / "closed.txt", os.R_OK, effective_ids=True)
            status = main(["parse", str(folder), str(folder / "locked" / "b.txt"), "--format", "jsonl"])
        (folder / "locked").chmod(0o700)
    if may:
        pytest.skip("this user may read everything")
    shown = capsys.readouterr()
    assert status == 1
    assert parsed(shown.out) == ["a.txt", "z.txt"]
    assert sorted(line.removeprefix(f"recto: {folder}/") for line in shown.err.splitlines()) == [
        "closed.txt: Permission denied",
        "into: Permission denied",
        "locked/b.txt: Permission denied",
        "locked: Permission denied",
    ]


def test_a_file_that_vanishes_is_named_and_the_others_are_parsed(folder: Path) -> None:
    outcomes = parse_many(letter_paths(folder), length)
    assert next(outcomes).value == len(LETTER)
    (folder / "m.txt").unlink()
    gone, last = outcomes
    assert gone.error == f"{folder / 'm.txt'}: No such file or directory"
    assert last.value == len(LETTER)


def test_a_file_that_lies_about_its_size_is_read_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    # Its size is said to be 0, as that of a file that is still being written may be.
    liar = Path("/proc/self/status")
    if not liar.exists():
        pytest.skip("there is no /proc here")
    assert liar.stat().st_size == 0
    monkeypatch.setattr(reading, "LARGEST_LETTER", 100)
    (outcome,) = parse_many([liar], length)
    assert outcome.error.startswith(f"{liar}: too large for a letter")


# ---- the walk ----


def test_a_folder_without_letters_is_named_but_no_fault(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "reviews").mkdir()
    (folder / "none" / "deeper").mkdir(parents=True)
    status = main(["parse", str(folder / "none"), str(folder), "--format", "jsonl"])
    shown = capsys.readouterr()
    assert (status, parsed(shown.out)) == (0, ["a.txt", "m.txt", "z.md"])
    assert shown.err == f"recto: {folder / 'none'}: there are no letters in this folder (.txt, .md or .pdf)\n"


def test_folders_nested_deeper_than_calls_may_be_are_walked(tmp_path: Path) -> None:
    calls = len(inspect.stack()) + 100
    folder = tmp_path.joinpath(*["d"] * (calls + 10))
    folder.mkdir(parents=True)
    (folder / "a.txt").touch()
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(calls)
    try:
        walked = list(letter_paths(tmp_path))
    finally:
        sys.setrecursionlimit(usual)
    assert walked == [folder / "a.txt"]


def test_a_folder_is_read_once_under_its_own_name_however_many_links_lead_to_it(tmp_path: Path) -> None:
    # Twelve folders with links to all the others: more ways through them than a walk could take.
    names = [f"f{n:02}" for n in range(12)]
    for name in names:
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "a.txt").write_text(LETTER, encoding="utf-8")
        for other in names:
            if other != name:
                (tmp_path / "in" / name / f"0-{other}").symlink_to(tmp_path / "in" / other)
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside" / "b.txt").write_text(LETTER, encoding="utf-8")
    for link in ("x", "y"):
        (tmp_path / "in" / link).symlink_to(tmp_path / "beside")
    problems: list[Path] = []
    walked = letter_paths(tmp_path / "in", lambda path, why: problems.append(path))
    assert [str(path.relative_to(tmp_path / "in")) for path in walked] == [f"{n}/a.txt" for n in names] + ["x/b.txt"]
    assert problems == []


def test_a_link_to_a_folder_above_the_one_that_is_walked_is_a_loop(folder: Path) -> None:
    (folder / "up").symlink_to(folder.parent.parent)
    problems: list[tuple[Path, str]] = []
    walked = list(letter_paths(folder, lambda path, why: problems.append((path, why))))
    assert [path.name for path in walked] == ["a.txt", "m.txt", "z.md"]
    assert problems == [(folder / "up", "a folder that leads back to itself; left out")]


# ---- processes ----


def test_a_process_that_dies_costs_the_letter_that_killed_it_and_no_other(folder: Path) -> None:
    for number in range(40):
        (folder / f"n{number:02}.txt").write_text(LETTER, encoding="utf-8")
    paths = sorted(folder.iterdir())
    outcomes = list(parse_many(paths, dies_of_some, jobs=2))
    assert [outcome.path for outcome in outcomes] == paths
    assert [outcome.error for outcome in outcomes if outcome.value != len(LETTER)] == [
        f"{folder / 'm.txt'}: the process that parsed it was ended by SIGKILL; the letter is left out",
        f"{folder / 'n07.txt'}: the process that parsed it ended with status 7; the letter is left out",
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_of_ours_costs_one_letter_and_tells_none_of_its_words(folder: Path, jobs: int) -> None:
    first, second, third = parse_many(sorted(folder.iterdir()), stumbles, jobs=jobs)
    assert first.value == third.value == len(LETTER)
    assert second.error.startswith(f"{folder / 'm.txt'}: a fault in Recto (ValueError, processes.py line ")
    assert "good" not in second.error


@pytest.mark.parametrize("jobs", ["0", "-1", "1.5", "two", ""])
def test_no_process_at_all_is_refused(folder: Path, jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["parse", str(folder), f"--jobs={jobs}"])
    assert ended.value.code == 2
    assert f"argument --jobs: {jobs!r} is no number of processes; at least 1" in capsys.readouterr().err


def test_large_letters_go_to_a_process_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "LARGEST_CHUNK", len(LETTER) - 1)
    taken: list[Path] = []

    def walk() -> Iterator[Path]:
        for number in range(100):
            taken.append(tmp_path / f"{number}.txt")
            taken[-1].write_text(LETTER, encoding="utf-8")
            yield taken[-1]

    outcomes = parse_many(walk(), length, jobs=2)
    assert next(outcomes).value == len(LETTER)
    outcomes.close()
    assert len(taken) < many.MOST_IN_CHUNK


# ---- output ----


def test_a_full_disk_leaves_what_was_there(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "parsed.jsonl").write_text("before", encoding="utf-8")
    for number in range(20):
        (folder / f"n{number}.txt").write_text(LETTER, encoding="utf-8")
    done = recto("parse", folder, "--format", "jsonl", "--output", out / "parsed.jsonl", limits="ulimit -f 8")
    assert done.returncode == 2
    assert done.stderr == f"recto: {out}/parsed.jsonl: File too large; what was there before is unchanged\n"
    assert [path.name for path in out.iterdir()] == ["parsed.jsonl"]
    assert (out / "parsed.jsonl").read_text(encoding="utf-8") == "before"


Where = Callable[[Path], Path]


@pytest.mark.parametrize(
    ("where", "why"),
    [
        (lambda folder: folder / "a.txt", "is one of the inputs"),
        (lambda folder: folder / "link.txt", "is one of the inputs"),
        (lambda folder: folder / "new.txt", "is one of the inputs"),
        (lambda folder: folder, "is one of the inputs"),
        (lambda folder: folder.parent / "beside.jsonl", "is one of the inputs"),
        (lambda folder: folder.parent / "none" / "out.jsonl", "its folder isn't there"),
        (lambda folder: folder / "a.txt" / "out.jsonl", "Not a directory"),
        (lambda folder: folder.parent, "Is a directory"),
        (lambda folder: folder.parent / ("n" * 300), "File name too long"),
        (lambda folder: Path("/dev/full"), "No space left on device"),
    ],
    ids=["input", "link", "in folder", "folder", "hard link", "missing", "below a file", "a folder", "long", "full"],
)
def test_where_output_can_not_go(folder: Path, where: Where, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "link.txt").symlink_to("a.txt")
    (folder.parent / "beside.jsonl").hardlink_to(folder / "a.txt")
    before = sorted(folder.parent.rglob("*"))
    status = main(["parse", str(folder), str(folder / "a.txt"), "--format", "jsonl", "--output", str(where(folder))])
    shown = capsys.readouterr()
    assert status == 2
    assert shown.err.startswith(f"recto: {where(folder)}: {why}")
    assert len(shown.err.splitlines()) == 1
    assert shown.out == ""
    assert sorted(folder.parent.rglob("*")) == before
    assert (folder / "a.txt").read_text(encoding="utf-8") == LETTER


def test_output_may_lie_beside_the_letters_and_be_written_again(folder: Path) -> None:
    out = folder / "parsed.jsonl"
    link = folder.parent / "latest"
    link.symlink_to(out)
    for target in (out, out, link):
        assert main(["parse", str(folder), "--format", "jsonl", "--output", str(target)]) == 0
        assert parsed(out.read_text(encoding="utf-8")) == ["a.txt", "m.txt", "z.md"]
    assert link.is_symlink()


def test_a_full_standard_output_is_said(folder: Path) -> None:
    command = [sys.executable, "-m", "tui", "parse", str(folder)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "recto: standard output: No space left on device; what was printed is not whole\n"


@pytest.mark.parametrize("lines", [0, 1])
def test_a_reader_that_goes_away_is_no_fault(lines: int) -> None:
    letters = [str(path) for path in sorted((ROOT / "sample_letters").glob("*.txt"))[: lines * 100 or 1]]
    command = [sys.executable, "-m", "tui", "parse", *letters, "--format", "jsonl"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for _ in range(lines):
            assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs pidfd_open and /proc, which only Linux has")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_everything_and_leaves_no_half_file(folder: Path, tmp_path: Path, jobs: str) -> None:
    (folder / "slow.pdf").write_bytes(pdfs.glyph_bomb(4))
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-m", "tui", "parse", str(folder), "--jobs", jobs, "--output", str(out / "parsed.txt")]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert process.stderr is not None
        below = _wait_for_the_pdf(process)
        handles = [os.pidfd_open(pid) for pid in below]
        assert len(list(out.iterdir())) == 1
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait() == 130
        assert process.stderr.read() == b""
    assert list(out.iterdir()) == []
    for handle in handles:
        ended, _, _ = select.select([handle], [], [], 10)
        os.close(handle)
        assert ended, "a process outlives the command"


def _wait_for_the_pdf(process: subprocess.Popen[bytes]) -> Sequence[int]:
    """The processes below this one, as soon as one of them reads a PDF."""
    while process.poll() is None:
        below = list(_below(process.pid))
        if any(b"pdf_worker" in _of(pid, "cmdline") for pid in below):
            return below
    pytest.fail("it ended before it read the PDF")


def _below(pid: int) -> Iterator[int]:
    for child in map(int, _of(pid, f"task/{pid}/children").split()):
        yield child
        yield from _below(child)


def _of(pid: int, what: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{what}").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        # It ended while it was looked for.
        return b""


def test_the_bar_is_drawn_on_the_terminal_and_the_letters_go_where_they_should(folder: Path) -> None:
    for number in range(30):
        shutil.copy(folder / "a.txt", folder / f"n{number:02}.txt")
    (folder / "o.txt").touch()
    ours, terminal = os.openpty()
    command = [sys.executable, "-m", "tui", "parse", str(folder), "--format", "jsonl"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=terminal) as process:
        os.close(terminal)
        shown, _ = process.communicate()
    drawn = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert process.returncode == 1
    assert len(parsed(shown.decode())) == 33
    assert "Reading letters" in drawn
    assert "empty: there is no text" in " ".join(drawn.split())


# ---- what is written down ----


def test_the_limits_that_are_documented_are_the_ones_that_hold() -> None:
    said = " ".join((ROOT / "docs" / "parsing-limits.md").read_text(encoding="utf-8").split())
    for figure in (
        f"a text over {reading.LARGEST_LETTER // 10**6} MB",
        f"a PDF over {reading.LARGEST_PDF // 10**6} MB",
        f"a PDF over {pdf_worker.MOST_PAGES} pages or {pdf_worker.MOST_TEXT:,} characters",
        f"at most {pdf_worker.MEMORY // 2**20} MB of address space",
        f"{pdf_worker.CPU_SECONDS} s of processor time, {pdf.SECONDS} s in all",
        f"more than {lines.MOST_LINES:,} lines, or items in lines, the first {lines.MOST_LINES:,} are read",
        f"One line is cut into {items.MOST_ITEMS:,} items",
    ):
        assert figure in said
