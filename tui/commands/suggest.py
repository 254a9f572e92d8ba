"""`recto suggest`: themes that each finding may be about, learnt from what reviewers accepted."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator
from pathlib import Path

from curation.example import Example
from curation.review import Review, ReviewedFinding
from curation.suggest import Suggester, Suggestion
from curation.workspace import Workspace
from parsers.jsonl import dumps
from tui.commands.browsing import Problems, letters_at, positive, reviews_of
from tui.commands.ending import ending
from tui.commands.reviewing import add_reviewer, reviewer_of
from tui.output import emit

NAME = "suggest"
_WIDTH = 100


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="themes that each finding may be about",
        description=(
            "Rank the themes of the codebook for each finding. What reviewers accepted in other letters of the "
            "workspace counts; what was refused for a finding doesn't come back. Nothing is changed."
        ),
        epilog="example:\n  recto suggest letters/ --top 3 --format jsonl",
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="letters, or folders of letters")
    parser.add_argument("--top", type=positive, default=3, metavar="N", help="themes for each finding (default: 3)")
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="default: text")
    add_reviewer(parser)
    parser.set_defaults(run=run)


@ending
def run(args: argparse.Namespace) -> int:
    """Print the suggestions for each finding of each letter; the status is 1 if a letter could not be read."""
    problems, suggesters = Problems(), _Suggesters()
    for workspace, review in reviews_of(letters_at(args.paths, problems), reviewer_of(args), problems):
        suggester = suggesters.for_letter(workspace, review.letter)
        if args.format == "text":
            emit(review.letter)
        for finding in review.findings:
            suggestions = suggester.suggest(finding.text, refused=finding.refused, top=args.top)
            if args.format == "jsonl":
                emit(_as_line(review, finding, suggestions))
            else:
                emit("\n".join(_as_text(finding, suggestions)))
    return problems.status


class _Suggesters:
    """The suggester that a letter's findings are shown to. Letters that nothing was accepted in share one."""

    def __init__(self) -> None:
        self._learnt: dict[Path, tuple[tuple[Example, ...], Suggester]] = {}

    def for_letter(self, workspace: Workspace, letter: str) -> Suggester:
        """One that has learnt from the workspace's other letters. Raises CodebookError."""
        examples = workspace.accepted(leave_out=letter)
        known = self._learnt.get(workspace.root)
        if known is None or known[0] != examples:
            known = self._learnt[workspace.root] = (examples, Suggester(workspace.codebook(), examples))
        return known[1]


def _as_line(review: Review, finding: ReviewedFinding, suggestions: tuple[Suggestion, ...]) -> str:
    return dumps(
        {
            "letter": review.letter,
            "finding": finding.id,
            "text": finding.text,
            "suggestions": [
                {"theme": s.theme, "score": round(s.score, 1), "sure": s.sure, "because": s.because}
                for s in suggestions
            ],
        }
    )


def _as_text(finding: ReviewedFinding, suggestions: tuple[Suggestion, ...]) -> Iterator[str]:
    lead = f"  {finding.id}  "
    yield from textwrap.wrap(finding.text, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead)) or [lead]
    for suggestion in suggestions:
        sure = "sure" if suggestion.sure else ""
        yield f"{'':12}{suggestion.score:>3.0f} {sure:<5}{suggestion.theme:<28}{suggestion.because}"
    if not suggestions:
        yield f"{'':12}nothing in it speaks for a theme"
