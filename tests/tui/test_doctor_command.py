"""`recto doctor`: each kind of damage is found and explained, and nothing is changed by looking."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from curation import files
from curation.operations import SetLetterNote, SetThemes
from curation.pairs import Pairs
from curation.session import Session
from curation.workspace import Workspace
from tui.__main__ import main

LETTER = """Eastmarch County Council

Strengths

- Supervision is regular. Staff say that it helps them.
- Thresholds are understood by all partner agencies.

Areas for development

- The recording system is slow, and work has been lost.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with one review of two letters, all in order."""
    folder = tmp_path / "letters"
    for name in ("2010/eastmarch.txt", "2010/saltwick.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(LETTER)
    folder.chmod(0o750)
    session = Session.open(Workspace(folder), "2010/eastmarch", "ab")
    session.do(SetLetterNote("begun"))
    session.do(SetThemes(session.review.findings[0].id, ("supervision",)))
    session.close()
    Pairs(folder, "ab").judge([("2010/eastmarch#f-1", "2010/saltwick#f-2")], same=True)
    return folder


def everything(root: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file and folder below and with `root`: time, mode, content."""
    found = {}
    for path in (root, *root.rglob("*")):
        status = path.lstat()
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        found[str(path)] = (status.st_mtime_ns, status.st_mode, data)
    return found


def doctor(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict[str, str]]]:
    """Status and troubles; looking must change nothing."""
    before = everything(root)
    capsys.readouterr()
    status = main(["doctor", str(root), "--format", "jsonl"])
    assert everything(root) == before
    remarks = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    troubles = [remark for remark in remarks if remark["trouble"]]
    assert all(remark["way_out"] for remark in troubles)
    assert status == (3 if troubles else 0)
    return status, troubles


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


JOURNAL, TOML = "reviews/2010/eastmarch/ab.jsonl", "reviews/2010/eastmarch/ab.toml"


def add(root: Path, name: str, text: str = "x") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    for folder in path.parents:
        if folder != root and folder.is_relative_to(root):
            folder.chmod(0o750)


def ahead(root: Path) -> None:
    older = (root / JOURNAL).read_bytes().splitlines(keepends=True)[:-1]
    (root / JOURNAL).write_bytes(b"".join(older))


def overlap(root: Path) -> None:
    text = (root / TOML).read_text()
    first, second = [line for line in text.splitlines() if line.startswith("    [")][:2]
    rewrite(root / TOML, second, first)


def newer(root: Path) -> None:
    rewrite(root / TOML, "recto.review/1", "recto.review/9")


def link(root: Path) -> None:
    (root / TOML).rename(root / "elsewhere.toml")
    (root / TOML).symlink_to(root / "elsewhere.toml")


def moved_letter(root: Path) -> None:
    (root / "2010/eastmarch.txt").rename(root / "2010/holt.txt")


SETTINGS_KINDS = {"bad-settings", "letter-gone", "unreadable-letter"}
DAMAGE: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "nothing": (lambda root: None, set()),
    "torn": (lambda root: (root / JOURNAL).write_bytes((root / JOURNAL).read_bytes() + b'{"n":3,'), {"torn-line"}),
    "middle": (lambda root: rewrite(root / JOURNAL, "begun", "bEgun"), {"damaged-journal", "toml-ahead"}),
    "empty journal": (lambda root: (root / JOURNAL).write_bytes(b""), {"no-journal"}),
    "no journal": (lambda root: (root / JOURNAL).unlink(), {"no-journal"}),
    "no toml": (lambda root: (root / TOML).unlink(), {"no-toml"}),
    "ahead": (ahead, {"toml-ahead"}),
    "edited": (lambda root: rewrite(root / TOML, "begun", "by hand"), {"toml-changed"}),
    "comment": (lambda root: rewrite(root / TOML, "schema", "# mine\nschema"), {"toml-reworded"}),
    "not toml": (lambda root: rewrite(root / TOML, "[source]", "[source"), {"unparsable"}),
    "not utf-8": (lambda root: (root / TOML).write_bytes(b"\xff"), {"unparsable"}),
    "invalid": (lambda root: rewrite(root / TOML, "seen = false", "seen = 3"), {"invalid"}),
    "exact": (lambda root: rewrite(root / TOML, 'exact = "S', 'exact = "s'), {"exact-differs"}),
    "outside": (lambda root: rewrite(root / TOML, "spans = [\n    [", "spans = [\n    [9"), {"bad-spans"}),
    "overlap": (overlap, {"bad-spans", "exact-differs"}),
    "newer": (newer, {"newer-version"}),
    "letter gone": (moved_letter, {"letter-gone"}),
    "letter changed": (lambda root: rewrite(root / "2010/eastmarch.txt", "slow", "slower"), {"letter-changed"}),
    "letter unreadable": (
        lambda root: (root / "2010/saltwick.txt").write_bytes(b"\0\1\2" * 99),
        {"unreadable-letter"},
    ),
    "double": (lambda root: add(root, "2010/saltwick.md", LETTER), {"double", "unreadable-letter"}),
    "nested in letters": (lambda root: add(root, "2010/reviews/x/ab.jsonl"), {"nested"}),
    "nested in reviews": (lambda root: add(root, "reviews/2010/reviews/x.txt"), {"nested", "stray"}),
    "leftover": (lambda root: add(root, "reviews/2010/eastmarch/.ab.toml.0123456789abcdef.tmp"), {"leftover"}),
    "killed doctor": (lambda root: (root / "reviews/.recto-doctor-00").mkdir(mode=0o750), {"leftover"}),
    "orig": (lambda root: add(root, "reviews/2010/eastmarch/ab.toml.orig"), {"kept-aside"}),
    "torn aside": (lambda root: add(root, "reviews/2010/eastmarch/ab.jsonl.torn-3-2"), {"kept-aside"}),
    "no reviewer": (lambda root: add(root, "reviews/2010/eastmarch/AB.toml"), {"stray"}),
    "unknown file": (lambda root: add(root, "reviews/2010/eastmarch/notes.docx"), {"stray"}),
    "pipe": (lambda root: os.mkfifo(root / "reviews/2010/eastmarch/cd.fifo"), {"no-file"}),
    "link": (link, {"link", "invalid"}),
    "link of folder": (lambda root: (root / "curated").symlink_to(root / "2010"), {"link"}),
    "mode": (lambda root: (root / TOML).chmod(0o600), {"mode"}),
    "mode of folder": (lambda root: (root / TOML).parent.chmod(0o700), {"mode"}),
    "theme": (
        lambda root: add(root, "codebook.toml", 'schema = "recto.codebook/1"\n[themes.tea]\nlabel = "Tea"\n'),
        {"unknown-theme"},
    ),
    "codebook": (lambda root: add(root, "codebook.toml", "["), {"bad-codebook"}),
    "settings": (
        lambda root: add(root, "recto.toml", "profile = 3"),
        {"bad-settings", "letter-gone", "unreadable-letter"},
    ),
    "pairs": (lambda root: add(root, "pairs/ab.jsonl", "nonsense\n"), {"bad-pairs"}),
    "pair of a letter gone": (
        lambda root: add(root, "pairs/cd.jsonl", '{"a":"x#f-1","b":"y#f-2","same":true,"at":"2026-11-20T09:14:31Z"}\n'),
        {"letter-gone"},
    ),
    "agreed": (lambda root: add(root, "curated/2010/eastmarch.toml", "["), {"unparsable"}),
    "agreed of a letter gone": (lambda root: add(root, "curated/2010/holt.toml"), {"letter-gone"}),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_each_damage_is_found_and_explained(root: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    damage, kinds = DAMAGE[name]
    damage(root)
    _, troubles = doctor(root, capsys)
    assert {trouble["kind"] for trouble in troubles} == kinds, troubles


def test_people_are_told_what_where_and_the_way_out(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(root / TOML, "begun", "\\u001b[2Jby hand")
    assert main(["doctor", str(root)]) == 3
    out = capsys.readouterr().out
    assert f"  ! {TOML}: it was changed by hand\n" in out
    assert "      -> take it in: `recto adopt 2010/eastmarch --reviewer ab`\n" in out
    assert out.endswith("to look at: 1\n")
    assert main(["doctor", str(root / "nowhere")]) == 2


def test_what_it_says_of_a_toml_that_is_ahead_helps(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead(root)
    monkeypatch.chdir(root)
    assert main(["adopt", "2010/eastmarch", "--reviewer", "ab"]) == 0
    assert doctor(root, capsys) == (0, [])


def test_a_folder_without_locks_is_said(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(descriptor: object, kind: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    _, troubles = doctor(root, capsys)
    assert [(t["kind"], t["way_out"]) for t in troubles] == [
        ("no-locks", "do not work on one review in two places at once")
    ]


def test_locks_that_keep_nobody_out_are_said(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on a share that takes the call and forgets it.
    monkeypatch.setattr(fcntl, "flock", lambda descriptor, kind: None)
    _, troubles = doctor(root, capsys)
    assert [t["what"] for t in troubles] == ["a lock does not keep a second process out"]


def test_a_folder_that_can_only_be_read_is_said(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.mkdir

    def refuse(path: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        if path.name.startswith(".recto-doctor-"):
            raise OSError(errno.EROFS, "Read-only file system")
        real(path, mode, parents, exist_ok)

    monkeypatch.setattr(Path, "mkdir", refuse)
    _, troubles = doctor(root, capsys)
    assert [t["kind"] for t in troubles] == ["read-only"]
    assert "the file system is read-only" in troubles[0]["what"]


@pytest.mark.parametrize("call", ["fsync", "replace", "write"])
def test_a_disk_that_fails_is_said(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, call, fail)
        _, troubles = doctor(root, capsys)
    assert [t["kind"] for t in troubles] == ["disk-error"]
    assert "the disk reports an error" in troubles[0]["what"]


def test_a_disk_that_does_not_replace_is_said(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files.replace_file

    def once(path: Path, data: bytes, *args: Path, private: bool) -> None:
        if not path.exists():
            real(path, data, *args, private=private)

    monkeypatch.setattr(files, "replace_file", once)
    _, troubles = doctor(root, capsys)
    assert [t["kind"] for t in troubles] == ["bad-replace"]


def test_a_workspace_without_anything_is_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert doctor(empty, capsys) == (0, [])
    shutil.rmtree(empty)
