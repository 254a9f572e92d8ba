"""`recto questions`: what reviewers asked, and what was answered."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from curation.operations import Refused
from curation.questions import Question, Standing
from curation.store import Unreadable
from curation.workspace import Workspace
from parsers.jsonl import dumps
from tui.commands import EXIT_FOUND
from tui.commands.browsing import Problems, letters_at
from tui.commands.reviewing import UNOPENED
from tui.output import emit
from tui.progress import progress

NAME = "questions"
_DESCRIPTION = """\
List the questions that reviewers asked about findings, with the answers. Exit status 3 if one is open. To answer one:

  echo '{"op": "answer-question", "asker": "ab", "asked": "f-3k9qz2", "question": "...", "answer": "..."}' \\
    | recto apply LETTER --reviewer cd

The answer is kept in the review of whoever gives it. `question` is the one that is answered, word for word.
"""


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="what reviewers asked, and the answers",
        description=_DESCRIPTION,
        epilog="example:\n  recto questions letters/ --open",
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="letters, or folders of letters")
    parser.add_argument("--open", action="store_true", help="only those that nobody has answered")
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="default: text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print each question on a line; the status says whether one is open."""
    problems = Problems()
    letters = [(space, key) for space, key in letters_at(args.paths, problems) if space.reviewers(key)]
    any_open = False
    for question in _asked(letters, problems):
        any_open = any_open or question.standing is Standing.OPEN
        if question.standing is Standing.OPEN or not args.open:
            emit(_as_line(question) if args.format == "jsonl" else _as_text(question))
    return EXIT_FOUND if any_open else problems.status


def _asked(letters: list[tuple[Workspace, str]], problems: Problems) -> Iterator[Question]:
    for workspace, key in progress(letters, len(letters), "Reading reviews"):
        try:
            yield from workspace.questions(key)
        except (*UNOPENED, Unreadable, Refused, OSError) as error:
            problems.say(f"{key}: {error}")


def _as_line(question: Question) -> str:
    return dumps(
        {
            "letter": question.letter,
            "asker": question.asker,
            "finding": question.finding,
            "question": question.question,
            "standing": question.standing.value,
            "answers": [{"by": r.by, "answer": r.answer, "current": r.current} for r in question.replies],
            "text": question.text,
        }
    )


def _as_text(question: Question) -> str:
    def one(text: str) -> str:
        return " ".join(text.split())

    lines = [f"{question.letter}: {question.finding}: {question.standing.value}", f"    {one(question.text)}"]
    lines.append(f"    {question.asker} asks: {one(question.question)}")
    lines += [
        f"    {reply.by} answers{'' if reply.current else ' (to an earlier question)'}: {one(reply.answer)}"
        for reply in question.replies
    ]
    return "\n".join(lines)
