from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from curation import store
from curation.giving import GroupThemes
from curation.group_batches import State
from curation.operations import Merge, Refused, SetNote, SetSeen, SetThemes
from curation.session import Session
from curation.workspace import Workspace

ROOT = Path(__file__).parents[2]
THEME = "supervision"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    folder = tmp_path / "letters"
    folder.mkdir()
    for source in sorted((ROOT / "sample_letters").glob("*.txt"))[:3]:
        shutil.copy(source, folder)
    return Workspace(folder)


def _refs(workspace: Workspace) -> list[str]:
    """One finding of each letter."""
    keys = [ref.key for ref in workspace.letters()]
    return [f"{key}#{workspace.review(key).findings[number].id}" for number, key in enumerate(keys)]


def _themes(workspace: Workspace, ref: str) -> tuple[str, ...]:
    key, _, finding_id = ref.rpartition("#")
    finding = workspace.review(key, "ab").find(finding_id)
    assert finding is not None
    return finding.themes


def _open(workspace: Workspace, ref: str) -> tuple[Session, str]:
    key, _, finding_id = ref.rpartition("#")
    return Session.open(workspace, key, "ab"), finding_id


def test_a_theme_is_given_to_all_and_one_undo_takes_it_back_everywhere(workspace: Workspace) -> None:
    refs = _refs(workspace)
    session, finding_id = _open(workspace, refs[0])
    session.do(SetThemes(finding_id, ("case-recording",)))
    given = GroupThemes(workspace, "ab").give(THEME, refs)
    assert (len(given.letters), given.left) == (3, ())
    assert given.begun == given.letters[1:]
    assert [_themes(workspace, ref) for ref in refs] == [("case-recording", THEME), (THEME,), (THEME,)]
    (batch,) = GroupThemes(workspace, "ab").batches()
    assert (batch.theme, batch.state, set(batch.findings)) == (THEME, State.GIVEN, set(refs))
    undone = GroupThemes(workspace, "ab").undo()
    assert (undone.letters, undone.left) == (given.letters, ())
    assert [_themes(workspace, ref) for ref in refs] == [("case-recording",), (), ()]
    with pytest.raises(Refused, match="no theme was given"):
        GroupThemes(workspace, "ab").undo()


def test_those_that_have_it_are_left_alone_also_under_another_name(workspace: Workspace) -> None:
    refs = _refs(workspace)
    (workspace.root / "codebook.toml").write_text(
        'schema = "recto.codebook/1"\nrevision = 1\n[themes.supervision]\nlabel = "Supervision"\n'
        '[themes.oversight]\nlabel = "Oversight"\nmerged_into = "supervision"\n'
        '[themes.old]\nlabel = "Old"\narchived = true\n'
    )
    session, finding_id = _open(workspace, refs[0])
    session.do(SetThemes(finding_id, ("oversight",)))
    giving = GroupThemes(workspace, "ab")
    given = giving.give("oversight", refs)
    assert given.batch.theme == "supervision"
    assert len(given.letters) == 2
    assert _themes(workspace, refs[0]) == ("oversight",)
    with pytest.raises(Refused, match="all of them have the theme supervision"):
        giving.give("supervision", refs)
    with pytest.raises(Refused, match="old is archived"):
        giving.give("old", refs)
    with pytest.raises(Refused, match="supervison is not in the codebook; the nearest is supervision"):
        giving.give("supervison", refs)
    assert len(giving.batches()) == 1


def test_where_a_review_would_begin_is_known_before_and_can_be_left_out(workspace: Workspace) -> None:
    refs = _refs(workspace)
    keys = [ref.rpartition("#")[0] for ref in refs]
    session, finding_id = _open(workspace, refs[0])
    session.do(SetSeen(finding_id, True))
    giving = GroupThemes(workspace, "ab")
    assert giving.beginning(THEME, refs) == (keys[1], keys[2])
    assert giving.beginning(THEME, [*refs, "nowhere#f-000000"]) == (keys[1], keys[2], "nowhere")
    given = giving.give(THEME, refs, leave_out=(keys[1],))
    assert (given.letters, given.begun, given.left) == ((keys[0], keys[2]), (keys[2],), ())
    assert not (workspace.root / "reviews" / keys[1]).exists()
    assert giving.beginning(THEME, refs) == (keys[1],)
    with pytest.raises(Refused, match="supervison is not in the codebook"):
        giving.beginning("supervison", refs)


def test_what_only_the_agreed_review_has_gets_no_theme_begins_no_review_and_is_said(workspace: Workspace) -> None:
    refs = _refs(workspace)
    key = refs[0].rpartition("#")[0]
    session = Session.open(workspace, key, "cd")
    first, second = session.review.findings[:2]
    (merged,) = session.do(Merge((first.id, second.id))).created
    agreed = workspace.curated_path(key)
    agreed.parent.mkdir()
    store.write(agreed, replace(session.review, reviewer="", state="agreed"), workspace.root, lambda _: None)
    giving = GroupThemes(workspace, "ab")
    assert giving.beginning(THEME, [f"{key}#{merged}", refs[1]]) == (refs[1].rpartition("#")[0],)
    given = giving.give(THEME, [f"{key}#{merged}", refs[1]])
    assert given.warnings == (f"{key}#{merged} is not in the review by ab: it did not get the theme",)
    assert given.letters == (refs[1].rpartition("#")[0],)
    assert not (workspace.root / "reviews" / key / "ab.jsonl").exists()


def test_a_batch_that_is_not_there_is_refused_with_the_nearest_one_if_there_is_any(workspace: Workspace) -> None:
    giving = GroupThemes(workspace, "ab")
    with pytest.raises(Refused, match=r"no theme was given under abcd$"):
        giving.undo("abcd")
    name = giving.give(THEME, _refs(workspace)).batch.name
    with pytest.raises(Refused, match=rf"no theme was given under {name}x; the nearest is {name}$"):
        giving.finish(f"{name}x")


def test_lines_that_say_nothing_that_can_be_understood_are_passed_over(workspace: Workspace) -> None:
    giving = GroupThemes(workspace, "ab")
    batch = giving.give(THEME, _refs(workspace)).batch
    path = workspace.root / "pairs" / "ab.groups.jsonl"
    for line in (
        {"batch": "0", "do": "give", "theme": 5, "findings": ["a#f-1"]},
        {"batch": "1", "do": "give", "theme": THEME, "findings": "a#f-1"},
        {"batch": 2, "do": "give", "theme": THEME, "findings": []},
        {"batch": "3", "do": "begun"},
        {"batch": "4", "do": "given"},
        {"batch": batch.name, "do": "given", "left": [["only one"], "no list", ["a", "why", "more"], ["b", "why"]]},
    ):
        with path.open("a") as file:
            file.write(json.dumps(line) + "\n")
    assert [(one.name, one.left) for one in giving.batches()] == [(batch.name, (("b", "why"),))]


def test_what_was_refused_leaves_no_file(workspace: Workspace) -> None:
    with pytest.raises(Refused):
        GroupThemes(workspace, "ab").give(THEME, ["nowhere#f-000000"])
    assert not (workspace.root / "pairs").exists()


def test_notes_since_then_do_not_stand_in_the_way_of_undo(workspace: Workspace) -> None:
    refs = _refs(workspace)
    giving = GroupThemes(workspace, "ab")
    giving.give(THEME, refs)
    session, finding_id = _open(workspace, refs[0])
    session.do_all([SetNote(finding_id, "mind"), SetSeen(finding_id, True)])
    assert giving.undo().left == ()
    finding = workspace.review(refs[0].rpartition("#")[0], "ab").find(finding_id)
    assert finding is not None
    assert (finding.themes, finding.note, finding.seen) == ((), "mind", True)


def test_a_letter_where_something_stands_on_it_is_named_and_can_be_tried_again(workspace: Workspace) -> None:
    refs = _refs(workspace)
    giving = GroupThemes(workspace, "ab")
    giving.give(THEME, refs)
    session, finding_id = _open(workspace, refs[0])
    findings = session.review.findings
    session.do(Merge((finding_id, findings[session.review.index(finding_id) + 1].id)))
    undone = giving.undo()
    ((letter, why),) = undone.left
    assert letter == refs[0].rpartition("#")[0]
    assert "merged" in why
    assert len(undone.letters) == 2
    assert giving.batches()[0].left == undone.left
    session.undo()
    # It is still the last one: nothing that was given before it is taken back in its place.
    again = giving.undo()
    assert again.batch.name == undone.batch.name
    assert (again.letters, again.left) == ((letter,), ())
    assert _themes(workspace, refs[0]) == ()


def test_what_was_undone_in_a_letter_by_itself_does_not_come_back(workspace: Workspace) -> None:
    refs = _refs(workspace)
    giving = GroupThemes(workspace, "ab")
    giving.give(THEME, refs)
    session, _ = _open(workspace, refs[1])
    session.undo()
    undone = giving.undo()
    assert (len(undone.letters), undone.left) == (2, ())


def test_a_letter_that_can_not_be_read_is_named_and_the_others_are_done(workspace: Workspace) -> None:
    refs = _refs(workspace)
    key = refs[1].rpartition("#")[0]
    folder = workspace.root / "reviews" / key
    folder.mkdir(parents=True)
    (folder / "ab.jsonl").write_text("no journal\n{}\n")
    given = GroupThemes(workspace, "ab").give(THEME, refs)
    assert [letter for letter, _ in given.left] == [key]
    assert len(given.letters) == 2


def _kill(workspace: Workspace, step: str, at: int, *refs: str) -> None:
    """Let another process do the step and die before letter `at`, without a word."""

    def die(done: int, of: int) -> None:
        if done == at:
            os._exit(9)

    child = os.fork()
    if child == 0:
        giving = GroupThemes(workspace, "ab")
        if step == "give":
            giving.give(THEME, refs, die)
        else:
            giving.undo(None, die)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.parametrize("finish", [True, False])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_giving_that_was_killed_can_be_finished_or_taken_back(workspace: Workspace, at: int, finish: bool) -> None:
    refs = _refs(workspace)
    _kill(workspace, "give", at, *refs)
    giving = GroupThemes(workspace, "ab")
    (batch,) = giving.interrupted()
    assert sum(bool(_themes(workspace, ref)) for ref in refs) == at
    outcome = giving.finish(batch.name) if finish else giving.undo(batch.name)
    assert outcome.left == ()
    assert giving.interrupted() == ()
    assert {_themes(workspace, ref) for ref in refs} == {(THEME,) if finish else ()}


def test_an_undo_that_was_killed_can_be_finished(workspace: Workspace) -> None:
    refs = _refs(workspace)
    giving = GroupThemes(workspace, "ab")
    giving.give(THEME, refs)
    _kill(workspace, "undo", 1)
    (batch,) = giving.interrupted()
    assert batch.state is State.TAKE_BACK
    giving.finish(batch.name)
    assert {_themes(workspace, ref) for ref in refs} == {()}
    with pytest.raises(Refused, match="was not interrupted"):
        giving.finish(batch.name)
