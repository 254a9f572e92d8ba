"""A power cut at any moment: what the disk then holds opens to a state that was said to be kept, or was on its way."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from curation import store
from curation.operations import Merge, SetLetterNote, SetNote, Split
from curation.review import Review
from curation.session import Session
from tests.made.crashes import Call, Disk, Recorder, crashes, in_place, without
from tests.made.reviews import Draft, eastmarch, session_in

JOURNAL, TOML = "reviews/2010/eastmarch/ab.jsonl", "reviews/2010/eastmarch/ab.toml"


class Run:
    """A review from its first decision on: the calls that were made, and what every state is."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.draft = eastmarch()
        self.states: dict[int, bytes] = {}
        recorder = Recorder(root)
        with patch.context() as recording:
            recorder.install(recording)
            session = session_in(root, self.draft)
            self._note(session.review)
            self._decide(session, recorder)
        self.calls = recorder.calls

    def _decide(self, session: Session, recorder: Recorder) -> None:
        finding = session.review.findings[0].id

        def do(step: Callable[[], object]) -> None:
            step()
            self._note(session.review)
            recorder.ack(("kept", session.review.operations))

        def save() -> None:
            session.save()
            recorder.ack(("saved", session.review.operations))

        do(lambda: session.do(SetLetterNote("one")))
        parts: list[str] = []
        do(lambda: parts.extend(session.do(Split(finding, session.review.text.index(" Staff say"))).created))
        save()
        do(lambda: session.do_all([SetNote(name, "x") for name in parts], batch="b"))
        do(session.undo)
        save()
        do(lambda: session.do(Merge((parts[0], parts[1]))))
        save()

    def _note(self, review: Review) -> None:
        self.states[review.operations] = store.dumps(review)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    root = tmp_path / "recorded"
    root.mkdir()
    return Run(root, monkeypatch)


def wrong(run: Run, calls: Sequence[Call], root: Path, share: float = 1.0) -> Iterator[str]:
    """What is not as promised after a crash, for each crash (or a share of them, drawn by a seed)."""
    chance = random.Random(11)
    for number, (disk, said) in enumerate(crashes(calls)):
        if chance.random() < share:
            found = _judged(run, disk, said, root / str(number))
            if found:
                yield found


def _judged(run: Run, disk: Disk, said: Sequence[Any], root: Path) -> str:
    for path, data in disk.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    root.mkdir(exist_ok=True)
    kept = max((n for what, n in said if what == "kept"), default=0)
    saved = max((n for what, n in said if what == "saved"), default=None)
    toml = disk.get(TOML)
    if toml is not None and toml not in run.states.values():
        return "the TOML is no state"
    if saved is not None and (toml is None or store.loads(toml, run.draft.text).operations < saved):
        return f"operation {saved} was said to be saved"
    opened = session_in(root, run.draft)
    if opened.read_only:
        return opened.read_only
    if opened.review.operations < kept:
        return f"operation {kept} was said to be kept, {opened.review.operations} are there"
    # Two operations of one batch are written at once, and the first alone may have reached the disk.
    if opened.review.operations in run.states and store.dumps(opened.review) != run.states[opened.review.operations]:
        return f"after operation {opened.review.operations} it is another state"
    return ""


def test_every_crash_leaves_what_was_said_to_be_kept(run: Run, tmp_path: Path) -> None:
    assert len(run.calls) > 30
    assert list(wrong(run, run.calls, tmp_path, share=0.3)) == []


@pytest.mark.torture
def test_all_crashes_leave_what_was_said_to_be_kept(run: Run, tmp_path: Path) -> None:
    assert list(wrong(run, run.calls, tmp_path)) == []


BROKEN: dict[str, Callable[[Sequence[Call]], list[Call]]] = {
    "no fsync of the journal": lambda calls: without(calls, lambda c: c.name == "fsync" and c.path == JOURNAL),
    "no fsync of the folder": lambda calls: without(calls, lambda c: c.name == "fsync-folder"),
    "no fsync of the new file": lambda calls: without(calls, lambda c: c.name == "fsync" and c.path.endswith(".tmp")),
    "no fsync of the folder after the rename": lambda calls: [
        call
        for before, call in zip((Call("nothing"), *calls), calls, strict=False)
        if not (call.name == "fsync-folder" and before.name == "rename")
    ],
    "written in place": in_place,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_way_of_writing_that_is_not_safe_is_found_out(run: Run, tmp_path: Path, name: str) -> None:
    assert next(wrong(run, BROKEN[name](run.calls), tmp_path), "") != ""


def test_a_crash_while_a_torn_line_is_set_aside_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "recorded"
    root.mkdir()
    draft: Draft = eastmarch()
    recorder = Recorder(root)
    with monkeypatch.context() as recording:
        recorder.install(recording)
        session = session_in(root, draft)
        session.do(SetLetterNote("one"))
        recorder.ack(("kept", 1))
        journal = session.place.journal
        torn = b'{"n":2,"at":"2026-'
        with journal.open("ab", buffering=0) as other:
            other.write(torn)
        (file,) = {call.file for call in recorder.calls if call.name == "create" and call.path == JOURNAL}
        recorder.calls.append(Call("write", file=file, data=torn))
        again = session_in(root, draft)
        again.do(SetLetterNote("two"))
        recorder.ack(("kept", 2))
    for number, (disk, said) in enumerate(crashes(recorder.calls)):
        place = tmp_path / str(number)
        for path, data in disk.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(data)
        place.mkdir(exist_ok=True)
        opened = session_in(place, draft)
        assert opened.read_only == ""
        assert opened.review.operations >= max((n for _, n in said), default=0)
        assert opened.review.note == ["", "one", "two"][opened.review.operations]
