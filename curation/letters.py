"""The letters of a folder: which there are, what they are called, and their parse. No name leads out of the folder."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple

from curation.nearest import nearest
from curation.project import MARKER, Project, ProjectError
from curation.project import read as read_project
from parsers import reading
from parsers.display import visible
from parsers.letter import Letter
from parsers.parse import parse_file
from parsers.walk import SUFFIXES, letter_paths

_LETTERS_KEPT: Final = 32
_BEST_FIRST: Final = (".txt", ".md", ".pdf")


class UnknownLetter(ValueError):
    """No letter of that name, or more than one. `str()` says what was probably meant."""


@dataclass(frozen=True, slots=True, order=True)
class LetterRef:
    """A letter of a workspace: its key (path inside the workspace, without the suffix) and its file."""

    key: str
    path: Path


class Version(NamedTuple):
    """A file as it was at a moment; another one when it may have changed."""

    path: Path
    size: int
    mtime_ns: int


class LetterFolder:
    """The letters under `root`. Safe to use from several threads."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.problems: tuple[str, ...] = ()
        self._guard = Lock()
        self._parses: OrderedDict[str, tuple[tuple[Version | None, Project], Letter]] = OrderedDict()
        self._project: tuple[Version | None, Project] | None = None

    def letters(self) -> tuple[LetterRef, ...]:
        """Every letter, by key. A text beside a PDF of the same key wins; `problems` says what was left out and why."""
        found: dict[str, LetterRef] = {}
        problems: list[str] = []
        paths = letter_paths(self.root, lambda path, why: problems.append(f"{path}: {why}"))
        for path in sorted(paths, key=_rank):
            try:
                key = _key(path.relative_to(self.root))
            except UnknownLetter as error:
                problems.append(str(error))
                continue
            first = found.setdefault(key, LetterRef(key, path))
            if first.path != path:
                problems.append(_double(first.path, path))
        self.problems = tuple(problems)
        return tuple(sorted(found.values()))

    def key_of(self, path: Path) -> str:
        """The key of a letter's file. Raises UnknownLetter for one that is outside, or not called as letters are."""
        # A folder that is a link counts where it stands; only then is it asked where it leads.
        place = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow the links
        if not place.is_relative_to(self.root):
            place = path.parent.resolve() / path.name
        if not place.is_relative_to(self.root):
            raise UnknownLetter(visible(f"{path} is outside the workspace {self.root}"))
        if not is_called_a_letter(place):
            raise UnknownLetter(visible(_no_letter_file(path)))
        return _key(place.relative_to(self.root))

    def path(self, key: str) -> Path:
        """The file of a letter. Raises UnknownLetter."""
        found = [self.root / (checked(key) + suffix) for suffix in _BEST_FIRST]
        found = [path for path in found if path.is_file()]
        if not found:
            found = [ref.path for ref in self.letters() if ref.key == key]
        if not found:
            raise UnknownLetter(self._gone(key))
        texts = [path for path in found if path.suffix.lower() != ".pdf"]
        if len(texts) > 1:
            raise UnknownLetter(_double(texts[0], texts[1]))
        return found[0]

    def read(self, key: str) -> Letter:
        """The parse of a letter, kept until the file changes. Raises UnknownLetter, UnreadableLetterError."""
        path = self.path(key)
        found = (version(path), self._project_for(key))
        with self._guard:
            held = self._parses.get(key)
            if held is not None and held[0] == found:
                self._parses.move_to_end(key)
                return held[1]
        letter = parse_file(path, profile=found[1].profile, shown_as=path.relative_to(self.root).as_posix())
        with self._guard:
            self._parses[key] = (found, letter)
            while len(self._parses) > _LETTERS_KEPT:
                self._parses.popitem(last=False)
        return letter

    def text(self, key: str) -> str:
        """The text of a letter, without its parse. Raises UnknownLetter, UnreadableLetterError."""
        path = self.path(key)
        with self._guard:
            held = self._parses.get(key)
        if held is not None and held[0][0] == version(path):
            return held[1].text
        return reading.read(path).text

    def resolve(self, name_or_path: str) -> str:
        """The key of a letter named by path, key or the last part of its key. Raises UnknownLetter with the nearest.

        A file that is not called as letters are counts as a name alone.
        """
        path = Path(name_or_path)
        with suppress(UnknownLetter, OSError, ValueError):
            if path.is_file():
                return self.key_of(path)
        keys = [ref.key for ref in self.letters()]
        wanted = name_or_path
        if is_called_a_letter(path):
            wanted = name_or_path[: -len(path.suffix)]
        if wanted in keys:
            return wanted
        same = [key for key in keys if key.rpartition("/")[2] == wanted]
        if len(same) > 1:
            raise UnknownLetter(
                visible(f"{len(same)} letters are called {wanted}: {', '.join(same)}; give one whole name")
            )
        if same:
            return same[0]
        raise UnknownLetter(self._no_letter(name_or_path, wanted, keys))

    def project(self) -> Project:
        """What `recto.toml` says, for all letters. Raises ProjectError."""
        found = version(self.root / MARKER)
        with self._guard:
            if self._project is None or self._project[0] != found:
                self._project = (found, read_project(self.root))
            return self._project[1]

    def _project_for(self, key: str) -> Project:
        try:
            return self.project()
        except ProjectError as error:
            raise UnknownLetter(f"{visible(key)} is not read: {error}") from error

    def _gone(self, key: str) -> str:
        """Why there is no such letter; a workspace that knows of reviews says so."""
        return self._no_letter(key, key, [ref.key for ref in self.letters()])

    def _no_letter(self, said: str, wanted: str, keys: Sequence[str]) -> str:
        with suppress(OSError, ValueError):
            if Path(said).is_file() and not is_called_a_letter(Path(said)):
                return visible(_no_letter_file(Path(said)))
        likely = nearest(wanted, keys if "/" in wanted else [key.rpartition("/")[2] for key in keys])
        hint = f"the nearest is {likely}" if likely else "there is none at all"
        return visible(f"no letter {said} in {self.root}; {hint}")


def checked(key: str) -> str:
    """`key`, if it can be a letter's: no part of it leads elsewhere. Raises UnknownLetter."""
    parts = key.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\0" in key:
        raise UnknownLetter(f"{visible(key)!r} can't be the name of a letter in a workspace; rename the file")
    return key


def _key(inside: Path) -> str:
    return checked(inside.with_suffix("").as_posix())


def is_called_a_letter(path: Path) -> bool:
    """Whether the ending of a file's name is one that letters have."""
    return path.suffix.lower() in SUFFIXES


def _no_letter_file(path: Path) -> str:
    endings = f"{', '.join(_BEST_FIRST[:-1])} or {_BEST_FIRST[-1]}"
    return f"{path} is no letter: a letter's name ends in {endings}. Name the letter, or rename the file"


def _rank(path: Path) -> tuple[int, str]:
    suffix = path.suffix.lower()
    return (_BEST_FIRST.index(suffix) if suffix in _BEST_FIRST else 0), str(path)


def _double(first: Path, second: Path) -> str:
    if second.suffix.lower() == ".pdf":
        return visible(f"{second.name} is left out: the text {first.name} beside it is read")
    return visible(f"{first} and {second} have the same name but for the ending; rename one")


def version(path: Path) -> Version | None:
    """The file as it is, None if it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Version(path, found.st_size, found.st_mtime_ns)
