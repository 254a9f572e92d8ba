"""What people agreed on, where the letter has changed: put on it as a whole or not at all, shown at its places."""

from __future__ import annotations

import errno
import fcntl
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from curation import files, held_file, store
from curation.operations import Merge, Refused, Remove
from curation.review import Review
from curation.session import Session
from curation.spans import text_of
from curation.store import NotSaved, Unreadable
from curation.workspace import Workspace

KEY = "eastmarch"
LETTER = """Eastmarch County Council

Strengths

- Supervision is regular. Staff say that it helps them in their work with families.
- Thresholds are understood by all partner agencies, who say so themselves.
- Parents are asked what they think of the help that they were given.

Areas for development

- The recording system is slow, and work has been lost when it failed.
- Chronologies are missing from older files, so that history is overlooked.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A letter on which people agreed: two of its findings are one, and one is none."""
    (tmp_path / f"{KEY}.txt").write_text(LETTER)
    session = Session.open(Workspace(tmp_path), KEY, "cd")
    first, second, *_, last = (finding.id for finding in session.review.findings)
    session.do(Merge((first, second)))
    session.do(Remove(last, "duplicate"))
    path = Workspace(tmp_path).curated_path(KEY)
    path.parent.mkdir()
    store.write(path, replace(session.review, reviewer="", state="agreed"), tmp_path)
    return Workspace(tmp_path)


def _change(workspace: Workspace, *changes: tuple[str, str]) -> None:
    text = LETTER
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    workspace.path(KEY).write_text("A line that was not there before.\n\n" + text)


def _on_its_text(review: Review) -> bool:
    return all(finding.text == text_of(review.text, finding.spans) for finding in review.findings)


def _agreed(workspace: Workspace) -> Any:
    found = workspace.agreed(KEY)
    assert found is not None
    return found


def test_a_letter_that_did_not_change_needs_nothing(workspace: Workspace) -> None:
    assert (_agreed(workspace).changed, _agreed(workspace).plan) == ("", None)
    with pytest.raises(Refused, match="stands on the letter as it is"):
        workspace.rebase_agreed(KEY)
    assert [path.name for path in workspace.curated_path(KEY).parent.iterdir()] == [f"{KEY}.toml"]


def test_it_is_shown_at_its_places_in_the_letter_as_it_is_now_and_nothing_is_written(workspace: Workspace) -> None:
    before = workspace.curated_path(KEY).read_bytes()
    was = workspace.review(KEY)
    _change(workspace)
    review = workspace.review(KEY)
    assert [finding.text for finding in review.findings] == [finding.text for finding in was.findings]
    assert review.findings[0].spans[0].start == was.findings[0].spans[0].start + 35
    assert _on_its_text(review)
    assert _agreed(workspace).changed == (
        "the letter's text has changed since people agreed on it: 3 of 3 findings have their place in it."
        f" Nothing is changed until `recto rebase {KEY} --agreed` puts it on the letter"
    )
    assert workspace.curated_path(KEY).read_bytes() == before


def test_it_is_put_on_the_letter_with_ids_and_all_that_was_agreed_and_the_old_file_is_kept(
    workspace: Workspace,
) -> None:
    path, was = workspace.curated_path(KEY), workspace.review(KEY)
    old = path.read_bytes()
    _change(workspace, ("who say so themselves", "who say so themselfs"))
    (kept,) = workspace.rebase_agreed(KEY)
    assert kept == f"what was agreed on the old text is kept as {KEY}.toml.orig"
    assert path.with_name(f"{KEY}.toml.orig").read_bytes() == old
    assert _agreed(workspace).changed == ""
    review = workspace.review(KEY)
    assert _on_its_text(review)
    assert [f.id for f in review.findings] == [f.id for f in was.findings]
    assert [r.finding.id for r in review.removed] == [r.finding.id for r in was.removed]
    assert review.findings[0].text.endswith("who say so themselfs.")
    assert (review.state, review.reviewer, review.operations) == ("agreed", "", was.operations)
    assert path.read_bytes() == store.dumps(review)


def test_what_the_parser_sees_beside_it_in_the_new_text_is_said_and_not_taken_in(workspace: Workspace) -> None:
    _change(workspace, ("- Parents are", "- Visits are made when they are due, and are written down.\n- Parents are"))
    found = _agreed(workspace)
    assert [finding.text for finding in found.beyond] == ["Visits are made when they are due, and are written down."]
    assert found.obstacle == ""
    workspace.rebase_agreed(KEY)
    assert len(workspace.review(KEY).findings) == 3


def test_without_a_place_for_each_finding_it_stays_as_it_is_and_the_way_out_is_said(workspace: Workspace) -> None:
    path = workspace.curated_path(KEY)
    before = path.read_bytes()
    _change(workspace, ("- The recording system is slow, and work has been lost when it failed.\n", ""))
    found = _agreed(workspace)
    assert [unplaced.finding.text[:13] for unplaced in found.review.tray()] == ["The recording"]
    assert "1 finding has no sure place, so it stays as it is: bring the old text back, or" in found.changed
    with pytest.raises(Refused, match="no sure place"):
        workspace.rebase_agreed(KEY)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_where_nobody_agreed_that_is_said(workspace: Workspace) -> None:
    workspace.curated_path(KEY).unlink()
    assert workspace.agreed(KEY) is None
    with pytest.raises(Refused, match="nobody has agreed on eastmarch"):
        workspace.rebase_agreed(KEY)


@pytest.mark.parametrize("step", ["write_beside", "replace_file"])
def test_a_full_disk_leaves_the_file_as_it_was(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = workspace.curated_path(KEY)
    before = path.read_bytes()
    _change(workspace)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(files, step, full)
    with pytest.raises(NotSaved, match="no space left on the disk; make room and try again"):
        workspace.rebase_agreed(KEY)
    assert path.read_bytes() == before


def test_who_holds_the_file_is_waited_for(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_file, "SECONDS", 0.05)
    _change(workspace)
    with workspace.curated_path(KEY).open("rb+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(NotSaved, match="another program holds eastmarch"):
            workspace.rebase_agreed(KEY)
    workspace.rebase_agreed(KEY)


def test_a_file_that_cannot_be_read_stays_unread(workspace: Workspace) -> None:
    workspace.curated_path(KEY).write_text("[")
    with pytest.raises(Unreadable, match="it is not TOML"):
        workspace.review(KEY)
    with pytest.raises(Unreadable, match="it is not TOML"):
        workspace.rebase_agreed(KEY)
