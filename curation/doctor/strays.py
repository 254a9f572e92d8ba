"""Files and folders that are not where, what or how they should be."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from curation import reviewer
from curation.doctor.disk import TRIAL
from curation.doctor.remarks import Checkup, Remark
from curation.files import file_mode
from parsers.walk import OUR_FOLDERS

_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{16}\.tmp")
_ASIDE = re.compile(r".+\.(orig|torn-\d+)(-\d+)?")
TEXT_OF_PDF = "text.txt"
_KNOWN = {"reviews": (".jsonl", ".toml"), "curated": (".toml",), "pairs": (".jsonl",)}


def examine(checkup: Checkup) -> Iterator[Remark]:
    """Walk the folders that Recto writes, and look for more of them further down."""
    root = checkup.workspace.root
    for name in sorted(OUR_FOLDERS):
        folder = root / name
        if folder.is_symlink():
            yield _link(checkup, folder)
        elif folder.is_dir():
            yield from _walked(checkup, folder, name)
    yield from _nested(checkup)


def _walked(checkup: Checkup, top: Path, name: str) -> Iterator[Remark]:
    like = checkup.workspace.root.stat()
    for here, folders, names in os.walk(top):
        folder = Path(here)
        yield from _mode(checkup, folder, stat.S_IMODE(like.st_mode))
        for each in sorted((*folders, *names)):
            path = folder / each
            if path.is_symlink():
                yield _link(checkup, path)
            elif each.startswith(TRIAL):
                yield Remark("leftover", checkup.shown(path), "left behind by a doctor that was killed", "delete it")
            elif each in names:
                yield from _file(checkup, path, name)
                yield from _mode(checkup, path, file_mode(like))


def _file(checkup: Checkup, path: Path, name: str) -> Iterator[Remark]:
    shown = checkup.shown(path)
    if not path.is_file():
        yield Remark("no-file", shown, "it is neither a file nor a folder", "take it away")
    elif _TEMPORARY.fullmatch(path.name):
        what = "half a file that a killed process left behind"
        yield Remark("leftover", shown, what, "none needed: the next save takes it away; or delete it")
    elif _ASIDE.fullmatch(path.name):
        what = "kept aside, because it was changed by hand or a line was torn"
        yield Remark("kept-aside", shown, what, "look at it, and delete it when it is of no use any more")
    elif path.name != TEXT_OF_PDF and (path.suffix not in _KNOWN[name] or not _is_named(path, name)):
        yield Remark("stray", shown, f"Recto does not know what this is in {name}/", "move it elsewhere")


def _is_named(path: Path, name: str) -> bool:
    """Agreed reviews are called after letters, the others after reviewers."""
    return name == "curated" or reviewer.is_name(path.stem)


def _mode(checkup: Checkup, path: Path, wanted: int) -> Iterator[Remark]:
    try:
        mode = stat.S_IMODE(path.lstat().st_mode)
    except OSError:
        return
    missing = wanted & ~mode & 0o770
    if missing and not path.is_symlink():
        what = f"its mode is {mode:03o}; by the workspace's it would be {wanted & 0o777:03o}, so somebody can't use it"
        yield Remark("mode", checkup.shown(path), what, f"chmod {mode | wanted & 0o777:03o} {checkup.shown(path)}")


def _nested(checkup: Checkup) -> Iterator[Remark]:
    root = checkup.workspace.root
    for here, folders, _ in os.walk(root):
        at_the_top = Path(here) == root
        for name in sorted(OUR_FOLDERS & set(folders)):
            if not at_the_top:
                what = f"a {name}/ of its own inside the workspace; what is in it is not read here"
                way_out = "open that folder by itself, or move what is in it up"
                yield Remark("nested", checkup.shown(Path(here, name)), what, way_out)
        folders[:] = [n for n in folders if n not in OUR_FOLDERS and not n.startswith(".")]
    for top in sorted(OUR_FOLDERS):
        for here, folders, _ in os.walk(root / top):
            for name in sorted({"reviews"} & set(folders)):
                what = "a reviews/ inside of reviews: somebody opened that folder as a workspace"
                yield Remark("nested", checkup.shown(Path(here, name)), what, "move what is in it to where it belongs")


def _link(checkup: Checkup, path: Path) -> Remark:
    what = "a symbolic link, which could lead anywhere: it is neither read nor written"
    return Remark("link", checkup.shown(path), what, "put the file itself there")
