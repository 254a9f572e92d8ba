"""What people agreed on for a letter (`curated/KEY.toml`), also where the letter has changed since.

It has no journal, so nobody knows what was touched: all of it is pinned, and placed by its words. It is put on the new
text only as a whole. A finding without a sure place would be an agreement with a hole, and what the parser sees in the
new text beside it is nobody's agreement: it is said, and not taken in.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from curation import changed_letter, checks, files, store
from curation.contexts import Contexts
from curation.held_file import held
from curation.operations import Refused
from curation.review import Review, ReviewedFinding
from curation.store import NotSaved, Stored, Unreadable
from curation.touched import Touched
from parsers.letter import Letter

if TYPE_CHECKING:
    from curation.rebasing import Plan


@dataclass(frozen=True, slots=True)
class Agreed:
    """The agreed review of a letter.

    Attributes:
        review: it, on the letter as it is now; what has no sure place there is among its `unplaced`.
        plan: what becomes of it, None if the letter is the one that was agreed on.
        beyond: what the parser sees in the new text where nothing was agreed on.
    """

    review: Review
    plan: Plan | None = None
    beyond: tuple[ReviewedFinding, ...] = ()

    @property
    def changed(self) -> str:
        """Empty, or what became of the letter's text since people agreed, with the way out."""
        if self.plan is None:
            return ""
        placed = changed_letter.placed(self.plan)
        command = f"`recto rebase {self.review.letter} --agreed`"
        way_out = self.obstacle or f"Nothing is changed until {command} puts it on the letter"
        return f"the letter's text has changed since people agreed on it: {placed}. {way_out}"

    @property
    def obstacle(self) -> str:
        """Empty, or why it can't be put on the letter as it is now, with the way out."""
        left = len(self.review.tray())
        if not left:
            return ""
        have = "finding has" if left == 1 else "findings have"
        return (
            f"{left} {have} no sure place, so it stays as it is: bring the old text back, or put a reviewer's review on"
            " the letter (`recto rebase`), place those by hand, and agree anew"
        )


def read(path: Path, letter: Letter) -> Agreed | None:
    """The agreed review in a file, None if there is no file. Raises Unreadable if it can't be read or placed."""
    stored = store.read(path, letter.text, letter.source.text_sha256)
    return _placed(stored, path, letter) if stored else None


def rebase(path: Path, root: Path, letter: Letter) -> tuple[str, ...]:
    """Put an agreed review on its letter as it is now. The file as it was is kept beside it, as `NAME.toml.orig`.

    `root` is the workspace. Returns what a person should know, one line each. Raises Refused if there is no need or no
    way; Unreadable, NotSaved: the file is then as it was.
    """
    try:
        with held(path) as has_locks:
            return _rebased(path, root, letter, has_locks=has_locks)
    except FileNotFoundError as error:
        raise Refused(f"nobody has agreed on {letter.source.path}: there is no {path.name}") from error
    except OSError as error:
        raise NotSaved(f"{path.name} was not written: {files.reason(error)}. It is as it was") from error


def _rebased(path: Path, root: Path, letter: Letter, *, has_locks: bool) -> tuple[str, ...]:
    stored = store.read(path, letter.text, letter.source.text_sha256)
    agreed = _placed(stored, path, letter) if stored else None
    if stored is None or agreed is None or agreed.plan is None:
        raise Refused("the agreed review stands on the letter as it is")
    if agreed.obstacle:
        raise Refused(agreed.obstacle)
    if wrong := checks.problems(agreed.review):
        raise Refused(f"the agreed review can't be put on the letter as it is now: {'; '.join(wrong)}")
    kept = store.keep_original(path, stored.data, root).name
    refused = files.replace_file(path, store.dumps(agreed.review), root)
    said = [f"what was agreed on the old text is kept as {kept}"]
    if not has_locks:
        said.append(f"this folder has no locks: do not change {path.name} in two places at once")
    if refused:
        said.append(f"{path.name} is written, but the system did not let it keep its {' and '.join(refused)}")
    return tuple(said)


def _placed(stored: Stored, path: Path, letter: Letter) -> Agreed:
    """Raises Unreadable."""
    if changed_letter.is_of(stored.review, letter):
        return Agreed(stored.review)
    # Few letters ever change, and the fuzzy matching that places their findings takes 4 MB.
    from curation.rebasing import plan

    contexts = Contexts([tomllib.loads(stored.data.decode("utf-8"))])
    ids = {f.id for f in stored.review.findings} | {r.finding.id for r in stored.review.removed}
    try:
        found = plan(stored.review, contexts, Touched(everything=True), letter, ids)
    except Refused as error:
        raise Unreadable((f"{path.name}: {error}",)) from error
    beyond = {f.id for f in found.followed.added}
    findings = tuple(f for f in found.after.findings if f.id not in beyond)
    review = replace(found.after, findings=findings)
    return Agreed(review, replace(found, after=review, followed=type(found.followed)()), found.followed.added)
