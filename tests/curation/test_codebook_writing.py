"""The codebook's file: made at the first edit, changed under a lock, whole at every moment, undone by one step."""

from __future__ import annotations

import errno
import multiprocessing
import os
from pathlib import Path

import pytest

from curation import files, held_file
from curation.codebook import CodebookError, load, shipped, writing
from curation.codebook.edits import AddTheme, ArchiveTheme, EditTheme, MergeTheme
from curation.codebook.writing import NotKept
from curation.operations import Refused
from curation.workspace import Workspace

MERGE = MergeTheme("electronic-recording", "case-recording")


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_first_edit_makes_the_file_and_touches_nothing_else(tmp_path: Path) -> None:
    assert not (tmp_path / writing.NAME).exists()
    edited = writing.edit(tmp_path, MERGE, "ab")
    assert _names(tmp_path) == ["codebook.toml"]
    assert load(tmp_path / writing.NAME) == edited.codebook
    assert edited.codebook.revision == 2
    assert edited.codebook.resolve("electronic-recording") == "case-recording"
    assert (edited.step.by, edited.step.what) == ("ab", "merge electronic-recording into case-recording")
    assert edited.warnings == ()


def test_a_merge_is_undone_by_one_step_and_the_revision_still_grows(tmp_path: Path) -> None:
    writing.edit(tmp_path, MERGE, "ab")
    back = writing.undo(tmp_path, "cd")
    assert dict(back.codebook.themes) == dict(shipped().themes)
    assert back.codebook.revision == 3
    forth = writing.redo(tmp_path, "cd")
    assert forth.codebook.resolve("electronic-recording") == "case-recording"
    writing.undo(tmp_path, "ab")
    with pytest.raises(Refused, match="nothing to undo"):
        writing.undo(tmp_path, "ab")
    writing.redo(tmp_path, "ab")
    with pytest.raises(Refused, match="nothing to redo"):
        writing.redo(tmp_path, "ab")


def test_what_is_refused_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        writing.edit(tmp_path, MergeTheme("supervision", "supervision"), "ab")
    with pytest.raises(Refused, match="nothing to undo"):
        writing.undo(tmp_path, "ab")
    assert _names(tmp_path) == []


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    seen = Workspace(tmp_path).codebook()
    writing.edit(tmp_path, ArchiveTheme("out-of-hours"), "cd")
    before = (tmp_path / writing.NAME).read_bytes()
    with pytest.raises(Refused, match=r"changed meanwhile \(cd: archive out-of-hours\)"):
        writing.edit(tmp_path, MERGE, "ab", seen=seen)
    assert (tmp_path / writing.NAME).read_bytes() == before
    writing.edit(tmp_path, MERGE, "ab", seen=load(tmp_path / writing.NAME))
    by_hand = (tmp_path / writing.NAME).read_bytes().replace(b'label = "Supervision"', b'label = "Oversight"')
    seen = load(tmp_path / writing.NAME)
    (tmp_path / writing.NAME).write_bytes(by_hand)
    with pytest.raises(Refused, match=r"changed meanwhile \(by hand\)"):
        writing.undo(tmp_path, "ab", seen=seen)


def test_comments_of_a_hand_written_file_are_kept_beside_it(tmp_path: Path) -> None:
    text = 'schema = "recto.codebook/1"\n# ours\n[themes.a]\nlabel = "A"\n[themes.b]\nlabel = "B"\n'
    (tmp_path / writing.NAME).write_text(text, encoding="utf-8")
    edited = writing.edit(tmp_path, MergeTheme("a", "b"), "ab")
    assert edited.warnings == ("codebook.toml has comments or a layout of its own; a copy is in codebook.toml.orig",)
    assert (tmp_path / "codebook.toml.orig").read_text(encoding="utf-8") == text
    assert writing.undo(tmp_path, "ab").warnings == ()


def test_a_file_that_cannot_be_read_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / writing.NAME).write_text("schema = 1", encoding="utf-8")
    with pytest.raises(CodebookError):
        writing.edit(tmp_path, MERGE, "ab")
    assert (tmp_path / writing.NAME).read_text(encoding="utf-8") == "schema = 1"


def test_a_link_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.toml").write_bytes(writing.dumps(shipped()))
    (tmp_path / writing.NAME).symlink_to(tmp_path / "elsewhere.toml")
    with pytest.raises(NotKept, match="symbolic link"):
        writing.edit(tmp_path, MERGE, "ab")
    assert (tmp_path / "elsewhere.toml").read_bytes() == writing.dumps(shipped())


@pytest.mark.parametrize("failing", ["write_all", "fsync_folder"])
def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    writing.edit(tmp_path, MERGE, "ab")
    before = load(tmp_path / writing.NAME)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files, failing, full)
    with pytest.raises(NotKept, match="no space left on the disk"):
        writing.edit(tmp_path, ArchiveTheme("out-of-hours"), "ab")
    after = load(tmp_path / writing.NAME)
    # Where only the folder could not be synchronised, the new file is there, whole as well.
    assert after == before if failing == "write_all" else after.revision == 3
    assert _names(tmp_path) == ["codebook.toml"]


def test_a_process_that_holds_the_lock_is_waited_for_and_then_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing.edit(tmp_path, MERGE, "ab")
    monkeypatch.setattr(held_file, "SECONDS", 0.05)
    with writing._locked(tmp_path / writing.NAME, tmp_path), pytest.raises(NotKept, match="another program holds"):
        writing.edit(tmp_path, ArchiveTheme("out-of-hours"), "cd")


def _add(folder: str, name: str, count: int) -> None:
    for number in range(count):
        writing.edit(Path(folder), AddTheme(f"{name} {number}"), name)


def test_several_writers_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_add, args=(str(tmp_path), name, 6)) for name in ("ab", "cd")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    codebook = load(tmp_path / writing.NAME)
    assert len(codebook.themes) == len(shipped().themes) + 12
    assert [step.number for step in codebook.history] == list(range(2, 14))
    assert _names(tmp_path) == ["codebook.toml"]


def test_a_running_workspace_sees_the_change_at_once(tmp_path: Path) -> None:
    here, there = Workspace(tmp_path), Workspace(tmp_path)
    assert here.codebook().resolve("electronic-recording") == "electronic-recording"
    there.edit_codebook(MERGE, "cd")
    assert here.codebook().resolve("electronic-recording") == "case-recording"
    assert here.revision() == 2
    there.edit_codebook(EditTheme("supervision", {"definition": "Time with a manager."}), "cd")
    assert here.codebook().themes["supervision"].definition == "Time with a manager."


def test_only_somebody_with_a_name_edits(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="can't be a reviewer's name"):
        Workspace(tmp_path).edit_codebook(MERGE, "../x")
