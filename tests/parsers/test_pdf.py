"""Letters as PDF: the same findings as from text, and one clear line for every PDF that is no letter."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest

from parsers import pdf, pdf_worker
from parsers.letter import Letter
from parsers.parse import parse, parse_file
from parsers.reading import read
from parsers.unreadable import UnreadableLetterError
from tests.made.letters import make
from tests.parsers import pdfs

ROOT = Path(__file__).parents[2]
LETTER = """1 December 2010

Ms Ruth Fenn
Director of Children's Services
Eastmarch County Council
Town Hall
High Street
ZZ1 1ZZ

Dear Ms Fenn

Annual unannounced inspection of contact, referral and assessment arrangements within Eastmarch County Council

This letter summarises the findings of the recent unannounced inspection of contact, referral and assessment \
arrangements within local authority children's services in Eastmarch which was conducted on 2 and 3 November 2010.

Strengths

• Supervision of social workers is regular and well recorded, with clear direction from senior managers \
who know their teams\N{RIGHT SINGLE QUOTATION MARK} work, so



that families no longer wait.

• The duty team is valued by partners.

Areas for development

• Chronologies are hard to follow where families move between the three area teams.

Managers know this and have begun to act.

• The recording system is \N{LEFT DOUBLE QUOTATION MARK}slow\N{RIGHT DOUBLE QUOTATION MARK}
and work has been lost in it.

Any areas for development identified above will be specifically considered in any future inspection of services.

Yours sincerely

Ann Hartwell
Her Majesty's Inspector
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[bytes], Path]:
    """Write a PDF and give its path."""

    def written(data: bytes) -> Path:
        path = tmp_path / "letter.pdf"
        path.write_bytes(data)
        return path

    return written


Write = Callable[[bytes], Path]


def findings(letter: Letter) -> list[tuple[str, str]]:
    return [(f.category, f.text) for f in letter.findings]


# ---- the same answer as from text ----


def test_a_bullet_over_a_page_with_footer_number_and_running_head_is_one_finding(write: Write) -> None:
    from_pdf, from_text = parse_file(write(pdfs.letter_pdf(LETTER))), parse(LETTER)
    assert [len(f.spans) for f in from_text.findings] == [2, 1, 1, 1]
    assert findings(from_pdf) == findings(from_text)
    assert from_pdf.metadata == from_text.metadata
    joined = from_pdf.findings[0]
    between = from_pdf.text[joined.spans[0].end : joined.spans[1].start]
    assert pdfs.FOOTER in between
    assert "\f" in between
    assert pdfs.RUNNING_HEAD in between
    assert "page-join" in joined.doubts


def _on_paper(text: str) -> bool:
    """Whether a standard font of PDF has every character, and no tag needs its line whole."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return "<" not in text and "\u00a0" not in text


def test_made_letters_give_the_same_findings_on_paper(write: Write) -> None:
    made = [letter for seed in range(60) if _on_paper((letter := make(Random(seed))).text)][:8]
    assert len(made) == 8
    for letter in made:
        path = write(pdfs.letter_pdf(letter.text))
        assert findings(parse_file(path)) == [(truth.category, truth.text) for truth in letter.findings]


def test_a_hyphen_at_a_lines_end_stays_with_its_line(write: Write) -> None:
    assert "well-\nknown" in read(write(pdfs.letter_pdf("Strengths\n\n- The team is well-\nknown to all."))).text


def test_paragraphs_are_apart_where_the_page_leaves_room(write: Write) -> None:
    text = "Strengths\n\n- One is good and\ngoes on.\n\n- Two is good and\ngoes on."
    assert f"\n\n{text}\n\n" in read(write(pdfs.letter_pdf(text))).text


def test_the_hash_is_of_the_file_and_the_offsets_are_of_its_text(write: Write) -> None:
    path = write(pdfs.letter_pdf(LETTER))
    reading = read(path)
    assert reading.source.length == len(reading.text)
    assert "\r" not in reading.text
    assert reading == read(path)


# ---- what is no letter ----


Build = Callable[[], bytes]

UNREADABLE: Mapping[str, tuple[Build, str]] = {
    "scan": (pdfs.scan, "no text in this PDF (a scan?); run text recognition on it first"),
    "cut": (lambda: pdfs.letter_pdf("Strengths")[:400], "not a PDF that can be read (damaged?)"),
    "junk": (lambda: b"%PDF-1.4 and nothing else", "not a PDF that can be read (damaged?)"),
    "empty": (lambda: b"", "not a PDF that can be read (damaged?)"),
    "locked": (lambda: pdfs.letter_pdf("Strengths", password="secret"), "with a password; save a copy without it"),
    "pages": (lambda: pdfs.many_pages(pdf_worker.MOST_PAGES + 1), "too long for a letter: more than 500 pages"),
    "nested bomb": (pdfs.nested_bomb, "needs too much memory"),
    "glyph bomb": (pdfs.glyph_bomb, "given up"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_can_not_be_read_is_said_in_one_line(write: Write, kind: str) -> None:
    build, why = UNREADABLE[kind]
    path = write(build())
    with pytest.raises(UnreadableLetterError) as error:
        read(path)
    assert str(error.value).startswith(f"{path}: ")
    assert why in str(error.value)
    assert "\n" not in str(error.value)


_READ_AND_WEIGH = f"""
import resource, sys
from pathlib import Path
from parsers.pdf import extract
from parsers.unreadable import UnreadableLetterError
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
try:
    extract(Path("bomb.pdf"), sys.stdin.buffer.read())
except UnreadableLetterError as error:
    print(error)
assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 <= {pdf_worker.MEMORY}
"""


@pytest.mark.torture
@pytest.mark.parametrize(("bomb", "size"), [("stream", 4), ("nested", 16), ("glyph", 40)])
def test_larger_bombs_are_given_up_in_the_memory_of_one_child(bomb: str, size: int) -> None:
    build: Mapping[str, Callable[[int], bytes]] = {
        "stream": pdfs.stream_bomb,
        "nested": pdfs.nested_bomb,
        "glyph": pdfs.glyph_bomb,
    }
    command = [sys.executable, "-c", _READ_AND_WEIGH]
    done = subprocess.run(command, input=build[bomb](size), cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"given up" in done.stdout


def test_without_the_extra_the_line_says_how_to_get_it(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    with pytest.raises(UnreadableLetterError, match=r"pip install 'recto\[pdf\]'"):
        read(write(pdfs.letter_pdf("Strengths")))


def test_a_pdf_in_the_clothes_of_a_text_is_read_as_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(pdfs.letter_pdf(LETTER))
    assert len(parse_file(path).findings) == 4


# ---- the child ----

_READ_A_SLOW_ONE = """
import sys
from pathlib import Path
from parsers.pdf import extract
extract(Path("slow.pdf"), sys.stdin.buffer.read())
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs pidfd_open, which only Linux has")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_child_ends_with_its_parent(ending: signal.Signals) -> None:
    command = [sys.executable, "-c", _READ_A_SLOW_ONE]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as parent:
        assert parent.stdin is not None
        parent.stdin.write(pdfs.glyph_bomb(4))
        parent.stdin.close()
        child = _child_of(parent)
        handle = os.pidfd_open(child)
        parent.send_signal(ending)
        ended, _, _ = select.select([handle], [], [], pdf_worker.CPU_SECONDS / 2)
        os.close(handle)
        assert ended, "the child outlives its parent"


def _child_of(parent: subprocess.Popen[bytes]) -> int:
    """The first child that a process has, as soon as it has one."""
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    while not (found := children.read_text(encoding="ascii").split()):
        assert parent.poll() is None, "no child was started"
    return int(found[0])
