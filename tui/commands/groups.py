"""`recto groups`: findings of several councils that say the same; a theme for all of a group, and one undo."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from curation.entry import Entry
from curation.giving import GroupThemes, Outcome
from curation.group_batches import Batch, State
from curation.groups import GROUPED, Group, groups
from curation.nearest import nearest
from curation.operations import Refused
from curation.pairs import Pairs
from curation.spreadsheets import csv_lines
from parsers.jsonl import dumps
from tui.commands import EXIT_DONE, EXIT_REFUSED
from tui.commands.arguments import action, add_path
from tui.commands.comparing import Desk, check_category, desk
from tui.commands.ending import ending
from tui.commands.reviewing import add_reviewer, needed_reviewer
from tui.output import complain, emit
from tui.progress import counting

if TYPE_CHECKING:
    from tui.commands.arguments import Actions

NAME = "groups"
FORMATS = ("text", "jsonl", "csv")
_WIDTH = 100
_CUT = 300
_COLUMNS = ("group", "score", "authority", "year", "letter", "finding", "category", "text")


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="findings of several councils that say the same",
        description=(
            "Groups of findings that say the same, in two councils or more. A theme can be given to all of a group at "
            "once, and taken back at once. A group is named by an id that changes when its findings do."
        ),
        epilog="example:\n  recto groups list letters/\n  recto groups give g-0k3m9q supervision letters/ --begin",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = action(actions, "list", "all groups", "recto groups list letters/ --format csv")
    listing.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    undoing = action(actions, "undo", "take back the theme that was given last", "recto groups undo letters/")
    undoing.add_argument("--batch", metavar="B", help="the one of this name, as `list` and `give` say it")
    finishing = action(actions, "finish", "go on with what was interrupted", "recto groups finish 5f0c1a22 letters/")
    finishing.add_argument("batch", metavar="BATCH", help="its name, as `list` says it")
    chosen = {"list": listing, "give": _add_give(actions), "leave-out": _add_leave_out(actions)}
    for name, one in (chosen | {"undo": undoing, "finish": finishing}).items():
        add_path(one)
        add_reviewer(one)
        if name in chosen:
            add_choice(one)
        one.set_defaults(run=run, action=name)


def _add_give(actions: Actions) -> argparse.ArgumentParser:
    example = "recto groups give g-0k3m9q supervision letters/ --begin"
    giving = action(actions, "give", "give a theme to all of a group", example)
    giving.add_argument("group", metavar="GROUP", help="a group's id, such as g-0k3m9q")
    giving.add_argument("theme", metavar="THEME", help="a theme's id")
    where = giving.add_mutually_exclusive_group()
    begin = "where you have no review of a letter yet, begin one, from the parse"
    where.add_argument("--begin", action="store_true", help=begin)
    where.add_argument("--reviewed", action="store_true", help="only in letters that you have a review of")
    return giving


def _add_leave_out(actions: Actions) -> argparse.ArgumentParser:
    leaving = action(
        actions,
        "leave-out",
        "a finding is not the same as the others of its group",
        "recto groups leave-out g-0k3m9q eastmarch-2010#f-3k9qz2 letters/",
    )
    leaving.add_argument("group", metavar="GROUP", help="a group's id, such as g-0k3m9q")
    leaving.add_argument("finding", metavar="LETTER#ID", help="a finding of the group")
    return leaving


def add_choice(parser: argparse.ArgumentParser, *, category: bool = True) -> None:
    """The options that say which groups there are."""
    parser.add_argument(
        "--threshold",
        type=_threshold,
        default=GROUPED,
        metavar="S",
        help=f"how alike findings of a group have to be on average, 1-100 (default: {GROUPED:.0f})",
    )
    if category:
        parser.add_argument("--category", metavar="C", help="findings of this category alone")


def _threshold(value: str) -> float:
    number = float(value)
    if not 1 <= number <= 100:
        raise argparse.ArgumentTypeError("1-100")
    return number


@ending
def run(args: argparse.Namespace) -> int:
    """Do what was asked; the status is 1 if it was refused, or not done in some letter."""
    if args.action == "list":
        return list_groups(args)
    reviewer = needed_reviewer(args)
    on = desk(args, reviewer)
    giving = GroupThemes(on.workspace, reviewer)
    if args.action == "leave-out":
        return _leave_out(args, on)
    if args.action == "give":
        return _give(args, on, giving)
    with counting("Letters") as on_progress:
        if args.action == "undo":
            outcome = giving.undo(args.batch, on_progress)
        else:
            outcome = giving.finish(args.batch, on_progress)
    return _say(outcome)


def list_groups(args: argparse.Namespace) -> int:
    """Print all groups, and what was interrupted. Raises UsageError, and one of `workspace.LETTER_ERRORS`."""
    on = desk(args)
    check_category(args.category, on.corpus)
    if on.reviewer:
        for batch in GroupThemes(on.workspace, on.reviewer).interrupted():
            on.problems.say(_interrupted(batch))
    found = _found(args, on)
    if args.format == "csv":
        emit(csv_lines([_COLUMNS, *_cells(found)]), end="")
    elif args.format == "jsonl":
        for group in found:
            emit(dumps(_plain(group)))
    else:
        for group in found:
            emit("\n".join(_in_words(group)))
        emit(f"{len(found)} group{'' if len(found) == 1 else 's'} of {len(on.corpus)} findings")
    return on.problems.status


def _found(args: argparse.Namespace, on: Desk) -> tuple[Group, ...]:
    with counting("Comparing findings") as on_progress:
        return groups(on.corpus, on.judged, threshold=args.threshold, category=args.category, on_progress=on_progress)


def _named(name: str, found: Sequence[Group]) -> Group:
    """Raises Refused."""
    for group in found:
        if group.id == name:
            return group
    near = nearest(name, (group.id for group in found))
    raise Refused(
        f"no group {name}: a group whose findings have changed has another id"
        + (f"; the nearest is {near}" if near else "; there is none at all")
    )


def _give(args: argparse.Namespace, on: Desk, giving: GroupThemes) -> int:
    """Raises Refused where reviews would begin that nobody asked for."""
    refs = [entry.ref for entry in _named(args.group, _found(args, on)).entries]
    new = () if args.begin else giving.beginning(args.theme, refs)
    if new and not args.reviewed and not _may_begin(new, args.theme, on.reviewer):
        raise Refused("nothing was given: --begin begins them, --reviewed leaves those letters out")
    with counting("Letters") as on_progress:
        outcome = giving.give(args.theme, refs, on_progress, leave_out=new if args.reviewed else ())
    return _say(outcome)


def _may_begin(new: Sequence[str], theme: str, reviewer: str) -> bool:
    """Say in which letters a review would begin, and ask whether it may; no where nobody is there to be asked."""
    complain(f"{theme} would begin a review by {reviewer}, from the parse, in {', '.join(new)}")
    if not sys.stdin.isatty():
        return False
    emit("begin them? [y]es or [n]o ", end="", flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _leave_out(args: argparse.Namespace, on: Desk) -> int:
    group = _named(args.group, _found(args, on))
    refs = [entry.ref for entry in group.entries]
    if args.finding not in refs:
        raise Refused(f"{args.finding} is not in {group.id}; there are {', '.join(refs)}")
    others = [ref for ref in refs if ref != args.finding]
    pairs = Pairs(on.workspace.root, on.reviewer)
    pairs.judge([(args.finding, other) for other in others], False)
    for warning in pairs.warnings:
        complain(warning)
    emit(f"left out: {args.finding} is not the same as {', '.join(others)}; `recto pairs undo` takes it back")
    return EXIT_DONE


def _say(outcome: Outcome) -> int:
    batch = outcome.batch
    for warning in outcome.warnings:
        complain(warning)
    for letter, why in outcome.left:
        complain(f"{letter}: left as it is: {why}")
    if outcome.left and batch.state is State.TAKEN_BACK:
        complain(
            f"`recto groups undo` tries {batch.name} again; `recto groups undo --batch NAME` takes another one back"
        )
    if outcome.begun:
        complain(
            f"{outcome.batch.name}: a review by this reviewer begins, from the parse, in {', '.join(outcome.begun)}"
        )
    done = "given" if batch.state is State.GIVEN else "taken back"
    letters = f"{len(outcome.letters)} letter{'' if len(outcome.letters) == 1 else 's'}"
    emit(f"{batch.theme} {done} in {letters}: {', '.join(outcome.letters) or 'none'} (batch {batch.name})")
    return EXIT_REFUSED if outcome.left else EXIT_DONE


def _interrupted(batch: Batch) -> str:
    doing = "giving" if batch.state is State.GIVE else "taking back"
    return (
        f"{doing} {batch.theme} in {len(batch.letters)} letters was interrupted: "
        f"`recto groups finish {batch.name}` goes on, `recto groups undo --batch {batch.name}` takes it back"
    )


def _plain(group: Group) -> dict[str, Any]:
    return {
        "group": group.id,
        "score": round(group.score, 1),
        "authorities": group.authorities,
        "categories": dict(sorted(Counter(entry.category for entry in group.entries).items())),
        "words": group.words,
        "findings": [_plain_entry(entry) for entry in group.entries],
    }


def _plain_entry(entry: Entry) -> dict[str, Any]:
    return {
        "letter": entry.letter,
        "authority": entry.authority,
        "year": entry.year or None,
        "finding": entry.finding,
        "category": entry.category,
        "text": entry.text,
    }


def _cells(found: Sequence[Group]) -> Iterator[tuple[str | int | float, ...]]:
    for group in found:
        for e in group.entries:
            score = round(group.score, 1)
            yield group.id, score, e.authority, e.year or "", e.letter, e.finding, e.category, e.text


def _in_words(group: Group) -> Iterator[str]:
    words = ", ".join(group.words)
    yield f"{group.id} {group.score:.0f}  {len(group.entries)} findings, {len(group.authorities)} councils: {words}"
    for entry in group.entries:
        year = f" {entry.year}" if entry.year else ""
        yield f"  {entry.authority}{year}: {entry.category} ({entry.ref})"
        text = textwrap.shorten(entry.text, _CUT, placeholder=" …")
        yield from textwrap.wrap(text, _WIDTH, initial_indent="    ", subsequent_indent="    ")
    yield ""
