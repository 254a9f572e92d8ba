"""`recto pairs`: say of two findings that they are the same, or not, and take it back."""

from __future__ import annotations

import argparse

from curation.entry import Entry
from curation.operations import Refused
from curation.pairs import Pairs
from parsers.jsonl import dumps
from tui.commands import EXIT_DONE
from tui.commands.arguments import action, add_path
from tui.commands.comparing import Desk, desk, entry_of
from tui.commands.ending import ending
from tui.commands.reviewing import add_reviewer, needed_reviewer
from tui.output import complain, emit

NAME = "pairs"
_JUDGE = {"same": True, "not-same": False}


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="say that two findings are the same, or not",
        description=(
            "What a reviewer said of pairs of findings. A pair that is not the same never comes back in `recto "
            "similar` and is never in one group; one that is the same comes first. Kept in pairs/REVIEWER.jsonl of the "
            "workspace."
        ),
        epilog="example:\n  recto pairs not-same 2010/eastmarch#f-3k9qz2 2010/saltwick#f-7c1mte letters/ --reviewer ab",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    for name, said in (("same", "these two say the same"), ("not-same", "these two do not say the same")):
        one = action(actions, name, said, f"recto pairs {name} eastmarch-2010#f-3k9qz2 saltwick-2010#f-7c1mte")
        one.add_argument("a", metavar="LETTER#ID", help="a finding")
        one.add_argument("b", metavar="LETTER#ID", help="another one")
        _finish(one, name)
    _finish(action(actions, "undo", "take the last judgement back", "recto pairs undo --reviewer ab"), "undo")
    listing = action(actions, "list", "all pairs that were judged", "recto pairs list letters/ --reviewer ab")
    listing.add_argument("--format", choices=("text", "jsonl"), default="text", help="default: text")
    _finish(listing, "list")


def _finish(one: argparse.ArgumentParser, name: str) -> None:
    add_path(one)
    add_reviewer(one)
    one.set_defaults(run=run, action=name)


@ending
def run(args: argparse.Namespace) -> int:
    """Do what was asked; the status is 1 if it was refused or could not be kept."""
    reviewer = needed_reviewer(args)
    on = desk(args, reviewer)
    pairs = Pairs(on.workspace.root, reviewer)
    if args.action in _JUDGE:
        a, b = entry_of(on, args.a), entry_of(on, args.b)
        if a.letter == b.letter:
            raise Refused(f"{a.ref} and {b.ref} stand in one letter: pairs are of different letters")
        pairs.judge([(a.ref, b.ref)], _JUDGE[args.action])
        emit(f"{'the same' if _JUDGE[args.action] else 'not the same'}: {a.ref} and {b.ref}")
    elif args.action == "undo":
        for a_ref, b_ref in pairs.undo():
            emit(f"taken back: {a_ref} and {b_ref}")
    else:
        _list(on, as_lines=args.format == "jsonl")
    for warning in pairs.warnings:
        complain(warning)
    return on.problems.status if args.action == "list" else EXIT_DONE


def _list(on: Desk, *, as_lines: bool) -> None:
    known = {entry.ref: entry for entry in on.corpus.entries()}
    for (a, b), same in sorted(on.judged.same.items()):
        if as_lines:
            emit(dumps({"a": a, "b": b, "same": same, "there": a in known and b in known}))
        else:
            emit(f"{'the same' if same else 'not the same'}\n{_in_words(a, known)}\n{_in_words(b, known)}")


def _in_words(ref: str, known: dict[str, Entry]) -> str:
    if ref not in known:
        return f"  {ref}: not there any more (split, merged or removed); it counts again if it comes back"
    return f"  {ref}: {known[ref].text}"
