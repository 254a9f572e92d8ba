"""The files that a workspace has once: recto.toml, the codebook, judgements on pairs; and which letters there are."""

from __future__ import annotations

from collections.abc import Iterator

from curation import reviewer
from curation.codebook.reading import CodebookError
from curation.doctor.remarks import Checkup, Remark
from curation.files import reason
from curation.operations import Refused
from curation.pairs import FOLDER, Pairs
from curation.project import MARKER, ProjectError
from parsers.unreadable import UnreadableLetterError


def examine_settings(checkup: Checkup) -> Iterator[Remark]:
    """recto.toml and codebook.toml."""
    workspace = checkup.workspace
    try:
        workspace.project()
    except ProjectError as error:
        yield Remark("bad-settings", MARKER, str(error), "mend that key, or take the file away")
    try:
        themes = len(workspace.codebook().living)
        whose = "of its own" if (workspace.root / "codebook.toml").exists() else "that Recto ships with"
        yield Remark("codebook", "", f"{themes} themes, {whose}")
    except CodebookError as error:
        for problem in error.problems:
            yield Remark("bad-codebook", "codebook.toml", checkup.shown(problem), "mend that, or take the file away")


def examine_pairs(checkup: Checkup) -> Iterator[Remark]:
    """pairs/: lines that are no judgements, and letters that are gone."""
    folder = checkup.workspace.root / FOLDER
    if not folder.is_dir():
        return
    keys = {ref.key for ref in checkup.workspace.letters()}
    for path in sorted(folder.glob("*.jsonl")):
        if not reviewer.is_name(path.stem):
            continue
        shown = checkup.shown(path)
        try:
            judged = Pairs(checkup.workspace.root, path.stem).judged()
        except (OSError, Refused) as error:
            yield Remark("bad-pairs", shown, reason(error) if isinstance(error, OSError) else str(error), "mend that")
            continue
        for problem in judged.problems:
            yield Remark("bad-pairs", shown, problem, "take the line out, or bring the file back from a copy")
        gone = {ref.rpartition("#")[0] for one in judged.same for ref in one} - keys
        for key in sorted(gone):
            what = f"it judges findings of {key}, which is no letter here"
            yield Remark("letter-gone", shown, what, "bring the letter back, or leave it: it says nothing")


def examine_letters(checkup: Checkup) -> Iterator[Remark]:
    """Read every letter."""
    refs = checkup.workspace.letters()
    for problem in checkup.workspace.problems:
        kind = "double" if "same name" in problem or "left out" in problem else "unreadable"
        yield Remark(kind, "", checkup.shown(problem), "rename one, or take away what is not wanted")
    for ref in checkup.watch(refs, "Reading letters"):
        try:
            checkup.workspace.read(ref.key)
        except UnreadableLetterError as error:
            yield Remark("unreadable-letter", checkup.shown(ref.path), str(error), "bring a readable text")
        except ValueError as error:
            yield Remark("unreadable-letter", checkup.shown(ref.path), str(error), "see what is said of it above")
    yield Remark("letters", "", f"letters looked at: {len(refs)}")
