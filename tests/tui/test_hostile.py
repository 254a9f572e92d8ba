"""A workspace that tries to act: shown as it is on every screen and by every command, and nothing of it acts."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from textual.pilot import Pilot

from curation.preferences import config_path
from tests.tui.conftest import Open, rest
from tests.tui.hostile import NAME, ONE_LINE, SHOWN, acting, hostile_folder, leaked
from tests.tui.letters import rows
from tests.tui.terminal import ROOT, Terminal, recto
from tui.commands import MODULES

WALK = (
    # the library, its filter, its order, words in all letters
    ("home",), ("f", *"state:[/x]", "escape"), ("o", "escape"), ("O", "O"), ("f1",), ("q",), (":",), ("escape",),
    ("/", *"[sic]", "enter"), ("down", "enter"), ("q",), ("q",),
    # what is to check, questions
    ("d",), ("down", "space", "w", "u"), ("f", "escape"), ("q",),
    ("Q",), ("down",), ("a", "escape"), ("t", "escape"), ("enter",), ("q",), ("q",),
    # codebook, heat map, groups
    ("t",), ("v",), ("enter",), ("q",), ("q",), ("t",), ("w",), ("q",),
    ("/", *"Super", "enter"), ("enter",), ("q",), ("q",),
    ("=",), ("q",),
    # a letter
    ("home", "enter"), ("n", "enter"), ("right", "s"), ("enter",), ("u",), ("e",), ("escape",), ("N",), ("escape",),
    ("i",), ("q",), ("t",), ("escape",), ("=",), ("escape",), ("x", "enter"), ("X", "enter"), ("F", "escape"),
    ("home", "enter"), ("escape",), ("o", "enter"), ("v", "v", "v"), ("tab", "home", "enter"), ("escape",), ("f1",),
)  # fmt: skip
"""Keys to every screen and dialog; the place is looked at after each group."""


def check_screen(pilot: Pilot[str]) -> str:
    painted = rows(pilot)
    assert not {c for row in painted for c in row if acting(c)}
    return "\n".join(painted)


async def test_every_screen_shows_brackets_and_controls_and_nothing_acts(tmp_path: Path, open_app: Open) -> None:
    folder = hostile_folder(tmp_path)
    async with open_app(folder) as pilot:
        seen = [check_screen(pilot)]
        for keys in WALK:
            for key in keys:
                await pilot.press({" ": "space"}.get(key, key))
            await rest(pilot)
            assert pilot.app.is_running, keys
            seen.append(check_screen(pilot))
        whole = "\n".join(seen)
        for words in SHOWN:
            assert words in whole
        assert "let[sic]ters [b] \u241b[31337m\u00b7" in whole
        assert "\u241b[2J" in whole
        titles = {row for screen in seen for row in screen.splitlines()[:1]}
        assert len(titles) > 5, "the walk goes to many screens"


def key_bytes(key: str) -> bytes:
    named = {
        "enter": b"\r", "escape": b"\x1b", "space": b" ", "tab": b"\t", "up": b"\x1b[A", "down": b"\x1b[B",
        "right": b"\x1b[C", "home": b"\x1b[H", "end": b"\x1b[F", "f1": b"\x1bOP",
    }  # fmt: skip
    return named.get(key) or key.encode()


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    xdg = {f"XDG_{name}_HOME": str(tmp_path / "xdg" / name.lower()) for name in ("CONFIG", "STATE", "CACHE")}
    return {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **xdg}


def test_no_raw_control_reaches_the_terminal_from_any_screen(tmp_path: Path, environ: dict[str, str]) -> None:
    folder = hostile_folder(tmp_path)
    terminal = Terminal(recto(str(folder), "--reviewer", "ab"), environ, 120, 40)
    try:
        terminal.wait_for(b"letters")
        terminal.settle(0.6)
        for keys in WALK:
            for key in keys:
                os.write(terminal.master, key_bytes(key))
                terminal.settle(0.01)
            terminal.settle(0.06)
        os.write(terminal.master, b"\x1b[200~qq\x1b[31337mQQ\x1b[201~")
        terminal.settle(0.2)
        assert b"[sic]" in terminal.output
        sent = bytes(terminal.output)
        assert leaked(sent) == "", [sent[max(at - 300, 0) : at + 300] for at in (sent.find(b"\t"),)]
    finally:
        terminal.close()


COMMANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "parse": (("FOLDER",), ("FOLDER", "--format", "json"), ("FOLDER", "--format", "jsonl"), ("gone\x1b[31337m",)),
    "doubts": (("FOLDER",), ("FOLDER", "--format", "jsonl"), ("FOLDER", "--code", "\x1b[31337m")),
    "questions": (("FOLDER",), ("FOLDER", "--format", "jsonl")),
    "profiles": (("list",), ("show", "\x1b[31337m"), ("check", "LETTER")),
    "show": (
        ("LETTER", "--reviewer", "ab"),
        ("LETTER", "--reviewer", "ab", "--format", "json"),
        ("\x1b[31337m\u202e",),
    ),
    "apply": (("LETTER", "--reviewer", "ab", "BAD"), ("LETTER", "--reviewer", "\x1b[31337m", "BAD")),
    "undo": (("LETTER", "--reviewer", "ab"),),
    "redo": (("LETTER", "--reviewer", "ab"),),
    "log": (("LETTER", "--reviewer", "ab"),),
    "suggest": (("FOLDER",), ("FOLDER", "--format", "jsonl")),
    "similar": (("--text", ONE_LINE, "FOLDER"), ("--text", "Records", "FOLDER", "--format", "jsonl")),
    "pairs": (("list", "FOLDER"), ("same", "\x1b[31337m#f-1", "second#f-2", "FOLDER", "--reviewer", "ab")),
    "groups": (("list", "FOLDER"),),
    "themes": (("list", "FOLDER"), ("show", "supervision", "FOLDER"), ("matrix", "FOLDER"), ("show", "\x1b[31337m")),
    "score": (("FOLDER",),),
    "followup": (("FOLDER",), ("FOLDER", "--format", "csv"), ("FOLDER", "--format", "jsonl")),
    "adopt": (("LETTER", "--reviewer", "ab"), ("LETTER", "--reviewer", "ab", "BAD")),
    "rebase": (("FOLDER", "--everybody", "--dry-run"),),
    "doctor": (("FOLDER",), ("FOLDER", "--format", "jsonl")),
    "settings": ((),),
    "completion": (("bash",), ("\x1b[31337m",)),
}
"""Words of each command that let it print what the workspace holds, and what it was given."""

_ALL = """
import contextlib, io, json, sys
from tui.__main__ import main
for words in json.load(open(sys.argv[1])):
    print("$$", repr(words)[:60].encode("ascii", "replace").decode())
    try:
        main(words)
    except SystemExit:
        pass
print("all-done")
"""


def test_no_raw_control_reaches_the_terminal_from_any_command(tmp_path: Path, environ: dict[str, str]) -> None:
    assert set(COMMANDS) == set(MODULES), "every command is tried"
    folder = hostile_folder(tmp_path)
    (tmp_path / "bad.jsonl").write_text(json.dumps({"op": ONE_LINE}) + "\n" + ONE_LINE + "\n", encoding="utf-8")
    config_path().parent.mkdir(parents=True)
    config_path().write_text('"\\u001b[31337m" = 1\n')
    places = {"FOLDER": str(folder), "LETTER": str(folder / NAME), "BAD": str(tmp_path / "bad.jsonl")}
    lines = [[name, *(places.get(word, word) for word in words)] for name, all_ in COMMANDS.items() for words in all_]
    lines += [[str(folder / "gone\x1b[31337m")], ["--reviewer"], ["--\x1b[31337m"], ["parse", "--\x1b[31337m"]]
    (tmp_path / "lines.json").write_text(json.dumps(lines), encoding="utf-8")
    terminal = Terminal([sys.executable, "-c", _ALL, str(tmp_path / "lines.json")], environ, 120, 40)
    try:
        terminal.wait_for(b"all-done")
        terminal.settle(0.3)
    finally:
        terminal.close()
    parts = bytes(terminal.output).split(b"$$ ")
    for part in parts:
        assert leaked(part) == "", part[:80]
    assert len(parts) > len(lines)
    assert b"[sic]" in terminal.output


# ---- mechanisms ----

_WIDGETS = {"Input", "TextArea"}
"""Those that take no text for markup."""
_TITLES = {"border_title", "border_subtitle", "tooltip"}


def _sources() -> list[tuple[Path, ast.Module]]:
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted((ROOT / "tui").rglob("*.py"))]


def test_no_text_is_given_to_what_takes_it_for_markup() -> None:
    for path, tree in _sources():
        for node in ast.walk(tree):
            where = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual.widgets"):
                assert {alias.name for alias in node.names} <= _WIDGETS, where
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in {"notify", "from_markup", "render_str", "print_json"}, where
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Attribute) and target.attr in {
                        "border_title",
                        "border_subtitle",
                        "tooltip",
                    }:
                        assert isinstance(node.value, ast.Call), where
                        assert getattr(node.value.func, "id", "") == "Content", f"{where}: wrap it in Content"


def test_commands_print_through_what_makes_text_safe_for_a_terminal() -> None:
    printing = {
        path.relative_to(ROOT / "tui").as_posix()
        for path, tree in _sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    }
    # Brackets and commas of a list of JSON; a script for a shell; what a fault of our own says; the place itself.
    assert printing == {"commands/parse.py", "commands/completion.py", "__main__.py", "output.py"}


def test_text_becomes_cells_in_one_place() -> None:
    made = {
        path.relative_to(ROOT / "tui").as_posix()
        for path, tree in _sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Strip", "Segment"}
    }
    # The two filters only take out or exchange characters, and a crash report holds no text of a letter.
    assert made == {"widgets/strips.py", "safety.py", "drawing.py", "app.py"}


_LISTENING = """
import asyncio, sys
opened = []
def hook(event, args):
    if event.startswith("socket.") and event not in ("socket.__new__",):
        opened.append((event, repr(args)[:80]))
sys.addaudithook(hook)
from pathlib import Path
from curation.workspace import Workspace
from tui.__main__ import main
from tui.app import RectoApp

async def walk(folder):
    app = RectoApp(Workspace(Path(folder)), "ab")
    async with app.run_test(size=(120, 40)) as pilot:
        for key in ("d", "q", "Q", "q", "enter", "space", "t", "escape", "=", "escape", "o", "enter", "i", "q", "q"):
            await pilot.press(key)
            await app.workers.wait_for_complete()

folder = sys.argv[1]
asyncio.run(walk(folder))
for words in (["parse", folder], ["doubts", folder], ["suggest", folder], ["similar", "--text", "Files", folder],
              ["themes", "matrix", folder], ["score", folder], ["questions", folder]):
    main(words)
print("OPENED", opened)
"""


def test_no_socket_is_opened(letters: Path, environ: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LISTENING, str(letters)],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"^OPENED \[\]$", done.stdout, re.MULTILINE), done.stdout[-500:]
