"""A folder of letters with the reviews of them. Looking writes nothing, and no name leads out of the folder."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple

from curation import codebook, log, opening, reviewer, store
from curation.beginning import begin
from curation.codebook import Codebook, CodebookError
from curation.example import Example
from curation.journal import Journal
from curation.nearest import nearest
from curation.operations import Refused
from curation.review import Review
from parsers.display import visible
from parsers.letter import Letter
from parsers.parse import parse_file
from parsers.unreadable import UnreadableLetterError
from parsers.walk import SUFFIXES, letter_paths

MARKER: Final = "recto.toml"
_LETTERS_KEPT: Final = 256
_BEST_FIRST: Final = (".txt", ".md", ".pdf")


class UnknownLetter(ValueError):
    """No letter of that name, or more than one. `str()` says what was probably meant."""


@dataclass(frozen=True, slots=True, order=True)
class LetterRef:
    """A letter of a workspace: its key (path inside the workspace, without the suffix) and its file."""

    key: str
    path: Path


class _Version(NamedTuple):
    path: Path
    size: int
    mtime_ns: int


class Workspace:
    """The letters under `root`, their reviews and the codebook. Safe to use from several threads."""

    def __init__(self, root: Path) -> None:
        """`root` is the folder; use `Workspace.find` to look for it."""
        self.root = root.resolve()
        self.problems: tuple[str, ...] = ()
        self._lock = Lock()
        self._letters: OrderedDict[str, tuple[_Version, Letter]] = OrderedDict()
        self._examples: dict[str, tuple[tuple[_Version, ...], tuple[Example, ...]]] = {}
        self._codebook: tuple[_Version | None, Codebook] | None = None

    @classmethod
    def find(cls, path: Path) -> Workspace:
        """The workspace of a folder or letter: the nearest folder above with recto.toml, else the (letter's) folder."""
        folder = path.resolve() if path.is_dir() else path.parent.resolve()
        for candidate in (folder, *folder.parents):
            if (candidate / MARKER).is_file():
                return cls(candidate)
        return cls(folder)

    @classmethod
    def locate(cls, name_or_path: str, folder: Path) -> tuple[Workspace, str]:
        """The workspace and key of a letter that a person named: a path, or a name in the workspace of `folder`.

        Raises UnknownLetter.
        """
        path = Path(name_or_path)
        if path.is_file():
            workspace = cls.find(path)
            return workspace, workspace.key_of(path)
        workspace = cls.find(folder)
        return workspace, workspace.resolve(name_or_path)

    def letters(self) -> tuple[LetterRef, ...]:
        """Every letter, by key. A text beside a PDF of the same key wins; `problems` says what was left out and why."""
        found: dict[str, LetterRef] = {}
        problems: list[str] = []
        paths = letter_paths(self.root, lambda path, why: problems.append(f"{path}: {why}"))
        for path in sorted(paths, key=_rank):
            key = self.key_of(path)
            first = found.setdefault(key, LetterRef(key, path))
            if first.path != path:
                problems.append(_double(first.path, path))
        self.problems = tuple(problems)
        return tuple(sorted(found.values()))

    def key_of(self, path: Path) -> str:
        """The key of a letter's file. Raises UnknownLetter if the file is outside the workspace or can't have a key."""
        place = path.parent.resolve() / path.name
        if not place.is_relative_to(self.root):
            raise UnknownLetter(visible(f"{path} is outside the workspace {self.root}"))
        inside = place.relative_to(self.root)
        key = (inside.with_suffix("") if inside.suffix.lower() in SUFFIXES else inside).as_posix()
        return _checked(key)

    def path(self, key: str) -> Path:
        """The file of a letter. Raises UnknownLetter."""
        found = [self.root / (_checked(key) + suffix) for suffix in ("", *_BEST_FIRST)]
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
        version = _version(path)
        with self._lock:
            held = self._letters.get(key)
            if held is not None and held[0] == version:
                self._letters.move_to_end(key)
                return held[1]
        letter = parse_file(path, shown_as=path.relative_to(self.root).as_posix())
        if version is not None:
            with self._lock:
                self._letters[key] = (version, letter)
                while len(self._letters) > _LETTERS_KEPT:
                    self._letters.popitem(last=False)
        return letter

    def resolve(self, name_or_path: str) -> str:
        """The key of a letter named by path, key or the last part of its key. Raises UnknownLetter with the nearest."""
        path = Path(name_or_path)
        with suppress(UnknownLetter, OSError, ValueError):
            if path.is_file():
                return self.key_of(path)
        keys = [ref.key for ref in self.letters()]
        wanted = name_or_path
        if path.suffix.lower() in SUFFIXES:
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

    def journal_path(self, key: str, name: str) -> Path:
        """Where a reviewer's journal of a letter is or will be. Raises UnknownLetter or Refused for a bad name."""
        return self._reviews(key) / f"{reviewer.check(name)}.jsonl"

    def toml_path(self, key: str, name: str) -> Path:
        """Where a reviewer's TOML of a letter is or will be. Raises UnknownLetter or Refused for a bad name."""
        return self._reviews(key) / f"{reviewer.check(name)}.toml"

    def curated_path(self, key: str) -> Path:
        """Where the agreed review of a letter is or will be. Raises UnknownLetter for a name that can't be."""
        return self.root / "curated" / f"{_checked(key)}.toml"

    def reviewers(self, key: str) -> tuple[str, ...]:
        """Who has a review of a letter, by name."""
        folder = self._reviews(key)
        names = (
            {path.stem for path in folder.iterdir() if path.suffix in (".jsonl", ".toml")} if folder.is_dir() else ()
        )
        return tuple(sorted(name for name in names if _is_reviewer(name)))

    def open(self, key: str, name: str) -> opening.Opened:
        """A reviewer's review with all that is to be said about its files. Raises as `read` does, and Refused."""
        return opening.open_review(self.place(key, name), self.read(key), self._revision())

    def log(self, key: str, name: str) -> log.Log:
        """What a reviewer did to a letter. Raises UnknownLetter or Refused for a bad name."""
        return log.read(Journal(self.journal_path(key, name), self.root))

    def place(self, key: str, name: str) -> opening.Place:
        """Where a reviewer's review of a letter is. Raises UnknownLetter or Refused for a name that can't be."""
        return opening.Place(key, name, self.journal_path(key, name), self.toml_path(key, name), self.root)

    def review(self, key: str, reviewer: str | None = None) -> Review:
        """The state of a letter: the reviewer's if there is one, else the agreed one, else the parse (nobody's).

        Raises as `read` does; Refused for a name that can't be; store.Unreadable if the agreed file can't be read.
        """
        if reviewer:
            opened = self.open(key, reviewer)
            if opened.exists:
                return opened.shown
        letter = self.read(key)
        agreed = store.read(self.curated_path(key), letter.text, letter.source.text_sha256)
        return agreed.review if agreed else begin(letter, key, "", self._revision())

    def codebook(self) -> Codebook:
        """The workspace's codebook, the shipped one if it has none. Raises CodebookError."""
        path = self.root / "codebook.toml"
        version = _version(path)
        with self._lock:
            if self._codebook is None or self._codebook[0] != version:
                self._codebook = (version, codebook.load(path) if version else codebook.shipped())
            return self._codebook[1]

    def accepted(self, leave_out: str | None = None) -> tuple[Example, ...]:
        """Every finding to which a person gave themes, by letter and finding; without those of the letter `leave_out`.

        The agreed review counts where a letter has one, else every reviewer's. What can't be read is left out here; it
        is said where it is opened.
        """
        keys = sorted(set(self._keys_with_files()))
        return tuple(example for key in keys if key != leave_out for example in self._examples_of(key))

    def _examples_of(self, key: str) -> tuple[Example, ...]:
        version = tuple(v for path in self._files_of(key) if (v := _version(path)))
        with self._lock:
            held = self._examples.get(key)
        if held is not None and held[0] == version:
            return held[1]
        examples: tuple[Example, ...] = ()
        with suppress(UnknownLetter, UnreadableLetterError, store.Unreadable, OSError):
            examples = tuple(example for review in self._reviews_that_count(key) for example in _examples(review))
        with self._lock:
            self._examples[key] = (version, examples)
        return examples

    def _reviews_that_count(self, key: str) -> Iterator[Review]:
        if self.curated_path(key).is_file():
            yield self.review(key)
        else:
            yield from (self.review(key, name) for name in self.reviewers(key))

    def _files_of(self, key: str) -> Iterator[Path]:
        yield self.curated_path(key)
        for name in self.reviewers(key):
            yield from (self.journal_path(key, name), self.toml_path(key, name))

    def _keys_with_files(self) -> Iterator[str]:
        curated, reviews = self.root / "curated", self.root / "reviews"
        for path in curated.rglob("*.toml"):
            yield path.relative_to(curated).with_suffix("").as_posix()
        for pattern in ("*.jsonl", "*.toml"):
            yield from (path.parent.relative_to(reviews).as_posix() for path in reviews.rglob(pattern))

    def _reviews(self, key: str) -> Path:
        return self.root.joinpath("reviews", _checked(key))

    def _revision(self) -> int:
        with suppress(CodebookError):
            return self.codebook().revision
        return 0

    def _gone(self, key: str) -> str:
        names = ", ".join(self.reviewers(key))
        if names:
            return visible(f"{key} has a review by {names}, but the letter itself is not in {self.root} any more")
        return self._no_letter(key, key, [ref.key for ref in self.letters()])

    def _no_letter(self, said: str, wanted: str, keys: Sequence[str]) -> str:
        likely = nearest(wanted, keys if "/" in wanted else [key.rpartition("/")[2] for key in keys])
        hint = f"the nearest is {likely}" if likely else "there is none at all"
        return visible(f"no letter {said} in {self.root}; {hint}")


def _checked(key: str) -> str:
    parts = key.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\0" in key:
        raise UnknownLetter(f"{visible(key)!r} can't be the name of a letter in a workspace; rename the file")
    return key


def _is_reviewer(name: str) -> bool:
    try:
        reviewer.check(name)
    except Refused:
        return False
    return True


def _rank(path: Path) -> tuple[int, str]:
    suffix = path.suffix.lower()
    return (_BEST_FIRST.index(suffix) if suffix in _BEST_FIRST else 0), str(path)


def _double(first: Path, second: Path) -> str:
    if second.suffix.lower() == ".pdf":
        return visible(f"{second.name} is left out: the text {first.name} beside it is read")
    return visible(f"{first} and {second} have the same name but for the ending; rename one")


def _version(path: Path) -> _Version | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return _Version(path, found.st_size, found.st_mtime_ns)


def _examples(review: Review) -> Iterator[Example]:
    entry = review.metadata.get("authority")
    authority = str(entry.values.get("value", "")) if entry else ""
    for finding in review.findings:
        if finding.themes:
            yield Example(review.letter, finding.id, finding.text, finding.themes, authority)
