"""`recto settings`: where the file of settings is, what it says, and every command whose keys can be changed."""

from __future__ import annotations

import argparse

from curation.preferences import BadSettings, config_path, read
from curation.settings import CLIPBOARDS
from tui import colours
from tui.actions import ACTIONS, Action, ClashError, key_name, places_of
from tui.actions.keymap import changed
from tui.commands import EXIT_DONE, EXIT_USAGE
from tui.output import complain, emit

NAME = "settings"
_DESCRIPTION = """\
Print the settings as the file that they stand in: what is set, and behind # what could be. The first line names the
file; it need not be there. Exit status 2 if it can't be used.
"""


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="where the settings are, and what can be set: colours and keys",
        description=_DESCRIPTION,
        epilog="example:\n  recto settings > my-settings.toml",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the settings; the status says whether they can be used."""
    del args
    emit(f"# {config_path()}")
    try:
        wanted = read()
        colours.checked(wanted.colours)
        changed(ACTIONS, wanted.keys)
    except (BadSettings, ClashError, ValueError) as error:
        complain(str(error))
        return EXIT_USAGE
    emit(_set("reviewer", f'"{wanted.reviewer}"', bool(wanted.reviewer)))
    emit(_set("clipboard", f'"{wanted.clipboard or CLIPBOARDS[0]}"', bool(wanted.clipboard)))
    emit("#   print: copying shows the words, to be selected; osc52: the terminal is told, where it knows how")
    emit(_set("colours", f'"{wanted.colours or colours.TERMINAL.name}"', bool(wanted.colours)))
    for one in colours.BY_NAME.values():
        emit(f"#   {one.name}: {one.about}")
    emit("\n[keys]")
    for action in ACTIONS:
        if not action.passes_key:
            emit(f"# {action.help} ({', '.join(places_of(action))})")
            emit(_keys(action, wanted.keys.get(action.id)))
    return EXIT_DONE


def _keys(action: Action, wanted: tuple[str, ...] | None) -> str:
    names = [_quoted(key_name(key)) for key in wanted or action.keys]
    return _set(action.id, names[0] if len(names) == 1 else f"[{', '.join(names)}]", wanted is not None)


def _quoted(key: str) -> str:
    return '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _set(name: str, value: str, is_set: bool) -> str:
    return f"{'' if is_set else '# '}{name} = {value}"
