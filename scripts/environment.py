"""Makes .venv, the environment that Recto runs in, or leaves it alone where it is as it should be.

    python3 scripts/environment.py [--check] run|dev|bench

A stamp in .venv says what it was made from: the Python, this folder, the requirements and the pins. Where one of them
has changed, .venv is made anew, so that nothing from before stays in it. The stamp is written last: an environment
that was interrupted half-way has none. Ends with 0 when .venv is ready, with 1 when it is not, and says why.

Standard library only, and little of it: `make run` starts this each time.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "recto-stamp.json"
PYPROJECT = ROOT / "pyproject.toml"
CONSTRAINTS = ROOT / "constraints.txt"
OUR_PACKAGES = ("parsers", "curation", "tui")
WANTS = {"run": ".", "dev": ".[dev]", "bench": ".[bench]"}
NEEDS = {"run": "Recto needs", "dev": "the tests and checks need", "bench": "the benchmarks set Recto beside"}
# What has to be there before: a package that comes as source only is built with it.
BUILDERS = {"run": (), "dev": ("setuptools",), "bench": ("setuptools",)}
NO_PACKAGES = """\
pip could not install what Recto needs; its reason stands above.
  Where it speaks of a conflict over one package, it has only found no index that holds that package.
  Behind a proxy:     set HTTPS_PROXY, then run the same command again.
  Without a network:  on a machine that has one, with the same Python and system, run
                          python3 -m pip download --dest wheels -r constraints.txt
                      bring the folder wheels here, and put PIP_NO_INDEX=1 PIP_FIND_LINKS=wheels before the command."""


class NotSetUp(Exception):
    """The environment could not be made; the text is for the person who ran make."""


def say(words: str) -> None:
    """Tell the person at the terminal; standard output belongs to what Recto prints."""
    print(f"recto: {words}", file=sys.stderr, flush=True)


def fingerprint() -> str:
    """Return a hash over everything that an environment follows from: another hash, another environment."""
    pyproject = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    parts = {
        "python": sys.version,
        "folder": str(ROOT),
        "build": pyproject["build-system"],
        "project": pyproject["project"],
        "hatch": pyproject["tool"]["hatch"],
        "pins": CONSTRAINTS.read_text(encoding="utf-8"),
        "recipe": Path(__file__).read_text(encoding="utf-8"),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def installed() -> set[str]:
    """Return the packages in .venv with their versions, as their folders are named.

    Without those that come with the environment itself: who upgrades its pip has not broken anything.
    """
    names = {path.name for path in VENV.glob("lib/python*/site-packages/*.dist-info")}
    return {name for name in names if not name.startswith(("pip-", "setuptools-"))}


def holds() -> tuple[str, ...]:
    """Return what .venv was made for and still is good for: (), ("run",) or ("run", "dev"), with "bench" behind."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    if stamp.get("fingerprint") != fingerprint() or not set(stamp["packages"]) <= installed():
        return ()
    return tuple(stamp["wants"])


def python_runs() -> bool:
    """Tell whether .venv's own interpreter still starts: the Python that it links to may have been removed."""
    try:
        return subprocess.run([PYTHON, "-I", "-S", "-c", ""], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


@contextmanager
def alone() -> Iterator[None]:
    """Keep a second make out while this one works: both would write into the same environment."""
    import fcntl  # here, because the check that runs at every start does not need it

    with (ROOT / ".venv.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another make is setting up this folder; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def clear_away() -> None:
    """Remove what stands in the place of .venv, if that is an environment.

    Raises:
        NotSetUp: if it is something else, which may be somebody's.
    """
    old = ROOT / ".venv.old"
    if VENV.is_symlink() or (VENV.exists() and not VENV.is_dir()):
        raise NotSetUp(".venv is a link or a file; move it away, then run the same command again")
    if VENV.exists() and any(VENV.iterdir()) and not (STAMP.exists() or (VENV / "pyvenv.cfg").exists()):
        raise NotSetUp(".venv holds something that is no Python environment; move it away, then run the command again")
    for _ in range(2):  # a remnant of an interrupted removal, then the present one, under a name that nobody starts
        if old.exists():
            shutil.rmtree(old)
        if VENV.exists():
            VENV.rename(old)


def make_venv() -> None:
    """Make .venv with nothing in it but pip.

    Raises:
        NotSetUp: if Python's venv module fails.
    """
    clear_away()
    VENV.mkdir()
    STAMP.write_text("{}", encoding="utf-8")
    # From within another environment, that one's Python: ours must not depend on it.
    python = getattr(sys, "_base_executable", sys.executable)
    done = subprocess.run([python, "-I", "-m", "venv", "--prompt", "recto", VENV], check=False, stdout=sys.stderr)
    if done.returncode != 0:
        raise NotSetUp(f"{python} could not make .venv; its reason stands above")


def pip_install(*what: str) -> None:
    """Install into .venv with the pins of constraints.txt.

    Raises:
        NotSetUp: if pip fails.
    """
    pip = [str(PYTHON), "-I", "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    command = [*pip, "--constraint", str(CONSTRAINTS), *what]
    done = subprocess.run(command, check=False, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    if done.returncode != 0:
        raise NotSetUp(NO_PACKAGES)


def make(want: str) -> None:
    """Bring .venv to where `want` needs it.

    Raises:
        NotSetUp: with the reason; the stamp then still says what holds.
    """
    had = holds() if python_runs() else ()
    if not had:
        version = ".".join(map(str, sys.version_info[:3]))
        say(f"setting up .venv with Python {version}; the first time this takes a minute")
        make_venv()
        # The build tool goes in with the rest: pip would pin nothing in an isolated one.
        pip_install(*tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["build-system"]["requires"])
    say(f"installing what {NEEDS[want]}")
    if BUILDERS[want]:
        pip_install(*BUILDERS[want])
    pip_install("--no-build-isolation", "--editable", WANTS[want])
    compile_ours()
    # Each holds all that those before it do.
    wants = list(WANTS)[: max(map(list(WANTS).index, (*had, want))) + 1]
    stamp = {"fingerprint": fingerprint(), "wants": wants, "packages": sorted(installed())}
    STAMP.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    say("ready")


def compile_ours() -> None:
    """Compile our own packages: pip does it for all others, and a start without takes several times as long."""
    import compileall

    for package in OUR_PACKAGES:
        compileall.compile_dir(ROOT / package, quiet=2)


def main(arguments: Sequence[str]) -> int:
    """Run the command; see the head of this file."""
    *options, want = arguments
    if want in holds() and (options == ["--check"] or python_runs()):
        return 0
    if options == ["--check"]:
        return 1
    try:
        with alone():
            if not (want in holds() and python_runs()):
                make(want)
    except NotSetUp as error:
        say(str(error))
        return 1
    except OSError as error:
        say(f"cannot set up {VENV}: {error}")
        return 1
    except KeyboardInterrupt:
        say("stopped; the same command begins again")
        return 130
    return 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
