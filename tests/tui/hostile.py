"""Text that tries everything: controls, bidirectional and zero-width characters, marks, wide ones, markup."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from curation.codebook.edits import EditTheme
from curation.operations import AnswerQuestion, SetLetterNote, SetNote, SetQuestion, SetThemes
from curation.session import Session
from curation.workspace import Workspace
from tests.tui.letters import letter

C0 = "".join(map(chr, range(0x20))).replace("\n", "").replace("\r", "")
C1 = "".join(map(chr, range(0x7F, 0xA0))).replace("\x85", "")
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HIDDEN = "\u00ad\u180e\u200b\u200c\u200d\u2060\u2061\ufeff\ufff9\ufffb\U000e0041\U000e007f\ufe0f\U000e0100"
APART = "\u2028\u2029\u0085"
NOBODYS = "\ue000\uf8ff\U000f0000\uffff\U0001ffff\u0378"
COMBINING = "e\u0301 a\u0300\u0301\u0302 \u0915\u094d\u0937\u093f"
WIDE = "\u4e2d\u6587 \uff21\uff22 \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1ec\U0001f1e7 \ud55c"
SEQUENCES = (
    "\x1b[31337m \x1b[2J \x1b]0;PWNED\x07 \x1b]52;c;UFdORUQ=\x1b\\ \x1bP31337\x1b\\ \x1b_G31337\x1b\\"
    " \x9b31337m \x9d0;PWNED\x9c \x1bc"
)
MARKUP = "[sic] [/x] [/] [bold red] [@click=app.quit]here[/] [link=file:///x]y[/link] $x {0} %s \\[ ]["
SHOWN = ("[sic]", "[/x]", "[bold red]", "[@click=app.quit]here[/]")
"""What has to be read on the screen as it stands."""
ONE_LINE = f"{MARKUP} {SEQUENCES} {BIDI} {HIDDEN} {COMBINING} {WIDE} {NOBODYS}"
NAME = f"[b]h[x] \x1b[31337m \x1b]0;PWNED\x07 {BIDI}{HIDDEN}{COMBINING}{WIDE} \x9b31337m.txt"

ACTING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FILL = "Records are kept well and staff say that it helps them. "
# What the framework sends of its own: cursor, modes, colours, the shape of the pointer, questions to the terminal.
_OURS = re.compile(r"\x1b\[[?<>=]?[0-9;:$]*[ -/]?[@-~]|\x1b\]22;(?:default)?\x07|\x1b[=>78]|\x1b\][0-9]+;\?\x07")


def paragraphs() -> tuple[str, ...]:
    """Findings that hold all of it, each among ordinary words, so that the letter is one."""
    pieces = [MARKUP, SEQUENCES, C0, C1, BIDI, HIDDEN, APART, NOBODYS, COMBINING, WIDE]
    return tuple(f"{_FILL * 4}Number {n}: [sic] {piece} ends. {_FILL * 3}" for n, piece in enumerate(pieces))


def hostile_folder(root: Path) -> Path:
    """A workspace in which everything that can hold text holds it. Returns the folder, whose name holds some too."""
    folder = root / "let[sic]ters [b] \x1b[31337m\u202e"
    folder.mkdir()
    text = letter("Elm[/]bury [b]\x1b[31337m\u202e County Council", "1 May 2010", {"Strengths": paragraphs()})
    (folder / NAME).write_text(text, encoding="utf-8")
    (folder / "second.txt").write_text(text.replace("1 May", "2 June").replace("Elm[", "Oak["), encoding="utf-8")
    (folder / "broken \x1b[31337m.txt").write_bytes(b"\x00\x01\x02" * 100)
    workspace = Workspace(folder)
    for ref in workspace.letters():
        if "broken" in ref.key:
            continue
        for reviewer in ("ab", "cd"):
            session = Session.open(workspace, ref.key, reviewer)
            first = session.review.findings[0].id
            for operation in (
                SetNote(first, ONE_LINE),
                SetQuestion(first, ONE_LINE),
                SetThemes(first, ("supervision",)),
                SetLetterNote(ONE_LINE),
                AnswerQuestion("ab", first, ONE_LINE, ONE_LINE),
            ):
                session.do(operation)
            session.close()
    workspace.edit_codebook(EditTheme("supervision", {"use_when": MARKUP, "label": "[sic] Super[/x]vision"}), "ab")
    return folder


def acting(text: str) -> set[str]:
    """The characters of a text that could act on a terminal."""
    return {char for char in text if unicodedata.category(char) in ACTING}


def leaked(sent: bytes) -> str:
    """What reached a terminal and is neither words nor the framework's own; "" if there is nothing."""
    text = sent.decode("utf-8", "surrogateescape")
    found = [sequence for sequence in SEQUENCES.split(" ") if sequence in text]
    rest = _OURS.sub("", text)
    return "".join([*found, *sorted(acting(rest) - set("\r\n"))])
