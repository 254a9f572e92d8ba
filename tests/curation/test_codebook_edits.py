"""Edits of a codebook as data: what they change, what they refuse, and the way back."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.codebook import Codebook, CodebookError, Revision, Theme, shipped
from curation.codebook.edits import (
    AddTheme,
    ArchiveTheme,
    Edit,
    EditTheme,
    MergeTheme,
    RenameTheme,
    RestoreTheme,
    changes,
    describe,
)
from curation.codebook.history import at, depths, inverse, next_redo, next_undo
from curation.codebook.reading import loads
from curation.codebook.writing import after, dumps
from curation.operations import Refused

NOW = dt.datetime(2026, 11, 20, 9, 14, 31, tzinfo=dt.UTC)


def book(*themes: Theme, revision: int = 1) -> Codebook:
    return Codebook(revision, (), MappingProxyType({theme.id: theme for theme in themes}))


BOOK = book(
    Theme("records", "Case records", group="recording", definition="What is on file."),
    Theme("chronologies", "Chronologies", group="recording"),
    Theme("training", "Training", group="workforce", phrases=("training",)),
    Theme("old", "Old", archived=True),
    Theme("other", "Other"),
)


def step(codebook: Codebook, edit: Edit) -> Codebook:
    number = codebook.revision + 1
    return after(codebook, Revision(number, NOW, "ab", describe(edit), changes(codebook, edit)))


def test_a_merge_is_one_pointer_and_every_reader_resolves_it() -> None:
    merged = step(BOOK, MergeTheme("chronologies", "records"))
    assert changes(BOOK, MergeTheme("chronologies", "records"))[0].now == {"merged_into": "records"}
    assert merged.revision == 2
    assert merged.resolve("chronologies") == "records"
    assert [theme.id for theme in merged.living] == ["records", "training", "other"]
    chained = step(merged, MergeTheme("records", "training"))
    assert chained.resolve_all(("chronologies", "records", "training")) == ("training",)


def test_another_id_leaves_the_old_one_as_a_pointer() -> None:
    renamed = step(BOOK, RenameTheme("records", "Records of cases", "case-records"))
    assert renamed.resolve("records") == "case-records"
    assert list(renamed.themes)[:2] == ["records", "case-records"]
    new = renamed.themes["case-records"]
    assert (new.label, new.definition, new.group) == ("Records of cases", "What is on file.", "recording")
    assert [theme.label for theme in renamed.living][:2] == ["Records of cases", "Chronologies"]


def test_a_new_theme_stands_at_the_end_of_its_group_under_an_id_made_of_its_label() -> None:
    added = step(BOOK, AddTheme("Électronic  files!", group="recording", phrases=("e-file", "e-file", " ")))
    assert list(added.themes)[:3] == ["records", "chronologies", "electronic-files"]
    assert added.themes["electronic-files"].label == "Électronic files!"
    assert added.themes["electronic-files"].phrases == ("e-file",)
    assert list(step(BOOK, AddTheme("First", after="records")).themes)[1] == "first"


def test_an_edit_changes_what_it_names_in_one_step() -> None:
    edited = step(BOOK, EditTheme("training", {"definition": "Courses.", "phrases": ("course", "training")}))
    assert edited.themes["training"].definition == "Courses."
    assert edited.themes["training"].phrases == ("course", "training")
    assert edited.themes["training"].label == "Training"
    assert edited.history[-1].changes[0].was == {"definition": "", "phrases": ["training"]}


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (MergeTheme("records", "records"), "can't be merged into itself"),
        (MergeTheme("records", "old"), "old is archived and not offered any more"),
        (MergeTheme("recrds", "training"), "no theme recrds; the nearest is records"),
        (MergeTheme("records", "trainin"), "no theme trainin; the nearest is training"),
        (MergeTheme("other", "training"), "other is for what no theme fits"),
        (ArchiveTheme("other"), "other is for what no theme fits"),
        (ArchiveTheme("old"), "old is archived already"),
        (RestoreTheme("records"), "neither archived nor merged"),
        (RenameTheme("records", "Training"), "training is called “Training” already"),
        (RenameTheme("records", "TRAINING "), "training is called “Training” already"),
        (RenameTheme("records", "Case records"), "records says that already"),
        (RenameTheme("records", "Records", "training"), "there is a theme training already"),
        (RenameTheme("records", "Records", "Bad Id"), "can't be an id"),
        (EditTheme("records", {"colour": "red"}), "colour can't be edited; there are label, group"),
        (EditTheme("records", {"label": " \t "}), "needs a label"),
        (EditTheme("records", {"definition": "x" * 2_001}), "2001 characters; at most 2000"),
        (EditTheme("records", {"phrases": tuple(f"p{n}" for n in range(61))}), "61 phrases are too many"),
        (AddTheme("Records", id="records"), "there is a theme records already"),
        (AddTheme("中文"), "no id can be made of"),
        (AddTheme("a\x1b[2Jb"), "a character that can't be seen, U+001B"),
        (AddTheme("a\u202eb"), "a character that can't be seen, U+202E"),
        (AddTheme("a\ud800b"), "a character that can't be seen, U+D800"),
        (AddTheme("x" * 81), "the label has 81 characters; at most 80"),
        (AddTheme("New", after="nowhere"), "no theme nowhere"),
    ],
)
def test_what_would_break_a_rule_is_refused_with_the_reason(edit: Edit, said: str) -> None:
    with pytest.raises(Refused) as refused:
        changes(BOOK, edit)
    assert said in str(refused.value)
    assert "\x1b" not in str(refused.value)


def test_merges_go_neither_in_circles_nor_into_what_was_merged() -> None:
    merged = step(BOOK, MergeTheme("chronologies", "records"))
    for edit, said in (
        (MergeTheme("records", "chronologies"), "chronologies counts as records already"),
        (MergeTheme("training", "chronologies"), "chronologies was merged itself: merge training into records"),
        (MergeTheme("chronologies", "training"), "chronologies was merged into records already"),
        (ArchiveTheme("chronologies"), "was merged into records already"),
    ):
        with pytest.raises(Refused, match=said):
            changes(merged, edit)


EDITS = st.one_of(
    st.builds(MergeTheme, st.sampled_from(sorted(BOOK.themes)), st.sampled_from(sorted(BOOK.themes))),
    st.builds(ArchiveTheme, st.sampled_from(sorted(BOOK.themes))),
    st.builds(RestoreTheme, st.sampled_from(sorted(BOOK.themes))),
    st.builds(
        RenameTheme, st.sampled_from(sorted(BOOK.themes)), st.text(max_size=12), st.sampled_from(["", "n-1", "n-2"])
    ),
    st.builds(
        AddTheme, st.text(max_size=12), st.sampled_from(["", "n-1", "n-2", "n-3"]), st.sampled_from(["", "recording"])
    ),
    st.builds(
        EditTheme,
        st.sampled_from(sorted(BOOK.themes)),
        st.dictionaries(st.sampled_from(["definition", "use_when", "group"]), st.text(max_size=20)),
    ),
)


@given(st.lists(EDITS, max_size=8))
def test_any_edits_keep_the_codebook_sound_and_each_can_be_taken_back(edits: list[Edit]) -> None:
    codebook, states = BOOK, [BOOK]
    for edit in edits:
        try:
            codebook = step(codebook, edit)
        except Refused:
            continue
        states.append(codebook)
        # What is written can be read, and says the same: no circle, no pointer to nothing, no lost key.
        assert loads(dumps(codebook), "codebook.toml") == codebook
        assert all(codebook.resolve(theme) in {t.id for t in codebook.themes.values()} for theme in codebook.themes)
    for state in states:
        then = at(codebook, state.revision)
        assert dict(then.themes) == dict(state.themes)
        assert list(then.themes) == list(state.themes)
    back = codebook
    for state in reversed(states[:-1]):
        last = next_undo(back)
        assert last is not None
        number = back.revision + 1
        back = after(back, Revision(number, NOW, "ab", "undo", inverse(last.changes), undoes=last.number))
        assert dict(back.themes) == dict(state.themes)
        assert back.revision == number
    assert depths(back) == (0, len(states) - 1)
    again = next_redo(back)
    if again is not None:
        forth = after(back, Revision(back.revision + 1, NOW, "ab", "redo", again.changes, redoes=again.number))
        assert dict(forth.themes) == dict(states[1].themes)


def test_what_other_hands_changed_is_not_undone() -> None:
    edited = step(BOOK, EditTheme("records", {"definition": "Files."}))
    data = dumps(edited).replace(b'definition = "Files."\nuse_when', b'definition = "Mine."\nuse_when')
    by_hand = loads(data, "codebook.toml")
    last = next_undo(by_hand)
    assert last is not None
    with pytest.raises(Refused, match="records was changed by hand since"):
        after(by_hand, Revision(9, NOW, "ab", "undo", inverse(last.changes), undoes=last.number))


def test_the_shipped_codebook_is_written_as_it_is_read() -> None:
    assert loads(dumps(shipped()), "codebook.toml") == shipped()
    assert list(loads(dumps(shipped()), "codebook.toml").themes) == list(shipped().themes)


def test_unknown_keys_survive_every_edit() -> None:
    data = (
        dumps(BOOK)
        .replace(b"revision = 1", b'revision = 1\nowner = "ab"')
        .replace(b'label = "Case records"', b'label = "Case records"\ncolour = "red"')
    )
    codebook = step(loads(data, "codebook.toml"), RenameTheme("records", "Records", "case-records"))
    kept = loads(dumps(codebook), "codebook.toml")
    assert dict(kept.extra) == {"owner": "ab"}
    assert dict(kept.themes["records"].extra) == dict(kept.themes["case-records"].extra) == {"colour": "red"}


def test_a_history_that_is_not_as_recto_writes_it_is_named() -> None:
    data = dumps(step(BOOK, MergeTheme("chronologies", "records")))
    for old, new in (
        (b'by = "ab"', b"by = 1"),
        (b'now]\nmerged_into = "records"', b'now]\nmerged_into = ["records"]'),
        (b"[history.2]", b"[history.two]"),
    ):
        with pytest.raises(CodebookError, match=r"history\..*: is not as Recto writes it"):
            loads(data.replace(old, new, 1), "codebook.toml")


def test_how_a_codebook_was_may_go_round_without_an_end() -> None:
    data = dumps(step(BOOK, MergeTheme("chronologies", "records")))
    # As if two hands had edited the file so that what was before is a circle.
    data = data.replace(b'was]\nmerged_into = ""', b'was]\nmerged_into = "chronologies"')
    then = at(loads(data, "codebook.toml"), 1)
    assert then.resolve("chronologies") == "chronologies"
