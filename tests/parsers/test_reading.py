"""Bytes to text: encodings, limits, and one clear line for what can't be read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.reading import LARGEST_LETTER, decode, read
from parsers.unreadable import UnreadableLetterError
from parsers.walk import letter_paths

WORDS = "The council\u2019s staff \u2013 \u201cwell supported\u201d \u2013 say so.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode("utf-8"), "utf-8"),
        (b"\xef\xbb\xbf" + WORDS.encode("utf-8"), "utf-8-sig"),
        (b"\xff\xfe" + WORDS.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "utf-16-be"),
        (WORDS.encode("utf-16-le"), "utf-16-le"),
        (WORDS.encode("utf-16-be"), "utf-16-be"),
        (WORDS.encode("cp1252"), "cp1252"),
    ],
)
def test_the_ladder_of_encodings(data: bytes, encoding: str) -> None:
    assert decode(data) == (WORDS, encoding, ())


def test_bytes_that_fit_nothing_are_read_with_a_doubt() -> None:
    text, encoding, doubts = decode(b"Staff \x81 say so \x92.")
    assert (len(text), encoding) == (17, "latin-1")
    assert [d.code for d in doubts] == ["decoding"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("cut", ["in a character", "in a pair"])
def test_utf16_that_was_cut_is_read_with_a_doubt(encoding: str, cut: str) -> None:
    whole = ("\ufeff" + WORDS + "\U0001f600").encode(encoding)
    text, named, doubts = decode(whole[: -3 if cut == "in a character" else -2])
    assert (text, named) == (WORDS + "\ufffd", encoding)
    assert [d.code for d in doubts] == ["decoding"]


def test_a_byte_order_mark_is_dropped_though_a_line_is_in_another_encoding() -> None:
    data = b"\xef\xbb\xbfStrengths\n" + "The council\u2019s staff".encode("cp1252")
    assert decode(data) == ("Strengths\nThe council\u2019s staff", "cp1252", ())


def test_line_ends_become_lf_and_nothing_else_changes() -> None:
    assert (
        decode(b"one\r\ntwo\rthree\n\x0cfour\xc2\xa0\xef\xac\x81ve ")[0] == "one\ntwo\nthree\n\x0cfour\u00a0\ufb01ve "
    )


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00\ufeff"), max_size=200))
def test_utf8_comes_back(text: str) -> None:
    try:
        assert decode(text.encode())[0] == text
    except UnreadableLetterError:
        assert sum(char < " " for char in text) > 8


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("image.txt", bytes(range(256)) * 20, "not text"),
        ("letter.docx", b"PK\x03\x04" + b"\0" * 50, "save it as plain text"),
        ("big.txt", b"x" * (LARGEST_LETTER + 1), "too large"),
    ],
)
def test_what_is_no_letter_is_refused_in_one_line(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableLetterError, match=why) as error:
        read(tmp_path / name)
    assert str(tmp_path / name) in str(error.value)
    assert "\n" not in str(error.value)


def test_pipes_links_and_folders_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "sparse.txt").touch()
    os.truncate(tmp_path / "sparse.txt", 2_000_000_000)
    for name, why in {
        "pipe": "not a file",
        "link": "isn't there",
        "folder": "not a file",
        "sparse": "too large",
    }.items():
        with pytest.raises(UnreadableLetterError, match=why):
            read(tmp_path / f"{name}.txt")


@pytest.mark.parametrize("data", [b"", b" \n\n\f\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_file_without_text_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "empty.txt").write_bytes(data)
    with pytest.raises(UnreadableLetterError, match="empty"):
        read(tmp_path / "empty.txt")


def test_the_walk_leaves_out_what_is_ours_and_survives_loops(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.md",
        "README.md",
        ".hidden.txt",
        "notes.toml",
        "2010/c.txt",
        "reviews/b/ab.txt",
        "curated/b.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "2010" / "loop").symlink_to(tmp_path)
    (tmp_path / "z.txt").symlink_to(tmp_path / "nowhere")
    problems: list[str] = []
    walked = [str(p.relative_to(tmp_path)) for p in letter_paths(tmp_path, lambda path, why: problems.append(why))]
    assert walked == ["2010/c.txt", "a.md", "b.txt", "z.txt"]
    assert len(problems) == 1
    assert "leads back" in problems[0]


def recto(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "tui", *arguments], capture_output=True, text=True, check=False)


def test_parse_goes_on_after_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02" * 100)
    (tmp_path / "b.txt").write_text(
        "Strengths\n\n- One is good.\n\nAreas for development\n\n- Two is late.\n", encoding="utf-8"
    )
    done = recto("parse", str(tmp_path), "--format", "jsonl")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert len(done.stderr.splitlines()) == 1
    assert "a.txt" in done.stderr


def test_parse_refuses_to_write_over_its_input(tmp_path: Path) -> None:
    letter = tmp_path / "a.txt"
    letter.write_text("Strengths\n", encoding="utf-8")
    done = recto("parse", str(letter), "--output", str(letter))
    assert done.returncode == 2
    assert letter.read_text(encoding="utf-8") == "Strengths\n"
