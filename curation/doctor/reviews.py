"""Every review of a workspace: its journal and its TOML, to each other, to the letter and to the codebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from curation import adopting, agreed_review, checks, files, opening, replaying, reviewer, store
from curation.codebook.reading import CodebookError
from curation.doctor.remarks import Checkup, Remark
from curation.history import History
from curation.journal import Journal, News
from curation.letters import UnknownLetter
from curation.opening import Place, Standing
from curation.operations import Refused
from curation.review import Review
from parsers.letter import Letter
from parsers.unreadable import UnreadableLetterError

_FROM_A_COPY = "bring the file back from a copy (version control, a backup)"


def examine(checkup: Checkup) -> Iterator[Remark]:
    """Replay every journal and compare it with its TOML."""
    places = tuple(_places(checkup))
    themes = _themes(checkup)
    for place in checkup.watch(places, "Looking at reviews"):
        yield from _Review(checkup, place, themes).remarks()
    yield Remark("reviews", "", f"reviews looked at: {len(places)}")


def examine_agreed(checkup: Checkup) -> Iterator[Remark]:
    """Read every agreed review."""
    root = checkup.workspace.root / "curated"
    paths = sorted(root.rglob("*.toml"))
    for path in checkup.watch(paths, "Looking at agreed reviews"):
        key = path.relative_to(root).with_suffix("").as_posix()
        shown = checkup.shown(path)
        letter, trouble = _letter(checkup, key, shown)
        yield from trouble
        if letter is None:
            continue
        try:
            found = agreed_review.read(path, letter)
        except store.Unreadable as error:
            yield from _unreadable(error, shown, "mend it, or adjudicate anew")
            continue
        if found is not None and found.changed:
            way_out = found.obstacle or f"bring the old text back, or `recto rebase {key} --agreed`"
            yield Remark("letter-changed", shown, "the letter's text has changed since people agreed on it", way_out)
    if paths:
        yield Remark("agreed", "", f"agreed reviews looked at: {len(paths)}")


def _places(checkup: Checkup) -> Iterator[Place]:
    root = checkup.workspace.root
    reviews = root / "reviews"
    found = {path.with_suffix("") for ending in ("*.jsonl", "*.toml") for path in reviews.rglob(ending)}
    for stem in sorted(found):
        if stem.parent != reviews and reviewer.is_name(stem.name):
            key = stem.parent.relative_to(reviews).as_posix()
            yield Place(key, stem.name, Path(f"{stem}.jsonl"), Path(f"{stem}.toml"), root)


def _themes(checkup: Checkup) -> frozenset[str]:
    try:
        return frozenset(checkup.workspace.codebook().themes)
    except CodebookError:
        # Said by the section on the codebook.
        return frozenset()


def _letter(checkup: Checkup, key: str, shown: str) -> tuple[Letter | None, tuple[Remark, ...]]:
    try:
        return checkup.workspace.read(key), ()
    except UnknownLetter as error:
        way_out = "bring the letter back under that name, or move the review to the letter's new name"
        return None, (Remark("letter-gone", shown, str(error), way_out),)
    except UnreadableLetterError as error:
        return None, (Remark("letter-unreadable", shown, str(error), "bring a readable letter back"),)


def _unreadable(error: store.Unreadable, shown: str, way_out: str) -> Iterator[Remark]:
    for problem in error.problems:
        if error.newer:
            yield Remark("newer-version", shown, problem, "use the newer version of Recto")
        else:
            yield Remark(_kind(problem), shown, problem, way_out)


def _kind(problem: str) -> str:
    for words, kind in ((" exact: ", "exact-differs"), (" spans: ", "bad-spans"), ("it is not ", "unparsable")):
        if words in problem:
            return kind
    return "invalid"


@dataclass(frozen=True, slots=True)
class _Review:
    checkup: Checkup
    place: Place
    themes: frozenset[str]

    def remarks(self) -> Iterator[Remark]:
        letter, trouble = _letter(self.checkup, self.place.key, self._shown(self.place.journal.parent))
        yield from trouble
        text = letter.text if letter else ""
        news, trouble = self._read()
        yield from trouble
        history, wrong = replaying.replay(news.lines, text)
        if wrong:
            yield Remark("damaged-journal", self._shown(self.place.journal), f"{wrong}{_held(history)}", self._rescue())
        if letter is None:
            return
        yield from self._about_toml(letter, history)
        if history is not None:
            yield from self._about_state(letter, history.review)

    def _read(self) -> tuple[News, tuple[Remark, ...]]:
        shown = self._shown(self.place.journal)
        try:
            news = Journal(self.place.journal, self.place.root).read()
        except OSError as error:
            return News(), (
                Remark("unreadable-journal", shown, files.reason(error), "mend that; until then nothing is written"),
            )
        found = []
        if news.damage:
            found.append(Remark("damaged-journal", shown, f"{news.damage}; nothing after it is read", self._rescue()))
        if news.torn:
            what = f"the last line was not finished ({news.torn} bytes, never said to be saved)"
            found.append(Remark("torn-line", shown, what, "none needed: the next decision sets them aside"))
        return news, tuple(found)

    def _about_toml(self, letter: Letter, history: History | None) -> Iterator[Remark]:
        shown = self._shown(self.place.toml)
        try:
            stored = store.read(self.place.toml, letter.text, letter.source.text_sha256)
        except store.Unreadable as error:
            mend = "mend it"
            yield from _unreadable(error, shown, f"{mend}, or take it away: the journal gives it" if history else mend)
            return
        if stored is None:
            if history is not None:
                yield Remark("no-toml", shown, "it is missing", "open the letter: it is written from the journal")
        elif history is None:
            command = self._command()
            way_out = f"bring the journal back from a copy, or begin a new one with {command}"
            yield Remark("no-journal", shown, "its journal is missing or can't be used: undo is gone", way_out)
        elif history.review.source.text_sha256 == letter.source.text_sha256:
            yield from self._compared(stored, history)

    def _compared(self, stored: store.Stored, history: History) -> Iterator[Remark]:
        shown = self._shown(self.place.toml)
        match opening.standing(stored.data, history):
            case Standing.AHEAD:
                what = f"it holds {stored.review.operations} operations, its journal {history.n}"
                way_out = f"bring the journal back from a copy, or take the TOML in: {self._command()}"
                yield Remark("toml-ahead", shown, what, way_out)
            case Standing.REWORDED:
                way_out = "none needed: it is kept as .orig before it is written again"
                yield Remark("toml-reworded", shown, "it has comments or a layout of its own", way_out)
            case Standing.CHANGED:
                how = self._how(stored, history)
                yield Remark("toml-changed", shown, f"it was changed by hand{how}", f"take it in: {self._command()}")
            case Standing.FOLLOWS:
                pass

    def _how(self, stored: store.Stored, history: History) -> str:
        try:
            found = adopting.examine(history, stored.review)
        except Refused as error:
            return f": {error}"
        if found.operation is None and not found.conflicts:
            return ", in nothing that the journal doesn't have"
        both = ", ".join(adopting.named(conflict) for conflict, _ in found.conflicts)
        return f", and so was the review: {both}" if both else ""

    def _about_state(self, letter: Letter, review: Review) -> Iterator[Remark]:
        shown = self._shown(self.place.journal)
        if review.source.text_sha256 != letter.source.text_sha256:
            way_out = "bring the old text back, or place the review on the new one with `recto rebase`"
            yield Remark("letter-changed", shown, "the letter's text has changed since it was reviewed", way_out)
        else:
            for problem in checks.problems(review):
                yield Remark(_kind(problem), shown, problem, _FROM_A_COPY)
        if (review.letter, review.reviewer) != (self.place.key, self.place.reviewer):
            what = f"it is the review of {review.letter} by {review.reviewer}"
            yield Remark("wrong-place", shown, what, "move it to where it belongs")
        unknown = {theme for f in review.findings for theme in f.themes} - self.themes if self.themes else set()
        for theme in sorted(unknown):
            ids = ", ".join(f.id for f in review.findings if theme in f.themes)
            way_out = "add the theme to the codebook, or give those findings another"
            yield Remark("unknown-theme", shown, f"the codebook has no theme {theme}, which {ids} has", way_out)

    def _rescue(self) -> str:
        aside = f"move the journal away and go on from the TOML with {self._command()}"
        return f"{_FROM_A_COPY}; or {aside}" if self.place.toml.exists() else _FROM_A_COPY

    def _command(self) -> str:
        return f"`recto adopt {self.place.key} --reviewer {self.place.reviewer}`"

    def _shown(self, path: Path) -> str:
        return self.checkup.shown(path)


def _held(history: History | None) -> str:
    return f"; {history.n} operations before it are sound" if history else ""
