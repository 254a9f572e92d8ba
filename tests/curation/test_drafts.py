"""Half-written texts lie in the state folder, for their owner alone, until somebody takes them away."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import drafts
from curation.drafts import LETTER_NOTE, NOTE, QUESTION, Target

NOTED = Target("/letters", "2010/eastmarch", NOTE, "f-3k9qz2")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def text_of(target: Target) -> str | None:
    draft = drafts.found(target)
    return None if draft is None else draft.text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_a_draft_comes_back_as_it_was_left(text: str) -> None:
    drafts.keep(NOTED, text)
    assert text_of(NOTED) == text


def test_only_its_owner_may_read_it() -> None:
    drafts.keep(NOTED, "half a")
    drafts.keep(NOTED, "half a note")
    path = drafts.hand_to_editor(NOTED, "half a note")
    assert (mode(drafts.folder()), mode(drafts.path_of(NOTED)), mode(path)) == (0o700, 0o600, 0o600)
    assert sorted(drafts.folder().iterdir()) == sorted([path, drafts.path_of(NOTED)])


def test_each_target_has_its_own_and_a_letter_names_them_all() -> None:
    targets = [
        NOTED,
        Target("/letters", "2010/eastmarch", LETTER_NOTE),
        Target("/other", "2010/eastmarch", NOTE, "f-1"),
    ]
    for number, target in enumerate([*targets, Target("/letters", "2010/eastmarch", QUESTION, "f-3k9qz2")]):
        drafts.keep(target, f"text {number}")
    found = drafts.of_letter("/letters", "2010/eastmarch")
    assert {draft.text for draft in found} == {"text 0", "text 1", "text 3"}
    assert drafts.of_letter("/letters", "2010/northby") == ()


def test_it_is_gone_when_it_is_dropped() -> None:
    assert text_of(NOTED) is None
    drafts.drop(NOTED)
    drafts.hand_to_editor(NOTED, "text")
    drafts.drop(NOTED)
    assert text_of(NOTED) is None
    assert list(drafts.folder().iterdir()) == []


def test_what_an_editor_left_counts_whatever_its_encoding() -> None:
    path = drafts.hand_to_editor(NOTED, "before")
    assert path.read_text(encoding="utf-8") == "before\n"
    assert text_of(NOTED) == "before"
    path.write_bytes(b"caf\xe9\r\ntwo\n")
    assert text_of(NOTED) == "café\ntwo", "the app was killed while the editor was open"
    assert drafts.take_from_editor(NOTED) == "café\ntwo"
    assert not path.exists()
    assert text_of(NOTED) == "café\ntwo"


def test_a_file_that_holds_no_draft_is_said_where_it_is_asked_for_and_passed_over_else() -> None:
    drafts.keep(NOTED, "text")
    drafts.path_of(NOTED).write_text("no = [", encoding="utf-8")
    assert drafts.of_letter("/letters", "2010/eastmarch") == ()
    with pytest.raises(ValueError, match="Invalid value"):
        drafts.found(NOTED)
