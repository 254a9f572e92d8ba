"""Ways through every screen, dialog and step of the app by keys alone, on a workspace in which something has happened.

A tour is one run of a program. Each of its stops is a picture: its name, and the keys that lead there from the stop
before. A key is a name of Textual's, anything else is typed as it stands.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from curation.operations import (
    AnswerQuestion,
    HandIn,
    SetFollowup,
    SetLetterNote,
    SetNote,
    SetQuestion,
    SetSeen,
    SetThemes,
)
from curation.review import Review
from curation.session import Session
from curation.workspace import Workspace

SAMPLES = Path(__file__).parents[1] / "sample_letters"
AGREED = ("aldermouth-2009", "saltmere-2009")
"""Letters whose agreed review stays in the workspace."""

Stop = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tour:
    """One run of a program.

    Attributes:
        name: of the tour; the pictures' names begin with it.
        arguments: what `recto` is given; `{folder}` is the workspace, `{empty}` an empty folder.
        stops: name and keys of each picture, one after another.
        screen: whether it draws screens; what only prints is over when it is quiet.
    """

    name: str
    arguments: tuple[str, ...]
    stops: tuple[Stop, ...]
    screen: bool = True


def _letters(*names: str) -> tuple[str, ...]:
    return (*(f"{{folder}}/{name}.txt" for name in names), "--reviewer", "ab")


_LIBRARY = ("{folder}", "--reviewer", "ab")

TOURS = (
    Tour(
        "library",
        _LIBRARY,
        (
            ("first-run",),
            ("cursor", "down", "down"),
            ("order", "o"),
            ("by-check", "check", "enter"),
            ("turned", "O"),
            ("filter", "f"),
            ("filter-words", "st"),
            ("filter-values", "tab"),
            ("filter-wrong", "opne"),
            ("filtered", "backspace", "backspace", "backspace", "pen check:>0", "enter"),
            ("filtered-none", "f", " year:1999", "enter"),
            ("unreadable", "escape", "o", "file", "enter", "G", "enter"),
            ("priority-action", "g", "down", "down", "down", "enter", "G"),
            ("palette", "q", ":"),
            ("palette-narrowed", "fil"),
            ("help", "escape", "f1"),
            ("help-end", "end"),
            ("quit-asked", "q", "q"),
        ),
    ),
    Tour(
        "found",
        _LIBRARY,
        (
            ("ask", "/"),
            ("found", "record", "enter"),
            ("down", "down", "down", "down"),
            ("none", "q", "/", *["backspace"] * 6, "zzqq", "enter"),
        ),
    ),
    Tour("empty", ("{empty}", "--reviewer", "ab"), (("library",), ("to-check", "d"), ("questions", "q", "Q"))),
    Tour("nobody", ("{folder}/eastmarch-2010.txt",), (("who", "space"),)),
    Tour(
        "review",
        _letters("eastmarch-2010"),
        (
            ("opened",),
            ("finding", "n", "n"),
            ("text", "tab"),
            ("panes", "v"),
            ("to-check", "v", "v", "tab", "g", "d"),
            ("caret", "enter", "down"),
            ("split", "s"),
            ("split-for-meaning", "r"),
            ("category", "escape", "c"),
            ("remove", "escape", "x"),
            ("removed", "enter"),
            ("bring-back", "X"),
            ("start", "enter", "[", "left", "left"),
            ("end", "escape", "]", "left", "left", "left"),
            ("help-boundary", "f1"),
            ("merge", "q", "escape", "m"),
            ("themes", "u", "t"),
            ("themes-narrowed", "rec"),
            ("themes-new", "ord kept on paper", "pagedown", "pagedown"),
            ("themes-like", "enter"),
            ("theme-set", "escape", "1"),
            ("alike", "="),
        ),
    ),
    Tour(
        "writing",
        _letters("eastmarch-2010"),
        (
            ("note", "n", "e"),
            ("note-left", "Mind the second sentence.", "escape"),
            ("noted", "enter"),
            ("question", "f", "One point, or two?"),
            ("asked", "enter"),
            ("letter-note", "N"),
            ("find", "escape", "/", "team"),
            ("found", "enter"),
            ("not-found", "/", *["backspace"] * 4, "zzqq", "enter"),
            ("copy", "y"),
        ),
    ),
    Tour(
        "metadata",
        _letters("eastmarch-2010"),
        (
            ("row", "home", "down"),
            ("place", "tab"),
            ("edit", "tab", "enter"),
            ("date", "escape", "home", "enter"),
            ("date-wrong", *["backspace"] * 12, "soon", "enter"),
            ("point", "escape", "a", "right"),
            ("add", "escape", "tab", "home", *["down"] * 14, "enter"),
        ),
    ),
    Tour(
        "select",
        _letters("eastmarch-2010"),
        (
            ("caret", "n", "tab", "a"),
            ("overlapping", "a", "right", "down"),
            ("selected", "escape", *["up"] * 4, "a", "a", "down"),
            ("category", "enter"),
        ),
    ),
    Tour(
        "why",
        _letters("eastmarch-2010"),
        (("why", "d", "i"), ("why-end", "end")),
    ),
    Tour(
        "desk",
        _letters("eastmarch-2010", "saltmere-2010"),
        (
            ("two", "n", "n"),
            ("two-other", "tab", "n"),
            ("open-beside", "o"),
            ("three", "enter"),
            ("hand-in", "F"),
            ("handed-in", "down", "enter"),
        ),
    ),
    Tour(
        "changed",
        _letters("northby-2010"),
        (
            ("asked",),
            ("what-becomes", "down", "enter"),
            ("tray", "q", "home", "enter", "G"),
            ("help", "f1"),
        ),
    ),
    Tour(
        "agreed",
        _letters("saltmere-2009"),
        (("opened", "n"),),
    ),
    Tour(
        "alike",
        _letters("saltmere-2010"),
        (
            ("alike", *["n"] * 12, "="),
            ("narrow", "f"),
            ("narrowed", "area", "enter"),
            ("not-same", "!"),
            ("opened", "enter"),
        ),
    ),
    Tour(
        "followup",
        _letters("eastmarch-2011"),
        (("areas", "b"), ("verdict", "down", "2"), ("other", "down", "right"), ("beside", "o")),
    ),
    Tour(
        "to-check",
        _LIBRARY,
        (
            ("queue", "d"),
            ("down", "down", "down"),
            ("filter", "f"),
            ("order", "escape", "o"),
            ("settled", "space"),
            ("split", "s"),
            ("help", "escape", "q", "f1"),
        ),
    ),
    Tour(
        "questions",
        _LIBRARY,
        (
            ("list", "Q"),
            ("answered", "down", "down", "down"),
            ("into-codebook", "t"),
            ("answer", "escape", "up", "a"),
            ("filter", "escape", "f"),
        ),
    ),
    Tour(
        "groups",
        _LIBRARY,
        (
            ("list", "="),
            ("down", "down", "down"),
            ("narrow", "f", "from 35"),
            ("narrowed", "enter"),
            ("theme", "t"),
            ("theme-where", "enter"),
            ("themed", "enter"),
        ),
    ),
    Tour(
        "themes",
        _LIBRARY,
        (
            ("codebook", "t"),
            ("theme", *["down"] * 4),
            ("other-pane", "tab"),
            ("add", "tab", "a"),
            ("add-like", "Case records", "enter"),
            ("edit", "escape", "e"),
            ("edit-field", "phr", "enter"),
            ("rename", "escape", "r"),
            ("merge", "escape", "m"),
            ("merge-preview", "case rec", "enter"),
            ("merged", "enter"),
            ("archive", "g", "down", "down", "x"),
            ("archived", "enter"),
            ("worklist", "w"),
            ("findings", "q", "g", "/", "supervision", "enter", "enter"),
            ("help", "q", "f1"),
        ),
    ),
    Tour(
        "heat",
        _LIBRARY,
        (
            ("authority", "t", "v"),
            ("cell", "down", "right", "right"),
            ("category", "b"),
            ("year", "b"),
            ("one-category", "b", "c"),
            ("one-year", "y"),
            ("primary", "p"),
            ("right", *["right"] * 30),
            ("findings", "y", "y", "y", "y", "c", "c", "c", "c", "g", *["left"] * 30, "enter"),
        ),
    ),
    Tour(
        "both-changed",
        _letters("calderford-2011"),
        (
            ("offered",),
            ("places", "enter"),
            ("answered", "2", "1"),
            ("too-soon", "enter"),
            ("help", "f1"),
            ("all-answered", "q", "right"),
            ("taken-in", "enter"),
        ),
    ),
    Tour("high-contrast", (*_LIBRARY, "--colours", "high-contrast"), (("library", "down"), ("review", "enter", "n"))),
    Tour("light", (*_LIBRARY, "--colours", "light-high-contrast"), (("library", "down"), ("review", "enter", "n"))),
    Tour("colour-blind", (*_LIBRARY, "--colours", "colour-blind"), (("library", "down"), ("review", "enter", "n"))),
    Tour("ascii", (*_LIBRARY, "--ascii"), (("library", "down"), ("review", "enter", "n"), ("themes", "t"))),
    Tour("doctor", ("doctor", "{folder}"), (("report",),), screen=False),
    Tour("settings", ("settings",), (("report",),), screen=False),
    Tour("help", ("--help",), (("report",),), screen=False),
    Tour("not-there", ("{folder}/gone.txt",), (("error",),), screen=False),
)


def prepare(scratch: Path) -> tuple[Path, Path]:
    """Make the workspace and an empty folder in `scratch`: letters in every state, with notes, questions and themes."""
    folder, empty = scratch / "letters", scratch / "empty"
    shutil.copytree(SAMPLES, folder, ignore=shutil.ignore_patterns("README.md"))
    empty.mkdir()
    for path in (folder / "curated").iterdir():
        if path.stem not in AGREED:
            path.unlink()
    (folder / "wrenfold-2010.pdf").write_bytes(b"%PDF-1.4\nnothing that can be read\n")
    _review(folder, "eastmarch-2010", "ab", _begun)
    _review(folder, "kestleby-2010", "ab", _asked)
    _review(folder, "fenwater-2010", "ab", _handed_in)
    _review(folder, "eastmarch-2011", "cd", _followed_up)
    question = _review(folder, "kestleby-2010", "cd", _asked).findings[3]
    _review(
        folder,
        "kestleby-2010",
        "ab",
        lambda session: session.do(
            AnswerQuestion("cd", question.id, question.question, "Two themes, one finding: it is one bullet.")
        ),
    )
    _review(folder, "northby-2010", "ab", _begun)
    _change(folder / "northby-2010.txt")
    _change_by_hand(folder, "calderford-2011")
    return folder, empty


def _review(folder: Path, letter: str, reviewer: str, do: Callable[[Session], object]) -> Review:
    session = Session.open(Workspace(folder), letter, reviewer)
    do(session)
    session.close()
    return session.review


def _begun(session: Session) -> None:
    themes = (("supervision",), ("out-of-hours", "case-recording"), ("electronic-recording",), (), ("supervision",))
    for finding, given in zip(session.review.findings[:5], themes, strict=True):
        session.do(SetSeen(finding.id, True))
        session.do(SetThemes(finding.id, given))
    session.do(SetNote(session.review.findings[1].id, "The second sentence may be about the team, not the practice."))
    session.do(SetQuestion(session.review.findings[3].id, "Is this about the front door, or about thresholds?"))
    session.do(SetLetterNote("Begun on Monday; the areas for development are still to be read against 2009."))


def _asked(session: Session) -> None:
    first, second = session.review.findings[3], session.review.findings[6]
    session.do(SetThemes(first.id, ("family-involvement-feedback",)))
    session.do(SetQuestion(first.id, "One point about fathers and one about feedback: one theme, or two?"))
    if session.reviewer == "ab":
        session.do(SetQuestion(second.id, "Does a sound core assessment meet requirements, or is it a strength?"))


def _handed_in(session: Session) -> None:
    for finding in session.review.findings:
        session.do(SetSeen(finding.id, True))
        session.do(SetThemes(finding.id, ("supervision",)))
    session.do(HandIn())


def _followed_up(session: Session) -> None:
    earlier = Workspace(SAMPLES).review("eastmarch-2010").findings[13]
    session.do(SetFollowup(f"eastmarch-2010#{earlier.id}", "persists", session.review.findings[13].id))


def _change(path: Path) -> None:
    """Another text of two findings that the reviewer has decided about, as a new copy of a letter has it."""
    words = path.read_text(encoding="utf-8")
    for old, new in (
        ("Senior managers acted decisively on their own review of the duty service.", "Leaders were quick to act."),
        ("Referrals are acted upon within 24 hours", "Nobody waits for longer than it takes"),
    ):
        if old not in words:
            raise ValueError(f"{path}: does not say {old!r}")
        words = words.replace(old, new)
    path.write_text(words, encoding="utf-8")


def _change_by_hand(folder: Path, letter: str) -> None:
    """Let ab and ab's file both change three places of one review."""
    session = Session.open(Workspace(folder), letter, "ab")
    first, second = (finding.id for finding in session.review.findings[:2])
    session.do(SetLetterNote("Begun."))
    session.close()
    old = session.place.toml.read_text(encoding="utf-8")
    session.do(SetLetterNote("The figures of the last quarter were wrong; ask for them before this is handed in."))
    session.do(SetNote(first, "Staff said so in two interviews."))
    session.do(SetThemes(second, ("supervision",)))
    session.close()
    by_hand = old.replace('"Begun."', '"The figures of the first quarter were wrong. Wait for them."', 1)
    for finding, before, after in (
        (first, 'note = ""', 'note = "Managers said so."'),
        (second, "themes = []", 'themes = [\n    "case-recording",\n]'),
    ):
        head, table = by_hand.split(f"[findings.{finding}]\n")
        by_hand = f"{head}[findings.{finding}]\n{table.replace(before, after, 1)}"
    session.place.toml.write_text(by_hand, encoding="utf-8")
