"""What `recto doctor` says, and what a section of it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from curation.workspace import Workspace

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was found.

    Attributes:
        kind: what sort of thing, in a word or two with hyphens, for programs: `torn-line`.
        path: the file or folder, as seen from the workspace; "" for what is about none.
        what: what is so, in plain words.
        way_out: what can be done; "" where nothing has to be, because all is well.
    """

    kind: str
    path: str
    what: str
    way_out: str = ""

    @property
    def is_trouble(self) -> bool:
        """True if somebody should do something."""
        return bool(self.way_out)


class Watch(Protocol):
    """Passes things on, and may show how far it is: things, and what is being done with them."""

    def __call__(self, things: Sequence[_T], doing: str, /) -> Iterable[_T]: ...


def _unwatched(things: Sequence[_T], doing: str, /) -> Iterable[_T]:
    return things


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a section is given: the workspace, and what long work is watched with."""

    workspace: Workspace
    watch: Watch = field(default=_unwatched)

    def shown(self, path: object) -> str:
        """A path as it is called in remarks: as seen from the workspace."""
        return str(path).removeprefix(f"{self.workspace.root}/")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report. `examine` gives its remarks, and raises nothing for what is in the files."""

    name: str
    title: str
    examine: Callable[[Checkup], Iterator[Remark]]
