"""What threads are told about alike findings, and what they answer."""

from __future__ import annotations

from pathlib import Path

from curation.operations import Remove
from curation.session import Session
from curation.workspace import Workspace
from tui.advice import Adviser


def _told(folder: Path) -> tuple[Adviser, Workspace, list[str]]:
    workspace = Workspace(folder)
    adviser = Adviser(workspace)
    keys = [ref.key for ref in workspace.letters()]
    for key in keys:
        adviser.take(workspace.review(key))
    adviser.all_taken(keys)
    return adviser, workspace, keys


def _letters(adviser: Adviser) -> list[str]:
    corpus = adviser.corpus(lambda: False)
    assert corpus is not None
    return sorted({entry.letter for entry in corpus.entries()})


def test_nobody_waits_for_ever_while_letters_are_read(letters: Path) -> None:
    assert Adviser(Workspace(letters)).corpus(lambda: True) is None
    assert Adviser(Workspace(letters)).alike("x", "", (), lambda: True) == {}


def test_a_letter_that_is_gone_is_no_longer_compared_with(letters: Path) -> None:
    adviser, _, keys = _told(letters)
    assert _letters(adviser) == keys
    adviser.all_taken(keys[1:])
    assert _letters(adviser) == keys[1:]


def test_what_was_decided_in_a_letter_counts_for_the_others(letters: Path) -> None:
    adviser, workspace, _ = _told(letters)
    asked = workspace.review("waveney-2010").findings[-1]
    (found,) = adviser.alike("waveney-2010", "", [asked], lambda: False).values()
    nearest = found[0].entry
    session = Session.open(workspace, nearest.letter, "ab")
    session.do(Remove(nearest.finding, "duplicate"))
    adviser.take(session.review)
    (found,) = adviser.alike("waveney-2010", "", [asked], lambda: False).values()
    assert nearest not in [one.entry for one in found]
