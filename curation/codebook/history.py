"""What was done to a codebook: going on by a step, taking one back, and looking at how it was before.

The history stands in the codebook's own file, so that a merge and the way back from it are one file, written at once.
An undo is a step like any other: the revision that reviews are stamped with only ever grows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from curation.codebook.data import Change, Codebook, Revision, Theme

_FIELDS = tuple(f.name for f in fields(Theme) if f.name not in ("id", "extra"))


def values_of(theme: Theme) -> dict[str, Any]:
    """All keys of a theme as the file has them, the unknown ones too."""
    return {name: _plain(getattr(theme, name)) for name in _FIELDS} | dict(theme.extra)


def applied(themes: Mapping[str, Theme], changes: Iterable[Change]) -> Mapping[str, Theme]:
    """The themes after these changes; what a change says was there before is not looked at."""
    after = dict(themes)
    for change in changes:
        if change.now is None:
            after.pop(change.theme, None)
        elif change.theme in after:
            after[change.theme] = _with(after[change.theme], change.now)
        else:
            after = _inserted(after, _with(Theme(change.theme, ""), change.now), change.after)
    return MappingProxyType(after)


def stale(themes: Mapping[str, Theme], changes: Iterable[Change]) -> tuple[str, ...]:
    """The ids of themes that are not what the changes begin from: other hands were at them."""
    return tuple(change.theme for change in changes if not _is(themes.get(change.theme), change.was))


def inverse(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes that take these back."""
    return tuple(replace(change, was=change.now, now=change.was) for change in reversed(changes))


def at(codebook: Codebook, revision: int) -> Codebook:
    """The codebook as it was at an earlier revision, as far as its history goes back."""
    themes = codebook.themes
    for step in reversed(codebook.history):
        if step.number > revision:
            themes = applied(themes, inverse(step.changes))
    kept = tuple(step for step in codebook.history if step.number <= revision)
    return replace(codebook, revision=min(revision, codebook.revision), themes=themes, history=kept)


def next_undo(codebook: Codebook) -> Revision | None:
    """The step that an undo takes back, None if there is none."""
    done, _ = _stacks(codebook)
    return done[-1] if done else None


def next_redo(codebook: Codebook) -> Revision | None:
    """The step that a redo does again, None if there is none."""
    _, undone = _stacks(codebook)
    return undone[-1] if undone else None


def depths(codebook: Codebook) -> tuple[int, int]:
    """How many times undo and redo can be done."""
    done, undone = _stacks(codebook)
    return len(done), len(undone)


def _stacks(codebook: Codebook) -> tuple[list[Revision], list[Revision]]:
    done: list[Revision] = []
    undone: list[Revision] = []
    for step in codebook.history:
        if step.undoes and done:
            undone.append(done.pop())
        elif step.redoes and undone:
            done.append(undone.pop())
        elif not (step.undoes or step.redoes):
            done.append(step)
            undone.clear()
    return done, undone


def _with(theme: Theme, values: Mapping[str, Any]) -> Theme:
    own: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in values.items() if key in _FIELDS}
    extra = {key: value for key, value in values.items() if key not in _FIELDS}
    return replace(theme, **own, extra=MappingProxyType({**theme.extra, **extra}))


def _is(theme: Theme | None, values: Mapping[str, Any] | None) -> bool:
    if theme is None or values is None:
        return theme is None and values is None
    held = values_of(theme)
    return all(held.get(key) == _plain(value) for key, value in values.items())


def _inserted(themes: Mapping[str, Theme], theme: Theme, after: str) -> dict[str, Theme]:
    if after not in themes:
        return {**themes, theme.id: theme}
    placed: dict[str, Theme] = {}
    for one in themes.values():
        placed[one.id] = one
        if one.id == after:
            placed[theme.id] = theme
    return placed


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
