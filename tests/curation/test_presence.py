from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from curation.presence import announce

HOLDING = "import sys; from pathlib import Path; from curation.presence import announce\n"


def _other(root: Path, then: str) -> subprocess.Popen[str]:
    code = f"{HOLDING}announce(Path(sys.argv[1])); print('here', flush=True); {then}"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    return process


def test_one_that_lives_is_named_and_one_that_was_killed_is_not(tmp_path: Path) -> None:
    living, killed = _other(tmp_path, "sys.stdin.read()"), _other(tmp_path, "sys.stdin.read()")
    try:
        killed.kill()
        killed.wait()
        assert [other.pid for other in announce(tmp_path)] == [living.pid]
        assert announce(tmp_path / "elsewhere") == ()
    finally:
        for process in (living, killed):
            process.kill()
            process.communicate()


def test_what_is_kept_is_for_its_owner_alone_and_is_swept(tmp_path: Path) -> None:
    state = Path(os.environ["XDG_STATE_HOME"]) / "recto" / "running"
    process = _other(tmp_path, "sys.exit()")
    process.communicate()
    (left,) = state.rglob(str(process.pid))
    assert left.stat().st_mode & 0o777 == 0o600
    assert announce(tmp_path) == ()
    assert not left.exists()


def test_a_state_folder_that_can_not_be_written_is_no_error(tmp_path: Path) -> None:
    state = Path(os.environ["XDG_STATE_HOME"])
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_text("a file where a folder should be")
    assert announce(tmp_path) == ()


def test_runs_that_begin_at_the_same_moment_all_stay_known(tmp_path: Path) -> None:
    """Each looks for what killed runs left, and must not take one for it that has just begun."""
    code = f"{HOLDING}sys.stdin.read(1); announce(Path(sys.argv[1])); print('here', flush=True); sys.stdin.read()"
    for number in range(3):
        root = tmp_path / str(number)
        runs = [
            subprocess.Popen([sys.executable, "-c", code, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            for _ in range(4)
        ]
        try:
            for run in runs:
                assert run.stdin is not None
                run.stdin.write(b"x")
                run.stdin.flush()
            for run in runs:
                assert run.stdout is not None
                assert run.stdout.readline() == b"here\n"
            assert sorted(other.pid for other in announce(root)) == sorted(run.pid for run in runs)
        finally:
            for run in runs:
                run.kill()
                run.communicate()
