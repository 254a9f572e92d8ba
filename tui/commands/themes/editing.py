"""`recto themes add`, `edit`, `rename`, `merge`, `archive`, `restore`, `undo` and `redo`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from curation.codebook import Codebook, Theme
from curation.codebook.duplicates import near_duplicates
from curation.codebook.edits import (
    KEYS,
    TEXT_KEYS,
    AddTheme,
    ArchiveTheme,
    Edit,
    EditTheme,
    MergeTheme,
    RenameTheme,
    RestoreTheme,
    made_id,
)
from curation.codebook.uses import uses
from curation.codebook.writing import Edited
from curation.operations import Refused
from curation.workspace import Workspace
from parsers.jsonl import dumps
from tui.commands import EXIT_DONE
from tui.commands.arguments import Do, action, add_format, add_path
from tui.commands.reviewing import add_reviewer, needed_reviewer
from tui.output import complain, emit

if TYPE_CHECKING:
    from tui.commands.arguments import Actions

_HELP = {
    "label": "the name that people see",
    "group": "the heading that it stands under",
    "definition": "what belongs under it",
    "use_when": "when to take it",
    "avoid_when": "when not, and which theme to take then",
    "example": "a finding that belongs here",
    "not_example": "one that seems to, and doesn't",
}


def add(actions: Actions) -> None:
    """Add these actions to the command."""
    adding = _editing(
        actions, _add, "add", "make a new theme", 'recto themes add "Missing from home" letters/ --reviewer ab', "LABEL"
    )
    adding.add_argument("--id", default="", help="lower-case letters, digits and - (default: made from the label)")
    adding.add_argument("--after", default="", metavar="THEME", help="stand behind this one (default: the group's end)")
    _add_values(adding, TEXT_KEYS[1:])
    editing = _editing(
        actions,
        _edit,
        "edit",
        "write something of a theme anew",
        'recto themes edit supervision letters/ --use-when "Meetings with a manager." --reviewer ab',
        "THEME",
    )
    _add_values(editing, TEXT_KEYS)
    renaming = _editing(
        actions,
        _rename,
        "rename",
        "give a theme another name",
        'recto themes rename supervision "Supervision of staff" letters/ --reviewer ab',
        "THEME",
        "LABEL",
    )
    renaming.add_argument("--id", default="", help="another id too: the old one points to it, reviews stay as they are")
    _add_whole(actions)
    _editing(actions, _undo, "undo", "take back the last change", "recto themes undo letters/ --reviewer ab")
    _editing(actions, _redo, "redo", "do again what was undone last", "recto themes redo letters/ --reviewer ab")


def _add_whole(actions: Actions) -> None:
    """The actions that need no words: they are done to a theme as a whole."""
    _editing(
        actions,
        lambda args: _do(args, MergeTheme(args.theme, args.into)),
        "merge",
        "let a theme count as another from now on",
        "recto themes merge electronic-recording case-recording letters/ --reviewer ab",
        "THEME",
        "INTO",
    )
    _editing(
        actions,
        lambda args: _do(args, ArchiveTheme(args.theme)),
        "archive",
        "offer a theme no more; what was given it keeps it",
        "recto themes archive out-of-hours letters/ --reviewer ab",
        "THEME",
    )
    _editing(
        actions,
        lambda args: _do(args, RestoreTheme(args.theme)),
        "restore",
        "offer an archived theme again, take a merged one apart",
        "recto themes restore out-of-hours letters/ --reviewer ab",
        "THEME",
    )


def _editing(actions: Actions, do: Do, name: str, help_: str, example: str, *named: str) -> argparse.ArgumentParser:
    parser = action(actions, name, help_, example, do=do)
    for word in named:
        parser.add_argument(word.lower(), metavar=word)
    add_path(parser)
    add_reviewer(parser)
    add_format(parser)
    return parser


def _add_values(parser: argparse.ArgumentParser, keys: tuple[str, ...]) -> None:
    for key in keys:
        parser.add_argument(f"--{key.replace('_', '-')}", dest=f"new_{key}", metavar="TEXT", help=_HELP[key])
    phrase = "a short cue for suggestions; give it again for more"
    parser.add_argument("--phrase", dest="new_phrases", action="append", metavar="TEXT", help=phrase)


def _values(args: argparse.Namespace) -> dict[str, str | tuple[str, ...]]:
    given = {key: getattr(args, f"new_{key}", None) for key in KEYS}
    return {
        key: tuple(value) if isinstance(value, list) else value for key, value in given.items() if value is not None
    }


def _add(args: argparse.Namespace) -> int:
    values = _values(args)
    phrases = values.pop("phrases", ())
    texts = {key: value for key, value in values.items() if isinstance(value, str)}
    edit = AddTheme(args.label, id=args.id, after=args.after, phrases=tuple(phrases), **texts)
    before = Workspace.find(args.path).codebook()
    status = _do(args, edit)
    new = Theme(edit.id or made_id(edit.label), edit.label, definition=edit.definition, phrases=edit.phrases)
    for double in near_duplicates(before, new)[:3]:
        label = before.themes[double.theme].label
        complain(f"{new.id} is much like {double.theme} (“{label}”): {double.because} {double.score:.0f}")
    return status


def _edit(args: argparse.Namespace) -> int:
    values = _values(args)
    if not values:
        raise Refused("say what is to be changed, such as --definition TEXT; see recto themes edit --help")
    return _do(args, EditTheme(args.theme, values))


def _rename(args: argparse.Namespace) -> int:
    return _do(args, RenameTheme(args.theme, args.label, args.id))


def _undo(args: argparse.Namespace) -> int:
    return _step(args, lambda workspace, by: workspace.undo_codebook(by))


def _redo(args: argparse.Namespace) -> int:
    return _step(args, lambda workspace, by: workspace.redo_codebook(by))


def _do(args: argparse.Namespace, edit: Edit) -> int:
    return _step(args, lambda workspace, by: workspace.edit_codebook(edit, by))


def _step(args: argparse.Namespace, step: Callable[[Workspace, str], Edited]) -> int:
    """Do a step, and say what it was and which findings it concerns."""
    by = needed_reviewer(args)
    workspace = Workspace.find(args.path)
    edited = step(workspace, by)
    for warning in edited.warnings:
        complain(warning)
    accepted = workspace.accepted()
    used = {change.theme: uses(accepted, change.theme) for change in edited.step.changes}
    if args.format == "jsonl":
        themes = [{"theme": theme, "findings": n.findings, "letters": n.letters} for theme, n in used.items()]
        emit(dumps({"ok": True, "revision": edited.step.number, "what": edited.step.what, "themes": themes}))
        return EXIT_DONE
    emit(f"revision {edited.step.number}: {edited.step.what}")
    for theme, n in used.items():
        if n.findings:
            emit(f"  {n} with {theme}{_now(edited.codebook, theme)}")
    return EXIT_DONE


def _now(codebook: Codebook, theme: str) -> str:
    if theme not in codebook.themes:
        return ": not in the codebook any more"
    counts_as = codebook.resolve(theme)
    return f" count as {counts_as}" if counts_as != theme else ""
