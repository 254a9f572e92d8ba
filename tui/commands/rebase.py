"""`recto rebase`: reviews put on letters that have changed, or that the parser reads better now."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from curation import rebase_report
from curation.journal import NotWritten
from curation.operations import Refused
from curation.rebasing import Plan
from curation.session import Session
from curation.store import NotSaved, Unreadable
from curation.workspace import UnknownLetter, Workspace
from parsers.jsonl import dumps
from tui.commands import EXIT_DONE, EXIT_FOUND, EXIT_REFUSED, EXIT_USAGE
from tui.commands.reviewing import UNOPENED, NoReviewer, add_reviewer, needed_reviewer
from tui.output import complain, emit
from tui.progress import progress

NAME = "rebase"
_WORDS: Final = {
    "moved": "words changed",
    "asked": "perhaps here",
    "unplaced": "no place",
    "changed": "read otherwise",
    "added": "new",
    "dropped": "gone",
}
_WIDTH: Final = 100


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="put reviews on letters that have changed",
        description=(
            "Put your reviews on letters whose text has changed, or that the parser reads better now.\n"
            "What you touched is placed by its words. What can't be placed is kept whole until you place it.\n"
            "What nobody touched follows the new reading. It can be undone.\n"
            "--agreed does the same for what people agreed on (curated/), as a whole or not at all; the file as it\n"
            "was is kept beside it."
        ),
        epilog=(
            "examples:\n  recto rebase letters/ --reviewer ab --dry-run\n  recto rebase letters/ --agreed\n\n"
            "exit status:\n  0 done, 1 a review could not be put on its letter (named), 2 usage,\n"
            "  3 with --dry-run: there is something to do"
        ),
    )
    parser.add_argument("path", nargs="?", type=Path, default=Path(), metavar="PATH", help="a folder, or one letter")
    add_reviewer(parser)
    parser.add_argument("--everybody", action="store_true", help="the reviews of all reviewers, not only your own")
    parser.add_argument("--agreed", action="store_true", help="the agreed reviews; alone, or with one of the others")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="default: text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Say for each review that needs it what became of its findings, and do it."""
    try:
        workspace = Workspace.find(args.path)
        wanted = tuple(_wanted(workspace, args))
    except NoReviewer as error:
        complain(f"{error}; or --everybody for all reviews, --agreed for the agreed ones")
        return EXIT_USAGE
    except UnknownLetter as error:
        complain(str(error))
        return EXIT_REFUSED
    looked_at = needed = failed = 0
    for key, name in progress(wanted, len(wanted), "Looking at reviews"):
        looked_at += 1
        try:
            needed += _rebase(workspace, key, name, args) if name else _rebase_agreed(workspace, key, args)
        except (*UNOPENED, Refused, NotWritten, NotSaved, Unreadable) as error:
            failed += 1
            complain(f"{key}, {name or 'agreed'}: {error}")
    if args.format == "text":
        emit(_total(looked_at, needed, failed, dry=args.dry_run))
    if failed:
        return EXIT_REFUSED
    return EXIT_FOUND if needed and args.dry_run else EXIT_DONE


def _wanted(workspace: Workspace, args: argparse.Namespace) -> Iterator[tuple[str, str | None]]:
    """Letter and reviewer of each review that was asked for; None, which is no name, stands for the agreed one.

    Raises NoReviewer, UnknownLetter.
    """
    keys = tuple(_keys(workspace, args.path))
    if args.everybody:
        yield from ((key, name) for key in keys for name in workspace.reviewers(key))
    elif args.reviewer is not None or not args.agreed:
        reviewer = needed_reviewer(args)
        yield from ((key, reviewer) for key in keys if reviewer in workspace.reviewers(key))
    if args.agreed:
        yield from ((key, None) for key in keys if workspace.curated_path(key).is_file())


def _keys(workspace: Workspace, path: Path) -> Iterator[str]:
    """The letters under `path` that anybody reviewed or agreed on. Raises UnknownLetter."""
    inside = "" if path.is_dir() else workspace.key_of(path) if path.exists() else workspace.resolve(str(path))
    folder = path.resolve() if path.is_dir() else workspace.root
    prefix = "" if folder == workspace.root else f"{folder.relative_to(workspace.root).as_posix()}/"
    for key in workspace.keys_with_reviews():
        if key.startswith(prefix) and inside in ("", key):
            yield key


def _rebase(workspace: Workspace, key: str, name: str, args: argparse.Namespace) -> bool:
    """Put one review on its letter, or say what that would lead to. True if there was anything to do."""
    session = Session.open(workspace, key, name)
    if session.read_only:
        raise Refused(session.read_only)
    plan = session.plan()
    if not plan.is_needed:
        return False
    if not args.dry_run:
        session.rebase()
        session.close()
    whose = f"review of {plan.before.reviewer}"
    emit(_as_json(plan, args) if args.format == "jsonl" else _told(plan, whose))
    return True


def _rebase_agreed(workspace: Workspace, key: str, args: argparse.Namespace) -> bool:
    """The same for an agreed review; what could not be placed is told before it is refused."""
    agreed = workspace.agreed(key)
    if agreed is None or agreed.plan is None:
        return False
    done = not args.dry_run and not agreed.obstacle
    warnings = workspace.rebase_agreed(key) if done else ()
    if args.format == "jsonl":
        beyond = [finding.text for finding in agreed.beyond]
        emit(dumps({**rebase_report.to_json(agreed.plan), "agreed": True, "beyond": beyond, "done": done}))
    else:
        emit(_told(agreed.plan, "agreed review"))
        for finding in agreed.beyond:
            emit(f"  {'nobody agreed':<14} {_short(finding.text)}")
    for warning in warnings:
        complain(f"{key}, agreed: {warning}")
    if agreed.obstacle:
        raise Refused(agreed.obstacle)
    return True


def _as_json(plan: Plan, args: argparse.Namespace) -> str:
    return dumps({**rebase_report.to_json(plan), "done": not args.dry_run})


def _told(plan: Plan, whose: str) -> str:
    why = "changed" if plan.text_changed else "is read better"
    lines = [f"{plan.before.letter} {why}, {whose}: {rebase_report.summary(plan)}"]
    for item in rebase_report.items(plan):
        score = f" ({item.score * 100:.0f})" if item.kind == "asked" else ""
        lines.append(f"  {_WORDS[item.kind]:<14} {item.finding}{score}  {_short(item.was or item.now)}")
        if item.was and item.now and item.now != item.was:
            lines.append(f"  {'':<14} {'now':>{len(item.finding)}}  {_short(item.now)}")
    return "\n".join(lines)


def _short(words: str) -> str:
    return words if len(words) <= _WIDTH else f"{words[: _WIDTH - 1]}…"


def _total(looked_at: int, needed: int, failed: int, *, dry: bool) -> str:
    what = "would be put on their letters" if dry else "put on their letters"
    said = f"{looked_at} review{'' if looked_at == 1 else 's'} looked at, {needed} {what}"
    return f"{said}, {failed} could not be" if failed else said
