"""Completion scripts for shells, made from the parser of the command line. Pure.

Each script knows every command, option and choice of this version. What a value is otherwise (a letter, a folder) is
completed as the name of a file.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Option:
    """An option: its spellings, its help, what may stand behind it (None: nothing does, (): anything)."""

    flags: tuple[str, ...]
    help: str
    values: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Node:
    """A command: the commands below it with their help, and its options. `path` is its words, "" for `recto` itself."""

    path: str
    options: tuple[Option, ...] = ()
    commands: Mapping[str, str] = field(default_factory=dict)
    below: tuple[Node, ...] = ()


def tree(parser: argparse.ArgumentParser, path: str = "") -> Node:
    """What a parser takes."""
    options, commands, below = [], {}, []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            told = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, child in action.choices.items():
                commands[name] = _one_line(told.get(name, ""))
                below.append(tree(child, f"{path} {name}".strip()))
        elif action.option_strings:
            values = None if action.nargs == 0 else tuple(map(str, action.choices or ()))
            options.append(Option(tuple(action.option_strings), _one_line(action.help or ""), values))
    return Node(path, tuple(options), commands, tuple(below))


def _one_line(text: str) -> str:
    return " ".join(text.replace("%%", "%").split())


def _all(node: Node) -> Iterator[Node]:
    yield node
    for child in node.below:
        yield from _all(child)


def _steps(root: Node) -> list[str]:
    """How words lead from command to command: the way so far, a blank, the next word."""
    return [f"{node.path} {name}" for node in _all(root) for name in node.commands]


def _values(root: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each option with a value, by where it stands: the pattern of a case in bash and zsh, and what may follow."""
    for node in _all(root):
        for option in node.options:
            if option.values is not None:
                yield "|".join(_quoted(f"{node.path}|{flag}") for flag in option.flags), option.values


# ---- bash ----


def bash(root: Node) -> str:
    """For `source <(recto completion bash)` in ~/.bashrc."""
    steps = "|".join(_quoted(step) for step in _steps(root))
    return f"""\
# bash completion for recto
_recto() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} at= word values options= commands=
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$at $word" in {steps}) at="${{at:+$at }}$word" ;; esac
  done
  case "$at|${{COMP_WORDS[COMP_CWORD-1]}}" in
{_lines(_bash_values(root))}
  esac
  case "$at" in
{_lines(_bash_words(root))}
  esac
  if [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
  else
    mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$cur"; compgen -f -- "$cur")
  fi
}}
complete -o filenames -F _recto recto
"""


def _bash_values(root: Node) -> Iterator[str]:
    for where, values in _values(root):
        source = f"-W {_quoted(' '.join(values))}" if values else "-f"
        yield f'    {where}) mapfile -t COMPREPLY < <(compgen {source} -- "$cur"); return ;;'


def _bash_words(root: Node) -> Iterator[str]:
    for node in _all(root):
        flags = " ".join(flag for option in node.options for flag in option.flags)
        yield f"    {_quoted(node.path)}) options={_quoted(flags)}; commands={_quoted(' '.join(node.commands))} ;;"


# ---- zsh ----


def zsh(root: Node) -> str:
    """For a file `_recto` in a folder of $fpath, or `source <(recto completion zsh)`."""
    steps = "|".join(_quoted(step) for step in _steps(root))
    return f"""\
#compdef recto
_recto() {{
  local at= word
  local -a options commands
  for word in "${{(@)words[2,CURRENT-1]}}"; do
    case "$at $word" in ({steps}) at="${{at:+$at }}$word" ;; esac
  done
  case "$at|${{words[CURRENT-1]}}" in
{_lines(_zsh_values(root))}
  esac
  case "$at" in
{_lines(_zsh_words(root))}
  esac
  if [[ $PREFIX == -* ]]; then
    _describe option options
  else
    (( $#commands )) && _describe command commands
    _files
  fi
}}
if [[ $funcstack[1] == _recto ]]; then _recto "$@"; else compdef _recto recto; fi
"""


def _zsh_values(root: Node) -> Iterator[str]:
    for where, values in _values(root):
        do = f"compadd -- {' '.join(map(_quoted, values))}" if values else "_files"
        yield f"    ({where}) {do}; return ;;"


def _zsh_words(root: Node) -> Iterator[str]:
    def told(word: str, about: str) -> str:
        return _quoted(f"{word}:{about}")

    for node in _all(root):
        options = " ".join(told(flag, option.help) for option in node.options for flag in option.flags)
        commands = " ".join(told(name, about) for name, about in node.commands.items())
        yield f"    ({_quoted(node.path)}) options=({options}); commands=({commands}) ;;"


# ---- fish ----


def fish(root: Node) -> str:
    """For ~/.config/fish/completions/recto.fish."""
    steps = " ".join(_quoted(step) for step in _steps(root))
    return f"""\
# fish completion for recto
function __recto_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    switch "$at $word"
      case {steps}
        set at (string trim -- "$at $word")
    end
  end
  test "$at" = "$argv[1]"
end
{_lines(_fish_words(root))}
"""


def _fish_words(root: Node) -> Iterator[str]:
    for node in _all(root):
        where = f"complete -c recto -n {_fish_quoted(f'__recto_at {_quoted(node.path)}')}"
        for name, about in node.commands.items():
            yield f"{where} -a {_fish_quoted(name)} -d {_fish_quoted(about)}"
        for option in node.options:
            spelled = " ".join(_fish_flag(flag) for flag in option.flags)
            values = ""
            if option.values is not None:
                values = f" -x -a {_fish_quoted(' '.join(option.values))}" if option.values else " -r"
            yield f"{where} {spelled}{values} -d {_fish_quoted(option.help)}"


def _fish_flag(flag: str) -> str:
    return f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}"


def _lines(lines: Iterator[str]) -> str:
    return "\n".join(lines)


def _quoted(word: str) -> str:
    """For bash and zsh, and for fish where no quote and no backslash is in it."""
    return "'" + word.replace("'", "'\\''") + "'"


def _fish_quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'"


SHELLS: Final[Mapping[str, Callable[[Node], str]]] = MappingProxyType({"bash": bash, "zsh": zsh, "fish": fish})
