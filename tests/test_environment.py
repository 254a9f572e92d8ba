"""When .venv is taken as it stands, and when it is made anew."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from scripts import environment


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the project's requirements and an environment that was made for `make run`."""
    root = tmp_path / "a folder"
    _point_at(root, monkeypatch)
    (root / ".venv" / "bin").mkdir(parents=True)
    environment.PYTHON.symlink_to(sys.executable)
    for name in ("textual-8.2.8", "rich-15.0.0", "pip-23.2.1"):
        (root / ".venv" / "lib" / "python3.11" / "site-packages" / f"{name}.dist-info").mkdir(parents=True)
    environment.PYPROJECT.write_text(
        '[build-system]\nrequires = ["hatchling"]\n[project]\ndependencies = ["textual"]\n[tool.hatch]\n[tool.ruff]\n'
    )
    environment.CONSTRAINTS.write_text("textual==8.2.8\n")
    _stamp()
    return root


def _point_at(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    venv = root / ".venv"
    monkeypatch.setattr(environment, "ROOT", root)
    monkeypatch.setattr(environment, "VENV", venv)
    monkeypatch.setattr(environment, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(environment, "STAMP", venv / "recto-stamp.json")
    monkeypatch.setattr(environment, "PYPROJECT", root / "pyproject.toml")
    monkeypatch.setattr(environment, "CONSTRAINTS", root / "constraints.txt")


def _stamp() -> None:
    made = {
        "fingerprint": environment.fingerprint(),
        "wants": ["run"],
        "packages": sorted(environment.installed()),
    }
    environment.STAMP.write_text(json.dumps(made))


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_an_environment_that_is_as_it_was_made_is_kept(folder: Path) -> None:
    assert environment.main(["--check", "run"]) == 0
    assert environment.main(["run"]) == 0
    assert environment.main(["--check", "dev"]) == 1


def test_a_setting_of_a_tool_changes_nothing(folder: Path) -> None:
    _edit(environment.PYPROJECT, "[tool.ruff]", "[tool.ruff]\nline-length = 80")
    assert environment.main(["--check", "run"]) == 0


def test_a_newer_pip_changes_nothing(folder: Path) -> None:
    (old,) = folder.glob(".venv/**/pip-*.dist-info")
    old.rename(old.with_name("pip-26.0.dist-info"))
    assert environment.main(["--check", "run"]) == 0


@pytest.mark.parametrize(("old", "new"), [('"textual"', '"textual", "rich"'), ('["hatchling"]', '["hatchling>=2"]')])
def test_another_requirement_is_another_environment(folder: Path, old: str, new: str) -> None:
    _edit(environment.PYPROJECT, old, new)
    assert environment.main(["--check", "run"]) == 1


def test_another_pin_is_another_environment(folder: Path) -> None:
    _edit(environment.CONSTRAINTS, "8.2.8", "8.2.9")
    assert environment.main(["--check", "run"]) == 1


def test_another_python_is_another_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version", "3.11.0 (another build)")
    assert environment.main(["--check", "run"]) == 1


def test_a_folder_that_was_moved_is_noticed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved = folder.rename(folder.with_name("another folder"))
    _point_at(moved, monkeypatch)
    assert environment.main(["--check", "run"]) == 1


def test_a_package_that_was_taken_out_is_noticed(folder: Path) -> None:
    (rich,) = folder.glob(".venv/**/rich-*.dist-info")
    rich.rmdir()
    assert environment.main(["--check", "run"]) == 1


@pytest.mark.parametrize("half", ["", "{}", '{"fingerprint": '])
def test_a_half_made_environment_is_noticed(folder: Path, half: str) -> None:
    environment.STAMP.write_text(half)
    assert environment.main(["--check", "run"]) == 1


def test_a_python_that_was_removed_is_noticed(folder: Path) -> None:
    environment.PYTHON.unlink()
    environment.PYTHON.symlink_to(folder / "gone")
    assert not environment.python_runs()


def test_what_is_no_environment_is_left_alone_and_named(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    environment.STAMP.unlink()
    (folder / ".venv" / "thesis.txt").write_text("six years")
    assert environment.main(["run"]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert "move it away" in err
    assert (folder / ".venv" / "thesis.txt").read_text() == "six years"


def test_what_pip_says_goes_to_standard_error_and_a_failure_leaves_no_stamp(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def make_venv() -> None:
        environment.STAMP.write_text("{}")

    _edit(environment.CONSTRAINTS, "8.2.8", "8.2.9")
    monkeypatch.setattr(environment, "make_venv", make_venv)
    environment.PYTHON.unlink()
    environment.PYTHON.write_text('#!/bin/sh\n[ "$3" = -c ] && exit 0\necho "no matching distribution"\nexit 1\n')
    environment.PYTHON.chmod(0o755)
    assert environment.main(["run"]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert "no matching distribution" in err
    assert "PIP_FIND_LINKS" in err
    assert environment.holds() == ()
