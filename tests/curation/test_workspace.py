"""A folder of letters: which letters there are, what they are called, where their reviews lie."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from curation import files, store
from curation.beginning import begin
from curation.codebook import CodebookError
from curation.operations import HandIn, Refused, SetLetterNote, SetThemes
from curation.session import Session
from curation.workspace import UnknownLetter, Workspace
from parsers.unreadable import UnreadableLetterError

LETTER = """Eastmarch County Council

Strengths

- Supervision is regular. Staff say that it helps them.
- Thresholds are understood by all partner agencies.

Areas for development

- The recording system is slow, and work has been lost.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "letters of\n2010"
    for name in ("2009/eastmarch.txt", "2010/eastmarch.txt", "2010/saltwick.md", "northby.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(LETTER)
    return folder


@pytest.fixture
def workspace(root: Path) -> Workspace:
    return Workspace.find(root)


def test_letters_are_called_by_their_path_without_the_ending(workspace: Workspace) -> None:
    keys = ["2009/eastmarch", "2010/eastmarch", "2010/saltwick", "northby"]
    assert [ref.key for ref in workspace.letters()] == keys
    assert [workspace.key_of(ref.path) for ref in workspace.letters()] == keys
    assert [workspace.path(key) for key in keys] == [ref.path for ref in workspace.letters()]
    assert workspace.problems == ()


def test_what_reviewers_wrote_is_no_letter(root: Path, workspace: Workspace) -> None:
    for name in ("reviews/northby/notes.txt", "curated/x.txt", "pairs/x.md", ".hidden.txt", "README.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(LETTER)
    assert len(workspace.letters()) == 4


def test_the_workspace_is_the_nearest_folder_with_its_settings_else_the_one_given(root: Path) -> None:
    assert Workspace.find(root / "2010").root == root / "2010"
    assert Workspace.find(root / "2010" / "eastmarch.txt").root == root / "2010"
    (root / "recto.toml").touch()
    assert Workspace.find(root / "2010").root == root
    assert Workspace.find(root / "2010" / "eastmarch.txt").root == root


def test_a_letter_is_found_by_path_by_name_and_by_its_last_part(
    root: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "2010")
    for name in ("saltwick.md", str(root / "2010" / "saltwick.md"), "2010/saltwick", "saltwick"):
        assert workspace.resolve(name) == "2010/saltwick"
    found, key = Workspace.locate("saltwick.md", Path())
    assert (found.root, key) == (root / "2010", "saltwick")
    found, key = Workspace.locate("northby", root)
    assert (found.root, key) == (root, "northby")


def test_a_letter_that_is_not_there_is_answered_with_the_nearest(workspace: Workspace) -> None:
    with pytest.raises(UnknownLetter, match=r"no letter saltwich in .*; the nearest is saltwick"):
        workspace.resolve("saltwich")
    with pytest.raises(UnknownLetter, match="2 letters are called eastmarch: 2009/eastmarch, 2010/eastmarch"):
        workspace.resolve("eastmarch")
    with pytest.raises(UnknownLetter, match=r"no letter 2011/eastmarch in .*; the nearest is 2010/eastmarch"):
        workspace.read("2011/eastmarch")


@pytest.mark.parametrize("key", ["", ".", "..", "../x", "a/../b", "/etc/passwd", "a//b", "a/", "a\0b", "2010/.."])
def test_no_name_leads_out_of_the_workspace(workspace: Workspace, key: str) -> None:
    for use in (
        workspace.read,
        workspace.path,
        workspace.curated_path,
        workspace.reviewers,
        lambda name: workspace.journal_path(name, "ab"),
        lambda name: workspace.toml_path(name, "ab"),
        lambda name: Session.open(workspace, name, "ab"),
    ):
        with pytest.raises(UnknownLetter):
            use(key)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "AB", "ab\n", "é", "x" * 33, "-ab", "_ab", "a.b", "a b"]
)
def test_no_reviewer_is_called_what_no_file_should_be(workspace: Workspace, name: str) -> None:
    with pytest.raises(Refused, match="can't be a reviewer's name"):
        workspace.journal_path("northby", name)
    with pytest.raises(Refused):
        Session.open(workspace, "northby", name)


@pytest.mark.parametrize("name", ["a\nb.txt", "[sic].txt", "\x1b[2J.txt", "a b.txt", "..txt.txt", "é.txt", b"\xff.txt"])
def test_a_letter_with_an_odd_name_has_its_review_in_its_own_folder(
    root: Path, workspace: Workspace, name: str | bytes
) -> None:
    path = root / os.fsdecode(name)
    path.write_text(LETTER)
    key = workspace.key_of(path)
    session = Session.open(workspace, key, "ab")
    session.do(SetLetterNote("x"))
    session.close()
    assert session.place.toml.parent.parent == root / "reviews"
    again = Session.open(workspace, key, "ab")
    assert (again.review, again.read_only, again.warnings) == (session.review, "", ())


def test_a_letter_whose_name_is_two_dots_has_no_review(root: Path, workspace: Workspace) -> None:
    path = root / "...txt"
    path.write_text(LETTER)
    with pytest.raises(UnknownLetter, match="rename the file"):
        workspace.key_of(path)


def test_a_letter_outside_is_not_of_this_workspace(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(LETTER)
    with pytest.raises(UnknownLetter, match="outside the workspace"):
        workspace.key_of(tmp_path / "other.txt")


def test_a_text_beside_a_pdf_is_read_and_said_once(root: Path, workspace: Workspace) -> None:
    (root / "northby.pdf").write_bytes(b"%PDF-1.4 not really")
    assert [ref.path.name for ref in workspace.letters()][-1] == "northby.txt"
    assert workspace.problems == ("northby.pdf is left out: the text northby.txt beside it is read",)
    assert workspace.read("northby").text == LETTER


def test_two_texts_of_one_name_are_an_error(root: Path, workspace: Workspace) -> None:
    (root / "northby.md").write_text("other")
    assert len([ref for ref in workspace.letters() if ref.key == "northby"]) == 1
    assert "have the same name but for the ending; rename one" in workspace.problems[0]
    with pytest.raises(UnknownLetter, match="rename one"):
        workspace.read("northby")


def test_a_letter_is_parsed_once_until_it_changes(root: Path, workspace: Workspace) -> None:
    letter = workspace.read("northby")
    assert workspace.read("northby") is letter
    assert letter.source.path == "northby.txt"
    path = root / "northby.txt"
    path.write_text(LETTER + "\nYours sincerely\n")
    os.utime(path, ns=(1, 1))
    assert workspace.read("northby").text.endswith("sincerely\n")


def test_a_folder_that_is_a_link_counts_where_it_stands(root: Path, workspace: Workspace, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "holt.txt").write_text(LETTER)
    (root / "more").symlink_to(elsewhere)
    assert "more/holt" in [ref.key for ref in workspace.letters()]
    assert workspace.key_of(root / "more" / "holt.txt") == "more/holt"
    assert workspace.read("more/holt").text == LETTER


def test_the_letter_family_can_be_set_for_all_letters(root: Path, workspace: Workspace) -> None:
    assert workspace.read("northby").profile == "unannounced-cra"
    (root / "recto.toml").write_text('profile = "focused-visit"\n')
    assert workspace.read("northby").profile == "focused-visit"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("profile = 3", "profile: it has to be the id of a profile"),
        ('profile = "../other.toml"', "lies outside the workspace"),
        ('profile = "/etc/passwd"', "lies outside the workspace"),
        ('profile = "nothing"', "the shipped ones are"),
        ("profile = ", "not TOML"),
    ],
)
def test_settings_of_the_workspace_that_cannot_be_used_are_named(
    root: Path, workspace: Workspace, text: str, why: str
) -> None:
    (root / "recto.toml").write_text(text)
    with pytest.raises(UnknownLetter, match=r"northby is not read: recto\.toml: ") as raised:
        workspace.read("northby")
    assert why in str(raised.value)


def test_a_workspace_opens_without_reading_its_reviews(
    root: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ref in workspace.letters():
        session = Session.open(workspace, ref.key, "ab")
        session.do(SetLetterNote("x"))
        session.close()
    read: list[str] = []
    real = files.open_regular

    def record(path: Path, flags: int, mode: int = 0o666) -> int:
        read.append(path.relative_to(root).as_posix() if path.is_relative_to(root) else "")
        return real(path, flags, mode)

    monkeypatch.setattr(files, "open_regular", record)
    again = Workspace.find(root)
    assert len(again.letters()) == 4
    assert read == []
    assert Session.open(again, "northby", "ab").review.note == "x"
    assert {name for name in read if name.startswith("reviews/")} == {
        "reviews/northby/ab.jsonl",
        "reviews/northby/ab.toml",
    }


def test_files_that_lie_astray_among_the_reviews_do_no_harm(root: Path, workspace: Workspace) -> None:
    for name in ("reviews/ab.toml", "reviews/x/y/ab.jsonl", "reviews/northby/AB.toml", "curated/gone.toml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("[")
    assert workspace.accepted() == ()
    assert workspace.reviewers("northby") == ()


def test_a_letter_that_cannot_be_read_is_named(root: Path, workspace: Workspace) -> None:
    (root / "bad.txt").write_bytes(b"\0\1\2\3" * 100)
    with pytest.raises(UnreadableLetterError, match=r"bad\.txt"):
        workspace.read("bad")


def test_a_letter_that_is_gone_is_said_with_its_reviews(root: Path, workspace: Workspace) -> None:
    session = Session.open(workspace, "northby", "ab")
    session.do(SetLetterNote("x"))
    (root / "northby.txt").unlink()
    with pytest.raises(UnknownLetter, match="northby has a review by ab, but the letter itself is not in"):
        Session.open(workspace, "northby", "ab")


def test_looking_writes_nothing(root: Path, workspace: Workspace) -> None:
    before = sorted(root.rglob("*"))
    for ref in workspace.letters():
        workspace.review(ref.key)
        workspace.review(ref.key, "ab")
        workspace.reviewers(ref.key)
        Session.open(workspace, ref.key, "ab").close()
    workspace.accepted()
    workspace.codebook()
    workspace.log("northby", "ab")
    assert sorted(root.rglob("*")) == before


def test_the_review_of_a_letter_is_the_reviewers_else_the_agreed_one_else_the_parse(workspace: Workspace) -> None:
    parsed = workspace.review("northby", "ab")
    assert parsed == begin(workspace.read("northby"), "northby", "", workspace.codebook().revision)
    assert len(parsed.findings) == 3

    cd = Session.open(workspace, "northby", "cd")
    cd.do(HandIn())
    cd.close()
    agreed = workspace.curated_path("northby")
    agreed.parent.mkdir(parents=True)
    agreed.write_bytes(cd.place.toml.read_bytes().replace(b"handed-in", b"agreed"))
    assert workspace.review("northby").state == "agreed"
    assert workspace.review("northby", "ab").state == "agreed"
    assert workspace.review("northby", "cd") == cd.review
    assert workspace.reviewers("northby") == ("cd",)

    (agreed.parents[1] / "reviews" / "northby" / "gh.toml").write_text("[")
    assert workspace.review("northby", "gh").reviewer == "gh"
    assert "not TOML" in workspace.open("northby", "gh").read_only

    agreed.write_text("[")
    with pytest.raises(store.Unreadable, match=r"northby\.toml: it is not TOML"):
        workspace.review("northby")


def test_themes_that_were_accepted_are_learnt_from_once_a_letter_is_agreed_only_from_that(
    workspace: Workspace,
) -> None:
    for key, name, theme in (("northby", "cd", "b"), ("northby", "ab", "a"), ("2010/eastmarch", "ab", "c")):
        session = Session.open(workspace, key, name)
        session.do(SetThemes(session.review.findings[0].id, (theme,)))
    examples = workspace.accepted()
    assert [(e.letter, e.themes) for e in examples] == [
        ("2010/eastmarch", ("c",)),
        ("northby", ("a",)),
        ("northby", ("b",)),
    ]
    assert examples[0].text == "Supervision is regular. Staff say that it helps them."
    assert [e.letter for e in workspace.accepted(leave_out="northby")] == ["2010/eastmarch"]

    agreed = workspace.curated_path("northby")
    agreed.parent.mkdir(parents=True)
    agreed.write_bytes(store.dumps(workspace.review("northby", "ab")))
    assert [(e.letter, e.themes) for e in workspace.accepted()] == [("2010/eastmarch", ("c",)), ("northby", ("a",))]
    (workspace.root / "2010" / "eastmarch.txt").unlink()
    session = Session.open(workspace, "northby", "cd")
    session.undo()
    assert [e.letter for e in workspace.accepted()][-1] == "northby"


def test_the_codebook_is_the_workspaces_own_if_there_is_one(root: Path, workspace: Workspace) -> None:
    assert "supervision" in workspace.codebook().themes
    own = root / "codebook.toml"
    own.write_text('schema = "recto.codebook/1"\nrevision = 9\n[themes.tea]\nlabel = "Tea"\n')
    assert list(workspace.codebook().themes) == ["tea"]
    assert workspace.review("northby").codebook_revision == 9
    own.write_text("[")
    with pytest.raises(CodebookError):
        workspace.codebook()
    assert workspace.review("northby").codebook_revision == 0
