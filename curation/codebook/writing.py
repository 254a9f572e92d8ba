"""Where a workspace's codebook is changed: one file, under a lock, whole at every moment, never over other hands' work.

The lock is on `codebook.toml` itself, which each edit replaces: whoever had to wait looks whether it is still the file
of that name. Where there is none yet, the first edit puts the shipped one in its place.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from curation import files, store
from curation.codebook import history
from curation.codebook.data import Change, Codebook, Revision
from curation.codebook.edits import Edit, changes, describe
from curation.codebook.reading import LARGEST, SCHEMA, CodebookError, loads, pointer_problems, shipped
from curation.held_file import Busy, held
from curation.operations.data import Refused

NAME: Final = "codebook.toml"


class NotKept(Exception):
    """A change of the codebook that did not reach the disk. `str()` says why; the file is as it was."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The codebook after a step, the step, and what a person should know about the file, one line each."""

    codebook: Codebook
    step: Revision
    warnings: tuple[str, ...] = ()


def edit(root: Path, wanted: Edit, by: str, *, seen: Codebook | None = None) -> Edited:
    """Do an edit on the codebook of the workspace `root`, for the reviewer `by`.

    With `seen`, the codebook that the person looked at, it is refused if the file is not that any more. Raises
    Refused, NotKept, and CodebookError if the file can't be read.
    """

    def step(codebook: Codebook) -> Revision:
        return _revision(codebook, by, describe(wanted), changes(codebook, wanted))

    return _write(root, step, seen)


def undo(root: Path, by: str, *, seen: Codebook | None = None) -> Edited:
    """Take the last edit back. Raises as `edit` does."""

    def step(codebook: Codebook) -> Revision:
        last = history.next_undo(codebook)
        if last is None:
            raise Refused("there is nothing to undo in the codebook")
        back = history.inverse(last.changes)
        return replace(_revision(codebook, by, f"undo: {last.what}", back), undoes=last.number)

    return _write(root, step, seen)


def redo(root: Path, by: str, *, seen: Codebook | None = None) -> Edited:
    """Do again what was undone last. Raises as `edit` does."""

    def step(codebook: Codebook) -> Revision:
        last = history.next_redo(codebook)
        if last is None:
            raise Refused("there is nothing to redo in the codebook")
        return replace(_revision(codebook, by, f"redo: {last.what}", last.changes), redoes=last.number)

    return _write(root, step, seen)


def dumps(codebook: Codebook) -> bytes:
    """The file of a codebook. The same codebook gives the same bytes."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "revision": codebook.revision,
        "rules": list(codebook.rules),
        **codebook.extra,
        "themes": {theme.id: history.values_of(theme) for theme in codebook.themes.values()},
    }
    if codebook.history:
        document["history"] = {str(step.number): _step(step) for step in codebook.history}
    return store.render(document)


def after(codebook: Codebook, step: Revision) -> Codebook:
    """The codebook after a step. Raises Refused if other hands were at what the step begins from."""
    if touched := history.stale(codebook.themes, step.changes):
        raise Refused(f"{', '.join(touched)} was changed by hand since: look at it, and change it yourself")
    themes = history.applied(codebook.themes, step.changes)
    if problem := next(pointer_problems(themes), ""):
        raise Refused(problem)
    return replace(codebook, revision=step.number, themes=themes, history=(*codebook.history, step))


def _revision(codebook: Codebook, by: str, what: str, made: tuple[Change, ...]) -> Revision:
    last = codebook.history[-1].number if codebook.history else 0
    return Revision(max(codebook.revision, last) + 1, dt.datetime.now(dt.UTC).replace(microsecond=0), by, what, made)


def _step(step: Revision) -> Mapping[str, Any]:
    table: dict[str, Any] = {"at": step.at, "by": step.by, "what": step.what}
    table |= {key: n for key, n in (("undoes", step.undoes), ("redoes", step.redoes)) if n}
    return table | {"changes": {change.theme: _change(change) for change in step.changes}}


def _change(change: Change) -> Mapping[str, Any]:
    table = {key: dict(values) for key, values in (("was", change.was), ("now", change.now)) if values is not None}
    return ({"after": change.after} if change.after else {}) | table


def _write(root: Path, make: Callable[[Codebook], Revision], seen: Codebook | None) -> Edited:
    path = root / NAME
    if not path.exists():
        # What is refused must not leave a file behind.
        after(shipped(), make(shipped()))
    try:
        with _locked(path, root) as warnings:
            data = files.read_regular(path, LARGEST)
            codebook = loads(data, str(path))
            if seen is not None and codebook != seen:
                raise Refused(_meanwhile(codebook, seen))
            step = make(codebook)
            new = after(codebook, step)
            warnings += _kept(path, data, codebook, root)
            if refused := _replace(path, new, root):
                warnings.append(f"{NAME} is written, but the system did not let it keep its {' and '.join(refused)}")
            return Edited(new, step, tuple(warnings))
    except OSError as error:
        raise NotKept(f"{NAME} was not changed: {files.reason(error)}") from error
    except store.NotSaved as error:
        raise NotKept(str(error)) from error


def _meanwhile(codebook: Codebook, seen: Codebook) -> str:
    news = [step for step in codebook.history if step.number > seen.revision]
    what = f"{news[-1].by}: {news[-1].what}" if news else "by hand"
    return f"the codebook was changed meanwhile ({what}); nothing was done. Look again"


def _kept(path: Path, data: bytes, codebook: Codebook, root: Path) -> list[str]:
    """Comments and layout of a file that people wrote don't survive: keep a copy beside it."""
    if data == dumps(codebook):
        return []
    return [f"{NAME} has comments or a layout of its own; a copy is in {store.keep_original(path, data, root).name}"]


def _replace(path: Path, new: Codebook, root: Path) -> tuple[str, ...]:
    data = dumps(new)
    if len(data) > LARGEST:
        raise Refused(f"{NAME} would be larger than {LARGEST / 1_000_000:.0f} MB")
    try:
        same = loads(data, NAME) == new
    except CodebookError as error:
        raise Refused(f"{NAME} could not be read again: {error}") from error
    if not same:
        raise Refused(f"{NAME} would not hold what was meant; nothing was changed")
    return files.replace_file(path, data, root)


@contextmanager
def _locked(path: Path, root: Path) -> Iterator[list[str]]:
    """Hold the lock on the file of that name, made from the shipped codebook if there is none. Yields warnings."""
    with ExitStack() as stack:
        has_locks = None
        while has_locks is None:
            try:
                has_locks = stack.enter_context(held(path))
            except FileNotFoundError:
                _begin(path, root)
            except Busy as error:
                raise NotKept(str(error)) from error
        yield [] if has_locks else ["this folder has no locks: do not change the codebook in two places at once"]


def _begin(path: Path, root: Path) -> None:
    """Put the shipped codebook in place, whole, unless somebody else was faster."""
    like = root.stat()
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    files.write_new(temporary, dumps(shipped()), like, files.file_mode(like))
    try:
        with suppress(FileExistsError):
            path.hardlink_to(temporary)
    except OSError:
        # A file system without hard links: there, two first edits at the same moment are the last one's.
        temporary.replace(path)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()
    files.fsync_folder(path.parent)
