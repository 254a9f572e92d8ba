"""Several processes on one review, and processes that die: with `recto apply`, as a script would use it."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from curation import store
from curation.workspace import Workspace

HERE = Path(__file__).parents[2]
LETTER = "Eastmarch County Council\n\nStrengths\n\n- Supervision is regular. Staff say that it helps them.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made(tmp_path / "letters")


def made(root: Path) -> Path:
    root.mkdir()
    (root / "eastmarch.txt").write_text(LETTER)
    return root


def apply(folder: Path, *, limit: int | None = None) -> subprocess.Popen[bytes]:
    """`recto apply` waiting for operations; with `limit`, no file may grow beyond so many bytes."""

    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        [sys.executable, "-m", "tui", "apply", str(folder / "eastmarch.txt"), "--reviewer", "ab"],
        cwd=HERE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=limited,
        env={**os.environ, "PYTHONHASHSEED": "random"},
    )


def note(text: str) -> bytes:
    return json.dumps({"op": "set-letter-note", "note": text}).encode() + b"\n"


def piped(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def notes(folder: Path) -> list[str]:
    """Every note that the journal holds, in order; each line has been read and checked."""
    entries = Workspace(folder).log("eastmarch", "ab")
    assert entries.trouble == ""
    return [entry.what.removeprefix("note of the letter: ") for entry in entries.entries[1:]]


def killed(folder: Path, chance: random.Random, run: int) -> list[str]:
    """Send operations and kill the process at a random one of them; what it acknowledged."""
    process = apply(folder)
    stdin, stdout = piped(process.stdin), piped(process.stdout)
    given = [f"{run}-{number}" for number in range(40)]
    acknowledged = []
    last = chance.randrange(1, 30)
    stdin.write(b"".join(map(note, given)))
    stdin.flush()
    for text in given[:last]:
        answer = stdout.readline()
        assert answer, piped(process.stderr).read().decode()
        assert json.loads(answer)["ok"]
        acknowledged.append(text)
    process.send_signal(signal.SIGKILL)
    rest = stdout.read()
    acknowledged += given[last : last + rest.count(b"\n")]
    process.wait()
    for stream in (stdin, stdout, piped(process.stderr)):
        try:
            stream.close()
        except BrokenPipeError:
            continue
    return acknowledged


def check_kills(folder: Path, kills: int, chance: random.Random) -> None:
    everything: list[str] = []
    for run in range(kills):
        everything += killed(folder, chance, run)
        held = notes(folder)
        # What was under way when it died may be there too, but nothing that was acknowledged may be missing.
        assert [text for text in held if text in set(everything)] == everything
        everything = held
    workspace = Workspace(folder)
    opened = workspace.open("eastmarch", "ab")
    assert opened.read_only == ""
    assert opened.shown.note == everything[-1]


def test_what_was_acknowledged_survives_a_kill(folder: Path) -> None:
    check_kills(folder, 4, random.Random(9))


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(20))
def test_what_was_acknowledged_survives_500_kills(folder: Path, seed: int) -> None:
    check_kills(folder, 25, random.Random(seed))


@pytest.mark.parametrize(("writers", "each"), [(2, 20), pytest.param(4, 40, marks=pytest.mark.torture)])
def test_writers_at_once_keep_every_operation(folder: Path, writers: int, each: int) -> None:
    processes = [apply(folder) for _ in range(writers)]
    for name, process in enumerate(processes):
        stdin = piped(process.stdin)
        stdin.write(b"".join(note(f"{name}-{number}") for number in range(each)))
        stdin.close()
    numbers = []
    for process in processes:
        answers = [json.loads(line) for line in piped(process.stdout)]
        assert process.wait() == 0, piped(process.stderr).read()
        assert all(answer["ok"] for answer in answers)
        numbers += [answer["n"] for answer in answers]
        piped(process.stdout).close()
        piped(process.stderr).close()
    assert sorted(numbers) == list(range(1, writers * each + 1))
    held = notes(folder)
    for name in range(writers):
        assert [text for text in held if text.startswith(f"{name}-")] == [f"{name}-{n}" for n in range(each)]
    review = Workspace(folder).review("eastmarch", "ab")
    assert review.operations == writers * each
    toml = folder / "reviews" / "eastmarch" / "ab.toml"
    assert toml.read_bytes() == store.dumps(review)
    assert [path.name for path in toml.parent.iterdir() if path.name not in ("ab.toml", "ab.jsonl")] == []


def test_a_full_disk_takes_nothing_that_was_acknowledged_and_half_of_nothing(folder: Path) -> None:
    first = apply(folder)
    first.communicate(note("before"))
    size = (folder / "reviews" / "eastmarch" / "ab.jsonl").stat().st_size
    process = apply(folder, limit=size + 700)
    out, err = process.communicate(b"".join(note(f"note {n} " + "x" * 50) for n in range(6)))
    answers = [json.loads(line) for line in out.splitlines()]
    kept = [answer for answer in answers if answer["ok"]]
    refused = [answer for answer in answers if not answer["ok"]]
    assert process.returncode == 1
    assert 0 < len(kept) < 6
    assert len(kept) + len(refused) == 6
    assert "a limit on the size of files is reached" in refused[0]["error"]
    assert f"All {1 + len(kept)} operations before it are safe in reviews/eastmarch/ab.jsonl" in refused[0]["error"]
    assert b"Traceback" not in err
    assert len(notes(folder)) == 1 + len(kept)
    assert Workspace(folder).open("eastmarch", "ab").warnings == ()


def test_a_reader_that_goes_away_ends_it_without_losing_anything(folder: Path) -> None:
    process = apply(folder)
    stdin, stdout = piped(process.stdin), piped(process.stdout)
    stdin.write(note("one"))
    stdin.flush()
    assert json.loads(stdout.readline())["ok"]
    stdout.close()
    try:
        stdin.write(note("two") + note("three"))
        stdin.close()
    except BrokenPipeError:
        pass
    assert process.wait() == 1
    assert b"Traceback" not in piped(process.stderr).read()
    piped(process.stderr).close()
    assert notes(folder)[0] == "one"
    review = Workspace(folder).review("eastmarch", "ab")
    assert (folder / "reviews" / "eastmarch" / "ab.toml").read_bytes() == store.dumps(review)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_loses_nothing(folder: Path, number: signal.Signals) -> None:
    process = apply(folder)
    piped(process.stdin).write(note("one"))
    piped(process.stdin).flush()
    assert json.loads(piped(process.stdout).readline())["ok"]
    process.send_signal(number)
    _, err = process.communicate()
    assert process.returncode == (130 if number is signal.SIGINT else -signal.SIGTERM)
    assert b"Traceback" not in err
    assert notes(folder) == ["one"]
