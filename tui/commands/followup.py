"""`recto followup`: what became of the areas that earlier letters raised."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from curation.followup import Head, Point, Tally, head_of, links, tally
from curation.operations import VERDICTS
from curation.spreadsheets import csv_lines
from curation.workspace import LETTER_ERRORS, Workspace
from curation.workspace_followup import Followed, followed
from parsers.jsonl import dumps
from tui.commands.arguments import add_format, add_path
from tui.commands.browsing import Problems, reviews_of
from tui.commands.ending import ending
from tui.commands.reviewing import add_reviewer, reviewer_of
from tui.output import emit

NAME = "followup"
_WIDTH = 100


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="what became of the areas that earlier letters raised",
        description=(
            "Where a letter speaks of an earlier inspection and that letter is in the workspace: each of its areas for "
            "development and priority actions, the nearest finding now, and the reviewer's verdict. Then a line for "
            "each authority. Verdicts are given in the app, or with recto apply: "
            '{"op": "set-followup", "earlier": "LETTER#FINDING", "verdict": "partly", "finding": "FINDING"}'
        ),
        epilog="example:\n  recto followup letters/ --format csv",
    )
    add_path(parser)
    add_format(parser, ("text", "csv", "jsonl"))
    add_reviewer(parser)
    parser.set_defaults(run=run)


@ending
def run(args: argparse.Namespace) -> int:
    """Print the follow-up of a workspace; the status is 1 if a letter could not be read."""
    problems = Problems()
    found = list(_followed(Workspace.find(args.path), reviewer_of(args), problems))
    if args.format == "jsonl":
        for one in found:
            for point in one.points:
                emit(dumps(_as_line(one, point)))
    elif args.format == "csv":
        emit(csv_lines(_as_table(found)), end="")
    else:
        emit("\n".join(_as_text(found)))
    return problems.status


def _followed(workspace: Workspace, reviewer: str, problems: Problems) -> Iterator[Followed]:
    letters = [(workspace, ref.key) for ref in workspace.letters()]
    heads: list[Head] = [head_of(review) for _, review in reviews_of(letters, reviewer, problems)]
    for link in links(heads):
        try:
            yield followed(workspace, reviewer, link)
        except LETTER_ERRORS as error:
            problems.say(str(error))


def _as_line(one: Followed, point: Point) -> dict[str, Any]:
    return {
        "authority": one.authority,
        "letter": one.link.letter,
        "earlier": point.key,
        "month": one.link.month,
        "exact": one.link.exact,
        "category": point.area.category if point.area else "",
        "text": point.area.text if point.area else "",
        "nearest": [
            {
                "finding": beside.finding.id,
                "category": beside.finding.category,
                "score": round(beside.score, 1),
                "shares_theme": beside.shares_theme,
                "text": beside.finding.text,
            }
            for beside in point.beside
        ],
        "verdict": point.verdict.verdict if point.verdict else "",
        "finding": point.verdict.finding if point.verdict else "",
    }


_HEADINGS = (
    "authority",
    "letter",
    "earlier",
    "category",
    "area",
    "nearest finding",
    "nearest category",
    "score",
    "nearest text",
    "verdict",
    "verdict's finding",
)


def _as_table(found: Sequence[Followed]) -> Iterator[tuple[str | int, ...]]:
    yield _HEADINGS
    for one in found:
        for point in one.points:
            area, near = point.area, point.beside[0] if point.beside else None
            verdict = point.verdict
            yield (
                one.authority,
                one.link.letter,
                point.key,
                area.category if area else "",
                area.text if area else "",
                near.finding.id if near else "",
                near.finding.category if near else "",
                round(near.score) if near else "",
                near.finding.text if near else "",
                verdict.verdict if verdict else "",
                verdict.finding if verdict else "",
            )


def _as_text(found: Sequence[Followed]) -> Iterator[str]:
    for one in found:
        spoken = f"speaks of {one.link.month}" if one.link.month else "speaks of an earlier inspection"
        how = "" if one.link.exact else ", of which there is no letter: the nearest before"
        yield f"{one.link.letter}  {spoken}{how}: {one.link.earlier}"
        for point in one.points:
            yield from _point(point)
        yield ""
    if not found:
        yield "no letter speaks of an earlier one that is here"
        return
    yield from _table(tally((one.authority, one.points) for one in found))


def _point(point: Point) -> Iterator[str]:
    verdict = point.verdict.verdict if point.verdict else "no verdict yet"
    yield f"  {point.key}  {verdict}"
    area = point.area.text if point.area else "that finding is not in the earlier letter's review any more"
    yield from textwrap.wrap(area, _WIDTH, initial_indent="    then  ", subsequent_indent=" " * 10)
    if point.beside:
        near = point.beside[0]
        lead = f"    now   {near.finding.id} {near.finding.category} {near.score:.0f}  "
        yield from textwrap.wrap(near.finding.text, _WIDTH, initial_indent=lead, subsequent_indent=" " * 10)
    elif point.area:
        yield "    now   nothing like it"


def _table(rows: Sequence[Tally]) -> Iterator[str]:
    names = (*VERDICTS, "no verdict")
    yield f"{'authority':<24}{'areas':>7}" + "".join(f"{name:>15}" for name in names)
    for row in rows:
        counts = (*(row.verdicts.get(verdict, 0) for verdict in VERDICTS), row.undecided)
        yield f"{row.authority[:23]:<24}{row.areas:>7}" + "".join(f"{count or '·':>15}" for count in counts)
