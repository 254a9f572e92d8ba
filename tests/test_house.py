"""What the house promises: which way imports go, what is shipped, what is pinned, and that it says what is missing."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PACKAGES = ("parsers", "curation", "tui")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]


def _modules(package: str) -> list[str]:
    """Every module of a package, in the form in which it is imported."""
    paths = sorted((ROOT / package).rglob("*.py"))
    return [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths]


def _python(code: str) -> str:
    """What a fresh interpreter prints for `code`; the tests' own imports do not count there."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# ---- which way imports go ----


@pytest.mark.parametrize("package", ["parsers", "curation"])
def test_parsing_and_curation_start_without_a_screen(package: str) -> None:
    imports = "; ".join(f"import {name}" for name in _modules(package))
    loaded = _python(f"import sys; {imports}; print(sorted(set(sys.modules) & {{'textual', 'rich', 'tui'}}))")
    assert loaded == "[]"


def test_parsing_starts_on_the_standard_library_alone() -> None:
    imports = "; ".join(f"import {name}" for name in _modules("parsers"))
    # -S: without site-packages, so that a module from there could not even be found.
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); {imports}; print('started')"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "started", done.stderr


def test_parsing_imports_nothing_else_inside_its_functions_but_the_pdf_reader() -> None:
    found = set()
    for path in (ROOT / "parsers").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add((node.module or ".").split(".")[0])
    assert found - sys.stdlib_module_names <= {"parsers", "pypdfium2"}


def test_asking_for_the_version_starts_no_screen() -> None:
    code = """
import sys
from tui.__main__ import main
try:
    main(["--version"])
except SystemExit:
    pass
print(sorted(set(sys.modules) & {"textual", "rich"}))
"""
    version, loaded = _python(code).splitlines()
    assert PROJECT["version"] in version.split()
    assert loaded == "[]"


def test_a_library_of_reviewed_letters_needs_no_fuzzy_matching(tmp_path: Path) -> None:
    """It waits for a letter to be opened: the memory of a workspace that only lists is a figure to hold."""
    shutil.copytree(ROOT / "sample_letters", tmp_path / "letters")
    code = f"""
import sys
from pathlib import Path
import tui.app, tui.starting, tui.advice
from curation.workspace import Workspace
from curation.readings import Readings
workspace = Workspace(Path({str(tmp_path / "letters")!r}))
readings = Readings(workspace, "ab")
rows = [readings.of(ref.key) for ref in workspace.letters()]
print(len(rows), sorted(set(sys.modules) & {{"rapidfuzz", "snowballstemmer", "html", "zipfile"}}))
"""
    assert _python(code) == "12 []"


# ---- what is shipped ----


def test_the_wheel_holds_the_three_packages_with_their_data_and_nothing_else(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert shipped == wanted
    assert "parsers/profiles/unannounced-cra.toml" in shipped


def _closure(requirements: list[str]) -> Iterator[str]:
    """Each distribution that these requirements bring with them on this Python, by name."""
    waiting = [(Requirement(text), "") for text in requirements]
    seen = set()
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        for wanted in ("", *sorted(requirement.extras)):
            key = (canonicalize_name(requirement.name), wanted)
            if key not in seen:
                seen.add(key)
                inner = metadata.requires(requirement.name) or []
                waiting += [(Requirement(text), wanted) for text in inner]
    return iter(sorted({name for name, _ in seen}))


def test_nothing_that_a_user_installs_is_under_copyleft() -> None:
    extras = PROJECT["optional-dependencies"]
    for name in _closure(PROJECT["dependencies"] + extras["pdf"]):
        about = metadata.metadata(name)
        words = [*about.get_all("License-Expression", []), *about.get_all("Classifier", [])]
        words += [word.splitlines()[0] for word in about.get_all("License", []) if word]
        licence = " | ".join(word for word in words if not word.startswith("Programming"))
        assert re.search(r"\b(MIT|BSD|Apache|PSF|ISC)\b", licence), f"{name}: {licence!r}"
        assert not re.search(r"GPL|General Public|MPL|Mozilla|EUPL|CDDL|EPL", licence), f"{name}: {licence!r}"


# ---- what is pinned ----


def _pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(pin.name): str(pin.specifier) for pin in pins}


def test_constraints_are_exact_and_name_no_index() -> None:
    pins = _pins()
    assert len(pins) > 40
    for name, version in pins.items():
        assert re.fullmatch(r"==[\w.]+", version), name
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-", text, re.MULTILINE), "an option of pip, such as --index-url, does not belong here"


def test_everything_that_is_installed_is_pinned_at_what_is_installed() -> None:
    extras = PROJECT["optional-dependencies"]
    asked = [
        text
        for text in (*PROJECT["dependencies"], *extras["pdf"], *extras["dev"], *PYPROJECT["build-system"]["requires"])
        if not text.startswith("recto")
    ]
    pins = _pins()
    for name in _closure(asked):
        assert pins.get(name) == f"=={metadata.version(name)}", name


def test_what_the_benchmarks_ask_for_is_pinned() -> None:
    pins = _pins()
    for text in PROJECT["optional-dependencies"]["bench"]:
        requirement = Requirement(text)
        if requirement.name != "recto":
            assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)].removeprefix("=="))


def test_each_dependency_has_its_reason_above_it() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    blocks = re.findall(r"^(dependencies|pdf|bench|dev) = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 4
    for _, block in blocks:
        lines = [line.strip() for line in block.splitlines()]
        for before, line in zip(["", *lines], lines, strict=False):
            if line.startswith('"'):
                assert before.startswith("# "), line


# ---- what is told to nobody ----

_FOREIGN = {
    "a folder of one machine": re.compile(r"(?<![\w.])/(?:work|root|opt|home)/\w"),
    "an index of packages": re.compile("py" + r"pi\b|pythonhosted|(?:extra-)?index-url|registry\.npm", re.IGNORECASE),
    "what lies beside one checkout": re.compile(r"\.\./" + "shared|/" + "shared/"),
}
_MAY = {
    # names the folder where real letters lie beside the checkout, and says so
    ".ci/run": {"what lies beside one checkout"},
    # "--index-url" in a message
    "tests/test_house.py": {"an index of packages"},
}


def _tracked() -> list[Path]:
    """The files of the project: what git knows or would take in, or all of them where there is no git."""
    listing = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0 and done.stdout:
        return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]
    places = [*PACKAGES, "tests", "docs", "scripts", "sample_letters", ".ci"]
    inside = [path for place in places for path in (ROOT / place).rglob("*") if path.is_file()]
    top = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".venv.lock"]
    return [path for path in (*inside, *top) if "__pycache__" not in path.parts]


def test_no_file_speaks_of_one_machine() -> None:
    for path in _tracked():
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8", errors="replace")
        for what, pattern in _FOREIGN.items():
            hit = pattern.search(text)
            assert hit is None or what in _MAY.get(name, ()), f"{name} names {what}: {hit}"


# ---- make ----


def _make(*arguments: str) -> str:
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not installed")
    # Not as part of the make that may have started the tests.
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTHON"))}
    done = subprocess.run([make, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_make_has_its_targets_and_without_one_names_them() -> None:
    shown = _make()
    for target in ("help", "run", "test", "check", "torture", "bench", "clean"):
        assert f"make {target}\t" in shown
        assert _make("--dry-run", target)


def test_make_run_opens_the_samples_or_what_it_is_given() -> None:
    assert _make("--dry-run", "run").strip().endswith("-m tui sample_letters")
    assert _make("--dry-run", "run", "ARGS=letters/2010").strip().endswith("-m tui letters/2010")


def _set_up_with(tmp_path: Path, pretending: str) -> subprocess.CompletedProcess[str]:
    """Run the set-up in a copy where python3 is this Python after the line `pretending`, and the only one."""
    (tmp_path / "recto" / "scripts").mkdir(parents=True)
    copy = shutil.copy(ROOT / "scripts" / "setup.sh", tmp_path / "recto" / "scripts")
    python = tmp_path / "bin" / "python3"
    python.parent.mkdir()
    python.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c 'import sys\n{pretending}\nexec(sys.argv[1])' \"$2\"\n")
    python.chmod(0o755)
    only = {"PATH": str(python.parent)}
    return subprocess.run(["/bin/sh", copy, "run"], env=only, capture_output=True, text=True, check=False)


def test_an_old_python_is_named_with_what_to_install(tmp_path: Path) -> None:
    done = _set_up_with(tmp_path, 'sys.version_info = (3, 8, 18, "final", 0)')
    assert done.returncode == 1
    assert done.stdout == ""
    assert "needs Python 3.11 or newer" in done.stderr
    assert "python3 is Python 3.8\n" in done.stderr
    assert "python3.12 is not there\n" in done.stderr
    assert "apt install python3 " in done.stderr
    assert not (tmp_path / "recto" / ".venv").exists()


def test_a_python_without_venv_is_named_with_what_to_install(tmp_path: Path) -> None:
    done = _set_up_with(tmp_path, 'sys.modules["ensurepip"] = None')
    ours = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert done.returncode == 1
    assert f"python3 is Python {ours} without its venv module\n" in done.stderr
    assert f"apt install python{ours}-venv" in done.stderr
