"""Disks that are full or read-only, folders of somebody else, odd names, other hash seeds: with real system calls."""

from __future__ import annotations

import difflib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from curation import store
from curation.journal import NotWritten
from curation.operations import SetLetterNote, SetNote
from curation.session import Session
from curation.workspace import Workspace

ROOT = Path(__file__).parents[2]
LETTER = """Eastmarch County Council

Strengths

- Supervision is regular. Staff say that it helps them.
- Thresholds are understood by all partner agencies.

Areas for development

- The recording system is slow, and work has been lost.
"""
NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "letters"
    root.mkdir()
    (root / "eastmarch.txt").write_text(LETTER)
    return root


def recto(*arguments: str, given: str = "", seed: str = "random", folder: Path) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tui", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, cwd=folder, env=environ, check=False)


def note(text: str, finding: str = "") -> str:
    operation = {"op": "set-note", "finding": finding} if finding else {"op": "set-letter-note"}
    return json.dumps({**operation, "note": text}) + "\n"


# ---- what depends on nothing ----


def test_the_hash_seed_of_the_process_is_not_in_any_file(tmp_path: Path, folder: Path) -> None:
    held = set()
    for seed in ("0", "1", "4294967295"):
        root = tmp_path / seed
        shutil.copytree(folder, root)
        names = [f.id for f in Workspace(root).review("eastmarch").findings]
        themes = {"op": "set-themes", "finding": names[0], "themes": ["supervision", "thresholds", "case-recording"]}
        merge = {"op": "merge", "findings": names[:2]}
        given = json.dumps(themes) + "\n" + note("x", names[1]) + json.dumps(merge) + "\n"
        assert recto("apply", "eastmarch", "--reviewer", "ab", given=given, seed=seed, folder=root).returncode == 0
        toml = (root / "reviews" / "eastmarch" / "ab.toml").read_text()
        held.add("\n".join(line for line in toml.splitlines() if not line.startswith("updated = ")))
    assert len(held) == 1


def test_one_word_of_one_finding_is_a_difference_of_one_block(folder: Path) -> None:
    session = Session.open(Workspace(folder), "eastmarch", "ab")
    names = [f.id for f in session.review.findings]
    for name in names:
        session.do(SetNote(name, "a note of some words"))
    session.save()
    before = session.place.toml.read_text().split("\n\n")
    session.do(SetNote(names[1], "a note of other words"))
    session.save()
    after = session.place.toml.read_text().split("\n\n")
    assert [block.split("\n")[0] for block, now in zip(before, after, strict=True) if block != now] == [
        before[0].split("\n")[0],
        f"[findings.{names[1]}]",
    ]
    changed = [
        line[1:].partition(" =")[0]
        for one, other in zip(before, after, strict=True)
        for line in difflib.ndiff(one.splitlines(), other.splitlines())
        if line[0] in "+-"
    ]
    assert {line.strip() for line in changed} <= {"operations", "updated", "note"}


HOSTILE = ["../../x", "/nowhere/x", "", "a\nb", "\x1b[2J", "eastmarch/../../x", "."]


@pytest.mark.parametrize(
    ("command", "letter"),
    [("apply", name) for name in HOSTILE] + [(name, "../../x") for name in ("show", "log", "undo", "adopt")],
)
def test_a_hostile_name_of_a_letter_writes_nothing(folder: Path, command: str, letter: str) -> None:
    before = sorted(folder.parent.rglob("*"))
    ran = recto(command, letter, "--reviewer", "ab", given=note("x"), folder=folder)
    assert ran.returncode in (1, 2)
    assert ran.stderr.startswith("recto: ")
    assert "Traceback" not in ran.stderr
    assert "\x1b" not in ran.stderr
    assert sorted(folder.parent.rglob("*")) == before


@pytest.mark.parametrize(
    ("command", "name"),
    [("apply", name) for name in ("reviews/eastmarch/cd.jsonl", "report.docx", "plain")]
    + [(name, "notes.toml") for name in ("apply", "undo", "redo", "adopt", "log", "show", "rebase", "score")],
)
def test_a_file_that_is_not_called_a_letter_is_refused_and_nothing_is_made(
    folder: Path, command: str, name: str
) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(LETTER)
    before = sorted(folder.rglob("*"))
    who = [] if command == "score" else ["--reviewer", "ab"]
    ran = recto(command, name, *who, given=note("x"), folder=folder)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("recto: ")
    assert f"{name} is no letter: a letter's name ends in .txt, .md or .pdf" in ran.stderr
    assert sorted(folder.rglob("*")) == before
    assert path.read_text() == LETTER


def test_a_name_that_is_also_a_file_of_another_kind_means_the_letter(folder: Path) -> None:
    (folder / "eastmarch").write_text("no letter")
    (folder / "part.1").write_text("no letter")
    (folder / "part.1.txt").write_text(LETTER)
    for name in ("eastmarch", "part.1"):
        ran = recto("apply", name, "--reviewer", "ab", given=note("x"), folder=folder)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert (folder / "reviews" / name / "ab.toml").is_file()
    assert sorted(path.name for path in (folder / "reviews").iterdir()) == ["eastmarch", "part.1"]


@pytest.mark.parametrize("reviewer", ["../../x", "a\nb", "", "A", "x" * 33, "\x1b[2J"])
def test_a_hostile_name_of_a_reviewer_writes_nothing(folder: Path, reviewer: str) -> None:
    before = sorted(folder.parent.rglob("*"))
    ran = recto("apply", "eastmarch", "--reviewer", reviewer, given=note("x"), folder=folder)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "can't be a reviewer's name" in ran.stderr
    assert "\x1b" not in ran.stderr
    assert sorted(folder.parent.rglob("*")) == before


def test_reading_a_colleagues_review_changes_no_byte_and_no_time(folder: Path) -> None:
    session = Session.open(Workspace(folder), "eastmarch", "cd")
    session.do(SetLetterNote("hers"))
    session.close()

    def everything() -> dict[Path, tuple[int, int, int]]:
        found = {path: path.stat() for path in (folder, *folder.rglob("*"))}
        return {path: (status.st_mtime_ns, status.st_ino, status.st_size) for path, status in found.items()}

    before = everything()
    for command in (["show", "eastmarch"], ["log", "eastmarch"], ["undo", "eastmarch", "--finding", "f-000000"]):
        recto(*command, "--reviewer", "cd", folder=folder)
    recto(".", folder=folder)
    recto("suggest", ".", folder=folder)
    recto("show", "eastmarch", "--reviewer", "ab", folder=folder)
    recto("doctor", ".", folder=folder)
    assert everything() == before


# ---- somebody else's folder ----


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder that this process, for the time of the test an unprivileged account, may read and enter."""
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "letters"
        root.mkdir()
        (root / "eastmarch.txt").write_text(LETTER)
        for path in (Path(name), *Path(name).rglob("*")):
            path.chmod(0o755)
        # What is imported and read from the package only now may lie where the other account can't read.
        Session.open(Workspace(root), "eastmarch", "ab").close()
        group = os.getegid()
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
        try:
            yield root
        finally:
            os.seteuid(0)
            os.setegid(group)


def test_a_folder_that_may_not_be_written_is_said_and_can_be_read(as_nobody: Path) -> None:
    session = Session.open(Workspace(as_nobody), "eastmarch", "ab")
    assert len(session.review.findings) == 3
    with pytest.raises(NotWritten, match="you may not write there"):
        session.do(SetLetterNote("x"))
    assert session.review.note == ""
    session.close()
    assert [path.name for path in as_nobody.iterdir()] == ["eastmarch.txt"]


def test_a_review_that_may_only_be_read_is_shown(as_nobody: Path) -> None:
    os.seteuid(0)
    hers = Session.open(Workspace(as_nobody), "eastmarch", "ab")
    hers.do(SetLetterNote("hers"))
    hers.close()
    before = hers.place.journal.read_bytes(), hers.place.toml.read_bytes()
    os.seteuid(NOBODY)
    session = Session.open(Workspace(as_nobody), "eastmarch", "ab")
    assert session.review.note == "hers"
    with pytest.raises(NotWritten, match="you may not write there"):
        session.do(SetLetterNote("mine"))
    session.close()
    os.seteuid(0)
    hers.place.journal.chmod(0)
    os.seteuid(NOBODY)
    assert "can't be read" in Session.open(Workspace(as_nobody), "eastmarch", "ab").read_only
    os.seteuid(0)
    hers.place.journal.chmod(0o644)
    assert (hers.place.journal.read_bytes(), hers.place.toml.read_bytes()) == before


def test_somebody_outside_the_group_leaves_the_group_of_a_shared_folder_as_it_is(as_nobody: Path) -> None:
    os.seteuid(0)
    os.chown(as_nobody, -1, 12345)
    as_nobody.chmod(0o2777)
    os.seteuid(NOBODY)
    umask = os.umask(0)
    try:
        session = Session.open(Workspace(as_nobody), "eastmarch", "ab")
        session.do(SetLetterNote("x"))
        session.close()
    finally:
        os.umask(umask)
    assert session.warnings == ()
    for path in (session.place.journal.parent, session.place.journal.parent.parent):
        assert (path.stat().st_gid, path.stat().st_mode & 0o7777) == (12345, 0o2777)
    for path in (session.place.journal, session.place.toml):
        assert (path.stat().st_gid, path.stat().st_mode & 0o7777) == (12345, 0o666)


# ---- a disk of its own ----

IN_A_NAMESPACE = ["unshare", "-rm", "sh", "-ec"]
"""The command runs where it may mount disks that nobody else sees."""
RECTO = 'recto() { "$python" -m tui "$@"; }'


def mounted(tmp_path: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script with `$disk`, a folder to mount on, and `recto`. Skips where nothing can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    (tmp_path / "letter.txt").write_text(LETTER)
    environ = {
        **os.environ,
        "disk": str(disk),
        "letter": str(tmp_path / "letter.txt"),
        "python": sys.executable,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    trial = 'mount -t tmpfs -o size=64k none "$disk"'
    if shutil.which("unshare") is None or subprocess.run([*IN_A_NAMESPACE, trial], env=environ, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    command = [*IN_A_NAMESPACE, f'{trial}; cp "$letter" "$disk/eastmarch.txt"; cd "$disk"\n{RECTO}\n{script}']
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


def test_a_disk_that_is_full_takes_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    given = tmp_path / "given.jsonl"
    given.write_text("".join(note(f"{n} " + "x" * 4000) for n in range(30)))
    ran = mounted(
        tmp_path,
        f"""recto apply eastmarch --reviewer ab < '{given}' || echo "status $?"
        echo ---
        recto show eastmarch --reviewer ab --format json | head -c 200 || true
        echo ---
        rm eastmarch.txt.none 2> /dev/null || true
        recto log eastmarch --reviewer ab | cut -c 1-60""",
    )
    answers, shown, log = ran.stdout.split("---\n")
    assert "status 1" in answers
    read = [json.loads(line) for line in answers.splitlines() if line.startswith("{")]
    kept = [answer["n"] for answer in read if answer["ok"]]
    assert 0 < len(kept) < 30
    refused = next(answer["error"] for answer in read if not answer["ok"])
    assert "no space left on the disk; make room and try again" in refused
    assert f"All {len(kept)} operations before it are safe in reviews/eastmarch/ab.jsonl" in refused
    assert f'"note": "{kept[-1] - 1} x' in " ".join(shown.split()) or str(kept[-1]) in log.splitlines()[-1]
    assert len(log.splitlines()) == len(kept) + 1
    assert "Traceback" not in ran.stderr


def test_a_disk_that_is_read_only_is_said(tmp_path: Path) -> None:
    ran = mounted(
        tmp_path,
        """echo '{"op": "set-letter-note", "note": "before"}' | recto apply eastmarch --reviewer ab
        mount -o remount,ro "$disk"
        echo '{"op": "set-letter-note", "note": "after"}' | recto apply eastmarch --reviewer ab || echo "status $?"
        recto show eastmarch --reviewer ab | head -2
        recto doctor . --format jsonl | grep read-only || true""",
    )
    assert '"ok": true, "n": 1' in ran.stdout
    assert "the file system is read-only; ask who looks after it" in ran.stdout
    assert "status 1" in ran.stdout
    assert "note      before" in ran.stdout
    assert '"kind": "read-only"' in ran.stdout
    assert "Traceback" not in ran.stderr


def test_a_folder_that_goes_away_under_a_session_is_said(folder: Path) -> None:
    session = Session.open(Workspace(folder), "eastmarch", "ab")
    session.do(SetLetterNote("one"))
    folder.rename(folder.with_name("gone"))
    with pytest.raises(NotWritten, match="is not there any more"):
        session.do(SetLetterNote("two"))
    with pytest.raises(store.NotSaved):
        session.close()
    folder.with_name("gone").rename(folder)
    session.do(SetLetterNote("three"))
    session.close()
    assert session.place.toml.read_bytes() == store.dumps(session.review)
