"""What the commands on alike findings share: the workspace's findings, who looks at them, what was judged."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from curation.entry import Entry
from curation.nearest import nearest
from curation.pairs import NOTHING, Judged, Pairs
from curation.similar import Corpus
from curation.workspace import LETTER_ERRORS, UnknownLetter, Workspace
from curation.workspace_corpus import WorkspaceCorpus
from parsers.profile import shipped
from tui.commands.browsing import Problems
from tui.commands.ending import UsageError
from tui.commands.reviewing import reviewer_of
from tui.progress import progress


@dataclass(frozen=True)
class Desk:
    """What such a command works on.

    Attributes:
        workspace: the letters.
        reviewer: whose reviews and judgements count; "" for the agreed reviews and no judgement.
        corpus: all findings.
        judged: what the reviewer said of pairs.
        problems: what could not be read.
    """

    workspace: Workspace
    reviewer: str
    corpus: Corpus
    judged: Judged
    problems: Problems


def desk(args: argparse.Namespace, reviewer: str | None = None) -> Desk:
    """Read all letters of the workspace, with a bar; what can't be read is said and left out.

    Raises NoReviewer for a bad name, OSError if the judgements can't be read.
    """
    name = reviewer_of(args) if reviewer is None else reviewer
    workspace, problems = Workspace.find(args.path), Problems()
    findings = WorkspaceCorpus(workspace, name)
    refs = findings.stale()
    for ref in progress(refs, len(refs), "Reading letters"):
        try:
            findings.read(ref.key)
        except LETTER_ERRORS as error:
            problems.say(str(error))
    findings.keep()
    judged = Pairs(workspace.root, name).judged() if name else NOTHING
    for problem in judged.problems:
        problems.say(problem)
    return Desk(workspace, name, findings.corpus, judged, problems)


def entry_of(on: Desk, ref: str) -> Entry:
    """The finding that a person named by `LETTER#ID`. Raises UnknownLetter with the nearest."""
    name, _, finding_id = ref.rpartition("#")
    if not name:
        raise UnknownLetter(f"{ref}: write LETTER#ID, such as 2010/eastmarch#f-3k9qz2")
    letter = on.workspace.resolve(name)
    there = {entry.finding: entry for entry in on.corpus.entries() if entry.letter == letter}
    if finding_id not in there:
        near = nearest(finding_id, there)
        raise UnknownLetter(f"no finding {finding_id} in {letter}" + (f"; the nearest id is {near}" if near else ""))
    return there[finding_id]


def check_category(category: str | None, corpus: Corpus) -> None:
    """Raises UsageError if a category is asked for that no letter can have."""
    known = {c.id for profile in shipped() for c in profile.categories} | {e.category for e in corpus.entries()}
    if category is not None and category not in known:
        raise UsageError(f"no category {category}; there are {', '.join(sorted(known))}")


def check_authority(authority: str | None, corpus: Corpus) -> None:
    """Raises UsageError if a council is asked for that no letter is about."""
    known = {entry.authority for entry in corpus.entries()}
    if authority is not None and authority not in known:
        near = nearest(authority, known)
        raise UsageError(f"no letter of {authority}" + (f"; the nearest is {near}" if near else ""))
