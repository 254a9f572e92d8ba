"""Pages that turn between rows or inside them, with what a page leaves there."""

from __future__ import annotations

from random import Random

from tests.made.extracted.paragraphs import Draft, Word
from tests.made.extracted.rows import Row

_ENDS = (".", ":", ";", "'", "\u2019")


def turn_pages(rows: list[Row], draft: Draft, rng: Random) -> list[Row]:
    """Let up to three pages turn inside or between findings."""
    head = rng.choice([f"{draft.wanted.council} – inspection letter", "Unannounced inspection letter", ""])
    # Where no mark says where a finding begins, only a sentence that goes on does.
    needs_sentence = draft.unmarked or draft.mark == "alone" or draft.layout in ("html", "torn", "remnant")
    for page in range(rng.choice([0, 1, 1, 2, 3])):
        places = [n for n, row in enumerate(rows) if row.role in ("finding", "second")]
        place = rng.choice(places)
        cut = _cut(rows, place, rng, needs_sentence=needs_sentence)
        if cut is not None:
            rows = [*rows[:place], *cut[0], *_furniture(page + 1, head, rng), *cut[1], *rows[place + 1 :]]
    return rows


def _cut(rows: list[Row], place: int, rng: Random, *, needs_sentence: bool) -> tuple[list[Row], list[Row]] | None:
    """The row in two halves, one of which may be empty; None where no reader could tell that it was one."""
    row = rows[place]
    if rng.random() < 0.25 and row.words[0].finding is None:
        return [], [row]
    after = rows[place + 1] if place + 1 < len(rows) else None
    if after is not None and after.words and after.paragraph == row.paragraph and after.role == row.role:
        return None if needs_sentence and row.words[-1].text.endswith(_ENDS) else ([row], [])
    inside = [
        n
        for n in range(1, len(row.words))
        if row.words[n].finding is not None
        and row.words[n].finding == row.words[n - 1].finding
        and not (needs_sentence and row.words[n - 1].text.endswith(_ENDS))
        and row.words[n].text[0] not in "\u2013-("
    ]
    if not inside:
        return None
    cut = rng.choice(inside)
    return [Row(row.paragraph, row.role, row.words[:cut], row.indent)], [
        Row(row.paragraph, row.role, row.words[cut:], row.indent)
    ]


def _furniture(page: int, head: str, rng: Random) -> list[Row]:
    numbers = [f"Page {page} of 4", f"Page {page}", f"{page} of 4", f"- {page} -", f"{page}"]
    lines = rng.choice(
        [
            ["", "", ""],
            ["", "", "", ""],
            ["\f"],
            ["", "\f", ""],
            ["", "INVESTOR IN PEOPLE", "", ""],
            ["", rng.choice(numbers), "", ""],
            ["", f"\f{head}", ""] if head else ["\f", ""],
            ["", "INVESTOR IN PEOPLE", str(page), "\f", *([head] if head else []), ""],
        ]
    )
    return [Row(-1, "page", [Word(line)] if line else []) for line in lines]
