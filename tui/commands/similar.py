"""`recto similar`: the findings of other letters that say much the same."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator
from typing import Any

from curation.common_words import Spans
from curation.entry import CANDIDATES, Entry, Match
from curation.words import normalise, tokens
from parsers.jsonl import dumps
from tui.commands.arguments import add_path
from tui.commands.browsing import positive
from tui.commands.comparing import (
    Desk,
    check_authority,
    check_category,
    desk,
    entry_of,
)
from tui.commands.ending import UsageError, ending
from tui.commands.groups import FORMATS, add_choice, list_groups
from tui.commands.reviewing import add_reviewer
from tui.output import complain, emit

NAME = "similar"
_WIDTH = 100


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="findings that say much the same",
        description=(
            "List the findings of a workspace that are most like a text, or like a finding of another letter. The "
            "score is 0-100: from 45 on a pair is close, below 35 it hardly is alike. Look at the category: the same "
            "may be a strength here and a weakness there. What `recto pairs` was told counts: a pair that is not the "
            "same does not come back, one that is comes first."
        ),
        epilog='example:\n  recto similar --text "Case records are not kept up to date." letters/',
    )
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--text", metavar="T", help="like this text")
    asked.add_argument("--finding", metavar="LETTER#ID", help="like this finding, in other letters")
    asked.add_argument(
        "--groups",
        action="store_true",
        help="groups of findings that say the same in several councils (`recto groups`)",
    )
    add_path(parser)
    parser.add_argument("--top", type=_top, default=10, metavar="N", help=f"at most {CANDIDATES} (default: 10)")
    parser.add_argument("--category", metavar="C", help="findings of this category alone, such as area_for_development")
    parser.add_argument("--authority", metavar="A", help="findings about this council alone")
    parser.add_argument("--year", type=int, metavar="Y", help="letters of this year alone")
    add_choice(parser, category=False)
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text; csv with --groups alone")
    add_reviewer(parser)
    parser.set_defaults(run=run)


@ending
def run(args: argparse.Namespace) -> int:
    """Print the most alike findings; the status is 1 if the finding is unknown or a letter could not be read."""
    _check_together(args)
    if args.groups:
        return list_groups(args)
    on = desk(args)
    entry = None if args.finding is None else entry_of(on, args.finding)
    check_category(args.category, on.corpus)
    check_authority(args.authority, on.corpus)
    text = args.text if entry is None else entry.text
    found = _matches(args, on, text, entry)
    if not found:
        said = tokens(normalise(text))
        complain(
            "nothing is alike: no finding shares a word with it" if said else "nothing is alike: it holds no words"
        )
    for match in found:
        spans, in_other = on.corpus.common(text, match.entry.text)
        emit(dumps(_plain(match, in_other, spans)) if args.format == "jsonl" else "\n".join(_in_words(match, in_other)))
    return on.problems.status


def _check_together(args: argparse.Namespace) -> None:
    """Raises UsageError for options that do not go together."""
    if args.groups and (args.authority is not None or args.year is not None):
        raise UsageError("--groups span councils and years: leave --authority and --year out")
    if args.format == "csv" and not args.groups:
        raise UsageError("--format csv goes with --groups alone")


def _matches(args: argparse.Namespace, on: Desk, text: str, entry: Entry | None) -> tuple[Match, ...]:
    return on.corpus.similar(
        text,
        leave_out_letter=entry.letter if entry else None,
        authority=args.authority,
        category=args.category,
        year=args.year,
        judged=on.judged.of(entry.ref) if entry else {},
        top=args.top,
    )


def _plain(match: Match, common: Spans, common_asked: Spans) -> dict[str, Any]:
    entry = match.entry
    return {
        "letter": entry.letter,
        "authority": entry.authority,
        "finding": entry.finding,
        "category": entry.category,
        "score": round(match.score, 1),
        "text": entry.text,
        "year": entry.year or None,
        "same": match.same,
        "opposed": match.opposed,
        "common": common,
        "common_asked": common_asked,
    }


def _in_words(match: Match, common: Spans) -> Iterator[str]:
    entry = match.entry
    same = " = the same" if match.same else ""
    same += " ! only one says no" if match.opposed else ""
    year = f" {entry.year}" if entry.year else ""
    yield f"{match.score:>3.0f} {entry.authority}{year}: {entry.category} ({entry.ref}){same}"
    yield from textwrap.wrap(entry.text, _WIDTH, initial_indent="    ", subsequent_indent="    ")
    words = dict.fromkeys(entry.text[start:end].casefold() for start, end in common)
    if words:
        shared = f"in common: {', '.join(words)}"
        yield from textwrap.wrap(shared, _WIDTH, initial_indent="    ", subsequent_indent="      ")


def _top(value: str) -> int:
    number = positive(value)
    if number > CANDIDATES:
        raise argparse.ArgumentTypeError(f"at most {CANDIDATES}")
    return number
