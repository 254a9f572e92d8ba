"""A review whose letter is another than the one its spans count in: what to do, from what its files still know."""

from __future__ import annotations

import tomllib
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curation import files, store
from curation.contexts import Contexts
from curation.journal import Journal
from curation.journal_lines import Line
from curation.review import Review
from curation.touched import touched
from parsers.letter import Letter

if TYPE_CHECKING:
    from curation.rebasing import Plan

_WHOLE_STATES = ("open", "rebase")


def is_of(review: Review, letter: Letter) -> bool:
    """Whether a review's spans count in the text that the letter has now."""
    return review.source.text_sha256 == letter.source.text_sha256


def planned(review: Review, letter: Letter, *, journal: Path, toml: Path, root: Path, taken: AbstractSet[str]) -> Plan:
    """What becomes of a review on its letter as it is now. Reads its two files; what can't be read there is not known.

    `taken` are all ids that the journal ever held. Raises Refused if the review can't be put there.
    """
    # Few letters ever change, and the fuzzy matching that places their findings takes 4 MB.
    from curation.rebasing import plan

    lines = _lines(journal, root)
    known = touched(line.values for line in lines)
    return plan(review, _contexts(lines, toml), known, letter, taken)


def contexts(*, journal: Path, toml: Path, root: Path) -> Contexts:
    """What stood around the findings of a review, as its files know it."""
    return _contexts(_lines(journal, root), toml)


def words(plan_: Plan, key: str) -> str:
    """What has changed and what can be done, for a person."""
    return (
        f"the letter's text has changed since it was reviewed: {placed(plan_)}."
        f" Nothing is changed until `recto rebase {key}` puts the review on it"
    )


def placed(plan_: Plan) -> str:
    """`16 of 18 findings have their place in it, 1 is asked about, 1 couldn't be placed`."""
    from curation.anchoring import Certainty

    total = sum(plan_.count(c) for c in Certainty)
    there = plan_.count(Certainty.SAME) + plan_.count(Certainty.MOVED)
    asked, lost = plan_.count(Certainty.ASKED), plan_.count(Certainty.LOST)
    parts = [f"{there} of {total} findings have their place in it"]
    parts += [f"{asked} {'is' if asked == 1 else 'are'} asked about"] if asked else []
    parts += [f"{lost} couldn't be placed"] if lost else []
    return ", ".join(parts)


def _lines(path: Path, root: Path) -> tuple[Line, ...]:
    try:
        return Journal(path, root).read().lines
    except OSError:
        # It was said when the review was opened; what it knew is not known then, and all is pinned.
        return ()


def _contexts(lines: tuple[Line, ...], toml: Path) -> Contexts:
    documents: list[Any] = []
    with suppress(OSError, ValueError, RecursionError):
        documents.append(tomllib.loads(files.read_regular(toml, store.LARGEST).decode("utf-8")))
    documents += [line.values.get("state") for line in reversed(lines) if line.outline.op in _WHOLE_STATES]
    return Contexts(documents)
