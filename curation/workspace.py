"""A folder of letters with the reviews of them. Looking writes nothing, and no name leads out of the folder."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Final

from curation import agreed_review, codebook, log, opening, pdf_text, reviewer, store
from curation.agreed_review import Agreed
from curation.beginning import begin
from curation.codebook import Codebook, CodebookError, writing
from curation.codebook.edits import Edit
from curation.codebook.worklist import Affected, Worklist, stamps_of
from curation.codebook.writing import Edited
from curation.example import Example
from curation.journal import Journal
from curation.letters import LetterFolder, LetterRef, UnknownLetter, Version, checked, is_called_a_letter, version
from curation.operations import Refused
from curation.project import MARKER
from curation.questions import Question, questions
from curation.review import Review
from curation.searching import Words
from parsers.display import visible
from parsers.letter import Letter
from parsers.unreadable import UnreadableLetterError

__all__ = ["LETTER_ERRORS", "LetterRef", "UnknownLetter", "Workspace"]

LETTER_ERRORS: Final = (UnknownLetter, UnreadableLetterError, store.Unreadable, Refused, OSError)
"""What reading a letter or its review can raise; the message of each is a clear line."""


class Workspace(LetterFolder):
    """The letters under `root`, their reviews and the codebook. Safe to use from several threads."""

    def __init__(self, root: Path) -> None:
        """`root` is the folder; use `Workspace.find` to look for it."""
        super().__init__(root)
        self._lock = Lock()
        self._reviewed_texts: dict[str, tuple[Letter, Version, Letter]] = {}
        self._examples: dict[str, tuple[tuple[Version, ...], tuple[Example, ...]]] = {}
        self._codebook: tuple[Version | None, Codebook] | None = None

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

        Raises UnknownLetter, also for a path to a file that is not called as letters are.
        """
        path = Path(name_or_path)
        if path.is_file() and is_called_a_letter(path):
            workspace = cls.find(path)
            return workspace, workspace.key_of(path)
        workspace = cls.find(folder)
        return workspace, workspace.resolve(name_or_path)

    def read(self, key: str) -> Letter:
        """The parse of a letter; of a PDF that was reviewed, of the text that it was reviewed with. Raises as ever."""
        letter = super().read(key)
        if not pdf_text.is_pdf(letter):
            return letter
        folder = self.reviews_path(key)
        kept = version(folder / pdf_text.NAME)
        if kept is None:
            return letter
        with self._lock:
            held = self._reviewed_texts.get(key)
        if held is None or held[0] is not letter or held[1] != kept:
            reviews = [(self.journal_path(key, name), self.toml_path(key, name)) for name in self.reviewers(key)]
            held = letter, kept, pdf_text.as_reviewed(letter, folder, reviews, self.project().profile)
            with self._lock:
                self._reviewed_texts[key] = held
        return held[2]

    def reviews_path(self, key: str) -> Path:
        """The folder of a letter's reviews, there or not. Raises UnknownLetter for a name that can't be."""
        return self.root.joinpath("reviews", checked(key))

    def journal_path(self, key: str, name: str) -> Path:
        """Where a reviewer's journal of a letter is or will be. Raises UnknownLetter or Refused for a bad name."""
        return self.reviews_path(key) / f"{reviewer.check(name)}.jsonl"

    def toml_path(self, key: str, name: str) -> Path:
        """Where a reviewer's TOML of a letter is or will be. Raises UnknownLetter or Refused for a bad name."""
        return self.reviews_path(key) / f"{reviewer.check(name)}.toml"

    def curated_path(self, key: str) -> Path:
        """Where the agreed review of a letter is or will be. Raises UnknownLetter for a name that can't be."""
        return self.root / "curated" / f"{checked(key)}.toml"

    def reviewers(self, key: str) -> tuple[str, ...]:
        """Who has a review of a letter, by name."""
        folder = self.reviews_path(key)
        if not folder.is_dir():
            return ()
        names = {path.stem for path in folder.iterdir() if path.suffix in (".jsonl", ".toml")}
        return tuple(sorted(filter(reviewer.is_name, names)))

    def open(self, key: str, name: str) -> opening.Opened:
        """A reviewer's review with all that is to be said about its files. Raises as `read` does, and Refused."""
        return opening.open_review(self.place(key, name), self.read(key), self.revision())

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
        found = self.agreed(key)
        return found.review if found else begin(self.read(key), key, "", self.revision())

    def agreed(self, key: str) -> Agreed | None:
        """What people agreed on for a letter, None if they did not. Raises as `read` does, store.Unreadable."""
        return agreed_review.read(self.curated_path(key), self.read(key))

    def rebase_agreed(self, key: str) -> tuple[str, ...]:
        """Put the agreed review of a letter on its text as it is now. Raises as `read` and `agreed_review.rebase`."""
        return agreed_review.rebase(self.curated_path(key), self.root, self.read(key))

    def edit_codebook(self, wanted: Edit, by: str, seen: Codebook | None = None) -> Edited:
        """Change the codebook of this workspace. Raises as `curation.codebook.writing.edit` does."""
        return writing.edit(self.root, wanted, reviewer.check(by), seen=seen)

    def undo_codebook(self, by: str, seen: Codebook | None = None) -> Edited:
        """Take the last change of the codebook back. Raises as `edit_codebook` does."""
        return writing.undo(self.root, reviewer.check(by), seen=seen)

    def redo_codebook(self, by: str, seen: Codebook | None = None) -> Edited:
        """Do again what was undone last in the codebook. Raises as `edit_codebook` does."""
        return writing.redo(self.root, reviewer.check(by), seen=seen)

    def affected(self, key: str, by: Collection[str] = ()) -> tuple[Affected, ...]:
        """The findings of a letter whose themes the codebook's changes concern, in every review of it or those `by`.

        Raises CodebookError, and what opening a review raises.
        """
        worklist = Worklist(self.codebook())
        found: list[Affected] = []
        if not by and self.curated_path(key).is_file():
            found += worklist.of(self.review(key), {})
        for name in self.reviewers(key):
            if not by or name in by:
                lines = Journal(self.journal_path(key, name), self.root).read().lines
                found += worklist.of(self.open(key, name).shown, stamps_of(line.values for line in lines))
        return tuple(found)

    def keys_with_reviews(self) -> tuple[str, ...]:
        """The letters that somebody reviewed or agreed on, by key."""
        return tuple(sorted(set(self._keys_with_files())))

    def has_files(self, key: str) -> bool:
        """Whether anybody has reviewed a letter. Raises UnknownLetter for a name that can't be."""
        return any(path.exists() for path in self._files_of(key))

    def questions(self, key: str) -> tuple[Question, ...]:
        """What reviewers asked about a letter, with the answers. Raises as `review` does."""
        return questions(self.review(key, name) for name in self.reviewers(key))

    def may_hold(self, key: str, words: Words) -> bool:
        """False only if the words can't stand in the letter or its reviews. Raises as `read` does.

        The text alone is read where nobody has reviewed it: a tenth of the time that its parse takes.
        """
        return self.has_files(key) or words.maybe_in(self.text(key))

    def versions(self, key: str, name: str = "") -> tuple[Version, ...]:
        """The files that `review` makes a letter's state of, as they are now; other ones when that may have changed.

        Raises UnknownLetter, or Refused for a bad name.
        """
        paths = [self.path(key), self.root / MARKER, self.curated_path(key)]
        if name:
            paths += [self.journal_path(key, name), self.toml_path(key, name)]
        return tuple(found for path in paths if (found := version(path)))

    def codebook(self) -> Codebook:
        """The workspace's codebook, the shipped one if it has none. Raises CodebookError."""
        path = self.root / writing.NAME
        found = version(path)
        with self._lock:
            if self._codebook is None or self._codebook[0] != found:
                self._codebook = (found, codebook.load(path) if found else codebook.shipped())
            return self._codebook[1]

    def accepted(self, leave_out: str | None = None) -> tuple[Example, ...]:
        """Every finding with themes that a person gave or turned down, by letter; without those of `leave_out`.

        The agreed review counts where a letter has one, else every reviewer's. What can't be read is left out here; it
        is said where it is opened.
        """
        keys = self.keys_with_reviews()
        return tuple(example for key in keys if key != leave_out for example in self._examples_of(key))

    def _examples_of(self, key: str) -> tuple[Example, ...]:
        found = tuple(v for path in self._files_of(key) if (v := version(path)))
        with self._lock:
            held = self._examples.get(key)
        if held is not None and held[0] == found:
            return held[1]
        examples: tuple[Example, ...] = ()
        with suppress(UnknownLetter, UnreadableLetterError, store.Unreadable, OSError):
            examples = tuple(example for review in self._reviews_that_count(key) for example in examples_of(review))
        with self._lock:
            self._examples[key] = (found, examples)
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
            folders = (path.parent for path in reviews.rglob(pattern))
            yield from (folder.relative_to(reviews).as_posix() for folder in folders if folder != reviews)

    def _gone(self, key: str) -> str:
        names = ", ".join(self.reviewers(key))
        if names:
            return visible(f"{key} has a review by {names}, but the letter itself is not in {self.root} any more")
        return super()._gone(key)

    def revision(self) -> int:
        """The revision of the codebook, 0 where it can't be read."""
        with suppress(CodebookError):
            return self.codebook().revision
        return 0


def examples_of(review: Review) -> Iterator[Example]:
    """What the suggestions can learn from a review: its findings with themes given or turned down."""
    entry = review.metadata.get("authority")
    authority = str(entry.values.get("value", "")) if entry else ""
    for finding in review.findings:
        if finding.themes or finding.refused:
            yield Example(review.letter, finding.id, finding.text, finding.themes, authority, finding.refused)
