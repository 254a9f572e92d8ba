"""Made letters with known findings, without a parser, and operations on reviews of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from curation.beginning import begin
from curation.history import NAMED, History
from curation.journal_lines import decode, encode
from curation.opening import Place, open_review
from curation.operations import (
    REMOVAL_REASONS,
    SPLIT_REASONS,
    VERDICTS,
    Add,
    Adopt,
    AnswerQuestion,
    Applied,
    EditMetadata,
    HandIn,
    Merge,
    MoveBoundary,
    Operation,
    Recategorise,
    RefuseTheme,
    Remove,
    Reopen,
    Restore,
    SetFollowup,
    SetLetterNote,
    SetNote,
    SetQuestion,
    SetSeen,
    SetThemes,
    SettleDoubt,
    Split,
    to_line,
)
from curation.review import Review
from curation.session import Session
from parsers.ids import finding_id, fold
from parsers.letter import Doubt, Finding, Letter, Metadata, Person, Span
from parsers.parse import source_of

CATEGORIES = ("strength", "satisfactory", "area_for_development", "priority_action")
AT = "2026-11-20T09:14:31Z"


@dataclass
class Draft:
    """A letter in the making: text is appended, and a finding says where it stands."""

    text: str = ""
    findings: list[Finding] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def say(self, words: str) -> Draft:
        """Append text that is in no finding."""
        self.text += words
        return self

    def finding(self, category: str, *pieces: str, between: str = "\n\n\n\n", heading: str = "") -> Draft:
        """Append a finding of one or more pieces with a page break between them."""
        spans = []
        for number, piece in enumerate(pieces):
            self.text += between if number else ""
            spans.append(Span(len(self.text), len(self.text) + len(piece)))
            self.text += piece
        words = fold(" ".join(pieces))
        equals = sum(f.text == words for f in self.findings)
        name = finding_id(words, equals, {f.id for f in self.findings})
        self.findings.append(Finding(name, category, heading, words, tuple(spans)))
        if len(pieces) > 1:
            self.doubts.append(Doubt("page-join", "joined over a page break", spans[1], name))
        return self

    def letter(self, path: str = "2010/eastmarch.txt") -> Letter:
        """The letter as a parser would give it; a date and two copies are all its metadata."""
        return Letter(
            text=self.text,
            source=source_of(self.text, path),
            profile="unannounced-cra",
            metadata=Metadata(copies=(Person("A. Moor", "Chief Executive"), Person("B. Fenn", None))),
            metadata_spans={"copies.1.name": Span(0, 1), "copies.1.role": Span(2, 3), "copies.2.name": Span(4, 5)},
            findings=tuple(self.findings),
            regions=(),
            doubts=tuple(self.doubts),
        )

    def review(self, key: str = "2010/eastmarch", reviewer: str = "ab") -> Review:
        """The review that the letter begins with."""
        return begin(self.letter(), key, reviewer, 1)


def eastmarch() -> Draft:
    """A small letter: two strengths, and two areas for development of which the first is cut by a page."""
    draft = Draft("Eastmarch County Council\n\nStrengths\n\n")
    draft.say("- ").finding("strength", "Supervision is regular. Staff say that it helps them.", heading="Strengths")
    draft.say("\n- ").finding("strength", "Thresholds are understood.", heading="Strengths")
    draft.say("\n\nAreas for development\n\n- ")
    draft.finding(
        "area_for_development",
        "The recording system is slow, and",
        "work has been lost.",
        between="\n\n\n2\n\n\n",
        heading="Areas for development",
    )
    draft.say("\n- ").finding(
        "area_for_development", "Chronologies are missing from older files.", heading="Areas for development"
    )
    return draft.say("\n\nYours sincerely\n")


class Desk:
    """A review under operations without any file: what a session does, line by line through the journal's own form."""

    def __init__(self, base: Review) -> None:
        self.history = History(base)
        self.lines: list[bytes] = []
        self._sum = ""

    @property
    def review(self) -> Review:
        """The state as it is."""
        return self.history.review

    def do(self, operation: Operation, batch: str | None = None) -> Applied:
        """Do an operation. Raises Refused."""
        applied = self.history.check(operation)
        self._take(to_line(self.review, operation, applied), batch)
        return applied

    def undo(self) -> None:
        """Undo. Raises Refused."""
        self._take({"op": "undo", NAMED["undo"]: [step.n for step in self.history.next_undo()]})

    def undo_finding(self, finding: str) -> None:
        """Undo the last change of one finding. Raises Refused."""
        steps = self.history.next_undo_of(finding)
        self._take({"op": "undo", NAMED["undo"]: [step.n for step in steps], "finding": finding})

    def redo(self) -> None:
        """Redo. Raises Refused."""
        self._take({"op": "redo", NAMED["redo"]: [step.n for step in self.history.next_redo()]})

    def _take(self, own: dict[str, object], batch: str | None = None) -> None:
        n = self.review.operations + 1
        values = {"n": n, "at": AT, "by": "ab", "login": "ab", **own, "batch": batch}
        line, digest = encode(values, self._sum)
        read = decode(line.rstrip(b"\n"), self._sum)
        assert json.loads(json.dumps(values)) == read.values
        self._sum = digest
        self.lines.append(line)
        self.history.take(read.values)


METADATA = (("date", "2010-12-01"), ("copies.1.name", ""), ("copies.2", None), ("council", "Eastmarch"))
METADATA = (("date", "2010-12-01"), ("copies.1.name", ""), ("copies.2", None), ("council", "Eastmarch"))
WORDS = ("Staff", "say", "it helps.", "not", "Plans", "are", "late;", "“slow”", "don’t", "ﬁles", "x\u00ad", "e\u0301")
GAPS = ("\n- ", "\n", " ", "\n\n", "\n\n\n\n", "\f", "\n\n2\n\n\n", "\n▪ ", "\r\n", "\u00a0")
_pieces = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
_findings = st.tuples(
    st.sampled_from(CATEGORIES), st.lists(_pieces, min_size=1, max_size=3), st.sampled_from(GAPS), st.sampled_from(GAPS)
)


def _drafted(parts: Sequence[tuple[str, Sequence[str], str, str]]) -> Draft:
    draft = Draft("Dear Ms Moor\n")
    for category, pieces, before, between in parts:
        draft.say(before).finding(category, *pieces, between=between, heading=category.title())
    return draft.say("\n\nYours\n")


drafts = st.lists(_findings, min_size=1, max_size=6).map(_drafted)
"""Random letters: findings side by side, joined, cut by pages, with furniture, marks or nothing between."""

choices = st.tuples(st.integers(0, 21), st.integers(0, 10_000), st.integers(0, 10_000))
"""What `operation_for` makes an operation of, so that a sequence shrinks."""


def _free(review: Review, choice: int) -> Span:
    """A stretch of text that begins outside all findings and ends where the next one begins."""
    taken = {place for f in review.findings for span in f.spans for place in range(*span)}
    free = [place for place in range(len(review.text)) if place not in taken]
    start = free[choice % len(free)]
    end = next((place for place in range(start, len(review.text)) if place in taken), len(review.text))
    return Span(start, end)


def operation_for(review: Review, choice: tuple[int, int, int]) -> Operation | None:
    """An operation that makes sense on a review, though it may be refused; None for undo or redo."""
    kind, a, b = choice
    finding = review.findings[a % len(review.findings)].id if review.findings else "f-000000"
    other = review.findings[(a + 1 + b % 2) % len(review.findings)].id if review.findings else "f-000001"
    removed = review.removed[a % len(review.removed)].finding.id if review.removed else None
    held = review.find(finding)
    first = held.spans[0].start if held else 0
    length = held.spans[-1].end - first if held else 1
    free = _free(review, b)
    themes = ("supervision", "case-recording", "thresholds")
    return (
        lambda: Split(finding, first + b % (length + 2), SPLIT_REASONS[b % 2]),
        lambda: Merge((finding, other)),
        lambda: MoveBoundary(finding, ("start", "end")[b % 2], max(0, first - 8 + b % (length + 16))),
        lambda: Recategorise(finding, CATEGORIES[b % 4]),
        lambda: Add(CATEGORIES[a % 4], (Span(free.start, min(free.end, free.start + 1 + a % 30) + (a % 5 == 0)),)),
        lambda: Remove(finding, REMOVAL_REASONS[b % 4]),
        lambda: Restore(removed) if removed else Remove(finding, REMOVAL_REASONS[b % 4]),
        lambda: SetThemes(finding, themes[b % 3 :] + themes[: a % 2], b % 3 or None),
        lambda: SetNote(finding, ("", "see page 2", "a\nb\t\u202e\x1b[2J\ud7ff")[b % 3]),
        lambda: SetSeen(finding, bool(b % 2)),
        lambda: SetQuestion(finding, ("", "Is this one?")[b % 2]),
        lambda: SetLetterNote(("", "handed over")[b % 2]),
        lambda: EditMetadata(*METADATA[b % 4]),
        lambda: HandIn(),
        lambda: Reopen(),
        lambda: SettleDoubt(f"page-join-{b % 50}", ("right", "wrong")[a % 2]),
        lambda: RefuseTheme(finding, themes[b % 3]),
        lambda: SetFollowup(f"2009/eastmarch#f-{b % 5}", VERDICTS[a % 4], finding if b % 2 else ""),
        lambda: AnswerQuestion(("ab", "cd")[a % 2], f"f-{b % 5}", "Is this one?", ("", "It is.\n\x1b[2J")[b % 2]),
        lambda: None,
        lambda: None,
        lambda: Adopt(_by_hand(finding, a, b)),
    )[kind]()


def _by_hand(finding: str, a: int, b: int) -> dict[str, Any]:
    """What somebody may have changed in a file: a value, an unknown key, a key taken out, a finding taken out."""
    table: dict[str, Any] = {"note": f"by hand {b % 3}", "mood": (0, 0.0, False, None)[a % 4]}
    changes: dict[str, Any] = {"findings": {finding: table if b % 5 else None}}
    return changes if a % 3 else {**changes, "note": f"{b % 2}", "shelf": {"row": a % 2} if b % 2 else None}


def place_in(root: Path, key: str = "2010/eastmarch", reviewer: str = "ab") -> Place:
    """Where a reviewer's review of a letter is in the workspace `root`."""
    folder = root / "reviews" / key
    return Place(key, reviewer, folder / f"{reviewer}.jsonl", folder / f"{reviewer}.toml", root)


def session_in(root: Path, draft: Draft, reviewer: str = "ab") -> Session:
    """A session on a made letter, as if the workspace `root` held it."""
    place = place_in(root, reviewer=reviewer)
    letter = draft.letter()
    return Session(letter, place, open_review(place, letter, 1))
