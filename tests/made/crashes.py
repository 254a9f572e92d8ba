"""What a disk may hold after a power cut: every state that the calls of a program, up to any of them, allow.

Method: ALICE (Pillai et al., OSDI 2014). The calls are recorded while the program runs. A crash may come after each.
What was synchronised is there. Of the rest, any part may be: a name that was made, changed or taken away may be as
before, in any combination; data may be missing, torn in the middle, or zeros of the right length. Only within one write
it is taken to reach the disk from its beginning on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import pytest

Disk = dict[str, bytes]
"""Files by their path, with what is in them."""


@dataclass(frozen=True)
class Call:
    """One call of the system, or `ack`: the program said that something is done; `value` is what."""

    name: str
    path: str = ""
    file: int = 0
    data: bytes = b""
    value: Any = None


class Recorder:
    """Passes calls on to the system and keeps those that change what is on the disk."""

    def __init__(self, root: Path) -> None:
        self.calls: list[Call] = []
        self._root = root
        self._names: dict[tuple[int, int], int] = {}
        self._real = {name: getattr(os, name) for name in ("open", "write", "fsync", "ftruncate", "replace", "unlink")}

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Stand in for the system's calls."""
        for name in self._real:
            patch.setattr(os, name, getattr(self, f"_{name}"))

    def ack(self, value: object) -> None:
        """The program has just said that this is done."""
        self.calls.append(Call("ack", value=value))

    def _open(self, path: Any, flags: int, mode: int = 0o777, **kwargs: Any) -> int:
        existed = Path(path).exists()
        descriptor: int = self._real["open"](path, flags, mode, **kwargs)
        if flags & os.O_CREAT and not existed:
            self.calls.append(Call("create", self._shown(path), self._file(descriptor)))
        return descriptor

    def _write(self, descriptor: int, data: Any) -> int:
        size = os.fstat(descriptor).st_size
        written: int = self._real["write"](descriptor, data)
        if os.fstat(descriptor).st_size >= size + written:
            self.calls.append(Call("write", file=self._file(descriptor), data=bytes(data[:written])))
        return written

    def _fsync(self, descriptor: int) -> None:
        self._real["fsync"](descriptor)
        found = Path(f"/proc/self/fd/{descriptor}").readlink()
        if found.is_dir():
            self.calls.append(Call("fsync-folder", self._shown(found)))
        else:
            self.calls.append(Call("fsync", self._shown(found), self._file(descriptor)))

    def _ftruncate(self, descriptor: int, size: int) -> None:
        self._real["ftruncate"](descriptor, size)
        self.calls.append(Call("truncate", file=self._file(descriptor), value=size))

    def _replace(self, source: Any, target: Any, **kwargs: Any) -> None:
        self._real["replace"](source, target, **kwargs)
        self.calls.append(Call("rename", self._shown(source), value=self._shown(target)))

    def _unlink(self, path: Any, **kwargs: Any) -> None:
        self._real["unlink"](path, **kwargs)
        self.calls.append(Call("unlink", self._shown(path)))

    def _file(self, descriptor: int) -> int:
        found = os.fstat(descriptor)
        return self._names.setdefault((found.st_dev, found.st_ino), len(self._names))

    def _shown(self, path: Any) -> str:
        return str(Path(path).relative_to(self._root)) if Path(path).is_relative_to(self._root) else str(path)


@dataclass
class _Model:
    """The disk as the calls so far leave it: what is certain, and what is on its way."""

    names: dict[str, int] = field(default_factory=dict)
    pending: list[Call] = field(default_factory=list)
    certain: dict[int, bytes] = field(default_factory=dict)
    present: dict[int, bytes] = field(default_factory=dict)
    last: dict[int, bytes] = field(default_factory=dict)

    def take(self, call: Call) -> None:
        match call.name:
            case "create":
                self.certain[call.file] = self.present[call.file] = b""
                self.pending.append(call)
            case "rename" | "unlink":
                self.pending.append(call)
            case "write":
                self.present[call.file] += call.data
                self.last[call.file] = call.data
            case "truncate":
                self.present[call.file] = self.present[call.file][: call.value]
                self.last[call.file] = b""
            case "fsync":
                self.certain[call.file] = self.present[call.file]
                self.last.pop(call.file, None)
            case "fsync-folder":
                own = [one for one in self.pending if str(Path(one.path).parent) == call.path]
                _rename(self.names, own)
                self.pending = [one for one in self.pending if one not in own]

    def disks(self) -> Iterator[Disk]:
        """Everything that a crash may leave now."""
        unsure = [file for file in self.present if self.present[file] != self.certain[file]]
        for kept in product((False, True), repeat=len(self.pending)):
            names = dict(self.names)
            _rename(names, [call for call, keep in zip(self.pending, kept, strict=True) if keep])
            seen = [file for file in unsure if file in names.values()]
            for contents in product(*(self._contents(file) for file in seen)):
                held = {**self.present, **dict(zip(seen, contents, strict=True))}
                yield {path: held[file] for path, file in names.items()}

    def _contents(self, file: int) -> tuple[bytes, ...]:
        now, last = self.present[file], self.last.get(file, b"")
        before = now[: len(now) - len(last)]
        half = len(last) // 2
        return tuple(
            dict.fromkeys(
                (self.certain[file], now, before, before + last[:half], before + last[:-1], before + bytes(len(last)),
                 before + last[:half] + bytes(len(last) - half))
            )
        )  # fmt: skip


def _rename(names: dict[str, int], calls: Sequence[Call]) -> None:
    for call in calls:
        if call.name == "create":
            names[call.path] = call.file
        elif call.name == "unlink":
            names.pop(call.path, None)
        elif call.path in names:
            names[call.value] = names.pop(call.path)


def crashes(calls: Sequence[Call]) -> Iterator[tuple[Disk, tuple[Any, ...]]]:
    """Every disk that a crash after each of the calls may leave, with all that was said to be done by then."""
    model = _Model()
    said: list[Any] = []
    for call in (Call("nothing"), *calls):
        if call.name == "ack":
            said.append(call.value)
        model.take(call)
        for disk in model.disks():
            yield disk, tuple(said)


def without(calls: Sequence[Call], left_out: Callable[[Call], bool]) -> list[Call]:
    """The calls of a program that leaves some of them out."""
    return [call for call in calls if not left_out(call)]


def in_place(calls: Sequence[Call]) -> list[Call]:
    """The calls of a program that writes into a file instead of putting a new one in its place."""
    targets = {call.path: call.value for call in calls if call.name == "rename"}
    files: dict[str, int] = {}
    instead: dict[int, int] = {}
    changed: list[Call] = []
    for call in calls:
        if call.name == "create" and call.path in targets:
            path = targets[call.path]
            if path in files:
                instead[call.file] = files[path]
                changed.append(Call("truncate", file=files[path], value=0))
            else:
                files[path] = call.file
                changed.append(Call("create", path, call.file))
        elif call.name != "rename":
            changed.append(Call(call.name, call.path, instead.get(call.file, call.file), call.data, call.value))
    return changed
