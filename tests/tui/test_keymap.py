"""Keys that a person changed: refused with both names and the way out, and in force everywhere."""

from __future__ import annotations

import ast
import os
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tui
from curation.preferences import BadSettings, Preferences, config_path, read
from tests.tui.terminal import Terminal, recto
from tui.__main__ import main
from tui.actions import ACTIONS, ClashError, Place
from tui.actions.keymap import changed, why_not


def keys_of(actions: tuple[object, ...], name: str) -> tuple[str, ...]:
    return next(action.keys for action in actions if action.id == name)  # type: ignore[attr-defined]  # they are actions


def test_a_command_gets_other_keys_and_no_other_command_changes() -> None:
    found = changed(ACTIONS, {"merge-next": ("ctrl+e", "page down", "F2")[:1], "why": ("F2",)})
    assert keys_of(found, "merge-next") == ("ctrl+e",)
    assert keys_of(found, "why") == ("f2",)
    assert [a.id for a, b in zip(ACTIONS, found, strict=True) if a != b] == ["merge-next", "why"]


def test_two_commands_may_swap_their_keys() -> None:
    found = changed(ACTIONS, {"merge-next": ("M",), "merge-previous": ("m",)})
    assert keys_of(found, "merge-next") == ("M",)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"merge-nxt": ("m",)}, "merge-nxt: no such command; the nearest is merge-next"),
        (
            {"merge-next": ("n",)},
            "n is bound twice in review: next-finding and merge-next; give one of them another key",
        ),
        ({"merge-next": ("ctrl+h",)}, r"merge-next: ctrl\+h can't be bound: it is backspace"),
        ({"merge-next": ("alt+m",)}, "can't be bound: it is not sent by every terminal"),
        ({"merge-next": ("pagedwn",)}, "merge-next: pagedwn is no key; the nearest is pagedown"),
        ({"merge-next": ("ctl+e",)}, r"ctl\+e is no key; the nearest is ctrl\+e"),
        ({"merge-next": (" ",)}, 'write "space"'),
        ({"take-suggestion": ("a",)}, "digits can't be changed"),
    ],
)
def test_what_cannot_be_is_refused_with_the_names_and_the_way_out(keys: dict[str, tuple[str, ...]], words: str) -> None:
    with pytest.raises(ClashError, match=words):
        changed(ACTIONS, keys)


@given(st.text(max_size=12))
def test_any_text_is_a_key_or_it_is_said_why_not(key: str) -> None:
    assert isinstance(why_not(key), str)


@pytest.mark.parametrize("action", [a for a in ACTIONS if not a.passes_key], ids=lambda action: action.id)
def test_every_key_that_is_declared_could_be_set_as_well(action: object) -> None:
    for key in action.keys:  # type: ignore[attr-defined]  # it is an action
        assert why_not(key) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('color = "x"', "settings.toml: color: no such setting; the nearest is colours"),
        ("colours = 3", "colours: it has to be a text"),
        ('keys = "m"', r"keys: it has to be a table"),
        ("[keys]\nmerge-next = 3", r"\[keys\] merge-next: it has to be a key"),
        ("[keys]\nmerge-next = []", r"\[keys\] merge-next: it has to be a key"),
        ("[keys", "mend it or take it away"),
    ],
)
def test_a_file_of_settings_that_cannot_be_used_is_named_with_the_place(text: str, words: str) -> None:
    config_path().parent.mkdir(parents=True)
    config_path().write_text(text)
    with pytest.raises(BadSettings, match=words):
        read()


def test_without_a_file_all_is_as_usual() -> None:
    assert read() == Preferences()


def test_the_command_prints_a_file_that_is_read_again(capsys: pytest.CaptureFixture[str]) -> None:
    config_path().parent.mkdir(parents=True)
    config_path().write_text('colours = "colour-blind"\n[keys]\nwhy = ["f2", \'"\']\n')
    assert main(["settings"]) == 0
    printed = capsys.readouterr().out
    assert str(config_path()) in printed.splitlines()[0]
    document = tomllib.loads(printed)
    assert document == {"colours": "colour-blind", "keys": {"why": ["F2", '"']}}
    config_path().write_text(printed.replace("# ", "").replace("#", "##"))
    for action in ACTIONS:
        assert action.passes_key or f"{action.id} = " in printed


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    xdg = {f"XDG_{name}_HOME": str(tmp_path / "xdg" / name.lower()) for name in ("CONFIG", "STATE", "CACHE")}
    return {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", **xdg}


def test_changed_keys_work_and_stand_in_the_line_of_keys_and_in_help(letters: Path, environ: dict[str, str]) -> None:
    config_path().parent.mkdir(parents=True)
    config_path().write_text('reviewer = "ab"\n[keys]\nto-check = "ctrl+t"\nback = ["f10", "escape"]\nhelp = "f2"\n')
    terminal = Terminal(recto(str(letters)), environ, 120, 40)
    try:
        terminal.wait_for(b"Waveney")
        terminal.settle(0.3)
        assert b"f10" in terminal.output.lower()
        os.write(terminal.master, b"\x14")
        terminal.wait_for(b"left in")
        os.write(terminal.master, b"\x1b[21~")
        terminal.wait_for(b"Library")
        terminal.settle(0.3)
        os.write(terminal.master, b"\x1bOQ")
        terminal.wait_for(b"Help: Library")
        terminal.wait_for(b"ctrl+t")
    finally:
        terminal.close()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[keys]\nto-check = "f"', b"f is bound twice in library: to-check and filter"),
        ('colours = "high"', b"no set of colours high; the nearest is"),
    ],
)
def test_a_clash_ends_the_start_with_both_names(
    letters: Path, environ: dict[str, str], text: str, words: bytes
) -> None:
    config_path().parent.mkdir(parents=True)
    config_path().write_text(text)
    terminal = Terminal(recto(str(letters)), environ, 400, 40)
    assert terminal.ended() == 2
    assert words in terminal.output
    assert b"settings.toml" in terminal.output


_NAMED_KEY = re.compile(r"(?:^|[ ,;:])([a-zA-Z]|enter|esc|space) (?:again |also )?[a-z]+s\b")


def test_no_sentence_on_the_screen_names_a_key_of_its_own() -> None:
    """The key may have been changed: sentences ask `key_of` for it."""
    folder = Path(tui.__file__).parent
    for path in (*folder.glob("paint*.py"), *folder.glob("screens/*.py"), *folder.glob("dialogs/*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
                assert not _NAMED_KEY.search(node.value), f"{path.name}:{node.lineno}: {node.value}"
            if isinstance(node, ast.Tuple) and len(node.elts) == 2:
                # A key with what it does, or the other way round.
                words = [one.value for one in node.elts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                keys = [word for word in words if re.fullmatch("[a-zA-Z]|esc|space|tab", word)]
                signs = all(len(word) == 1 for word in words)
                assert signs or (len(words), len(keys)) != (2, 1), f"{path.name}:{node.lineno}: {words}"


def test_every_place_can_be_left_and_has_help_or_is_a_dialog() -> None:
    for place in Place:
        assert any(place in action.places and action.id in ("back", "leave") for action in ACTIONS), place
