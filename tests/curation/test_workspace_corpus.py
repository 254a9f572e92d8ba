from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from curation.entries import entries
from curation.operations import Merge, Remove
from curation.session import Session
from curation.workspace import LETTER_ERRORS, UnknownLetter, Workspace
from curation.workspace_corpus import WorkspaceCorpus

SAMPLES = sorted((Path(__file__).parents[2] / "sample_letters").glob("*.txt"))[:4]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "letters"
    root.mkdir()
    for source in SAMPLES[:3]:
        shutil.copy(source, root)
    return root


def _read(findings: WorkspaceCorpus) -> list[str]:
    """Bring it up to date; which letters were read for that."""
    stale = [ref.key for ref in findings.stale()]
    for key in stale:
        findings.read(key)
    return stale


def _same_as_at_once(findings: WorkspaceCorpus, folder: Path, reviewer: str = "ab") -> bool:
    at_once = WorkspaceCorpus(Workspace(folder), reviewer)
    _read(at_once)
    asked = findings.corpus.entries()[0].text
    return findings.corpus.entries() == at_once.corpus.entries() and findings.corpus.similar(
        asked, top=50
    ) == at_once.corpus.similar(asked, top=50)


def test_only_what_has_changed_is_read_again(folder: Path) -> None:
    findings = WorkspaceCorpus(Workspace(folder), "ab")
    assert _read(findings) == [source.stem for source in SAMPLES[:3]]
    assert _read(findings) == []
    shutil.copy(SAMPLES[3], folder)
    assert _read(findings) == [SAMPLES[3].stem]
    assert _same_as_at_once(findings, folder)
    edited = folder / SAMPLES[0].name
    text = edited.read_bytes()
    edited.write_bytes(text.replace(b"Supervision", b"Oversight") + b"\nA line more.\n")
    assert _read(findings) == [SAMPLES[0].stem]
    assert _same_as_at_once(findings, folder)
    edited.unlink()
    assert _read(findings) == []
    assert SAMPLES[0].stem not in {entry.letter for entry in findings.corpus.entries()}
    assert _same_as_at_once(findings, folder)


def test_what_the_reviewer_decides_changes_that_letter_alone(folder: Path) -> None:
    workspace = Workspace(folder)
    findings, others = WorkspaceCorpus(workspace, "ab"), WorkspaceCorpus(workspace, "cd")
    _read(findings)
    _read(others)
    session = Session.open(workspace, SAMPLES[1].stem, "ab")
    first, second, third = session.review.findings[:3]
    session.do(Merge((first.id, second.id)))
    session.do(Remove(third.id, "duplicate"))
    assert _read(findings) == [SAMPLES[1].stem]
    assert _read(others) == []
    there = {entry.finding for entry in findings.corpus.entries() if entry.letter == SAMPLES[1].stem}
    assert there == {finding.id for finding in session.review.findings}
    assert _same_as_at_once(findings, folder)


def test_a_letter_that_can_not_be_read_has_no_findings_until_it_can(folder: Path) -> None:
    findings = WorkspaceCorpus(Workspace(folder))
    _read(findings)
    letter = folder / SAMPLES[2].name
    text = letter.read_bytes()
    letter.write_bytes(b"\x00\x01" * 5_000)
    (ref,) = findings.stale()
    with pytest.raises(LETTER_ERRORS):
        findings.read(ref.key)
    assert ref.key not in {entry.letter for entry in findings.corpus.entries()}
    assert findings.stale() == ()
    letter.write_bytes(text)
    assert _read(findings) == [ref.key]
    assert _same_as_at_once(findings, folder, "")
    with pytest.raises(UnknownLetter):
        findings.read("nowhere")


def test_an_entry_says_whose_letter_it_is_and_of_when(folder: Path) -> None:
    review = Workspace(folder).review(SAMPLES[0].stem)
    made = list(entries(review))
    assert [(entry.finding, entry.text) for entry in made] == [(f.id, f.text) for f in review.findings]
    assert {(entry.authority, entry.year) for entry in made} == {("Aldermouth", 2009)}
