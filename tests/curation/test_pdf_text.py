"""The text of a PDF letter, kept beside its reviews."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from curation.operations import SetLetterNote, SetSeen
from curation.session import Session
from curation.workspace import Workspace
from parsers.letter import Letter
from parsers.parse import parse, parse_file, source_of
from tests.parsers.pdfs import letter_pdf

pytest.importorskip("pypdfium2", reason="the extra `pdf` is not installed")

TEXT = (
    "1 December 2010\n\nDear Ms Reed\n\nAnnual unannounced inspection of contact, referral and assessment\n\n"
    "Strengths\n\n"
    "- Supervision is regular, and staff say that it helps them.\n"
    "- Children are seen alone, and what they say is written down.\n\n"
    "Areas for development\n\n- Chronologies are missing from older files.\n\n"
    "Yours sincerely\n\nA Person\nHer Majesty's Inspector\n"
)
KEY = "eastmarch-2010"


def _open(root: Path) -> Session:
    return Session.open(Workspace(root), KEY, "ab")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / f"{KEY}.pdf").write_bytes(letter_pdf(TEXT))
    return folder


def _kept(root: Path) -> Path:
    return root / "reviews" / KEY / "text.txt"


def _read_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the PDF reader reads another text from the same file."""

    def another(path: Path, **options: object) -> Letter:
        letter = parse_file(path, **options)  # type: ignore[arg-type]  # as they were given
        text = "A line more.\n\n" + letter.text
        source = source_of(text, letter.source.path)
        return parse(text, source=replace(source, sha256=letter.source.sha256))

    monkeypatch.setattr("curation.letters.parse_file", another)


def test_the_text_is_kept_with_the_first_decision_and_looking_keeps_none(root: Path) -> None:
    session = _open(root)
    assert not _kept(root).exists()
    session.do(SetLetterNote("begun"))
    assert _kept(root).read_text(encoding="utf-8") == session.letter.text
    session.close()
    assert Workspace(root).reviewers(KEY) == ("ab",)


def test_a_text_letter_keeps_none(root: Path) -> None:
    (root / f"{KEY}.txt").write_text(TEXT, encoding="utf-8")
    _open(root).do(SetLetterNote("begun"))
    assert not _kept(root).exists()


def test_another_reading_of_the_same_pdf_does_not_move_a_review(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = _open(root)
    session.do(SetSeen(session.review.findings[0].id, True))
    session.close()
    before = session.letter.text
    _read_otherwise(monkeypatch)
    again = _open(root)
    assert again.letter.text == before
    assert (again.changed, again.read_only) == ("", "")
    again.do(SetSeen(again.review.findings[1].id, True))
    assert Workspace(root).read(KEY).text == before


def test_another_pdf_is_a_letter_that_changed_and_its_text_is_kept_from_the_rebase_on(root: Path) -> None:
    session = _open(root)
    session.do(SetSeen(session.review.findings[0].id, True))
    session.close()
    before = _kept(root).read_bytes()
    (root / f"{KEY}.pdf").write_bytes(letter_pdf("A new first line.\n\n" + TEXT))
    session = _open(root)
    assert session.changed
    assert _kept(root).read_bytes() == before
    session.rebase()
    assert _kept(root).read_text(encoding="utf-8") == session.letter.text
    assert session.changed == ""
    assert _open(root).changed == ""
