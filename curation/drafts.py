"""Half-written notes and questions: kept beside the settings until they are decided on or left, for after a crash.

One file each in the state folder, readable by its owner alone, replaced as a whole. A draft decides nothing: what a
review holds is in its journal.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
import tomli_w

from curation import files, settings
from curation.tables import storable

NOTE: Final = "note"
QUESTION: Final = "question"
LETTER_NOTE: Final = "letter-note"
_LARGEST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Target:
    """What is being written.

    Attributes:
        workspace: the folder of letters, as an absolute path.
        letter: the letter's key.
        what: `note`, `question` or `letter-note`.
        finding: the id of the finding that it is about; "" for a letter's note.
    """

    workspace: str
    letter: str
    what: str
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as it was left, at an aware time."""

    target: Target
    text: str
    written: dt.datetime


def folder() -> Path:
    """Where drafts lie."""
    return settings.state_path().parent / "drafts"


def path_of(target: Target) -> Path:
    """The file of a draft."""
    name = hashlib.sha256("\0".join(map(storable, asdict(target).values())).encode("utf-8")).hexdigest()[:32]
    return folder() / f"{name}.toml"


def editor_path(target: Target) -> Path:
    """The plain text that an editor is given; one that an editor left there counts as the draft's text."""
    return path_of(target).with_suffix(".txt")


def keep(target: Target, text: str) -> None:
    """Write a draft. Raises OSError; an older one is then whole."""
    own = {key: storable(value) for key, value in asdict(target).items()}
    values = {**own, "written": _now(), "text": storable(text)}
    _write(path_of(target), tomli_w.dumps(values, multiline_strings=False).encode("utf-8"))


def hand_to_editor(target: Target, text: str) -> Path:
    """Keep a draft, and lay its text where an editor can change it: the path. Raises OSError."""
    keep(target, text)
    path = editor_path(target)
    _write(path, f"{storable(text)}\n".encode() if text else b"")
    return path


def take_from_editor(target: Target) -> str:
    """What an editor left, which becomes the draft. Raises OSError; nothing is lost then."""
    text = _editor_text(target)
    keep(target, text)
    editor_path(target).unlink()
    return text


def found(target: Target) -> Draft | None:
    """The draft of a target, None if there is none. Raises OSError, ValueError for a file that holds no draft."""
    try:
        draft = _read(path_of(target))
    except FileNotFoundError:
        return None
    return draft


def of_letter(workspace: str, letter: str) -> tuple[Draft, ...]:
    """All drafts about a letter, oldest first. A file that can't be read is no draft."""
    drafts = []
    for path in folder().glob("*.toml"):
        try:
            draft = _read(path)
        except (OSError, ValueError):
            continue
        if (draft.target.workspace, draft.target.letter) == (storable(workspace), storable(letter)):
            drafts.append(draft)
    return tuple(sorted(drafts, key=lambda draft: draft.written))


def drop(target: Target) -> None:
    """Take a draft away: it was decided on, or left. Raises OSError."""
    editor_path(target).unlink(missing_ok=True)
    path_of(target).unlink(missing_ok=True)


class _File(msgspec.Struct, frozen=True):
    workspace: str
    letter: str
    what: str
    finding: str
    written: dt.datetime
    text: str


def _read(path: Path) -> Draft:
    values: dict[str, Any] = tomllib.loads(files.read_regular(path, _LARGEST).decode("utf-8"))
    held = msgspec.convert(values, _File)
    target = Target(held.workspace, held.letter, held.what, held.finding)
    text = _editor_text(target) if editor_path(target).exists() else held.text
    return Draft(target, text, held.written)


def _editor_text(target: Target) -> str:
    """Editors write UTF-8, or an older encoding where they were told to; none of it is refused."""
    data = files.read_regular(editor_path(target), _LARGEST)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n").strip("\n")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    files.replace_file(path, data, private=True)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
