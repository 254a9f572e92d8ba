"""Completion of the command line in shells, and what every command's help has."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.__main__ import main
from tui.commands.parsing import whole_parser
from tui.completion import SHELLS, tree


def script(shell: str) -> str:
    return SHELLS[shell](tree(whole_parser()))


def completed(*words: str, folder: Path) -> list[str]:
    """What bash offers for the last of these words."""
    line = " ".join(f"'{word}'" for word in words)
    ask = f"""
COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}
_recto; printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    done = subprocess.run(["bash", "-c", script("bash") + ask], cwd=folder, capture_output=True, text=True, check=True)
    return [word for word in done.stdout.splitlines() if word]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("recto", "pa"), ["parse", "pairs"]),
        (("recto", "parse", "--fo"), ["--format"]),
        (("recto", "parse", "--format", "js"), ["json", "jsonl"]),
        (("recto", "themes", "arch"), ["archive"]),
        (("recto", "themes", "list", "letters", "--format", "j"), ["jsonl"]),
        (("recto", "completion", "x"), []),
        (("recto", "--col"), ["--colours"]),
    ],
)
def test_bash_completes_commands_options_and_choices(
    words: tuple[str, ...], offered: list[str], tmp_path: Path
) -> None:
    found = completed(*words, folder=tmp_path)
    assert set(offered) <= set(found)
    assert all(word.startswith(words[-1]) for word in found)


def test_bash_completes_files_where_a_letter_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "east march.txt").write_text("x")
    assert completed("recto", "show", "ea", folder=tmp_path) == ["east march.txt"]
    assert completed("recto", "parse", "--output", "ea", folder=tmp_path) == ["east march.txt"]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_one_that_its_shell_can_read(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    printed = capsys.readouterr().out
    for name in ("parse", "questions", "not-same", "--reviewer"):
        assert name.lstrip("-") in printed
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    subprocess.run([shell, "-n"], input=printed, text=True, check=True)


def parsers(parser: argparse.ArgumentParser, name: str) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, child in action.choices.items():
                yield from parsers(child, f"{name} {word}")


@pytest.mark.parametrize(("name", "parser"), parsers(whole_parser(), "recto"), ids=lambda value: str(value)[:40])
def test_the_help_of_every_command_has_an_example_that_its_parser_takes(
    name: str, parser: argparse.ArgumentParser
) -> None:
    shown = parser.format_help()
    examples = re.findall(r"^ .*?\brecto (.*)$", parser.epilog or "", re.MULTILINE)
    assert examples, f"{name} has no example: {shown}"
    for example in examples:
        words = re.split(r"\s{2,}|\s[|<>#]|\s\|\|", example)[0].strip()
        if name == "recto":
            continue
        taken = re.findall(r"'[^']*'|\"[^\"]*\"|\S+", words)
        whole_parser().parse_args([word.strip("'\"").rstrip(")") for word in taken])
