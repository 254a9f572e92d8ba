"""`recto score`: the parser against what people agreed on."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curation import store
from curation.mending import OPERATIONS
from curation.scoring import NONE, Score, bullets, by_layout, layout, score, total
from curation.workspace import UnknownLetter, Workspace
from parsers.jsonl import dumps
from tui.commands import EXIT_FOUND, EXIT_REFUSED
from tui.commands.browsing import Problems
from tui.commands.reviewing import UNOPENED
from tui.output import complain, emit
from tui.progress import progress

NAME = "score"
SCHEMA = "recto.score/1"
_COLUMNS = ("agreed", "read", "right", "prec", "recall", "F1", "B", "splits", "merges", "slips", "edits")
_LEGEND = """\
right: category and text exactly. B: boundary similarity over words; splits: false boundaries, merges: missed ones,
slips: a word off. edits: operations that would make the parse right."""


@dataclass(frozen=True, slots=True)
class _Scored:
    """A letter with an agreed review: its key, the codes of its doubts, its score."""

    key: str
    layout: tuple[str, ...]
    score: Score


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="the parser against the agreed reviews",
        description=(
            "Parse every letter that has an agreed review in curated/ and compare: by letter, by the codes of its "
            "doubts, and in total. Letters whose text has changed since are named and left out."
        ),
        epilog="example:\n  recto score letters/ --at-least 0.995",
    )
    parser.add_argument(
        "path", nargs="?", type=Path, default=Path(), metavar="PATH", help="a workspace, or a part of one (default: .)"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument("--at-least", type=_share, metavar="F1", help="exit status 3 if F1 of all together is lower")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the scores; the status is 1 if an agreed file was left out, or if there is none."""
    problems = Problems()
    if not args.path.exists():
        complain(f"{args.path}: no such file or folder")
        return EXIT_REFUSED
    workspace = Workspace.find(args.path)
    try:
        keys = _agreed(workspace, args.path)
    except UnknownLetter as error:
        complain(str(error))
        return EXIT_REFUSED
    scored = list(_scored(workspace, keys, problems))
    if not keys:
        problems.say(f"{args.path}: no agreed review; they are the TOML files in {workspace.root / 'curated'}")
    if not scored:
        return EXIT_REFUSED
    everything = total(one.score for one in scored)
    if args.format == "json":
        emit(dumps(_as_json(scored, everything), indent=1))
    else:
        for line in _as_text(scored, everything):
            emit(line)
    if args.at_least is not None and everything.exact.f1 < args.at_least:
        complain(f"F1 is {everything.exact.f1:.4f}, lower than {args.at_least}")
        return EXIT_FOUND
    return problems.status


def _agreed(workspace: Workspace, path: Path) -> list[str]:
    """The keys of the agreed files of a workspace, or of the part of it that `path` is, sorted."""
    folder = workspace.root / "curated"
    keys = sorted(file.relative_to(folder).with_suffix("").as_posix() for file in folder.rglob("*.toml"))
    if not path.is_dir():
        return [workspace.key_of(path)]
    part = path.resolve().relative_to(workspace.root).parts
    return [key for key in keys if tuple(key.split("/")[: len(part)]) == part]


def _scored(workspace: Workspace, keys: Sequence[str], problems: Problems) -> Iterator[_Scored]:
    for key in progress(keys, len(keys), "Scoring letters"):
        file = workspace.curated_path(key).relative_to(workspace.root)
        try:
            letter = workspace.read(key)
            stored = store.read(workspace.curated_path(key), letter.text, letter.source.text_sha256)
        except (*UNOPENED, store.Unreadable, OSError) as error:
            problems.say(f"{file} is left out: {error}")
            continue
        if stored is None:
            problems.say(f"{file} is left out: there is no such file")
        elif stored.review.source.text_sha256 != letter.source.text_sha256:
            problems.say(
                f"{file} is left out: the text of {letter.source.path} has changed since people agreed on it;"
                f" `recto rebase {key} --agreed` puts it on the letter"
            )
        else:
            yield _Scored(key, layout(letter), score(letter.text, letter.findings, bullets(stored.review)))


def _as_json(scored: Sequence[_Scored], everything: Score) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "letters": [{"letter": one.key, "layout": list(one.layout), **_figures(one.score)} for one in scored],
        "layouts": {code: _figures(s) for code, s in by_layout((one.layout, one.score) for one in scored).items()},
        "total": _figures(everything),
    }


def _figures(one: Score) -> dict[str, Any]:
    exact, found = one.exact, one.boundaries
    return {
        "letters": one.letters,
        "agreed": exact.agreed,
        "read": exact.read,
        "right": exact.right,
        "precision": _rounded(exact.precision),
        "recall": _rounded(exact.recall),
        "f1": _rounded(exact.f1),
        "boundary_similarity": _rounded(found.similarity),
        "boundaries": {
            "matches": found.matches,
            "false_splits": found.false_splits,
            "misses": found.misses,
            "slips": found.slips,
        },
        "edits": one.edits,
        "edits_per_letter": _rounded(one.edits_per_letter),
        "operations": {name: one.operations.get(name, 0) for name in OPERATIONS},
        "confusion": [
            {"agreed": agreed or None, "read": read or None, "findings": number}
            for (agreed, read), number in sorted(one.confusion.items())
        ],
    }


def _as_text(scored: Sequence[_Scored], everything: Score) -> Iterator[str]:
    rows = [(one.key, _cells(one.score), " ".join(one.layout)) for one in scored]
    yield from _table("letter", _COLUMNS, [*rows, (f"total ({everything.letters})", _cells(everything), "")])
    yield ""
    layouts = by_layout((one.layout, one.score) for one in scored)
    codes = [(code or "(no doubt)", (str(one.letters), *_cells(one)), "") for code, one in layouts.items()]
    yield from _table("letters with", ("letters", *_COLUMNS), codes)
    yield ""
    yield from _confusion(everything.confusion)
    yield ""
    needed = ", ".join(f"{name} {number}" for name, number in everything.operations.items())
    yield f"edits per letter: {everything.edits_per_letter:.2f}" + (f" ({needed})" if needed else "")
    yield _LEGEND


def _confusion(cells: Mapping[tuple[str, str], int]) -> Iterator[str]:
    names = sorted({name for pair in cells for name in pair} - {NONE})
    heads = [*names, *([NONE] if any(NONE in pair for pair in cells) else [])]
    rows = [(row or "(none)", [str(cells.get((row, column), 0)) for column in heads], "") for row in heads]
    yield from _table("agreed, read as", [name or "(none)" for name in heads], rows)


def _cells(one: Score) -> tuple[str, ...]:
    exact, found = one.exact, one.boundaries
    counts = (exact.agreed, exact.read, exact.right)
    shares = (exact.precision, exact.recall, exact.f1, found.similarity)
    wrong = (found.false_splits, found.misses, found.slips, one.edits)
    return (*map(str, counts), *("-" if s is None else f"{s:.3f}" for s in shares), *map(str, wrong))


def _table(corner: str, heads: Sequence[str], rows: Iterable[tuple[str, Sequence[str], str]]) -> Iterator[str]:
    """Rows of a name, cells and words behind them, with the names to the left and the cells to the right."""
    rows = [(corner, heads, ""), *rows]
    name_width = max(len(name) for name, _, _ in rows)
    widths = [max(map(len, column)) for column in zip(*(cells for _, cells, _ in rows), strict=True)]
    for name, cells, after in rows:
        columns = "  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
        yield f"{name:<{name_width}}  {columns}  {after}".rstrip()


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 6)


def _share(value: str) -> float:
    number = float(value)
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError("between 0 and 1")
    return number
